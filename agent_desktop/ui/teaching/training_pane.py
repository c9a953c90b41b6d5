"""Training in a lead's hands: a quiz or a course given to people or teams at the left, what came of it at the right.

Values: `show_offer`, `show_given`, `show_quizzes`, `show_outcome`, `say`, `clear`. Wishes: `quiz_taken(id)`,
`give_wanted(what, people, teams, days, note)`, `taken_back(ids)` after it asked once, `time_given(ids, days)`.
`offer_export` and `put_panel` take ways out.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QSignalBlocker, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.tables.figures_table import FiguresTable
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.choice import Choice, Pick
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label, set_property
from agent_desktop.ui.widgets.scrolled import scrolled_to_the_edge
from agent_desktop.ui.widgets.several import Several
from agent_desktop.ui.widgets.typing import TextArea, TextLine

Rows = Sequence[Sequence[str]]
NOTE_PX = 64
MORE_PX = 72


class TrainingPane(QFrame):
    give_wanted = Signal(str, object, object, str, str)
    quiz_taken = Signal(str)
    taken_back = Signal(object)
    time_given = Signal(object, str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = self._look = look
        self._days: dict[str, int] = {}
        self._given_ids: list[str] = []
        self._is_asked = False
        self.setProperty("ground", "canvas")
        self.setAccessibleName(self.tr("Assignments and results"))
        self.outcome = Label("meta", "", wraps=True)
        self.what = Choice(look, self.tr("Quiz or course"), self.tr("Quiz or course"))
        self.people = Several(look, self.tr("People"), self.tr("Nobody by name"))
        self.teams = Several(look, self.tr("Whole teams"), self.tr("No whole team"))
        self.days = TextLine(self.tr("Due after days"))
        self.note = TextArea(self.tr("Why, for whoever gets it"))
        self.note.setFixedHeight(look.px(NOTE_PX))
        self.give = Button(look, self.tr("Assign"), "send", kind="primary")
        self.quiz = Pick(look)
        self.quiz.setAccessibleName(self.tr("Results of"))
        self.export = Button(look, self.tr("Export"), "external", size="compact")
        self._ways = QMenu(self)
        self._ways.setAccessibleName(self.tr("Export"))
        self.export.clicked.connect(lambda: self._ways.popup(self.export.mapToGlobal(QPoint(0, self.export.height()))))
        self.given = FiguresTable(look, self.tr("What was assigned"))
        self.by_person = FiguresTable(look, self.tr("By person"))
        self.by_question = FiguresTable(look, self.tr("By question"))
        self.by_team = FiguresTable(look, self.tr("By team"))
        self.take_back = Button(look, self.tr("Take back"), "close", size="compact", tip="Delete")
        self.more = TextLine(self.tr("Days more"))
        self.more.setText("7")
        self.more.setFixedWidth(look.px(MORE_PX))
        self.give_time = Button(look, self.tr("Due later"), "clock", size="compact")
        self.told = Label("meta", "", wraps=True)
        self.nothing = Label("hint", self.tr("Nobody has handed in an answer to this quiz yet."), wraps=True)
        self._lay_out()
        self.what.picked.connect(lambda what: self.days.setText(str(self._days.get(what, 7))))
        self.give.clicked.connect(self.send)
        self.take_back.clicked.connect(self._take_back)
        self.give_time.clicked.connect(lambda: self.time_given.emit(self.chosen, self.more.text().strip()))
        self.more.returnPressed.connect(self.give_time.click)
        self.given.dropped.connect(self._take_back)
        self.given.selectionModel().selectionChanged.connect(lambda *_: self._ask(is_asked=False))
        self.quiz.currentIndexChanged.connect(lambda _: self.quiz_taken.emit(str(self.quiz.currentData() or "")))

    def _lay_out(self) -> None:
        px = self._look.px
        left = Card(self._look, self.tr("Assign"))
        left.setFixedWidth(px(330))
        for words, widget in (
            (self.tr("Quiz or course"), self.what),
            (self.tr("People"), self.people),
            (self.tr("Whole teams"), self.teams),
            (self.tr("Due after days"), self.days),
            (self.tr("Why, for whoever gets it"), self.note),
        ):
            left.body.addWidget(Label("meta", words))
            left.body.addWidget(widget)
        left.body.addWidget(self.give)
        left.body.addWidget(self.outcome)
        left.body.addStretch(1)
        came = Card(self._look, self.tr("What came of it"))
        came.head.addWidget(self.quiz)
        came.head.addWidget(self.export)
        came.body.addWidget(self.nothing)
        self._titles: list[Label] = []
        for table in (self.by_team, self.by_person, self.by_question):
            title = Label("meta", table.accessibleName())
            self._titles.append(title)
            came.body.addWidget(title)
            came.body.addWidget(table)
        given = Card(self._look, self.tr("What was assigned"))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        for beside in (self.take_back, self.more, self.give_time):
            row.addWidget(beside)
        row.addWidget(self.told, 1)
        given.body.addLayout(row)
        given.body.addWidget(self.given)
        inside = QFrame()
        inside.setProperty("ground", "canvas")
        self._right = right = QVBoxLayout(inside)
        right.setSpacing(px(10))
        right.addWidget(came)
        right.addWidget(given)
        right.addStretch(1)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(px(10))
        columns.addWidget(left)
        columns.addWidget(scrolled_to_the_edge(self._look, inside, 16), 1)

    # ---- values -----------------------------------------------------------------------------------------------

    def show_offer(
        self,
        what: Sequence[tuple[str, str, int]],
        people: Sequence[tuple[str, str]],
        teams: Sequence[tuple[str, str]],
    ) -> None:
        self._days = {key: days for key, _, days in what}
        self.what.offer([(key, words) for key, words, _ in what])
        self.people.show_options(people)
        self.teams.show_options(teams)

    def show_given(self, rows: Rows, ids: Sequence[str]) -> None:
        """What was chosen stays chosen."""
        chosen = set(self.chosen)
        self._given_ids = list(ids)
        heads = (self.tr("Who"), self.tr("What"), self.tr("Because of"), self.tr("Due"), self.tr("State"))
        self.given.show_rows(heads, rows)
        selection = self.given.selectionModel()
        with QSignalBlocker(selection):
            for n, id_ in enumerate(ids):
                if id_ in chosen:
                    flags = selection.SelectionFlag.Select | selection.SelectionFlag.Rows
                    selection.select(self.given.model().index(n, 0), flags)
        self.given.viewport().update()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The assignments that are chosen in the table."""
        rows = sorted({index.row() for index in self.given.selectionModel().selectedRows()})
        return tuple(self._given_ids[row] for row in rows if row < len(self._given_ids))

    def show_quizzes(self, quizzes: Sequence[tuple[str, str]]) -> None:
        """The chosen one stays."""
        chosen = self.quiz.currentData()
        with QSignalBlocker(self.quiz):
            self.quiz.clear()
            for id_, words in quizzes:
                self.quiz.addItem(words, id_)
            self.quiz.setCurrentIndex(max(0, self.quiz.findData(chosen)))

    def show_outcome(self, people: Rows, questions: Rows, teams: Rows) -> None:
        who = (self.tr("Who"), self.tr("Tries"), self.tr("Newest"), self.tr("Best"), self.tr("Passed"))
        asked = (
            self.tr("Question"), self.tr("Right"), self.tr("Best third less worst"), self.tr("To be looked at"),
        )  # fmt: skip
        self.by_person.show_rows(who, people)
        self.by_question.show_rows(asked, questions, narrow=(1, 2))
        self.by_team.show_rows((self.tr("Team"), self.tr("People"), self.tr("Passed")), teams)
        self.nothing.setVisible(not people)
        self.export.setEnabled(bool(people))
        for widget in (*self._titles, self.by_person, self.by_question, self.by_team):
            widget.setVisible(bool(people))

    def offer_export(self, words: str, wanted: Callable[[], None]) -> None:
        self._ways.addAction(words, wanted)

    def put_panel(self, panel: QWidget) -> None:
        """Above what came of it."""
        self._right.insertWidget(0, panel)

    def show_fault(self, field: str, words: str) -> None:
        fields = {"what": self.what, "whom": self.people, "days": self.days, "note": self.note}
        for name, widget in fields.items():
            set_property(widget, "fault", name == field)
        self.say(words, "bad")
        if field in fields:
            fields[field].setFocus()

    def say(self, words: str, tone: str = "") -> None:
        self.outcome.say(words, tone)
        self.outcome.setVisible(bool(words))

    def say_of_given(self, words: str, tone: str = "") -> None:
        self.told.say(words, tone)

    def clear(self) -> None:
        """For the next one: what was given stays chosen, to whom not."""
        self.show_fault("", "")
        self.people.choose(())
        self.teams.choose(())
        self.note.clear()

    def _take_back(self) -> None:
        """Asks once, with how many."""
        if self.chosen and not self._is_asked:
            self._ask(is_asked=True)
            return
        self._ask(is_asked=False)
        self.taken_back.emit(self.chosen)

    def _ask(self, *, is_asked: bool) -> None:
        self._is_asked = is_asked
        words = self.tr("Nobody has to do these {count} any more. Take them back?")
        self.say_of_given(words.format(count=len(self.chosen)) if is_asked else "", "warn")
        kind = "danger" if is_asked else "plain"
        self.take_back.wear(kind, "close", self.tr("Take back all the same") if is_asked else self.tr("Take back"))

    def send(self) -> None:
        self.give_wanted.emit(
            self.what.chosen,
            self.people.chosen,
            self.teams.chosen,
            self.days.text().strip(),
            self.note.toPlainText().strip(),
        )
