"""A small list beneath the cursor of a place to type, which keeps the keyboard: "/" at the start of a word opens it.

`show_rows` gives it rows for what is typed. Wishes: `asked(typed)` while something is typed for it, `taken(key)` on
Enter.
While an input method composes, nothing of this happens.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.widgets.rows import Row
from agent_desktop.ui.widgets.rows_view import RowsView
from agent_desktop.ui.widgets.spoken import announce
from agent_desktop.ui.widgets.typing import TextArea

MOST_ROWS: Final = 6
WIDTH_PX: Final = 340
ROW_PX: Final = 46
_OPENED: Final = re.compile(r"(?:^|[\s，。；：！？（“])(/)([^\s/]{0,20})$|(?:^|\s)(、)([^\s/、]{0,20})$")
"""A Chinese input method writes 、 where the slash is."""
_STEPS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_TAKES: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})


@dataclass(frozen=True, slots=True)
class TextRow:
    """One text of the list: `code` is what is typed for it."""

    key: str
    title: str
    detail: str = ""
    code: str = ""


class TextList(QObject):
    """Of one place to type. What was typed for it is replaced by `insert`, as one step that can be undone."""

    asked = Signal(str)
    taken = Signal(str)

    def __init__(self, look: Look, area: TextArea) -> None:
        super().__init__(area)
        self.area = area
        self.list = _List(look, area)
        self.list.clicked.connect(self._take)
        self._start: int | None = None
        self._left_at: int | None = None
        self._by_key: int | None = None
        self._is_composing = False
        self._is_inserting = False
        area.installEventFilter(self)
        area.textChanged.connect(self._typed)
        area.cursorPositionChanged.connect(self._moved)

    def open(self) -> None:
        """By its key: what is typed from here on is for the list."""
        if not self._is_composing and not self.area.isReadOnly():
            self._by_key = self.area.textCursor().position()
            self._left_at = None
            self._typed()

    def show_rows(self, rows: Sequence[TextRow]) -> None:
        """For what was asked last; nothing closes the list."""
        if self._start is None or not rows:
            self.list.hide()
            return
        self.list.show_at(self.area, rows)

    def insert(self, text: str, still_open: str = "") -> None:
        """In place of what was typed; `still_open` is marked there, to be written over."""
        start = self._start
        cursor = self.area.textCursor()
        self._is_inserting = True
        if start is not None:
            cursor.setPosition(start, QTextCursor.MoveMode.KeepAnchor)
        begins = cursor.selectionStart()
        cursor.insertText(text)
        self._is_inserting = False
        at = text.find(still_open) if still_open else -1
        if at >= 0:
            cursor.setPosition(begins + _signs(text[:at]))
            cursor.setPosition(begins + _signs(text[: at + len(still_open)]), QTextCursor.MoveMode.KeepAnchor)
        self.area.setTextCursor(cursor)
        self._end()

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self._is_composing = bool(event.preeditString())
        elif kind in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self._is_composing = False
            self._end()
        elif isinstance(event, QKeyEvent) and self.list.isVisible() and not self._is_composing:
            if kind == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
            return kind == QEvent.Type.KeyPress and self._pressed(event)
        return False

    def _pressed(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.list.step(_STEPS[key])
        elif key in _TAKES:
            self._take(self.list.current)
        elif key == Qt.Key.Key_Escape:
            self._left_at = self._start
            self._by_key = None
            self.list.hide()
        else:
            return False
        return True

    def _take(self, key: str) -> None:
        self.list.hide()
        self.taken.emit(key)

    def _moved(self) -> None:
        if self._start is not None and not self._is_inserting:
            self._typed()

    def _typed(self) -> None:
        if self._is_inserting or self._is_composing or not self.area.hasFocus():
            return
        begun = self._begun()
        if begun is None:
            self._end()
            return
        self._start, typed = begun
        if self._start != self._left_at:
            self._left_at = None
            self.asked.emit(typed)

    def _begun(self) -> tuple[int, str] | None:
        """Where it begins, and what is typed for it so far."""
        cursor = self.area.textCursor()
        if cursor.hasSelection():
            return None
        block, at = cursor.block(), cursor.positionInBlock()
        before = block.text()
        if self._by_key is not None:
            typed = before[self._by_key - block.position() : at] if block.position() <= self._by_key else " "
            is_open = self._by_key <= cursor.position() and not any(sign.isspace() for sign in typed)
            return (self._by_key, typed.lstrip("/")) if is_open else None
        # Positions of Qt's texts count UTF-16; a sign beyond would shift what stands behind it.
        before = before.encode("utf-16-le")[: at * 2].decode("utf-16-le", "ignore")
        found = _OPENED.search(before)
        if found is None:
            return None
        slash, typed = (found[1], found[2]) if found[1] else (found[3], found[4])
        return cursor.position() - _signs(typed) - _signs(slash), typed

    def _end(self) -> None:
        self._start = self._by_key = self._left_at = None
        self.list.hide()


def _signs(text: str) -> int:
    """As Qt counts them."""
    return len(text.encode("utf-16-le")) // 2


class _List(QFrame):
    clicked = Signal(str)

    def __init__(self, look: Look, area: QWidget) -> None:
        super().__init__(area)
        self._look = look
        self._rows: tuple[TextRow, ...] = ()
        self.setProperty("role", "popover")
        self._view = RowsView(look, self.tr("Texts"))
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.clicked.connect(lambda index: self.clicked.emit(self._rows[index.row()].key))
        hint = Label("hint", self.tr("Enter inserts, Escape leaves what is typed"), wraps=True)
        hint.setContentsMargins(look.px(8), look.px(2), look.px(8), look.px(2))
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(look.px(2))
        column.addWidget(self._view)
        column.addWidget(hint)
        self.hide()

    @property
    def current(self) -> str:
        return self._rows[self._view.currentIndex().row()].key

    @property
    def shown(self) -> tuple[str, ...]:
        """The keys from above to below."""
        return tuple(row.key for row in self._rows)

    def show_at(self, area: TextArea, rows: Sequence[TextRow]) -> None:
        is_same = tuple(rows) == self._rows and self.isVisible()
        if not is_same:
            self._rows = tuple(rows)
            self._view.put([Row(row.title, row.detail, "note", at_right=row.code) for row in rows])
            self._view.light(0)
        self._stand_at(area)
        self.show()
        self.raise_()
        if not is_same:
            announce(area, self._rows[0].title)

    def step(self, by: int) -> None:
        row = (self._view.currentIndex().row() + by) % len(self._rows)
        self._view.light(row)
        announce(self._view, self._rows[row].title)

    def _stand_at(self, area: TextArea) -> None:
        """Beneath the cursor; above it where there is more room."""
        px, window = self._look.px, area.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        line = area.cursorRect()
        below = area.viewport().mapTo(window, QPoint(line.left(), line.bottom() + px(4)))
        above = below.y() - line.height() - px(8)
        width = min(px(WIDTH_PX), window.width() - px(16))
        height = px(ROW_PX) * min(len(self._rows), MOST_ROWS) + px(38)
        room = window.height() - below.y() - px(8)
        is_above = room < height and above > room
        height = min(height, above if is_above else room)
        top = above - height if is_above else below.y()
        self.setGeometry(min(below.x(), window.width() - width - px(8)), top, width, height)
