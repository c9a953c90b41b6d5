"""The first step: server, and the ways in that it offers: the organisation's sign-on, name and password, or both."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.sign_in.step import Step
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label, set_property
from agent_desktop.ui.widgets.typing import TextLine


class PasswordStep(Step):
    """Values: `show_ways`, `lock_server`, `show_error`. Wishes: `wanted`, `provider_wanted`."""

    wanted = Signal()
    provider_wanted = Signal()

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
        self.provider = Button(look, "", kind="primary")
        self.provider.hide()
        self.column.addWidget(self.provider)
        self.fields = self._fields(look)
        self.by_password = Button(look, self.tr("Sign in with a password instead"), kind="link")
        self.by_password.hide()
        self.end(look, self.by_password)
        self.provider.clicked.connect(self.provider_wanted)
        self.by_password.clicked.connect(self._show_fields)
        self.go.clicked.connect(self._press)
        for line in (self.server, self.login, self.password):
            line.returnPressed.connect(self._press)
            line.textChanged.connect(self._weigh)
        self._weigh()

    def _fields(self, look: Look) -> QWidget:
        """Name and password, which go together."""
        fields = QWidget()
        outside, self.column = self.column, QVBoxLayout(fields)
        self.column.setContentsMargins(0, look.px(6), 0, 0)
        self.column.setSpacing(look.px(6))
        self.add_field(look, self.tr("Name"), self.login)
        self.add_field(look, self.tr("Password"), self.password)
        self.column = outside
        self.column.addWidget(fields)
        return fields

    def show_ways(self, organisation: str, *, passwords: bool, may_password: bool) -> None:
        """`organisation` is empty where the server has no sign-on of it; `passwords`: everybody may have one there,
        `may_password`: this workstation lets them be tried."""
        has_provider = bool(organisation)
        self.provider.wear_words(self.tr("Sign in with {organisation}").format(organisation=organisation))
        self.provider.setVisible(has_provider)
        set_property(self.go, "kind", "plain" if has_provider else "primary")
        shows = may_password and (passwords or not has_provider)
        self.fields.setVisible(shows)
        self.go.setVisible(shows)
        self.by_password.setVisible(has_provider and may_password and not shows)
        self._weigh()
        if has_provider and not shows and not self.server.isModified():
            self.provider.setFocus()

    def be_busy(self, *, busy: bool) -> None:
        super().be_busy(busy=busy)
        self.provider.setEnabled(not busy)
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
        if self.fields.isHidden():
            self.provider.setFocus()
            return
        self.password.setFocus()
        self.password.selectAll()

    def start(self) -> None:
        if self.fields.isHidden() and self.server.text():
            self.provider.setFocus()
            return
        first = next((line for line in (self.server, self.login, self.password) if not line.text()), self.password)
        first.setFocus()

    def _show_fields(self) -> None:
        self.fields.show()
        self.go.show()
        self.by_password.hide()
        self._weigh()
        self.start()

    def _weigh(self) -> None:
        is_complete = all(line.text().strip() for line in (self.server, self.login, self.password))
        self.go.offer(is_possible=is_complete, why_not=self.tr("Server, name and password are needed."))
        has_server = bool(self.server.text().strip())
        self.provider.offer(is_possible=has_server, why_not=self.tr("The address of the server is needed."))

    def _press(self) -> None:
        if self.fields.isHidden():
            if self.provider.isEnabled() and not self.provider.isHidden():
                self.provider_wanted.emit()
        elif self.go.isEnabled():
            self.wanted.emit()
