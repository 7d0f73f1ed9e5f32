"""Announcements."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "announcements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("entities", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("by_person", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("corrections", sa.Integer(), nullable=False),
        sa.Column("progress_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'to_approve', 'scheduled', 'sending', 'stopped', 'sent', 'withdrawn')",
            name=op.f("ck_announcements_state"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["people.id"], name=op.f("fk_announcements_approved_by_people"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["by_person"], ["people.id"], name=op.f("fk_announcements_by_person_people"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcements")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_announcements_state", "announcements", ["state", "due_at"], unique=False)
    op.add_column("outbox", sa.Column("announcement_id", sa.Integer(), nullable=True))
    op.create_index(
        "ix_outbox_announcement",
        "outbox",
        ["announcement_id", "state"],
        unique=False,
        sqlite_where=sa.text("announcement_id IS NOT NULL"),
        postgresql_where=sa.text("announcement_id IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_announcement", table_name="outbox")
    op.drop_column("outbox", "announcement_id")
    op.drop_index("ix_announcements_state", table_name="announcements")
    op.drop_table("announcements")
