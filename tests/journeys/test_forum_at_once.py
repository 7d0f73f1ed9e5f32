"""At the same instant: never more places than there are, and the waiting list keeps the order in which people came."""

import pytest

from programme.forums import Forum
from simulator.network import Query
from simulator.people import Person
from tests.journeys.forum_life import (
    CONFIRMED,
    FIRST_IN_LINE,
    PLACE_IS_YOURS,
    holders_of,
    line_of,
    opens,
    told,
)
from tests.world import World

pytestmark = pytest.mark.usefixtures("untroubled")

IN, OUT = "forum.in", "forum.leave"
"""The buttons that register, and that give one's place up after the question."""
ROUNDS = 10
PLACES = 5
AT_ONCE = 20
NEWCOMERS = 5


async def test_twenty_people_take_the_last_five_places_at_once_ten_times(world: World) -> None:
    people = [await world.known(f"Personne {number}") for number in range(AT_ONCE + NEWCOMERS)]
    for number in range(ROUNDS):
        forum = await world.forum(f"Forum {number}", places=PLACES)
        await _twenty_come(world, forum, people[:AT_ONCE])
        await _five_go_while_five_come(world, forum, people)


async def _twenty_come(world: World, forum: Forum, people: list[Person]) -> None:
    taps = [_taps(person, forum, IN) for person in people]
    await world.settle(within=60)

    assert all(tap.answered is not None for tap in taps)
    having, waiting = await holders_of(world, forum), await line_of(world, forum)
    assert (len(having), len(waiting)) == (PLACES, AT_ONCE - PLACES)
    assert sorted([*having, *waiting]) == sorted(person.user["first_name"] for person in people)
    assert [world.reads(world.people[name]).endswith(CONFIRMED) for name in having] == [True] * PLACES
    assert [_last_line(world, name) for name in waiting] == [_place_in_line(place) for place in range(len(waiting))]


async def _five_go_while_five_come(world: World, forum: Forum, people: list[Person]) -> None:
    having, waiting = await holders_of(world, forum), await line_of(world, forum)
    leaving, newcomers = [world.people[name] for name in having], people[AT_ONCE:]
    before = {name: len(world.people[name].chat_with().messages) for name in waiting}

    taps = [
        tap
        for going, coming in zip(leaving, newcomers, strict=True)
        for tap in (_taps(going, forum, OUT), _taps(coming, forum, IN))
    ]
    await world.settle(within=60)

    assert all(tap.answered is not None for tap in taps)
    came_later = await line_of(world, forum)
    assert await holders_of(world, forum) == waiting[:PLACES]
    assert came_later[:-NEWCOMERS] == waiting[PLACES:]
    assert sorted(came_later[-NEWCOMERS:]) == sorted(person.user["first_name"] for person in newcomers)
    news = [told(world.people[name], before[name]) for name in waiting]
    assert news == [[PLACE_IS_YOURS]] * PLACES + [[]] * (len(waiting) - PLACES)
    for place in (0, len(came_later) - 1):
        card = await opens(world, world.people[came_later[place]], forum)
        assert card.endswith(_place_in_line(place))


def _taps(person: Person, forum: Forum, button: str) -> Query:
    """Tap a button of the forum's card, and go on without waiting for the answer."""
    assert person.last_message is not None
    return person.taps_data(f"{button}:{forum.id}", person.last_message)


def _last_line(world: World, name: str) -> str:
    return world.reads(world.people[name]).split("\n")[-1]


def _place_in_line(before: int) -> str:
    """What somebody reads with so many registrations before theirs."""
    if before == 0:
        return FIRST_IN_LINE
    verb = "inscription est" if before == 1 else "inscriptions sont"
    return f"Vous êtes en liste d’attente pour 1 place : {before} {verb} avant la vôtre."
