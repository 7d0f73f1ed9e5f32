"""The card of a meeting goes on being true whatever becomes of its group."""

from datetime import datetime, timedelta
from typing import Final

import pytest

from programme.coalitions import Coalition
from programme.groups import Group
from programme.ids import MeetingId
from programme.meetings import Answer, Meeting
from programme.usecases.answer_meeting import answer_meeting
from programme.usecases.plan_meeting import MeetingPlan, plan_meeting
from simulator.chats import Chat, Message
from simulator.people import Person
from tests.journeys.group_life import group_of, read_in, says_there, taps_there
from tests.world import PARIS, World

pytestmark = pytest.mark.usefixtures("untroubled")

MOBILITY: Final = "Mobilités alternatives"
TUESDAY: Final = datetime(2026, 12, 1, 18, 30, tzinfo=PARIS)
SOON: Final = timedelta(seconds=5)


async def test_card_follows_a_group_that_becomes_a_supergroup(world: World) -> None:
    maude, group, meeting = await a_meeting_in_a_group(world, supergroup=False)
    assert cards(group)[0].button("Oui").data is not None

    after = maude.migrates(group)
    await world.settle()
    await answers(world, maude, meeting, Answer.YES)

    (card,) = cards(after)
    assert "Oui : 1 (Maude)" in read_in(card)
    assert await taps_there(world, maude, after, "Non") == "C’est noté : Non"
    await world.moves_by(SOON)
    assert (cards(after), "Non : 1 (Maude)" in read_in(card)) == ([card], True)


async def test_card_of_a_deleted_topic_is_said_in_the_general_one(world: World) -> None:
    maude = await who_facilitates(world)
    forum = await group_of(world, maude, forum=True)
    topic = maude.creates_topic(forum, "Mobilité")
    await says_there(world, maude, forum, "/lier", topic.id)
    meeting = await plans(world, maude)
    assert [card.thread for card in cards(forum)] == [topic.id]

    maude.deletes_topic(forum, topic)
    await answers(world, maude, meeting, Answer.YES)
    await answers(world, maude, meeting, Answer.MAYBE)

    (card,) = cards(forum)
    assert (card.thread, "Peut-être : 1 (Maude)" in read_in(card)) == (None, True)
    told = [message for message in maude.chat_with().messages if message.text.startswith("Le sujet de la coalition")]
    assert len(told) == 1


async def test_card_in_a_group_that_went_to_another_coalition_stays_as_it_is(world: World) -> None:
    maude, group, meeting = await a_meeting_in_a_group(world)
    events = await world.coalition("Évènementiel durable")
    before = read_in(cards(group)[0])

    await world.does(lambda uow: uow.groups.bind(Group(group.id, None, events.id), world.clock.now()))
    await answers(world, maude, meeting, Answer.YES)

    assert [read_in(card) for card in cards(group)] == [before]


async def test_card_waits_while_the_bot_may_not_write_and_is_true_again_afterwards(world: World) -> None:
    maude, group, meeting = await a_meeting_in_a_group(world)
    maude.restricts(world.bot, group, "can_send_messages")
    await world.settle()
    await answers(world, maude, meeting, Answer.YES)
    assert "Oui : 0" in read_in(cards(group)[0])

    maude.demotes(world.bot, group)
    await world.settle()
    await answers(world, maude, meeting, Answer.MAYBE)

    (card,) = cards(group)
    assert "Peut-être : 1 (Maude)" in read_in(card)


async def who_facilitates(world: World) -> Person:
    maude = await world.known("Maude")
    await world.belongs(maude, await world.coalition(MOBILITY), facilitator=True)
    return maude


async def a_meeting_in_a_group(world: World, *, supergroup: bool = True) -> tuple[Person, Chat, MeetingId]:
    """Have Maude bind a group and plan a meeting, whose card stands there then."""
    maude = await who_facilitates(world)
    group = await group_of(world, maude, supergroup=supergroup)
    await says_there(world, maude, group, "/lier")
    return maude, group, await plans(world, maude)


async def plans(world: World, maude: Person) -> MeetingId:
    by, mobility = (await world.record_of(maude)).id, await world.coalition(MOBILITY)
    return (await world.does(lambda uow: plan_meeting(uow, by, _plan(mobility), world.clock.now(), PARIS))).id


async def answers(world: World, maude: Person, meeting_id: MeetingId, answer: Answer) -> None:
    """Have Maude answer in private, and let the card be changed."""
    by, now = (await world.record_of(maude)).id, world.clock.now()
    meeting: Meeting = await world.finds(lambda uow: uow.meetings.get(meeting_id))
    await world.does(lambda uow: answer_meeting(uow, by, meeting_id, meeting.version, answer, now))
    await world.moves_by(SOON)


def cards(chat: Chat) -> list[Message]:
    """The bot's messages in a group that have a meeting's answers."""
    return [message for message in chat.messages if "Peut-être" in message.text]


def _plan(mobility: Coalition) -> MeetingPlan:
    return MeetingPlan(mobility.id, "Premier pas", TUESDAY, "ENIB")
