"""Dispositions and queues' rules for after-call work that people change: retired ones, who changed them, every version
kept; and what became of the work after a call."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

RULES = ("queue", "wrap_up_code")
BESIDE_THE_BODY = frozenset({"id", "version", "extra", "field_devices"})


def upgrade() -> None:
    for table in RULES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            if table == "wrap_up_code":
                batch_op.add_column(sa.Column("is_on", sa.Boolean(), nullable=False, server_default=sa.true()))
            batch_op.add_column(sa.Column("changed_by", sa.String(length=128), nullable=True))
            batch_op.add_column(sa.Column("changed_at", sa.String(length=24), nullable=True))
            batch_op.add_column(sa.Column("field_devices", _json(), nullable=True))
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rules_at", sa.String(length=24), nullable=True))
        batch_op.add_column(sa.Column("work", _json(), nullable=True))
    _keep_what_stands()


def downgrade() -> None:
    op.execute("DELETE FROM kept_version WHERE entity IN ('queue', 'wrap_up_code')")
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_column("work")
        batch_op.drop_column("rules_at")
    for table in reversed(RULES):
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name in ("field_devices", "changed_at", "changed_by", *(("is_on",) if table == "wrap_up_code" else ())):
                batch_op.drop_column(name)


def _keep_what_stands() -> None:
    """What was decided offline before the first change is judged by these."""
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
    for name, json_columns in (("queue", ("name", "segments", "after_call")), ("wrap_up_code", ("name", "queues"))):
        table = sa.Table(name, metadata, *(sa.Column(each, _json()) for each in json_columns), autoload_with=connection)
        for row in connection.execute(sa.select(table)).mappings().all():
            body = {key: value for key, value in row.items() if key not in BESIDE_THE_BODY}
            line = {"entity": name, "row_id": row["id"], "version": row["version"], "body": body}
            connection.execute(kept.insert(), line)


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(JSONB(), "postgresql")
