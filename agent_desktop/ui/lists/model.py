"""A list of any length whose lines come by the window: what is on the screen is asked for, the rest is a number.

A line that stood there before the list was ordered anew stands there until its window has come.
"""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Mapping, Sequence, Set
from itertools import accumulate
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, QTimer, Signal

from agent_desktop.ui.lists.columns import Column, Head, Line
from agent_desktop.ui.widgets.rows import Index, row_role

WINDOW: Final = 100
WINDOWS_KEPT: Final = 40
RISING, FALLING = "↑", "↓"
ASKED_AT_ONCE: Final = 3
"""Of those that were passed on the way here, the others are no longer wanted."""


class ListModel(QAbstractTableModel):
    """`window_wanted(number, places)` is answered by `put_window`. Rows without a line yet are empty."""

    window_wanted = Signal(int, object)

    def __init__(self) -> None:
        super().__init__()
        self.columns: tuple[Column, ...] = ()
        self._sorted_by, self._order = "", RISING
        self._unsent: tuple[Line, ...] = ()
        self.places: Sequence[int] = ()
        self._chosen: Set[int] = frozenset()
        self._heads: tuple[Head, ...] = ()
        self._starts: list[int] = []
        self._windows: OrderedDict[int, Mapping[int, Line]] = OrderedDict()
        self._before: Mapping[int, Line] = {}
        self._asked: dict[int, None] = {}
        self._wanted: dict[int, None] = {}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._ask)

    def show_columns(self, columns: tuple[Column, ...]) -> None:
        self.beginResetModel()
        self.columns = columns
        self.endResetModel()

    def show_sorted(self, by: str, *, is_descending: bool) -> None:
        """An arrow stands beside the title of that column: at its far edge it would seem to be the next one's."""
        self._sorted_by, self._order = by, FALLING if is_descending else RISING
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(0, len(self.columns) - 1))

    def show_chosen(self, places: Set[int], row: int) -> None:
        """For who has it read to them; `row` is where they are."""
        self._chosen = places
        if row >= 0:
            first = self.index(row, 0)
            self.dataChanged.emit(first, first, [Qt.ItemDataRole.CheckStateRole])

    def show_order(self, places: Sequence[int], unsent: tuple[Line, ...] = (), heads: tuple[Head, ...] = ()) -> None:
        """Other rows, or the same in another order; `heads` over so many of `places` as each counts."""
        self.beginResetModel()
        self._unsent, self.places, self._heads = unsent, places, heads
        firsts = accumulate((head.count + 1 for head in heads[:-1]), initial=len(unsent))
        self._starts = list(firsts) if heads else []
        self._before = {place: line for lines in self._windows.values() for place, line in lines.items()}
        self._windows.clear()
        self._asked.clear()
        self._wanted.clear()
        self.endResetModel()

    def show_rest(self, places: Sequence[int]) -> bool:
        """The whole of what `show_order` began; false when it begins otherwise."""
        before = len(self.places)
        if self._heads or list(places[:before]) != list(self.places):
            return False
        if len(places) > before:
            self.beginInsertRows(QModelIndex(), self.rowCount(), self.rowCount() + len(places) - before - 1)
            self.places = places
            self.endInsertRows()
        return True

    def put_window(self, number: int, places: Sequence[int], lines: Mapping[int, Line]) -> None:
        """Nothing happens when the order is another one by now."""
        first = number * WINDOW
        if list(self.places[first : first + WINDOW]) != list(places):
            return
        self._asked.pop(number, None)
        self._windows[number] = lines
        while len(self._windows) > WINDOWS_KEPT:
            self._windows.popitem(last=False)
        top, bottom = self._row_of(first), self._row_of(first + len(places) - 1)
        self.dataChanged.emit(self.index(top, 0), self.index(bottom, self.columnCount() - 1))

    def entry(self, row: int) -> Line | Head | None:
        """None for a line that has not come yet."""
        if row < len(self._unsent):
            return self._unsent[row]
        group, position = self._position(row)
        return self._line(position) if position >= 0 else self._heads[group]

    def place(self, row: int) -> int | None:
        """What stands in this row, whatever the order; None for the rows that have no place."""
        position = self._position(row)[1] if row >= len(self._unsent) else -1
        return self.places[position] if 0 <= position < len(self.places) else None

    def row_with(self, place: int) -> int | None:
        """Where it stands in this order, if it does."""
        try:
            return self._row_of(self.places.index(place))
        except ValueError:
            return None

    def _position(self, row: int) -> tuple[int, int]:
        """The group, and the position among all places; -1 for the head of the group."""
        position = row - len(self._unsent)
        if not self._heads:
            return 0, position
        group = bisect_right(self._starts, row) - 1
        return group, -1 if self._starts[group] == row else position - group - 1

    def _line(self, position: int) -> Line | None:
        if not 0 <= position < len(self.places):
            return None
        number = position // WINDOW
        if number not in self._windows:
            if number not in self._asked:
                self._wanted.pop(number, None)
                self._wanted[number] = None
                self._soon.start(0)
            return self._before.get(self.places[position])
        return self._windows[number].get(self.places[position])

    def _ask(self) -> None:
        wanted, self._wanted = list(self._wanted)[-ASKED_AT_ONCE:], {}
        for number in wanted:
            self._asked[number] = None
            self.window_wanted.emit(number, list(self.places[number * WINDOW : (number + 1) * WINDOW]))
        for old in list(self._asked)[:-WINDOWS_KEPT]:
            del self._asked[old]

    def _row_of(self, position: int) -> int:
        row = position + len(self._unsent)
        if not self._heads:
            return row
        passed = 0
        for n, head in enumerate(self._heads):
            passed += head.count
            if position < passed:
                return row + n + 1
        return row + len(self._heads)

    # ---- what Qt asks -------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._unsent) + len(self.places) + len(self._heads)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == row_role():
            return self.entry(index.row())
        if role == Qt.ItemDataRole.CheckStateRole and self._chosen and index.column() == 0:
            is_chosen = self.place(index.row()) in self._chosen
            return Qt.CheckState.Checked if is_chosen else Qt.CheckState.Unchecked
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        entry = self.entry(index.row())
        if isinstance(entry, Head):
            return entry.title if index.column() == 0 else ""
        return entry.cells[self.columns[index.column()].key].text if entry else ""

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # fmt: skip
        is_title = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        if not is_title or section >= len(self.columns):
            return None
        column = self.columns[section]
        return f"{column.title} {self._order}" if column.sort and column.sort == self._sorted_by else column.title

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.entry(index.row()), Head):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
