"""Where those who teach work: the bank of questions, what is assigned and came of it, and how newcomers do.

Values and wishes of a RowsPage for `questions`, of a TrainingPane and a NewcomersPane; `show_source(words)`;
`filtered` when other questions are to be listed, `part_taken(part)`; `table_wanted(path)` to come in,
`template_wanted(path)` and `export_wanted` to go out.
"""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QPoint, QSignalBlocker, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.articles.diff import DifferenceText
from agent_desktop.ui.company_rules.words import bank_word
from agent_desktop.ui.row_editing.page import PageWords, RowsPage
from agent_desktop.ui.teaching.newcomers_pane import NewcomersPane
from agent_desktop.ui.teaching.question_form import QuestionForm
from agent_desktop.ui.teaching.question_table_pane import QuestionTablePane
from agent_desktop.ui.teaching.training_pane import TrainingPane
from agent_desktop.ui.teaching.words import state_word
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.controls import Button, Segments
from agent_desktop.ui.widgets.parts import HEAD_PX, Label
from agent_model.question import Bank, QuestionState

DIFFERENCE_PX = 140


class Part(StrEnum):
    QUESTIONS = "questions"
    TRAINING = "training"
    NEWCOMERS = "newcomers"


class QuestionsPane(RowsPage[QuestionForm]):
    filtered = Signal()
    table_wanted = Signal(object)
    template_wanted = Signal(object)
    export_wanted = Signal()

    def __init__(self, look: Look) -> None:
        words = PageWords(
            self.tr("Questions"),
            self.tr("New question"),
            self.tr("Those to be looked at stand first: what they were written from was published anew."),
            self.tr("There is no question here yet."),
        )
        self.preview = Label("body", "", wraps=True)
        self.source = Label("body", "", wraps=True)
        self._source_card = Card(look, self.tr("What it was written from, as it is now"))
        self._source_card.body.addWidget(self.source)
        self.difference = DifferenceText(look, self.tr("What changed since the question was looked at"))
        self.difference.setFixedHeight(look.px(DIFFERENCE_PX))
        self.changed = Label("meta", "", wraps=True)
        self.still_right = Button(look, self.tr("Still right"), "check", kind="primary", size="compact")
        self.edit = Button(look, self.tr("Change the question"), "pencil", size="compact")
        words_ = QHBoxLayout()
        words_.addWidget(self.changed, 1)
        words_.addWidget(self.edit)
        words_.addWidget(self.still_right)
        self._source_card.body.addWidget(self.difference)
        self._source_card.body.addLayout(words_)
        self.difference.hide()
        self._source_card.hide()
        below = QFrame()
        self._below = column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        shown = Card(look, self.tr("As whoever is asked sees it"))
        shown.body.addWidget(self.preview)
        column.addWidget(shown)
        column.addWidget(self._source_card)
        super().__init__(look, words, QuestionForm(look), below)
        self.look = look
        self.still_right.clicked.connect(self.send)
        self.edit.clicked.connect(lambda: self.form.areas["text"].setFocus())
        self.table = QuestionTablePane(look)
        self.put_panel(self.table)
        self.tables = Button(look, self.tr("Tables"), "inbox", size="compact")
        self.tables.setToolTip(self.tr("Questions from a workbook or CSV, and as one"))
        self._ways = QMenu(self)
        self._ways.setAccessibleName(self.tr("Tables"))
        self._ways.addAction(self.tr("Bring in a table…"), self._choose_table)
        self._ways.addAction(self.tr("Save a template…"), self._choose_template)
        self._ways.addAction(self.tr("Export the questions listed…"), self.export_wanted.emit)
        self.tables.clicked.connect(lambda: self._ways.popup(self.tables.mapToGlobal(QPoint(0, self.tables.height()))))
        self.banks, self.topics, self.states = Pick(look), Pick(look), Pick(look)
        for pick, name in (
            (self.banks, self.tr("Bank")),
            (self.topics, self.tr("Topic")),
            (self.states, self.tr("State")),
        ):
            pick.setAccessibleName(name)
            self.top.insertWidget(self.top.indexOf(self.new), pick)
        self.top.insertWidget(self.top.indexOf(self.new), self.tables)
        self._offer(self.banks, self.tr("Every bank"), [(one.value, bank_word(one)) for one in Bank])
        self._offer(self.topics, self.tr("Every topic"), ())
        self._offer(self.states, self.tr("Every state"), [(one.value, state_word(one)) for one in QuestionState])
        for pick in (self.banks, self.topics, self.states):
            pick.currentIndexChanged.connect(lambda _: self.filtered.emit())

    def offer_topics(self, topics: Sequence[str]) -> None:
        chosen = str(self.topics.currentData())
        with QSignalBlocker(self.topics):
            self.topics.clear()
            self._offer(self.topics, self.tr("Every topic"), [(one, one) for one in topics])
            self.topics.setCurrentIndex(max(0, self.topics.findData(chosen)))

    @property
    def filters(self) -> tuple[str, str, str]:
        """Bank, topic and state that are asked for; empty: any."""
        bank, topic, state = (str(pick.currentData() or "") for pick in (self.banks, self.topics, self.states))
        return bank, topic, state

    @property
    def filters_in_words(self) -> str:
        return " · ".join(pick.currentText() for pick in (self.banks, self.topics, self.states) if pick.currentData())

    def put_panel(self, panel: QWidget) -> None:
        """Between what stands at the top and the questions."""
        beside = QHBoxLayout()
        beside.setContentsMargins(0, 0, self.look.px(14), 0)  # in line with what stands above and below
        beside.addWidget(panel)
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            column.insertLayout(1, beside)

    def show_preview(self, words: str) -> None:
        self.preview.say(words)

    def show_source(self, words: str) -> None:
        self.source.say(words)
        self.source.setVisible(bool(words))
        self.difference.hide()
        self.changed.say("")
        self._source_card.setVisible(bool(words))

    def offer_judging(self, *, is_stale: bool) -> None:
        """Whether somebody has to say that the question is still right."""
        for button in (self.still_right, self.edit):
            button.setVisible(is_stale)
        inside = self.form.parentWidget()
        above = None if inside is None else inside.layout()
        if is_stale and isinstance(above, QVBoxLayout):
            above.insertWidget(0, self._source_card)  # it is why the question is looked at
        else:
            self._below.addWidget(self._source_card)

    def show_difference(self, before: str, now: str) -> None:
        """Of what it was written from, since the question was looked at, in the place of the text as it is now."""
        gone, come = self.difference.show_difference(before, now)
        words = self.tr("Since the question was looked at: − {gone} lines, + {come} lines.")
        nothing = self.tr("Its words are the same; whom or until when it holds for has changed.")
        self.changed.say(words.format(gone=gone, come=come) if gone or come else nothing)
        self.source.hide()
        self.difference.show()
        self._source_card.show()

    def _choose_table(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Bring in a table"), "", "(*.xlsx *.csv *.txt)")
        if chosen:
            self.table_wanted.emit(Path(chosen))

    def _choose_template(self) -> None:
        name = self.tr("Questions, template.xlsx")
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Save a template"), name, "(*.xlsx)")
        if chosen:
            self.template_wanted.emit(Path(chosen).with_suffix(".xlsx"))

    def _offer(self, pick: Pick, nothing: str, options: Sequence[tuple[str, str]]) -> None:
        pick.addItem(nothing, "")
        for value, words in options:
            pick.addItem(words, value)


class TeachingPage(QFrame):
    part_taken = Signal(str)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        px = look.px
        self.setProperty("ground", "canvas")
        self.setAccessibleName(self.tr("Teaching"))
        self.parts = Segments(
            self.tr("Part"),
            (
                (Part.QUESTIONS, self.tr("Questions"), "accent"),
                (Part.TRAINING, self.tr("Assignments and results"), "accent"),
                (Part.NEWCOMERS, self.tr("Newcomers"), "accent"),
            ),
        )
        self.parts.choose(Part.QUESTIONS)
        self.parts.chosen.connect(self.part_taken)
        self.questions, self.training = QuestionsPane(look), TrainingPane(look)
        self.newcomers = NewcomersPane(look, formats)
        self._stack = QStackedWidget()
        for pane in (self.questions, self._padded(self.training, px(16)), self._padded(self.newcomers, px(16))):
            self._stack.addWidget(pane)
        top = QHBoxLayout()
        top.setContentsMargins(px(16), px(14), px(14), 0)
        top.setSpacing(px(12))
        top.addWidget(Label("name", self.tr("Teaching")))
        top.addWidget(self.parts)
        top.addStretch(1)
        top.addWidget(self.newcomers.again)
        top.addStrut(px(HEAD_PX))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._stack, 1)
        self.show_part(Part.QUESTIONS)

    def send(self) -> None:
        if self.part is Part.QUESTIONS:
            self.questions.send()
        elif self.part is Part.TRAINING:
            self.training.send()

    @property
    def part(self) -> Part:
        return list(Part)[self._stack.currentIndex()]

    def show_part(self, part: Part) -> None:
        self.parts.choose(part)
        self._stack.setCurrentIndex(list(Part).index(part))
        self.newcomers.again.setVisible(part is Part.NEWCOMERS)

    def offer_leading(self, *, is_offered: bool) -> None:
        """An editor leads nobody."""
        self.parts.setVisible(is_offered)

    def _padded(self, pane: QFrame, side_px: int) -> QFrame:
        around = QFrame()
        around.setProperty("ground", "canvas")
        column = QVBoxLayout(around)
        column.setContentsMargins(side_px, side_px // 2, 2, side_px)
        column.addWidget(pane)
        return around
