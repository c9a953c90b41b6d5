"""One question as a form: what is asked, what is right and why, and what it was written from.

Values and wishes of a RowForm, `show_titles`, `show_found`; `find_wanted(text)`, `source_wanted(id)`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QWidget

from agent_desktop.teaching.questions import Written, answers_of, with_answers
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.company_rules.words import bank_word
from agent_desktop.ui.row_editing.form import RowForm
from agent_desktop.ui.teaching.words import (
    answers_hint,
    explain_question_fault,
    field_word,
    kind_word,
    state_word,
)
from agent_desktop.ui.widgets.choice import Choice, Pick
from agent_desktop.ui.widgets.controls import Tick
from agent_desktop.ui.widgets.lines import Line, Lines
from agent_desktop.ui.widgets.parts import Label, set_property
from agent_desktop.ui.widgets.typing import TextArea, TextLine
from agent_model.practice import Check
from agent_model.question import (
    FALSE,
    TRUE,
    Bank,
    PlayedCall,
    QuestionFault,
    QuestionKind,
    QuestionState,
    Source,
    SourceKind,
)

AREA_PX: Final = {"text": 64, "answers": 112, "explanation": 52}
FIND_AFTER_MS: Final = 200
LANGUAGES: Final = ("zh-CN", "en")


class QuestionForm(RowForm[Written]):
    find_wanted = Signal(str)
    source_wanted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, self.tr("Question"))
        self._sources: tuple[Source, ...] = ()
        self._titles: dict[str, str] = {}
        self._kinds: dict[str, SourceKind] = {}
        self._labels: dict[QWidget, QWidget] = {}
        self.is_retired = Tick(look, self.tr("Retired"))
        self.kind, self.bank, self.truth, self.task, self.language = (Pick(look) for _ in range(5))
        self.kind.addItems([kind_word(one) for one in QuestionKind])
        self.bank.addItems([bank_word(one) for one in Bank])
        self.language.addItems([self.tr("Chinese"), self.tr("English")])
        for words, value in ((self.tr("True"), TRUE), (self.tr("False"), FALSE)):
            self.truth.addItem(words, value)
        for words, check in (
            (self.tr("Find an article"), Check.FIND_ARTICLE),
            (self.tr("File a ticket"), Check.FILE_TICKET),
            (self.tr("Handle a call"), Check.HANDLE_CALL),
        ):
            self.task.addItem(words, check.value)
        self.lines = {name: TextLine(field_word(name)) for name in ("topic", "points", "least")}
        self.call = Choice(look, field_word("call"), self.tr("Type a name or a day"))
        self._calls: tuple[tuple[str, str], ...] = ()
        self.areas = {name: TextArea(field_word("right" if name == "answers" else name)) for name in AREA_PX}
        for name, area in self.areas.items():
            area.setFixedHeight(look.px(AREA_PX[name]))
        self.hint = Label("hint", "", wraps=True)
        self.stale = Label("meta", "", "warn", wraps=True)
        find = self.tr("Find an article or announcement to tie it to")
        self.to_find = TextLine(find, find)
        self.found = Lines(look, self.tr("Articles and announcements found"))
        self.sources = Lines(look, field_word("sources"))
        self._finding = QTimer(self)
        self._finding.setSingleShot(True)
        self._finding.setInterval(FIND_AFTER_MS)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.add_to_head(self.is_retired)
        self.inside.addWidget(self.stale)
        grid = self._grid()
        for column, (words, widget) in enumerate(
            (
                (self.tr("Kind"), self.kind),
                (self.tr("Bank"), self.bank),
                (field_word("topic"), self.lines["topic"]),
                (field_word("language"), self.language),
            )
        ):
            self._cell(grid, 0, column, words, widget)
        self._cell(grid, 3, 0, field_word("text"), self.areas["text"], 4)
        self._cell(grid, 6, 0, field_word("right"), self.areas["answers"], 4)
        grid.addWidget(self.truth, 7, 0, 1, 2)
        grid.addWidget(self.hint, 9, 0, 1, 4)
        self._cell(grid, 10, 0, field_word("points"), self.lines["points"])
        self._cell(grid, 10, 1, field_word("least"), self.lines["least"])
        self._cell(grid, 10, 2, field_word("call"), self.call)
        self._cell(grid, 10, 3, field_word("task"), self.task)
        for column, widget in enumerate((self.lines["least"], self.call, self.task), 1):
            label = grid.itemAtPosition(10, column)
            if label is not None and (beside := label.widget()) is not None:
                self._labels[widget] = beside
        self._cell(grid, 13, 0, field_word("explanation"), self.areas["explanation"], 4)
        self._cell(grid, 16, 0, field_word("sources"), self.sources, 4)
        grid.addWidget(self.to_find, 18, 0, 1, 4)
        grid.addWidget(self.found, 19, 0, 1, 4)
        for column in range(4):
            grid.setColumnStretch(column, 1)
        self.truth.setAccessibleName(field_word("right"))
        self.inside.addWidget(
            Label("hint", self.tr("Enter ties what was found; Delete unties it; Enter reads it."), wraps=True)
        )

    def _connect(self) -> None:
        for line in self.lines.values():
            line.textChanged.connect(self._tell)
            line.returnPressed.connect(self.send)
        for area in self.areas.values():
            area.textChanged.connect(self._tell)
        for pick in (self.kind, self.bank, self.truth, self.task, self.language):
            pick.currentIndexChanged.connect(self._tell)
        self.kind.currentIndexChanged.connect(self._show_kind)
        self.is_retired.toggled.connect(self._tell)
        self.call.picked.connect(lambda _: self._tell())
        self.to_find.textChanged.connect(lambda _: self._finding.start())
        self._finding.timeout.connect(lambda: self.find_wanted.emit(self.to_find.text().strip()))
        self.found.taken.connect(self._tie)
        self.sources.taken.connect(self.source_wanted)
        self.sources.dropped.connect(self._untie)

    # ---- values -----------------------------------------------------------------------------------------------

    def show_titles(self, titles: Mapping[str, str]) -> None:
        """What articles are called that questions are tied to."""
        self._titles |= titles
        self._show_sources()
        self._show_stale()

    def show_calls(self, calls: Sequence[tuple[str, str]]) -> None:
        """Calls that may be played, as (id of the line of the timeline, words)."""
        self._calls = tuple(calls)
        self._offer_calls(None if self._shown is None else self._shown.question.call)

    def show_found(self, hits: Sequence[tuple[SourceKind, str, str]]) -> None:
        """Articles and announcements that may be tied."""
        self._titles |= {id_: title for _, id_, title in hits}
        self._kinds |= {id_: kind for kind, id_, _ in hits}
        told = self.tr("Announcement")
        self.found.show_lines(
            [Line(id_, title, at_right=told if kind is SourceKind.ANNOUNCEMENT else "") for kind, id_, title in hits]
        )
        self.found.setVisible(bool(hits))

    def show_faults(self, faults: Sequence[QuestionFault]) -> None:
        wrong = {"answers" if fault.field in ("options", "right") else fault.field for fault in faults}
        fields = {**self.lines, **self.areas}
        for name, widget in fields.items():
            set_property(widget, "fault", name in wrong)
        self._say("\n".join(dict.fromkeys(map(explain_question_fault, faults))))
        if (first := next((name for name in fields if name in wrong), None)) is not None:
            fields[first].setFocus()

    def _fill(self, row: Written) -> None:
        question, key = row.question, row.key
        self._sources = question.sources
        self.is_retired.setChecked(question.state is QuestionState.RETIRED)
        self.kind.setCurrentIndex(list(QuestionKind).index(question.kind))
        self.bank.setCurrentIndex(list(Bank).index(question.bank))
        self.language.setCurrentIndex(0 if question.language.startswith("zh") else 1)
        self.truth.setCurrentIndex(1 if key.right == (FALSE,) else 0)
        self.task.setCurrentIndex(max(0, self.task.findData(question.task)))
        self.lines["topic"].setText(question.topic)
        self.lines["points"].setText(str(key.points))
        self.lines["least"].setText(str(key.least))
        self._offer_calls(question.call)
        self.call.choose(question.call.contact if question.call else "")
        self.areas["text"].setPlainText(question.text)
        self.areas["answers"].setPlainText(answers_of(row))
        self.areas["explanation"].setPlainText(key.explanation)
        with QSignalBlocker(self.to_find):
            self.to_find.clear()
        self.show_found(())
        self._show_kind()
        self._show_sources()
        self._show_stale(row)

    def _written(self, shown: Written) -> Written:
        kind = list(QuestionKind)[self.kind.currentIndex()]
        is_retired = self.is_retired.isChecked()
        was = shown.question.state
        kept = QuestionState.ACTIVE if was is QuestionState.RETIRED else was
        contact, before = self.call.chosen, shown.question.call
        call = before if before is not None and before.contact == contact else PlayedCall(contact)
        question = replace(
            shown.question,
            kind=kind,
            bank=list(Bank)[self.bank.currentIndex()],
            text=self.areas["text"].toPlainText().strip(),
            topic=self.lines["topic"].text().strip(),
            language=LANGUAGES[self.language.currentIndex()],
            sources=self._sources,
            call=call if kind is QuestionKind.SCENARIO and contact else None,
            task=Check(self.task.currentData()) if kind is QuestionKind.TASK else None,
            state=QuestionState.RETIRED if is_retired else kept,
        )
        key = replace(
            shown.key,
            points=_number(self.lines["points"].text()),
            least=_number(self.lines["least"].text()) if kind is QuestionKind.SHORT_TEXT else 0,
            explanation=self.areas["explanation"].toPlainText().strip(),
            right=(str(self.truth.currentData()),),
        )
        return with_answers(Written(question, key), self.areas["answers"].toPlainText())

    # ---- what goes with the kind ------------------------------------------------------------------------------

    def _offer_calls(self, chosen: PlayedCall | None) -> None:
        """With the one that is chosen already, however old it is."""
        known = {id_ for id_, _ in self._calls}
        kept = [] if chosen is None or chosen.contact in known else [(chosen.contact, chosen.name or chosen.contact)]
        self.call.offer([*kept, *self._calls])

    def _show_kind(self) -> None:
        kind = list(QuestionKind)[self.kind.currentIndex()]
        self.truth.setVisible(kind is QuestionKind.TRUE_FALSE)
        self.areas["answers"].setVisible(kind is not QuestionKind.TRUE_FALSE)
        self.hint.say(answers_hint(kind))
        for widget, of in (
            (self.lines["least"], QuestionKind.SHORT_TEXT),
            (self.call, QuestionKind.SCENARIO),
            (self.task, QuestionKind.TASK),
        ):
            widget.setVisible(kind is of)
            self._labels[widget].setVisible(kind is of)

    def _show_sources(self) -> None:
        self.sources.show_lines(
            [Line(one.id, self._titles.get(one.id, one.id), at_right=str(one.version)) for one in self._sources]
        )
        self.sources.setVisible(bool(self._sources))

    def _show_stale(self, row: Written | None = None) -> None:
        shown = row or self._shown
        question = None if shown is None else shown.question
        if question is None or question.state is not QuestionState.STALE:
            self.stale.hide()
            return
        if question.stale_by == question.id:
            self.stale.say(
                self.tr(
                    "What is marked as right is no answer of this question any more: two people changed them. Nobody "
                    "is asked it until you mark what is right and save."
                )
            )
            self.stale.show()
            return
        by = self._titles.get(question.stale_by or "", question.stale_by or "")
        words = self.tr(
            "“{title}” was published anew, so nobody is asked this. Look at it above; if the question is still "
            "right, save it as it is."
        )
        self.stale.say(words.format(title=by))
        self.stale.show()

    def _tie(self, source_id: str) -> None:
        if all(one.id != source_id for one in self._sources):
            kind = self._kinds.get(source_id, SourceKind.ARTICLE)
            self._sources = (*self._sources, Source(kind, source_id, 0))
            self._show_sources()
            self._tell()

    def _untie(self, source_id: str) -> None:
        self._sources = tuple(one for one in self._sources if one.id != source_id)
        self._show_sources()
        self._tell()


def _number(text: str) -> int:
    """What is no number is out of bounds."""
    return int(text) if text.strip().isascii() and text.strip().isdigit() and len(text) < 6 else -1


def title_of(row: Written, nothing: str) -> str:
    """A question in a list."""
    return " ".join(row.question.text.split()) or nothing


def pill_of(row: Written) -> str:
    state = row.question.state
    return "" if state is QuestionState.ACTIVE else state_word(state)
