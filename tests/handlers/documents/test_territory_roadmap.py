"""The territory's roadmap holds every latest card as it was written, in print and as a document to edit."""

import io
import re
from dataclasses import replace
from decimal import Decimal

import docx
import pytest

from handlers.documents.asked import Asked
from handlers.documents.territory_roadmap import roadmap_pdf
from handlers.documents.territory_roadmap_docx import roadmap_docx
from locales import language_for
from programme.actions import Figure, FigureUnit
from programme.coalitions import Coalition
from programme.commitment_cards import CardFields, CommitmentCard
from programme.errors import NotAllowed
from programme.ids import CommitmentCardId
from programme.people import Person
from programme.territory import Colours, ScopeKind, Target
from programme.usecases.territory_roadmap import territory_roadmap
from tests.handlers.documents.pdf_text import objects_of, texts_of
from tests.programme.usecases.actions import PLAN_CLIMAT
from tests.programme.usecases.town import Town
from tests.storage.brest import NOW, action, coalition

COLOURED = replace(
    PLAN_CLIMAT,
    targets=(Target("emissions", "Diviser par 4 les émissions", None, 2050),),
    colours=Colours(main="#0b4f71", pale="#e8f1f5"),
)
NASTY = '#panic("x") $x^2$ *gras* \\ [lien](x) = Titre'
CAUTION = (
    "Les chiffres saisis sont déclarés, pas mesurés : ils ne disent pas où en est le territoire par rapport à ses "
    "objectifs."
)
ALTERNATIVE = (
    "Graphique en barres des coalitions engagées par enjeu. "
    "Énergie\N{NO-BREAK SPACE}: 2; Air\N{NO-BREAK SPACE}: 2; Eau\N{NO-BREAK SPACE}: 0."
)
GATHERS = (
    "Ce document rassemble ce que les coalitions de Brest métropole ont publié : leur objectif, leurs membres, leur "
    "mode de fonctionnement, leurs premières actions et les enjeux qu’elles servent."
)


def asks(town: Town, who: Person | None = None) -> Asked:
    return Asked((who or town.staff).id, language_for("fr"), COLOURED, NOW, town.uow)


def publishes(town: Town, of: Coalition, objective: str, version: int = 1) -> CommitmentCard:
    fields = CardFields(
        objective, ("Labocéa", "BAPAV"), "Chaque mois", ("Éteindre à 22 h", "Relever"), ("energy", "air")
    )
    names = ("Énergie", "Air")
    return town.uow.commitment_cards.publish(
        CommitmentCard(CommitmentCardId(0), of.id, version, of.name, fields, names, None, NOW)
    )


def spaceless(*parts: str) -> str:
    return "".join("".join(parts).split())


def card_words(name: str, objective: str, version: int) -> str:
    return spaceless(
        name,
        "Énergie · Air",
        "OBJECTIF" + objective,
        "PREMIÈRES ACTIONS",
        "1 Éteindre à 22 h 2 Relever",
        "MEMBRES Labocéa et BAPAV",
        "MODE DE FONCTIONNEMENT Chaque mois",
        f"Version {version}, publiée le mardi 24 novembre 2026 · Pas soumise au vote des membres",
    )


@pytest.fixture
def committed(town: Town) -> Town:
    """Two coalitions have published, one of them twice; a third has not."""
    coalition(town.uow, "Plage sans voiture")
    town.uow.coalitions.save(replace(town.lagune, scope=ScopeKind.AREA))
    publishes(town, town.toits, "Ancien")
    publishes(town, town.toits, NASTY, version=2)
    publishes(town, town.lagune, "Une lagune propre")
    kept = action(town.uow, town.toits)
    town.uow.actions.save(replace(kept, figure=Figure(Decimal(3), FigureUnit.T_CO2E)))
    return town


def test_pdf_says_what_was_published_by_scope_and_by_stake(committed: Town) -> None:
    cover, summary, theme, area = texts_of(roadmap_pdf(asks(committed)))
    running = "Feuille de route du territoire · Coalitions d’acteurs · Brest métropole"

    assert cover == spaceless(
        "Coalitions d’acteurs · Brest métropole",
        "Feuille de route du territoire",
        "Situation du mardi 24 novembre 2026",
        "2 coalitions engagées 2 structures 4 premières actions",
        "En bref",
        GATHERS,
        "Aucune coalition ne s’est encore engagée sur : Eau.",
        "OBJECTIFS DU TERRITOIRE • Diviser par 4 les émissions (2050)",
        "CHIFFRES SAISIS PAR LES COALITIONS • Émissions : 3 t CO2e (à venir)",
        CAUTION,
        running,
        "1",
    )
    assert re.sub(r"\.{2,}", "", summary) == spaceless(
        "Les coalitions",
        "Toits solaires 3 Lagune 4",
        "Par enjeu",
        "Enjeu Coalitions engagées",
        "Énergie Lagune, Toits solaires",
        "Air Lagune, Toits solaires",
        "Eau –",
        running,
        "2",
    )
    assert theme == spaceless("Par thème", card_words("Toits solaires", NASTY, 2), running, "3")
    assert area == spaceless(
        "Par lieu",
        card_words("Lagune", "Une lagune propre", 1),
        "Coalitions qui préparent leur fiche • Plage sans voiture",
        running,
        "4",
    )


def test_pdf_is_accessible(committed: Town) -> None:
    pdf = roadmap_pdf(asks(committed))
    whole = b"\n".join(objects_of(pdf).values())

    assert b"/MarkInfo<</Marked true" in whole
    assert b"/Lang(fr)" in whole
    assert b"<pdfuaid:part>1</pdfuaid:part>" in whole
    told = {bytes.fromhex(found.decode()).decode("utf-16") for found in re.findall(rb"/Alt<([0-9A-F]+)>", whole)}
    assert told == {ALTERNATIVE}
    assert {level for level in (b"/H1", b"/H2", b"/H3") if level in whole} == {b"/H1", b"/H2", b"/H3"}
    assert "Feuille de route du territoire · Brest métropole" in whole.decode("utf-8", "replace")


def test_docx_has_a_title_a_language_headings_and_an_alternative_text(committed: Town) -> None:
    document = docx.Document(io.BytesIO(roadmap_docx(asks(committed))))

    told = document.core_properties
    assert (told.title, told.author, told.language) == (
        "Feuille de route du territoire · Brest métropole",
        "Brest métropole",
        "fr-FR",
    )
    headings = [
        (paragraph.style.name, paragraph.text)
        for paragraph in document.paragraphs
        if paragraph.style is not None and paragraph.style.name in {"Title", "Heading 1", "Heading 2"}
    ]
    assert headings == [
        ("Title", "Feuille de route du territoire"),
        ("Heading 1", "En bref"),
        ("Heading 2", "Objectifs du territoire"),
        ("Heading 2", "Chiffres saisis par les coalitions"),
        ("Heading 1", "Par enjeu"),
        ("Heading 1", "Par thème"),
        ("Heading 2", "Toits solaires"),
        ("Heading 1", "Par lieu"),
        ("Heading 2", "Lagune"),
        ("Heading 1", "Coalitions qui préparent leur fiche"),
    ]
    (picture,) = document.inline_shapes
    assert picture._inline.docPr.get("descr") == ALTERNATIVE
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Enjeu", "Coalitions engagées"],
        ["Énergie", "Lagune, Toits solaires"],
        ["Air", "Lagune, Toits solaires"],
        ["Eau", "–"],
    ]
    words = [paragraph.text for paragraph in document.paragraphs]
    assert words.count(NASTY) == 1
    assert words.count("Ancien") == 0


def test_a_roadmap_without_any_card_says_so(town: Town) -> None:
    cover, *_ = texts_of(roadmap_pdf(asks(town)))

    assert cover.count(spaceless("Aucune fiche d’engagement n’est encore publiée.")) == 1
    assert roadmap_docx(asks(town))[:2] == b"PK"


def test_a_stake_that_the_territory_dropped_keeps_its_name(town: Town) -> None:
    card = CommitmentCard(
        CommitmentCardId(0),
        town.toits.id,
        1,
        "Toits solaires",
        CardFields(stakes=("old",)),
        ("Ancien enjeu",),
        None,
        NOW,
    )
    town.uow.commitment_cards.publish(card)

    known = territory_roadmap(town.uow, town.staff.id, PLAN_CLIMAT, "fr")

    assert known.by_stake == {"Énergie": [], "Air": [], "Eau": [], "Ancien enjeu": ["Toits solaires"]}
    assert known.waiting == ["Lagune"]


@pytest.mark.parametrize("role", ["member", "facilitator", "stranger"])
def test_roadmap_is_for_the_project_team_only(town: Town, role: str) -> None:
    with pytest.raises(NotAllowed):
        roadmap_pdf(asks(town, town.who(role)))
