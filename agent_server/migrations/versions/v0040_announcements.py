"""Announcements, the slices of their audiences, the receipts of their readers; where people sit."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("agent", schema=None) as batch_op:
        batch_op.add_column(sa.Column("site", sa.String(length=64), nullable=False, server_default=""))
    op.create_table(
        "announcement",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("audience", _json(), nullable=False),
        sa.Column("urgency", sa.String(length=16), nullable=False),
        sa.Column("valid_from", sa.String(length=24), nullable=True),
        sa.Column("valid_to", sa.String(length=24), nullable=True),
        sa.Column("must_read", sa.Boolean(), nullable=False),
        sa.Column("dwell_s", sa.Integer(), nullable=False),
        sa.Column("asks_name", sa.Boolean(), nullable=False),
        sa.Column("quiz", _json(), nullable=False),
        sa.Column("blocks_ready", sa.Boolean(), nullable=False),
        sa.Column("grace_min", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("read_from", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=128), nullable=False),
        sa.Column("published_at", sa.String(length=24), nullable=True),
        sa.Column("reminded_at", sa.String(length=24), nullable=True),
        sa.Column("changed_by", sa.String(length=128), nullable=True),
        sa.Column("changed_at", sa.String(length=24), nullable=True),
        sa.Column("field_devices", _json(), nullable=True),
        sa.Column("extra", _json(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )
    op.create_table(
        "announcement_slice",
        sa.Column("scope", sa.String(length=128), nullable=False),
        sa.Column("announcement_id", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("scope", "announcement_id", name=op.f("pk_announcement_slice")),
    )
    op.create_index("ix_announcement_slice_announcement_id", "announcement_slice", ["announcement_id"])
    op.create_table(
        "announcement_receipt",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("announcement", sa.String(length=128), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("agent", sa.String(length=128), nullable=False),
        sa.Column("delivered_at", sa.String(length=24), nullable=False),
        sa.Column("opened_at", sa.String(length=24), nullable=False),
        sa.Column("read_at", sa.String(length=24), nullable=False),
        sa.Column("dwell_s", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("answers", _json(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.String(length=24), nullable=True),
        sa.Column("extra", _json(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement_receipt")),
    )
    op.create_index(op.f("ix_announcement_receipt_agent"), "announcement_receipt", ["agent"])
    op.create_index(op.f("ix_announcement_receipt_announcement"), "announcement_receipt", ["announcement"])


def downgrade() -> None:
    op.drop_table("announcement_receipt")
    op.drop_table("announcement_slice")
    op.drop_table("announcement")
    with op.batch_alter_table("agent", schema=None) as batch_op:
        batch_op.drop_column("site")


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(JSONB(), "postgresql")
