"""The mood of a week without names, and whose names stand on the honours board."""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mood_round",
        sa.Column("id", sa.String(length=160), nullable=False),
        sa.Column("team", sa.String(length=128), nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("until", sa.String(length=24), nullable=False),
        sa.Column("modulus", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mood_round")),
    )
    op.create_index(op.f("ix_mood_round_team"), "mood_round", ["team"])
    op.create_table(
        "mood_token",
        sa.Column("round", sa.String(length=160), nullable=False),
        sa.Column("agent", sa.String(length=128), nullable=False),
        sa.Column("blinded", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("round", "agent", name=op.f("pk_mood_token")),
    )
    op.create_table(
        "mood_spent",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("round", sa.String(length=160), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_mood_spent")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_mood_spent_round"), "mood_spent", ["round"])
    op.create_table(
        "mood_tally",
        sa.Column("round", sa.String(length=160), nullable=False),
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("round", "level", name=op.f("pk_mood_tally")),
    )
    op.create_table(
        "honours_choice",
        sa.Column("agent_id", sa.String(length=128), nullable=False),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("agent_id", name=op.f("pk_honours_choice")),
    )


def downgrade() -> None:
    for table in ("honours_choice", "mood_tally", "mood_spent", "mood_token", "mood_round"):
        op.drop_table(table)
