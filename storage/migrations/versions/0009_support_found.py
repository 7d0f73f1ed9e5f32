"""What the project team booked or found for a support request, and recalls."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "findings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("happens_on", sa.Date(), nullable=True),
        sa.Column("cents", sa.Integer(), nullable=True),
        sa.Column("noted_by", sa.Integer(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('room', 'speaker', 'other')", name=op.f("ck_findings_kind")),
        sa.ForeignKeyConstraint(
            ["noted_by"], ["people.id"], name=op.f("fk_findings_noted_by_people"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["support_requests.id"],
            name=op.f("fk_findings_request_id_support_requests"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_findings_request", "findings", ["request_id"], unique=False)
    op.add_column("support_messages", sa.Column("file_id", sa.Text(), server_default="", nullable=False))
    op.add_column("support_messages", sa.Column("file_name", sa.Text(), server_default="", nullable=False))
    op.add_column("support_requests", sa.Column("waits_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("support_requests", sa.Column("recalled_on", sa.Date(), nullable=True))
    op.add_column("announcements", sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True))
    # What waits today has waited since it was asked or written: nothing nearer is known.
    op.execute(sa.text("UPDATE support_requests SET waits_since = asked_at WHERE state IN ('received', 'taken')"))
    op.execute(sa.text("UPDATE announcements SET submitted_at = made_at WHERE state = 'to_approve'"))


def downgrade() -> None:
    op.drop_column("announcements", "submitted_at")
    op.drop_column("support_requests", "recalled_on")
    op.drop_column("support_requests", "waits_since")
    op.drop_column("support_messages", "file_name")
    op.drop_column("support_messages", "file_id")
    op.drop_index("ix_findings_request", table_name="findings")
    op.drop_table("findings")
