"""Stands where customers and what is written about them were while nobody sat here; the password brings them back.

Values: `ask()`, `show_trouble(words)`. Wishes: `unlock_wanted(password)`, `sign_in_wanted`.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Glyph, Label, set_property
from agent_desktop.ui.widgets.spoken import announce
from agent_desktop.ui.widgets.typing import TextLine


class Lock(QFrame):
    unlock_wanted = Signal(str)
    sign_in_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("ground", "canvas")
        self.setAccessibleName(self.tr("Locked"))
        width = look.px(420)
        words = Label("body", "", wraps=True)
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._words = words
        self.password = TextLine(self.tr("Password"), self.tr("Password"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setFixedWidth(width)
        self.trouble = Label("body", "", "bad", wraps=True)
        self.trouble.hide()
        self._width = width
        self.unlock = Button(look, self.tr("Unlock"), kind="primary")
        self.sign_in = Button(look, self.tr("Sign in anew"))
        self.unlock.clicked.connect(self._press)
        self.password.returnPressed.connect(self._press)
        self.password.textChanged.connect(self._weigh)
        self.sign_in.clicked.connect(self.sign_in_wanted)
        buttons = QHBoxLayout()
        buttons.setSpacing(look.px(8))
        buttons.addStretch(1)
        buttons.addWidget(self.sign_in)
        buttons.addWidget(self.unlock)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(look.px(12))
        column.addStretch(1)
        head = Label("name", self.tr("Locked"))
        for widget in (Glyph(look, "lock", "warn", 40), head, words, self.password, self.trouble):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(buttons)
        column.addStretch(2)
        self.offer_password(is_there=True)

    def offer_password(self, *, is_there: bool) -> None:
        """Who came in through the organisation's sign-on has none here, and signs in anew."""
        self._said = self.tr(
            "Nobody touched this workstation for a while, or you locked it. Calls ring and can be answered, your state "
            "stays, and what you wrote is kept. Your password shows everything again."
        )
        if not is_there:
            self._said = self.tr(
                "Nobody touched this workstation for a while, or you locked it. Calls ring and can be answered, your "
                "state stays, and what you wrote is kept. Sign in anew, and everything is shown again."
            )
        self._words.say_within(self._width, self._said)
        self.password.setVisible(is_there)
        self.unlock.setVisible(is_there)
        set_property(self.sign_in, "kind", "plain" if is_there else "primary")
        self._weigh()

    def ask(self) -> None:
        """From the beginning."""
        self.password.clear()
        self.trouble.hide()
        self.be_busy(is_busy=False)
        announce(self, self._said)
        (self.sign_in if self.password.isHidden() else self.password).setFocus()

    def be_busy(self, *, is_busy: bool) -> None:
        self.password.setReadOnly(is_busy)
        self._weigh()

    def show_trouble(self, words: str) -> None:
        """The password is marked, so that typing replaces it."""
        self.be_busy(is_busy=False)
        self.trouble.say_within(self._width, words)
        self.trouble.show()
        announce(self, words)
        self.password.setFocus()
        self.password.selectAll()

    def _weigh(self) -> None:
        is_possible = bool(self.password.text()) and not self.password.isReadOnly()
        self.unlock.offer(is_possible=is_possible, why_not=self.tr("Your password is needed."))

    def _press(self) -> None:
        if self.unlock.isEnabled():
            self.be_busy(is_busy=True)
            self.unlock_wanted.emit(self.password.text())
