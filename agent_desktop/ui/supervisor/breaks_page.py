"""Breaks of the team: who is on one, who waits for a place, and who asked a lead.

Values: `show_lines(lines)`, `show_reasons(sums)`, `sum_up(words)`, `choose(may_decide)`. Wishes: `taken(key)`,
`agreed`, `refused`.
By keys alone: arrows go through the list, Enter chooses and leads to Agree, Delete refuses.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.care.team_care import emptied
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.lines import Line, Lines
from agent_desktop.ui.widgets.parts import Label, page_name
from agent_desktop.ui.widgets.scrolled import scrolled_to_the_edge

WIDEST_PX: Final = 760
"""What a line ends with, and what is done about it, is read together with the name."""


@dataclass(frozen=True, slots=True)
class ReasonSum:
    """One reason for breaks: how long it is meant to last, how many are on it, are too long, wait and ask."""

    name: str
    meant: str
    away: int
    over: int
    waiting: int
    asking: int


class BreaksPage(QFrame):
    taken = Signal(str)
    agreed = Signal()
    refused = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("ground", "canvas")
        self.setAccessibleName(self.tr("Breaks"))
        self.list = Lines(look, self.tr("Who is on a break, and who waits"), leaves_bar=True)
        self.nothing = Label("hint", self.tr("Nobody is on a break, and nobody waits for one."), wraps=True)
        self.summary = Label("meta")
        self.agree = Button(look, self.tr("Agree"), "check", kind="primary", size="compact")
        self.agree.setToolTip(self.tr("They go as soon as there is a place."))
        self.refuse = Button(look, self.tr("Refuse"), "x-circle", kind="ghost", size="compact")
        self.refuse.setAccessibleDescription("Delete")
        self.reasons = Card(look, self.tr("By reason"))
        self._grid = QGridLayout()
        self._sums: tuple[ReasonSum, ...] = ()
        self._lay_out(look)
        self.list.taken.connect(self.taken)
        self.list.dropped.connect(self.refused)
        self.agree.clicked.connect(self.agreed)
        self.refuse.clicked.connect(lambda: self.refused.emit(""))
        self.show_lines(())
        self.choose(may_decide=False)

    def _lay_out(self, look: Look) -> None:
        px = look.px
        card, column, head, columns = Card(look), QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        card.setMaximumWidth(px(WIDEST_PX))
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(10))
        columns.setSpacing(px(10))
        head.setSpacing(px(8))
        head.addWidget(page_name(look, self.tr("Breaks")))
        head.addWidget(self.summary)
        head.addStretch(1)
        head.addWidget(self.refuse)
        head.addWidget(self.agree)
        column.addLayout(head)
        self._inside = QWidget()
        listed = QVBoxLayout(self._inside)
        listed.addWidget(self.list)
        listed.addStretch(1)
        self._scroll = scrolled_to_the_edge(look, self._inside, 12)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows the list
        card.body.addWidget(self.nothing)
        card.body.addWidget(self._scroll, 1)
        self._grid.setContentsMargins(0, px(4), 0, 0)
        self._grid.setHorizontalSpacing(px(24))
        self._grid.setColumnMinimumWidth(0, px(120))
        self._grid.setVerticalSpacing(px(8))
        self.reasons.body.addLayout(self._grid)
        self.reasons.body.addStretch(1)
        columns.addWidget(card, 3)
        columns.addWidget(self.reasons, 2)
        column.addLayout(columns, 1)
        self.list.selectionModel().currentChanged.connect(self._follow)

    def _follow(self, index: QModelIndex) -> None:
        """The keyboard does not leave what is seen."""
        row = self.list.visualRect(index)
        place = self.list.mapTo(self._inside, row.center())
        self._scroll.ensureVisible(place.x(), place.y(), 0, row.height())

    def show_lines(self, lines: Sequence[Line]) -> None:
        self.list.show_lines(lines)
        self.nothing.setVisible(not lines)
        self._scroll.setVisible(bool(lines))

    def show_reasons(self, sums: Sequence[ReasonSum]) -> None:
        if tuple(sums) == self._sums:
            return
        self._sums = tuple(sums)
        emptied(self._grid)
        right = Qt.AlignmentFlag.AlignRight
        titles = (self.tr("Meant"), self.tr("Away"), self.tr("Too long"), self.tr("In line"), self.tr("Ask"))
        self._grid.addWidget(Label("meta", self.tr("Reason")), 0, 0)
        for column, words in enumerate(titles, start=1):
            self._grid.addWidget(Label("meta", words), 0, column, right)
        for row, one in enumerate(sums, start=1):
            self._grid.addWidget(Label("row", one.name, elides=True), row, 0)
            self._grid.addWidget(Label("meta", one.meant), row, 1, right)
            counts = ((one.away, ""), (one.over, "bad"), (one.waiting, ""), (one.asking, "warn"))
            for column, (count, tone) in enumerate(counts, start=2):
                self._grid.addWidget(Label("body", str(count), tone if count else "muted"), row, column, right)
        self._grid.setColumnStretch(len(titles) + 1, 1)

    def sum_up(self, words: str) -> None:
        """How many are away, wait and ask."""
        self.summary.say(words)

    def choose(self, *, may_decide: bool) -> None:
        """What is chosen waits for a lead, or does not."""
        self.agree.setEnabled(may_decide)
        self.refuse.setEnabled(may_decide)
