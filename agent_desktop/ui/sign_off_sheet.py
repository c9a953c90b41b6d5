"""Asks before somebody signs off with work that is open, or that the server has not got. Escape, or a click beside it,
stays.

Value: `ask(unsent, hope, still_open)`. Wish: `leave_wanted`.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.leaving import Hope
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.still_open import StillOpen
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label


class SignOffSheet(QFrame):
    leave_wanted = Signal()

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Popup)
        self._window = window
        px = look.px
        self.setProperty("role", "popover")
        self.setAccessibleName(self.tr("Sign off"))
        self.setFixedWidth(px(420))
        self._head = Label("name", "")
        self._lines = Label("body", "", wraps=True)
        self._words = Label("body", "", wraps=True)
        self.stay = Button(look, self.tr("Stay signed in"), kind="primary")
        self.leave = Button(look, self.tr("Sign off all the same"))
        self.stay.clicked.connect(self.hide)
        self.leave.clicked.connect(self._leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(18))
        column.setSpacing(px(10))
        column.addWidget(self._head)
        column.addWidget(self._lines)
        column.addWidget(self._words)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.stay)
        column.addLayout(buttons)

    def ask(self, unsent: int, hope: Hope, still_open: StillOpen) -> None:
        self._head.say(self.tr("Not sent yet: {count}").format(count=unsent) if unsent else self.tr("Still open"))
        self._lines.say("\n".join(still_open.lines))
        self._lines.setVisible(bool(still_open.lines))
        self._words.say(self._explain(hope) if unsent else self._comfort())
        self.leave.setVisible(not unsent or hope is not Hope.NONE)
        self.adjustSize()
        centre = self._window.mapToGlobal(self._window.rect().center())
        self.move(centre.x() - self.width() // 2, centre.y() - self.height() // 2)
        self.show()
        self.stay.setFocus()

    def _comfort(self) -> str:
        return self.tr("It is kept and waits for you here. Tell your lead what cannot wait until your next shift.")

    def _explain(self, hope: Hope) -> str:
        match hope:
            case Hope.SEALED:
                return self.tr(
                    "The server has not got these changes. They are kept, sealed for the server, and sent in your name "
                    "as soon as anybody is signed in at this seat."
                )
            case Hope.KEPT:
                return self.tr(
                    "The server has not got these changes. They are kept here, and sent when you sign in at this seat "
                    "again."
                )
            case Hope.NONE:
                return self.tr(
                    "The server has not got these changes, and this computer forgets them when you log off. "
                    "Stay signed in until they are sent; if that takes long, call your administrator."
                )

    def _leave(self) -> None:
        self.hide()
        self.leave_wanted.emit()
