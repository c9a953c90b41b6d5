"""Attachments of tickets, and what a scanner said of their files."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.add_column(sa.Column("attachments", _json(), nullable=False, server_default="[]"))
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.add_column(sa.Column("scan", sa.String(length=16), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.drop_column("scan")
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.drop_column("attachments")


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(JSONB(), "postgresql")
