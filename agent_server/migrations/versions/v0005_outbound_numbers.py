"""A number of the company knows whether it may be shown on calls to customers, and when."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("called_number", schema=None) as batch_op:
        batch_op.add_column(sa.Column("outbound", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("called_number", schema=None) as batch_op:
        batch_op.drop_column("outbound")
