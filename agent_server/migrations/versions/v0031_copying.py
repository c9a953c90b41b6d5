"""Which roles may copy what the screen shows of customers."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

COPYING = '["agent","team_lead","duty_manager","return_visit","department","quality"]'


def upgrade() -> None:
    with op.batch_alter_table("desk_policy", schema=None) as batch_op:
        batch_op.add_column(sa.Column("copies", _json(), nullable=False, server_default=COPYING))


def downgrade() -> None:
    with op.batch_alter_table("desk_policy", schema=None) as batch_op:
        batch_op.drop_column("copies")


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(JSONB(), "postgresql")
