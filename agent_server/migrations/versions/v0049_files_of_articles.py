"""Pictures and other files that articles show."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
    op.create_table(
        "article_file",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(length=128), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("found", sa.Text(), nullable=True),
        sa.Column("added_by", sa.String(length=128), nullable=True),
        sa.Column("added_at", sa.String(length=24), nullable=True),
        sa.Column("named_by", json, nullable=False),
        sa.Column("is_live", sa.Boolean(), nullable=False),
        sa.Column("extra", json, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_file")),
    )
    op.create_index(op.f("ix_article_file_state"), "article_file", ["state"])
    op.create_index(op.f("ix_article_file_is_live"), "article_file", ["is_live"])
    op.add_column("article_policy", sa.Column("files_kept_mb", sa.Integer(), nullable=False, server_default="200"))


def downgrade() -> None:
    with op.batch_alter_table("article_policy") as table:
        table.drop_column("files_kept_mb")
    op.drop_table("article_file")
