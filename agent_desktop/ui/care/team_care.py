"""What hard calls left behind, how teams feel, and who looked at data of abusive callers: for who leads.

Values: `show_care`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QProgressBar, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.parts import Label, Pill, Tone

MOST_LINES = 50
MOST_CALLS = 4
BEST = 5
"""The level of the best answer."""


@dataclass(frozen=True, slots=True)
class LoadLine:
    """Of one agent: when each hard call was and why, what came since, and whether a break was taken for it."""

    who: str
    hard: tuple[tuple[str, Tone], ...]
    calls: str
    talked: str
    rested: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class MoodLine:
    """`mean` None: too few answered, as `words` say."""

    week: str
    team: str
    mean: float | None
    shown: str
    words: str


@dataclass(frozen=True, slots=True)
class RevealLine:
    """`head` names who looked at what, `words` says why and after which call."""

    head: str
    words: str


class TeamCarePane(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        px = look.px
        self.loads = Card(look, self.tr("After hard calls today"))
        self.moods = Card(look, self.tr("How teams feel"))
        self.reveals = Card(look, self.tr("Looks at data of abusive callers, 30 days"))
        self._grids = {card: QGridLayout() for card in (self.loads, self.moods, self.reveals)}
        for card, grid in self._grids.items():
            grid.setContentsMargins(0, px(4), 0, 0)
            grid.setHorizontalSpacing(px(24))
            grid.setVerticalSpacing(px(8))
            card.body.addLayout(grid)
            card.body.addStretch(1)
        beneath = QHBoxLayout()
        beneath.setSpacing(px(10))
        beneath.addWidget(self.moods, 1)
        beneath.addWidget(self.reveals, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addWidget(self.loads)
        column.addLayout(beneath)

    def show_care(self, loads: Sequence[LoadLine], reveals: Sequence[RevealLine], moods: Sequence[MoodLine]) -> None:
        """Without any it says so."""
        self._begin(self.loads, bool(loads), self.tr("Nobody whom you lead had a hard call today."))
        self._begin(self.moods, bool(moods), self.tr("No question of a week is over yet."))
        words = self.tr("Nobody looked at data of an abusive caller within 7 days of the call.")
        self._begin(self.reveals, bool(reveals), words)
        if loads:
            self._head_loads()
        for row, load in enumerate(loads[:MOST_LINES], start=1):
            self._add_load(row, load)
        for row, mood in enumerate(moods[:MOST_LINES]):
            self._add_mood(row, mood)
        for row, reveal in enumerate(reveals[:MOST_LINES]):
            grid = self._grids[self.reveals]
            grid.addWidget(Label("row", reveal.head, elides=True), row * 2, 0)
            grid.addWidget(Label("meta", reveal.words, wraps=True), row * 2 + 1, 0)

    def _begin(self, card: Card, has_any: bool, nothing: str) -> None:
        grid = self._grids[card]
        emptied(grid)
        if not has_any:
            grid.addWidget(Label("hint", nothing, wraps=True), 0, 0)

    def _head_loads(self) -> None:
        titles = (
            self.tr("Agent"),
            self.tr("Hard calls"),
            self.tr("Calls since the last one"),
            self.tr("Talked since then"),
            self.tr("Break for it"),
        )
        grid = self._grids[self.loads]
        for column, words in enumerate(titles):
            grid.addWidget(Label("meta", words), 0, column)
        grid.setColumnStretch(len(titles), 1)

    def _add_load(self, row: int, load: LoadLine) -> None:
        grid = self._grids[self.loads]
        calls = QHBoxLayout()
        calls.setSpacing(self._look.px(6))
        for words, tone in load.hard[-MOST_CALLS:]:
            calls.addWidget(Pill(self._look, words, tone))
        if len(load.hard) > MOST_CALLS:
            calls.addWidget(Label("meta", f"+{len(load.hard) - MOST_CALLS}"))
        calls.addStretch(1)
        holder = QWidget()
        calls.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(calls)
        grid.addWidget(Label("row", load.who), row, 0)
        grid.addWidget(holder, row, 1)
        grid.addWidget(Label("body", load.calls), row, 2)
        grid.addWidget(Label("body", load.talked), row, 3)
        grid.addWidget(Pill(self._look, load.rested, load.tone), row, 4, Qt.AlignmentFlag.AlignLeft)

    def _add_mood(self, row: int, mood: MoodLine) -> None:
        grid = self._grids[self.moods]
        grid.addWidget(Label("row", mood.team), row, 0)
        grid.addWidget(Label("meta", mood.week), row, 1)
        if mood.mean is None:
            grid.addWidget(Label("hint", mood.words, wraps=True), row, 2, 1, 3)
            return
        bar = QProgressBar()
        bar.setRange(0, 10 * BEST)
        bar.setValue(round(10 * mood.mean))
        bar.setTextVisible(False)
        bar.setAccessibleName(mood.words)
        grid.addWidget(Label("figure", mood.shown), row, 2)
        grid.addWidget(bar, row, 3)
        grid.addWidget(Label("meta", mood.words), row, 4)
        grid.setColumnStretch(3, 1)


def emptied(layout: QLayout) -> None:
    """Nothing of it stays on the screen."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
