"""What a call came to, picked by a few keys: code, name, pinyin or its initials; the list below keeps off the focus.

Values: `offer(dispositions)`, `like(favourites, recent)`, `choose(id)`. Wishes: `picked(id)`,
`favourite_wanted(id, on)`; `passed` when Return goes on to what comes next.
"""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMoveEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.controls import Field
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.widgets.rows import Row
from agent_desktop.ui.widgets.rows_view import RowsView
from agent_desktop.wrap_up import Disposition, matching

ROW_PX, HEADING_PX, MOST_ROWS = 46, 26, 7
FAVOURITE_KEY = "*"


class DispositionField(Field):
    picked = Signal(str)
    favourite_wanted = Signal(str, bool)
    passed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, self.tr("Disposition"), self.tr("What did it come to?"), "flag", "Ctrl+E")
        self._offered: tuple[Disposition, ...] = ()
        self._favourites: tuple[str, ...] = ()
        self._recent: tuple[str, ...] = ()
        self.chosen = ""
        self.list = _OfferedList(look, self)
        self.textEdited.connect(lambda _: self._suggest())
        self.stepped.connect(self._step)
        self.entered.connect(self._enter)
        self.left.connect(self._leave)
        self.lost_focus.connect(self._settle)
        self.list.clicked.connect(self._take)

    def offer(self, offered: Sequence[Disposition]) -> None:
        """Those of the call's queue. The choice stays, also one that is offered no more."""
        if tuple(offered) != self._offered:
            self._offered = tuple(offered)
            if not self.hasFocus():
                self._show_chosen()
            elif self.list.isVisible():
                self._suggest()

    def like(self, favourites: Sequence[str], recent: Sequence[str]) -> None:
        self._favourites, self._recent = tuple(favourites), tuple(recent)
        if self.list.isVisible():
            self._suggest()

    def choose(self, id_: str) -> None:
        """Shows a choice without emitting."""
        self.chosen = id_
        if not self.hasFocus() or not self.list.isVisible():
            self._show_chosen()

    def pick(self, id_: str) -> None:
        """As if the person had picked it; nothing where it is not offered."""
        one = self.disposition(id_)
        if one is not None:
            self._take(one)

    def disposition(self, id_: str) -> Disposition | None:
        return next((one for one in self._offered if one.id == id_), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.list.current
        if event.text() == FAVOURITE_KEY and self.list.isVisible() and current is not None:
            self.favourite_wanted.emit(current.id, current.id not in self._favourites)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.selectAll()
            self._suggest()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.list.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._follow()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._follow()

    def _follow(self) -> None:
        if not self.list.isHidden():
            self.list.stand_under(self)

    @property
    def _typed(self) -> str:
        """Nothing while the field shows the choice as it is."""
        chosen = self.disposition(self.chosen)
        return "" if chosen is not None and self.text() == _title(chosen) else self.text()

    def _suggest(self) -> None:
        typed = self._typed
        found = matching(self._offered, typed, self._favourites, self._recent)
        self.list.show_under(self, found, self._favourites, self._recent, is_tree=not typed.strip())

    def _step(self, by: int) -> None:
        if self.list.isVisible():
            self.list.step(by)
        else:
            self._suggest()

    def _enter(self) -> None:
        """Takes what is lit: the likeliest for what was typed, else what the arrow keys went to."""
        current = self.list.current if self.list.isVisible() else None
        if current is not None:
            self._take(current)
        elif self._typed:
            return
        self.list.hide()
        self.passed.emit()

    def _take(self, one: Disposition) -> None:
        self.chosen = one.id
        self.list.hide()
        self._show_chosen()
        self.picked.emit(one.id)

    def _leave(self) -> None:
        self.list.hide()
        self._show_chosen()

    def _settle(self) -> None:
        """Whoever goes on has taken the only one that was left; what means several is put back."""
        self.list.hide()
        typed = self._typed.strip()
        found = matching(self._offered, typed, (), ()) if typed else ()
        if len(found) == 1:
            self._take(found[0])
        elif not self.text().strip() and self.chosen:
            self.chosen = ""
            self.picked.emit("")
        else:
            self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = self.disposition(self.chosen)
        self.setText("" if chosen is None else _title(chosen))
        self.setCursorPosition(0)
        self.setToolTip("" if chosen is None else _title(chosen))


class _OfferedList(QFrame):
    """Under the field, above what is below it."""

    clicked = Signal(object)

    def __init__(self, look: Look, field: QWidget) -> None:
        super().__init__(field)
        self._look = look
        self._rows: list[Disposition | None] = []
        self.setProperty("role", "popover")
        self._view = RowsView(look, self.tr("Dispositions"))
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.clicked.connect(self._clicked)
        self._nothing = Label("hint", self.tr("No disposition matches. Type less of it."), wraps=True)
        self._star = Label("hint", self.tr("* makes it a favourite"))
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(look.px(2))
        for widget in (self._view, self._nothing, self._star):
            column.addWidget(widget)
        for label in (self._nothing, self._star):
            label.setContentsMargins(look.px(8), look.px(2), look.px(8), look.px(2))
        self.hide()

    @property
    def current(self) -> Disposition | None:
        row = self._view.currentIndex().row()
        return self._rows[row] if 0 <= row < len(self._rows) else None

    @property
    def shown(self) -> tuple[str, ...]:
        """The ids from above to below."""
        return tuple(one.id for one in self._rows if one is not None)

    def show_under(
        self,
        field: QWidget,
        found: Sequence[Disposition],
        favourites: Sequence[str],
        recent: Sequence[str],
        *,
        is_tree: bool,
    ) -> None:
        kept = self.current if self.isVisible() and set(found) == {one for one in self._rows if one} else None
        self._fill(found, favourites, recent, is_tree=is_tree)
        self._view.setVisible(bool(found))
        self._star.setVisible(bool(found))
        self._nothing.setVisible(not found)
        lit = kept or (found[0] if found and not is_tree else None)
        self._view.light(self._rows.index(lit) if lit else -1)
        self.stand_under(field)
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        if not any(self._rows):
            return
        row = (self._view.currentIndex().row() + by) % len(self._rows)
        while self._rows[row] is None:
            row = (row + by) % len(self._rows)
        self._view.light(row)

    def _fill(
        self, found: Sequence[Disposition], favourites: Sequence[str], recent: Sequence[str], *, is_tree: bool
    ) -> None:
        rows: list[tuple[Disposition | None, Row]] = []
        heading = ""
        for one in found:
            words = self._heading(one, favourites, recent) if is_tree else ""
            if words != heading:
                heading = words
                rows.append((None, Row(heading=words)))
            icon = "star" if one.id in favourites else "clock" if one.id in recent else "flag"
            rows.append((one, Row(one.name, one.branch, icon, at_right=one.short)))
        self._rows = [one for one, _ in rows]
        self._view.put([row for _, row in rows])

    def _heading(self, one: Disposition, favourites: Sequence[str], recent: Sequence[str]) -> str:
        if one.id in favourites:
            return self.tr("Favourites")
        return self.tr("Used lately") if one.id in recent else self.tr("All")

    def stand_under(self, field: QWidget) -> None:
        px, window = self._look.px, field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        at = field.mapTo(window, QPoint(0, field.height() + 4))
        shown = self._rows[:MOST_ROWS]
        rows = sum(px(HEADING_PX if row is None else ROW_PX) for row in shown)
        height = rows + px(34) if self._rows else px(44)
        self.setGeometry(at.x(), at.y(), field.width(), min(height, window.height() - at.y() - px(12)))

    def _clicked(self, index: QModelIndex) -> None:
        one = self._rows[index.row()]
        if one is not None:
            self.clicked.emit(one)


def _title(one: Disposition) -> str:
    return f"{one.name} · {one.branch}" if one.branch else one.name
