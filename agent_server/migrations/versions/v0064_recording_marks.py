"""Marks and notes at places of recordings."""

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recording_mark",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("recording", sa.String(length=128), nullable=False),
        sa.Column("at_ms", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=128), nullable=False),
        sa.Column("made_at", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["recording"], ["upload.id"], name=op.f("fk_recording_mark_recording"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recording_mark")),
    )
    op.create_index("ix_recording_mark_recording", "recording_mark", ["recording"])


def downgrade() -> None:
    op.drop_table("recording_mark")
