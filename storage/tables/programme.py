"""The tables of the programme, from people to the audit log.

Ids are never used again (`sqlite_autoincrement`): a button or a notice that names one must not reach another row later.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from programme.coalitions import CoalitionState
from programme.leads import EventKind, Lead
from programme.meetings import Answer, MeetingKind, MeetingState
from programme.memberships import MembershipState
from programme.reminders import ReminderState
from programme.territory import OrganisationKind, ScopeKind
from storage.tables.columns import Instant, metadata, one_of

organisations = Table(
    "organisations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False, unique=True),
    Column("kind", String(32), nullable=False),
    Column("level", String(32)),  # a key of the territory, once staff have confirmed it
    Column("objectives", Text, nullable=False, server_default=""),
    one_of("kind", OrganisationKind),
    sqlite_autoincrement=True,
)

people = Table(
    "people",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("telegram_id", BigInteger, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("organisation_id", Integer, ForeignKey(organisations.c.id, ondelete="SET NULL")),
    Column("consented_at", Instant, nullable=False),
    Column("language", String(16), nullable=False),
    Column("leads", JSON, nullable=False),  # a sorted list
    Column("quiet_starts", String(5), nullable=False),  # HH:MM on the territory's clock
    Column("quiet_ends", String(5), nullable=False),
    Column("paused_until", Date),
    Column("reachable", Boolean, nullable=False),
    Column("appointed_staff", Boolean, nullable=False),
    Column("digest", Boolean, nullable=False, server_default=false()),
    Column("digest_week", Date),  # the Monday of the last week whose digest is settled
    Column("last_active_on", Date),  # on the territory's calendar
    Column("asked_to_stay_on", Date),  # since when no answer has come to it
    sqlite_autoincrement=True,
)

coalitions = Table(
    "coalitions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(64), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False),
    Column("objective", Text, nullable=False),
    Column("scope", String(16), nullable=False),
    Column("stakes", JSON, nullable=False),  # a list of keys of the territory
    Column("open", Boolean, nullable=False),
    Column("state", String(16), nullable=False),
    Column("need", Text, nullable=False),
    Column("invited", Text, nullable=False),
    Column("proposed_by", Integer, ForeignKey(people.c.id, ondelete="SET NULL")),
    Column("proposed_at", Instant),
    one_of("scope", ScopeKind),
    one_of("state", CoalitionState),
    # A refused proposal does not keep its name from a better one.
    Index(
        "uq_coalitions_name_key",
        "name_key",
        unique=True,
        sqlite_where=text("state IN ('proposed', 'active')"),
        postgresql_where=text("state IN ('proposed', 'active')"),
    ),
    sqlite_autoincrement=True,
)

coalition_organisations = Table(
    "coalition_organisations",
    metadata,
    Column("coalition_id", Integer, ForeignKey(coalitions.c.id, ondelete="CASCADE"), primary_key=True),
    Column("organisation_id", Integer, ForeignKey(organisations.c.id, ondelete="CASCADE"), primary_key=True),
)

memberships = Table(
    "memberships",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", Integer, ForeignKey(people.c.id, ondelete="CASCADE"), nullable=False),
    Column("coalition_id", Integer, ForeignKey(coalitions.c.id, ondelete="CASCADE"), nullable=False),
    Column("state", String(16), nullable=False),
    Column("facilitator", Boolean, nullable=False),
    Column("since", Instant, nullable=False),
    one_of("state", MembershipState),
    UniqueConstraint("person_id", "coalition_id"),
    Index("ix_memberships_coalition", "coalition_id", "state"),
    sqlite_autoincrement=True,
)

meetings = Table(
    "meetings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("coalition_id", Integer, ForeignKey(coalitions.c.id, ondelete="CASCADE"), nullable=False),
    Column("title", Text, nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("place", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("planned_by", Integer, ForeignKey(people.c.id, ondelete="SET NULL")),
    Column("kind", String(16), nullable=False, server_default=MeetingKind.WORKING),
    Column("agenda", Text, nullable=False, server_default=""),
    Column("chair_id", Integer, ForeignKey(people.c.id, ondelete="SET NULL")),
    Column("series_id", Integer, ForeignKey("series.id", ondelete="SET NULL")),
    Column("slot_on", Date),  # the day of its series' rule, wherever it was moved to
    Column("nudged_at", Instant),
    one_of("state", MeetingState),
    one_of("kind", MeetingKind),
    Index("ix_meetings_coalition", "coalition_id", "starts_at"),
    Index("ix_meetings_starts", "starts_at"),
    Index("uq_meetings_slot", "series_id", "slot_on", unique=True),
    sqlite_autoincrement=True,
)

answers = Table(
    "answers",
    metadata,
    Column("meeting_id", Integer, ForeignKey(meetings.c.id, ondelete="CASCADE"), primary_key=True),
    Column("person_id", Integer, ForeignKey(people.c.id, ondelete="CASCADE"), primary_key=True),
    Column("answer", String(16), nullable=False),
    Column("answered_at", Instant, nullable=False),
    one_of("answer", Answer),
    Index("ix_answers_person", "person_id"),
)

milestones = Table(
    "milestones",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(64), nullable=False, unique=True),
    Column("coalition_id", Integer, ForeignKey(coalitions.c.id, ondelete="CASCADE")),  # null: the programme's own
    Column("title", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("version", Integer, nullable=False),
    Column("done_at", Instant),
    Column("owner_id", Integer, ForeignKey(people.c.id, ondelete="SET NULL")),
    Column("given_up_at", Instant),
    Index("ix_milestones_coalition", "coalition_id", "due_on"),
    sqlite_autoincrement=True,
)

groups = Table(
    "groups",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("thread_id", BigInteger, primary_key=True, autoincrement=False),  # 0: the whole group
    Column("coalition_id", Integer, ForeignKey(coalitions.c.id, ondelete="CASCADE"), nullable=False),
    Column("bound_at", Instant, nullable=False),
    Column("lost", Boolean, nullable=False, server_default=false()),  # the topic was deleted
    Index("ix_groups_coalition", "coalition_id"),
)

feeds = Table(
    "feeds",
    metadata,
    Column("person_id", Integer, ForeignKey(people.c.id, ondelete="CASCADE"), primary_key=True),
    Column("secret", String(64), nullable=False, unique=True),
    Column("made_at", Instant, nullable=False),
)

reminders = Table(
    "reminders",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("event", String(16), nullable=False),
    Column("event_id", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("lead", String(8), nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("useful_until", Instant, nullable=False),
    Column("next_at", Instant, nullable=False),
    Column("state", String(16), nullable=False),
    Column("after_person", Integer, nullable=False),
    Column("later_at", Instant),
    one_of("event", EventKind),
    one_of("lead", Lead),
    one_of("state", ReminderState),
    UniqueConstraint("event", "event_id", "version", "lead"),
    Index(
        "ix_reminders_next",
        "next_at",
        sqlite_where=text("state = 'planned'"),
        postgresql_where=text("state = 'planned'"),
    ),
    sqlite_autoincrement=True,
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column(
        "telegram_id", BigInteger, nullable=False
    ),  # no foreign key: first contact is a draft before the person is kept
    Column("form", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("content", JSON, nullable=False),
    Column("touched_at", Instant, nullable=False),
    Column("reminded", Boolean, nullable=False),
    UniqueConstraint("chat_id", "telegram_id"),
    Index("ix_drafts_touched", "touched_at"),
    sqlite_autoincrement=True,
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("by_person", Integer, ForeignKey(people.c.id, ondelete="SET NULL")),
    Column("deed", String(64), nullable=False),
    Column("subject", Text, nullable=False),
    Column("details", JSON, nullable=False),
    sqlite_autoincrement=True,
)
