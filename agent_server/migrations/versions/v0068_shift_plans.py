"""What agents are planned to do."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None

Json = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "shift_plan",
        sa.Column("agent", sa.String(length=128), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("spans", Json, nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("kept_ms", sa.BigInteger(), nullable=True),
        sa.Column("changed_by", sa.String(length=128), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("agent", "day", name=op.f("pk_shift_plan")),
    )
    op.create_index("ix_shift_plan_day", "shift_plan", ["day"])


def downgrade() -> None:
    op.drop_table("shift_plan")
