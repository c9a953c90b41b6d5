"""A promise being made: what kind, when, what about, whose. Return keeps it, Escape puts it away with its draft.

Values: `show_written(Written)`, `show_for(name)`, `show_when(words, tone)`. Wishes: `kept`, `typed`, `left`.
"""

from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.follow_ups.words import kind_word
from agent_desktop.ui.widgets.controls import Button, Field, Segments
from agent_desktop.ui.widgets.parts import Glyph, Label
from agent_model.follow_up import FollowUpKind

MINE, TEAM = "mine", "team"


@dataclass(frozen=True, slots=True)
class Written:
    """As it stands in the form: `when` in the words that were typed, `holder` MINE or TEAM."""

    kind: str = FollowUpKind.CALLBACK.value
    when: str = ""
    purpose: str = ""
    holder: str = MINE


class FollowUpForm(QFrame):
    kept = Signal()
    typed = Signal()
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(self.tr("New callback"))
        self._whose = Label("row")
        self.kinds = Segments(self.tr("Kind"), [(kind.value, kind_word(kind), "accent") for kind in FollowUpKind])
        self.when = Field(look, self.tr("When"), self.tr("in 1 h · tomorrow 10:00"), "clock")
        self.times = Button(look, "", "calendar", kind="ghost", size="compact", name=self.tr("Times to choose from"))
        self.purpose = Field(look, self.tr("What is promised"), self.tr("What is promised"), "pencil")
        holders = [(MINE, self.tr("Mine"), "accent"), (TEAM, self.tr("The team's"), "accent")]
        self.holders = Segments(self.tr("Whose"), holders)
        self.keep = Button(look, self.tr("Promise it"), "check", kind="primary", size="compact")
        self.away = Button(look, "", "close", kind="ghost", size="compact", name=self.tr("Put away  Esc"))
        self._said = Label("hint", "", wraps=True)
        self._menu = QMenu(self)
        self._fill_times()
        self._lay_out()
        self._connect()
        self.show_written(Written())

    def _fill_times(self) -> None:
        for words in (
            self.tr("in 15 min"),
            self.tr("in 1 h"),
            self.tr("in 2 h"),
            self.tr("tomorrow 9:00"),
            self.tr("tomorrow 14:00"),
            self.tr("monday 9:00"),
        ):
            action = QAction(words, self._menu)
            action.triggered.connect(lambda _=False, words=words: self._take(words))
            self._menu.addAction(action)

    def _lay_out(self) -> None:
        px = self._look.px
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(px(8))
        self.kinds.setMinimumWidth(px(380))
        first.addWidget(Glyph(self._look, "phone-forward", "sec", 16))
        first.addWidget(self._whose)
        first.addStretch(1)
        for widget in (self.kinds, self.holders, self.away):
            first.addWidget(widget)
        self.when.setFixedWidth(px(200))
        self.holders.setMinimumWidth(px(180))
        second.addWidget(self.when)
        second.addWidget(self.times)
        second.addWidget(self.purpose, 1)
        second.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(8), px(10), px(8))
        column.setSpacing(px(6))
        column.addLayout(first)
        column.addLayout(second)
        column.addWidget(self._said)

    def _connect(self) -> None:
        for field in (self.when, self.purpose):
            field.textChanged.connect(lambda _: self.typed.emit())
            field.entered.connect(self.kept)
            field.left.connect(self.left)
        for segments in (self.kinds, self.holders):
            segments.chosen.connect(lambda _: self.typed.emit())
        self.times.clicked.connect(lambda: self._menu.popup(self.times.mapToGlobal(self.times.rect().bottomLeft())))
        self.keep.clicked.connect(self.kept)
        self.away.clicked.connect(self.left)

    @property
    def written(self) -> Written:
        return Written(self.kinds.value, self.when.text(), self.purpose.text(), self.holders.value)

    def show_for(self, name: str) -> None:
        self._whose.say(self.tr("New, for {name}").format(name=name))

    def show_written(self, written: Written) -> None:
        """Says nothing of it: it is not typed."""
        for field, words in ((self.when, written.when), (self.purpose, written.purpose)):
            with QSignalBlocker(field):
                field.setText(words)
        self.kinds.choose(written.kind)
        self.holders.choose(written.holder)

    def show_when(self, words: str, tone: str = "") -> None:
        """How `when` is read, or why it is not."""
        self._said.say(words, tone)

    def start(self) -> None:
        (self.purpose if self.when.text() else self.when).setFocus()

    def _take(self, words: str) -> None:
        self.when.setText(words)
        self.purpose.setFocus()
