"""Reasons for not being ready."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
    op.create_table(
        "break_reason",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", json, nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("needs_approval", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("places", json, nullable=False, server_default="[]"),
        sa.Column("is_on", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("changed_by", sa.String(length=128), nullable=True),
        sa.Column("changed_at", sa.String(length=24), nullable=True),
        sa.Column("field_devices", json, nullable=True),
        sa.Column("extra", json, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_break_reason")),
    )


def downgrade() -> None:
    op.drop_table("break_reason")
