"""Stands where the customers were while nobody may see them: why, and what to do.

Value: `show_reason(head, words, can_sign_in)`. Wish: `sign_in_wanted`.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Glyph, Label
from agent_desktop.ui.widgets.spoken import announce


class Cover(QFrame):
    sign_in_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("ground", "canvas")
        self.setAccessibleName(self.tr("Customers are locked"))
        self.head = Label("name", "")
        self.words = Label("body", "", wraps=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._width = look.px(420)
        self.sign_in = Button(look, self.tr("Sign in"), kind="primary")
        self.sign_in.clicked.connect(self.sign_in_wanted)
        column = QVBoxLayout(self)
        column.setSpacing(look.px(12))
        column.addStretch(1)
        for widget in (Glyph(look, "lock", "warn", 40), self.head, self.words, self.sign_in):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    def show_reason(self, head: str, words: str, *, can_sign_in: bool) -> None:
        if words != self.words.full_text or self.isHidden():
            announce(self, words)
        self.head.say(head)
        self.words.say_within(self._width, words)
        self.sign_in.setVisible(can_sign_in)
        self.show()
