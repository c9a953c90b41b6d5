"""Rules of identity checks, checks on the timeline, and the check that a ticket was filed with."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

LISTS = ("questions", "levels", "business", "disclosure", "locked")
NUMBERS = ("pin_level", "wrong_a_call", "wrong_a_day", "valid_h")


def upgrade() -> None:
    op.create_table(
        "identity_rule",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(sa.Column(name, _json(), nullable=False) for name in LISTS),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in NUMBERS),
        sa.Column("field_devices", _json(), nullable=True),
        sa.Column("extra", _json(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_rule")),
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.add_column(sa.Column("check", _json(), nullable=True))
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.add_column(sa.Column("identity_check", sa.String(length=128), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.drop_column("identity_check")
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_column("check")
    op.drop_table("identity_rule")


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(JSONB(), "postgresql")
