"""One announcement as a form: its text, whom it goes to, until when, what it asks of its readers.

Values and wishes of a RowForm, `offer_places`, `show_addressed(words)`; `withdraw_wanted(id)`.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from agent_desktop.announcements import again
from agent_desktop.ui.announcements.words import urgency_word
from agent_desktop.ui.announcements.writing_words import (
    choices_written,
    explain_fault,
    field_word,
    moment_in,
    no_moment,
    no_number,
    question_from,
    role_word,
)
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.row_editing.form import RowForm
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.controls import Button, Tick
from agent_desktop.ui.widgets.parts import Label, set_property
from agent_desktop.ui.widgets.several import Several
from agent_desktop.ui.widgets.typing import TextArea, TextLine
from agent_model.agent import Role
from agent_model.announcement import (
    MOST_QUESTIONS,
    Announcement,
    AnnouncementFault,
    AnnouncementState,
    Audience,
    Urgency,
)

BODY_PX, CHOICES_PX = 110, 60
MOMENTS = ("valid_from", "valid_to")
NUMBERS = ("dwell_s", "grace_min")


class AnnouncementForm(RowForm[Announcement]):
    withdraw_wanted = Signal(str)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__(look, self.tr("Announcement"))
        self._formats = formats
        self.save.setText(self.tr("Publish"))
        self.lines = {name: TextLine(field_word(name)) for name in ("title", *MOMENTS, *NUMBERS)}
        for name in MOMENTS:
            self.lines[name].setPlaceholderText(self.tr("YYYY-MM-DD HH:MM"))
        self.text = TextArea(field_word("body"))
        self.text.setFixedHeight(look.px(BODY_PX))
        self.urgency = Pick(look)
        for urgency in Urgency:
            self.urgency.addItem(urgency_word(urgency)[0] or self.tr("Normal"), urgency.value)
        every = self.tr("None named")
        self.audience = {
            name: Several(look, field_word(f"audience.{name}"), every) for name in ("teams", "queues", "roles", "sites")
        }
        self.must_read = Tick(look, self.tr("Must be read"))
        self.asks_name = Tick(look, self.tr("Signed with the name"))
        self.blocks_ready = Tick(look, self.tr("Not ready before it is read"))
        self.again = Tick(look, self.tr("Everybody reads it again"))
        self.questions = [TextLine(f"{field_word('quiz')} {n + 1}") for n in range(MOST_QUESTIONS)]
        self.choices = [TextArea(self.tr("Answers {n}").format(n=n + 1)) for n in range(MOST_QUESTIONS)]
        for area in self.choices:
            area.setFixedHeight(look.px(CHOICES_PX))
        self.addressed = Label("meta", "", wraps=True)
        self.withdraw = Button(look, self.tr("Withdraw"), "close", kind="ghost")
        self.withdraw.clicked.connect(lambda: self.withdraw_wanted.emit(self.row_id))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        grid = self._grid()
        self._cell(grid, 0, 0, field_word("title"), self.lines["title"], 3)
        self._cell(grid, 0, 3, field_word("urgency"), self.urgency)
        self._cell(grid, 3, 0, field_word("body"), self.text, 4)
        for column, (name, several) in enumerate(self.audience.items()):
            self._cell(grid, 6, column, field_word(f"audience.{name}"), several)
        for column, name in enumerate((*MOMENTS, *NUMBERS)):
            self._cell(grid, 9, column, field_word(name), self.lines[name])
        for column, tick in enumerate((self.must_read, self.asks_name, self.blocks_ready, self.again)):
            grid.addWidget(tick, 12, column)
        for n, (question, choices) in enumerate(zip(self.questions, self.choices, strict=True)):
            self._cell(grid, 13 + 3 * n, 0, f"{field_word('quiz')} {n + 1}", question, 2)
            self._cell(grid, 13 + 3 * n, 2, self.tr("Answers, one a line; * before the right one"), choices, 2)
            grid.setAlignment(question, Qt.AlignmentFlag.AlignTop)
        for column in range(4):
            grid.setColumnStretch(column, 1)
        hint = self.tr("Whoever is of any of the named gets it; with none named everybody does.")
        self.inside.addWidget(Label("hint", hint, wraps=True))
        self.inside.addWidget(self.addressed)
        self.add_to_head(self.withdraw)

    def _connect(self) -> None:
        for line in (*self.lines.values(), *self.questions):
            line.textChanged.connect(self._tell)
        for area in (self.text, *self.choices):
            area.textChanged.connect(self._tell)
        self.urgency.currentIndexChanged.connect(self._tell)
        for several in self.audience.values():
            several.changed.connect(self._tell)
        for tick in (self.must_read, self.asks_name, self.blocks_ready, self.again):
            tick.toggled.connect(self._tell)

    def offer_places(
        self,
        teams: Sequence[tuple[str, str]],
        queues: Sequence[tuple[str, str]],
        sites: Sequence[str],
        names: Directory,
        *,
        is_wide: bool,
    ) -> None:
        """Whom this person may tell; what others told goes to whom `names` know."""
        self.audience["teams"].name_others(names.team)
        self.audience["queues"].name_others(names.queue)
        self.audience["roles"].name_others(lambda role: role_word(Role(role)))
        self.audience["teams"].show_options(teams)
        self.audience["queues"].show_options(queues)
        self.audience["roles"].show_options([(role.value, role_word(role)) for role in Role] if is_wide else [])
        self.audience["sites"].show_options([(site, site) for site in sites])
        for name in ("roles", "sites"):
            self.audience[name].setEnabled(is_wide)

    def show_addressed(self, words: str) -> None:
        self.addressed.say(words)

    def show_changeable(self, *, may_change: bool, is_published: bool) -> None:
        """Nobody takes back what the house told; what was withdrawn stays so."""
        self.save.setEnabled(may_change)
        self.withdraw.setEnabled(may_change and is_published)
        self.withdraw.setVisible(is_published)
        self.again.setVisible(is_published)

    def send(self) -> None:
        words = self._misread()
        if words:
            self._say("\n".join(words.values()))
            self.lines[next(iter(words))].setFocus()
        elif self.save.isEnabled():
            super().send()

    def _misread(self) -> dict[str, str]:
        """Lines that say no moment and no number, each with what to do."""
        found = {name: no_moment(name) for name in MOMENTS if not _reads(self.lines[name].text(), self._formats)}
        numbers = {name: self.lines[name].text().strip() for name in NUMBERS}
        return found | {name: no_number(name) for name, text in numbers.items() if text and not text.isdecimal()}

    def _written(self, shown: Announcement) -> Announcement:
        misread = self._misread()
        moments = {name: getattr(shown, name) if name in misread else self._moment(name, shown) for name in MOMENTS}
        numbers = {
            name: int(text) if (text := self.lines[name].text().strip()) and name not in misread else None
            for name in NUMBERS
        }
        asked = zip(self.questions, self.choices, strict=True)
        quiz = tuple(
            question_from(shown.id, question.text().strip(), choices.toPlainText())
            for question, choices in asked
            if question.text().strip() or choices.toPlainText().strip()
        )
        chosen = {name: several.chosen for name, several in self.audience.items()}
        row = replace(
            shown,
            title=self.lines["title"].text().strip(),
            body=self.text.toPlainText().rstrip(),
            audience=Audience(
                chosen["teams"], chosen["queues"], tuple(Role(role) for role in chosen["roles"]), chosen["sites"]
            ),
            urgency=Urgency(self.urgency.currentData()),
            valid_from=moments["valid_from"],
            valid_to=moments["valid_to"],
            must_read=self.must_read.isChecked(),
            dwell_s=numbers["dwell_s"] or 0,
            asks_name=self.asks_name.isChecked(),
            quiz=quiz,
            blocks_ready=self.blocks_ready.isChecked(),
            grace_min=numbers["grace_min"],
        )
        return again(row) if self.again.isChecked() and shown.version > 0 else row

    def _moment(self, name: str, shown: Announcement) -> datetime | None:
        """To the minute: the one that was shown keeps its seconds."""
        before: datetime | None = getattr(shown, name)
        if self.lines[name].text().strip() == self._formats.written(before):
            return before
        typed = moment_in(self.lines[name].text(), self._formats)
        return None if typed is None else typed.astimezone(UTC)

    def _fill(self, row: Announcement) -> None:
        said = {
            "title": row.title,
            "dwell_s": str(row.dwell_s) if row.dwell_s else "",
            "grace_min": "" if row.grace_min is None else str(row.grace_min),
            **{name: self._formats.written(getattr(row, name)) for name in MOMENTS},
        }
        for name, line in self.lines.items():
            line.setText(said[name])
        self.text.setPlainText(row.body)
        self.urgency.setCurrentIndex(self.urgency.findData(row.urgency.value))
        for name, several in self.audience.items():
            several.choose([str(one) for one in getattr(row.audience, name)])
        for tick, is_on in (
            (self.must_read, row.must_read),
            (self.asks_name, row.asks_name),
            (self.blocks_ready, row.blocks_ready),
            (self.again, row.read_from > row.edition),
        ):
            tick.setChecked(is_on)
        for n, (question, choices) in enumerate(zip(self.questions, self.choices, strict=True)):
            asked = row.quiz[n] if n < len(row.quiz) else None
            question.setText("" if asked is None else asked.text)
            choices.setPlainText("" if asked is None else choices_written(row.id, asked))
        is_published = row.version > 0 and row.state is AnnouncementState.PUBLISHED
        self.show_changeable(may_change=True, is_published=is_published)

    def show_faults(self, faults: Sequence[AnnouncementFault]) -> None:
        wrong = {fault.field for fault in faults}
        fields: dict[str, QWidget] = {**self.lines, "body": self.text, "quiz": self.questions[0]}
        for name, widget in fields.items():
            set_property(widget, "fault", name in wrong)
        self._say("\n".join(explain_fault(fault) for fault in faults))
        first = next((name for name in fields if name in wrong), None)
        if first is not None:
            fields[first].setFocus()


def _reads(text: str, formats: Formats) -> bool:
    try:
        moment_in(text, formats)
    except (ValueError, OverflowError):
        return False
    return True
