"""How long agents were in each state, since when newcomers work here, and the contacts of an agent found by time."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agent_time",
        sa.Column("agent_id", sa.String(128), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("agent_id", "day", "state", name="pk_agent_time"),
    )
    op.create_index("ix_agent_time_day", "agent_time", ["day"])
    op.create_table(
        "agent_tally",
        sa.Column("agent_id", sa.String(128), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("handled", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("solved", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("agent_id", "day", name="pk_agent_tally"),
    )
    op.create_index("ix_agent_tally_day", "agent_tally", ["day"])
    op.create_table(
        "newcomer",
        sa.Column("agent_id", sa.String(128), nullable=False),
        sa.Column("joined_on", sa.String(10), nullable=False),
        sa.Column("told_by", sa.String(128), nullable=False),
        sa.Column("told_at", sa.String(24), nullable=False),
        sa.PrimaryKeyConstraint("agent_id", name="pk_newcomer"),
    )
    op.create_index("ix_contact_agent_at", "contact", ["agent", "at"])
    op.create_index("ix_contact_at", "contact", ["at"])


def downgrade() -> None:
    op.drop_index("ix_contact_at", "contact")
    op.drop_index("ix_contact_agent_at", "contact")
    op.drop_table("newcomer")
    op.drop_table("agent_tally")
    op.drop_table("agent_time")
