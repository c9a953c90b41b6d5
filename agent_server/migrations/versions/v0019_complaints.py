"""Sources, departments and handlers of complaints; compensations and the funds that pay for them."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

NEW_COLUMNS = ("received_from", "disputes", "same_as", "handlers", "return_visit", "closing_decision")


def upgrade() -> None:
    op.create_table(
        "complaint_source",
        *_noun("complaint_source"),
        sa.Column("name", _json(), nullable=False),
        sa.Column("is_regulator", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "department_rule",
        *_noun("department_rule"),
        sa.Column("department", sa.String(length=128), nullable=False),
        sa.Column("category", sa.String(length=128), nullable=False),
        sa.Column("products", _json(), nullable=False),
        sa.Column("keywords", _json(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
    )
    op.create_table(
        "fund",
        *_noun("fund"),
        sa.Column("name", _json(), nullable=False),
        sa.Column("given_fen", sa.BigInteger(), nullable=False),
        sa.Column("starts_at", sa.String(length=24), nullable=False),
        sa.Column("ends_at", sa.String(length=24), nullable=False),
        sa.Column("authorities", _json(), nullable=False),
        sa.Column("drawn_fen", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("drawn_fen >= 0 AND drawn_fen <= given_fen", name=op.f("ck_fund_drawn")),
    )
    op.create_table(
        "compensation",
        *_noun("compensation"),
        sa.Column("ticket_id", sa.String(length=128), nullable=False),
        sa.Column("fund", sa.String(length=128), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.String(length=128), nullable=False),
        sa.Column("asked_at", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("decided_by", sa.String(length=128), nullable=True),
        sa.Column("decided_at", sa.String(length=24), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=False),
        sa.Column("queue", sa.String(length=128), nullable=False),
    )
    for column in ("ticket_id", "asked_by", "queue"):
        op.create_index(op.f(f"ix_compensation_{column}"), "compensation", [column])
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.add_column(sa.Column("received_from", _json(), nullable=True))
        batch_op.add_column(sa.Column("disputes", _json(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("same_as", sa.String(length=128), nullable=True))
        batch_op.add_column(sa.Column("handlers", _json(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("return_visit", sa.String(length=128), nullable=True))
        batch_op.add_column(sa.Column("closing_decision", _json(), nullable=True))
        batch_op.create_index(op.f("ix_ticket_same_as"), ["same_as"])


def downgrade() -> None:
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.drop_index(op.f("ix_ticket_same_as"))
        for name in reversed(NEW_COLUMNS):
            batch_op.drop_column(name)
    for table in ("compensation", "fund", "department_rule", "complaint_source"):
        op.drop_table(table)


def _noun(table: str) -> tuple[Any, ...]:
    return (
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("extra", _json(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(JSONB(), "postgresql")
