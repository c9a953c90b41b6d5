"""A list on its way into a file: as it is shown, its order, filters and columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from agent_desktop.exports.job import ExportJob, Form, Rows
from agent_desktop.lists import NounList, Query
from agent_desktop.ui.appearance.formats import NOTHING
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.background import Background
from agent_desktop.ui.lists.columns import Line
from agent_desktop.ui.lists.file_export import Exporter, FileExport
from agent_desktop.ui.lists.kinds import ListKind
from agent_desktop.ui.lists.page import ListPage

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Wish:
    """What was shown when the export was wanted."""

    query: Query
    columns: tuple[str, ...]
    chosen: frozenset[int]


class ExportDesk(FileExport, Generic[T]):
    def __init__(
        self,
        background: Background,
        look: Look,
        nouns: NounList[T],
        kind: ListKind[T],
        exporter: Exporter,
        page: ListPage,
    ) -> None:
        super().__init__(background, look, kind.name, exporter, page)
        self._nouns, self._kind, self._page = nouns, kind, page
        self._wish = _Wish(page.query, page.shown_columns, frozenset())
        page.put_panel(self.panel)
        page.export_wanted.connect(self.open)

    @property
    def _title(self) -> str:
        return self._kind.title

    def _wished(self) -> tuple[int, str]:
        page = self._page
        chosen = frozenset(page.chosen_here)
        self._wish = _Wish(page.query, page.shown_columns, chosen)
        return len(chosen) or page.count, self._what(page.query)

    def _closed(self) -> None:
        self._page.table.setFocus()

    def _what(self, query: Query) -> str:
        """Which part of the list, in words."""
        page = self._page
        only = next((one.title for one in self._kind.narrowings if one.only == query.only), "")
        said = [only, *(page.filters.words(one) for one in query.filters)]
        if query.text:
            said.append(f"“{query.text}”")
        return " · ".join(filter(None, said))

    def _begun(self, path: Path, form: Form) -> ExportJob:
        kind, nouns, wish = self._kind, self._nouns, self._wish
        columns = [column for column in kind.columns if column.key in wish.columns]
        ordering = nouns.order(wish.query)
        places = [place for place in ordering.places if place in wish.chosen] if wish.chosen else ordering.places
        heads = () if wish.chosen else tuple(
            (kind.group_title(wish.query.group, group.key), group.count) for group in ordering.groups
        )  # fmt: skip
        unsent = () if wish.chosen else tuple(map(kind.line, nouns.unsent(ordering)))

        def cells(line: Line) -> tuple[str, ...]:
            return tuple(_written(line, column.key) for column in columns)

        def cells_of(some: Sequence[int]) -> list[tuple[str, ...]]:
            return [cells(kind.line(item)) for item in nouns.items(some).values()]

        rows = Rows(tuple(column.title for column in columns), tuple(map(cells, unsent)), places, heads)
        return ExportJob(path, form, rows, self._about(rows.count), cells_of)


def _written(line: Line, column: str) -> str:
    cell = line.cells[column]
    text = cell.written or cell.text
    return "" if text == NOTHING else text
