"""A version that is ready, over every page, while nobody has anything else to do. Values: `show_offer`, `show_nothing`;
wishes `start_again_wanted`, `later_wanted`.

It takes room, never the keyboard.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Glyph, Label, set_property
from agent_desktop.ui.widgets.spoken import announce


class UpdateBand(QFrame):
    start_again_wanted = Signal()
    later_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        px = look.px
        self.setProperty("role", "band")
        set_property(self, "tone", "accent")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("New version"))
        self._words = Label("band", "", wraps=True)
        self._words.say("", "accent")
        self.start_again = Button(look, self.tr("Start again now"), "sync", size="compact")
        self.later = Button(look, self.tr("Later"), kind="ghost", size="compact")
        self.start_again.clicked.connect(self.start_again_wanted)
        self.later.clicked.connect(self.later_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(6), px(14), px(6))
        row.setSpacing(px(8))
        row.addWidget(Glyph(look, "info", "accent_text", 16))
        row.addWidget(self._words, 1)
        for button in (self.later, self.start_again):
            row.addWidget(button)
        self.hide()

    @property
    def words(self) -> str:
        """What it says now; empty while it says nothing."""
        return "" if self.isHidden() else self._words.full_text

    def show_offer(self, words: str) -> None:
        is_new = self.words != words
        self._words.say(words, "accent")
        self.show()
        if is_new:
            announce(self, words)

    def show_nothing(self) -> None:
        self.hide()
