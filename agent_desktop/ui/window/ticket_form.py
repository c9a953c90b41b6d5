"""The ticket form: subject, category, priority, description, and what the form of its type asks, by keyboard alone.

Values: `offer_categories((id, name)…)`, `offer_forms`, `source.offer`, `asked.know`, `show_draft(TicketDraft)`,
`show_saved(at)`, `show_lacks`, `show_sending`, `show_filed(words)`, `show_failure(words)`. Wishes:
`draft_changed(TicketDraft)` at every change, `submit_wanted(TicketDraft)`, `save_wanted(TicketDraft)`. The form keeps
key, customer and call of the draft.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from agent_desktop.tickets.draft import DESCRIPTION_LIMIT, SUBJECT_LIMIT, Lack, TicketDraft
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.customer.words import priority_word
from agent_desktop.ui.forms.asked import Asked, Forms
from agent_desktop.ui.messages.trouble import explain_lack
from agent_desktop.ui.promise_line import PromiseLine
from agent_desktop.ui.ticket.source_fields import SourceFields
from agent_desktop.ui.widgets.card_warning import CardWarning
from agent_desktop.ui.widgets.choice import Choice
from agent_desktop.ui.widgets.controls import Button, KeyHint, Segments
from agent_desktop.ui.widgets.inserting import insert_lines
from agent_desktop.ui.widgets.parts import UNBOUNDED, Label, set_property
from agent_desktop.ui.widgets.typing import TextArea, TextLine
from agent_model.form_value import ValueFault
from agent_model.ticket import Priority, TicketType

_TONES = {Priority.LOW: "", Priority.NORMAL: "accent", Priority.HIGH: "warn", Priority.URGENT: "bad"}


class Ask(StrEnum):
    """How much of the form is asked: all of it, what must be there only, or nothing."""

    ALL = "all"
    NEEDED = "needed"
    NOTHING = "nothing"


NO_FAULTS: Mapping[str, ValueFault] = MappingProxyType({})
_LIMITS = {"subject": SUBJECT_LIMIT, "description": DESCRIPTION_LIMIT}


class TicketForm(QWidget):
    draft_changed = Signal(object)
    submit_wanted = Signal(object)
    save_wanted = Signal(object)
    saved_words_changed = Signal(str, str)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._draft = TicketDraft("")
        self.setAccessibleName(self.tr("Ticket"))
        self.subject = TextLine(self.tr("Subject"), self.tr("What is it about?"))
        self.category = Choice(look, self.tr("Category"), self.tr("Type a part of it"))
        options = [(str(priority), priority_word(priority), _TONES[priority]) for priority in Priority]
        self.priority = Segments(self.tr("Priority"), options)
        self.description = _Description(self.tr("Description"), self.tr("What the customer says, what you did"))
        self._low = look.px(84)
        self.description.setMinimumHeight(self._low)
        self.card_warning = CardWarning(look, self.description)
        self.submit = Button(look, self.tr("Submit"), "check", kind="primary")
        self.save = Button(look, self.tr("Save draft"))
        self.submit.setAccessibleDescription("Ctrl+Enter")
        self.save.setAccessibleDescription("Ctrl+S")
        self._faults = {name: Label("hint", "", "bad", wraps=True) for name in ("subject", "category", "description")}
        self.source = SourceFields(look)
        self.asked = Asked(look, formats)
        self.asked.fields.follows = self.description
        self.promise = PromiseLine(look, formats)
        self._outcome = Label("meta", "", wraps=True)
        self._outcome.hide()
        self._spared: list[QWidget] = []
        self._lay_out(look)
        self.subject.textChanged.connect(self._changed)
        self.description.textChanged.connect(self._changed)
        self.category.picked.connect(self._turned)
        self.priority.chosen.connect(self._turned)
        self.asked.edited.connect(self._changed)
        self.source.edited.connect(self._changed)
        self.asked.room_wanted.connect(self._give_way)
        self.submit.clicked.connect(self.send)
        self.save.clicked.connect(self.keep)
        self.show_draft(self._draft)

    def _lay_out(self, look: Look) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(3))
        for words, widget, name in (
            (self.tr("Subject"), self.subject, "subject"),
            (self.tr("Category"), self.category, "category"),
            (self.tr("Priority"), self.priority, ""),
            (self.tr("Description"), self.description, "description"),
        ):
            label = Label("meta", f"{words} *" if name else words)
            label.setBuddy(widget)
            if widget in (self.priority, self.description):
                self._spared += [label, widget]
            column.addWidget(label)
            column.addWidget(widget, 1 if widget is self.description else 0)
            if widget is self.description:
                column.addWidget(self.card_warning)
            if name:
                widget.setAccessibleDescription(self.tr("required"))
                column.addWidget(self._faults[name])
                self._faults[name].hide()
            if widget is self.category:
                column.addWidget(self.source)
            column.addSpacing(look.px(3))
        column.addWidget(self.asked)
        column.addStretch()
        self._scroll = _AsHighAsItsFields()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setAccessibleName(self.tr("Ticket"))
        self._scroll.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(3))
        column.addWidget(self._scroll, 1)
        self._promised = QWidget()
        promised = QVBoxLayout(self._promised)
        promised.setContentsMargins(0, 0, 0, 0)
        promised.addWidget(self.promise)
        column.addWidget(self._promised)
        column.addWidget(self._outcome)
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        row.addWidget(self.submit)
        row.addWidget(self.save)
        row.addStretch(1)
        row.addWidget(KeyHint("Ctrl ↵"))
        column.addLayout(row)

    @property
    def draft(self) -> TicketDraft:
        """What is in the form now."""
        draft = replace(
            self._draft,
            subject=self.subject.text(),
            category=self.category.chosen,
            priority=Priority(self.priority.value),
            description=self.description.toPlainText(),
        )
        return self.asked.into(self.source.into(draft))

    @property
    def is_being_written(self) -> bool:
        """Something is typed and the focus is in the form: a call that is answered must not replace it."""
        focus = self.focusWidget()
        return not self.draft.is_empty and focus is not None and focus.hasFocus() and self.isAncestorOf(focus)

    @property
    def category_name(self) -> str:
        """The chosen category as it reads; empty without one."""
        return self.category.currentText() if self.category.chosen else ""

    def offer_categories(self, categories: tuple[tuple[str, str], ...]) -> None:
        self.category.offer(categories)

    def offer_forms(self, forms: Forms) -> None:
        """Which type each category is of, and what is asked for it."""
        self.asked.offer_forms(forms)
        self._ask_source()

    def show_draft(self, draft: TicketDraft) -> None:
        """Fills the form without emitting. The cursor stays where it is when the same draft comes back."""
        is_same = draft.key == self._draft.key
        self._draft = draft
        with QSignalBlocker(self.subject), QSignalBlocker(self.description):
            if not is_same or self.subject.text() != draft.subject:
                self.subject.setText(draft.subject)
            if not is_same or self.description.toPlainText() != draft.description:
                self.description.setPlainText(draft.description)
        self.category.choose(draft.category)
        self.priority.choose(str(draft.priority))
        self.source.show_draft(draft)
        self._ask_source()
        self.asked.show_draft(draft, is_other=not is_same)
        if not is_same:
            self.show_lacks({})
            self._say("", "")
        if draft.saved_at is not None:
            self.show_saved(draft.saved_at)
        else:
            self.saved_words_changed.emit("", "")

    def show_saved(self, at: datetime) -> None:
        self._draft = replace(self._draft, saved_at=at)
        self.saved_words_changed.emit(self.tr("Saved {clock}").format(clock=self._formats.clock(at)), "ok")

    def show_not_saved(self) -> None:
        """The disk did not take it: the text stays here."""
        self.saved_words_changed.emit(self.tr("Draft not saved"), "bad")

    def show_lacks(self, lacks: Mapping[str, Lack], faults: Mapping[str, ValueFault] = NO_FAULTS) -> None:
        """Says under each field what is missing and goes to the first of them; `faults` are by key of asked fields."""
        fields: dict[str, QWidget] = {
            "subject": self.subject,
            "category": self.category,
            "description": self.description,
        }
        for name, label in self._faults.items():
            lack = lacks.get(name)
            label.setVisible(lack is not None)
            set_property(fields[name], "fault", lack is not None)
            if lack is not None:
                label.say(explain_lack(lack, _LIMITS.get(name, 0)))
        first_told, first_asked = self.source.show_faults(lacks), self.asked.show_faults(faults)
        first = next((fields[name] for name in fields if name in lacks), first_told or first_asked)
        if first is not None:
            first.setFocus()
            self._scroll.ensureWidgetVisible(first, 0, self._low)

    def show_sending(self, *, sending: bool) -> None:
        self.submit.be_busy(busy=sending)

    def show_filed(self, words: str) -> None:
        """`words`: the ticket's number, or that it waits for the server."""
        self.show_sending(sending=False)
        self._say(words, "ok")

    def show_failure(self, words: str) -> None:
        """A whole sentence from messages; the text stays."""
        self.show_sending(sending=False)
        self._say(words, "bad")

    def insert(self, text: str) -> None:
        """Puts text at the end of the description, on a line of its own."""
        insert_lines(self.description, text, at_end=True)

    def send(self) -> None:
        if self.submit.isEnabled() and not self.asked.half_cards():
            self.submit_wanted.emit(self.asked.ready(self.draft))

    def keep(self) -> None:
        self.save_wanted.emit(self.draft)

    def choose_priority(self, priority: Priority) -> None:
        """As if the person had chosen it."""
        self.priority.choose(str(priority))
        self._turned()

    def start(self) -> None:
        """The person wants to write: to the first field."""
        self.subject.setFocus()

    def ask(self, how_much: Ask) -> None:
        """Shows so much of it; what is typed stays either way."""
        for widget in (self._scroll, self._promised):
            widget.setVisible(how_much is not Ask.NOTHING)
        self.asked.fields.be_brief(is_brief=how_much is Ask.NEEDED)
        for widget in self._spared:
            widget.setVisible(how_much is not Ask.NEEDED)
        self._scroll.updateGeometry()

    def say_submit(self, words: str) -> None:
        """Other words on the button that sends it; empty: its own again."""
        self.submit.wear("primary", "check", words or self.tr("Submit"))

    def prefill(self, subject: str, category: str, description: str) -> None:
        """What is known before anybody types, as if it was typed."""
        self.subject.setText(subject)
        with QSignalBlocker(self.description):
            self.description.setPlainText(description)
        self.category.choose(category)
        self._turned()

    def take(self, draft: TicketDraft) -> None:
        """What was put together elsewhere, as if it was typed."""
        self.show_draft(draft)
        self._changed()

    def _give_way(self, is_room_wanted: bool) -> None:
        self.description.setMaximumHeight(self._low if is_room_wanted else UNBOUNDED)

    def _ask_source(self) -> None:
        self.source.setVisible(self.asked.type_of(self.category.chosen) is TicketType.COMPLAINT)

    def _turned(self, *_: object) -> None:
        self.asked.turn(self.category.chosen, self.priority.value)
        self._ask_source()
        self._changed()

    def _changed(self, *_: object) -> None:
        if not self._outcome.isHidden():
            self._say("", "")
        self.draft_changed.emit(self.draft)

    def _say(self, words: str, tone: str) -> None:
        self._outcome.say(words, tone)
        self._outcome.setVisible(bool(words))


class _Description(TextArea):
    """Asks for a few lines and takes what there is: suggestions beside it need room too."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())


class _AsHighAsItsFields(QScrollArea):
    """Where there is room: Qt remembers how high its content was at first."""

    def sizeHint(self) -> QSize:
        content: QWidget | None = self.widget()
        return super().sizeHint() if content is None else content.sizeHint()
