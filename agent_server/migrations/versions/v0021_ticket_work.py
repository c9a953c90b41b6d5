"""Work on tickets: watchers, comments, hand-overs, sub-tasks, links, merging; flows of their types."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

LISTS = ("watchers", "comments", "hand_overs", "subtasks", "links")


def upgrade() -> None:
    op.create_table(
        "ticket_flow",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column("states", _json(), nullable=False),
        sa.Column("first", _json(), nullable=False),
        sa.Column("moves", _json(), nullable=False),
        sa.Column("extra", _json(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_flow")),
    )
    op.create_table(
        "ticket_watcher",
        sa.Column("agent_id", sa.String(length=128), nullable=False),
        sa.Column("ticket_id", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("agent_id", "ticket_id", name=op.f("pk_ticket_watcher")),
    )
    op.create_index("ix_ticket_watcher_ticket_id", "ticket_watcher", ["ticket_id"])
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        for name in LISTS:
            batch_op.add_column(sa.Column(name, _json(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("parent", sa.String(length=128), nullable=True))
        batch_op.add_column(sa.Column("merged_into", sa.String(length=128), nullable=True))
        batch_op.add_column(sa.Column("status_reason", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        for name in (*LISTS, "parent", "merged_into", "status_reason"):
            batch_op.drop_column(name)
    op.drop_index("ix_ticket_watcher_ticket_id", "ticket_watcher")
    op.drop_table("ticket_watcher")
    op.drop_table("ticket_flow")


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(JSONB(), "postgresql")
