"""Macros: texts with placeholders, and what they change of a ticket."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "macro",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("title", _json(), nullable=False),
        sa.Column("text", _json(), nullable=False),
        sa.Column("types", _json(), nullable=False),
        sa.Column("queues", _json(), nullable=False),
        sa.Column("status", sa.String(length=24), nullable=True),
        sa.Column("priority", sa.String(length=16), nullable=True),
        sa.Column("takes", sa.Boolean(), nullable=False),
        sa.Column("comment", sa.String(length=16), nullable=True),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("changed_by", sa.String(length=128), nullable=True),
        sa.Column("changed_at", sa.String(length=24), nullable=True),
        sa.Column("field_devices", _json(), nullable=True),
        sa.Column("extra", _json(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_macro")),
    )


def downgrade() -> None:
    op.drop_table("macro")


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(JSONB(), "postgresql")
