"""Screens on the wall, with the tokens that they show the wallboard by."""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "television",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("made_at", sa.String(24), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("revoked_at", sa.String(24), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_television"),
        sa.UniqueConstraint("token_hash", name="uq_television_token_hash"),
    )


def downgrade() -> None:
    op.drop_table("television")
