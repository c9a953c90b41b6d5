"""When reports were last sent by mail."""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report_mail",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("due", sa.String(24), nullable=False),
        sa.Column("tried_at", sa.String(24), nullable=False),
        sa.Column("sent_at", sa.String(24), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_report_mail"),
    )


def downgrade() -> None:
    op.drop_table("report_mail")
