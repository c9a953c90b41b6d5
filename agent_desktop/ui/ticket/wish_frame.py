"""What the forms for a deed have in common: a title, the rows that the deed asks for, what is missing, two buttons.

`wished(wish)` once nothing is missing; `left` with Escape or Cancel.
"""

from collections.abc import Callable, Collection, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.widgets.typing import TextLine


class WishFrame(QWidget):
    wished = Signal(object)
    left = Signal()

    def __init__(
        self, look: Look, rows: Mapping[str, QWidget], wish: Callable[[], object | str | None], button: str
    ) -> None:
        """`wish` reads the rows: a wish, words about what is missing, or None where there is nothing to wish for.
        `button` has the longest words that the button will show."""
        super().__init__()
        self._rows, self._wish = rows, wish
        self.title = Label("section")
        self.fault = Label("hint", "", "bad", wraps=True)
        self.keep = Button(look, button, "check", kind="primary", size="compact", tip="Ctrl+Enter")
        self.cancel = Button(look, self.tr("Cancel"), kind="ghost", size="compact", tip="Esc")
        self.keep.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.left)
        foot = QHBoxLayout()
        foot.addWidget(self.fault, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.title)
        for row in rows.values():
            column.addWidget(row)
            for line in row.findChildren(TextLine):
                line.returnPressed.connect(self.submit)
        column.addLayout(foot)

    def open(self, title: str, button: str, shown: Collection[str]) -> None:
        self.title.say(title)
        self.keep.wear("primary", "check", button)
        self.fault.say("")
        for name, row in self._rows.items():
            row.setVisible(name in shown)

    def submit(self) -> None:
        wish = self._wish()
        if isinstance(wish, str):
            self.fault.say(wish)
        elif wish is not None:
            self.wished.emit(wish)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
