"""One question before something is done: answered in a line, or only with yes. Escape leaves it."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.controls import Button, Field
from agent_desktop.ui.widgets.parts import Label


class AskRow(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._answer: Callable[[str], None] | None = None
        self.words = Label("row")
        self.line = Field(look, self.tr("Answer"), "", "pencil")
        self.do = Button(look, self.tr("Do it"), "check", kind="primary", size="compact")
        self.away = Button(look, self.tr("Leave it"), kind="ghost", size="compact")
        self.away.setAccessibleDescription("Esc")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(8))
        row.addWidget(self.words)
        row.addWidget(self.line, 1)
        row.addWidget(self.do)
        row.addWidget(self.away)
        row.addStretch(1)
        self.line.entered.connect(self._done)
        self.line.left.connect(self.put_away)
        self.do.clicked.connect(self._done)
        self.away.clicked.connect(self.put_away)

    def put(self, words: str, prompt: str, deed: str, answer: Callable[[str], None]) -> None:
        """Asks; with a `prompt` something is to be written. `answer` hears it, and puts the row away when it does."""
        self._answer = answer
        self.words.say(words)
        self.line.clear()
        self.line.setPlaceholderText(prompt)
        self.line.setAccessibleName(words)
        self.line.setVisible(bool(prompt))
        self.do.wear("primary", "check", deed)
        self.show()
        (self.line if prompt else self.do).setFocus()

    def put_away(self) -> None:
        self._answer = None
        self.hide()

    def _done(self) -> None:
        if self._answer is not None:
            self._answer(self.line.text())
