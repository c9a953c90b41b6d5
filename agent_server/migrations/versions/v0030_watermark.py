"""Whether the agent's number stands over customers on the screen."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("desk_policy", schema=None) as batch_op:
        batch_op.add_column(sa.Column("watermark", sa.Boolean(), nullable=False, server_default=sa.true()))


def downgrade() -> None:
    with op.batch_alter_table("desk_policy", schema=None) as batch_op:
        batch_op.drop_column("watermark")
