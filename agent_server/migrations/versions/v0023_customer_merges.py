"""Customers merged into others, what undoing it takes, and who is known to be somebody else."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

LOOKED_UP_BY = ("customer_id", "gone", "segment")


def upgrade() -> None:
    op.create_table(
        "customer_merge",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.String(length=128), nullable=False),
        sa.Column("gone", sa.String(length=128), nullable=False),
        sa.Column("taken", _json(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("moved", _json(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(length=128), nullable=True),
        sa.Column("at", sa.String(length=24), nullable=True),
        sa.Column("undo_until", sa.String(length=24), nullable=True),
        sa.Column("is_undone", sa.Boolean(), nullable=False),
        sa.Column("undone_by", sa.String(length=128), nullable=True),
        sa.Column("undone_at", sa.String(length=24), nullable=True),
        sa.Column("stayed", _json(), nullable=False),
        sa.Column("segment", sa.String(length=128), nullable=False),
        sa.Column("extra", _json(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_merge")),
    )
    for name in LOOKED_UP_BY:
        op.create_index(op.f(f"ix_customer_merge_{name}"), "customer_merge", [name])
    op.create_table(
        "merge_record",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("undo_until", sa.String(length=24), nullable=False),
        sa.Column("gone", _json(), nullable=False),
        sa.Column("before", _json(), nullable=False),
        sa.Column("after", _json(), nullable=False),
        sa.Column("moved", _json(), nullable=False),
        sa.Column("conflicts", _json(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge_record")),
    )
    op.create_index(op.f("ix_merge_record_undo_until"), "merge_record", ["undo_until"])
    with op.batch_alter_table("customer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("apart", _json(), nullable=False, server_default="[]"))


def downgrade() -> None:
    with op.batch_alter_table("customer", schema=None) as batch_op:
        batch_op.drop_column("apart")
    op.drop_index(op.f("ix_merge_record_undo_until"), table_name="merge_record")
    op.drop_table("merge_record")
    for name in reversed(LOOKED_UP_BY):
        op.drop_index(op.f(f"ix_customer_merge_{name}"), table_name="customer_merge")
    op.drop_table("customer_merge")


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(JSONB(), "postgresql")
