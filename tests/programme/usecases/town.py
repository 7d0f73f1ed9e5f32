"""A small town for stories: a coalition, who is in it and who is not, and what a deed leaves behind."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, or_, select

from programme.audit import AuditLine
from programme.coalitions import Coalition
from programme.leads import EventKind
from programme.meetings import Meeting
from programme.memberships import MembershipState
from programme.notices import Notice, unpack_notice
from programme.people import Person
from programme.quiet_hours import QuietHours
from programme.usecases.change_preferences import change_preferences
from programme.usecases.plan_meeting import MeetingPlan, plan_meeting
from programme.usecases.remind import remind
from storage.tables.delivery import outbox
from storage.tables.programme import audit, people
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.brest import NOW, STAFF_ID, coalition, joins, person

PARIS = ZoneInfo("Europe/Paris")
ROLES = ("member", "facilitator", "staff", "stranger")
NO_QUIET_HOURS = QuietHours(time(0), time(0))


def paris(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of December 2026 on the clock of Brest."""
    return datetime(2026, 12, day, hour, minute, tzinfo=PARIS).astimezone(UTC)


EVENING = paris(8, 18, 30)
"""When the meetings of these stories begin, unless they say otherwise."""
WEEK_BEFORE, DAY_BEFORE, HOURS_BEFORE = paris(1, 18, 30), paris(7, 18, 30), paris(8, 16, 30)


@dataclass(frozen=True)
class Reminded:
    """One reminder as the outbox keeps it: for whom, which lead, when, and the reason where it is not told."""

    name: str
    lead: str
    at: datetime
    skipped: str | None = None


@dataclass(frozen=True)
class Town:
    """Léa is a member of « Toits solaires », Maude its facilitator, Anne staff; Sam keeps another coalition going."""

    uow: SqlUnitOfWork
    connection: Connection
    toits: Coalition
    lagune: Coalition
    member: Person
    facilitator: Person
    staff: Person
    stranger: Person

    def who(self, role: str) -> Person:
        return {
            "member": self.member,
            "facilitator": self.facilitator,
            "staff": self.staff,
            "stranger": self.stranger,
        }[role]

    def newcomer(self, name: str = "Yann") -> Person:
        return person(self.uow, name)

    def opens(self) -> None:
        """Let everybody into « Toits solaires » at once."""
        self.uow.coalitions.save(replace(self.toits, open=True))

    def plans(self, starts_at: datetime = EVENING) -> Meeting:
        """Have Maude plan a meeting of « Toits solaires »."""
        plan = MeetingPlan(self.toits.id, "Premier atelier", starts_at, "Les Capucins")
        return plan_meeting(self.uow, self.facilitator.id, plan, NOW, PARIS)

    def prefers(self, who: Person, now: datetime = NOW, **changes: Any) -> None:
        preferences = replace(self.uow.people.get(who.id).preferences, **changes)
        change_preferences(self.uow, who.id, preferences, now)

    def state_of(self, who: Person, where: Coalition | None = None) -> MembershipState | None:
        membership = self.uow.memberships.of(who.id, (where or self.toits).id)
        return None if membership is None else membership.state

    def told(self) -> list[tuple[str, Notice]]:
        """Who is to be told what, in the order in which it was decided."""
        rows = self.connection.execute(
            select(people.c.name, outbox.c.content)
            .join(people, people.c.id == outbox.c.person_id)
            .where(outbox.c.state == "waiting")
            .order_by(outbox.c.id)
        )
        return [(row.name, unpack_notice(row.content)) for row in rows]

    def reminded(self) -> list[Reminded]:
        return reminded(self.connection)

    def reminders_of(self, who: Person) -> list[Reminded]:
        return [each for each in self.reminded() if each.name == who.name]

    def leads_of(self, who: Person) -> list[str]:
        """The leads by which somebody was reminded, in the order of time."""
        return [each.lead for each in self.reminders_of(who) if each.skipped is None]

    def audited(self) -> list[AuditLine]:
        rows = self.connection.execute(select(audit).order_by(audit.c.id))
        return [AuditLine(row.at, row.by_person, row.deed, row.subject, row.details) for row in rows]


def found(connection: Connection) -> Town:
    """Found the town in an empty database."""
    uow = SqlUnitOfWork(connection, frozenset({STAFF_ID}))
    toits, lagune = coalition(uow, "Toits solaires"), coalition(uow, "Lagune")
    lea, maude, sam = person(uow, "Léa"), person(uow, "Maude"), person(uow, "Sam")
    anne = person(uow, "Anne", telegram_id=STAFF_ID)
    joins(uow, lea, toits)
    joins(uow, maude, toits, facilitator=True)
    joins(uow, sam, lagune, facilitator=True)
    return Town(uow, connection, toits, lagune, lea, maude, anne, sam)


def crowd(town: Town, how_many: int = 450) -> list[str]:
    """Fill « Toits solaires » up to so many members, Léa and Maude among them; gives all their names."""
    names = [f"Membre {number:03}" for number in range(how_many - 2)]
    for name in names:
        joins(town.uow, person(town.uow, name), town.toits)
    return ["Léa", "Maude", *names]


def remind_batch(uow: SqlUnitOfWork, now: datetime, zone: ZoneInfo = PARIS) -> int:
    """Carry out one batch of what is due at this instant; 1 where there was one."""
    return int(remind(uow, now, zone))


def remind_at(uow: SqlUnitOfWork, now: datetime, zone: ZoneInfo = PARIS) -> int:
    """Carry out everything that is due at this instant; gives how many batches it took."""
    batches = 0
    while remind_batch(uow, now, zone):
        batches += 1
    return batches


def remind_until(uow: SqlUnitOfWork, until: datetime, now: datetime, zone: ZoneInfo = PARIS) -> None:
    """Let the time go on as the schedule does: it wakes whenever a reminder is to be looked at."""
    for at in _wakings(uow, until, now):
        remind_at(uow, at, zone)


def reminded(connection: Connection) -> list[Reminded]:
    """Every reminder that was told or skipped, in the order of time."""
    rows = connection.execute(
        select(people.c.name, outbox.c.key, outbox.c.created_at, outbox.c.state, outbox.c.reason)
        .join(people, people.c.id == outbox.c.person_id)
        .where(or_(*(outbox.c.key.like(f"{event}:%") for event in EventKind)))
        .order_by(outbox.c.created_at, outbox.c.id)
    )
    return [
        Reminded(row.name, row.key.split(":")[3], row.created_at, row.reason if row.state == "skipped" else None)
        for row in rows
    ]


def _wakings(uow: SqlUnitOfWork, until: datetime, now: datetime) -> Iterator[datetime]:
    while (at := uow.reminders.next_at()) is not None and max(now, at) <= until:
        now = max(now, at)
        yield now
