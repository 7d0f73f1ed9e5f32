from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, select

from programme.ids import MeetingId, PersonId, TelegramId
from programme.leads import Lead
from programme.notices import MeetingReminder
from programme.people import Preferences
from storage.tables.delivery import outbox
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NOW, person

REMINDER = MeetingReminder(MeetingId(3), 1, Lead.DAY)
KEY = "meeting_reminder:3:1:d-1"


def kept(connection: Connection, *columns: str) -> list[Any]:
    rows = connection.execute(select(*(outbox.c[name] for name in columns)).order_by(outbox.c.id))
    return [tuple(row) for row in rows]


def test_a_notice_goes_to_each_private_chat_as_facts(uow: SqlUnitOfWork, connection: Connection) -> None:
    lea = person(uow, "Léa", telegram_id=TelegramId(7_000))
    sam = person(uow, "Sam", telegram_id=TelegramId(6_000))

    assert uow.notices.tell([lea.id, sam.id], REMINDER, KEY, NOW) == 2

    facts = {"notice": "meeting_reminder", "meeting_id": 3, "version": 1, "lead": "d-1"}
    assert kept(connection, "chat_id", "person_id", "lane", "key", "state", "content") == [
        (7_000, lea.id, 1, f"{KEY}:{lea.id}", "waiting", facts),
        (6_000, sam.id, 1, f"{KEY}:{sam.id}", "waiting", facts),
    ]
    assert (
        kept(connection, "attempts", "due_at", "created_at", "finished_at", "reason") == [(0, NOW, NOW, None, None)] * 2
    )


def test_nobody_is_told_twice(uow: SqlUnitOfWork, connection: Connection) -> None:
    lea, sam = person(uow, "Léa"), person(uow, "Sam")
    uow.notices.tell([lea.id], REMINDER, KEY, NOW)

    assert uow.notices.tell([lea.id, sam.id, sam.id], REMINDER, KEY, NOW + timedelta(hours=1)) == 1
    assert kept(connection, "person_id", "due_at") == [(lea.id, NOW), (sam.id, NOW + timedelta(hours=1))]


def test_who_is_skipped_is_written_down_and_not_told_later(uow: SqlUnitOfWork, connection: Connection) -> None:
    lea = person(uow, "Léa")

    assert uow.notices.skip([lea.id], REMINDER, KEY, NOW, "paused") == 1
    assert uow.notices.tell([lea.id], REMINDER, KEY, NOW) == 0

    assert kept(connection, "state", "reason", "finished_at", "content") == [("skipped", "paused", NOW, {})]


def test_nobody_and_strangers_are_told_nothing(uow: SqlUnitOfWork, connection: Connection) -> None:
    assert uow.notices.tell([], REMINDER, KEY, NOW) == 0
    assert uow.notices.tell([PersonId(99)], REMINDER, KEY, NOW) == 0
    assert kept(connection, "id") == []


def test_a_whole_territory_is_told(uow: SqlUnitOfWork, connection: Connection) -> None:
    everybody = [
        uow.people.add(TelegramId(number), f"Membre {number}", None, NOW, Preferences()).id
        for number in range(1, 1_202)
    ]

    assert uow.notices.tell(everybody, REMINDER, KEY, NOW) == 1_201
    assert kept(connection, "person_id") == [(person_id,) for person_id in everybody]
