"""The languages that the company's lines are answered in."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("called_number", schema=None) as batch_op:
        batch_op.add_column(sa.Column("languages", _json(), nullable=False, server_default="[]"))


def downgrade() -> None:
    with op.batch_alter_table("called_number", schema=None) as batch_op:
        batch_op.drop_column("languages")


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(JSONB(), "postgresql")
