"""Questions at registration, helpers for the day, arrivals, and what is asked after a forum."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "forum_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("asked", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.CheckConstraint("asked IN ('registering', 'afterwards')", name=op.f("ck_forum_questions_asked")),
        sa.ForeignKeyConstraint(
            ["forum_id"], ["forums.id"], name=op.f("fk_forum_questions_forum_id_forums"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_questions")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_forum_questions_forum", "forum_questions", ["forum_id", "asked"], unique=False)
    op.create_table(
        "forum_answers",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["forum_questions.id"],
            name=op.f("fk_forum_answers_question_id_forum_questions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_forum_answers_registration_id_registrations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("question_id", "registration_id", name=op.f("pk_forum_answers")),
    )
    op.create_index("ix_forum_answers_registration", "forum_answers", ["registration_id"], unique=False)
    op.create_table(
        "forum_thanks",
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["forum_id"], ["forums.id"], name=op.f("fk_forum_thanks_forum_id_forums"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("forum_id", name=op.f("pk_forum_thanks")),
    )
    op.create_table(
        "arrivals",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registrations.id"],
            name=op.f("fk_arrivals_registration_id_registrations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("registration_id", "day", name=op.f("pk_arrivals")),
    )
    op.create_table(
        "door_helpers",
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["forum_id"], ["forums.id"], name=op.f("fk_door_helpers_forum_id_forums"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_door_helpers_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("forum_id", "person_id", name=op.f("pk_door_helpers")),
    )
    op.create_index("ix_door_helpers_person", "door_helpers", ["person_id"], unique=False)
    op.create_table(
        "helper_links",
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["forum_id"], ["forums.id"], name=op.f("fk_helper_links_forum_id_forums"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("forum_id", name=op.f("pk_helper_links")),
        sa.UniqueConstraint("code", name=op.f("uq_helper_links_code")),
    )


def downgrade() -> None:
    op.drop_table("helper_links")
    op.drop_index("ix_door_helpers_person", table_name="door_helpers")
    op.drop_table("door_helpers")
    op.drop_table("arrivals")
    op.drop_table("forum_thanks")
    op.drop_index("ix_forum_answers_registration", table_name="forum_answers")
    op.drop_table("forum_answers")
    op.drop_index("ix_forum_questions_forum", table_name="forum_questions")
    op.drop_table("forum_questions")
