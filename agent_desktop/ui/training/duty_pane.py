"""Something that was assigned, before it is begun or while its result is awaited.

Wishes: `begin_wanted`, `result_wanted`.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label, Pill, Tone


class DutyPane(QFrame):
    begin_wanted = Signal()
    result_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        px = look.px
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("What is to do"))
        self.title = Label("section", wraps=True)
        self.pill = Pill(look)
        self.about = Label("meta", wraps=True)
        self.note = Label("body", wraps=True)
        self.facts = Label("body", wraps=True)
        self.words = Label("hint", wraps=True)
        self.begin = Button(look, self.tr("Begin"), "play", "primary")
        self.begin.clicked.connect(self.begin_wanted)
        self.last = Button(look, self.tr("Result of the last try"), "check-circle")
        self.last.clicked.connect(self.result_wanted)
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(self.title, 1)
        head.addWidget(self.pill)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(self.begin)
        foot.addWidget(self.last)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(18), px(14), px(18), px(14))
        column.setSpacing(px(10))
        column.addLayout(head)
        for label in (self.about, self.note, self.facts, self.words):
            column.addWidget(label)
        column.addLayout(foot)
        column.addStretch(1)

    def show_duty(self, title: str, pill: str, tone: Tone, about: str, note: str) -> None:
        self.title.say(title)
        self.pill.show_as(pill, tone)
        self.about.say(about)
        self.note.say(note)
        self.note.setVisible(bool(note))

    def show_next(self, facts: str, words: str, begin: str = "", *, has_result: bool = False) -> None:
        """What comes next; without a word for the button there is nothing to begin."""
        self.last.setVisible(has_result)
        self.facts.say(facts)
        self.facts.setVisible(bool(facts))
        self.words.say(words)
        self.begin.setVisible(bool(begin))
        if begin:
            self.begin.wear("primary", "play", begin)

    def say(self, words: str) -> None:
        self.words.say(words, "bad")

    def start(self) -> None:
        self.begin.setFocus()
