"""The project team reads the dashboard and takes documents out; each export is written down, and nobody else can."""

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from programme.actions import Action, ActionDetails, ActionState, Figure, FigureUnit, When
from programme.ids import ActionId
from simulator.people import Person
from storage.tables.programme import audit
from tests.handlers.documents.pdf_text import texts_of
from tests.world import World, plain_spaces

pytestmark = pytest.mark.usefixtures("untroubled")

MOBILITY = "Mobilités alternatives"
NOT_ALLOWED = "Cela ne vous est pas ouvert. Le menu montre ce que vous pouvez faire."
NOT_THERE = "Cet élément n’existe plus. Le menu montre ce que vous pouvez faire."
COMES = "Je prépare le fichier : il arrive dans un instant."
HYPERLINK = '=HYPERLINK("http://example.org")'
DASHBOARD = """Tableau de bord · lundi 23 novembre 2026

6 coalitions actives
• Définir le besoin : 6
0 fiche d’engagement publiée
5 sans activité depuis 30 jours : Acteurs du Technopôle, Associations étudiantes, Éclairage nocturne, \
Éco-matériaux dans la construction et 1 autre

Structures
• Entreprise : 6 structures
• Association : 11 structures
• Institution : 3 structures
• Établissement public : 6 structures
• Collectivité : 1 structure
• Habitant : moins de 3 personnes

Actions
Faite (1) · En cours (0) · Prévue (0) · Abandonnée (0)
• Mobilités : 1 / 0 / 0
Par enjeu : faites / en cours / prévues.

Chiffres saisis par les coalitions
• Énergie : 1,5 MWh (fait)

Objectifs du territoire
• Diviser par 2 les consommations d’énergie (2050)
• Diviser par 4 les émissions de gaz à effet de serre (2050)
• Couvrir 30 % des besoins par les énergies renouvelables produites sur le territoire (2030)
Les chiffres saisis sont déclarés, pas mesurés : ils ne disent pas où en est le territoire par rapport à ses objectifs.

Prochaines dates
• ven. 18 juin : jalon « Publication des fiches d’engagement »"""


async def logs(world: World) -> None:
    coalition, now = await world.coalition(MOBILITY), world.clock.now()
    done = Action(
        ActionId(0),
        coalition.id,
        HYPERLINK,
        ActionState.DONE,
        When(now.date()),
        ("mobility",),
        Figure(Decimal(1500), FigureUnit.KWH),
        None,
        ActionDetails(sector="road_transport"),
        None,
        None,
        now,
    )
    await world.does(lambda uow: uow.actions.add(done))


def file_of(world: World, person: Person) -> tuple[str, bytes]:
    """The name and the content of the document in the bot's latest message."""
    message = person.last_message
    assert message is not None
    stored = world.telegram.files.by_id[message.fields["document"]["file_id"]]
    return stored.name, stored.content


async def exports(world: World) -> list[tuple[str, str, dict[str, str]]]:
    lines = await world.jalon.database.read(
        lambda connection: connection.execute(
            select(audit.c.deed, audit.c.subject, audit.c.details).where(audit.c.deed == "document_exported")
        ).all()
    )
    return [(line.deed, line.subject, dict(line.details)) for line in lines]


async def test_dashboard_is_one_message_and_one_picture(world: World) -> None:
    anne = await world.staff()
    await logs(world)

    await world.says(anne, "/tableau")

    words, picture = anne.chat_with().messages[-2:]
    assert plain_spaces(words.text) == DASHBOARD
    assert plain_spaces(picture.text) == "Tableau de bord\nSituation du lundi 23 novembre 2026 à 12 h"
    assert world.buttons(anne) == [["Pourquoi ce message ?"]]
    assert await exports(world) == []


async def test_members_come_as_a_workbook_and_as_csv_and_each_export_is_written_down(world: World) -> None:
    anne = await world.staff()
    await logs(world)
    await world.says(anne, "/equipe")
    await world.taps(anne, "Exports")
    assert world.buttons(anne) == [
        ["Membres (XLSX)", "Membres (CSV)"],
        ["Coalitions (XLSX)", "Coalitions (CSV)"],
        ["Actions (XLSX)", "Actions (CSV)"],
        ["Inscriptions (XLSX)", "Inscriptions (CSV)"],
        ["Présences (XLSX)", "Présences (CSV)"],
        ["Demandes d’appui (XLSX)", "Demandes d’appui (CSV)"],
        ["‹ Retour", "Menu"],
    ]
    screen = anne.last_message

    assert await world.taps(anne, "Actions (XLSX)", on=screen) == COMES
    name, content = file_of(world, anne)
    assert name == "actions-2026-11-23.xlsx"
    (page,) = load_workbook(io.BytesIO(content)).worksheets
    assert (page["B2"].value, page["B2"].data_type, page["E2"].value, page["F2"].value) == (
        HYPERLINK,
        "s",
        "Transport routier",
        "Mobilités",
    )
    await world.moves_by(timedelta(seconds=2))
    await world.taps(anne, "Membres (CSV)", on=screen)
    name, content = file_of(world, anne)
    assert name == "membres-2026-11-23.csv"
    assert content.decode("utf-8-sig").splitlines()[1] == "Anne;;Habitant;;;;;23/11/2026"
    assert await exports(world) == [
        ("document_exported", "actions", {"shape": "xlsx"}),
        ("document_exported", "members", {"shape": "csv"}),
    ]


async def test_roadmap_comes_to_print_and_to_edit(world: World) -> None:
    anne = await world.staff()
    await world.says(anne, "/equipe")
    await world.taps(anne, "Feuille de route du territoire")
    assert world.reads(anne) == (
        "Feuille de route du territoire\n\nToutes les fiches d’engagement publiées en un seul document, par périmètre "
        "et par enjeu.\n0 fiche pour 6 coalitions actives."
    )
    screen = anne.last_message

    await world.taps(anne, "À imprimer (PDF)", on=screen)
    name, content = file_of(world, anne)
    assert name == "feuille-de-route-du-territoire-2026-11-23.pdf"
    assert texts_of(content)[0].startswith("Coalitionsd’acteurs·BrestmétropoleFeuillederouteduterritoire")
    await world.taps(anne, "À modifier (Word)", on=screen)
    assert file_of(world, anne)[0] == "feuille-de-route-du-territoire-2026-11-23.docx"


async def test_who_is_not_of_the_team_gets_nothing_and_leaves_no_trace(world: World) -> None:
    lea = await world.known("Léa")
    assert await world.says(lea, "/tableau") == NOT_ALLOWED
    for data in ("dashboard", "exports:0", "territory_roadmap:0", "take:members:csv", "take:roadmap:pdf"):
        await world.forges(lea, data)
        assert world.reads(lea) == NOT_ALLOWED
    assert await exports(world) == []


@pytest.mark.parametrize("data", ["take", "take:members", "take:members:pdf", "take:people:csv", "take:roadmap:exe"])
async def test_a_forged_document_does_not_exist(world: World, data: str) -> None:
    anne = await world.staff()
    await world.forges(anne, data)
    assert world.reads(anne) == NOT_THERE
    assert await exports(world) == []
