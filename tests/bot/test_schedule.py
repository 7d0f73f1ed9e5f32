import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
import structlog
from sqlalchemy import Connection, delete, func, select

from bot.clock import MovableClock, SystemClock
from bot.schedule import DRAFTS_KEPT, KEPT, SAFETY, Schedule
from bot.territory_file import load_territory
from programme.actions import UNDO_LASTS
from programme.errors import NotFound
from programme.forums import RegistrationState
from programme.ids import ActionId, PersonId, RegistrationId, TelegramId
from programme.people import Preferences
from programme.quiet_hours import QuietHours
from programme.usecases.choose_digest import choose_digest
from programme.usecases.erase_person import erase_person
from programme.usecases.plan_meeting import MeetingPlan, plan_meeting
from programme.usecases.remind import BATCH
from storage.engine import Database, sqlite_file
from storage.erasures import Erasures
from storage.inbox import Inbox
from storage.outbox import NewOutgoing, Outbox, Sent
from storage.remembered import Remembered
from storage.tables import metadata
from storage.tables.delivery import anchors, inbox, outbox
from storage.tables.programme import drafts
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import action, coalition, forum, joins, person, registration

Found = TypeVar("Found")

BREST = load_territory(Path("territories/brest.toml"))
TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
A_DAY = timedelta(days=1)
ALWAYS_AWAKE = Preferences(quiet_hours=QuietHours(time(0), time(0)))


class Town:
    """A coalition with its facilitator and a schedule over a real database; `told` counts the sender's wakings."""

    def __init__(self, database: Database, start: datetime) -> None:
        self.database = database
        self.clock = MovableClock(start)
        self.told = 0
        self.schedule = Schedule(database, BREST, frozenset(), self.clock, told=self._tell)

    def _tell(self) -> None:
        self.told += 1

    async def does(self, work: Callable[[SqlUnitOfWork], Found]) -> Found:
        return await self.database.write(lambda connection: work(SqlUnitOfWork(connection, frozenset())))

    async def plans(self, starts_at: datetime, members: int = 1) -> None:
        """Found a coalition of so many members beside its facilitator, who plans a meeting."""

        def work(uow: SqlUnitOfWork) -> None:
            where, nolwenn = coalition(uow, f"Rade {starts_at}"), person(uow, "Nolwenn", preferences=ALWAYS_AWAKE)
            joins(uow, nolwenn, where, facilitator=True)
            for number in range(members):
                joins(uow, person(uow, f"P{number}", preferences=ALWAYS_AWAKE), where)
            plan = MeetingPlan(where.id, "Atelier", starts_at, "Maison de l’International")
            plan_meeting(uow, nolwenn.id, plan, self.clock.now(), BREST.zone)

        await self.does(work)

    async def notices(self, kind: str) -> list[PersonId]:
        """Whom the notices of this kind are for."""
        statement = select(outbox.c.person_id, outbox.c.content).where(outbox.c.key.is_not(None)).order_by(outbox.c.id)
        rows = await self.database.read(lambda c: c.execute(statement).all())
        return [row.person_id for row in rows if row.content.get("notice") == kind]

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not condition():  # noqa: ASYNC110 (APScheduler tells nobody)
                await asyncio.sleep(0.01)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/jalon.db")
    await database.write(metadata.create_all)
    yield database
    await database.close()


@pytest.fixture
def town(database: Database) -> Town:
    return Town(database, TUESDAY)


@asynccontextmanager
async def started(schedule: Schedule) -> AsyncIterator[None]:
    schedule.start()
    try:
        yield
    finally:
        await schedule.stop()


async def test_nothing_is_told_before_its_time(town: Town) -> None:
    await town.plans(TUESDAY + 2 * A_DAY)
    await town.schedule.tick()

    assert await town.notices("meeting_reminder") == []


async def test_a_tick_reminds_everybody_in_batches(town: Town) -> None:
    await town.plans(TUESDAY + A_DAY + timedelta(hours=1), members=2 * BATCH + 50)
    await town.schedule.tick()
    told_before = town.told

    town.clock.move_by(timedelta(hours=1))
    await town.schedule.tick()

    reminded = await town.notices("meeting_reminder")
    assert len(reminded) == len(set(reminded)) == 2 * BATCH + 51
    assert town.told - told_before == 3 + 1  # after each batch, so that sending begins, and at the end

    await town.schedule.tick()
    assert await town.notices("meeting_reminder") == reminded


async def test_ticks_at_once_remind_everybody_once(town: Town) -> None:
    await town.plans(TUESDAY + A_DAY + timedelta(hours=1), members=BATCH + 1)
    town.clock.move_by(timedelta(hours=1))
    async with asyncio.TaskGroup() as group:
        for _ in range(3):
            group.create_task(town.schedule.tick())

    reminded = await town.notices("meeting_reminder")
    assert len(reminded) == len(set(reminded)) == BATCH + 2


async def test_who_left_a_conversation_is_asked_a_day_later_whether_to_go_on(town: Town) -> None:
    def leaves(uow: SqlUnitOfWork) -> PersonId:
        lea = person(uow, "Léa", preferences=ALWAYS_AWAKE)
        uow.drafts.put(lea.telegram_id, lea.telegram_id, "plan_meeting", 1, {}, TUESDAY, new=True)
        return lea.id

    lea = await town.does(leaves)
    await town.schedule.tick()
    assert await town.notices("conversation_left_open") == []

    town.clock.move_by(A_DAY + timedelta(seconds=1))
    await town.schedule.tick()
    await town.schedule.tick()
    assert await town.notices("conversation_left_open") == [lea]


async def test_it_wakes_at_the_next_due_time(database: Database) -> None:
    town = Town(database, SystemClock().now())  # APScheduler asks the machine
    due_at = town.clock.now() + timedelta(seconds=2)
    await town.plans(due_at + timedelta(hours=2))

    async with started(town.schedule):
        await town.until(lambda: town.schedule._scheduler.get_job("next reminder") is not None)
        assert await town.notices("meeting_reminder") == []
        town.clock.move_to(due_at)
        async with asyncio.timeout(10):
            while len(await town.notices("meeting_reminder")) < 2:  # noqa: ASYNC110 (it stands in a database)
                await asyncio.sleep(0.02)

    assert due_at <= SystemClock().now() < due_at + SAFETY / 4


async def test_it_looks_at_once_when_it_starts(database: Database) -> None:
    town = Town(database, SystemClock().now())
    async with started(town.schedule):
        await town.until(lambda: town.told == 1)

    await town.schedule.stop()  # once more, as a start that failed half way does
    assert town.told == 1


async def test_it_looks_each_minute_and_tidies_at_night_on_the_territorys_clock(town: Town) -> None:
    async with started(town.schedule):
        jobs = {job.func.__name__: job.trigger for job in town.schedule._scheduler.get_jobs()}

    assert jobs["tick"].interval == SAFETY
    night = jobs["tidy"].get_next_fire_time(None, TUESDAY)
    assert night == datetime(2026, 11, 25, 3, 0, tzinfo=BREST.zone)
    summer = jobs["tidy"].get_next_fire_time(None, datetime(2026, 7, 14, 9, 0, tzinfo=UTC))
    assert summer == datetime(2026, 7, 15, 3, 0, tzinfo=BREST.zone)


async def test_what_is_due_far_ahead_is_left_to_the_minutes(town: Town) -> None:
    await town.plans(TUESDAY + 2 * A_DAY)
    async with started(town.schedule):
        await town.schedule.tick()

        assert town.schedule._scheduler.get_job("next reminder") is None


async def test_it_goes_on_after_a_database_failure(town: Town) -> None:
    await town.plans(TUESDAY + A_DAY + timedelta(hours=1))
    town.clock.move_by(timedelta(hours=1))
    await town.database.write(lambda c: c.exec_driver_sql("ALTER TABLE reminders RENAME TO away"))
    with structlog.testing.capture_logs() as logs:
        await town.schedule.tick()
    await town.database.write(lambda c: c.exec_driver_sql("ALTER TABLE away RENAME TO reminders"))

    assert [line["event"] for line in logs] == ["reminders failed"]
    assert await town.notices("meeting_reminder") == []

    await town.schedule.tick()
    assert len(await town.notices("meeting_reminder")) == 2


async def test_tidying_forgets_what_came_in_and_is_over(town: Town) -> None:
    received_at = TUESDAY - KEPT

    def receive(connection: Connection) -> None:
        box = Inbox(connection)
        box.store([(1, "{}"), (2, "{}"), (3, "{}")], received_at - timedelta(seconds=1))
        box.store([(4, "{}")], received_at)
        box.claim(1, received_at)
        box.fail(2, "KeyError", received_at)
        box.claim(4, received_at)

    await town.database.write(receive)
    await town.schedule.tidy()

    statement = select(inbox.c.update_id, inbox.c.state).order_by(inbox.c.update_id)
    kept = await town.database.read(lambda c: c.execute(statement).all())
    assert [(row.update_id, row.state) for row in kept] == [(3, "waiting"), (4, "done")]


async def test_tidying_forgets_what_went_out_but_never_a_key(town: Town) -> None:
    over_at = TUESDAY - KEPT - timedelta(seconds=1)

    def send(connection: Connection) -> None:
        box = Outbox(connection)
        keys = {1: None, 2: "meeting_planned:1:2", 3: None, 4: None}
        box.add_many([NewOutgoing(chat, {"text": "?"}, key=key) for chat, key in keys.items()], over_at)
        doubtful, told, refused = box.claim_due(over_at, "a", over_at + A_DAY, 3)
        box.sent([Sent(doubtful, None, "unknown outcome: TimedOut")], over_at)
        box.sent([Sent(told, 100)], over_at)
        box.dead(refused.id, "Forbidden: bot was blocked by the user", TUESDAY - KEPT)

    await town.database.write(send)
    await town.schedule.tidy()

    statement = select(outbox.c.chat_id, outbox.c.state).order_by(outbox.c.id)
    kept = await town.database.read(lambda c: c.execute(statement).all())
    assert [(row.chat_id, row.state) for row in kept] == [(2, "sent"), (3, "dead"), (4, "waiting")]


async def test_tidying_forgets_conversations_left_for_a_month(town: Town) -> None:
    def leave(uow: SqlUnitOfWork) -> None:
        for chat, left_for in ((1, DRAFTS_KEPT + timedelta(seconds=1)), (2, DRAFTS_KEPT), (3, timedelta())):
            uow.drafts.put(chat, TelegramId(chat), "plan_meeting", 1, {}, TUESDAY - left_for, new=True)

    await town.does(leave)
    await town.schedule.tidy()

    chats = await town.database.read(lambda c: list(c.scalars(select(drafts.c.chat_id).order_by(drafts.c.id))))
    assert chats == [2, 3]


async def test_tidying_that_fails_undoes_itself_and_is_done_the_next_night(town: Town) -> None:
    await town.database.write(lambda c: Inbox(c).store([(1, "{}")], TUESDAY - 2 * KEPT))
    await town.database.write(lambda c: Inbox(c).claim(1, TUESDAY))
    await town.database.write(lambda c: c.exec_driver_sql("ALTER TABLE drafts RENAME TO away"))
    with structlog.testing.capture_logs() as logs:
        await town.schedule.tidy()
    await town.database.write(lambda c: c.exec_driver_sql("ALTER TABLE away RENAME TO drafts"))

    count = select(func.count()).select_from(inbox)
    assert [line["event"] for line in logs] == ["tidying failed"]
    assert await town.database.read(lambda c: c.scalar(count)) == 1

    await town.schedule.tidy()
    assert await town.database.read(lambda c: c.scalar(count)) == 0


async def test_digests_go_out_on_monday_morning_and_offers_are_passed_on(town: Town) -> None:
    monday = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)

    def waits(uow: SqlUnitOfWork) -> tuple[PersonId, RegistrationId]:
        lea = choose_digest(uow, person(uow, "Léa", preferences=ALWAYS_AWAKE).id, TUESDAY, BREST.zone, digest=True)
        offered = registration(uow, lea, forum(uow), RegistrationState.OFFERED, offer_until=monday)
        return lea.id, offered.id

    lea, offered = await town.does(waits)
    await town.schedule.tick()
    assert await town.notices("digest") == await town.notices("offer_lapsed") == []

    town.clock.move_to(monday)
    await town.schedule.tick()
    await town.schedule.tick()
    assert await town.notices("digest") == await town.notices("offer_lapsed") == [lea]
    left = await town.does(lambda uow: uow.registrations.get(offered))
    assert left.state is RegistrationState.CANCELLED


async def test_a_deleted_action_is_gone_for_good_after_its_minute(town: Town) -> None:
    def deletes(uow: SqlUnitOfWork) -> ActionId:
        logged = action(uow, coalition(uow, "Rade"))
        uow.actions.save(replace(logged, deleted_at=town.clock.now()))
        return logged.id

    deleted = await town.does(deletes)
    await town.schedule.tick()
    assert (await town.does(lambda uow: uow.actions.get(deleted))).deleted_at == TUESDAY

    town.clock.move_by(UNDO_LASTS + timedelta(seconds=1))
    await town.schedule.tick()
    with pytest.raises(NotFound):
        await town.does(lambda uow: uow.actions.get(deleted))


async def _log_of_the_database(town: Town) -> int:
    """How many bytes stand in the file beside the database, where what was erased may still be read."""
    file = sqlite_file(town.database.url)
    assert file is not None
    return file.with_name(f"{file.name}-wal").stat().st_size


async def _erases(town: Town) -> TelegramId:
    """Let Léa be erased, with a farewell that is still to be sent; gives her Telegram id."""

    def erases(connection: Connection) -> TelegramId:
        uow = SqlUnitOfWork(connection, frozenset())
        lea = person(uow, "Léa")
        erase_person(uow, lea.id, TUESDAY, BREST.zone)
        Outbox(connection).add(NewOutgoing(lea.telegram_id, {"text": "Au revoir"}), TUESDAY)
        return lea.telegram_id

    return await town.database.write(erases)


async def test_the_file_is_scrubbed_once_the_farewell_is_sent(town: Town) -> None:
    await _erases(town)
    await town.schedule.tick()
    assert await _log_of_the_database(town) > 0

    def sends(connection: Connection) -> None:
        box = Outbox(connection)
        [farewell] = box.claim_due(TUESDAY, "a", TUESDAY + A_DAY, 1)
        box.sent([Sent(farewell, 100, "unknown outcome: TimedOut")], TUESDAY)

    await town.database.write(sends)
    await town.schedule.tick()

    count = select(func.count()).select_from(outbox)
    assert await town.database.read(lambda c: c.scalar(count)) == 0
    assert await town.database.read(lambda c: Erasures(c).unscrubbed()) is None


async def test_the_commands_of_who_was_erased_are_taken_back_before_the_file_is_scrubbed(town: Town) -> None:
    lea = await _erases(town)
    name = f"telegram:commands:{lea}:fr"
    await town.database.write(lambda c: c.execute(delete(outbox)))
    await town.database.write(lambda c: Remembered(c).put(name, "fingerprint"))
    await town.schedule.tick()
    assert await town.database.read(lambda c: Erasures(c).unscrubbed()) is not None

    await town.database.write(lambda c: Remembered(c).forget(name))
    await town.schedule.tick()
    assert await town.database.read(lambda c: Erasures(c).unscrubbed()) is None


async def test_the_file_is_scrubbed_once_nothing_waits_in_the_inbox(town: Town) -> None:
    await _erases(town)
    await town.database.write(lambda c: c.execute(delete(outbox)))
    await town.database.write(lambda c: Inbox(c).store([(7, '{"update_id": 7}')], TUESDAY))
    await town.schedule.tick()
    assert await town.database.read(lambda c: Erasures(c).unscrubbed()) is not None

    await town.database.write(lambda c: Inbox(c).claim(7, TUESDAY))
    await town.schedule.tick()
    assert await town.database.read(lambda c: Erasures(c).unscrubbed()) is None


async def test_what_a_killed_process_left_unscrubbed_the_next_one_scrubs(town: Town) -> None:
    await _erases(town)
    await town.database.write(lambda c: c.execute(delete(outbox)))

    await Town(town.database, TUESDAY + A_DAY).schedule.tick()
    assert await town.database.read(lambda c: Erasures(c).unscrubbed()) is None


async def test_a_reader_that_holds_the_scrubbing_up_only_puts_it_off(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.engine.SCRUB_TIMEOUT_MS", 20)
    await _erases(town)
    await town.database.write(lambda c: c.execute(delete(outbox)))
    other = Database(town.database.url.render_as_string(hide_password=False))
    async with other.engine.connect() as reader:
        await reader.exec_driver_sql("SELECT count(*) FROM people")
        await town.schedule.tick()
        assert await town.database.read(lambda c: Erasures(c).unscrubbed()) is not None
    await other.close()

    await town.schedule.tick()
    assert await town.database.read(lambda c: Erasures(c).unscrubbed()) is None


async def test_scrubbing_spares_the_replies_and_places_of_others(town: Town) -> None:
    def happens(connection: Connection) -> None:
        uow = SqlUnitOfWork(connection, frozenset())
        sam, box = person(uow, "Sam"), Outbox(connection)
        uow.drafts.put(77, TelegramId(77), "first_contact", 1, {}, TUESDAY, new=True)
        for chat, anchor in ((sam.telegram_id, "menu"), (77, "question"), (-5, "card"), (88, "menu")):
            box.add(NewOutgoing(chat, {"text": "?"}, anchor=anchor), TUESDAY)
        for sent in box.claim_due(TUESDAY, "a", TUESDAY + A_DAY, 10):
            box.sent([Sent(sent, 100, "unknown outcome: TimedOut")], TUESDAY)
        erase_person(uow, person(uow, "Léa").id, TUESDAY, BREST.zone)

    await town.database.write(happens)
    await town.schedule.tick()

    kept = await town.database.read(lambda c: list(c.scalars(select(anchors.c.anchor).order_by(anchors.c.anchor))))
    left = await town.database.read(lambda c: list(c.scalars(select(outbox.c.anchor).order_by(outbox.c.id))))
    assert (kept, left) == (["card", "menu", "question"], ["menu", "card"])


async def test_each_night_the_file_is_scrubbed(town: Town) -> None:
    await town.plans(TUESDAY + A_DAY)
    assert await _log_of_the_database(town) > 0

    await town.schedule.tidy()
    assert await _log_of_the_database(town) == 0
