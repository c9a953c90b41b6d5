"""The line of those who wait for a break."""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "break_turn",
        sa.Column("agent_id", sa.String(length=128), nullable=False),
        sa.Column("reason", sa.String(length=128), nullable=False),
        sa.Column("standing", sa.String(length=16), nullable=False),
        sa.Column("asked_at", sa.String(length=24), nullable=False),
        sa.Column("granted_at", sa.String(length=24), nullable=True),
        sa.Column("decided_by", sa.String(length=128), nullable=True),
        sa.Column("is_away", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("agent_id", name=op.f("pk_break_turn")),
    )


def downgrade() -> None:
    op.drop_table("break_turn")
