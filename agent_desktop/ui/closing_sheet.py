"""Says what happens to a call and to unsent work when the window is closed. Escape, or a click beside it, stays.

Value: `ask(unsent, is_in_call)`. Wishes: `close_wanted`, `sign_off_wanted`.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label


class ClosingSheet(QFrame):
    close_wanted = Signal()
    sign_off_wanted = Signal()

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Popup)
        self._window = window
        px = look.px
        self.setProperty("role", "popover")
        self.setAccessibleName(self.tr("Close the window"))
        self.setFixedWidth(px(440))
        self._words = Label("body", "", wraps=True)
        self.close_it = Button(look, self.tr("Close the window"), kind="primary")
        self.sign_off = Button(look, self.tr("Sign off"))
        self.stay = Button(look, self.tr("Stay"))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(18))
        column.setSpacing(px(10))
        column.addWidget(Label("name", self.tr("Close the window?")))
        column.addWidget(self._words)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self.stay, self.sign_off, self.close_it):
            buttons.addWidget(button)
        column.addLayout(buttons)
        self.stay.clicked.connect(self.hide)
        self.close_it.clicked.connect(self._close)
        self.sign_off.clicked.connect(self._sign_off)

    def ask(self, unsent: int, *, is_in_call: bool) -> None:
        self._words.say(self._explain(unsent, is_in_call=is_in_call))
        self.sign_off.setVisible(not is_in_call)
        self.adjustSize()
        centre = self._window.mapToGlobal(self._window.rect().center())
        self.move(centre.x() - self.width() // 2, centre.y() - self.height() // 2)
        self.show()
        self.stay.setFocus()

    def _explain(self, unsent: int, *, is_in_call: bool) -> str:
        if is_in_call and unsent:
            words = self.tr(
                "Your call goes on without the window and is there when you open it again; changes that are not sent "
                "yet ({count}) are kept here and sent then, in your name."
            )
        elif is_in_call:
            words = self.tr("Your call goes on without the window, and is there when you open it again.")
        else:
            words = self.tr(
                "You stay signed in: changes that are not sent yet ({count}) are kept here, and sent when you open "
                "the window again."
            )
        return words.format(count=unsent)

    def _close(self) -> None:
        self.hide()
        self.close_wanted.emit()

    def _sign_off(self) -> None:
        self.hide()
        self.sign_off_wanted.emit()
