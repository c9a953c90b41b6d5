"""Training: questions and their keys, quizzes, courses, what is assigned, papers, attempts and results."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

INDEXED = {
    "assignment": ("agent", "team"),
    "quiz_paper": ("agent",),
    "attempt": ("agent",),
    "quiz_result": ("quiz", "agent", "team"),
}


def upgrade() -> None:
    _noun(
        "question",
        *(_text(name) for name in ("text", "topic")),
        *(_code(name) for name in ("kind", "bank", "language", "state")),
        _id("author", nullable=False),
        *(_many(name) for name in ("options", "sources")),
        sa.Column("call", _json()),
        sa.Column("task", sa.String(length=16)),
        sa.Column("stale_since", sa.String(length=24)),
        _id("stale_by"),
        *_signed(),
    )
    _noun(
        "question_key",
        _many("right"),
        _text("explanation"),
        *(_count(name) for name in ("points", "least")),
        *_signed(),
    )
    op.create_table(
        "question_source",
        sa.Column("kind", sa.String(length=16), nullable=False),
        _id("source_id", nullable=False),
        _id("question_id", nullable=False),
        sa.PrimaryKeyConstraint("kind", "source_id", "question_id", name=op.f("pk_question_source")),
    )
    op.create_index(op.f("ix_question_source_question_id"), "question_source", ["question_id"])
    _noun(
        "quiz",
        *(_many(name) for name in ("title", "banks", "topics", "quotas", "teams")),
        *(_count(name) for name in ("count", "due_days", "pass_mark", "retakes", "time_limit_min", "rest_weeks")),
        _code("language"),
        sa.Column("weekly", _json()),
        _flag("is_on"),
        *_signed(),
    )
    _noun(
        "course",
        *(_many(name) for name in ("title", "articles")),
        _id("quiz"),
        _count("due_days"),
        _flag("is_on"),
        *_signed(),
    )
    _noun(
        "assignment",
        *(_id(name, nullable=False) for name in ("agent", "assigned_by", "team")),
        *(_moment(name) for name in ("assigned_at", "due_at")),
        *(_id(name) for name in ("quiz", "course", "about")),
        *(_code(name) for name in ("why", "state")),
        _text("note"),
        *(_many(name) for name in ("read", "papers")),
        _count("lacks"),
        sa.Column("field_devices", _json()),
    )
    _noun(
        "quiz_paper",
        *(_id(name, nullable=False) for name in ("assignment", "quiz", "agent")),
        *(_many(name) for name in ("title", "questions")),
        *(_count(name) for name in ("nth", "tries", "pass_mark", "time_limit_s")),
        *(_moment(name) for name in ("drawn_at", "due_at")),
    )
    op.create_table(
        "quiz_draw",
        _id("id", nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        _many("judged_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_draw")),
    )
    _noun("attempt", _id("agent", nullable=False), _moment("started_at"), _many("sheets"))
    _noun(
        "quiz_result",
        *(_id(name, nullable=False) for name in ("assignment", "quiz", "agent", "team")),
        *(_count(name) for name in ("nth", "score", "elapsed_s")),
        *(_flag(name) for name in ("is_passed", "is_late", "is_over_time")),
        _many("marks"),
        *(_moment(name) for name in ("started_at", "finished_at", "judged_at")),
    )
    for table, names in INDEXED.items():
        for name in names:
            op.create_index(op.f(f"ix_{table}_{name}"), table, [name])


def downgrade() -> None:
    for table in ("quiz_result", "attempt", "quiz_draw", "quiz_paper", "assignment", "course", "quiz"):
        op.drop_table(table)
    for table in ("question_source", "question_key", "question"):
        op.drop_table(table)


def _noun(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        name,
        _id("id", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *columns,
        sa.Column("extra", _json()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )


def _signed() -> tuple[sa.Column[Any], ...]:
    return _id("changed_by"), sa.Column("changed_at", sa.String(length=24)), sa.Column("field_devices", _json())


def _id(name: str, *, nullable: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length=128), nullable=nullable)


def _moment(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length=24), nullable=False)


def _code(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length=16), nullable=False)


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False)


def _count(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _flag(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _many(name: str) -> sa.Column[Any]:
    return sa.Column(name, _json(), nullable=False)


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(JSONB(), "postgresql")
