"""Consents and legal holds of customers; erasures, and what is never to come back."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "erasure",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("customer_id", sa.String(length=128), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("asked_by", sa.String(length=128), nullable=False),
        sa.Column("asked_at", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=128), nullable=True),
        sa.Column("decided_at", sa.String(length=24), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("work", _json(), nullable=True),
        sa.Column("next_at", sa.String(length=24), nullable=True),
        sa.Column("certificate", _json(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    op.create_index(op.f("ix_erasure_customer_id"), "erasure", ["customer_id"])
    op.create_index(op.f("ix_erasure_state"), "erasure", ["state"])
    op.create_table(
        "erased_row",
        sa.Column("entity", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("erasure_id", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("entity", "digest", name=op.f("pk_erased_row")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_erased_row_erasure_id"), "erased_row", ["erasure_id"])
    with op.batch_alter_table("customer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("consents", _json(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("legal_hold", _json(), nullable=True))
    with op.batch_alter_table("scope_head", schema=None) as batch_op:
        batch_op.add_column(sa.Column("erased", sa.BigInteger(), nullable=False, server_default="0"))


def downgrade() -> None:
    with op.batch_alter_table("scope_head", schema=None) as batch_op:
        batch_op.drop_column("erased")
    with op.batch_alter_table("customer", schema=None) as batch_op:
        batch_op.drop_column("legal_hold")
        batch_op.drop_column("consents")
    op.drop_table("erased_row")
    op.drop_table("erasure")


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(JSONB(), "postgresql")
