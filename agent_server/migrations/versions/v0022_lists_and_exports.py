"""Views of lists that a team has, what left the house in a file, and what a site allows at its desks."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "desk_policy",
        *_noun("desk_policy"),
        sa.Column("exports", _json(), nullable=False),
        sa.Column("exports_offline", sa.Boolean(), nullable=False),
        sa.Column("bulk_change", sa.Integer(), nullable=False),
        sa.Column("attachments", _json(), nullable=False),
        sa.Column("changed_by", sa.String(length=128), nullable=True),
        sa.Column("changed_at", sa.String(length=24), nullable=True),
        sa.Column("field_devices", _json(), nullable=True),
    )
    op.create_table(
        "list_view",
        *_noun("list_view"),
        sa.Column("list", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("team", sa.String(length=128), nullable=False),
        sa.Column("query", _json(), nullable=False),
        sa.Column("columns", _json(), nullable=False),
        sa.Column("made_by", sa.String(length=128), nullable=False),
        sa.Column("made_at", sa.String(length=24), nullable=False),
        sa.Column("is_dropped", sa.Boolean(), nullable=False),
        sa.Column("field_devices", _json(), nullable=True),
    )
    op.create_index(op.f("ix_list_view_team"), "list_view", ["team"])
    op.create_table(
        "export",
        *_noun("export"),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=128), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.String(length=128), nullable=False),
        sa.Column("asked_at", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("team", sa.String(length=128), nullable=True),
        sa.Column("decided_by", sa.String(length=128), nullable=True),
        sa.Column("decided_at", sa.String(length=24), nullable=True),
        sa.Column("is_allowed", sa.Boolean(), nullable=False),
        sa.Column("field_devices", _json(), nullable=True),
    )
    op.create_index(op.f("ix_export_asked_by"), "export", ["asked_by"])
    op.create_index(op.f("ix_export_team"), "export", ["team"])


def downgrade() -> None:
    op.drop_table("export")
    op.drop_table("list_view")
    op.drop_table("desk_policy")


def _noun(name: str) -> tuple[Any, ...]:
    """What every noun's table has."""
    return (
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("extra", _json(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(JSONB(), "postgresql")
