"""What every step of signing in has: a column, a band for what went wrong or is waited for, a button that leads on."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Glyph, Label, set_property
from agent_desktop.ui.widgets.spoken import announce
from agent_desktop.ui.widgets.typing import TextLine

CARD_WIDTH, CARD_MARGIN = 380, 28


class Band(QFrame):
    """A sentence inside the card; hidden while there is nothing to say."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("role", "band")
        self._glyph = Glyph(look, "warning", "bad", 18)
        self._words = Label("body", "", "bad", wraps=True)
        self._width = look.px(CARD_WIDTH - 2 * CARD_MARGIN - 24 - 18 - 8)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(12), look.px(8), look.px(12), look.px(8))
        row.setSpacing(look.px(8))
        row.addWidget(self._glyph)
        row.addWidget(self._words)
        row.addStretch(1)
        self.hide()

    def show_trouble(self, words: str) -> None:
        self._show("warning", "bad", words)

    def show_news(self, words: str) -> None:
        self._show("info", "warn", words)

    def _show(self, icon: str, tone: str, words: str) -> None:
        if words != self._words.full_text or self.isHidden():
            announce(self, words)
        set_property(self, "tone", tone)
        self._glyph.show_icon(icon, tone)
        self._words.say_within(self._width, words, tone)
        self.show()


class Step(QWidget):
    """`go` leads on. `column` is filled from above; `end(look)` ends it with the band and the button."""

    def __init__(self, look: Look, go: str) -> None:
        super().__init__()
        self.band = Band(look)
        self.go = Button(look, go, kind="primary")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(look.px(6))

    def add_words(self, look: Look, role: str, words: str) -> Label:
        label = Label(role, wraps=True)
        label.say_within(look.px(CARD_WIDTH - 2 * CARD_MARGIN), words)
        self.column.addWidget(label)
        return label

    def add_field(self, look: Look, words: str, line: TextLine) -> None:
        label = Label("meta", words)
        label.setBuddy(line)
        self.column.addWidget(label)
        self.column.addWidget(line)
        self.column.addSpacing(look.px(4))

    def end(self, look: Look, *beside: Button) -> None:
        self.column.addWidget(self.band)
        self.column.addSpacing(look.px(6))
        self.column.addWidget(self.go)
        for button in beside:
            self.column.addWidget(button)

    def be_busy(self, *, busy: bool) -> None:
        self.go.be_busy(busy=busy)
        for line in self.findChildren(TextLine):
            line.setReadOnly(busy or line.property("kind") == "shown")
        if busy:
            self.band.hide()

    def start(self) -> None:
        """It comes onto the screen."""
