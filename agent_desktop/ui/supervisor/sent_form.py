"""A form of leads that is sent by a press or by Ctrl+Return: what is written in it stays until it was done, and beneath
stands what came of it."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.controls import Button, KeyHint
from agent_desktop.ui.widgets.parts import Label


class SentForm(QFrame):
    go: Button
    """What sends it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._px = look.px
        self.outcome = Label("hint", "", wraps=True)
        self.limited = Label("hint", "", wraps=True)
        self.key = KeyHint("Ctrl ↵")
        for silent in (self.outcome, self.limited):
            silent.hide()

    def lay_out(self, go: Button, *parts: QWidget) -> None:
        """The parts, and beneath them what sends the form."""
        self.go = go
        go.clicked.connect(self.send)
        column, foot = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._px(8))
        for part in parts:
            column.addWidget(part)
        foot.setSpacing(self._px(8))
        foot.addWidget(self.go)
        foot.addWidget(self.key)
        foot.addStretch(1)
        column.addLayout(foot)
        column.addWidget(self.outcome)

    def send(self) -> None:
        raise NotImplementedError

    def done(self, words: str) -> None:
        """It was done: the next one is begun anew."""
        self.go.be_busy(busy=False)
        self.begin_anew()
        self.say(words, "ok")

    def begin_anew(self) -> None:
        raise NotImplementedError

    def failed(self, words: str) -> None:
        self.go.be_busy(busy=False)
        self.say(words, "bad")

    def object_to(self, field: QWidget, words: str) -> None:
        """Why it is not sent as it is; the keyboard goes to what is to be written otherwise."""
        self.say(words, "warn")
        field.setFocus()

    def say(self, words: str, tone: str = "") -> None:
        self.outcome.say(words, tone)
        self.outcome.setVisible(bool(words))
