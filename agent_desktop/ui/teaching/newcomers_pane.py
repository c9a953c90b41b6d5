"""How newcomers do: who they are at the left, four figures of one of them drawn and as a table at the right.

Values: `show_people`, `show_newcomers`, `show_one`, `say`. Wishes: `taken(id)`, `joined_wanted(id, day or None)`,
`again_wanted`.
"""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from agent_desktop.ui.appearance.formats import NOTHING, Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.tables.figures_table import FiguresTable
from agent_desktop.ui.teaching.curve import Curve
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.choice import Choice
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.lines import Line, Lines
from agent_desktop.ui.widgets.parts import Label, set_property
from agent_desktop.ui.widgets.scrolled import scrolled_to_the_edge
from agent_desktop.ui.widgets.typing import TextLine
from agent_model.newcomer import FEWEST_CONTACTS, Newcomer, Week


class NewcomersPane(QFrame):
    taken = Signal(str)
    joined_wanted = Signal(str, object)
    again_wanted = Signal()

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self.setProperty("ground", "canvas")
        self.setAccessibleName(self.tr("Newcomers"))
        self.outcome = Label("meta", "", wraps=True)
        self.people = Lines(look, self.tr("Newcomers"))
        self.people.taken.connect(self.taken)
        self.nothing = Label("hint", "", wraps=True)
        self.who = Choice(look, self.tr("Who is new"), self.tr("Who is new"))
        self.day = TextLine(self.tr("Joined on, such as 2026-09-01"), self.tr("Joined on, such as 2026-09-01"))
        self.day.returnPressed.connect(self._wish)
        self.tell = Button(look, self.tr("Save"), "check", size="compact")
        self.tell.clicked.connect(self._wish)
        self.again = Button(look, self.tr("Look again"), "sync", size="compact")
        self.again.clicked.connect(self.again_wanted)
        self.name = Label("section", "", elides=True)
        contacts = FEWEST_CONTACTS
        self.curves = {
            "handled_per_hour": Curve(
                look,
                self.tr("Handled for each hour signed in"),
                lambda one: one.handled_per_hour,
                self._rate,
                0,
                lambda one: one.handled,
                contacts,
            ),
            "first_contact": Curve(
                look,
                self.tr("Solved at the first contact"),
                lambda one: one.first_contact,
                self._share,
                1,
                lambda one: one.first_contacts,
                contacts,
            ),
            "quality": Curve(
                look, self.tr("Quality"), lambda one: one.quality, self._score, 100, lambda one: one.inspections
            ),
            "quiz": Curve(look, self.tr("Quizzes"), lambda one: one.quiz, self._score, 100, lambda one: one.quizzes),
        }
        self.no_inspections = Label("hint", self.tr("No inspections yet: nothing here judges quality."), wraps=True)
        self.table = FiguresTable(look, self.tr("The same as a table"))
        self._lay_out()
        self.show_newcomers(())

    def _lay_out(self) -> None:
        px = self._look.px
        left = Card(self._look)
        left.setFixedWidth(px(330))
        left.body.addWidget(self.people)
        left.body.addWidget(self.nothing)
        left.body.addStretch(1)
        left.body.addWidget(Label("meta", self.tr("Since when somebody works here; no day takes it back"), wraps=True))
        for widget in (self.who, self.day, self.tell):
            left.body.addWidget(widget)
        self.right = Card(self._look)
        self.right.head.addWidget(self.name, 1)
        self.right.head.addWidget(Label("hint", self.tr("Whole line: the newcomer; dashed: the team's median")))
        self.right.body.addLayout(self.right.head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(16))
        for n, curve in enumerate(self.curves.values()):
            grid.addWidget(Label("meta", curve.accessibleName()), n // 2 * 3, n % 2)
            grid.addWidget(curve, n // 2 * 3 + 1, n % 2)
        grid.addWidget(self.no_inspections, 5, 0)
        self.right.body.addLayout(grid)
        self.right.body.addWidget(self.table)
        inside = QFrame()
        inside.setProperty("ground", "canvas")
        around = QVBoxLayout(inside)
        around.addWidget(self.right)
        around.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(px(10))
        columns.addWidget(left)
        columns.addWidget(scrolled_to_the_edge(self._look, inside, 16), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.outcome)
        column.addLayout(columns, 1)
        self.outcome.hide()

    # ---- values -----------------------------------------------------------------------------------------------

    def show_people(self, people: Sequence[tuple[str, str]]) -> None:
        """Whom it may be told of, as (id, name)."""
        self.who.offer(people)

    def show_newcomers(self, lines: Sequence[Line], why_none: str = "") -> None:
        self.again.be_busy(busy=False)
        self.people.show_lines(lines)
        self.people.setVisible(bool(lines))
        self.nothing.say(why_none)
        self.nothing.setVisible(not lines)
        self.right.setVisible(bool(lines))

    def show_one(self, newcomer: Newcomer, name: str, *, has_inspections: bool) -> None:
        self.name.say(name)
        for curve in self.curves.values():
            curve.show_weeks(newcomer.weeks)
        self.no_inspections.setVisible(not has_inspections)
        self._fill_table(newcomer.weeks)
        self.who.choose(newcomer.agent)
        self.day.setText(newcomer.joined_on.isoformat())

    def say(self, words: str, tone: str = "") -> None:
        self.outcome.say(words, tone)
        self.outcome.setVisible(bool(words))

    def _fill_table(self, weeks: Sequence[Week]) -> None:
        handled, first = self.tr("Handled an hour"), self.tr("First contact")
        heads = (self.tr("Week"), handled, first, self.tr("Quality"), self.tr("Quizzes"), self.tr("Colleagues"))
        both, alone = self.tr("{own}  (n {count}, median {median})"), self.tr("{own}  (n {count})")
        rows = []
        for week in weeks:
            count = week.counts
            counts = (count.handled, count.first_contacts, count.inspections, count.quizzes)
            cells = []
            for own, median, of in zip(self._said(week.own), self._said(week.median), counts, strict=True):
                words = alone if median == NOTHING else both
                cells.append(words.format(own=own, count=of, median=median) if own != NOTHING or of else own)
            rows.append([f"{week.number}  {week.since.isoformat()}", *cells, str(week.colleagues)])
        empty = [n for n in range(1, len(heads) - 1) if all(row[n] == NOTHING for row in rows)]
        self.table.show_rows(heads, rows, narrow=(0, *empty, len(heads) - 1))

    def _said(self, figures: object) -> list[str]:
        says = (self._rate, self._share, self._score, self._score)
        return [say(getattr(figures, name)) for name, say in zip(self.curves, says, strict=True)]

    def _rate(self, value: float | None) -> str:
        return NOTHING if value is None else f"{value:.1f}"

    def _share(self, value: float | None) -> str:
        return NOTHING if value is None else f"{value:.0%}"

    def _score(self, value: float | None) -> str:
        return NOTHING if value is None else f"{value:.0f}"

    def _wish(self) -> None:
        """A day that is none is marked and stays."""
        text = self.day.text().strip()
        try:
            day = date.fromisoformat(text) if text else None
        except ValueError:
            set_property(self.day, "fault", value=True)
            self.say(self.tr("{day} is not a day such as 2026-09-01.").format(day=text), "bad")
            self.day.setFocus()
            return
        set_property(self.day, "fault", value=False)
        if self.who.chosen:
            self.joined_wanted.emit(self.who.chosen, day)
        else:
            self.say(self.tr("Choose who is new."), "bad")
            self.who.setFocus()
