"""Who may be in whose calls."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "floor_policy",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("extra", _json(), nullable=True),
        sa.Column("listens", _json(), nullable=False),
        sa.Column("whispers", _json(), nullable=False),
        sa.Column("barges", _json(), nullable=False),
        sa.Column("takes_over", _json(), nullable=False),
        sa.Column("hangs_up", _json(), nullable=False),
        sa.Column("told", _json(), nullable=False),
        sa.Column("limits", _json(), nullable=False),
        sa.Column("changed_by", sa.String(length=128), nullable=True),
        sa.Column("changed_at", sa.String(length=24), nullable=True),
        sa.Column("field_devices", _json(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_floor_policy")),
    )


def downgrade() -> None:
    op.drop_table("floor_policy")


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(JSONB(), "postgresql")
