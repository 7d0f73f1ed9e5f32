"""The group of the demo: how its people come together, and what the coalition shows there by now."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final

from demo.life import Life
from demo.town import Town
from programme.groups import CardKind, Group, GroupCard
from programme.ids import MeetingId
from programme.usecases.answer_support import answer_support
from programme.usecases.ask_support import SupportAsk, ask_support
from programme.usecases.follow_up_support import follow_up_support
from programme.usecases.meeting_cards import show_where_missing
from programme.usecases.take_support import take_support
from simulator.accounts import Bot
from simulator.chats import Chat, Message, Topic
from simulator.telegram import Telegram

TOPIC: Final = "Actions et rencontres"
ASKED: Final = "Nous cherchons quelqu’un qui a monté un service de vélos partagés, pour une heure d’échanges."
ANSWERED: Final = "Une association d’une autre ville veut bien venir. Préférez-vous le midi ou le soir ?"
FOLLOWED_UP: Final = "Le soir, après 18 h : les salariés pourront venir."
CARDS: Final = 4
"""A support request, a date poll, a vote and a meeting."""
ANSWERED_WITHIN: Final = 10.0


async def gather(telegram: Telegram, bot: Bot, town: Town, title: str) -> Chat:
    """Have everybody say hello to the bot and meet in a group, one topic of which is a coalition's."""
    for person in town.people:
        person.opens_link()
    group = town.facilitator.creates_group(
        title, [town.member, town.staff, *town.allies], bot=bot, supergroup=True, forum=True
    )
    town.facilitator.promotes(bot, group)
    topic = town.facilitator.creates_topic(group, TOPIC)
    town.facilitator.says("/lier", group, thread=topic.id)
    private = [person.chat_with(bot) for person in town.people]
    answered = partial(_has_answered, bot, private, group, topic)
    await telegram.until(answered, within=ANSWERED_WITHIN, what="The bot’s first answers")
    return group


async def until_shown(telegram: Telegram, bot: Bot, group: Chat) -> None:
    """Wait until all the cards of the coalition stand in its group."""
    await telegram.until(
        lambda: sum(bool(said.thread) for said in _said_by(bot, group)) > CARDS,  # the first one answers /lier
        within=ANSWERED_WITHIN,
        what="The cards in the group",
    )


def show_in_group(life: Life, coming: MeetingId) -> None:
    """Show in the coalition’s group what it would show by now, the coming meeting last."""
    uow, coalition = life.uow, life.circle.coalition
    group, *_ = uow.groups.of_coalition(coalition)
    _ask_support(life, group)
    for poll in uow.date_polls.open_of(coalition):
        uow.group_cards.show(GroupCard(CardKind.DATE_POLL, poll.id), group, life.now)
    for vote in uow.votes.open_of(coalition):
        uow.group_cards.show(GroupCard(CardKind.VOTE, vote.id), group, life.now)
    show_where_missing(uow, uow.meetings.get(coming), life.now)


def _ask_support(life: Life, group: Group) -> None:
    """Ask for an outside speaker; staff takes it and answers, and somebody of the coalition writes back."""
    uow, circle = life.uow, life.circle
    ask = SupportAsk(circle.coalition, "speaker", ASKED, life.day(25), group.chat_id, group.thread_id)
    asked = ask_support(uow, circle.facilitator, ask, life.territory, life.now)
    taken = take_support(uow, circle.staff, asked.id, asked.version, life.now)
    answer_support(uow, circle.staff, taken.id, ANSWERED, life.now)
    follow_up_support(uow, circle.allies[0], taken.id, FOLLOWED_UP, life.now, in_group=True)


def _has_answered(bot: Bot, private: Iterable[Chat], group: Chat, topic: Topic) -> bool:
    bound = any(said.thread == topic.id for said in _said_by(bot, group))
    return bound and all(any(_said_by(bot, chat)) for chat in private)


def _said_by(bot: Bot, chat: Chat) -> Iterator[Message]:
    return (message for message in chat.messages if message.sender_id == bot.id)
