"""A coalition that talks in a group, and the cards of its meetings there."""

from datetime import UTC, datetime
from typing import Final

from programme.coalitions import Coalition
from programme.groups import Group
from programme.meetings import Meeting
from programme.usecases.plan_meeting import MeetingPlan, plan_meeting
from simulator.chats import Chat, Message
from simulator.people import Person
from tests.journeys.group_life import group_of, read_in, said_by_the_bot
from tests.world import PARIS, World

NAME: Final = "Mobilités alternatives"
TUESDAY: Final = datetime(2026, 12, 1, 18, 30, tzinfo=PARIS)


async def talking(world: World, name: str = NAME) -> tuple[Person, Person, Chat]:
    """Maude, who facilitates, and Sam, in the group of their coalition."""
    maude, sam = await world.known("Maude"), await world.known("Sam")
    coalition = await world.coalition(name)
    await world.belongs(maude, coalition, facilitator=True)
    await world.belongs(sam, coalition)
    group = await group_of(world, maude, sam)
    await binds(world, group, coalition)
    return maude, sam, group


async def binds(world: World, group: Chat, coalition: Coalition) -> None:
    """Have the coalition talk in this group."""
    await world.does(lambda uow: uow.groups.bind(Group(group.id, None, coalition.id), world.clock.now()))


async def plans(world: World, who: Person, name: str = NAME) -> Meeting:
    """Have a meeting planned without the words that lead to it."""
    known, coalition = await world.record_of(who), await world.coalition(name)
    plan = MeetingPlan(coalition.id, "Premier pas", TUESDAY.astimezone(UTC), "ENIB")
    return await world.does(lambda uow: plan_meeting(uow, known.id, plan, world.clock.now(), PARIS))


def meeting_cards(world: World, group: Chat) -> list[Message]:
    """Give the cards of meetings that stand in the group."""
    return [one for one in said_by_the_bot(world, group) if "Coalition :" in read_in(one)]


def meeting_card(world: World, group: Chat) -> Message:
    """Give the latest of them."""
    return meeting_cards(world, group)[-1]
