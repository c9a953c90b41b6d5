"""Messages of leads to agents, and who has read them."""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "floor_message",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("by", sa.String(128), nullable=False),
        sa.Column("to", sa.String(8), nullable=False),
        sa.Column("whom", sa.String(128), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("at", sa.String(24), nullable=False),
        sa.Column("until", sa.String(24), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_floor_message"),
    )
    op.create_index("ix_floor_message_by", "floor_message", ["by"])
    op.create_index("ix_floor_message_until", "floor_message", ["until"])
    op.create_table(
        "floor_message_reader",
        sa.Column("message", sa.String(64), nullable=False),
        sa.Column("agent", sa.String(128), nullable=False),
        sa.Column("read_at", sa.String(24), nullable=True),
        sa.PrimaryKeyConstraint("message", "agent", name="pk_floor_message_reader"),
    )
    op.create_index("ix_floor_message_reader_agent", "floor_message_reader", ["agent"])


def downgrade() -> None:
    op.drop_table("floor_message_reader")
    op.drop_table("floor_message")
