"""Who steers whom beside calls. Nobody is limited by what was kept before."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

EVERYTHING = '["state", "sign_out", "serving"]'


def upgrade() -> None:
    with op.batch_alter_table("floor_policy", schema=None) as batch_op:
        batch_op.add_column(sa.Column("steering_limits", _json(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("steering_told", _json(), nullable=False, server_default=EVERYTHING))


def downgrade() -> None:
    with op.batch_alter_table("floor_policy", schema=None) as batch_op:
        batch_op.drop_column("steering_told")
        batch_op.drop_column("steering_limits")


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(JSONB(), "postgresql")
