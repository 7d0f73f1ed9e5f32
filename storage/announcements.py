"""Announcements in the database, and their deliveries: rows of the outbox that hold what they tell, not its text."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final, cast

from sqlalchemy import (
    Connection,
    RowMapping,
    String,
    and_,
    case,
    func,
    insert,
    literal,
    null,
    select,
)
from sqlalchemy import cast as as_type

from programme.announcements import (
    PROGRESS_SPACING,
    Announcement,
    AnnouncementState,
    AudienceKind,
    Content,
    Delivery,
    Part,
    Reach,
    Tally,
    delivery_state,
    progress_anchor,
)
from programme.errors import NotFound, Outdated
from programme.ids import AnnouncementId, PersonId
from storage import announcement_statements as statements
from storage.audiences import among_people, places_of
from storage.engine import insert_new
from storage.notices import LANE as NOTICE_LANE
from storage.outbox import NewOutgoing, Outbox
from storage.tables.announcements import announcements
from storage.tables.delivery import outbox
from storage.tables.programme import people

LANE: Final = 2
"""The lane of announcements in the outbox: after replies and notices."""
NO_TOPIC: Final = 0


class SqlAnnouncements:
    """The announcements in the database; `staff_ids` are the Telegram ids that the settings name."""

    def __init__(self, connection: Connection, staff_ids: frozenset[int]) -> None:
        self._connection = connection
        self._staff_ids = staff_ids
        self._outbox = Outbox(connection)

    def get(self, announcement_id: AnnouncementId) -> Announcement:
        """Give an announcement; raises NotFound."""
        row = self._connection.execute(statements.BY_ID, {"announcement": announcement_id}).mappings().one_or_none()
        if row is None:
            raise NotFound
        return _announcement(row)

    def add(self, announcement: Announcement) -> Announcement:
        """Keep a new announcement under an id given here."""
        values = {"by_person": announcement.by, "made_at": announcement.made_at, **_columns(announcement)}
        (new_id,) = cast("tuple[int]", self._connection.execute(statements.ADD, values).inserted_primary_key)
        return replace(announcement, id=AnnouncementId(new_id))

    def save(self, announcement: Announcement) -> Announcement:
        """Keep a change under the next version; raises Outdated where somebody else changed it meanwhile."""
        saved = replace(announcement, version=announcement.version + 1)
        key = {"announcement": announcement.id, "was_version": announcement.version}
        if not self._connection.execute(statements.SAVE, {**key, **_columns(saved)}).rowcount:
            raise Outdated
        return saved

    def latest(self) -> Sequence[Announcement]:
        """Give every announcement, the latest first."""
        return [_announcement(row) for row in self._connection.execute(statements.LATEST).mappings()]

    def to_approve(self) -> Sequence[Announcement]:
        """Give those that wait for somebody's approval, oldest first."""
        return [_announcement(row) for row in self._connection.execute(statements.TO_APPROVE).mappings()]

    def due(self, now: datetime) -> Announcement | None:
        """Give the scheduled one whose moment came first, if any has come."""
        row = self._connection.execute(statements.DUE, {"now": now}).mappings().one_or_none()
        return None if row is None else _announcement(row)

    def next_due(self) -> datetime | None:
        """Give the next moment for which one is scheduled."""
        due_at: datetime | None = self._connection.scalar(statements.NEXT_DUE)
        return due_at

    def sending(self) -> Sequence[Announcement]:
        """Give those that are being sent."""
        return [_announcement(row) for row in self._connection.execute(statements.SENDING).mappings()]

    def reach(self, audience: Sequence[Part], today: date) -> Reach:
        """Count whom an audience reaches on this day; who is paused and out of reach counts as out of reach."""
        paused = and_(people.c.paused_until.is_not(None), people.c.paused_until > today)
        counts = select(
            func.coalesce(func.sum(case((and_(people.c.reachable, ~paused), 1), else_=0)), 0),
            func.coalesce(func.sum(case((and_(people.c.reachable, paused), 1), else_=0)), 0),
            func.coalesce(func.sum(case((people.c.reachable, 0), else_=1)), 0),
        ).where(among_people(audience, self._staff_ids))
        reached, resting, unreachable = self._connection.execute(counts).one()
        return Reach(int(reached), len(self._places(audience)), int(resting), int(unreachable))

    def concerns(self, announcement: Announcement, person_id: PersonId) -> bool:
        """Tell whether a person is in an announcement's audience now."""
        among = among_people(announcement.audience, self._staff_ids)
        return self._connection.scalar(select(people.c.id).where(people.c.id == person_id, among)) is not None

    def concerns_group(self, announcement: Announcement, chat_id: int, thread_id: int | None) -> bool:
        """Tell whether a place in a group belongs to the audience now, and the bot may write there."""
        return (chat_id, thread_id) in self._places(announcement.audience)

    def deliver(self, announcement: Announcement, now: datetime) -> int:
        """Put a delivery for each of the audience into the outbox, in one statement; gives how many were new."""
        of = literal(f"announcement:{announcement.id}:")
        columns = {
            "chat_id": people.c.telegram_id,
            "person_id": people.c.id,
            "announcement_id": literal(announcement.id),
            "lane": literal(LANE),
            "content": literal(_told(announcement), type_=outbox.c.content.type),
            "key": of + as_type(people.c.id, String),
            "state": literal("waiting"),
            "attempts": literal(0),
            "uncertain": literal(0),
            "due_at": literal(now, type_=outbox.c.due_at.type),
            "created_at": literal(now, type_=outbox.c.created_at.type),
            "reason": null(),
        }
        among = among_people(announcement.audience, self._staff_ids)
        chosen = select(*columns.values()).where(among).order_by(people.c.id)
        told = self._connection.execute(insert(outbox).from_select(list(columns), chosen)).rowcount
        places = [
            {
                "chat_id": chat_id,
                "thread_id": thread_id,
                "announcement_id": announcement.id,
                "lane": LANE,
                "content": _told(announcement),
                "key": f"announcement:{announcement.id}:group:{chat_id}:{thread_id or NO_TOPIC}",
                "state": "waiting",
                "attempts": 0,
                "due_at": now,
                "created_at": now,
            }
            for chat_id, thread_id in self._places(announcement.audience)
        ]
        return told + insert_new(self._connection, outbox, places)

    def unfinished(self, announcement_id: AnnouncementId) -> bool:
        """Tell whether some deliveries are still to be made."""
        return self._connection.scalar(statements.UNFINISHED, {"announcement": announcement_id}) is not None

    def on_the_way(self, announcement_id: AnnouncementId) -> bool:
        """Tell whether some deliveries are being made at this moment."""
        return self._connection.scalar(statements.ON_THE_WAY, {"announcement": announcement_id}) is not None

    def hold(self, announcement_id: AnnouncementId) -> int:
        """Keep what waits from being claimed; what is on its way goes on, and is held where it comes back."""
        return self._connection.execute(statements.HOLD, {"announcement": announcement_id}).rowcount

    def release(self, announcement_id: AnnouncementId, now: datetime) -> int:
        """Let what is held be claimed again, each at the moment at which it was due."""
        return self._connection.execute(statements.RELEASE, {"announcement": announcement_id, "now": now}).rowcount

    def drop(self, announcement_id: AnnouncementId, now: datetime) -> int:
        """Note that what waits or is held will never be sent."""
        return self._connection.execute(statements.DROP, {"announcement": announcement_id, "now": now}).rowcount

    def correct(self, announcement: Announcement, now: datetime) -> int:
        """Have what was delivered changed into what the announcement says now."""
        return self._change_delivered(announcement, now, {"correction": announcement.corrections})

    def take_away(self, announcement: Announcement, now: datetime) -> int:
        """Have what was delivered deleted, or changed where it can't be."""
        return self._change_delivered(announcement, now, {"withdrawal": True})

    def try_out(self, announcement: Announcement, person_id: PersonId, now: datetime) -> None:
        """Send it to one person for a look: no delivery, and not told again after a doubt."""
        chat = self._connection.scalar(statements.CHAT_OF, {"person": person_id})
        if chat is not None:
            content = {**_told(announcement), "trial": True}
            self._outbox.add(NewOutgoing(chat, content, NOTICE_LANE, person_id=person_id), now)

    def show_progress(self, announcement: Announcement, now: datetime) -> None:
        """Have the message changed that shows how far the sending is; what waits already shows what is true then."""
        anchor = progress_anchor(announcement.id)
        chat = self._connection.scalar(statements.CHAT_OF, {"person": announcement.by})
        if (
            chat is None
            or self._connection.execute(statements.PROGRESS_WAITING, {"chat": chat, "named": anchor}).first()
        ):
            return
        last = announcement.progress_at
        due_at = now if last is None else max(now, last + PROGRESS_SPACING)
        content = {**_told(announcement), "progress": True}
        self._connection.execute(statements.NOTE_PROGRESS, {"announcement": announcement.id, "at": due_at})
        self._outbox.add(
            NewOutgoing(chat, content, NOTICE_LANE, person_id=announcement.by, anchor=anchor, due_at=due_at), now
        )

    def tallies(self, announcement_id: AnnouncementId) -> Sequence[Tally]:
        """Count the deliveries by what became of them and why."""
        counted: dict[tuple[Any, str], int] = {}
        for row in self._connection.execute(statements.TALLIES, {"announcement": announcement_id}):
            way = (delivery_state(row.state, row.reason), row.reason or "")
            counted[way] = counted.get(way, 0) + row.number
        return [Tally(state, reason, count) for (state, reason), count in sorted(counted.items())]

    def deliveries(self, announcement_id: AnnouncementId) -> Sequence[Delivery]:
        """Give every delivery, in the order in which they were put in."""
        return [
            Delivery(
                name=row.name or row.title or "",
                organisation=row.organisation or "",
                group=row.chat_id < 0,
                state=delivery_state(row.state, row.reason),
                reason=row.reason or "",
                at=row.finished_at,
            )
            for row in self._connection.execute(statements.DELIVERIES, {"announcement": announcement_id})
        ]

    def _places(self, audience: Sequence[Part]) -> list[tuple[int, int | None]]:
        found = self._connection.execute(places_of(audience))
        return list(dict.fromkeys((row.chat_id, None if row.lost else row.thread_id or None) for row in found))

    def _change_delivered(self, announcement: Announcement, now: datetime, what: dict[str, Any]) -> int:
        changes = [
            NewOutgoing(
                row.chat_id,
                {**_told(announcement), **what, "message_id": row.message_id, "sent_at": row.finished_at.isoformat()},
                LANE,
                row.thread_id,
                row.person_id,
                key=f"announcement_change:{row.id}:{announcement.version}",
            )
            for row in self._connection.execute(statements.DELIVERED, {"announcement": announcement.id})
        ]
        return self._outbox.add_many(changes, now)


def _told(announcement: Announcement) -> dict[str, Any]:
    return {"announcement": announcement.id}


def _announcement(row: RowMapping) -> Announcement:
    return Announcement(
        id=row[announcements.c.id],
        content=Content(
            text=row[announcements.c.text],
            entities=tuple(row[announcements.c.entities]),
            kind=row[announcements.c.kind],
            file_id=row[announcements.c.file_id],
            file_name=row[announcements.c.file_name],
        ),
        audience=tuple(Part(AudienceKind(kind), subject) for kind, subject in row[announcements.c.audience]),
        urgent=row[announcements.c.urgent],
        state=AnnouncementState(row[announcements.c.state]),
        by=row[announcements.c.by_person],
        made_at=row[announcements.c.made_at],
        version=row[announcements.c.version],
        approved_by=row[announcements.c.approved_by],
        due_at=row[announcements.c.due_at],
        began_at=row[announcements.c.began_at],
        ended_at=row[announcements.c.ended_at],
        corrections=row[announcements.c.corrections],
        progress_at=row[announcements.c.progress_at],
        submitted_at=row[announcements.c.submitted_at],
    )


def _columns(announcement: Announcement) -> dict[str, Any]:
    content = announcement.content
    return {
        "text": content.text,
        "entities": list(content.entities),
        "kind": content.kind,
        "file_id": content.file_id,
        "file_name": content.file_name,
        "audience": [[part.kind.value, part.subject] for part in announcement.audience],
        "urgent": announcement.urgent,
        "state": announcement.state,
        "version": announcement.version,
        "approved_by": announcement.approved_by,
        "due_at": announcement.due_at,
        "began_at": announcement.began_at,
        "ended_at": announcement.ended_at,
        "corrections": announcement.corrections,
        "submitted_at": announcement.submitted_at,
    }
