"""A choice from a long list: type any part of a name, arrow keys and Return take it."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QSizePolicy


class Choice(QComboBox):
    """`picked` carries the id when the person has taken one; what does not match anything is put back."""

    picked = Signal(str)

    def __init__(self, name: str, prompt: str) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(14)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        edit = self.lineEdit()
        edit.setPlaceholderText(prompt)
        edit.setAccessibleName(name)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.activated.connect(self._take_text)
        completer.popup().setAccessibleName(name)
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
            self.lineEdit().selectAll()

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
