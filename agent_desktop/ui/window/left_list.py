"""The list at the left: my queues, what is open and what is due, calls of today, speed dial, at its foot my figures.

Values: `show_queues`, `show_open`, `show_due`, `show_calls`, `show_day`, `tick`. Wishes: `item_chosen(key)`,
`item_closed(key)`, `due_chosen(key)`, `call_chosen(CallLine)`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QKeyEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.parts import Rule
from agent_desktop.ui.widgets.rows import Row, RowDelegate, row_role
from agent_desktop.ui.window.day_foot import DayFigures, DayFoot
from agent_desktop.ui.window.queue_table import QueueLine, QueueTable
from agent_desktop.ui.window.speed_dial import SpeedDial


class ItemKind(StrEnum):
    CALL = "call"
    RINGING = "ringing"
    CUSTOMER = "customer"
    TICKET = "ticket"


@dataclass(frozen=True, slots=True)
class OpenItem:
    """Something the agent has open. `since` runs as a timer (a call); `word` stands there instead (after-call work)."""

    key: str
    kind: ItemKind
    title: str
    detail: str = ""
    since: datetime | None = None
    word: str = ""
    is_unread: bool = False


@dataclass(frozen=True, slots=True)
class DueLine:
    """A callback or the like that is due next; `token` colours when."""

    key: str
    icon: str
    title: str
    detail: str
    when: str
    token: str = "muted"


class CallLineKind(StrEnum):
    IN = "in"
    OUT = "out"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class CallLine:
    """A call of today. `number` is E.164 for calling back, `title` a name or the masked number."""

    key: str
    kind: CallLineKind
    title: str
    detail: str
    at: datetime
    number: str = ""
    customer_id: str | None = None


_CALL_ICONS = {
    CallLineKind.IN: ("phone-in", "muted"),
    CallLineKind.OUT: ("phone-out", "muted"),
    CallLineKind.MISSED: ("phone-missed", "bad"),
}
_ITEM_ICONS = {
    ItemKind.CALL: ("phone-call", "accent_text"),
    ItemKind.RINGING: ("phone-in", "ok"),
    ItemKind.CUSTOMER: ("user", "muted"),
    ItemKind.TICKET: ("ticket", "muted"),
}


class LeftList(QFrame):
    item_chosen = Signal(str)
    item_closed = Signal(str)
    call_chosen = Signal(object)
    due_chosen = Signal(str)

    def __init__(self, look: Look, formats: Formats, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._look, self._formats, self._clock = look, formats, clock
        self._open: tuple[OpenItem, ...] = ()
        self._calls: tuple[CallLine, ...] = ()
        self._due: tuple[DueLine, ...] = ()
        self._due_count = 0
        self._current = ""
        self.setProperty("ground", "surface")
        self.setProperty("edge", "right")
        self.setAccessibleName(self.tr("Queues and open items"))
        self.queues = QueueTable(look, formats)
        self.view = _Rows(look)
        self.view.setAccessibleName(self.tr("Open items and calls of today"))
        self.view.taken.connect(self._take)
        self.view.put_away.connect(self._put_away)
        self.speed_dial = SpeedDial(look)
        self._figures = DayFoot(look, formats)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.queues)
        column.addWidget(Rule())
        around = QVBoxLayout()
        around.setContentsMargins(look.px(8), look.px(6), look.px(7), 0)
        around.addWidget(self.view)
        column.addLayout(around, 1)
        column.addWidget(Rule())
        column.addWidget(self.speed_dial)
        column.addWidget(Rule())
        column.addWidget(self._figures)
        self._rewrite()

    def show_queues(self, queues: tuple[QueueLine, ...]) -> None:
        self.queues.show_queues(queues)

    def show_open(self, items: tuple[OpenItem, ...], current: str = "") -> None:
        """`current` is the key of the item in the centre. Nothing here takes the focus."""
        self._open, self._current = items, current
        self._rewrite()

    def show_calls(self, calls: tuple[CallLine, ...]) -> None:
        self._calls = calls
        self._rewrite()

    def show_due(self, lines: tuple[DueLine, ...], count: int) -> None:
        """The next few of `count` that are due today or late."""
        if (lines, count) != (self._due, self._due_count):
            self._due, self._due_count = lines, count
            self._rewrite()

    def show_day(self, day: DayFigures) -> None:
        self._figures.show_day(day)

    def choose_nth(self, n: int) -> None:
        """The nth open item from the top, 1..9; nothing when there are fewer."""
        if 1 <= n <= len(self._open):
            self.item_chosen.emit(self._open[n - 1].key)

    def close_current(self) -> None:
        if any(item.key == self._current for item in self._open):
            self.item_closed.emit(self._current)

    def tick(self, now: datetime) -> None:
        model = self.view.standing
        for n, item in enumerate(self._open):
            if item.since is not None:
                model.item(n + 1).setData(self._item_row(n, item, now), row_role())

    def _rewrite(self) -> None:
        entries: list[Row] = [Row(heading=self.tr("Open"))]
        now = self._clock()
        entries += [self._item_row(n, item, now) for n, item in enumerate(self._open)]
        if not self._open:
            entries.append(Row(title="", detail=self.tr("Nothing is open. Callers appear here."), icon="phone"))
        if self._due:
            entries.append(Row(heading=self.tr("Due next: {count}").format(count=self._due_count)))
            entries += [
                Row(line.title, line.detail, line.icon, line.token, line.when, line.token) for line in self._due
            ]
        entries.append(Row(heading=self.tr("Calls today: {calls}").format(calls=len(self._calls))))
        entries += [self._call_row(line) for line in self._calls]
        chosen = next((n + 1 for n, item in enumerate(self._open) if item.key == self._current), -1)
        self.view.show_rows(entries, chosen)

    def _item_row(self, n: int, item: OpenItem, now: datetime) -> Row:
        icon, token = _ITEM_ICONS[item.kind]
        word, right_token = item.word, "accent_text"
        if item.kind is ItemKind.RINGING:
            word, right_token = item.word or self.tr("Ringing"), "ok"
        elif item.since is not None:
            word = self._formats.duration((now - item.since).total_seconds())
        is_current = item.key == self._current
        keys = f"Ctrl {n + 1}" if not word and not is_current and n < 9 else ""
        return Row(
            title=item.title,
            detail=item.detail,
            icon=icon,
            icon_token="accent_text" if is_current and item.kind is not ItemKind.RINGING else token,
            at_right=word,
            right_token=right_token,
            keys=keys,
            is_unread=item.is_unread,
            is_ringing=item.kind is ItemKind.RINGING,
        )

    def _call_row(self, line: CallLine) -> Row:
        icon, token = _CALL_ICONS[line.kind]
        return Row(
            title=line.title,
            detail=line.detail,
            icon=icon,
            icon_token=token,
            at_right=self._formats.clock(line.at),
            right_token="bad" if line.kind is CallLineKind.MISSED else "muted",
        )

    def _take(self, row: int) -> None:
        if 1 <= row <= len(self._open):
            self.item_chosen.emit(self._open[row - 1].key)
        first_due = max(1, len(self._open)) + 2
        first_call = first_due + (len(self._due) + 1 if self._due else 0)
        if row >= first_call:
            self.call_chosen.emit(self._calls[row - first_call])
        elif row >= first_due and self._due:
            self.due_chosen.emit(self._due[row - first_due].key)

    def _put_away(self, row: int) -> None:
        if 1 <= row <= len(self._open):
            self.item_closed.emit(self._open[row - 1].key)


class _Rows(QListView):
    """The rows. Return or a click takes one, Delete puts an open item away."""

    taken = Signal(int)
    put_away = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.standing = QStandardItemModel(self)
        self.setModel(self.standing)
        self.setItemDelegate(RowDelegate(look, self))
        self.setMouseTracking(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(lambda index: self.taken.emit(index.row()))

    def show_rows(self, entries: list[Row], chosen: int) -> None:
        model = self.standing
        model.setRowCount(len(entries))
        for n, row in enumerate(entries):
            item: QStandardItem | None = model.item(n)
            if item is None:
                item = QStandardItem()
                model.setItem(n, item)
            if item.data(row_role()) != row:
                item.setData(row, row_role())
                item.setText(row.heading or row.title)
                item.setData(_spoken(row), Qt.ItemDataRole.AccessibleTextRole)
                is_line = bool(row.title)
                item.setFlags(
                    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if is_line else Qt.ItemFlag.NoItemFlags
                )
        self.scheduleDelayedItemsLayout()
        index = model.index(chosen, 0) if chosen >= 0 else QModelIndex()
        if index != self.currentIndex():
            self.setCurrentIndex(index)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.taken.emit(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_Delete:
            self.put_away.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


def _spoken(row: Row) -> str:
    return ", ".join(part for part in (row.heading, row.title, row.detail, row.at_right) if part)


__all__ = ["CallLine", "CallLineKind", "DayFigures", "DueLine", "ItemKind", "LeftList", "OpenItem", "QueueLine"]
