"""Questions from a table into the bank, and the bank as one: what is new, what a row changes, what it says already."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from agent_model.body import from_body, to_body
from agent_model.moment import to_text
from agent_model.question import Question, QuestionKey, QuestionState, Source, SourceKind
from agent_papers.question_columns import ANNOUNCED, KB
from agent_papers.question_merging import Known, Pair, id_of, is_same, laid_over
from agent_papers.question_table import QuestionRow, QuestionTable, RefusedRow, RowFault, RowWrong
from agent_server.changeset import Changeset
from agent_server.database import Database
from agent_server.row_changes import IMPORTED, Signature
from agent_server.rows import Stored, checked_body, fetch_all

ENTITIES: Final = ("question", "question_key")


@dataclass(slots=True)
class Brought:
    new: int = 0
    changed: int = 0
    same: int = 0
    refused: list[RefusedRow] = field(default_factory=list)


async def bring_in(database: Database, table: QuestionTable, author: str, now: datetime, *, is_tried: bool) -> Brought:
    """One transaction: every row that does is written, or with `is_tried` only counted."""
    brought = Brought(refused=list(table.refused))
    async with database.writing() as connection:
        changes = Changeset(database, connection, Signature(IMPORTED, now))
        known = await _known(changes, table)
        rows = {kind: await changes.look_at_all(kind.value) for kind in SourceKind} if table.rows else {}
        for row in table.rows:
            _bring_one(changes, table.told, row, known, rows, author, now, brought)
        if not is_tried:
            await changes.write()
    brought.refused.sort(key=lambda one: one.number)
    return brought


async def bank(database: Database) -> tuple[Pair, ...]:
    """Every question with its key, by topic."""
    async with database.reading() as connection:
        rows = {entity: await fetch_all(connection, entity) for entity in ENTITIES}
    pairs = _pairs(rows["question"], rows["question_key"])
    return tuple(sorted(pairs, key=lambda one: (one[0].topic, one[0].text, one[0].id)))


async def _known(changes: Changeset, table: QuestionTable) -> Known:
    rows = {entity: await changes.look_at_all(entity) for entity in ENTITIES}
    to_come = [row.question.id or id_of(row.question) for row in table.rows]
    for entity, found in rows.items():
        await changes.load(entity, {*(row.id for row in found), *to_come})
    return Known.of(_pairs(rows["question"], rows["question_key"]))


def _pairs(questions: Sequence[Stored], keys: Sequence[Stored]) -> list[Pair]:
    by_id = {row.id: from_body(QuestionKey, row.id, row.version, row.body) for row in keys}
    found = (from_body(Question, row.id, row.version, row.body) for row in questions)
    return [(one, by_id.get(one.id, QuestionKey(one.id, ()))) for one in found]


def _bring_one(
    changes: Changeset,
    told: Sequence[str],
    row: QuestionRow,
    known: Known,
    rows: dict[SourceKind, list[Stored]],
    author: str,
    now: datetime,
    brought: Brought,
) -> None:
    before = known.find(row)
    sources, unknown = _sources(row.articles, rows)
    question, key = laid_over(row, told, before, sources)
    if unknown:
        brought.refused.append(_refused(row, RowFault("sources", RowWrong.NO_SOURCE, unknown)))
        return
    if question.call is not None and (before is None or before[0].call != question.call):
        brought.refused.append(_refused(row, RowFault("call", RowWrong.NO_CALL)))  # who may hear it is known there
        return
    if before is not None and is_same(before, (question, key)):
        brought.same += 1
        return
    if before is None:
        question = replace(question, author=author)
        brought.new += 1
    else:
        question = _read_before(question, before[0])
        brought.changed += 1
    for entity, noun in (("question", question), ("question_key", key)):
        body = {**to_body(noun), "changed_by": None, "changed_at": to_text(now)}
        stored = changes.get(entity, question.id)
        version = 1 if stored is None else stored.version + 1
        kept = {} if stored is None else dict(stored.body)
        changes.put(Stored(entity, question.id, version, checked_body(entity, question.id, version, {**kept, **body})))


def _read_before(question: Question, before: Question) -> Question:
    """A stale one stands by the versions that its author read; another is not stale any more."""
    if question.state is not QuestionState.STALE:
        return replace(question, stale_since=None, stale_by=None)
    read = {one.id: one for one in before.sources}
    return replace(question, sources=tuple(read.get(one.id, one) for one in question.sources))


def _sources(named: Sequence[str], rows: dict[SourceKind, list[Stored]]) -> tuple[tuple[Source, ...], str]:
    """As they are published now; the first that is not there, or whose title several have."""
    found: list[Source] = []
    for name in dict.fromkeys(named):
        kind = SourceKind.ANNOUNCEMENT if name.startswith(ANNOUNCED) else SourceKind.ARTICLE
        id_ = name.removeprefix(ANNOUNCED).removeprefix(KB)
        fitting = [row for row in rows[kind] if row.id == id_]
        if not fitting and kind is SourceKind.ARTICLE:
            fitting = [row for row in rows[kind] if str(row.body["title"]).casefold() == name.casefold()]
        if len(fitting) != 1:
            return (), name
        found.append(Source(kind, fitting[0].id, fitting[0].version))
    return tuple(found), ""


def _refused(row: QuestionRow, fault: RowFault) -> RefusedRow:
    return RefusedRow(row.number, row.question.text[:200], (fault,))
