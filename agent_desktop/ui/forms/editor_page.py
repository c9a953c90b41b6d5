"""Where an administrator edits the forms of tickets and of customers: the fields at the left, one of them in the
middle, the form as agents will have it at the right.

Values: `show_form(FormDraft, words)`, `show_faults`, `say`. Wishes: `type_taken(type)`, `edited(fields)`,
`publish_wanted`, `discard_wanted`.
"""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from agent_desktop.tickets.forms import HERE
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.choice_words import type_word
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.forms.field_editor import FieldEditor
from agent_desktop.ui.forms.fields_pane import FieldsPane
from agent_desktop.ui.forms.words import explain_form, kind_word
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.controls import Button, Segments
from agent_desktop.ui.widgets.lines import Line, Lines
from agent_desktop.ui.widgets.parts import Label
from agent_model.customer_form import CustomerForm, CustomField
from agent_model.form import Fact, FieldKind, Form, FormField, TicketForm
from agent_model.form_check import FormFault
from agent_model.form_draft import OF_CUSTOMERS, FormDraft
from agent_model.form_filling import Filling
from agent_model.moment import from_text
from agent_model.ticket import Priority, TicketType
from agent_model.words import Words

NEVER_PUBLISHED = from_text("1970-01-01T00:00:00.000Z")


class FormsPage(QFrame):
    type_taken = Signal(object)
    edited = Signal(object)
    publish_wanted = Signal()
    discard_wanted = Signal()

    def __init__(self, look: Look, language: str) -> None:
        super().__init__()
        self._look, self._language = look, language
        self._draft: FormDraft | None = None
        self._key = ""
        self._tried: dict[str, str] = {}
        self._faults: Mapping[str, FormFault] = {}
        self._taken_keys: frozenset[str] = frozenset()
        self._names = Directory()
        self.setProperty("ground", "canvas")
        self.setAccessibleName(self.tr("Forms"))
        self.type = Pick(look)
        self.type.setAccessibleName(self.tr("What the form is of"))
        for type_ in TicketType:
            self.type.addItem(type_word(type_), type_.value)
        self.type.addItem(self.tr("Profile of customers"), OF_CUSTOMERS)
        self.standing = Label("meta", elides=True)
        self.outcome = Label("meta", "", wraps=True)
        self.publish = Button(look, self.tr("Publish"), "check", kind="primary")
        self.publish.setAccessibleDescription("Ctrl+Enter")
        self.discard = Button(look, self.tr("Discard changes"), kind="ghost")
        self.fields = Lines(look, self.tr("Fields"))
        self.asked_anyway = Label("hint", wraps=True)
        self.add = Button(look, self.tr("Add a field"), "plus", size="compact")
        self.editor = FieldEditor(look)
        self.preview_language = Segments(
            self.tr("Language of the preview"), [("zh", "中文", ""), ("en", "English", "")]
        )
        self.preview_language.choose("zh" if language.startswith("zh") else "en")
        self._preview = FieldsPane(look, language)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        px = self._look.px
        top = QHBoxLayout()
        top.setSpacing(px(10))
        top.addWidget(Label("name", self.tr("Forms")))
        top.addWidget(self.type)
        top.addWidget(self.standing, 1)
        top.addWidget(self.discard)
        top.addWidget(self.publish)
        left = Card(self._look, self.tr("Fields"))
        left.add_to_head(self.add)
        left.body.addWidget(self.fields)
        left.body.addWidget(self.asked_anyway)
        left.body.addStretch(1)
        middle = Card(self._look, self.tr("The field"))
        middle.body.addWidget(self.editor)
        middle.body.addStretch(1)
        right = Card(self._look, self.tr("As agents will have it"))
        right.add_to_head(self.preview_language)
        self._previewed = QVBoxLayout()
        self._previewed.addWidget(self._preview)
        right.body.addLayout(self._previewed)
        right.body.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(px(10))
        for card, width in ((left, 300), (middle, 0), (right, 352)):
            columns.addWidget(self._scrolled(card, px(width)), 0 if width else 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(10))
        column.addLayout(top)
        column.addWidget(self.outcome)
        column.addLayout(columns, 1)
        self.outcome.hide()

    def _scrolled(self, card: Card, width_px: int) -> QWidget:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(card)
        if width_px:
            scroll.setFixedWidth(width_px)
        return scroll

    def _connect(self) -> None:
        self.type.currentIndexChanged.connect(self._take_type)
        self.fields.taken.connect(self._open)
        self.add.clicked.connect(self._add)
        self.editor.changed.connect(self._field_changed)
        self.editor.moved.connect(self._move)
        self.editor.removed.connect(self._remove)
        self.publish.clicked.connect(self.send)
        self.discard.clicked.connect(self.discard_wanted)
        self.preview_language.chosen.connect(lambda _: self._show_preview(is_new=True))
        self._preview.edited.connect(self._try)

    def _take_type(self) -> None:
        key = self.type.currentData()
        self.type_taken.emit(None if key == OF_CUSTOMERS else TicketType(key))

    @property
    def draft(self) -> FormDraft | None:
        return self._draft

    @property
    def preview(self) -> FieldsPane:
        """The form as agents will have it, to be tried."""
        return self._preview

    def show_directory(self, names: Directory) -> None:
        self._names = names
        self.editor.show_directory(names, self._language)

    def show_form(self, draft: FormDraft, words: str, taken_keys: frozenset[str], *, is_begun: bool) -> None:
        """`taken_keys` are those of every edition there was: a new field is never taken for one of them."""
        self._draft, self._taken_keys, self._tried = draft, taken_keys, {}
        with QSignalBlocker(self.type):
            self.type.setCurrentIndex(self.type.findData(draft.key))
        self.asked_anyway.say(self._asked_anyway(draft))
        keys = [field.key for field in draft.fields]
        self._key = self._key if self._key in keys else (keys[0] if keys else "")
        self.show_standing(words, is_begun=is_begun)
        self.show_faults({})
        self._show_field()
        self._show_preview(is_new=True)

    def _asked_anyway(self, draft: FormDraft) -> str:
        if draft.type is None:
            return self.tr("Name, numbers, company, e-mail and what else every customer has stand before these.")
        return self.tr("Subject, category, priority and description are asked in every ticket, before these.")

    def show_standing(self, words: str, *, is_begun: bool) -> None:
        self.standing.say(words)
        self.discard.setVisible(is_begun)
        self.publish.offer(is_possible=is_begun, why_not=self.tr("Nothing has been changed."))

    def show_faults(self, faults: Mapping[str, FormFault]) -> None:
        """A sentence at each field; the first of them is opened."""
        self._faults = faults
        self.say(explain_form(faults[""]) if "" in faults else "", "bad")
        self._list()
        if (first := next((key for key in faults if key), None)) is not None:
            self._open(first)

    def say(self, words: str, tone: str = "") -> None:
        self.outcome.say(words, tone)
        self.outcome.setVisible(bool(words))

    def send(self) -> None:
        if self.publish.isEnabled():
            self.publish_wanted.emit()

    def _open(self, key: str) -> None:
        self._key = key
        self._show_field()

    def _show_field(self) -> None:
        fields = self._draft.fields if self._draft is not None else ()
        found = next((field for field in fields if field.key == self._key), None)
        is_published = found is not None and found.key in self._taken_keys
        self.editor.show_field(found, [one for one in fields if one.key != self._key], is_published=is_published)
        fault = self._faults.get(self._key)
        self.editor.show_fault("" if fault is None else explain_form(fault))
        if found is not None:
            self.editor.up.setEnabled(fields.index(found) > 0)
            self.editor.down.setEnabled(fields.index(found) < len(fields) - 1)
        self._list()

    def _list(self) -> None:
        fields = self._draft.fields if self._draft is not None else ()
        self.fields.show_lines([self._line(field) for field in fields])

    def _line(self, field: FormField) -> Line:
        is_wrong = field.key in self._faults
        return Line(
            field.key,
            field.label.in_language(self._language) or self.tr("New field"),
            kind_word(field.kind),
            pill=self.tr("Wrong") if is_wrong else "",
            tone="bad" if is_wrong else "neutral",
            is_open=field.key == self._key,
        )

    def _add(self) -> None:
        if self._draft is None:
            return
        taken = self._taken_keys | {field.key for field in self._draft.fields}
        number = next(n for n in range(1, len(taken) + 2) if f"field_{n}" not in taken)
        kind_of_field = CustomField if self._draft.type is None else FormField
        field = kind_of_field(f"field_{number}", FieldKind.TEXT, Words("", ""))
        self._key = field.key
        self._put((*self._draft.fields, field))
        self._show_field()
        self.editor.label_zh.setFocus()

    def _remove(self) -> None:
        if self._draft is None:
            return
        keys = [field.key for field in self._draft.fields]
        at = keys.index(self._key)
        left = tuple(field for field in self._draft.fields if field.key != self._key)
        self._key = left[min(at, len(left) - 1)].key if left else ""
        self._put(left)
        self._show_field()

    def _move(self, by: int) -> None:
        if self._draft is None:
            return
        fields = list(self._draft.fields)
        at = next(n for n, field in enumerate(fields) if field.key == self._key)
        if 0 <= at + by < len(fields):
            fields[at], fields[at + by] = fields[at + by], fields[at]
            self._put(tuple(fields))
            self._show_field()

    def _field_changed(self, field: FormField) -> None:
        if self._draft is not None:
            self._put(tuple(field if field.key == one.key else one for one in self._draft.fields))
            self._list()

    def _put(self, fields: tuple[FormField, ...]) -> None:
        if self._draft is not None:
            self._draft = replace(self._draft, fields=fields)
            self._show_preview(is_new=False)
            self.edited.emit(self._draft)

    def _try(self) -> None:
        self._tried = dict(self._preview.typed)

    def _show_preview(self, *, is_new: bool) -> None:
        """Live, with what is tried in it; in the other language it is another one."""
        if is_new:
            self._previewed.removeWidget(self._preview)
            self._preview.hide()
            self._preview.deleteLater()
            self._preview = FieldsPane(self._look, self.preview_language.value)
            self._preview.edited.connect(self._try)
            self._previewed.addWidget(self._preview)
        self._preview.offer_products(tuple(self._names.products.items()))
        draft = self._draft
        if draft is None:
            return
        form = _form(draft)
        facts = {Fact.PRIORITY.value: Priority.NORMAL.value}
        self._preview.show_filling(Filling(form, self._tried, facts, HERE))


def _form(draft: FormDraft) -> Form:
    if draft.type is not None:
        return TicketForm("", draft.type, draft.base, draft.fields, NEVER_PUBLISHED, "")
    fields = tuple(field for field in draft.fields if isinstance(field, CustomField))
    return CustomerForm("", draft.base, fields, NEVER_PUBLISHED, "")
