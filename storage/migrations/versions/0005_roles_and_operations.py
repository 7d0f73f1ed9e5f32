"""Roles, recalls, health and retention: when a proposal came, who was heard of when, what is wrong."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "troubles",
        sa.Column("trouble", sa.String(length=32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "trouble IN ('reminders', 'outbox', 'inbox', 'failures', 'backup')", name=op.f("ck_troubles_trouble")
        ),
        sa.PrimaryKeyConstraint("trouble", name=op.f("pk_troubles")),
    )
    op.add_column("people", sa.Column("last_active_on", sa.Date(), nullable=True))
    op.add_column("people", sa.Column("asked_to_stay_on", sa.Date(), nullable=True))
    op.add_column("coalitions", sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True))
    # Who is there today counts as heard of today, and what waits as proposed today: nothing older is known.
    op.execute(sa.text("UPDATE people SET last_active_on = CURRENT_DATE"))
    op.execute(sa.text("UPDATE coalitions SET proposed_at = CURRENT_TIMESTAMP WHERE state = 'proposed'"))


def downgrade() -> None:
    op.drop_column("coalitions", "proposed_at")
    op.drop_column("people", "asked_to_stay_on")
    op.drop_column("people", "last_active_on")
    op.drop_table("troubles")
