"""Ranges of temporary privacy numbers."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "number_range",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("platform", _json(), nullable=False),
        sa.Column("spans", _json(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("field_devices", _json(), nullable=True),
        sa.Column("extra", _json(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_range")),
    )


def downgrade() -> None:
    op.drop_table("number_range")


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(JSONB(), "postgresql")
