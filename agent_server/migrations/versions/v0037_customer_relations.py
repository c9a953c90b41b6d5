"""How customers stand to each other: household, guardian, company."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

LOOKED_UP_BY = ("customer_id", "other_id", "segment", "other_segment")


def upgrade() -> None:
    json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
    op.create_table(
        "customer_relation",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.String(length=128), nullable=False),
        sa.Column("other_id", sa.String(length=128), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_by", sa.String(length=128), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("segment", sa.String(length=128), nullable=False),
        sa.Column("other_segment", sa.String(length=128), nullable=False),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.Column("removed_by", sa.String(length=128), nullable=True),
        sa.Column("removed_at", sa.String(length=24), nullable=True),
        sa.Column("removed_with", sa.String(length=128), nullable=True),
        sa.Column("field_devices", json, nullable=True),
        sa.Column("extra", json, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_relation")),
    )
    for name in LOOKED_UP_BY:
        op.create_index(op.f(f"ix_customer_relation_{name}"), "customer_relation", [name])


def downgrade() -> None:
    op.drop_table("customer_relation")
