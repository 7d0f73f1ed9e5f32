import asyncio
from datetime import timedelta

import structlog
from markupsafe import Markup

from bot.messages import pack
from bot.rate_limits import Lane, PacedRateLimiter
from handlers.reply import Change
from handlers.screen import Screen
from simulator.faults import Fault
from storage.outbox import NewOutgoing
from tests.bot.post_office import NOW, Post, notice, passing, people, read, reply, sending


async def test_replies_arrive_in_order_in_every_chat(post: Post) -> None:
    readers = people(post, 10)
    async with sending(post):
        for number in range(3):
            await post.puts(*(reply(reader, str(number)) for reader in readers))
        await post.rests()

    assert [read(reader) for reader in readers] == [["0", "1", "2"]] * 10
    assert await post.states() == []


async def test_a_reply_passes_by_hundreds_of_notices_even_of_its_own_chat(post: Post) -> None:
    readers = people(post, 200)
    post.shown["news"] = Screen(Markup("news"))
    post.limiter = PacedRateLimiter(per_second=50)
    async with sending(post):
        await post.puts(*(notice(reader, "news") for reader in readers))
        await post.telegram.until(lambda: len(post.telegram.calls) > 10)
        last = readers[47]
        await post.puts(reply(last, "reply"))
        await post.telegram.until(lambda: "reply" in read(last), within=0.5)
        assert sum(read(reader) == ["news"] for reader in readers) < 60
        post.limiter.turn_away()


async def test_a_notice_says_what_is_true_when_it_is_sent(post: Post) -> None:
    (lea,) = people(post, 1)
    async with sending(post):
        post.shown["moved"] = Screen(Markup("La rencontre est à 18 h."))
        post.shown["cancelled"] = "the meeting was cancelled"
        await post.puts(notice(lea, "moved"), notice(lea, "cancelled"))
        await post.rests()

    assert read(lea) == ["La rencontre est à 18 h."]
    assert await post.states() == [("sent", None), ("skipped", "the meeting was cancelled")]


async def test_what_is_due_later_is_sent_then(post: Post) -> None:
    (lea,) = people(post, 1)
    async with sending(post):
        await post.puts(reply(lea, "later", due_at=NOW + timedelta(hours=1)))
        await post.rests()
        assert read(lea) == []
        await post.goes_on(timedelta(hours=1))

    assert read(lea) == ["later"]


async def test_a_card_is_changed_where_it_stands(post: Post) -> None:
    (lea,) = people(post, 1)
    async with sending(post):
        await post.puts(reply(lea, "1 oui", anchor="card"), reply(lea, "between"))
        change = pack(Change(Screen(Markup("2 oui")), anchor="card"))
        await post.puts(NewOutgoing(lea.id, change, anchor="card"))
        await post.rests()

    assert read(lea) == ["2 oui", "between"]


async def test_server_errors_are_tried_again_and_hold_back_only_their_chat(post: Post) -> None:
    lea, sam = people(post, 2)
    async with sending(post):
        post.telegram.faults.next(Fault.SERVER_ERROR, 2, "sendMessage")
        await post.puts(reply(lea, "one"), reply(lea, "two"))
        await post.goes_on(timedelta(seconds=1.5))
        assert read(lea) == []
        post.telegram.faults.calm()
        await post.puts(reply(sam, "elsewhere"))
        await post.telegram.until(lambda: read(sam) == ["elsewhere"])
        assert read(lea) == []
        await post.goes_on(timedelta(seconds=20))

    assert read(lea) == ["one", "two"]


async def test_a_reply_whose_answer_is_lost_comes_at_most_twice(post: Post) -> None:
    lea, sam = people(post, 2)
    async with sending(post), asyncio.TaskGroup() as group:
        others = group.create_task(keep_talking(post))
        await asyncio.sleep(0.05)
        post.telegram.faults.next(Fault.LOST_ANSWER, 2, "sendMessage")
        await post.puts(reply(lea, "reply"), NewOutgoing(sam.id, {"notice": "x"}, Lane.ANNOUNCEMENT, due_at=NOW + HOUR))
        await post.goes_on(timedelta(minutes=1))
        post.shown["x"] = Screen(Markup("announcement"))
        post.telegram.faults.next(Fault.LOST_ANSWER, 5, "sendMessage")
        await post.goes_on(HOUR)
        others.cancel()

    assert (read(lea), read(sam)) == (["reply", "reply"], ["announcement"])
    assert set(await post.states()) == {("sent", "unknown outcome: MaybeDelivered")}


async def test_nothing_is_lost_in_a_silence_and_little_is_tried(post: Post) -> None:
    readers = people(post, 5)
    async with sending(post):
        post.telegram.faults.silence()
        await post.puts(*(reply(reader, "first") for reader in readers))
        await post.telegram.until(lambda: post.sender._silence.lasts)
        await post.puts(*(reply(reader, "second") for reader in readers))
        await post.goes_on(timedelta(hours=1))
        assert post.telegram.faults.happened[Fault.SILENCE] < 12
        assert [state for state, _ in await post.states()] == ["waiting"] * 10
        post.telegram.faults.calm()
        await post.telegram.until(lambda: all(read(reader) == ["first", "second"] for reader in readers), within=10)

    assert await post.states() == []


async def test_bad_weather_loses_nothing(post: Post) -> None:
    readers = people(post, 25)
    post.shown["news"] = Screen(Markup("news"))
    faults = post.telegram.faults
    async with sending(post):
        faults.often(Fault.SERVER_ERROR, 0.1, "sendMessage")
        faults.often(Fault.DROPPED, 0.05, "sendMessage")
        faults.often(Fault.LOST_ANSWER, 0.05, "sendMessage")
        faults.next(Fault.FLOOD, 1, "sendMessage", seconds=1)
        for number in range(2):
            await post.puts(*(reply(reader, str(number)) for reader in readers))
        await post.puts(*(notice(reader, "news") for reader in readers))
        await post.rests()
        while {state for state, _ in await post.states()} != {"sent"}:
            post.clock.move_by(timedelta(seconds=10))
            post.sender.wake()
            await post.rests()

    assert {state for state, _ in await post.states()} == {"sent"}
    for reader in readers:
        heard = read(reader)
        assert list(dict.fromkeys(text for text in heard if text != "news")) == ["0", "1"]
        assert "news" in heard
    assert min(faults.happened[fault] for fault in (Fault.SERVER_ERROR, Fault.DROPPED, Fault.LOST_ANSWER)) > 0


async def test_who_blocked_the_bot_is_noted_and_nobody_waits_for_them(post: Post) -> None:
    lea, sam = people(post, 2)
    lea.blocks()
    async with sending(post):
        with structlog.testing.capture_logs() as logs:
            await post.puts(reply(lea, "one"), reply(lea, "two"), reply(sam, "hello"), reply(424_242, "who?"))
            await post.rests()

    assert read(sam) == ["hello"]
    assert [(line["event"], line["outcome"], line["log_level"]) for line in logs] == [
        ("message_not_sent", "dead", "info")
    ] * 3
    assert post.unreachable == [lea.id, 424_242, lea.id]
    assert [state for state, _ in await post.states()] == ["dead", "dead", "dead"]


async def test_a_refused_text_is_dead_and_its_words_are_in_no_log(post: Post) -> None:
    (lea,) = people(post, 1)
    async with sending(post):
        with structlog.testing.capture_logs() as logs:
            await post.puts(reply(lea, "<secret>"), reply(lea, "fine"))
            await post.rests()

    assert read(lea) == ["fine"]
    assert [(line["event"], line["outbox_id"], line["log_level"]) for line in logs] == [("message_dead", 1, "error")]
    assert "secret" not in str(logs)


async def test_a_group_that_moved_gets_its_messages_in_its_new_place(post: Post) -> None:
    (lea,) = people(post, 1)
    group = lea.creates_group("Mobilité", bot=post.telegram.only_bot())
    async with sending(post):
        await post.puts(reply(group.id, "before", anchor="card"))
        await post.rests()
        new = lea.migrates(group)
        change = pack(Change(Screen(Markup("card")), anchor="card", message_id=2))
        await post.puts(NewOutgoing(group.id, change, anchor="card"), reply(group.id, "after"))
        await post.rests()

    assert [one.text for one in new.messages if one.text] == ["card", "after"]
    assert post.moved == [(group.id, new.id)]


async def test_what_vanishes_is_deleted_a_minute_later_and_holds_up_nothing(post: Post) -> None:
    (lea,) = people(post, 1)
    async with sending(post):
        await post.puts(passing(lea, "passing"), reply(lea, "staying"))
        await post.goes_on(timedelta(seconds=59))
        await post.puts(reply(lea, "later"))
        await post.rests()
        assert read(lea) == ["passing", "staying", "later"]
        await post.goes_on(timedelta(seconds=1))

    assert (read(lea), await post.states()) == (["staying", "later"], [])


async def test_what_vanishes_does_so_after_a_restart_too(post: Post) -> None:
    (lea,) = people(post, 1)
    async with sending(post):
        await post.puts(passing(lea, "passing"))
        await post.rests()
    assert read(lea) == ["passing"]

    post.clock.move_by(timedelta(hours=1))
    async with sending(post):
        await post.rests()
    assert (read(lea), await post.states()) == ([], [])


async def test_a_deletion_waits_until_telegram_is_well_again(post: Post) -> None:
    (lea,) = people(post, 1)
    async with sending(post):
        await post.puts(passing(lea, "passing"))
        await post.rests()
        post.telegram.faults.next(Fault.SERVER_ERROR, 2, "deleteMessage")
        await post.goes_on(timedelta(minutes=2))

    assert (read(lea), await post.states()) == ([], [])


async def test_in_a_group_that_moved_nothing_is_deleted_under_the_old_number(post: Post) -> None:
    (lea,) = people(post, 1)
    group = lea.creates_group("Mobilité", bot=post.telegram.only_bot())
    async with sending(post):
        await post.puts(passing(group.id, "passing"))
        await post.rests()
        number = group.last.id
        new = lea.migrates(group)
        while new.last_id < number:
            await post.puts(reply(new.id, "kept"))
            await post.rests()
        said = len(new.messages)
        await post.goes_on(timedelta(minutes=1))

    assert (len(new.messages), await post.states()) == (said, [])


async def test_a_notice_that_cannot_be_rendered_stops_nothing(post: Post) -> None:
    lea, sam = people(post, 2)
    post.shown["broken"] = KeyError("secret")
    async with sending(post):
        with structlog.testing.capture_logs() as logs:
            await post.puts(notice(lea, "broken"), notice(sam, "unheard of"), reply(sam, "hello"))
            await post.goes_on(timedelta(minutes=5))

    assert read(sam) == ["hello"]
    assert [state for state, _ in await post.states()] == ["dead", "dead"]
    assert post.rendered.count(1) == 5
    assert "secret" not in str(logs)


async def test_a_flood_of_hours_leaves_the_rest_in_the_outbox(post: Post) -> None:
    readers = people(post, 30)
    async with sending(post):
        post.telegram.faults.flood(10_000)
        await post.puts(*(reply(reader, "late") for reader in readers[:2]))
        await post.telegram.until(lambda: post.limiter.held_for() > 0)
        await post.puts(*(reply(reader, "late") for reader in readers[2:]))
        await asyncio.sleep(0.1)

    assert [state for state, _ in await post.states()] == ["waiting"] * 30
    assert post.telegram.faults.happened[Fault.FLOOD] <= 3


async def test_a_stop_sends_what_it_can_and_leaves_the_rest(post: Post) -> None:
    readers = people(post, 150)
    post.limiter = PacedRateLimiter(per_second=100)
    async with sending(post):
        await post.puts(*(reply(reader, "?") for reader in readers))
        await asyncio.sleep(0.2)
        start = asyncio.get_running_loop().time()
        await post.sender.drain(0.4)
        assert asyncio.get_running_loop().time() - start < 1

    arrived = sum(read(reader) == ["?"] for reader in readers)
    assert [state for state, _ in await post.states()] == ["waiting"] * (150 - arrived)
    assert 30 < arrived < 90


async def test_a_stop_waits_two_seconds_for_what_is_in_the_air(post: Post) -> None:
    (lea,) = people(post, 1)
    async with sending(post):
        post.bot.request._timeouts = (5, 30, 30, 5)  # type: ignore[attr-defined]  # the request is ours
        post.telegram.faults.next(Fault.LOST_ANSWER, 1, "sendMessage")
        await post.puts(reply(lea, "?"))
        await post.telegram.until(lambda: read(lea) == ["?"])
        start = asyncio.get_running_loop().time()
        await post.sender.drain(0.1)
        assert asyncio.get_running_loop().time() - start < 3

    assert await post.states() == [("waiting", "MaybeDelivered")]


async def test_the_outbox_goes_on_when_the_database_is_well_again(post: Post) -> None:
    (lea,) = people(post, 1)
    async with sending(post):
        await post.rests()
        await post.database.write(lambda c: c.exec_driver_sql("ALTER TABLE outbox RENAME TO away"))
        with structlog.testing.capture_logs() as logs:
            post.sender.wake()
            await post.telegram.until(lambda: logs)
        await post.database.write(lambda c: c.exec_driver_sql("ALTER TABLE away RENAME TO outbox"))
        await post.puts(reply(lea, "hello"))
        await post.telegram.until(lambda: read(lea) == ["hello"])

    assert {line["event"] for line in logs} == {"outbox_not_read"}


async def test_two_senders_on_one_outbox_send_everything_once(post: Post) -> None:
    readers = people(post, 60)
    async with sending(post):
        other = post.new_sender("b")
        async with asyncio.TaskGroup() as group:
            group.create_task(other.run())
            await post.puts(*(reply(reader, str(number)) for number in range(2) for reader in readers))
            other.wake()
            await post.telegram.until(lambda: all(len(read(reader)) == 2 for reader in readers))
            await other.drain(5)

    assert [read(reader) for reader in readers] == [["0", "1"]] * 60


HOUR = timedelta(hours=1)


async def keep_talking(post: Post) -> None:
    """Have Telegram answer something all the time, so that one lost answer is no silence."""
    while True:
        await post.bot.get_me()
        await asyncio.sleep(0.05)
