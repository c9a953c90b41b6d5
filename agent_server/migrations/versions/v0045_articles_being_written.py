"""Articles as they are written, and what the company has decided about them."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "article_draft",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("product", sa.String(length=128), nullable=True),
        sa.Column("queue", sa.String(length=128), nullable=True),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("keywords", _json(), nullable=False),
        sa.Column("tiers", _json(), nullable=False),
        sa.Column("regions", _json(), nullable=False),
        sa.Column("valid_from", sa.String(length=24), nullable=True),
        sa.Column("valid_to", sa.String(length=24), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("guide", _json(), nullable=True),
        sa.Column("owner", sa.String(length=128), nullable=True),
        sa.Column("review_days", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("publish_at", sa.String(length=24), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("based_on", sa.String(length=24), nullable=True),
        sa.Column("checked_at", sa.String(length=24), nullable=True),
        sa.Column("author", sa.String(length=128), nullable=True),
        sa.Column("writers", _json(), nullable=False),
        sa.Column("written_in", sa.Integer(), nullable=False),
        sa.Column("reviewer", sa.String(length=128), nullable=True),
        sa.Column("published_at", sa.String(length=24), nullable=True),
        sa.Column("is_live", sa.Boolean(), nullable=False),
        sa.Column("changed_by", sa.String(length=128), nullable=True),
        sa.Column("changed_at", sa.String(length=24), nullable=True),
        sa.Column("field_devices", _json(), nullable=True),
        sa.Column("extra", _json(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_draft")),
    )
    op.create_index(op.f("ix_article_draft_state"), "article_draft", ["state"], unique=False)
    op.create_table(
        "article_policy",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("needs_second", sa.Boolean(), nullable=False),
        sa.Column("review_days", sa.Integer(), nullable=False),
        sa.Column("by_category", _json(), nullable=False),
        sa.Column("changed_by", sa.String(length=128), nullable=True),
        sa.Column("changed_at", sa.String(length=24), nullable=True),
        sa.Column("field_devices", _json(), nullable=True),
        sa.Column("extra", _json(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_policy")),
    )


def downgrade() -> None:
    op.drop_table("article_policy")
    op.drop_index(op.f("ix_article_draft_state"), table_name="article_draft")
    op.drop_table("article_draft")


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
