"""Forums of several days, in series, with opening hours of registration and seats of pitches."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("forums", sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("forums", sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("forums", sa.Column("days", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("forums", sa.Column("series_code", sa.String(length=64), nullable=True))
    op.create_index("ix_forums_series", "forums", ["series_code"], unique=False)
    op.add_column("pitches", sa.Column("seats", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("pitches", "seats")
    op.drop_index("ix_forums_series", table_name="forums")
    op.drop_column("forums", "series_code")
    op.drop_column("forums", "days")
    op.drop_column("forums", "closes_at")
    op.drop_column("forums", "opens_at")
