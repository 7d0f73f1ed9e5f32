"""Coalitions at work."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ROADMAP = "roadmap IN ('proposed', 'validated')"
KINDS = "kind IN ('launch', 'working', 'workshop', 'visit', 'other')"


def upgrade() -> None:
    op.create_table(
        "group_cards",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.BigInteger(), nullable=False),
        sa.Column("coalition_id", sa.Integer(), nullable=False),
        sa.Column("changes_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('meeting', 'date_poll', 'steps', 'roadmap', 'vote', 'support')", name=op.f("ck_group_cards_kind")
        ),
        sa.PrimaryKeyConstraint("chat_id", "kind", "subject_id", name=op.f("pk_group_cards")),
    )
    op.create_index("ix_group_cards_subject", "group_cards", ["kind", "subject_id"], unique=False)

    op.create_table(
        "group_chats",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("may_write", sa.Boolean(), nullable=False),
        sa.Column("may_pin", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_group_chats")),
    )
    op.create_table(
        "agreements",
        sa.Column("coalition_id", sa.Integer(), nullable=False),
        sa.Column("rotating", sa.Boolean(), nullable=False),
        sa.Column("chair_id", sa.Integer(), nullable=True),
        sa.Column("frequency", sa.Text(), nullable=False),
        sa.Column("tools", sa.Text(), nullable=False),
        sa.Column("authority_link", sa.Text(), nullable=False),
        sa.Column("outside_link", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["chair_id"], ["people.id"], name=op.f("fk_agreements_chair_id_people"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["coalition_id"], ["coalitions.id"], name=op.f("fk_agreements_coalition_id_coalitions"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("coalition_id", name=op.f("pk_agreements")),
    )
    op.create_table(
        "card_corrections",
        sa.Column("coalition_id", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["coalition_id"],
            ["coalitions.id"],
            name=op.f("fk_card_corrections_coalition_id_coalitions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("coalition_id", name=op.f("pk_card_corrections")),
    )
    op.create_table(
        "chairs",
        sa.Column("coalition_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["coalition_id"], ["coalitions.id"], name=op.f("fk_chairs_coalition_id_coalitions"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_chairs_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("coalition_id", "person_id", name=op.f("pk_chairs")),
    )
    op.create_table(
        "commitment_cards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("coalition_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("coalition_name", sa.Text(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["coalition_id"],
            ["coalitions.id"],
            name=op.f("fk_commitment_cards_coalition_id_coalitions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["published_by"], ["people.id"], name=op.f("fk_commitment_cards_published_by_people"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment_cards")),
        sa.UniqueConstraint("coalition_id", "version", name=op.f("uq_commitment_cards_coalition_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("coalition_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["coalition_id"], ["coalitions.id"], name=op.f("fk_invitations_coalition_id_coalitions"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["people.id"], name=op.f("fk_invitations_made_by_people"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("code", name=op.f("uq_invitations_code")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_invitations_coalition", "invitations", ["coalition_id"], unique=False)

    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("coalition_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("agenda", sa.Text(), nullable=False),
        sa.Column("frequency", sa.String(length=16), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("at", sa.String(length=5), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("planned_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("frequency IN ('weekly', 'fortnightly', 'monthly')", name=op.f("ck_series_frequency")),
        sa.CheckConstraint("kind IN ('launch', 'working', 'workshop', 'visit', 'other')", name=op.f("ck_series_kind")),
        sa.ForeignKeyConstraint(
            ["coalition_id"], ["coalitions.id"], name=op.f("fk_series_coalition_id_coalitions"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["planned_by"], ["people.id"], name=op.f("fk_series_planned_by_people"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_series_coalition", "series", ["coalition_id"], unique=False)

    op.create_table(
        "steps",
        sa.Column("coalition_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "step IN ('need', 'invite', 'meet', 'agree', 'discover', 'inspire', 'position')", name=op.f("ck_steps_step")
        ),
        sa.ForeignKeyConstraint(
            ["coalition_id"], ["coalitions.id"], name=op.f("fk_steps_coalition_id_coalitions"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["people.id"], name=op.f("fk_steps_owner_id_people"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("coalition_id", "step", name=op.f("pk_steps")),
    )
    op.create_table(
        "support_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("coalition_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("wanted_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("thread_id", sa.BigInteger(), nullable=True),
        sa.Column("taken_by", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('received', 'taken', 'answered', 'closed')", name=op.f("ck_support_requests_state")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["people.id"], name=op.f("fk_support_requests_asked_by_people"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["coalition_id"],
            ["coalitions.id"],
            name=op.f("fk_support_requests_coalition_id_coalitions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["taken_by"], ["people.id"], name=op.f("fk_support_requests_taken_by_people"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_requests")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_support_requests_coalition", "support_requests", ["coalition_id"], unique=False)
    op.create_index("ix_support_requests_state", "support_requests", ["state", "asked_at"], unique=False)

    op.create_table(
        "votes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("coalition_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("quorum", sa.Integer(), nullable=False),
        sa.Column("majority", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("members", sa.Integer(), nullable=True),
        sa.Column("in_favour", sa.Integer(), nullable=True),
        sa.Column("against", sa.Integer(), nullable=True),
        sa.Column("abstained", sa.Integer(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'adopted', 'rejected', 'withdrawn')", name=op.f("ck_votes_state")),
        sa.CheckConstraint("subject IN ('commitment_card', 'roadmap')", name=op.f("ck_votes_subject")),
        sa.ForeignKeyConstraint(
            ["coalition_id"], ["coalitions.id"], name=op.f("fk_votes_coalition_id_coalitions"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["people.id"], name=op.f("fk_votes_opened_by_people"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_votes")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_votes_coalition", "votes", ["coalition_id"], unique=False)
    op.create_index(
        "ix_votes_open",
        "votes",
        ["closes_at"],
        unique=False,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )

    op.create_table(
        "ballots",
        sa.Column("vote_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("ballot", sa.String(length=16), nullable=False),
        sa.Column("cast_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ballot IN ('for', 'against', 'abstain')", name=op.f("ck_ballots_ballot")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_ballots_person_id_people"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["vote_id"], ["votes.id"], name=op.f("fk_ballots_vote_id_votes"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("vote_id", "person_id", name=op.f("pk_ballots")),
    )
    op.create_index("ix_ballots_person", "ballots", ["person_id"], unique=False)

    op.create_table(
        "invitation_uses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitations.id"],
            name=op.f("fk_invitation_uses_invitation_id_invitations"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_invitation_uses_person_id_people"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_uses")),
    )
    op.create_index("uq_invitation_uses_person", "invitation_uses", ["invitation_id", "person_id"], unique=True)

    op.create_table(
        "support_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("by_person", sa.Integer(), nullable=True),
        sa.Column("from_staff", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_person"], ["people.id"], name=op.f("fk_support_messages_by_person_people"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["support_requests.id"],
            name=op.f("fk_support_messages_request_id_support_requests"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_messages")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_support_messages_request", "support_messages", ["request_id"], unique=False)

    op.create_table(
        "attendance",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_attendance_meeting_id_meetings"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_attendance_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("meeting_id", "person_id", name=op.f("pk_attendance")),
    )
    op.create_index("ix_attendance_person", "attendance", ["person_id"], unique=False)

    op.create_table(
        "date_polls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("coalition_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("agenda", sa.Text(), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('launch', 'working', 'workshop', 'visit', 'other')", name=op.f("ck_date_polls_kind")
        ),
        sa.CheckConstraint("state IN ('open', 'closed', 'decided', 'cancelled')", name=op.f("ck_date_polls_state")),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["people.id"], name=op.f("fk_date_polls_asked_by_people"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["coalition_id"], ["coalitions.id"], name=op.f("fk_date_polls_coalition_id_coalitions"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_date_polls_meeting_id_meetings"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date_polls")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_date_polls_coalition", "date_polls", ["coalition_id"], unique=False)
    op.create_index(
        "ix_date_polls_open",
        "date_polls",
        ["closes_at"],
        unique=False,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )

    op.create_table(
        "minutes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by"], ["people.id"], name=op.f("fk_minutes_added_by_people"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_minutes_meeting_id_meetings"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_minutes_meeting", "minutes", ["meeting_id"], unique=False)

    op.create_table(
        "date_options",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["date_polls.id"], name=op.f("fk_date_options_poll_id_date_polls"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date_options")),
        sa.UniqueConstraint("poll_id", "starts_at", name=op.f("uq_date_options_poll_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "date_answers",
        sa.Column("option_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=16), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("answer IN ('yes', 'if_need_be', 'no')", name=op.f("ck_date_answers_answer")),
        sa.ForeignKeyConstraint(
            ["option_id"], ["date_options.id"], name=op.f("fk_date_answers_option_id_date_options"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_date_answers_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("option_id", "person_id", name=op.f("pk_date_answers")),
    )
    op.create_index("ix_date_answers_person", "date_answers", ["person_id"], unique=False)

    change_tables()


def downgrade() -> None:
    op.execute("DELETE FROM reminders WHERE event IN ('after_meeting', 'chair') OR lead = 'd+7'")
    remind_of(
        events="event IN ('meeting', 'milestone', 'forum')",
        leads="lead IN ('d-30', 'd-14', 'd-7', 'd-1', 'h-2', 'd-0', 'd+3', 'd+10', 'h+1')",
    )
    op.drop_index("uq_meetings_slot", table_name="meetings")
    op.drop_index("ix_meetings_starts", table_name="meetings")
    with made_anew("milestones") as milestones:
        milestones.drop_constraint(op.f("fk_milestones_owner_id_people"), type_="foreignkey")
        milestones.drop_column("given_up_at")
        milestones.drop_column("owner_id")
    with made_anew("meetings") as meetings:
        meetings.drop_constraint(op.f("ck_meetings_kind"), type_="check")
        meetings.drop_constraint(op.f("fk_meetings_series_id_series"), type_="foreignkey")
        meetings.drop_constraint(op.f("fk_meetings_chair_id_people"), type_="foreignkey")
        for column in ("nudged_at", "slot_on", "series_id", "chair_id", "agenda", "kind"):
            meetings.drop_column(column)
    op.drop_column("groups", "lost")
    with made_anew("actions") as actions:
        actions.drop_constraint(op.f("ck_actions_roadmap"), type_="check")
        actions.drop_constraint(op.f("fk_actions_owner_id_people"), type_="foreignkey")
        actions.drop_column("owner_id")
        actions.drop_column("roadmap")
    for table in (
        "date_answers",
        "date_options",
        "minutes",
        "date_polls",
        "attendance",
        "support_messages",
        "invitation_uses",
        "ballots",
        "votes",
        "support_requests",
        "steps",
        "series",
        "invitations",
        "commitment_cards",
        "chairs",
        "card_corrections",
        "agreements",
        "group_chats",
        "group_cards",
    ):
        op.drop_table(table)


def change_tables() -> None:
    """Add what the tables of before get."""
    op.add_column("groups", sa.Column("lost", sa.Boolean(), server_default=sa.false(), nullable=False))
    with made_anew("actions") as actions:
        actions.add_column(sa.Column("roadmap", sa.String(length=16), nullable=True))
        actions.add_column(sa.Column("owner_id", sa.Integer(), nullable=True))
        actions.create_check_constraint(op.f("ck_actions_roadmap"), sa.text(ROADMAP))
        actions.create_foreign_key(
            op.f("fk_actions_owner_id_people"), "people", ["owner_id"], ["id"], ondelete="SET NULL"
        )
    with made_anew("milestones") as milestones:
        milestones.add_column(sa.Column("owner_id", sa.Integer(), nullable=True))
        milestones.add_column(sa.Column("given_up_at", sa.DateTime(timezone=True), nullable=True))
        milestones.create_foreign_key(
            op.f("fk_milestones_owner_id_people"), "people", ["owner_id"], ["id"], ondelete="SET NULL"
        )
    with made_anew("meetings") as meetings:
        meetings.add_column(sa.Column("kind", sa.String(length=16), server_default="working", nullable=False))
        meetings.add_column(sa.Column("agenda", sa.Text(), server_default="", nullable=False))
        meetings.add_column(sa.Column("chair_id", sa.Integer(), nullable=True))
        meetings.add_column(sa.Column("series_id", sa.Integer(), nullable=True))
        meetings.add_column(sa.Column("slot_on", sa.Date(), nullable=True))
        meetings.add_column(sa.Column("nudged_at", sa.DateTime(timezone=True), nullable=True))
        meetings.create_check_constraint(op.f("ck_meetings_kind"), sa.text(KINDS))
        meetings.create_foreign_key(
            op.f("fk_meetings_chair_id_people"), "people", ["chair_id"], ["id"], ondelete="SET NULL"
        )
        meetings.create_foreign_key(
            op.f("fk_meetings_series_id_series"), "series", ["series_id"], ["id"], ondelete="SET NULL"
        )
    op.create_index("ix_meetings_starts", "meetings", ["starts_at"], unique=False)
    op.create_index("uq_meetings_slot", "meetings", ["series_id", "slot_on"], unique=True)
    remind_of(
        events="event IN ('meeting', 'milestone', 'forum', 'after_meeting', 'chair')",
        leads="lead IN ('d-30', 'd-14', 'd-7', 'd-1', 'h-2', 'd-0', 'd+3', 'd+10', 'h+1', 'd+7')",
    )


@contextmanager
def made_anew(table: str) -> Iterator[BatchOperations]:
    """Change a table that SQLite has to make anew; it goes on from the last id it ever gave."""
    connection = op.get_bind()
    numbered = {"name": table}
    last = None
    if connection.dialect.name == "sqlite":
        last = connection.scalar(sa.text("SELECT seq FROM sqlite_sequence WHERE name = :name"), numbered)
    with op.batch_alter_table(table, table_kwargs={"sqlite_autoincrement": True}) as batch:
        yield batch
    if last is not None:
        connection.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :name"), numbered)
        connection.execute(
            sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), {**numbered, "last": last}
        )


def remind_of(*, events: str, leads: str) -> None:
    """Change which events and leads reminders may have."""
    with made_anew("reminders") as reminders:
        reminders.drop_constraint(op.f("ck_reminders_event"), type_="check")
        reminders.drop_constraint(op.f("ck_reminders_lead"), type_="check")
        reminders.create_check_constraint(op.f("ck_reminders_event"), sa.text(events))
        reminders.create_check_constraint(op.f("ck_reminders_lead"), sa.text(leads))
