"""After how many minutes without a key customers are locked."""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("desk_policy", schema=None) as batch_op:
        batch_op.add_column(sa.Column("lock_after_min", sa.Integer(), nullable=False, server_default="10"))


def downgrade() -> None:
    with op.batch_alter_table("desk_policy", schema=None) as batch_op:
        batch_op.drop_column("lock_after_min")
