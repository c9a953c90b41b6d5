"""Whom an article holds for, since when and until when, whose it is, how it helped, and what kind of article it is."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

ADDED = (
    "tiers",
    "regions",
    "owner",
    "valid_from",
    "valid_to",
    "review_due",
    "helpful",
    "unhelpful",
    "kind",
    "guide",
)


def upgrade() -> None:
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.add_column(sa.Column("tiers", _json(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("regions", _json(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("owner", sa.String(length=128), nullable=True))
        batch_op.add_column(sa.Column("valid_from", sa.String(length=24), nullable=True))
        batch_op.add_column(sa.Column("valid_to", sa.String(length=24), nullable=True))
        batch_op.add_column(sa.Column("review_due", sa.String(length=10), nullable=True))
        batch_op.add_column(sa.Column("helpful", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("unhelpful", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("kind", sa.String(length=16), nullable=False, server_default="article"))
        batch_op.add_column(sa.Column("guide", _json(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("article", schema=None) as batch_op:
        for name in reversed(ADDED):
            batch_op.drop_column(name)


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
