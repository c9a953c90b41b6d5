"""The sign-in window: server, name, password; where it is asked for, a second factor; errors as sentences inside it.

Values: `show_known`, `show_ways`, `show_busy`, `show_error`, `show_waiting`, `ask_password`, `ask_browser`, `ask_code`,
`ask_newer`, `show_factor`, `show_recovery`. Wishes: `sign_in_wanted(SignIn)`, `provider_wanted(server)`,
`browser_wanted`, `given_up`, `server_entered`, `confirm_wanted(code)`, `recovery_kept`, `print_wanted(codes)`,
`save_wanted(codes)`, `go_on_wanted`.
"""

from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.sign_in.browser import BrowserStep
from agent_desktop.ui.sign_in.code import CodeStep
from agent_desktop.ui.sign_in.newer import NewerStep
from agent_desktop.ui.sign_in.password import PasswordStep
from agent_desktop.ui.sign_in.recovery import RecoveryStep
from agent_desktop.ui.sign_in.set_up import SetUpStep
from agent_desktop.ui.sign_in.step import CARD_MARGIN, CARD_WIDTH, Step
from agent_desktop.ui.widgets.parts import Glyph, Label

WIDTH, HEIGHT, TALL = 460, 520, 680


@dataclass(frozen=True, slots=True)
class SignIn:
    """`code` is of the second factor; empty until the server asks for one."""

    server: str
    login: str
    password: str = field(repr=False)
    code: str = field(default="", repr=False)


class SignInWindow(QWidget):
    sign_in_wanted = Signal(object)
    provider_wanted = Signal(str)
    browser_wanted = Signal()
    given_up = Signal()
    server_entered = Signal()
    confirm_wanted = Signal(str)
    recovery_kept = Signal()
    print_wanted = Signal(tuple)
    save_wanted = Signal(tuple)
    report_wanted = Signal()
    go_on_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("ground", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(self.tr("Sign in · Agent Desktop"))
        self.resize(look.px(WIDTH), look.px(HEIGHT))
        self._first = PasswordStep(look)
        self.server, self.login, self.password = self._first.server, self._first.login, self._first.password
        self.step: Step = self._first
        self.provider_button = self._first.provider
        self.organisation = ""
        self.browser: BrowserStep | None = None
        self.code: CodeStep | None = None
        self.newer: NewerStep | None = None
        self.set_up: SetUpStep | None = None
        self.recovery: RecoveryStep | None = None
        self._lay_out(look)
        self._first.wanted.connect(self._sign_in)
        self._first.provider_wanted.connect(lambda: self.provider_wanted.emit(self.wanted.server))
        self.server.editingFinished.connect(self.server_entered)

    @property
    def go(self) -> QWidget:
        """What leads on from the step on the screen."""
        return self.step.go

    def _lay_out(self, look: Look) -> None:
        px = look.px
        card = QFrame()
        card.setProperty("role", "card")
        card.setFixedWidth(px(CARD_WIDTH))
        self._column = QVBoxLayout(card)
        self._column.setContentsMargins(px(CARD_MARGIN), px(26), px(CARD_MARGIN), px(28))
        self._column.setSpacing(px(6))
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(Glyph(look, "mark", "accent_text", 28))
        head.addWidget(Label("name", self.tr("Agent Desktop")))
        head.addStretch(1)
        self._column.addLayout(head)
        self._column.addWidget(self._first)
        outside = QVBoxLayout(self)
        outside.addStretch(1)
        outside.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        outside.addSpacing(px(10))
        outside.addWidget(Label("hint", self.tr("Ctrl+F1: a report for IT")), 0, Qt.AlignmentFlag.AlignHCenter)
        outside.addStretch(1)
        QShortcut(QKeySequence("Ctrl+F1"), self, self.report_wanted.emit)

    def show_known(self, server: str, login: str, password: str = "") -> None:
        self.server.setText(server)
        self.login.setText(login)
        self.password.setText(password)

    def show_ways(self, organisation: str, *, passwords: bool, may_password: bool) -> None:
        """What the server and this workstation let people sign in with; `organisation` is empty without a sign-on."""
        self.organisation = organisation
        self._first.show_ways(organisation, passwords=passwords, may_password=may_password)

    def lock_server(self, why: str) -> None:
        """It is not for who signs in to choose."""
        self._first.lock_server(why)

    def show_busy(self, *, busy: bool) -> None:
        self.step.be_busy(busy=busy)

    def show_error(self, words: str) -> None:
        """A sentence of messages.explain, in the step that is on the screen."""
        self.show_busy(busy=False)
        match self.step:
            case PasswordStep() | BrowserStep() | CodeStep() | NewerStep() | SetUpStep() | RecoveryStep() as step:
                step.show_error(words)

    def show_waiting(self, words: str) -> None:
        """Something else has to happen first; what can be done meanwhile goes on."""
        self.step.band.show_news(words)

    def ask_password(self, words: str = "") -> None:
        self._turn_to(self._first)
        if words:
            self.show_error(words)

    def ask_browser(self, url: str) -> None:
        """The rest is said in the browser."""
        if self.browser is None:
            self.browser = BrowserStep(self._look)
            self.browser.browser_wanted.connect(self.browser_wanted)
            self.browser.given_up.connect(self.given_up)
            self._column.addWidget(self.browser)
        self.browser.ask(self._look, self.organisation, url)
        self._turn_to(self.browser)

    def ask_code(self, words: str = "", *, after_set_up: bool = False) -> None:
        """The password is right; it stays where it was typed."""
        if self.code is None:
            self.code = CodeStep(self._look)
            self.code.wanted.connect(self._sign_in)
            self.code.back_wanted.connect(self.ask_password)
            self._column.addWidget(self.code)
        if self.step is not self.code:
            self.code.ask(after_set_up=after_set_up)
        self._turn_to(self.code)
        if words:
            self.show_error(words)

    def ask_newer(self, words: str) -> None:
        """They are in; what a newer version wrote is here."""
        if self.newer is None:
            self.newer = NewerStep(self._look)
            self.newer.go_on_wanted.connect(self.go_on_wanted)
            self.newer.close_wanted.connect(self.close)
            self._column.addWidget(self.newer)
        self.newer.ask(self._look, words)
        self._turn_to(self.newer)

    def show_factor(self, secret: str, uri: str) -> None:
        if self.set_up is None:
            self.set_up = SetUpStep(self._look)
            self.set_up.wanted.connect(self.confirm_wanted)
            self.set_up.back_wanted.connect(self.ask_password)
            self._column.addWidget(self.set_up)
        self.set_up.show_factor(secret, uri)
        self._turn_to(self.set_up)

    def show_recovery(self, codes: tuple[str, ...]) -> None:
        if self.recovery is None:
            self.recovery = RecoveryStep(self._look)
            self.recovery.kept.connect(self.recovery_kept)
            self.recovery.print_wanted.connect(self.print_wanted)
            self.recovery.save_wanted.connect(self.save_wanted)
            self._column.addWidget(self.recovery)
        self.recovery.show_codes(codes)
        self._turn_to(self.recovery)

    @property
    def wanted(self) -> SignIn:
        """What stands in the first step."""
        return SignIn(self.server.text().strip(), self.login.text().strip(), self.password.text())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.step.start()

    def _turn_to(self, step: Step) -> None:
        self.show_busy(busy=False)
        if step is self.step:
            return
        before, self.step = self.step, step
        before.hide()
        if isinstance(before, (SetUpStep, RecoveryStep)):
            before.forget()
        step.band.hide()
        step.show()
        tall = isinstance(step, (SetUpStep, RecoveryStep))
        self.resize(self.width(), max(self.height(), self._look.px(TALL if tall else HEIGHT)))
        step.start()

    def _sign_in(self, code: str = "") -> None:
        typed = self.wanted
        self.sign_in_wanted.emit(SignIn(typed.server, typed.login, typed.password, code))
