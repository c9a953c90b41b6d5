"""What agents tell of articles, what they search for, what editors decide about gaps."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
    op.create_table(
        "article_feedback",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("by", sa.String(length=128), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.Column("article", sa.String(length=128), nullable=True),
        sa.Column("edition", sa.String(length=24), nullable=True),
        sa.Column("reason", sa.String(length=16), nullable=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("queue", sa.String(length=128), nullable=True),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("owner", sa.String(length=128), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_with", sa.String(length=128), nullable=True),
        sa.Column("answered_by", sa.String(length=128), nullable=True),
        sa.Column("answered_at", sa.String(length=24), nullable=True),
        sa.Column("field_devices", json, nullable=True),
        sa.Column("extra", json, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_feedback")),
    )
    for name in ("by", "article", "owner"):
        op.create_index(op.f(f"ix_article_feedback_{name}"), "article_feedback", [name])
    op.create_table(
        "gap_decision",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("by", sa.String(length=128), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("extra", json, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap_decision")),
    )
    op.create_table(
        "search_batch",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(length=128), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.Column("records", json, nullable=False),
        sa.Column("extra", json, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_batch")),
    )
    op.create_index(op.f("ix_search_batch_at"), "search_batch", ["at"])
    op.create_table(
        "search_record",
        sa.Column("batch", sa.String(length=128), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("who", sa.String(length=128), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("sound", sa.Text(), nullable=False),
        sa.Column("is_typed", sa.Boolean(), nullable=False),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("queue", sa.String(length=128), nullable=True),
        sa.Column("category", sa.String(length=128), nullable=True),
        sa.Column("product", sa.String(length=128), nullable=True),
        sa.Column("opened", sa.String(length=128), nullable=True),
        sa.Column("inserted", sa.String(length=128), nullable=True),
        sa.Column("unhelpful", sa.String(length=128), nullable=True),
        sa.PrimaryKeyConstraint("batch", "n", name=op.f("pk_search_record")),
    )
    op.create_index(op.f("ix_search_record_at"), "search_record", ["at"])
    op.create_index("ix_search_record_who_at", "search_record", ["who", "at"])


def downgrade() -> None:
    for name in ("search_record", "search_batch", "gap_decision", "article_feedback"):
        op.drop_table(name)
