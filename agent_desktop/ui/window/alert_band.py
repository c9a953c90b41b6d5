"""The first alert that nobody looks after, over every page, until somebody does or it is over. Values: `show_alert`,
`show_nothing`, `say`; wishes `go_wanted`, `see_wanted`.

It takes room, never the keyboard.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.wallboard.words import ICONS, TONES, grade_word
from agent_desktop.ui.widgets.controls import Button, KeyHint
from agent_desktop.ui.widgets.parts import Glyph, Label, ink, set_property
from agent_desktop.ui.widgets.spoken import announce
from agent_desktop.ui.window.shortcuts import ALERT_KEYS, SEE_ALERT_KEYS
from agent_model.floor_bound import Grade


class AlertBand(QFrame):
    go_wanted = Signal()
    see_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        px = look.px
        self._is_wanted = self._is_kept_back = False
        self.setProperty("role", "band")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Alert"))
        self._glyph = Glyph(look, "warning", "warn", 16)
        self._grade = Label("row", "")
        self._words = Label("row", "", wraps=True)
        self._more = Label("meta", "")
        self._trouble = Label("meta", "", "bad", wraps=True)
        self.go = Button(look, self.tr("Go there"), kind="ghost", size="compact")
        self.see = Button(look, self.tr("I see to it"), "eye", size="compact")
        for button, keys, wish in ((self.go, ALERT_KEYS, self.go_wanted), (self.see, SEE_ALERT_KEYS, self.see_wanted)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setToolTip(keys)
            button.setAccessibleDescription(keys)
            button.clicked.connect(wish)
        row, column = QHBoxLayout(), QVBoxLayout(self)
        column.setContentsMargins(px(16), px(6), px(14), px(6))
        column.setSpacing(px(2))
        row.setSpacing(px(8))
        row.addWidget(self._glyph)
        row.addWidget(self._grade)
        row.addWidget(self._words, 1)
        for at_right in (self._more, self.go, self.see, KeyHint(SEE_ALERT_KEYS)):
            row.addWidget(at_right)
        column.addLayout(row)
        column.addWidget(self._trouble)
        self._trouble.hide()
        self.hide()

    @property
    def words(self) -> str:
        """What it says now; empty while nothing waits."""
        return "" if self.isHidden() else f"{self._grade.full_text}: {self._words.full_text}"

    @property
    def trouble(self) -> str:
        return "" if self._trouble.isHidden() else self._trouble.full_text

    def show_alert(self, grade: Grade, words: str, waiting: int) -> None:
        """`waiting` is how many others nobody looks after."""
        said, tone = (grade_word(grade), words), TONES[grade]
        is_new = not self._is_wanted or said != (self._grade.full_text, self._words.full_text)
        set_property(self, "tone", tone)
        self._glyph.show_icon(ICONS[grade], ink(tone)[0])
        self._grade.say(said[0], tone)
        self._words.say(words)
        self._more.say(self.tr("and {count} more").format(count=waiting) if waiting else "")
        self._is_wanted = True
        if is_new:
            self.say("")
            announce(self, ": ".join(said))
        self._fit()

    def show_nothing(self) -> None:
        self._is_wanted = False
        self.say("")
        self._fit()

    def say(self, words: str) -> None:
        """Why it was not done."""
        self._trouble.say(words, "bad")
        self._trouble.setVisible(bool(words))
        if words:
            announce(self, words)

    def keep_back(self, *, is_kept_back: bool) -> None:
        """Where others read along."""
        self._is_kept_back = is_kept_back
        self._fit()

    def _fit(self) -> None:
        self.setVisible(self._is_wanted and not self._is_kept_back)
