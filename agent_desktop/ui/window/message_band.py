"""A lead's message over the workspace, until it was read. Values: `show_message`, `show_nothing`; wish `read_wanted`.

It takes room, never the keyboard: what is being typed goes on where it is.
"""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.controls import Button, KeyHint
from agent_desktop.ui.widgets.parts import Glyph, Label, set_property
from agent_desktop.ui.widgets.spoken import announce

KEYS: Final = "F12"


class MessageBand(QFrame):
    read_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        px = look.px
        self.setProperty("role", "band")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Message"))
        self._glyph = Glyph(look, "chat", "accent_text", 16)
        self._from = Label("row", "")
        self._words = Label("band", "", wraps=True)
        self._more = Label("meta", "")
        self.read = Button(look, self.tr("Read"), "check", size="compact")
        self.read.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.read.setAccessibleDescription(KEYS)
        self.read.clicked.connect(self.read_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(6), px(14), px(6))
        row.setSpacing(px(8))
        for part in (self._glyph, self._from):
            row.addWidget(part)
        row.addWidget(self._words, 1)
        self._keys = KeyHint(KEYS)
        for at_right in (self._more, self.read, self._keys):
            row.addWidget(at_right)
        self.hide()

    @property
    def words(self) -> str:
        """What it says now; empty while nothing waits."""
        return "" if self.isHidden() else f"{self._from.full_text} {self._words.full_text}"

    def show_message(self, head: str, words: str, waiting: int, *, is_urgent: bool) -> None:
        """`head` is from whom it is and when, `waiting` how many wait behind it."""
        tone, token = ("urgent", "on_accent") if is_urgent else ("accent", "accent_text")
        is_new = self.words != f"{head} {words}"
        set_property(self, "tone", tone)
        self._glyph.show_icon("warning" if is_urgent else "chat", token)
        for label, said in (
            (self._from, head),
            (self._words, words),
            (self._more, self._count(waiting)),
            (self._keys, KEYS),
        ):
            label.say(said, "urgent" if is_urgent else "")
        self.show()
        if is_new:
            announce(self, f"{head}: {words}")

    def show_nothing(self) -> None:
        self.hide()

    def _count(self, waiting: int) -> str:
        return self.tr("and {count} more").format(count=waiting) if waiting else ""
