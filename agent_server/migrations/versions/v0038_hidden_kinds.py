"""Which kinds of secret are kept back from which roles."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

NOBODY = '{"phone":[],"id_card":[],"bank_card":[],"address":[],"name":[],"email":[]}'


def upgrade() -> None:
    with op.batch_alter_table("desk_policy", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hidden", _json(), nullable=False, server_default=NOBODY))


def downgrade() -> None:
    with op.batch_alter_table("desk_policy", schema=None) as batch_op:
        batch_op.drop_column("hidden")


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(JSONB(), "postgresql")
