"""Campaigns, and the levels of commitment of organisations."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

EVENTS = "event IN ('meeting', 'milestone', 'forum', 'after_meeting', 'chair'"


def upgrade() -> None:
    op.create_table(
        "campaigns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published", sa.Integer(), nullable=True),
        sa.Column("coalitions", sa.Integer(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'closed')", name=op.f("ck_campaigns_state")),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["people.id"], name=op.f("fk_campaigns_opened_by_people"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_campaigns_open",
        "campaigns",
        ["state"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "campaign_chases",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("coalition_id", sa.Integer(), nullable=False),
        sa.Column("chased_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaigns.id"],
            name=op.f("fk_campaign_chases_campaign_id_campaigns"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["coalition_id"],
            ["coalitions.id"],
            name=op.f("fk_campaign_chases_coalition_id_coalitions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("campaign_id", "coalition_id", name=op.f("pk_campaign_chases")),
    )
    op.create_table(
        "level_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=32), nullable=False),
        sa.Column("objectives", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("word", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('asked', 'confirmed', 'refused', 'withdrawn')", name=op.f("ck_level_requests_state")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["people.id"], name=op.f("fk_level_requests_asked_by_people"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["people.id"], name=op.f("fk_level_requests_decided_by_people"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_level_requests_organisation_id_organisations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_level_requests")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_level_requests_asked",
        "level_requests",
        ["organisation_id"],
        unique=True,
        sqlite_where=sa.text("state = 'asked'"),
        postgresql_where=sa.text("state = 'asked'"),
    )
    op.add_column("organisations", sa.Column("level", sa.String(length=32), nullable=True))
    op.add_column("organisations", sa.Column("objectives", sa.Text(), server_default="", nullable=False))
    remind_of(f"{EVENTS}, 'campaign', 'campaign_opening')")


def downgrade() -> None:
    op.execute("DELETE FROM reminders WHERE event IN ('campaign', 'campaign_opening')")
    remind_of(f"{EVENTS})")
    op.drop_column("organisations", "objectives")
    op.drop_column("organisations", "level")
    op.drop_index("uq_level_requests_asked", table_name="level_requests")
    op.drop_table("level_requests")
    op.drop_table("campaign_chases")
    op.drop_index("uq_campaigns_open", table_name="campaigns")
    op.drop_table("campaigns")


def remind_of(events: str) -> None:
    """Change which events reminders may have; the table goes on from the last id it ever gave."""
    connection, sqlite = op.get_bind(), op.get_bind().dialect.name == "sqlite"
    last = connection.scalar(sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'reminders'")) if sqlite else None
    with op.batch_alter_table("reminders", table_kwargs={"sqlite_autoincrement": True}) as reminders:
        reminders.drop_constraint(op.f("ck_reminders_event"), type_="check")
        reminders.create_check_constraint(op.f("ck_reminders_event"), sa.text(events))
    if last is not None:
        connection.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = 'reminders'"))
        connection.execute(
            sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES ('reminders', :last)"), {"last": last}
        )
