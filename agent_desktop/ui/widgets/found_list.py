"""What the search at the top found, under its field; the field keeps the focus and moves the choice by arrow keys."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.widgets.rows import Marks, Row
from agent_desktop.ui.widgets.rows_view import RowsView

MOST_ROWS = 12


class FoundKind(StrEnum):
    CUSTOMER = "customer"
    TICKET = "ticket"
    ARTICLE = "article"
    ANNOUNCEMENT = "announcement"


@dataclass(frozen=True, slots=True)
class Found:
    """`marks` and `detail_marks` are what was typed, in the title and in the detail."""

    kind: FoundKind
    id: str
    title: str
    detail: str = ""
    marks: Marks = ()
    detail_marks: Marks = ()


_ICONS = {
    FoundKind.CUSTOMER: "user",
    FoundKind.TICKET: "ticket",
    FoundKind.ARTICLE: "book",
    FoundKind.ANNOUNCEMENT: "megaphone",
}


class FoundList(QFrame):
    """Groups one below the other, each kind under its heading; the choice passes the headings."""

    chosen = Signal(object)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._found: tuple[Found, ...] = ()
        self._rows: list[Found | None] = []
        self.setProperty("role", "popover")
        self.hide()
        self._view = RowsView(look, self.tr("Search results"))
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.clicked.connect(self._clicked)
        self._nothing = Label("hint", "", wraps=True)
        self._nothing.setMargin(look.px(10))
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self._view)
        column.addWidget(self._nothing)

    @property
    def current(self) -> Found | None:
        row = self._view.currentIndex().row()
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def show_under(self, field: QWidget, found: tuple[Found, ...], *, is_all: bool = True) -> None:
        """More of the same keeps the choice that was made; something else begins at its first. `is_all` says whether
        every customer could be found."""
        is_more = bool(self._found) and found[: len(self._found)] == self._found
        kept = self.current if is_more else None
        self._found = found
        self._fill(found)
        self._view.setVisible(bool(found))
        self._nothing.setVisible(not found)
        self._nothing.say(
            self.tr("Nothing found. Try a number, a name or a ticket number.")
            if is_all
            else self.tr("Nothing found yet: customers are still being read in. Try again in a minute.")
        )
        if found:
            self._view.light(self._rows.index(kept or found[0]))
        self._stand_under(field)
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        if not (self.isVisible() and self._found):
            return
        row = (self._view.currentIndex().row() + by) % len(self._rows)
        if self._rows[row] is None:
            row = (row + by) % len(self._rows)
        self._view.light(row)
        if row <= 1:
            self._view.scrollToTop()

    def take(self) -> None:
        if self.isVisible() and self.current is not None:
            self.chosen.emit(self.current)

    def _fill(self, found: tuple[Found, ...]) -> None:
        rows: list[tuple[Found | None, Row]] = []
        for before, one in zip((None, *found), found, strict=False):
            if before is None or before.kind != one.kind:
                rows.append((None, Row(heading=self._heading(one.kind))))
            row = Row(one.title, one.detail, _ICONS[one.kind], marks=one.marks, detail_marks=one.detail_marks)
            rows.append((one, row))
        self._rows = [one for one, _ in rows]
        self._view.put([row for _, row in rows])

    def _heading(self, kind: FoundKind) -> str:
        words = {
            FoundKind.CUSTOMER: self.tr("Customers"),
            FoundKind.TICKET: self.tr("Tickets"),
            FoundKind.ARTICLE: self.tr("Knowledge"),
            FoundKind.ANNOUNCEMENT: self.tr("Announcements"),
        }
        return words[kind]

    def _stand_under(self, field: QWidget) -> None:
        px, window = self._look.px, field.window()
        self.setParent(window)
        at = field.mapTo(window, QPoint(0, field.height() + 4))
        shown = self._rows[:MOST_ROWS]
        height = sum(px(26) if row is None else px(46) for row in shown) + 14 if self._found else px(60)
        width = max(field.width(), px(460))
        left = max(0, min(at.x(), window.width() - width - px(12)))
        self.setGeometry(left, at.y(), width, min(height, window.height() - at.y() - px(12)))

    def _clicked(self, index: QModelIndex) -> None:
        found = self._rows[index.row()]
        if found is not None:
            self.chosen.emit(found)
