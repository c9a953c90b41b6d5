"""Lines of the timeline are found by the call that they are of."""

from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_contact_call_ref", "contact", ["call_ref"])


def downgrade() -> None:
    op.drop_index("ix_contact_call_ref", "contact")
