"""Who of the audience has read an announcement: counted, listed, reminded, taken along in a file.

Values: `show_board(words, lines)`, `show_trouble(words)`, `allow`. Wishes: `asked` (`which`), `look_wanted`,
`remind_wanted`, `save_wanted`.
"""

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.controls import Button, Segments
from agent_desktop.ui.widgets.lines import Line, Lines
from agent_desktop.ui.widgets.parts import Label


class Readers(StrEnum):
    NOT_READ = "not_read"
    READ = "read"


class BoardCard(Card):
    asked = Signal()
    look_wanted = Signal()
    remind_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, self.tr("Who has read it"))
        px = look.px
        self.summary = Label("body", "", wraps=True)
        self.kinds = Segments(
            self.tr("Whom to list"),
            ((Readers.NOT_READ, self.tr("Not read"), "bad"), (Readers.READ, self.tr("Read"), "accent")),
        )
        self.kinds.setFixedWidth(px(220))
        self.kinds.choose(Readers.NOT_READ)
        self.kinds.chosen.connect(self.asked)
        self.people = Lines(look, self.tr("Who has read it"))
        self.look_again = Button(look, self.tr("Look again"), "sync", kind="ghost", size="compact")
        self.look_again.clicked.connect(self.look_wanted)
        self.remind = Button(look, self.tr("Remind who has not"), "bell", size="compact")
        self.remind.clicked.connect(self.remind_wanted)
        self.save = Button(look, self.tr("Save as a table"), "external", kind="ghost", size="compact")
        self.save.clicked.connect(self.save_wanted)
        self.add_to_head(self.kinds)
        self.body.addWidget(self.summary)
        self.body.addWidget(self.people)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        for button in (self.remind, self.save, self.look_again):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)

    @property
    def which(self) -> Readers:
        return Readers(self.kinds.value)

    def show_board(self, words: str, lines: Sequence[Line], *, may_remind: bool) -> None:
        self.summary.say(words, "")
        self.people.show_lines(lines)
        self.remind.setEnabled(may_remind)
        self.save.setEnabled(True)

    def show_trouble(self, words: str) -> None:
        """Nothing is known of its readers now."""
        self.summary.say(words, "bad")
        self.people.show_lines(())
        self.remind.setEnabled(False)
        self.save.setEnabled(False)
