"""Meetings that come again: planned in one go, told in one message, moved or ended together."""

from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from programme.groups import Group
from programme.ids import MeetingId, SeriesId
from programme.meetings import Meeting, MeetingState
from simulator.chats import Chat, Message
from simulator.people import Person
from tests.journeys.group_life import group_of, read_in, said_by_the_bot, says_there
from tests.world import MONDAY_NOON, PARIS, World

pytestmark = pytest.mark.usefixtures("untroubled")

NAME: Final = "Mobilités alternatives"
HEAD: Final = f"Point d’équipe\nCoalition : {NAME}\nChaque mardi à 18 h 30\nOù : ENIB"
NEXT: Final = (
    "Prochaines dates :\n• mardi 1er décembre 2026 à 18 h 30\n• mardi 8 décembre 2026 à 18 h 30\n"
    "• mardi 15 décembre 2026 à 18 h 30\n• mardi 22 décembre 2026 à 18 h 30\n• mardi 29 décembre 2026 à 18 h 30"
)


async def test_members_are_told_once_and_asked_for_the_next_one(world: World) -> None:
    maude, sam, _ = await _talking(world)
    before = len(sam.chat_with().messages)

    await _plans(world, maude)

    assert len(sam.chat_with().messages) == before + 1
    assert (
        world.reads(sam)
        == f"Des rencontres régulières sont prévues :\n\n{HEAD}\n\n{NEXT}\n\nViendrez-vous à la prochaine ?"
    )
    assert world.buttons(sam) == [
        ["Oui", "Peut-être", "Non"],
        ["Ajouter la prochaine à mon calendrier"],
        ["Pourquoi ce message ?"],
    ]
    assert await world.taps(sam, "Oui") == "C’est noté : Oui"
    assert world.reads(maude) == f"{HEAD}\n\n{NEXT}"
    assert world.buttons(maude)[-2:] == [["Tout déplacer", "Tout arrêter"], ["‹ Retour", "Menu"]]


async def test_review_shows_the_rule_before_anything_is_kept(world: World) -> None:
    maude, sam, _ = await _talking(world)
    before = len(sam.chat_with().messages)

    await _asks(world, maude, "mardi 8 décembre 18h30", "Chaque mois", until="30 juin 2027")

    assert world.reads(maude) == (
        f"Vos rencontres\n\nCoalition : {NAME}\nSujet : Point d’équipe\nType de rencontre : Réunion de travail\n"
        "Première : mardi 8 décembre 2026 à 18 h 30\nRythme : Chaque mois\nDernier jour : mercredi 30 juin 2027\n"
        "Où : ENIB\nOrdre du jour : —"
    )
    await world.taps(maude, "Confirmer")
    assert len(sam.chat_with().messages) == before + 1
    assert world.reads(sam).startswith(
        f"Des rencontres régulières sont prévues :\n\nPoint d’équipe\nCoalition : {NAME}\n"
        "Le 2e mardi de chaque mois à 18 h 30\nJusqu’au mercredi 30 juin 2027\nOù : ENIB\n\n"
        "Prochaines dates :\n• mardi 8 décembre 2026 à 18 h 30\n• mardi 12 janvier 2027 à 18 h 30\n\n"
    )


async def test_group_reads_the_next_card_only_and_the_following_one_a_week_before(world: World) -> None:
    maude, _, group = await _talking(world)

    await _plans(world, maude)

    assert [_title_day(card) for card in _cards(world, group)] == ["mardi 1er décembre 2026 à 18 h 30"]
    await world.moves_to(datetime(2026, 12, 1, 18, 30, tzinfo=PARIS))
    assert len(_cards(world, group)) == 1
    await world.moves_to(datetime(2026, 12, 1, 18, 31, tzinfo=PARIS))
    assert _title_day(_cards(world, group)[-1]) == "mardi 8 décembre 2026 à 18 h 30"
    assert await says_there(world, maude, group, "/relancer") == [
        "« Point d’équipe » : 1 personne sans réponse est relancée."
    ]


async def test_wall_clock_time_holds_over_both_changes_of_clock(world: World) -> None:
    maude, _, _ = await _talking(world)
    await _plans(world, maude)

    for days in range(25, 375, 25):
        await world.moves_to(MONDAY_NOON + timedelta(days=days))

    meetings = await _meetings(world)
    assert {one.starts_at.astimezone(PARIS).strftime("%A %H:%M") for one in meetings} == {"Tuesday 18:30"}
    assert {one.starts_at.astimezone(UTC).hour for one in meetings} == {16, 17}
    assert len({one.slot_on for one in meetings}) == len(meetings)


async def test_one_of_them_moves_alone(world: World) -> None:
    maude, sam, _ = await _talking(world)
    await _plans(world, maude)
    second = (await _meetings(world))[1]

    await world.forges(maude, f"move:{second.id}")
    await world.says(maude, "9/12 à 12h")
    await world.taps(maude, "Passer")
    await world.taps(maude, "Confirmer")

    assert world.reads(sam).startswith("Cette rencontre a changé. Merci de répondre à nouveau :")
    moments = [one.starts_at.astimezone(PARIS) for one in await _meetings(world)]
    assert [f"{moment:%d/%m %H:%M}" for moment in moments[:3]] == ["01/12 18:30", "09/12 12:00", "15/12 18:30"]


async def test_all_of_them_move_and_members_are_told_once(world: World) -> None:
    maude, sam, group = await _talking(world)
    await _plans(world, maude)
    await world.taps(sam, "Oui")
    before = len(sam.chat_with().messages)

    await world.taps(maude, "Tout déplacer")
    await world.says(maude, "jeudi 3 décembre à 19h")
    await world.says(maude, "IMT Atlantique")
    await world.taps(maude, "Confirmer")

    assert len(sam.chat_with().messages) == before + 1
    assert world.reads(sam).startswith(
        "Ces rencontres ont changé. Merci de répondre à nouveau :\n\n"
        f"Point d’équipe\nCoalition : {NAME}\nChaque jeudi à 19 h\nOù : IMT Atlantique\n\n"
        "Prochaines dates :\n• jeudi 3 décembre 2026 à 19 h\n• jeudi 10 décembre 2026 à 19 h\n"
    )
    assert world.buttons(sam)[0] == ["Oui", "Peut-être", "Non"]
    await world.moves_by(timedelta(seconds=4))
    assert [_title_day(card) for card in _cards(world, group)] == ["jeudi 3 décembre 2026 à 19 h"]


async def test_all_of_them_end_and_members_are_told_once(world: World) -> None:
    maude, sam, group = await _talking(world)
    await _plans(world, maude)
    before = len(sam.chat_with().messages)

    await world.taps(maude, "Tout arrêter")
    assert world.reads(maude).endswith(
        "Arrêter ces rencontres ? Celles à venir seront annulées, et les membres prévenus aussitôt."
    )
    assert await world.taps(maude, "Oui, tout arrêter") == "8 rencontres annulées."

    assert len(sam.chat_with().messages) == before + 1
    assert (
        world.reads(sam)
        == f"Ces rencontres s’arrêtent ; celles à venir sont annulées :\n\n{HEAD}\nRencontres arrêtées."
    )
    assert {one.state for one in await _meetings(world)} == {MeetingState.CANCELLED}
    await world.moves_by(timedelta(seconds=4))
    assert read_in(_cards(world, group)[0]).endswith("Rencontre annulée.")
    await world.moves_by(timedelta(days=8))
    assert len(_cards(world, group)) == 1
    assert world.buttons(maude) == [["‹ Retour", "Menu"]]


async def test_of_two_who_end_and_move_at_once_the_second_is_told(world: World) -> None:
    maude, _, _ = await _talking(world)
    tom = await world.known("Tom")
    await world.belongs(tom, await world.coalition(NAME), facilitator=True)
    await _plans(world, maude)
    await world.forges(tom, "series.move:1")
    await world.says(tom, "jeudi 3 décembre à 19h")
    await world.taps(tom, "Passer")
    await world.forges(maude, "series.end:1")

    await world.taps(tom, "Confirmer")
    await world.taps(maude, "Oui, tout arrêter")
    series = await world.finds(lambda uow: uow.series.get(SeriesId(1)))

    assert series.ended_at is None
    assert world.reads(maude) == "Cela a changé entre-temps. Rouvrez-le depuis le menu."


@pytest.mark.parametrize(
    "data", ["series:1", "series.move:1", "series.end:1", "series.sure:1:0", "series:99", "series:x"]
)
async def test_forged_tap_of_a_member_changes_nothing(world: World, data: str) -> None:
    maude, sam, _ = await _talking(world)
    await _plans(world, maude)
    kept = await world.kept()

    await world.forges(sam, data)

    assert world.reads(sam) in {
        "Cela ne vous est pas ouvert. Le menu montre ce que vous pouvez faire.",
        "Cet élément n’existe plus. Le menu montre ce que vous pouvez faire.",
    }
    assert await world.kept() == kept


async def _talking(world: World) -> tuple[Person, Person, Chat]:
    """Maude, who facilitates, and Sam, in the group of their coalition."""
    maude, sam, coalition = await world.known("Maude"), await world.known("Sam"), await world.coalition(NAME)
    await world.belongs(maude, coalition, facilitator=True)
    await world.belongs(sam, coalition)
    group = await group_of(world, maude, sam)
    await world.does(lambda uow: uow.groups.bind(Group(group.id, None, coalition.id), world.clock.now()))
    return maude, sam, group


async def _asks(world: World, who: Person, first: str, frequency: str, until: str = "") -> None:
    """Go through the questions up to the review."""
    await world.says(who, "/rencontre")
    await world.taps(who, "Régulièrement")
    await world.says(who, "Point d’équipe")
    await world.taps(who, "Réunion de travail")
    await world.says(who, first)
    await world.taps(who, frequency)
    if until:
        await world.says(who, until)
    else:
        await world.taps(who, "Passer")
    await world.says(who, "ENIB")
    await world.taps(who, "Passer")


async def _plans(world: World, who: Person) -> None:
    await _asks(world, who, "mardi 1er décembre 18h30", "Chaque semaine")
    await world.taps(who, "Confirmer")


async def _meetings(world: World) -> list[Meeting]:
    """Every meeting of the series, soonest first."""
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    first = await world.finds(lambda uow: uow.meetings.get(MeetingId(1)))
    assert first.series_id is not None
    series_id = first.series_id
    return await world.finds(lambda uow: list(uow.meetings.of_series(series_id, long_ago)))


def _cards(world: World, group: Chat) -> list[Message]:
    return [one for one in said_by_the_bot(world, group) if "Coalition :" in read_in(one)]


def _title_day(card: Message) -> str:
    return next(line for line in read_in(card).splitlines() if line.startswith("Quand : ")).removeprefix("Quand : ")
