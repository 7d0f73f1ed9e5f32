"""Date polls: proposed in private, answered in the group or in private, and one tap makes the meeting."""

from datetime import datetime, timedelta

import pytest

from programme.groups import CARD_SPACING
from programme.ids import MeetingId
from programme.usecases.ask_for_dates import DatesAsked, ask_for_dates
from simulator.chats import Chat, Message
from simulator.people import Person
from tests.journeys.group_life import buttons_of, group_of, read_in, said_by_the_bot, says_there, taps_there
from tests.world import PARIS, World, plain_spaces

pytestmark = pytest.mark.usefixtures("untroubled")

GROUP = "Mobilités alternatives"
NOT_ALLOWED = "Cela ne vous est pas ouvert. Le menu montre ce que vous pouvez faire."
NOT_THERE = "Cet élément n’existe plus. Le menu montre ce que vous pouvez faire."
TUESDAY, THURSDAY = (datetime(2026, 12, day, 18, 30, tzinfo=PARIS) for day in (1, 3))
CLOSES_AT = datetime(2026, 11, 30, 18, 30, tzinfo=PARIS)
HEAD = f"Quelle date ? Atelier\nCoalition : {GROUP}\nOù : ENIB\nRéponses jusqu’au lundi 30 novembre 2026 à 18 h 30"
UNCLEAR = "Je n’ai pas reconnu ce moment : écrivez par exemple « mardi 18 h 30 » ou « 24/11 à 18 h »."
HOW = "Touchez les dates qui vous conviennent. Sinon, touchez « si besoin » ou « non » à côté."
ROWS = [["1/12 · 18 h 30", "si besoin", "non"], ["3/12 · 18 h 30", "si besoin", "non"]]


async def test_dates_are_asked_typed_together_and_reviewed(world: World) -> None:
    lea, sam = await _coalition(world, "Léa", "Sam")
    await world.says(lea, "/rencontre")
    await world.taps(lea, "Plusieurs dates au choix")
    await world.says(lea, "Atelier")
    await world.taps(lea, "Atelier")
    await world.says(lea, "ENIB")
    await world.says(lea, "Se connaître")

    assert (
        await world.says(lea, "mardi 1er décembre 18h30, jeudi, un de ces jours ; 3/12 à 18 h 30")
    ).splitlines() == [
        "Quelles dates proposez-vous ? De deux à dix.",
        "5 sur 6",
        "Par exemple : mardi 18 h 30, jeudi 18 h 30, 24/11 à 18 h",
        "• mardi 1er décembre 2026 à 18 h 30",
        "• jeudi 3 décembre 2026 à 18 h 30",
        "✗ « jeudi » : il manque l’heure.",
        f"✗ « un de ces jours » : {UNCLEAR}",
    ]
    await world.taps(lea, "C’est tout : 2 dates")
    await world.taps(lea, "Passer")
    assert world.reads(lea) == (
        "Votre sondage\n\n"
        "Sujet : Atelier\nType de rencontre : Atelier\nOù : ENIB\nOrdre du jour : Se connaître\n"
        "Dates : mardi 1er décembre 2026 à 18 h 30\njeudi 3 décembre 2026 à 18 h 30\n"
        "Réponses jusqu’au : —"
    )
    await world.taps(lea, "Confirmer")

    head = HEAD.replace("Où :", "Type : Atelier\nOù :")
    assert world.reads(sam) == (
        f"Des dates sont proposées pour une rencontre :\n\n{head}\n\n"
        f"mardi 1er décembre 2026 à 18 h 30\n\njeudi 3 décembre 2026 à 18 h 30\n\n{HOW}"
    )
    assert world.buttons(sam) == [*ROWS, ["Pourquoi ce message ?"]]
    assert world.buttons(lea) == [*ROWS, ["Choisir la date", "Annuler le sondage"], ["Menu"]]


async def test_poll_that_would_close_too_late_is_corrected_in_one_line(world: World) -> None:
    (lea,) = await _coalition(world, "Léa")
    await world.says(lea, "/rencontre")
    await world.taps(lea, "Plusieurs dates au choix")
    await world.says(lea, "Atelier")
    await world.taps(lea, "Visite")
    await world.says(lea, "ENIB")
    await world.taps(lea, "Passer")
    await world.says(lea, "mardi 1er décembre 18h30")
    await world.says(lea, "jeudi 3 décembre 18h30")
    await world.taps(lea, "C’est tout : 2 dates")
    await world.says(lea, "2/12 à 12h")
    await world.taps(lea, "Confirmer")

    assert world.reads(lea) == (
        "Le sondage doit se clore avant sa première date. Corrigez l’une des deux avec « Corriger »."
    )
    assert (await world.kept())["date_polls"] == []


async def test_private_answers_are_one_tap_each_and_may_change(world: World) -> None:
    lea, sam = await _coalition(world, "Léa", "Sam")
    await _proposes(world, lea)

    assert await world.taps(sam, "1/12 · 18 h 30") == "mar. 1er déc., 18 h 30 : oui. Reste 1 date."
    assert world.buttons(sam)[:2] == [["✓ 1/12 · 18 h 30", "si besoin", "non"], ROWS[1]]
    sam.taps_data("date:2:no", sam.chat_with().last)
    await world.settle()
    assert await world.taps(sam, "non") == "mar. 1er déc., 18 h 30 : non. Vous avez répondu à tout."

    assert world.reads(sam) == (
        f"{HEAD}\n\nmardi 1er décembre 2026 à 18 h 30\n0 oui, 0 si besoin, 1 non\nVous : non\n\n"
        f"jeudi 3 décembre 2026 à 18 h 30\n0 oui, 0 si besoin, 1 non\nVous : non\n\n{HOW}"
    )
    assert world.buttons(sam) == [
        ["1/12 · 18 h 30", "si besoin", "✓ non"],
        ["3/12 · 18 h 30", "si besoin", "✓ non"],
        ["Menu"],
    ]


async def test_group_s_card_names_who_comes_and_changes_in_place(world: World) -> None:
    lea, sam, zoe = await _coalition(world, "Léa", "Sam", "Zoé")
    group = await _bound_group(world, lea, sam, zoe)
    await _proposes(world, lea)
    card = _card(world, group)
    assert (read_in(card).splitlines()[0], buttons_of(card)) == ("Quelle date ? Atelier", ROWS)

    assert _toast(await _taps_there(world, sam, card, 0, 0)) == "mar. 1er déc., 18 h 30 : oui. Reste 1 date."
    await _taps_there(world, zoe, card, 0, 1)
    await _taps_there(world, zoe, card, 1, 2)
    await world.moves_by(2 * CARD_SPACING)

    assert read_in(card) == (
        f"{HEAD}\n\nmardi 1er décembre 2026 à 18 h 30\n1 oui, 1 si besoin, 0 non\nOui : Sam\nSi besoin : Zoé\n\n"
        f"jeudi 3 décembre 2026 à 18 h 30\n0 oui, 0 si besoin, 1 non\n\n{HOW}"
    )
    assert [message for message in said_by_the_bot(world, group) if message.buttons] == [card]


async def test_who_is_not_in_the_coalition_comes_in_by_the_card(world: World) -> None:
    lea, zoe = *await _coalition(world, "Léa"), await world.known("Zoé")
    stranger = world.stranger("Inconnue")
    group = await _bound_group(world, lea, zoe, stranger)
    await _proposes(world, lea)
    before = (await world.kept())["date_answers"]

    for person in (zoe, stranger):
        tap = person.taps_data("date:1:yes", _card(world, group))
        await world.settle()
        assert tap.answered is not None
        assert tap.answered.get("url") == "https://t.me/jalon_test_bot?start=dates_1"
    await world.introduces(stranger, "Inconnue", link="dates_1")

    assert world.reads(stranger) == (
        f"Les membres de « {GROUP} » disent ici quelles dates leur conviennent. "
        "Pour répondre, rejoignez d’abord la coalition."
    )
    assert world.buttons(stranger) == [["Voir la coalition"], ["Menu"]]
    assert (await world.kept())["date_answers"] == before
    await world.belongs(stranger, await world.coalition(GROUP))
    stranger.opens_link(payload="dates_1")
    await world.settle()
    assert world.reads(stranger).startswith(HEAD)
    await world.taps(stranger, "3/12 · 18 h 30")
    assert len((await world.kept())["date_answers"]) == 1


async def test_closed_poll_asks_who_facilitates_and_one_tap_makes_the_meeting(world: World) -> None:
    lea, sam, zoe = await _coalition(world, "Léa", "Sam", "Zoé")
    group = await _bound_group(world, lea, sam, zoe)
    await _proposes(world, lea)
    card = _card(world, group)
    for person, row, column in ((sam, 1, 0), (zoe, 1, 0), (zoe, 0, 0), (lea, 0, 1), (lea, 1, 2)):
        await _taps_there(world, person, card, row, column)

    await world.moves_to(CLOSES_AT)

    closed = HEAD.replace("\nRéponses jusqu’au lundi 30 novembre 2026 à 18 h 30", "")
    thursday = "jeudi 3 décembre 2026 à 18 h 30\n2 oui, 0 si besoin, 1 non"
    tuesday = "mardi 1er décembre 2026 à 18 h 30\n1 oui, 1 si besoin, 0 non"
    said = "Sondage clos : la date va être choisie."
    assert world.reads(lea) == (
        f"{closed}\n\n{thursday}\n\n{tuesday}\n\n{said}\n\n"
        "Quelle date devient la rencontre ? Les membres seront prévenus aussitôt."
    )
    assert world.buttons(lea)[:3] == [
        ["jeu. 3 déc., 18 h 30 · 2 oui"],
        ["mar. 1er déc., 18 h 30 · 1 oui"],
        ["Annuler le sondage"],
    ]
    assert (read_in(card).splitlines()[-1], card.buttons) == (said, [])
    assert _toast(await world.forges(sam, "date:1:yes", on=card)) == "Ce sondage est clos."

    assert await world.taps(lea, "jeu. 3 déc., 18 h 30 · 2 oui") == "La rencontre est prévue."
    await world.moves_by(2 * CARD_SPACING)

    assert world.reads(lea).startswith(f"Atelier\nCoalition : {GROUP}\nQuand : jeudi 3 décembre 2026 à 18 h 30")
    assert read_in(card) == f"{closed}\n\n✓ Date retenue : jeudi 3 décembre 2026 à 18 h 30"
    assert world.reads(sam).startswith("Une nouvelle rencontre est prévue :")
    assert world.buttons(sam)[0] == ["✓ Oui", "Peut-être", "Non"]
    answers = await world.finds(lambda uow: uow.meetings.counts(MeetingId(1)))
    assert (answers.yes, answers.maybe, answers.no) == (2, 0, 0)


async def test_date_is_decided_or_the_poll_called_off_before_it_closes(world: World) -> None:
    lea, sam = await _coalition(world, "Léa", "Sam")
    await _proposes(world, lea)
    await world.says(lea, "/rencontres")
    await world.taps(lea, "Sondage : Atelier")
    await world.taps(lea, "Choisir la date")
    await world.taps(lea, "mar. 1er déc., 18 h 30 · 0 oui")
    assert len((await world.kept())["meetings"]) == 1
    assert await world.taps(sam, "non", on=_notice_of_dates(sam)) == "Ce sondage est clos."

    await _proposes(world, lea)
    await world.says(lea, "/rencontres")
    await world.taps(lea, "Sondage : Atelier")
    await world.taps(lea, "Annuler le sondage")
    assert world.reads(lea).endswith("Annuler ce sondage ? Aucune rencontre n’en sortira.")
    assert await world.taps(lea, "Oui, l’annuler") == "Le sondage est annulé."
    assert world.reads(lea).endswith("Sondage annulé.")
    assert world.buttons(lea) == [["Menu"]]
    states = [row["state"] for row in (await world.kept())["date_polls"]]
    assert states == ["decided", "cancelled"]


async def test_two_who_decide_at_once_make_one_meeting(world: World) -> None:
    lea, maude = await _coalition(world, "Léa", "Maude", facilitators=2)
    await _proposes(world, lea)

    taps = [
        person.taps_data(f"date.decide:{option}", person.chat_with().last) for person, option in ((lea, 1), (maude, 2))
    ]
    await world.settle()

    assert sorted(map(_toast, taps)) == ["La date est déjà choisie.", "La rencontre est prévue."]
    kept = await world.kept()
    assert (len(kept["meetings"]), [row["state"] for row in kept["date_polls"]]) == (1, ["decided"])
    assert [row["deed"] for row in kept["audit"]].count("decide_date") == 1


@pytest.mark.parametrize("first", ["answer", "close"])
async def test_poll_that_is_decided_while_somebody_answers_keeps_what_came_before(world: World, first: str) -> None:
    lea, sam = await _coalition(world, "Léa", "Sam")
    await _proposes(world, lea)
    acts = {
        "answer": lambda: sam.taps_data("date:1:yes", sam.chat_with().last),
        "close": lambda: lea.taps_data("date.decide:1", lea.chat_with().last),
    }

    earlier, later = acts.pop(first)(), acts.popitem()[1]()
    await world.settle()

    answers = await world.finds(lambda uow: uow.meetings.counts(MeetingId(1)))
    words = [_toast(earlier), _toast(later)]
    if first == "answer":
        assert words == ["mar. 1er déc., 18 h 30 : oui. Reste 1 date.", "La rencontre est prévue."]
        assert (answers.yes, len((await world.kept())["date_answers"])) == (1, 1)
    else:
        assert words == ["La rencontre est prévue.", "Ce sondage est clos."]
        assert (answers.yes, len((await world.kept())["date_answers"])) == (0, 0)


async def test_answer_at_the_very_instant_of_the_close_is_too_late_before_and_after_it(world: World) -> None:
    lea, sam = await _coalition(world, "Léa", "Sam")
    await _proposes(world, lea)
    card = sam.chat_with().last

    world.clock.move_to(CLOSES_AT)
    before = sam.taps_data("date:1:yes", card)
    await world.settle()
    await world.moves_to(CLOSES_AT)
    after = sam.taps_data("date:2:yes", card)
    await world.settle()

    assert [_toast(tap) for tap in (before, after)] == ["Ce sondage est clos."] * 2
    kept = await world.kept()
    assert ([row["state"] for row in kept["date_polls"]], kept["date_answers"]) == (["closed"], [])


async def test_forged_taps_change_nothing(world: World) -> None:
    lea, sam, zoe = *await _coalition(world, "Léa", "Sam"), await world.known("Zoé")
    group = await _bound_group(world, lea, sam, zoe)
    await _proposes(world, lea)
    await world.moves_by(timedelta(minutes=1))
    before = await world.kept()

    for person in (sam, zoe):
        for data in ("date.choose:1", "date.decide:1", "date.off:1", "date.off.sure:1"):
            await world.forges(person, data)
            assert world.reads(person) == NOT_ALLOWED
    for data in ("date:1:yes", "dates:1"):
        await world.forges(zoe, data)
        assert world.reads(zoe) == NOT_ALLOWED
    for data in (
        "date:1:perhaps",
        "date:99:yes",
        "date:x:yes",
        "dates:99",
        "date.decide:99",
        "date.choose:-1",
        "date.off:",
    ):
        await world.forges(lea, data)
        assert world.reads(lea) == NOT_THERE
    for data in ("date:1:perhaps", "date:99:yes", "dates.here:99"):
        assert _toast(await world.forges(sam, data, on=_card(world, group))) == NOT_THERE
    assert _toast(await world.forges(zoe, "dates.here:1", on=_card(world, group))) == NOT_ALLOWED
    for payload in ("dates_99", "dates_x", "dates_99999999999"):
        zoe.opens_link(payload=payload)
        await world.settle()
        assert world.reads(zoe) == NOT_THERE
    assert await world.kept() == before


async def test_poll_s_card_comes_to_the_end_of_the_group_by_the_list(world: World) -> None:
    lea, sam = await _coalition(world, "Léa", "Sam")
    group = await _bound_group(world, lea, sam)
    await _proposes(world, lea)
    above = _card(world, group)
    await says_there(world, sam, group, "/rencontres")

    assert await taps_there(world, sam, group, "Sondage : Atelier") == "La fiche est plus bas."

    assert (above.deleted, read_in(group.last).splitlines()[0]) == (True, "Quelle date ? Atelier")


async def _coalition(world: World, *names: str, facilitators: int = 1) -> list[Person]:
    """Put people into a coalition, the first ones as its facilitators."""
    coalition = await world.coalition(GROUP)
    people = [await world.known(name) for name in names]
    for number, person in enumerate(people):
        await world.belongs(person, coalition, facilitator=number < facilitators)
    return people


async def _bound_group(world: World, facilitator: Person, *others: Person) -> Chat:
    group = await group_of(world, facilitator, *others)
    await says_there(world, facilitator, group, "/lier")
    return group


async def _proposes(world: World, facilitator: Person) -> None:
    """Propose a Tuesday and a Thursday, until the evening before, without the words that lead to it."""
    coalition, by, now = await world.coalition(GROUP), await world.record_of(facilitator), world.clock.now()
    asked = DatesAsked(coalition.id, "Atelier", (TUESDAY, THURSDAY), "ENIB", closes_at=CLOSES_AT)
    await world.does(lambda uow: ask_for_dates(uow, by.id, asked, now, PARIS))


def _card(world: World, group: Chat) -> Message:
    """Give the poll's card in a group."""
    return next(one for one in reversed(said_by_the_bot(world, group)) if one.text.startswith("Quelle date"))


def _notice_of_dates(person: Person) -> Message:
    return next(one for one in reversed(person.chat_with().messages) if one.text.startswith("Des dates"))


async def _taps_there(world: World, person: Person, card: Message, row: int, column: int) -> object:
    query = person.taps_data(str(card.rows[row][column].data), card)
    await world.settle()
    return query


def _toast(query: object) -> str:
    """What an answered tap shows."""
    answered = getattr(query, "answered", None)
    return plain_spaces(str((answered or {}).get("text", "")))
