"""Recordings are found by the call that they are of."""

from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_upload_contact", "upload", ["contact"])
    op.create_index("ix_upload_call_ref", "upload", ["call_ref"])


def downgrade() -> None:
    op.drop_index("ix_upload_call_ref", "upload")
    op.drop_index("ix_upload_contact", "upload")
