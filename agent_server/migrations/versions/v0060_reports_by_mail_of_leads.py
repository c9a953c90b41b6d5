"""Reports by mail that those who lead set up."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None


def upgrade() -> None:
    json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
    op.create_table(
        "report_schedule",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("body", json, nullable=False),
        sa.Column("changed_by", sa.String(128), nullable=False),
        sa.Column("changed_at", sa.String(24), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_report_schedule"),
    )


def downgrade() -> None:
    op.drop_table("report_schedule")
