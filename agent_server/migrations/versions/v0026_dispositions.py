"""Dispositions as a tree with codes and queues, and what a queue wants of after-call work."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

ADDED = ("parent", "short", "position", "queues", "category", "calls_back")


def upgrade() -> None:
    with op.batch_alter_table("wrap_up_code", schema=None) as batch_op:
        batch_op.add_column(sa.Column("parent", sa.String(length=128), nullable=True))
        batch_op.add_column(sa.Column("short", sa.String(length=32), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("position", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("queues", _json(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("category", sa.String(length=128), nullable=True))
        batch_op.add_column(sa.Column("calls_back", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("queue", schema=None) as batch_op:
        batch_op.add_column(sa.Column("after_call", _json(), nullable=False, server_default="{}"))


def downgrade() -> None:
    with op.batch_alter_table("queue", schema=None) as batch_op:
        batch_op.drop_column("after_call")
    with op.batch_alter_table("wrap_up_code", schema=None) as batch_op:
        for name in ADDED:
            batch_op.drop_column(name)


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(JSONB(), "postgresql")
