import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, delete, event, select

from storage.engine import Database
from storage.outbox import SETTLES, NewOutgoing, Outbox, Outgoing, Sent
from storage.tables import metadata
from storage.tables.delivery import anchors, outbox

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
REPLY, NOTICE, ANNOUNCEMENT = 0, 1, 2


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/jalon.db")
    await database.write(metadata.create_all)
    yield database
    await database.close()


def message(chat: int, text: str, lane: int = REPLY, **more: Any) -> NewOutgoing:
    return NewOutgoing(chat, {"text": text}, lane, **more)


async def put(database: Database, *messages: NewOutgoing) -> int:
    return await database.write(lambda c: Outbox(c).add_many(messages, NOW))


async def claim(
    database: Database, now: datetime = NOW, worker: str = "a", limit: int = 10, **more: Any
) -> list[Outgoing]:
    return await database.write(lambda c: Outbox(c).claim_due(now, worker, now + timedelta(minutes=5), limit, **more))


async def do(database: Database, work: Callable[[Outbox], object]) -> None:
    await database.write(lambda c: work(Outbox(c)))


def texts(taken: list[Outgoing]) -> list[str]:
    return [outgoing.content["text"] for outgoing in taken]


async def test_replies_are_taken_before_notices_and_notices_before_announcements(database: Database) -> None:
    await put(database, message(3, "announcement", ANNOUNCEMENT), message(2, "notice", NOTICE), message(1, "reply"))

    assert texts(await claim(database)) == ["reply", "notice", "announcement"]
    assert await claim(database) == []


async def test_replies_of_a_chat_go_out_one_after_the_other(database: Database) -> None:
    await put(database, message(1, "first"), message(1, "second"), message(2, "elsewhere"))

    taken = await claim(database)
    assert texts(taken) == ["first", "elsewhere"]
    assert texts(await claim(database)) == []

    await do(database, lambda box: box.sent([Sent(taken[0], 100)], NOW))
    assert texts(await claim(database)) == ["second"]


async def test_a_reply_that_waits_to_be_sent_again_holds_back_those_behind_it_only(database: Database) -> None:
    await put(database, message(1, "first"), message(1, "second"), message(2, "elsewhere"))
    await put(database, message(1, "notice", NOTICE))
    taken = await claim(database, limit=1)
    await do(database, lambda box: box.retry(taken[0].id, LATER, "NetworkError"))

    assert texts(await claim(database)) == ["elsewhere", "notice"]
    again = await claim(database, LATER)
    assert texts(again) == ["first"]
    assert (again[0].attempts, again[0].uncertain, again[0].first_tried_at) == (1, 0, NOW)


async def test_chats_in_use_are_left_alone(database: Database) -> None:
    await put(database, message(1, "one"), message(2, "two"), message(1, "notice", NOTICE))

    assert texts(await claim(database, busy_chats={1})) == ["two"]
    assert texts(await claim(database, lanes={NOTICE})) == ["notice"]


async def test_what_is_due_later_waits(database: Database) -> None:
    await put(database, message(1, "later", NOTICE, due_at=LATER), message(2, "now", NOTICE))

    assert texts(await claim(database)) == ["now"]
    assert await database.read(lambda c: Outbox(c).next_due_at(NOW)) == LATER
    assert await database.read(lambda c: Outbox(c).next_due_at(LATER)) is None


async def test_a_key_is_told_once_for_ever(database: Database) -> None:
    assert await put(database, message(1, "reminder", NOTICE, key="meeting:1:v1:J-1:5")) == 1
    taken = await claim(database)
    await do(database, lambda box: box.sent([Sent(taken[0], 100)], NOW))
    await do(database, lambda box: box.purge(LATER))

    assert await put(database, message(1, "reminder", NOTICE, key="meeting:1:v1:J-1:5")) == 0
    assert await claim(database) == []


async def test_a_message_erased_on_its_way_leaves_no_anchor(database: Database) -> None:
    await put(database, message(1, "menu", anchor="menu"), message(2, "card", key="card:2", anchor="card"))
    on_their_way = await claim(database)
    await database.write(lambda c: c.execute(delete(outbox)))

    for outgoing in on_their_way:
        await do(database, lambda box, outgoing=outgoing: box.sent([Sent(outgoing, 100)], NOW))  # type: ignore[misc] # a default argument has no type here

    assert (await database.read(lambda c: c.execute(select(anchors)))).all() == []


async def test_a_message_under_an_anchor_is_found_again_where_it_was_last_said(database: Database) -> None:
    for message_id in (100, 200):
        await put(database, message(1, "menu", anchor="menu"))
        taken = await claim(database)
        await do(database, lambda box, taken=taken, at=message_id: box.sent([Sent(taken[0], at)], NOW))  # type: ignore[misc]  # bound at once

    await put(database, message(1, "menu", anchor="menu"), message(2, "menu", anchor="menu"))
    assert [outgoing.anchor_message_id for outgoing in await claim(database)] == [200, None]


async def test_of_messages_sent_together_each_is_noted_and_the_last_of_an_anchor_stands_there(
    database: Database,
) -> None:
    await put(
        database,
        message(1, "gone meanwhile", anchor="menu"),
        message(2, "first", anchor="menu"),
        message(3, "once for ever", key="card:3", anchor="card"),
        message(4, "without an anchor"),
    )
    gone, first, keyed, bare = await claim(database)
    await database.write(lambda c: c.execute(delete(outbox).where(outbox.c.id == gone.id)))
    await put(database, message(2, "second", anchor="menu"))
    second = replace(first, id=keyed.id + 2)
    together = [Sent(one, 100 + place) for place, one in enumerate([gone, first, keyed, bare, second])]
    await do(database, lambda box: box.sent(together, NOW))

    left = (await database.read(lambda c: c.execute(select(outbox.c.chat_id, outbox.c.state)))).all()
    stand = (await database.read(lambda c: c.execute(select(anchors.c.chat_id, anchors.c.message_id)))).all()
    assert sorted(map(tuple, left)) == [(3, "sent")]
    assert sorted(map(tuple, stand)) == [(2, 104), (3, 102)]


async def test_a_changed_message_that_settles_stands_under_its_anchor_from_then_on(database: Database) -> None:
    change = {"text": "changed", "change": True, "message_id": 12}
    await put(
        database, NewOutgoing(1, change, anchor="named"), NewOutgoing(2, change | {SETTLES: True}, anchor="named")
    )
    for outgoing in await claim(database):
        await do(database, lambda box, it=outgoing: box.sent([Sent(replace(it, anchor_message_id=12), 12)], NOW))  # type: ignore[misc]  # a default binds the one of this round

    assert await database.read(lambda c: [Outbox(c).anchor_at(chat, 12) for chat in (1, 2)]) == ["", "named"]


async def test_content_goes_once_a_message_is_finished(database: Database) -> None:
    await put(database, *(message(chat, key, NOTICE, key=key) for chat, key in enumerate("abc", start=1)))
    taken = await claim(database)
    await do(database, lambda box: box.sent([Sent(taken[0], 100)], NOW))
    await do(database, lambda box: box.dead(taken[1].id, "Forbidden: bot was blocked by the user", NOW))
    await do(database, lambda box: box.skipped(taken[2].id, "the meeting was cancelled", NOW))

    rows = (await database.read(lambda c: c.execute(select(outbox).order_by(outbox.c.id)))).all()
    assert [(row.state, row.content, row.reason, row.finished_at) for row in rows] == [
        ("sent", {}, None, NOW),
        ("dead", {}, "Forbidden: bot was blocked by the user", NOW),
        ("skipped", {}, "the meeting was cancelled", NOW),
    ]
    assert await database.read(lambda c: Outbox(c).counts()) == {
        ("sent", NOTICE): 1,
        ("dead", NOTICE): 1,
        ("skipped", NOTICE): 1,
    }


async def test_a_message_without_a_key_leaves_no_trace_once_sent(database: Database) -> None:
    await put(database, message(1, "welcome"), message(2, "in doubt"), message(3, "refused"))
    taken = await claim(database)
    await do(database, lambda box: box.sent([Sent(taken[0], 100)], NOW))
    await do(database, lambda box: box.sent([Sent(taken[1], None, "unknown outcome: TimedOut")], NOW))
    await do(database, lambda box: box.dead(taken[2].id, "Forbidden: bot was blocked by the user", NOW))

    rows = (await database.read(lambda c: c.execute(select(outbox).order_by(outbox.c.id)))).all()
    assert [(row.chat_id, row.state, row.content) for row in rows] == [(2, "sent", {}), (3, "dead", {})]
    assert (await database.read(lambda c: c.execute(select(anchors)))).all() == []


async def test_a_number_that_left_is_never_given_to_another_message(database: Database) -> None:
    await put(database, message(1, "first"))
    (first,) = await claim(database)
    await do(database, lambda box: box.sent([Sent(first, 100)], NOW))
    await put(database, message(1, "second"))

    await do(database, lambda box: box.sent([Sent(first, 100)], NOW))  # a process that comes late with the same outcome

    assert texts(await claim(database)) == ["second"]


async def test_what_was_in_doubt_or_refused_is_forgotten_later_and_keys_never(database: Database) -> None:
    await put(database, message(1, "a"), message(2, "b"), message(3, "c", key="c"), message(4, "d"))
    taken = await claim(database, limit=3)
    await do(database, lambda box: box.sent([Sent(taken[0], None, "unknown outcome: TimedOut")], NOW))
    await do(database, lambda box: box.dead(taken[1].id, "Forbidden: bot was blocked by the user", NOW))
    await do(database, lambda box: box.sent([Sent(taken[2], 100)], NOW))

    assert await database.write(lambda c: Outbox(c).purge(NOW)) == 0
    assert await database.write(lambda c: Outbox(c).purge(LATER)) == 2

    rows = (await database.read(lambda c: c.execute(select(outbox).order_by(outbox.c.id)))).all()
    assert [(row.chat_id, row.state) for row in rows] == [(3, "sent"), (4, "waiting")]


async def test_claims_of_a_worker_that_died_are_taken_back(database: Database) -> None:
    await put(database, message(1, "one"))
    await claim(database)

    assert await database.write(lambda c: Outbox(c).take_back(LATER)) == 0
    assert await database.write(lambda c: Outbox(c).take_back(LATER + timedelta(seconds=1))) == 1
    assert texts(await claim(database)) == ["one"]
    assert await database.write(lambda c: Outbox(c).take_back(NOW, everything=True)) == 1
    assert [(again.attempts, again.content) for again in await claim(database)] == [(0, {"text": "one"})]


async def test_a_group_that_became_a_supergroup_keeps_its_messages(database: Database) -> None:
    await put(database, message(-1, "card", anchor="card"))
    taken = await claim(database)
    await do(database, lambda box: box.sent([Sent(taken[0], 100)], NOW))
    await put(database, NewOutgoing(-1, {"text": "changed", "change": True, "message_id": 100}, anchor="card"))

    await do(database, lambda box: box.move_chat(-1, -1001))

    moved = await claim(database)
    assert [(one.chat_id, one.content, one.anchor_message_id) for one in moved] == [
        (-1001, {"text": "changed", "change": True}, None)
    ]
    assert (await database.read(lambda c: c.execute(select(anchors)))).all() == []


async def test_nothing_is_quoted_in_a_group_that_has_moved(database: Database) -> None:
    await put(database, NewOutgoing(-1, {"text": "answer", "quotes": 12}))

    await do(database, lambda box: box.move_chat(-1, -1001))

    assert [(one.chat_id, one.content) for one in await claim(database)] == [(-1001, {"text": "answer"})]


async def test_what_was_for_a_topic_that_is_gone_goes_to_its_group(database: Database) -> None:
    await put(database, message(-1, "lost", thread_id=7), message(-1, "elsewhere", NOTICE, thread_id=8))
    await put(database, message(-2, "another group", thread_id=7))

    await do(database, lambda box: box.leave_topic(-1, 7))

    taken = sorted(await claim(database) + await claim(database), key=lambda one: one.id)
    assert [(one.content["text"], one.thread_id) for one in taken] == [
        ("lost", None),
        ("elsewhere", 8),
        ("another group", 7),
    ]


async def test_the_anchor_of_a_message_is_found_by_its_number(database: Database) -> None:
    await put(database, message(1, "request", anchor="support:12"), message(2, "menu", anchor="menu"))
    for outgoing in await claim(database):
        await do(database, lambda box, sent=outgoing: box.sent([Sent(sent, 100)], NOW))  # type: ignore[misc]  # bound at once

    found = await database.read(lambda c: [Outbox(c).anchor_at(chat, at) for chat, at in ((1, 100), (1, 99), (3, 100))])
    assert found == ["support:12", "", ""]


async def take(database: Database, *replies: NewOutgoing, worker: str = "a") -> list[Outgoing]:
    return await database.write(lambda c: Outbox(c).add_taken(replies, NOW, worker, LATER))


async def test_replies_are_taken_as_they_are_put_in(database: Database) -> None:
    await put(database, message(1, "menu", NOTICE, anchor="menu"))
    (said,) = await claim(database)
    await do(database, lambda box: box.sent([Sent(said, 100)], NOW))
    change = NewOutgoing(1, {"text": "changed", "change": True, "message_id": 7}, anchor="card")

    taken = await take(database, message(1, "menu", anchor="menu"), change, message(2, "elsewhere"))

    assert [(one.chat_id, one.content["text"], one.anchor_message_id) for one in taken] == [
        (1, "menu", 100),
        (1, "changed", 7),
        (2, "elsewhere", None),
    ]
    assert (await claim(database), len({one.id for one in taken})) == ([], 3)
    rows = await database.read(lambda c: c.execute(select(outbox.c.state, outbox.c.claimed_by)).all())
    assert {(row.state, row.claimed_by) for row in rows} == {("sending", "a")}
    assert (await claim(database, LATER), await database.write(lambda c: Outbox(c).take_back(LATER))) == ([], 0)


async def test_replies_are_taken_behind_those_in_the_same_hands(database: Database) -> None:
    assert texts(await take(database, message(1, "first"))) == ["first"]
    assert texts(await take(database, message(1, "second"))) == ["second"]


async def test_replies_wait_behind_what_waits_or_is_in_other_hands(database: Database) -> None:
    await put(database, message(1, "earlier"), message(3, "notice", NOTICE))
    await take(database, message(2, "theirs"), worker="b")

    taken = await take(database, message(1, "one"), message(2, "two"), message(3, "three"), message(1, "four"))

    assert texts(taken) == ["three"]
    assert texts(await claim(database)) == ["earlier", "notice"]


async def test_two_processes_on_one_file_never_take_the_same_message(tmp_path: Path, database: Database) -> None:
    await put(database, *(message(chat, str(chat), NOTICE) for chat in range(200)))
    other = Database(f"sqlite+aiosqlite:///{tmp_path}/jalon.db")
    both_have_some = asyncio.Barrier(2)

    async def work(on: Database, worker: str) -> list[str]:
        taken = texts(await claim(on, worker=worker, limit=7))
        await both_have_some.wait()  # SQLite may keep one waiting until the other has taken everything
        while batch := await claim(on, worker=worker, limit=7):
            taken += texts(batch)
        return taken

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(work(database, "a")), group.create_task(work(other, "b"))]
    await other.close()

    taken = [task.result() for task in tasks]
    assert sorted(map(int, taken[0] + taken[1])) == list(range(200))
    assert all(taken)


async def test_a_claim_is_answered_from_the_indexes(database: Database) -> None:
    await put(database, *(message(chat % 50, str(chat), chat % 3) for chat in range(500)))
    plans: list[str] = []

    def explain(connection: Connection, _: Any, statement: str, parameters: Any, *__: Any) -> None:
        if statement.startswith("SELECT outbox"):
            rows = connection.connection.cursor()
            rows.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plans.extend(str(row[-1]) for row in rows.fetchall())

    event.listen(Engine, "before_cursor_execute", explain)
    await claim(database)
    event.remove(Engine, "before_cursor_execute", explain)

    assert [plan for plan in plans if " outbox" in plan or " earlier" in plan or " anchors" in plan] == [
        "SEARCH outbox USING INDEX ix_outbox_due (lane=? AND due_at<?)",
        "SEARCH earlier USING INDEX ix_outbox_line (chat_id=? AND id<?)",
        "SEARCH anchors USING INDEX sqlite_autoindex_anchors_1 (chat_id=? AND anchor=?)",
    ]
