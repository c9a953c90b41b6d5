"""Versions of the service-level policy, and the clocks that run on tickets."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sla_policy",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("since", sa.String(length=24), nullable=False),
        sa.Column("targets", _json(), nullable=False),
        sa.Column("calendars", _json(), nullable=False),
        sa.Column("holidays", _json(), nullable=False),
        sa.Column("extra", _json(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sla_policy")),
    )
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.add_column(sa.Column("clocks", _json(), nullable=True))
        batch_op.add_column(sa.Column("step_at", sa.String(length=24), nullable=True))
        batch_op.create_index(batch_op.f("ix_ticket_step_at"), ["step_at"])


def downgrade() -> None:
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ticket_step_at"))
        batch_op.drop_column("step_at")
        batch_op.drop_column("clocks")
    op.drop_table("sla_policy")


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(JSONB(), "postgresql")
