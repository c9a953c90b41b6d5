"""Which roles may listen to recordings."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

HEARING = {
    "hears_own": '["agent","return_visit","team_lead","duty_manager"]',
    "hears_team": '["team_lead","duty_manager"]',
    "hears_all": '["duty_manager","quality"]',
}


def upgrade() -> None:
    with op.batch_alter_table("desk_policy", schema=None) as batch_op:
        for name, roles in HEARING.items():
            batch_op.add_column(sa.Column(name, _json(), nullable=False, server_default=roles))


def downgrade() -> None:
    with op.batch_alter_table("desk_policy", schema=None) as batch_op:
        for name in HEARING:
            batch_op.drop_column(name)


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(JSONB(), "postgresql")
