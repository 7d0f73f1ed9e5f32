"""Something to share in any chat: coalitions, one's meetings and forums, found by words behind the bot's name."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from programme.coalitions import Coalition, CoalitionState
from programme.ids import CoalitionId
from programme.territory import ScopeKind
from programme.usecases.plan_meeting import MeetingPlan, plan_meeting
from simulator.people import Person
from tests.world import World, plain_spaces

pytestmark = pytest.mark.usefixtures("untroubled")

MOBILITY, LIGHTING = "Mobilités alternatives", "Éclairage nocturne"
IN_A_WEEK = datetime(2026, 12, 1, 17, 30, tzinfo=UTC)


async def asks(world: World, person: Person, words: str, offset: str = "") -> tuple[list[dict[str, Any]], str]:
    """Write words behind the bot's name, and give what it offers and where there is more."""
    question = person.inline_query(words, offset=offset)
    await world.settle()
    return question.results or [], question.next_offset


async def titles(world: World, person: Person, words: str) -> list[str]:
    results, _more = await asks(world, person, words)
    return [plain_spaces(result["title"]) for result in results]


async def test_coalition_is_found_without_accents_and_shared_with_the_way_in(world: World) -> None:
    sam = world.stranger("Sam")
    (offer,), more = await asks(world, sam, "eclairage")

    code = (await world.coalition(LIGHTING)).code
    assert (plain_spaces(offer["title"]), plain_spaces(offer["description"]), more) == (
        f"Coalition : {LIGHTING}",
        "Réduire et optimiser l’éclairage nocturne.",
        "",
    )
    assert plain_spaces(offer["message"]["text"]) == (
        f"{LIGHTING}\n\nRéduire et optimiser l’éclairage nocturne.\n\nEnjeux : Économies d’énergie\n\n"
        "Une coalition de Brest métropole."
    )
    assert _button(offer) == ("Rejoindre", f"https://t.me/jalon_test_bot?start=join_{code}")


async def test_stranger_is_offered_coalitions_and_forums_only(world: World) -> None:
    maude = await _with_a_meeting(world)
    await world.forum("Forum 2026")
    sam = world.stranger("Sam")

    assert await titles(world, sam, "") == [
        "Forum : Forum 2026",
        *(f"Coalition : {name}" for name in sorted_names(world)),
    ]
    assert await titles(world, maude, "") == [
        f"Coalition : {MOBILITY}",
        "Rencontre : Premier atelier",
        "Forum : Forum 2026",
        *(f"Coalition : {name}" for name in sorted_names(world) if name != MOBILITY),
    ]


async def test_meeting_is_shared_without_its_private_address(world: World) -> None:
    maude = await _with_a_meeting(world, place="https://visio.example/secret")
    (offer,), _more = await asks(world, maude, "atelier mobilités")

    assert plain_spaces(offer["message"]["text"]) == (
        f"Premier atelier\nCoalition : {MOBILITY}\nQuand : mardi 1er décembre 2026 à 18 h 30\nOù : en ligne"
    )
    (meeting,) = (await world.kept())["meetings"]
    assert _button(offer) == ("Répondre", f"https://t.me/jalon_test_bot?start=meeting_{meeting['id']}")


async def test_forum_is_shared_with_the_way_to_register(world: World) -> None:
    forum = await world.forum("Forum 2026")
    sam = world.stranger("Sam")
    (offer,), _more = await asks(world, sam, "capucins")

    assert plain_spaces(offer["message"]["text"]).startswith("Forum 2026\nQuand : jeudi 17 décembre 2026")
    assert _button(offer) == ("M’inscrire", f"https://t.me/jalon_test_bot?start=forum_{forum.code}")


async def test_forum_under_way_is_shared_to_be_looked_at(world: World) -> None:
    forum = await world.forum("Forum 2026")
    await world.moves_to(forum.starts_at + timedelta(minutes=1))
    sam = world.stranger("Sam")
    (offer,), _more = await asks(world, sam, "forum")

    assert _button(offer)[0] == "Voir le forum"


async def test_what_is_shared_brings_people_in(world: World) -> None:
    lea, sam = await world.known("Léa"), world.stranger("Sam")
    group = lea.creates_group("Amis", [sam], bot=world.bot)
    await world.settle()
    question = lea.inline_query("mobilités alternatives")
    await world.settle()
    title = next(result["title"] for result in question.results or [])
    lea.shares(title, question, group)

    sam.taps("Rejoindre", chat=group)
    await world.settle()
    assert world.reads(sam).startswith("Bonjour ! Je suis Jalon")


async def test_nothing_is_offered_for_words_that_nothing_holds(world: World) -> None:
    sam = world.stranger("Sam")
    assert await asks(world, sam, "hélicoptère") == ([], "")


async def test_fifty_are_offered_at_once_and_more_further_on(world: World) -> None:
    await world.does(lambda uow: [uow.coalitions.add(_another(number)) for number in range(60)])
    sam = world.stranger("Sam")

    first, more = await asks(world, sam, "")
    rest, end = await asks(world, sam, "", more)
    assert (len(first), more, len(rest), end) == (50, "50", 16, "")
    assert len({result["title"] for result in (*first, *rest)}) == 66
    assert (await asks(world, sam, "", "10000"))[0] == []


def sorted_names(world: World) -> list[str]:
    """The names of the coalitions as a list of them has them, whatever the accents."""
    order = {"É": "E"}
    return sorted((one.name for one in world.territory.coalitions), key=lambda name: order.get(name[0], name[0]) + name)


async def _with_a_meeting(world: World, place: str = "Les Capucins") -> Person:
    maude, mobility = await world.known("Maude"), await world.coalition(MOBILITY)
    await world.belongs(maude, mobility, facilitator=True)
    by, now, zone = (await world.record_of(maude)).id, world.clock.now(), world.territory.zone
    plan = MeetingPlan(mobility.id, "Premier atelier", IN_A_WEEK, place)
    await world.does(lambda uow: plan_meeting(uow, by, plan, now, zone))
    return maude


def _button(offer: dict[str, Any]) -> tuple[str, str]:
    ((button,),) = offer["message"]["reply_markup"]["inline_keyboard"]
    return button["text"], button["url"]


def _another(number: int) -> Coalition:
    return Coalition(
        CoalitionId(0), f"z{number}", f"Zone {number}", "", ScopeKind.AREA, (), open=True, state=CoalitionState.ACTIVE
    )
