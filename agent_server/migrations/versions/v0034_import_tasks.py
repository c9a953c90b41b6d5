"""Imports that an administrator runs at a workstation."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
    op.create_table(
        "import_task",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("agent_id", sa.String(length=128), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("upload_id", sa.String(length=128), nullable=False),
        sa.Column("step", sa.String(length=8), nullable=False),
        sa.Column("attempt", sa.String(length=128), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("wishes", json, nullable=False),
        sa.Column("remember", sa.String(length=64), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("tally", json, nullable=True),
        sa.Column("seen", json, nullable=True),
        sa.Column("fault", json, nullable=True),
        sa.Column("is_stopping", sa.Boolean(), nullable=False),
        sa.Column("turn", sa.String(length=136), nullable=True),
        sa.Column("beat", sa.Float(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_task")),
        sa.UniqueConstraint("turn", name=op.f("uq_import_task_turn")),
    )
    op.create_index(op.f("ix_import_task_agent_id"), "import_task", ["agent_id"])


def downgrade() -> None:
    op.drop_table("import_task")
