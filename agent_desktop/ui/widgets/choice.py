"""A choice from a long list: type any part of a name, arrow keys and Return take it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QListView, QSizePolicy, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.typing import TextLine


def paint_arrow(field: QWidget, look: Look) -> None:
    """At the right of a field that opens something beneath it."""
    side = look.px(14)
    pixmap = look.pixmap("chevron-down", "sec", 14, field.devicePixelRatioF())
    QPainter(field).drawPixmap(field.width() - side - look.px(9), (field.height() - side) // 2, pixmap)


class Pick(QComboBox):
    """A choice from a few, with the arrow that the style sheet takes away."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_arrow(self, self._look)


class Choice(Pick):
    """`picked` carries the id when the person has taken one. Return takes the first that matches what is typed, leaving
    the field the only one; what matches nothing, or several, is put back."""

    picked = Signal(str)

    def __init__(self, look: Look, name: str, prompt: str) -> None:
        super().__init__(look)
        self._edit = TextLine(name, prompt)
        self._awaited = ""
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
        self.offered.installEventFilter(self)
        self.activated.connect(self._take)
        self._edit.returnPressed.connect(self._take_first)
        self._edit.editingFinished.connect(self._settle)
        self.setCurrentIndex(-1)

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        """`options` are (id, name). The choice stays where its id is still offered, and outlives a time without any.
        The same once more changes nothing, so that half a name that is being typed stays."""
        if [(self.itemData(row), self.itemText(row)) for row in range(self.count())] == list(options):
            return
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
        return value if isinstance(value, str) else self._awaited

    def choose(self, id_: str) -> None:
        """Shows a choice without emitting."""
        with QSignalBlocker(self):
            row = self.findData(id_) if id_ else -1
            self._awaited = "" if self.count() else id_
            self.setCurrentIndex(row)
            if row < 0:
                self.clearEditText()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._edit.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab goes on at once, where Qt's list of names would only close itself."""
        is_tab = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Tab
        if watched is self.offered and is_tab and not self.offered.currentIndex().isValid():
            self.offered.hide()
            self.focusNextChild()
            return True
        return super().eventFilter(watched, event)

    def _settle(self) -> None:
        rows = self._matching()
        if len(rows) == 1 and rows[0] != self.currentIndex():
            self._take(rows[0])
        elif len(rows) != 1:
            self.choose(self.chosen)

    def _matching(self) -> list[int]:
        """The rows that what is typed may mean: the one of that name, or all that contain it."""
        text = self._edit.text().strip().casefold()
        names = [self.itemText(row).casefold() for row in range(self.count())]
        if text in names:
            return [names.index(text)]
        return [row for row, name in enumerate(names) if text and text in name]

    def _take_first(self) -> None:
        rows = self._matching()
        if rows and (len(rows) > 1 or rows[0] != self.currentIndex()):
            self._take(rows[0])

    def _take_text(self, text: str) -> None:
        self._take(self.findText(text))

    def _take(self, row: int) -> None:
        if row >= 0:
            self.setCurrentIndex(row)
            self.picked.emit(self.chosen)


class Named(Choice):
    """A choice that is kept as written: what nobody is called stays as it was typed, and is `said` so."""

    changed = Signal()

    def __init__(self, look: Look, name: str, prompt: str) -> None:
        super().__init__(look, name, prompt)
        self.editTextChanged.connect(lambda _: self.changed.emit())

    @property
    def said(self) -> str:
        """The id of what was taken, else what was typed."""
        text, row = self._edit.text().strip(), self.currentIndex()
        is_taken = row >= 0 and self.itemText(row).strip() == text
        return self.chosen if is_taken or not (text or self.count()) else text

    def say(self, said: str) -> None:
        """Shows it without emitting."""
        with QSignalBlocker(self):
            self.choose(said)
            if said and self.currentIndex() < 0:
                self._edit.setText(said)

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        said = self.said
        super().offer(options)
        self.say(said)

    def offer_others(self, options: Sequence[tuple[str, str]]) -> None:
        """Of another kind: what was taken of those before is no choice any more, what was typed may be."""
        said = self.said
        taken = said if self.findData(said) >= 0 else ""
        self.offer(options)
        if taken and self.findData(taken) < 0:
            self.say("")

    def _settle(self) -> None:
        rows = self._matching()
        if len(rows) == 1 and rows[0] != self.currentIndex():
            self._take(rows[0])
