"""Calls in which agents were abused, and how the company looks after them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
    op.create_table(
        "abusive_call",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("call_ref", sa.String(length=128), nullable=False),
        sa.Column("agent", sa.String(length=128), nullable=False),
        sa.Column("abuse", sa.String(length=16), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.Column("queue", sa.String(length=128), nullable=True),
        sa.Column("team", sa.String(length=128), nullable=False),
        sa.Column("steps", json, nullable=False),
        sa.Column("cool_down_at", sa.String(length=24), nullable=True),
        sa.Column("field_devices", json, nullable=True),
        sa.Column("extra", json, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_abusive_call")),
    )
    for column in ("call_ref", "agent", "at", "team"):
        op.create_index(op.f(f"ix_abusive_call_{column}"), "abusive_call", [column])
    op.create_table(
        "care_policy",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("first_warning", json, nullable=False),
        sa.Column("second_warning", json, nullable=False),
        sa.Column("ending", json, nullable=False),
        sa.Column("cool_down_min", sa.Integer(), nullable=False),
        sa.Column("cool_down_steps", sa.Integer(), nullable=False),
        sa.Column("cool_down_within_min", sa.Integer(), nullable=False),
        sa.Column("cool_downs", sa.Integer(), nullable=False),
        sa.Column("hard_call_min", sa.Integer(), nullable=False),
        sa.Column("hard_rating", sa.Integer(), nullable=False),
        sa.Column("asks_mood", sa.Boolean(), nullable=False),
        sa.Column("mood", json, nullable=False),
        sa.Column("mood_least", sa.Integer(), nullable=False),
        sa.Column("goals", json, nullable=False),
        sa.Column("honours", sa.String(length=16), nullable=False),
        sa.Column("changed_by", sa.String(length=128), nullable=True),
        sa.Column("changed_at", sa.String(length=24), nullable=True),
        sa.Column("field_devices", json, nullable=True),
        sa.Column("extra", json, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_policy")),
    )


def downgrade() -> None:
    op.drop_table("care_policy")
    op.drop_table("abusive_call")
