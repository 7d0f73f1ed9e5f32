"""Who has blocked the bot, or left Telegram, holds a place nobody can tell about: nothing else goes wrong."""

from datetime import UTC, timedelta

import pytest

from programme.ids import PersonId
from programme.usecases.change_forum import ForumMove, move_forum
from simulator.people import Person
from tests.journeys.forum_life import (
    CONFIRMED,
    MOVED,
    PLACE_IS_YOURS,
    TITLE,
    gives_up,
    line_of,
    opens,
    registers,
    told,
)
from tests.world import A_HALF_DAY, IN_A_MONTH, World


@pytest.mark.usefixtures("no_warnings")
async def test_who_cannot_be_told_keeps_the_place_and_the_others_are_told(world: World) -> None:
    lea, sam, mia, zoe = [await world.known(name) for name in ("Léa", "Sam", "Mia", "Zoé")]
    forum = await world.forum(TITLE, places=3)
    await registers(world, forum, lea, sam, mia, zoe)
    sam.blocks()
    mia.deletes_account()
    team = await _id(world, world.people["Anne"])
    starts_at = (IN_A_MONTH + timedelta(days=1)).astimezone(UTC)
    move = ForumMove(starts_at, starts_at + A_HALF_DAY)

    await world.does(lambda uow: move_forum(uow, team, forum.id, move, world.clock.now(), world.territory.zone))
    await gives_up(world, lea, forum)

    assert [told(person) for person in (sam, mia, zoe)] == [[], [], [MOVED, PLACE_IS_YOURS]]
    assert await line_of(world, forum) == []
    assert set(await world.given_up()) == {
        "Forbidden: bot was blocked by the user",
        "Forbidden: user is deactivated",
    }
    sam.unblocks()
    assert (await opens(world, sam, forum)).endswith(CONFIRMED)
    assert "vendredi 18 décembre" in world.reads(sam)


async def _id(world: World, person: Person) -> PersonId:
    return (await world.record_of(person)).id
