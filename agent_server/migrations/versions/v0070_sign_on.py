"""Signing on through an identity provider: who is who there, spent tickets, and until when such a session lasts."""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("signed_on_until", sa.String(length=24), nullable=True))
    op.create_table(
        "sign_on_identity",
        sa.Column("issuer", sa.String(length=255), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("agent_id", sa.String(length=128), nullable=False),
        sa.Column("bound_at", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_sign_on_identity")),
        sa.UniqueConstraint("issuer", "agent_id", name=op.f("uq_sign_on_identity_issuer_agent_id")),
    )
    op.create_table(
        "sign_on_spent",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("until", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_on_spent")),
    )
    with op.batch_alter_table("sign_on_spent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_on_spent_until"), ["until"], unique=False)


def downgrade() -> None:
    op.drop_table("sign_on_spent")
    op.drop_table("sign_on_identity")
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.drop_column("signed_on_until")
