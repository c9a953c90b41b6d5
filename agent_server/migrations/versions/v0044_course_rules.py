"""Rules by which courses are given by themselves."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "course_rule",
        sa.Column("id", sa.String(128), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("course", sa.String(128), nullable=False),
        sa.Column("why", sa.String(16), nullable=False),
        sa.Column("words", _json(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("within_days", sa.Integer(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("changed_by", sa.String(128)),
        sa.Column("changed_at", sa.String(24)),
        sa.Column("field_devices", _json()),
        sa.Column("extra", _json()),
        sa.PrimaryKeyConstraint("id", name="pk_course_rule"),
    )


def downgrade() -> None:
    op.drop_table("course_rule")


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(JSONB(), "postgresql")
