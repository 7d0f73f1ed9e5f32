"""The tables of a forum's doors: what is asked and answered, who has come, and who helps there."""

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from programme.forum_questions import AskedWhen
from storage.tables.columns import Instant, metadata, one_of
from storage.tables.forums import forums, registrations
from storage.tables.programme import people

forum_questions = Table(
    "forum_questions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("forum_id", Integer, ForeignKey(forums.c.id, ondelete="CASCADE"), nullable=False),
    Column("asked", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("options", JSON, nullable=False),  # a list of texts, empty where people answer in their own words
    Column("required", Boolean, nullable=False),
    one_of("asked", AskedWhen),
    Index("ix_forum_questions_forum", "forum_id", "asked"),
    sqlite_autoincrement=True,
)

forum_answers = Table(
    "forum_answers",
    metadata,
    Column("question_id", Integer, ForeignKey(forum_questions.c.id, ondelete="CASCADE"), primary_key=True),
    Column("registration_id", Integer, ForeignKey(registrations.c.id, ondelete="CASCADE"), primary_key=True),
    Column("text", Text, nullable=False),
    Index("ix_forum_answers_registration", "registration_id"),
)

forum_thanks = Table(
    "forum_thanks",
    metadata,
    Column("forum_id", Integer, ForeignKey(forums.c.id, ondelete="CASCADE"), primary_key=True),
    Column("text", Text, nullable=False),
)

arrivals = Table(
    "arrivals",
    metadata,
    Column("registration_id", Integer, ForeignKey(registrations.c.id, ondelete="CASCADE"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("at", Instant, nullable=False),
)

door_helpers = Table(
    "door_helpers",
    metadata,
    Column("forum_id", Integer, ForeignKey(forums.c.id, ondelete="CASCADE"), primary_key=True),
    Column("person_id", Integer, ForeignKey(people.c.id, ondelete="CASCADE"), primary_key=True),
    Column("named_at", Instant, nullable=False),
    Index("ix_door_helpers_person", "person_id"),
)

helper_links = Table(
    "helper_links",
    metadata,
    Column("forum_id", Integer, ForeignKey(forums.c.id, ondelete="CASCADE"), primary_key=True),
    Column("code", String(32), nullable=False, unique=True),
)
