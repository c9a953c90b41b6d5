"""The first step: server, name and password."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.sign_in.step import Step
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.widgets.typing import TextLine


class PasswordStep(Step):
    wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, self.tr("Sign in"))
        self.server = TextLine(self.tr("Server"), "https://")
        self.login = TextLine(self.tr("Name"))
        self.password = TextLine(self.tr("Password"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.column.addWidget(Label("meta", self.tr("Sign in to take calls.")))
        self.column.addSpacing(look.px(10))
        self.add_field(look, self.tr("Server"), self.server)
        self.locked_words = Label("hint", "")
        self.locked_words.hide()
        self.column.addWidget(self.locked_words)
        self.add_field(look, self.tr("Name"), self.login)
        self.add_field(look, self.tr("Password"), self.password)
        self.end(look)
        self.go.clicked.connect(self._press)
        for line in (self.server, self.login, self.password):
            line.returnPressed.connect(self._press)
            line.textChanged.connect(self._weigh)
        self._weigh()

    def be_busy(self, *, busy: bool) -> None:
        super().be_busy(busy=busy)
        if not busy:
            self._weigh()

    def lock_server(self, why: str) -> None:
        """`why` in a line of its own and where; the address can be read."""
        self.server.setEnabled(False)
        self.server.setToolTip(why)
        self.server.setAccessibleDescription(why)
        self.locked_words.say(why.partition("\n")[0])
        self.locked_words.show()

    def show_error(self, words: str) -> None:
        """The password is marked, so that typing replaces it."""
        self.band.show_trouble(words)
        self.password.setFocus()
        self.password.selectAll()

    def start(self) -> None:
        first = next((line for line in (self.server, self.login, self.password) if not line.text()), self.password)
        first.setFocus()

    def _weigh(self) -> None:
        is_complete = all(line.text().strip() for line in (self.server, self.login, self.password))
        self.go.offer(is_possible=is_complete, why_not=self.tr("Server, name and password are needed."))

    def _press(self) -> None:
        if self.go.isEnabled():
            self.wanted.emit()
