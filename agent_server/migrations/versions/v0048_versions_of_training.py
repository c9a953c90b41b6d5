"""Every version kept of questions, their keys, quizzes and courses: what somebody was judged by can be looked up."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

NOUNS = {
    "question": ("options", "sources", "call"),
    "question_key": ("right",),
    "quiz": ("title", "banks", "topics", "quotas", "weekly", "teams"),
    "course": ("title", "articles"),
}
"""Each with its columns of JSON."""
BESIDE_THE_BODY = frozenset({"id", "version", "extra", "field_devices"})


def upgrade() -> None:
    connection = op.get_bind()
    metadata = sa.MetaData()
    kept = sa.Table(
        "kept_version",
        metadata,
        sa.Column("entity", sa.String(32)),
        sa.Column("row_id", sa.String(128)),
        sa.Column("version", sa.Integer()),
        sa.Column("body", _json()),
    )
    for name, json_columns in NOUNS.items():
        table = sa.Table(name, metadata, *(sa.Column(each, _json()) for each in json_columns), autoload_with=connection)
        for row in connection.execute(sa.select(table)).mappings().all():
            body = {key: value for key, value in row.items() if key not in BESIDE_THE_BODY}
            line = {"entity": name, "row_id": row["id"], "version": row["version"], "body": body}
            connection.execute(kept.insert(), line)


def downgrade() -> None:
    op.execute("DELETE FROM kept_version WHERE entity IN ('question', 'question_key', 'quiz', 'course')")


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
