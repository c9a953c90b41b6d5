"""Questions from a table and as one: what would come of each row is foreseen, and brought in when somebody says so."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from agent_desktop.offline.view import View
from agent_desktop.teaching.questions import QuestionBook, Written
from agent_model.question import QuestionState, Source, SourceKind
from agent_model.row_draft import RowDraft
from agent_papers.question_columns import ANNOUNCED, KB, Shape, examples, shape_of
from agent_papers.question_merging import Known, is_same, laid_over
from agent_papers.question_table import QuestionRow, QuestionTable, RowFault, RowWrong

MOST_AT_ONCE: Final = 500
"""Questions that a workstation brings in at once; the server's console takes more."""


class Coming(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A row and what would come of it: `draft` where something would be written, `faults` where nothing can be."""

    number: int
    text: str
    coming: Coming
    draft: RowDraft[Written] | None = None
    faults: tuple[RowFault, ...] = ()


class QuestionTables:
    """Methods that write raise as QuestionBook."""

    def __init__(self, book: QuestionBook, view: View, me: str) -> None:
        self._book, self._view, self._me = book, view, me

    def foresee(self, table: QuestionTable) -> tuple[Foreseen, ...]:
        """By the rows of the file. What is over MOST_AT_ONCE is left for another time, and not foreseen."""
        known = Known.of((one.question, one.key) for one in self._book.all())
        busy = {draft.row.id for draft in self._book.drafts()}
        titles = self._titles() if any(row.articles for row in table.rows) else {}
        told = [self._foreseen(row, table.told, known, busy, titles) for row in table.rows]
        told += [Foreseen(one.number, one.text, Coming.REFUSED, faults=one.faults) for one in table.refused]
        return tuple(sorted(told, key=lambda one: one.number))

    def bring_in(self, foreseen: Sequence[Foreseen]) -> int:
        """How many were written, new and changed, all of them or none. Raises NotWhole."""
        drafts = [one.draft for one in foreseen if one.draft is not None][:MOST_AT_ONCE]
        self._book.put(drafts)
        return len(drafts)

    def table(self, language: str, ids: Sequence[str]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        """Headings and rows of these questions, in their order."""
        known = {one.id: one for one in self._book.all()}
        found = [known[one] for one in ids if one in known]
        shape = shape_of((one.question for one in found), language)
        return shape.headings(), tuple(shape.cells(one.question, one.key) for one in found)

    def template(self, language: str) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        """Headings, and rows that show how each kind is written."""
        return Shape(language).headings(), examples(language)

    def _foreseen(
        self, row: QuestionRow, told: Sequence[str], known: Known, busy: set[str], titles: dict[str, list[str]]
    ) -> Foreseen:
        text, before = row.question.text, known.find(row)
        sources, unknown = self._sources(row.articles, titles)
        if unknown:
            fault = RowFault("sources", RowWrong.NO_SOURCE, unknown)
            return Foreseen(row.number, text, Coming.REFUSED, faults=(fault,))
        after = laid_over(row, told, before, sources)
        if before is not None and is_same(before, after):
            return Foreseen(row.number, text, Coming.SAME)
        question, key = after
        if question.id in busy:
            return Foreseen(row.number, text, Coming.REFUSED, faults=(RowFault("id", RowWrong.BUSY),))
        if before is None:
            return Foreseen(
                row.number, text, Coming.NEW, RowDraft(Written(replace(question, author=self._me), key), None)
            )
        if question.state is QuestionState.STALE:  # by the versions that its author read
            read = {one.id: one for one in before[0].sources}
            question = replace(question, sources=tuple(read.get(one.id, one) for one in question.sources))
        return Foreseen(row.number, text, Coming.CHANGED, RowDraft(Written(question, key), Written(*before)))

    def _sources(self, named: Sequence[str], titles: dict[str, list[str]]) -> tuple[tuple[Source, ...], str]:
        """As they are published now; the first that is not there, or whose title several have."""
        found: list[Source] = []
        for name in dict.fromkeys(named):
            kind = SourceKind.ANNOUNCEMENT if name.startswith(ANNOUNCED) else SourceKind.ARTICLE
            id_ = name.removeprefix(ANNOUNCED).removeprefix(KB)
            row = self._view.row(kind.value, id_)
            if row is None and len(ids := titles.get(name.casefold(), [])) == 1:
                row = self._view.row(kind.value, ids[0])
            if row is None:
                return (), name
            found.append(Source(kind, row.id, row.version))
        return tuple(found), ""

    def _titles(self) -> dict[str, list[str]]:
        titles: dict[str, list[str]] = {}
        for row in self._view.rows(SourceKind.ARTICLE.value):
            titles.setdefault(str(row.body["title"]).casefold(), []).append(row.id)
        return titles
