"""Indexes by which the list of gaps and the wishes that wait are found among many searches and votes."""

from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_search_record_form_at", "search_record", ["form", "at"])
    op.create_index("ix_article_feedback_kind_state", "article_feedback", ["kind", "state"])


def downgrade() -> None:
    op.drop_index("ix_article_feedback_kind_state", "article_feedback")
    op.drop_index("ix_search_record_form_at", "search_record")
