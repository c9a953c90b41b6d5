"""The sign-in window: server, name, password; errors as sentences inside it.

Values: `show_known(server, login)`, `show_busy(busy)`, `show_error(words)`. Wish: `sign_in_wanted(SignIn)`.
"""

from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from agent_desktop.ui.look import Look
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Glyph, Label
from agent_desktop.ui.widgets.typing import TextLine


@dataclass(frozen=True, slots=True)
class SignIn:
    server: str
    login: str
    password: str = field(repr=False)


class SignInWindow(QWidget):
    sign_in_wanted = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("ground", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(self.tr("Sign in · Agent Desktop"))
        self.resize(look.px(460), look.px(520))
        self.server = TextLine(self.tr("Server"), "https://")
        self.login = TextLine(self.tr("Name"))
        self.password = TextLine(self.tr("Password"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.go = Button(look, self.tr("Sign in"), kind="primary")
        self._error = Label("body", "", "bad", wraps=True)
        self._error_row = QFrame()
        self._error_row.setProperty("role", "band")
        self._error_row.setProperty("tone", "bad")
        in_error = QHBoxLayout(self._error_row)
        in_error.setContentsMargins(look.px(12), look.px(8), look.px(12), look.px(8))
        in_error.addWidget(Glyph(look, "warning", "bad", 18))
        in_error.addWidget(self._error, 1)
        self._error_row.hide()
        self._lay_out(look)
        self.go.clicked.connect(self._sign_in)
        for line in (self.server, self.login, self.password):
            line.returnPressed.connect(self._sign_in)
            line.textChanged.connect(self._weigh)
        self._weigh()

    def _lay_out(self, look: Look) -> None:
        px = look.px
        card = QFrame()
        card.setProperty("role", "card")
        card.setFixedWidth(px(380))
        column = QVBoxLayout(card)
        column.setContentsMargins(px(28), px(26), px(28), px(28))
        column.setSpacing(px(6))
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(Glyph(look, "mark", "accent_text", 28))
        head.addWidget(Label("name", self.tr("Agent Desktop")))
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(Label("meta", self.tr("Sign in to take calls.")))
        column.addSpacing(px(10))
        for words, line in (
            (self.tr("Server"), self.server),
            (self.tr("Name"), self.login),
            (self.tr("Password"), self.password),
        ):
            label = Label("meta", words)
            label.setBuddy(line)
            column.addWidget(label)
            column.addWidget(line)
            column.addSpacing(px(4))
        column.addWidget(self._error_row)
        column.addSpacing(px(6))
        column.addWidget(self.go)
        outside = QVBoxLayout(self)
        outside.addStretch(1)
        outside.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        outside.addStretch(1)

    def show_known(self, server: str, login: str) -> None:
        self.server.setText(server)
        self.login.setText(login)

    def show_busy(self, *, busy: bool) -> None:
        self.go.be_busy(busy=busy)
        for line in (self.server, self.login, self.password):
            line.setReadOnly(busy)
        if busy:
            self._error_row.hide()
        else:
            self._weigh()

    def show_error(self, words: str) -> None:
        """A sentence of messages.explain. The password is marked, so that typing replaces it."""
        self.show_busy(busy=False)
        self._error.say(words)
        self._error_row.show()
        self.password.setFocus()
        self.password.selectAll()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        first = next((line for line in (self.server, self.login, self.password) if not line.text()), self.password)
        first.setFocus()

    def _weigh(self) -> None:
        is_complete = all(line.text().strip() for line in (self.server, self.login, self.password))
        self.go.offer(is_possible=is_complete, why_not=self.tr("Server, name and password are needed."))

    def _sign_in(self) -> None:
        if self.go.isEnabled():
            self.sign_in_wanted.emit(
                SignIn(self.server.text().strip(), self.login.text().strip(), self.password.text())
            )
