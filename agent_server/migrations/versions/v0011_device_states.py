"""A device may be locked or wiped, has a key, and tells how much waits on it."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("device", schema=None) as batch_op:
        batch_op.add_column(sa.Column("public_key", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("state", sa.String(length=8), nullable=False, server_default="active"))
        batch_op.add_column(sa.Column("state_since", sa.String(length=24), nullable=True))
    op.create_table(
        "unsent",
        sa.Column("device_id", sa.String(length=128), nullable=False),
        sa.Column("agent_id", sa.String(length=128), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("oldest_at", sa.String(length=24), nullable=True),
        sa.Column("told_at", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("device_id", "agent_id", name=op.f("pk_unsent")),
    )


def downgrade() -> None:
    op.drop_table("unsent")
    with op.batch_alter_table("device", schema=None) as batch_op:
        batch_op.drop_column("state_since")
        batch_op.drop_column("state")
        batch_op.drop_column("public_key")
