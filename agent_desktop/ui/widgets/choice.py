"""A choice from a long list: type any part of a name, arrow keys and Return take it."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QListView, QSizePolicy

from agent_desktop.ui.look import Look
from agent_desktop.ui.widgets.typing import TextLine


class Pick(QComboBox):
    """A choice from a few, with the arrow that the style sheet takes away."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = self._look.px(14)
        pixmap = self._look.pixmap("chevron-down", "sec", 14, self.devicePixelRatioF())
        QPainter(self).drawPixmap(self.width() - side - self._look.px(9), (self.height() - side) // 2, pixmap)


class Choice(Pick):
    """`picked` carries the id when the person has taken one; what does not match anything is put back."""

    picked = Signal(str)

    def __init__(self, look: Look, name: str, prompt: str) -> None:
        super().__init__(look)
        self._edit = TextLine(name, prompt)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(14)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.setLineEdit(self._edit)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.activated.connect(self._take_text)
        self.offered = QListView()
        self.offered.setAccessibleName(name)
        completer.setPopup(self.offered)
        self.setCompleter(completer)
        self.activated.connect(self._take)
        self.setCurrentIndex(-1)

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        """`options` are (id, name). The choice stays where its id is still offered."""
        kept = self.chosen
        with QSignalBlocker(self):
            self.clear()
            for id_, name in options:
                self.addItem(name, id_)
        self.choose(kept)

    @property
    def chosen(self) -> str:
        """The id of the choice; empty when there is none."""
        value = self.currentData()
        return value if isinstance(value, str) else ""

    def choose(self, id_: str) -> None:
        """Shows a choice without emitting."""
        with QSignalBlocker(self):
            row = self.findData(id_) if id_ else -1
            self.setCurrentIndex(row)
            if row < 0:
                self.clearEditText()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._edit.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        text = self.currentText().strip()
        row = self.findText(text, Qt.MatchFlag.MatchFixedString) if text else -1
        if row >= 0 and row != self.currentIndex():
            self._take(row)
        elif row < 0:
            self.choose(self.chosen)

    def _take_text(self, text: str) -> None:
        self._take(self.findText(text))

    def _take(self, row: int) -> None:
        if row >= 0:
            self.setCurrentIndex(row)
            self.picked.emit(self.chosen)
