"""What is sent to groups: cards changed in place and seldom enough, pins, quotes, topics that are gone."""

from datetime import timedelta

import pytest
import structlog
from markupsafe import Markup

from bot.chat_allowance import ChatAllowance
from bot.messages import pack
from bot.rate_limits import PacedRateLimiter
from handlers.reply import Say
from handlers.screen import Screen, button
from programme.groups import CardKind, Group, GroupCard
from simulator.chats import Chat
from simulator.faults import Fault
from simulator.limits import Limits
from storage.outbox import NewOutgoing
from storage.unit_of_work import SqlUnitOfWork
from tests.bot.post_office import NOW, Post, people, reply, sending
from tests.storage.brest import coalition

CARD = GroupCard(CardKind.MEETING, 7)
A_MINUTE, TENTH = timedelta(minutes=1), timedelta(seconds=0.1)


async def shows(post: Post, chat: Chat, text: str, thread: int | None = None) -> Group:
    """Have a card said in a group, or a topic of it."""
    post.shown["meeting"] = Screen(Markup(text))  # noqa: S704 - the test's own

    def show(uow: SqlUnitOfWork) -> Group:
        group = Group(chat.id, thread, coalition(uow, text).id)
        uow.groups.bind(group, NOW)
        uow.group_cards.show(CARD, group, NOW)
        return group

    group = await post.does(show)
    await post.rests()
    return group


async def changes(post: Post, text: str) -> None:
    """Have what the card shows changed."""
    post.shown["meeting"] = Screen(Markup(text))  # noqa: S704 - the test's own
    await post.does(lambda uow: uow.group_cards.refresh(CARD, post.clock.now()))


def texts(chat: Chat) -> list[str]:
    return [message.text for message in chat.messages if message.text]


async def test_sixty_people_within_ten_seconds_change_one_card_a_few_times(post: Post) -> None:
    (lea,) = people(post, 1)
    group = lea.creates_group("Mobilité", bot=post.telegram.only_bot(), supergroup=True)
    post.telegram.limits = Limits(on=True, time=lambda: post.clock.now().timestamp())
    post.limiter = PacedRateLimiter(allowance=ChatAllowance.of)
    async with sending(post):
        await shows(post, group, "0 oui")
        for tap in range(100):
            post.clock.move_by(TENTH)
            if tap < 60:
                await changes(post, f"{tap + 1} oui")
            post.sender.wake()
            await post.rests()
        await post.goes_on(A_MINUTE)

    calls = [(call.method.lower(), call.status) for call in post.telegram.calls if "chat_id" in call.parameters]
    assert calls == [("sendmessage", 200)] + [("editmessagetext", 200)] * 2
    assert (texts(group), await post.states()) == (["60 oui"], [])


async def test_a_card_that_was_deleted_is_said_anew(post: Post) -> None:
    (lea,) = people(post, 1)
    group = lea.creates_group("Mobilité", bot=post.telegram.only_bot())
    async with sending(post):
        await shows(post, group, "1 oui")
        lea.deletes(group.last)
        await changes(post, "2 oui")
        await post.goes_on(A_MINUTE)

    assert texts(group) == ["2 oui"]


async def test_a_card_with_nothing_more_to_show_stays_as_it_is(post: Post) -> None:
    (lea,) = people(post, 1)
    group = lea.creates_group("Mobilité", bot=post.telegram.only_bot())
    async with sending(post):
        await shows(post, group, "1 oui")
        post.shown["meeting"] = "gone"
        await post.does(lambda uow: uow.group_cards.refresh(CARD, NOW))
        await post.goes_on(A_MINUTE)

    assert (texts(group), await post.states()) == (["1 oui"], [("skipped", "gone")])


async def test_a_long_card_with_many_buttons_is_changed_in_place(post: Post) -> None:
    (lea,) = people(post, 1)
    group = lea.creates_group("Mobilité", bot=post.telegram.only_bot())
    rows = tuple(tuple(button(f"{row}-{place}", "x", row, place) for place in range(5)) for row in range(12))
    async with sending(post):
        await shows(post, group, "é" * 4096)
        post.shown["meeting"] = Screen(Markup("à" * 4096), rows)  # noqa: S704 - the test's own
        await post.does(lambda uow: uow.group_cards.refresh(CARD, NOW))
        await post.goes_on(A_MINUTE)

    assert (texts(group), len(group.last.buttons)) == (["à" * 4096], 12)


async def test_a_card_is_pinned_where_it_stands_and_taken_off_in_time(post: Post) -> None:
    (lea,) = people(post, 1)
    account = post.telegram.only_bot()
    chat = lea.creates_group("Mobilité", bot=account, supergroup=True)
    lea.promotes(account, chat)
    async with sending(post):
        group = await shows(post, chat, "1 oui")
        card, tonight = chat.last.id, NOW + timedelta(hours=9)
        post.telegram.faults.next(Fault.LOST_ANSWER, 1, "pinChatMessage")
        await post.does(lambda uow: uow.group_cards.pin(CARD, group, NOW, until=tonight, once="7"))
        await post.goes_on(A_MINUTE)
        pin = next(call for call in post.telegram.calls if call.method == "pinChatMessage")
        assert (chat.pinned, pin.parameters["disable_notification"]) == ([card], True)
        await post.goes_on(timedelta(hours=9))

    assert (chat.pinned, {state for state, _ in await post.states()}) == ([], {"sent"})


async def test_a_card_that_may_not_be_pinned_or_does_not_stand_troubles_nobody(post: Post) -> None:
    (lea,) = people(post, 1)
    chat = lea.creates_group("Mobilité", bot=post.telegram.only_bot(), supergroup=True)
    async with sending(post):
        with structlog.testing.capture_logs() as logs:
            group = await shows(post, chat, "1 oui")
            other = GroupCard(CardKind.MEETING, 8)
            for number, card in enumerate((CARD, other)):
                await post.does(
                    lambda uow, card=card, once=str(number): uow.group_cards.pin(  # type: ignore[misc]  # bound at once
                        card, group, NOW, until=NOW + A_MINUTE, once=once
                    )
                )
            await post.goes_on(A_MINUTE)

    assert (chat.pinned, {state for state, _ in await post.states()}) == ([], {"sent"})
    assert {line["log_level"] for line in logs} == {"info"}


async def test_an_answer_quotes_what_it_answers_as_long_as_that_is_there(post: Post) -> None:
    (lea,) = people(post, 1)
    group = lea.creates_group("Mobilité", bot=post.telegram.only_bot())
    first, second = lea.says("/aide", group), lea.says("/lier", group)
    answers = [NewOutgoing(group.id, pack(Say(Screen(Markup("?")), quotes=one.id))) for one in (first, second)]
    async with sending(post):
        lea.deletes(second)
        await post.puts(*answers)
        await post.rests()

    assert [message.reply_to for message in group.messages[-2:]] == [first.id, None]


async def test_what_belongs_to_a_deleted_topic_goes_to_the_general_one(post: Post) -> None:
    (lea,) = people(post, 1)
    forum = lea.creates_group("Plan Climat", bot=post.telegram.only_bot(), forum=True)
    topic = lea.creates_topic(forum, "Mobilité")
    async with sending(post):
        await shows(post, forum, "1 oui", topic.id)
        assert forum.last.thread == topic.id
        lea.deletes_topic(forum, topic)
        await changes(post, "2 oui")
        await post.takes(*(reply(forum.id, text, thread_id=topic.id) for text in ("one", "two")))
        await post.goes_on(A_MINUTE)
        await changes(post, "3 oui")
        await post.goes_on(A_MINUTE)

    said = [message for message in forum.messages if message.text]
    assert [(message.text, message.thread) for message in said] == [("one", None), ("two", None), ("3 oui", None)]
    assert (set(post.topics_lost), await post.states()) == ({(forum.id, topic.id)}, [])


@pytest.mark.parametrize("supergroup", [False, True])
async def test_a_group_in_which_the_bot_may_not_write_is_noted(post: Post, *, supergroup: bool) -> None:
    (lea,) = people(post, 1)
    account = post.telegram.only_bot()
    silenced = lea.creates_group("Mobilité", bot=account, supergroup=True)
    left = lea.creates_group("Mobilité", bot=account, supergroup=supergroup)
    lea.restricts(account, silenced, "can_send_messages")
    lea.removes(account, left)
    async with sending(post):
        with structlog.testing.capture_logs() as logs:
            await post.puts(reply(silenced.id, "one"), reply(left.id, "two"))
            await post.rests()

    assert (sorted(post.unreachable), {line["log_level"] for line in logs}) == (
        sorted([silenced.id, left.id]),
        {"info"},
    )
    assert [state for state, _ in await post.states()] == ["dead", "dead"]
