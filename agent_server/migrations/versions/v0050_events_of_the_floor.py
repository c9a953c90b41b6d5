"""What happened on the floor, from which boards and reports are reckoned."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "floor_event",
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("at", sa.String(24), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("exchange", sa.String(64), nullable=False),
        sa.Column("call", sa.String(128), nullable=False),
        sa.Column("queue", sa.String(128), nullable=False),
        sa.Column("team", sa.String(128), nullable=False),
        sa.Column("agent", sa.String(128), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("source", sa.String(16), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("count", "in_time", "short")),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("span_ms", "held_ms")),
        sa.PrimaryKeyConstraint("key", name="pk_floor_event"),
    )
    op.create_index("ix_floor_event_quarter", "floor_event", ["quarter"])
    op.create_index("ix_floor_event_call", "floor_event", ["call"])
    op.create_index("ix_floor_event_agent_at", "floor_event", ["agent", "at"])


def downgrade() -> None:
    op.drop_table("floor_event")
