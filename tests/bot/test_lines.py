"""Replies that a turn hands to the sender at once: in line behind those of their chat, and never before them."""

from datetime import timedelta

import pytest
from markupsafe import Markup

from bot.messages import pack
from handlers.reply import Change
from handlers.screen import Screen
from simulator.faults import Fault
from simulator.people import Person
from storage.outbox import NewOutgoing
from tests.bot.post_office import Post, people, read, reply, sending

A_MINUTE = timedelta(minutes=1)


def change(person: Person, text: str) -> NewOutgoing:
    shown = Change(Screen(Markup(text)), anchor="card")  # noqa: S704 - the test's own
    return NewOutgoing(person.id, pack(shown), anchor="card")


async def test_taken_replies_arrive_in_order_and_leave_nothing(post: Post) -> None:
    lea, sam = people(post, 2)
    async with sending(post):
        await post.takes(reply(lea, "one"), reply(sam, "hello"), reply(lea, "two"))
        await post.takes(reply(lea, "three"))
        await post.rests()

    assert (read(lea), read(sam), await post.states()) == (["one", "two", "three"], ["hello"], [])


async def test_those_behind_a_reply_that_fails_wait_with_it(post: Post) -> None:
    lea, sam = people(post, 2)
    async with sending(post):
        post.telegram.faults.next(Fault.SERVER_ERROR, 1, "sendMessage")
        await post.takes(reply(lea, "one"), reply(lea, "two"), reply(lea, "three"))
        await post.rests()
        assert (read(lea), {state for state, _ in await post.states()}) == ([], {"waiting"})
        await post.takes(reply(sam, "elsewhere"))
        await post.rests()
        assert (read(lea), read(sam)) == ([], ["elsewhere"])
        await post.goes_on(A_MINUTE)

    assert (read(lea), await post.states()) == (["one", "two", "three"], [])


async def test_what_is_taken_after_a_failure_waits_behind_it_too(post: Post) -> None:
    (lea,) = people(post, 1)
    async with sending(post):
        post.telegram.faults.next(Fault.SERVER_ERROR, 1, "sendMessage")
        await post.takes(reply(lea, "one"))
        await post.telegram.until(lambda: Fault.SERVER_ERROR in post.telegram.faults.happened)
        await post.takes(reply(lea, "two"))
        await post.goes_on(A_MINUTE)

    assert (read(lea), await post.states()) == (["one", "two"], [])


async def test_a_reply_that_is_refused_for_good_holds_up_nobody(post: Post) -> None:
    (lea,) = people(post, 1)
    async with sending(post):
        await post.takes(reply(lea, "<no>"), reply(lea, "fine"))
        await post.rests()

    assert (read(lea), [state for state, _ in await post.states()]) == (["fine"], ["dead"])


async def test_a_change_finds_the_message_said_just_before_it(post: Post) -> None:
    (lea,) = people(post, 1)
    async with sending(post):
        await post.takes(reply(lea, "1 oui", anchor="card"), change(lea, "2 oui"), reply(lea, "between"))
        await post.telegram.until(lambda: "between" in read(lea))
        await post.takes(change(lea, "3 oui"))
        await post.rests()
        await post.takes(change(lea, "4 oui"))
        await post.rests()

    assert (read(lea), await post.states()) == (["4 oui", "between"], [])


async def test_nothing_is_taken_while_telegram_wants_to_hear_nothing(post: Post) -> None:
    async with sending(post):
        post.telegram.faults.flood(10_000)
        await post.puts(*(reply(person, "late") for person in people(post, 2)))
        await post.telegram.until(lambda: post.limiter.held_for() > 0)

        assert post.sender.taker() is None


async def test_nothing_is_taken_once_a_stop_has_begun(post: Post) -> None:
    async with sending(post):
        await post.sender.drain(1)

        assert post.sender.taker() is None


@pytest.mark.parametrize("texts", [("one",), ("one", "two")])
async def test_what_is_handed_over_after_the_end_is_left_to_the_next_start(post: Post, texts: tuple[str, ...]) -> None:
    (lea,) = people(post, 1)
    async with sending(post):
        await post.takes(reply(lea, "before"))
        await post.rests()
        taker = post.sender.taker()
        assert taker is not None
        await post.sender.drain(1)
        await post.hands_over(taker, *(reply(lea, text) for text in texts))
    assert read(lea) == ["before"]

    await post.starts_anew()
    async with sending(post):
        await post.rests()
    assert (read(lea), await post.states()) == (["before", *texts], [])
