"""The feed is let go of by age, and reduced to the newest entry of each row before that."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("scope_head", schema=None) as batch_op:
        batch_op.add_column(sa.Column("compacted", sa.BigInteger(), nullable=False, server_default="0"))
    op.create_table(
        "scope_mark",
        sa.Column("scope", sa.String(length=128), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.Column("head", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "at", name=op.f("pk_scope_mark")),
    )


def downgrade() -> None:
    op.drop_table("scope_mark")
    with op.batch_alter_table("scope_head", schema=None) as batch_op:
        batch_op.drop_column("compacted")
