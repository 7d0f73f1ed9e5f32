"""Groups that become supergroups keep what they were bound to."""

from datetime import timedelta

import pytest

from bot.messages import pack
from handlers.reply import Say
from handlers.screen import Screen
from locales import language_for
from programme.groups import Group
from storage.outbox import NewOutgoing, Outbox
from tests.journeys.group_life import bound, group_of, leader_of, read_in, said_by_the_bot, says_there
from tests.world import World

pytestmark = pytest.mark.usefixtures("untroubled")

A_MINUTE = timedelta(minutes=1)
MOBILITY, EVENTS = "Mobilités alternatives", "Évènementiel durable"
WRITE_FIRST = f"Pour ajouter une action à la coalition « {MOBILITY} », écrivez-moi d’abord en privé."


async def test_group_that_becomes_a_supergroup_stays_bound(world: World) -> None:
    maude, sam = await leader_of(world, "Maude", MOBILITY), world.stranger("Sam")
    group = await group_of(world, maude, sam, supergroup=False)
    await says_there(world, maude, group, "/lier")
    binding = await bound(world, group)
    assert binding is not None

    after = maude.migrates(group)
    await world.settle()
    assert (await bound(world, group), await bound(world, after)) == (
        None,
        Group(after.id, None, binding.coalition_id),
    )
    assert await says_there(world, sam, after, "/action") == [WRITE_FIRST]


async def test_move_that_was_not_heard_is_learnt_from_the_next_message_which_comes_once(world: World) -> None:
    maude = await leader_of(world, "Maude", MOBILITY)
    group = await group_of(world, maude, supergroup=False)
    after = maude.migrates(group)
    await world.settle()
    mobility = await world.coalition(MOBILITY)
    # As the database stands where both of Telegram's messages about the move were lost.
    await world.does(lambda uow: uow.groups.bind(Group(group.id, None, mobility.id), world.clock.now()))

    line = NewOutgoing(group.id, pack(Say(Screen(language_for("fr").say("Menu")))))
    await world.jalon.database.write(lambda connection: Outbox(connection).add(line, world.clock.now()))
    world.jalon.sender.wake()
    await world.settle()

    assert [[read_in(one) for one in said_by_the_bot(world, chat)] for chat in (group, after)] == [[], ["Menu"]]
    assert (await bound(world, group), await bound(world, after)) == (None, Group(after.id, None, mobility.id))


async def test_passing_line_is_left_alone_where_the_group_has_moved_meanwhile(world: World) -> None:
    sam = world.stranger("Sam")
    group = await group_of(world, sam, supergroup=False)
    await says_there(world, sam, group, "/action")
    after = sam.migrates(group)
    for number in range(6):
        sam.says(str(number), after)
    said = len(after.messages)
    await world.moves_by(A_MINUTE)
    assert len(after.messages) == said
