"""My figures: today and four weeks beside goal and team, the honours board; for who leads, what hard calls left behind.

Values: `show_shift`, `show_figures`, `show_honours`, `show_mood`, `show_care`, `say`.
Wishes: `again_wanted`, `name_wanted(is_named)`, `mood_told(level)`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.formats import NOTHING
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.care.measure_card import FigureLine, MeasureCard
from agent_desktop.ui.care.team_care import LoadLine, MoodLine, RevealLine, TeamCarePane, emptied
from agent_desktop.ui.care.words import level_word
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.controls import Button, Tick
from agent_desktop.ui.widgets.parts import HEAD_PX, Label, Pill
from agent_desktop.ui.widgets.scrolled import EDGE_PX, scrolled_to_the_edge

LEVELS = range(1, 6)


@dataclass(frozen=True, slots=True)
class Best:
    """The best by one measure: who, and what they reached; `is_own` is the viewer."""

    title: str
    places: tuple[tuple[str, str, bool], ...]


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
        head.setContentsMargins(0, 0, px(14), 0)
        self._title = Label("name", self.tr("My figures"))
        self._title.setMinimumHeight(px(HEAD_PX))
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.again)
        self.shift = Label("row", wraps=True)
        self.figures = QWidget()
        self._measures = QHBoxLayout()
        self._measures.setSpacing(px(10))
        beside = QVBoxLayout(self.figures)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addLayout(self._measures)
        beside.addWidget(
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
        self.care = TeamCarePane(look)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        for part in (self.mood, self.shift, self.figures, self.care, self.honours):
            column.addWidget(part)
            part.hide()
        column.addStretch(1)
        inside = QWidget()
        inside.setLayout(column)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(16), px(14), px(EDGE_PX), px(14))
        whole.addLayout(head)
        whole.addWidget(self.outcome)
        self._scroll = scrolled_to_the_edge(look, inside, 16)
        self._scroll.setAccessibleName(self.accessibleName())
        whole.addWidget(self._scroll, 1)
        self.say("")

    def say(self, words: str, tone: str = "") -> None:
        self.outcome.say(words, tone)
        self.outcome.setVisible(bool(words))

    def show_shift(self, words: str) -> None:
        """The own shift of today, quietly; empty where nothing is planned."""
        self.shift.say(words)
        self.shift.setVisible(bool(words))

    def be_for_leads(self) -> None:
        """Their team's care in place of figures of their own."""
        self._title.say(self.tr("How the team fares"))
        for widget in (self, self._scroll):
            widget.setAccessibleName(self.tr("How the team fares"))
        self.named.hide()

    def show_figures(self, lines: Sequence[FigureLine]) -> None:
        emptied(self._measures)
        self.figures.setVisible(bool(lines))
        for line in lines:
            self._measures.addWidget(MeasureCard(self._look, line), 1)

    def show_honours(self, lists: Sequence[Best], *, is_on: bool, is_named: bool) -> None:
        emptied(self._lists)
        self.honours.setVisible(is_on)
        with QSignalBlocker(self.named):
            self.named.setChecked(is_named)
        for one in lists:
            grid = QGridLayout()
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setHorizontalSpacing(self._look.px(10))
            grid.setVerticalSpacing(self._look.px(6))
            grid.addWidget(Label("meta", one.title), 0, 0, 1, 3)
            for place, (who, value, is_own) in enumerate(one.places, start=1):
                role = "row" if is_own else "body"
                grid.addWidget(Pill(self._look, str(place), "accent" if place == 1 else "neutral"), place, 0)
                grid.addWidget(Label(role, who, elides=True), place, 1)
                grid.addWidget(Label(role, value), place, 2, Qt.AlignmentFlag.AlignRight)
            if not one.places:
                grid.addWidget(Label("hint", NOTHING), 1, 0)
            grid.setColumnStretch(1, 1)
            grid.setRowStretch(len(one.places) + 1, 1)
            holder = QWidget()
            holder.setLayout(grid)
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

    def show_care(self, loads: Sequence[LoadLine], reveals: Sequence[RevealLine], moods: Sequence[MoodLine]) -> None:
        self.care.show()
        self.care.show_care(loads, reveals, moods)
