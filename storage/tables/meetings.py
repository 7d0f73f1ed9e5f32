"""The tables around meetings: series, date polls, who came, and the minutes."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, text

from programme.date_polls import DateAnswer, DatePollState
from programme.meetings import MeetingKind
from programme.series import Frequency
from storage.tables.columns import Instant, metadata, one_of
from storage.tables.programme import coalitions, meetings, people

series = Table(
    "series",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("coalition_id", Integer, ForeignKey(coalitions.c.id, ondelete="CASCADE"), nullable=False),
    Column("title", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("place", Text, nullable=False),
    Column("agenda", Text, nullable=False),
    Column("frequency", String(16), nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("at", String(5), nullable=False),  # HH:MM on the territory's clock
    Column("nth", Integer),
    Column("until_on", Date),
    Column("planned_by", Integer, ForeignKey(people.c.id, ondelete="SET NULL")),
    Column("ended_at", Instant),
    one_of("kind", MeetingKind),
    one_of("frequency", Frequency),
    Index("ix_series_coalition", "coalition_id"),
    sqlite_autoincrement=True,
)

date_polls = Table(
    "date_polls",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("coalition_id", Integer, ForeignKey(coalitions.c.id, ondelete="CASCADE"), nullable=False),
    Column("title", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("place", Text, nullable=False),
    Column("agenda", Text, nullable=False),
    Column("closes_at", Instant, nullable=False),
    Column("state", String(16), nullable=False),
    Column("asked_by", Integer, ForeignKey(people.c.id, ondelete="SET NULL")),
    Column("meeting_id", Integer, ForeignKey(meetings.c.id, ondelete="SET NULL")),
    one_of("kind", MeetingKind),
    one_of("state", DatePollState),
    Index("ix_date_polls_coalition", "coalition_id"),
    Index(
        "ix_date_polls_open",
        "closes_at",
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
    sqlite_autoincrement=True,
)

date_options = Table(
    "date_options",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("poll_id", Integer, ForeignKey(date_polls.c.id, ondelete="CASCADE"), nullable=False),
    Column("starts_at", Instant, nullable=False),
    UniqueConstraint("poll_id", "starts_at"),
    sqlite_autoincrement=True,
)

date_answers = Table(
    "date_answers",
    metadata,
    Column("option_id", Integer, ForeignKey(date_options.c.id, ondelete="CASCADE"), primary_key=True),
    Column("person_id", Integer, ForeignKey(people.c.id, ondelete="CASCADE"), primary_key=True),
    Column("answer", String(16), nullable=False),
    Column("answered_at", Instant, nullable=False),
    one_of("answer", DateAnswer),
    Index("ix_date_answers_person", "person_id"),
)

attendance = Table(
    "attendance",
    metadata,
    Column("meeting_id", Integer, ForeignKey(meetings.c.id, ondelete="CASCADE"), primary_key=True),
    Column("person_id", Integer, ForeignKey(people.c.id, ondelete="CASCADE"), primary_key=True),
    Column("present", Boolean, nullable=False),
    Column("noted_at", Instant, nullable=False),
    Index("ix_attendance_person", "person_id"),
)

minutes = Table(
    "minutes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("meeting_id", Integer, ForeignKey(meetings.c.id, ondelete="CASCADE"), nullable=False),
    Column("text", Text, nullable=False),
    Column("file_id", Text, nullable=False),  # Telegram's file id
    Column("file_name", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("added_by", Integer, ForeignKey(people.c.id, ondelete="SET NULL")),
    Column("added_at", Instant, nullable=False),
    Index("ix_minutes_meeting", "meeting_id"),
    sqlite_autoincrement=True,
)
