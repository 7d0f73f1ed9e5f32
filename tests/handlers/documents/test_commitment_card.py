"""The card to print and to share: everything that was written stands on it, as it was written, and on one page."""

import json
import re
import struct
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import typst

from handlers.chat import Chat
from handlers.documents.commitment_card import (
    NOT_IN_THE_FONTS,
    PICTOGRAMS,
    Shape,
    card_inputs,
    card_pdf,
    card_picture,
    set_well,
)
from handlers.documents.commitment_card_layout import LAYOUT
from handlers.said import Command
from handlers.turn import Sender, Turn
from locales import language_for
from programme.commitment_cards import CardFields, CommitmentCard
from programme.ids import CommitmentCardId, VoteId
from programme.votes import Vote, VoteState, VoteSubject
from tests.handlers.documents.pdf_text import objects_of, pages_of, text_of
from tests.programme.usecases.actions import PLAN_CLIMAT
from tests.programme.usecases.town import Town

NOON = datetime(2026, 11, 24, 11, tzinfo=UTC)
SHAPES: tuple[Shape, ...] = ("page", "picture")
FIELDS = CardFields(
    objective="Réduire d’un tiers l’éclairage de nuit :\nd’abord les enseignes.\n\nPuis les parkings.",
    members=("Labocéa", "IMT Atlantique", "Brest’aim"),
    way_of_working="Animation à tour de rôle\nRythme : chaque mois, à 18 h 30",
    first_actions=("Relever les éclairages de la zone", "Éteindre de 22 h à 6 h"),
    stakes=("energy", "air"),
)
LONGEST = CardFields(
    objective="Éclairer moins, mieux, ensemble. " * 18 + "Éclai.",
    members=tuple(f"Association des habitants du quartier numéro {number:03}" for number in range(300)),
    way_of_working="Une rencontre par mois, animée à tour de rôle. " * 12 + "À dix-huit heures trente, salle deux",
    first_actions=tuple(f"{number} " + "Relever les éclairages de la zone, puis éteindre. " * 4 for number in range(8)),
    stakes=("energy", "air"),
)
WIDE = CardFields(
    objective="W" * 600,
    members=tuple("W" * 77 + f"{number:03}" for number in range(300)),
    way_of_working="a\n" * 299 + "a",
    first_actions=tuple("M" * 199 + str(number) for number in range(8)),
    stakes=("energy", "air"),
)
NASTY = CardFields(
    objective='#panic("x") $x^2$ *gras* _it_ <b>b</b> &amp; "guillemets" \\ // /* */ @ref [lien](x) = Titre `code`',
    members=("#include <x>", "<script>alert(1)</script>", "((a)", "b))"),
    way_of_working="= Titre\n- liste\n+ un\n/ a: b\n\\u{1F600} --- -- ... ~ #sys.inputs.card",
    first_actions=('", "shape": "page"}', '#read("/etc/passwd")'),
    stakes=("energy", "air"),
)


@pytest.fixture
def turn(town: Town) -> Turn:
    french = language_for("fr")
    return Turn(
        chat=Chat(7, private=True),
        sender=Sender(7, "Maude"),
        said=Command("fiche"),
        person=town.facilitator,
        staff=False,
        language=language_for("en"),
        territory=replace(PLAN_CLIMAT, contact=replace(PLAN_CLIMAT.contact, email="climat@example.org")),
        now=NOON,
        uow=town.uow,
        bot_username="jalon_bot",
        group_language=french,
    )


def published(town: Town, fields: CardFields = FIELDS, name: str = "Toits solaires") -> CommitmentCard:
    names = ("Énergie", "Qualité de l’air")
    return town.uow.commitment_cards.publish(
        CommitmentCard(CommitmentCardId(0), town.toits.id, 2, name, fields, names, None, NOON)
    )


def fitted(turn: Turn, card: CommitmentCard, shape: Shape) -> dict[str, float]:
    """The sizes that the layout found, in points."""
    inputs = card_inputs(turn, card, shape)
    found = typst.query(
        LAYOUT.encode(), "<fitted>", field="value", one=True, sys_inputs=inputs, ignore_system_fonts=True
    )
    sizes: dict[str, float] = json.loads(found)
    return sizes


def spaceless(*parts: str) -> str:
    return "".join("".join(parts).split())


def test_pdf_says_what_was_published_in_the_territorys_language(town: Town, turn: Turn) -> None:
    card = published(town)

    assert text_of(card_pdf(turn, card)) == spaceless(
        "Coalitions d’acteurs · Brest métropole",
        "Toits solaires",
        "Fiche d’engagement",
        "OBJECTIF" + FIELDS.objective,
        "PREMIÈRES ACTIONS" + "1" + FIELDS.first_actions[0] + "2" + FIELDS.first_actions[1],
        "MODE DE FONCTIONNEMENT" + FIELDS.way_of_working,
        "Version 2, publiée le mardi 24 novembre 2026",
        "Pas soumise au vote des membres",
        "climat@example.org",
        "MEMBRES" + "• Labocéa • IMT Atlantique • Brest’aim",
        "ENJEUX" + "• Énergie • Qualité de l’air",
        "Rejoindre la coalition" + "t.me/jalon_bot",
    )


def test_pdf_can_be_read_aloud_and_leads_to_the_coalition(town: Town, turn: Turn) -> None:
    pdf = card_pdf(turn, published(town))
    objects = objects_of(pdf)
    everything = b"\n".join(objects.values())

    assert b"<pdfuaid:part>1</pdfuaid:part>" in everything
    assert b"/Lang(fr)" in everything
    assert [objects[number].count(b"/S/H1/") for number in objects if b"/S/H1/" in objects[number]] == [1]
    assert everything.count(b"/S/H2/") == 5
    title = re.findall(rb"<</Title<FEFF([0-9A-F]+)>", everything)[-1]
    assert bytes.fromhex(title.decode()).decode("utf-16-be") == "Fiche d’engagement\N{NO-BREAK SPACE}: Toits solaires"
    assert set(re.findall(rb"/URI\((.*?)\)", everything)) == {
        f"https://t.me/jalon_bot?start=join_{town.toits.code}".encode()
    }


@pytest.mark.parametrize("fields", [FIELDS, LONGEST, WIDE, NASTY], ids=["usual", "longest", "wide", "nasty"])
def test_everything_fits_on_one_page_and_in_one_picture(town: Town, turn: Turn, fields: CardFields) -> None:
    card = published(town, fields, "W" * 80 if fields is WIDE else "Toits solaires")

    assert len(pages_of(card_pdf(turn, card))) == 1
    picture = card_picture(turn, card)
    assert (picture[:8], struct.unpack(">II", picture[16:24])) == (b"\x89PNG\r\n\x1a\n", (1080, 1350))
    for shape in SHAPES:
        sizes = fitted(turn, card, shape)
        assert min(sizes["size"], sizes["small"]) > sizes["smallest"]


def test_usual_card_is_set_in_a_large_size_and_the_longest_is_still_readable(town: Town, turn: Turn) -> None:
    usual = published(town)
    longest = replace(usual, fields=LONGEST)

    assert [fitted(turn, usual, shape)["size"] for shape in SHAPES] == [14.5, 13.0]
    assert min(min(fitted(turn, longest, shape)[part] for part in ("size", "small")) for shape in SHAPES) >= 7


def test_what_people_write_is_never_taken_for_markup(town: Town, turn: Turn) -> None:
    card = published(town, NASTY, "#panic() <b>Toits</b>")
    text = text_of(card_pdf(turn, card))

    for written in (card.coalition_name, NASTY.objective, NASTY.way_of_working, *NASTY.members, *NASTY.first_actions):
        assert spaceless(written) in text


def test_names_that_do_not_fit_are_counted(town: Town, turn: Turn) -> None:
    text = text_of(card_pdf(turn, published(town, LONGEST)))

    shown = text.count("Associationdeshabitants")
    assert shown > 5
    assert f"·et{300 - shown}autres" in text


def test_card_with_empty_fields_can_be_looked_at_before_it_is_complete(town: Town, turn: Turn) -> None:
    draft = CommitmentCard(CommitmentCardId(0), town.toits.id, 1, "Toits solaires")

    text = text_of(card_pdf(turn, draft))

    assert "Projetdeversion1,pasencorepublié" in text
    assert "vote" not in text


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (VoteState.OPEN, "En cours de validation par les membres"),
        (VoteState.ADOPTED, "✓ Validée par les membres le mardi 1er décembre 2026"),
        (VoteState.REJECTED, "Non validée par les membres"),
        (VoteState.WITHDRAWN, "Pas soumise au vote des membres"),
    ],
)
def test_document_says_what_came_of_the_vote(town: Town, turn: Turn, state: VoteState, words: str) -> None:
    card, later = published(town), NOON + timedelta(days=7)
    kind = VoteSubject.COMMITMENT_CARD
    vote = Vote(VoteId(0), town.toits.id, kind, card.id, None, NOON, later, 50, 50, state, later)
    town.uow.votes.add(vote)

    assert spaceless(words) in text_of(card_pdf(turn, card))


def test_same_version_gives_the_same_files_whenever_it_is_asked_for(town: Town, turn: Turn) -> None:
    card, later = published(town), replace(turn, now=NOON + timedelta(days=400))

    assert card_pdf(turn, card) == card_pdf(later, card)
    assert card_picture(turn, card) == card_picture(later, card)


@pytest.mark.parametrize(("fields", "seconds"), [(FIELDS, 1), (LONGEST, 2)], ids=["usual", "longest"])
def test_both_files_are_drawn_within_a_turn(town: Town, turn: Turn, fields: CardFields, seconds: float) -> None:
    card = published(town, fields)
    card_pdf(turn, card)

    before = time.process_time()
    card_pdf(turn, card)
    card_picture(turn, card)
    assert time.process_time() - before < seconds


@pytest.mark.parametrize(
    ("written", "set_as"),
    [
        ("À 18 h 30, venez !", "À 18\u00a0h\u00a030, venez\u00a0!"),
        ("« Lumière » : 30 % de moins", "«\u00a0Lumière\u00a0»\u00a0: 30\u00a0% de moins"),
        ("🚲 Vélos  🚲 et ✅ bus", "Vélos et bus"),
        ("漢字 et vélo", "□□ et vélo"),
        ("🚲🚲", "□"),
        ("un\u200bmot", "unmot"),
        ("", ""),
        ("https://example.org/abcd", "\u200b".join("https://example.org/abcd")),
        ("a\nb\n\nc", "a\nb\n\nc"),
        ("a\n" * 20, "a " * 19 + "a"),
    ],
)
def test_texts_are_set_as_french_sets_them_and_as_the_fonts_can(written: str, set_as: str) -> None:
    assert set_well(written) == set_as


def test_every_sign_that_is_let_through_stands_in_the_fonts() -> None:
    signs = "".join(map(chr, range(0x20, 0x3000)))
    kept = PICTOGRAMS.sub("", NOT_IN_THE_FONTS.sub("", signs))
    (fonts,) = re.findall(r"font: (\(.*?\))", LAYOUT)
    layout = f'#set document(title: "-")\n#set text(font: {fonts})\n#let it = sys.inputs.it\n#it #strong(it) #emph(it)'

    typst.compile(  # a sign without a glyph is an error of PDF/UA-1
        layout.encode(),
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        sys_inputs={"it": " a".join(kept)},
    )
    assert len(kept) > 2000
