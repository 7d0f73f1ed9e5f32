"""Actions, forums, groups, feeds and digests."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "actions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("coalition_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("whole_month", sa.Boolean(), nullable=False),
        sa.Column("stakes", sa.JSON(), nullable=False),
        sa.Column("figure", sa.String(length=24), nullable=True),
        sa.Column("unit", sa.String(length=16), nullable=True),
        sa.Column("photo", sa.Text(), nullable=True),
        sa.Column("means", sa.Text(), nullable=False),
        sa.Column("public", sa.Text(), nullable=False),
        sa.Column("partners", sa.Text(), nullable=False),
        sa.Column("expected_result", sa.Text(), nullable=False),
        sa.Column("sector", sa.String(length=64), nullable=False),
        sa.Column("logged_by", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("logged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('planned', 'under_way', 'done', 'given_up')", name=op.f("ck_actions_state")),
        sa.CheckConstraint(
            "unit IN ('kWh', 'MWh', 'kgCO2e', 'tCO2e', 'people', 'km', 'kg', 't', 'm3', 'h', 'EUR')",
            name=op.f("ck_actions_unit"),
        ),
        sa.ForeignKeyConstraint(
            ["coalition_id"], ["coalitions.id"], name=op.f("fk_actions_coalition_id_coalitions"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["logged_by"], ["people.id"], name=op.f("fk_actions_logged_by_people"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_actions_organisation_id_organisations"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actions")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_actions_coalition", "actions", ["coalition_id", "done_on"], unique=False)
    op.create_index("ix_actions_logged_by", "actions", ["logged_by"], unique=False)

    op.create_table(
        "forums",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('planned', 'cancelled')", name=op.f("ck_forums_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forums")),
        sa.UniqueConstraint("code", name=op.f("uq_forums_code")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_forums_ends", "forums", ["ends_at"], unique=False)

    op.create_table(
        "pitches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("coalition_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["coalition_id"], ["coalitions.id"], name=op.f("fk_pitches_coalition_id_coalitions"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["forum_id"], ["forums.id"], name=op.f("fk_pitches_forum_id_forums"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pitches")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_pitches_forum", "pitches", ["forum_id"], unique=False)

    op.create_table(
        "registrations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("pitches", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ticket", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("offer_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("feedback", sa.String(length=16), nullable=True),
        sa.CheckConstraint(
            "feedback IN ('very_useful', 'useful', 'little_use', 'not_there')", name=op.f("ck_registrations_feedback")
        ),
        sa.CheckConstraint(
            "state IN ('confirmed', 'offered', 'waiting', 'cancelled')", name=op.f("ck_registrations_state")
        ),
        sa.ForeignKeyConstraint(
            ["forum_id"], ["forums.id"], name=op.f("fk_registrations_forum_id_forums"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_registrations_organisation_id_organisations"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_registrations_person_id_people"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registrations")),
        sa.UniqueConstraint("ticket", name=op.f("uq_registrations_ticket")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_registrations_forum", "registrations", ["forum_id", "state"], unique=False)
    op.create_index(
        "ix_registrations_offers",
        "registrations",
        ["offer_until"],
        unique=False,
        sqlite_where=sa.text("state = 'offered'"),
        postgresql_where=sa.text("state = 'offered'"),
    )
    op.create_index(
        "uq_registrations_person",
        "registrations",
        ["person_id", "forum_id"],
        unique=True,
        sqlite_where=sa.text("state != 'cancelled'"),
        postgresql_where=sa.text("state != 'cancelled'"),
    )

    op.create_table(
        "groups",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("thread_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("coalition_id", sa.Integer(), nullable=False),
        sa.Column("bound_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["coalition_id"], ["coalitions.id"], name=op.f("fk_groups_coalition_id_coalitions"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("chat_id", "thread_id", name=op.f("pk_groups")),
    )
    op.create_index("ix_groups_coalition", "groups", ["coalition_id"], unique=False)

    op.create_table(
        "feeds",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_feeds_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_feeds")),
        sa.UniqueConstraint("secret", name=op.f("uq_feeds_secret")),
    )

    # Not in a batch: made anew, the table would forget which ids it gave to people who are gone.
    op.add_column("people", sa.Column("digest", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("people", sa.Column("digest_week", sa.Date(), nullable=True))

    remind_of(
        events="event IN ('meeting', 'milestone', 'forum')",
        leads="lead IN ('d-30', 'd-14', 'd-7', 'd-1', 'h-2', 'd-0', 'd+3', 'd+10', 'h+1')",
    )


def downgrade() -> None:
    op.execute("DELETE FROM reminders WHERE event = 'forum' OR lead = 'h+1'")
    remind_of(
        events="event IN ('meeting', 'milestone')",
        leads="lead IN ('d-30', 'd-14', 'd-7', 'd-1', 'h-2', 'd-0', 'd+3', 'd+10')",
    )
    op.drop_column("people", "digest_week")
    op.drop_column("people", "digest")
    op.drop_table("feeds")
    op.drop_table("groups")
    op.drop_table("registrations")
    op.drop_table("pitches")
    op.drop_table("forums")
    op.drop_table("actions")


def remind_of(events: str, leads: str) -> None:
    with op.batch_alter_table("reminders", table_kwargs={"sqlite_autoincrement": True}) as reminders:
        reminders.drop_constraint(op.f("ck_reminders_event"), type_="check")
        reminders.drop_constraint(op.f("ck_reminders_lead"), type_="check")
        reminders.create_check_constraint(op.f("ck_reminders_event"), sa.text(events))
        reminders.create_check_constraint(op.f("ck_reminders_lead"), sa.text(leads))
