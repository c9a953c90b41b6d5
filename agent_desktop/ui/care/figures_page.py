"""My figures: today and four weeks beside goal and team, the honours board; for who leads, what hard calls left behind.

Values: `show_figures`, `show_honours`, `show_mood`, `show_care`, `say`.
Wishes: `again_wanted`, `name_wanted(is_named)`, `mood_told(level)`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.formats import NOTHING
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.care.words import level_word
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.controls import Button, Tick
from agent_desktop.ui.widgets.parts import HEAD_PX, Label, Pill, Tone
from agent_desktop.ui.widgets.scrolled import EDGE_PX, scrolled_to_the_edge

MOST_LINES = 50
LEVELS = range(1, 6)


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One measure, each figure as it is written; `standing` says how today is to the goal, in words."""

    name: str
    today: str
    of: str
    team: str
    goal: str
    standing: str
    tone: Tone
    period: str
    of_period: str
    team_period: str


@dataclass(frozen=True, slots=True)
class Best:
    """The best by one measure: who, and what they reached; `is_own` is the viewer."""

    title: str
    places: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class CareLine:
    """`head` names who or what, `words` says it."""

    head: str
    words: str
    tone: str = ""


class FiguresPage(QFrame):
    again_wanted = Signal()
    name_wanted = Signal(bool)
    mood_told = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        px = look.px
        self.setProperty("ground", "canvas")
        self.setAccessibleName(self.tr("My figures"))
        self.again = Button(look, self.tr("Ask again"), "sync", size="compact")
        self.again.clicked.connect(self.again_wanted)
        self.outcome = Label("meta", wraps=True)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, px(10), 0)
        title = Label("name", self.tr("My figures"))
        title.setMinimumHeight(px(HEAD_PX))
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self.again)
        self.figures = Card(look, self.tr("Today and the last four weeks"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(32))
        self._grid.setVerticalSpacing(px(6))
        self.figures.body.addLayout(self._grid)
        self.figures.body.addWidget(
            Label(
                "hint",
                self.tr(
                    "Solved first time: nobody came back about the same within 7 days. Today is how it stands so far; "
                    "of the four weeks only contacts count whose customers had that time."
                ),
                wraps=True,
            )
        )
        self.honours = Card(look, self.tr("Honours board of the last four weeks"))
        self.named = Tick(look, self.tr("My name may stand here"))
        self.named.toggled.connect(self.name_wanted)
        self.honours.add_to_head(self.named)
        self._lists = QHBoxLayout()
        self._lists.setSpacing(px(24))
        self.honours.body.addLayout(self._lists)
        self.mood = Card(look, self.tr("How was the week?"))
        self._question = Label("row", wraps=True)
        self.mood.body.addWidget(self._question)
        levels = QHBoxLayout()
        levels.setSpacing(px(6))
        self.levels: dict[int, Button] = {}
        for level in LEVELS:
            button = Button(look, level_word(level), size="compact")
            button.clicked.connect(lambda _=False, level=level: self.mood_told.emit(level))
            self.levels[level] = button
            levels.addWidget(button)
        levels.addStretch(1)
        self.mood.body.addLayout(levels)
        self._answered = Label("meta", wraps=True)
        self._nameless = Label("hint", wraps=True)
        self.mood.body.addWidget(self._answered)
        self.mood.body.addWidget(self._nameless)
        self.moods = Card(look, self.tr("How teams feel"))
        self.loads = Card(look, self.tr("After hard calls today"))
        self.reveals = Card(look, self.tr("Looks at data of abusive callers, 30 days"))
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        for card in (self.mood, self.figures, self.honours, self.loads, self.moods, self.reveals):
            column.addWidget(card)
            card.hide()
        column.addStretch(1)
        inside = QWidget()
        inside.setLayout(column)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(12), px(10), px(EDGE_PX), px(12))
        whole.addLayout(head)
        whole.addWidget(self.outcome)
        whole.addWidget(scrolled_to_the_edge(look, inside, 12), 1)
        self.say("")

    def say(self, words: str, tone: str = "") -> None:
        self.outcome.say(words, tone)
        self.outcome.setVisible(bool(words))

    def show_figures(self, lines: Sequence[FigureLine]) -> None:
        _empty(self._grid)
        self.figures.setVisible(bool(lines))
        titles = ("", self.tr("Today"), self.tr("Goal"), "", self.tr("Team today"), self.tr("4 weeks"), self.tr("Team"))
        for place, words in enumerate(titles):
            self._grid.addWidget(Label("meta", words), 0, place)
        for row, line in enumerate(lines, start=1):
            self._grid.addWidget(Label("row", line.name), row, 0)
            self._grid.addWidget(_figure(line.today, line.of, "figure"), row, 1)
            self._grid.addWidget(Label("body", line.goal), row, 2)
            pill = Pill(self._look, line.standing, line.tone)
            pill.setVisible(bool(line.standing))
            self._grid.addWidget(pill, row, 3, Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(Label("body", line.team), row, 4)
            self._grid.addWidget(_figure(line.period, line.of_period, "body"), row, 5)
            self._grid.addWidget(Label("body", line.team_period), row, 6)
        self._grid.setColumnStretch(len(titles), 1)

    def show_honours(self, lists: Sequence[Best], *, is_on: bool, is_named: bool) -> None:
        _empty(self._lists)
        self.honours.setVisible(is_on)
        with QSignalBlocker(self.named):
            self.named.setChecked(is_named)
        for one in lists:
            column = QVBoxLayout()
            column.setSpacing(self._look.px(4))
            column.addWidget(Label("row", one.title))
            for place, (who, value, is_own) in enumerate(one.places, start=1):
                column.addWidget(Label("row" if is_own else "body", f"{place}  {who}  {value}", elides=True))
            if not one.places:
                column.addWidget(Label("hint", NOTHING))
            column.addStretch(1)
            holder = QWidget()
            holder.setLayout(column)
            column.setContentsMargins(0, 0, 0, 0)
            self._lists.addWidget(holder, 1)

    def show_mood(self, question: str, mark: str, level: int | None) -> None:
        """Nothing is asked where the question is empty; `level` is what was answered."""
        self.mood.setVisible(bool(question))
        self._question.say(question)
        for button in self.levels.values():
            button.setVisible(level is None)
        self._answered.setVisible(level is not None)
        if level is not None:
            words = self.tr("You said “{level}”. It is sent later, without your name.")
            self._answered.say(words.format(level=level_word(level)))
        words = self.tr(
            "Nobody can tell who said what, the server neither: the answer goes without a name, and a mean is shown "
            "from five answers on. Everybody of your team is asked with the same sign: {mark}"
        )
        self._nameless.say(words.format(mark=mark))

    def show_care(self, loads: Sequence[CareLine], reveals: Sequence[CareLine], moods: Sequence[CareLine]) -> None:
        """For who leads; without any it says so."""
        for card, lines, nothing in (
            (self.loads, loads, self.tr("Nobody whom you lead had a hard call today.")),
            (self.moods, moods, self.tr("No question of a week is over yet.")),
            (self.reveals, reveals, self.tr("Nobody looked at data of an abusive caller within 7 days of the call.")),
        ):
            card.show()
            _empty(card.body, 1)
            for line in lines[:MOST_LINES]:
                card.body.addWidget(Label("row", line.head, line.tone))
                card.body.addWidget(Label("body", line.words, wraps=True))
            if not lines:
                card.body.addWidget(Label("hint", nothing, wraps=True))


def _figure(value: str, of: str, role: str) -> Label:
    label = Label(role, value)
    label.setToolTip(of)
    label.setAccessibleName(f"{value} {of}".strip())
    return label


def _empty(layout: QLayout, first: int = 0) -> None:
    while (item := layout.takeAt(first)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
