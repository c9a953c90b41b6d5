"""One field of a form while it is edited: kind, words in both languages, choices, limits, conditions, what it begins
with. Values: `show_field(field, others)`, `show_fault(words)`. Wishes: `changed(FormField)`, `moved(by)`, `removed`."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.forms.clauses import EVER, NEVER, When
from agent_desktop.ui.forms.options_editor import OptionsEditor
from agent_desktop.ui.forms.words import fact_word, kind_word
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.controls import Button, Tick
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.widgets.typing import TextLine
from agent_model.customer_form import CustomField, may_be_found_by
from agent_model.form import TAKEN_FROM, Fact, FieldKind, FormField
from agent_model.words import Words

WITH_LENGTH = (FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.MULTI_CHOICE)
WITH_DEFAULT = (FieldKind.TEXT, FieldKind.LONG_TEXT)


class FieldEditor(QWidget):
    changed = Signal(object)
    moved = Signal(int)
    removed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._field: FormField | None = None
        self.kind, self.begins = Pick(look), Pick(look)
        self.kind.setAccessibleName(self.tr("Kind"))
        self.begins.setAccessibleName(self.tr("Begins with"))
        for kind in FieldKind:
            self.kind.addItem(kind_word(kind), kind.value)
        self.begins.addItem(self.tr("Nothing"), "")
        for fact in TAKEN_FROM:
            self.begins.addItem(fact_word(fact), fact.value)
        self.label_zh = TextLine(self.tr("Name in Chinese"))
        self.label_en = TextLine(self.tr("Name in English"))
        self.help_zh = TextLine(self.tr("Help in Chinese"))
        self.help_en = TextLine(self.tr("Help in English"))
        self.lowest = TextLine(self.tr("At least"))
        self.highest = TextLine(self.tr("At most"))
        self.longest = TextLine(self.tr("Longest"))
        self.default = TextLine(self.tr("Text it begins with"))
        self.options = OptionsEditor(look)
        self.is_sensitive = Tick(look, self.tr("Sensitive: masked where numbers are"))
        self.is_searchable = Tick(look, self.tr("Customers are found by it"))
        self.required = When(look, self.tr("Needed"), NEVER)
        self.visible = When(look, self.tr("Shown"), EVER)
        self.up = Button(look, "", "chevron-up", kind="ghost", size="compact", name=self.tr("Move the field up"))
        self.down = Button(look, "", "chevron-down", kind="ghost", size="compact", name=self.tr("Move the field down"))
        self.remove = Button(look, self.tr("Remove the field"), kind="ghost", size="compact")
        self.fault = Label("hint", "", "bad", wraps=True)
        self._labels: dict[QWidget, Label] = {}
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        px = self._look.px
        head = QHBoxLayout()
        for button in (self.up, self.down, self.remove):
            head.addWidget(button)
        head.addStretch(1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(10))
        grid.setVerticalSpacing(px(3))
        cells: tuple[tuple[str, QWidget, str, QWidget], ...] = (
            (self.tr("Name in Chinese") + " *", self.label_zh, self.tr("Name in English") + " *", self.label_en),
            (self.tr("Help in Chinese"), self.help_zh, self.tr("Help in English"), self.help_en),
            (self.tr("Kind"), self.kind, self.tr("Begins with"), self.begins),
            (self.tr("At least"), self.lowest, self.tr("At most"), self.highest),
            (self.tr("Longest"), self.longest, self.tr("Text it begins with"), self.default),
        )
        for n, (one, left, other, right) in enumerate(cells):
            for side, (words, widget) in enumerate(((one, left), (other, right))):
                label = self._labels[widget] = Label("meta", words)
                label.setBuddy(widget)
                grid.addWidget(label, 2 * n, side)
                grid.addWidget(widget, 2 * n + 1, side)
                grid.setColumnStretch(side, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addLayout(head)
        column.addWidget(self.fault)
        column.addLayout(grid)
        for part in (self.options, self.is_sensitive, self.is_searchable, self.required, self.visible):
            column.addWidget(part)
        column.addStretch(1)

    def _connect(self) -> None:
        for line in self._lines:
            line.textEdited.connect(self._changed)
        self.is_sensitive.toggled.connect(self._kind_changed)
        self.is_searchable.toggled.connect(self._changed)
        self.kind.currentIndexChanged.connect(self._kind_changed)
        self.begins.currentIndexChanged.connect(self._changed)
        for part in (self.options, self.required, self.visible):
            part.changed.connect(self._changed)
        self.up.clicked.connect(lambda: self.moved.emit(-1))
        self.down.clicked.connect(lambda: self.moved.emit(1))
        self.remove.clicked.connect(self.removed)

    @property
    def _lines(self) -> tuple[TextLine, ...]:
        words = (self.label_zh, self.label_en, self.help_zh, self.help_en)
        return (*words, self.lowest, self.highest, self.longest, self.default)

    @property
    def field(self) -> FormField | None:
        """What is there now; what its kind has no place for is not part of it."""
        if self._field is None:
            return None
        kind = FieldKind(self.kind.currentData())
        longest = self.longest.text().strip()
        fact = self.begins.currentData()
        whole = replace(
            self._field,
            kind=kind,
            label=Words(self.label_zh.text().strip(), self.label_en.text().strip()),
            help=Words(self.help_zh.text().strip(), self.help_en.text().strip()),
            options=self.options.options if kind.has_options else (),
            required_when=self.required.condition,
            visible_when=self.visible.condition,
            default=self.default.text() if kind in WITH_DEFAULT else self._kept_default(kind),
            default_from=Fact(fact) if fact and not kind.is_card else None,
            lowest=self.lowest.text().strip() if kind.has_range else "",
            highest=self.highest.text().strip() if kind.has_range else "",
            longest=(int(longest) if longest.isdecimal() else -1) if longest and kind in WITH_LENGTH else 0,
        )
        if isinstance(whole, CustomField):
            whole = replace(whole, is_sensitive=self.is_sensitive.isChecked())
            is_found_by = self.is_searchable.isChecked() and may_be_found_by(whole)
            return replace(whole, is_searchable=is_found_by)
        return whole

    def show_directory(self, names: Directory, language: str) -> None:
        self.required.show_directory(names, language)
        self.visible.show_directory(names, language)

    def show_field(self, field: FormField | None, others: Sequence[FormField], *, is_published: bool = False) -> None:
        """Fills without emitting; `others` are what its conditions may look at. Of a customer's field that
        `is_published` the kind stays, and who may see it."""
        self._field = field
        self.setVisible(field is not None)
        if field is None:
            return
        texts = (field.label.zh, field.label.en, field.help.zh, field.help.en, field.lowest, field.highest)
        longest = str(field.longest) if field.longest else ""
        for line, text in zip(self._lines, (*texts, longest, field.default), strict=True):
            if line.text().strip() != text:
                line.setText(text)
        self._show_own(field if isinstance(field, CustomField) else None, is_published=is_published)
        with QSignalBlocker(self.kind), QSignalBlocker(self.begins):
            self.kind.setCurrentIndex(self.kind.findData(field.kind.value))
            self.begins.setCurrentIndex(self.begins.findData(field.default_from.value if field.default_from else ""))
        self.options.show_options(field.options)
        self.required.show_condition(field.required_when, others)
        self.visible.show_condition(field.visible_when, others)
        self._fit()

    def _show_own(self, field: CustomField | None, *, is_published: bool) -> None:
        stays = field is not None and is_published
        why = self.tr("Customers have values of it. Add another field instead.") if stays else ""
        self.kind.setEnabled(not stays)
        self.kind.setToolTip(why)
        self.is_sensitive.setEnabled(not stays)
        self.is_sensitive.setToolTip(why)
        for tick in (self.is_sensitive, self.is_searchable):
            tick.setVisible(field is not None)
        if field is not None:
            with QSignalBlocker(self.is_sensitive), QSignalBlocker(self.is_searchable):
                self.is_sensitive.setChecked(field.is_sensitive)
                self.is_searchable.setChecked(field.is_searchable)

    def show_fault(self, words: str) -> None:
        self.fault.say(words)
        self.fault.setVisible(bool(words))

    def _kept_default(self, kind: FieldKind) -> str:
        return self._field.default if self._field is not None and self._field.kind is kind else ""

    def _kind_changed(self) -> None:
        self._fit()
        self._changed()

    def _changed(self, *_: object) -> None:
        if (field := self.field) is not None:
            self.changed.emit(field)

    def _fit(self) -> None:
        """Only what the kind has."""
        kind = FieldKind(self.kind.currentData())
        there = {
            self.lowest: kind.has_range,
            self.highest: kind.has_range,
            self.longest: kind in WITH_LENGTH,
            self.default: kind in WITH_DEFAULT and not isinstance(self._field, CustomField),
            self.begins: not (kind.is_card or kind.has_options or isinstance(self._field, CustomField)),
        }
        if isinstance(field := self.field, CustomField):
            self.is_searchable.setEnabled(may_be_found_by(field))
        for widget, is_there in there.items():
            widget.setVisible(is_there)
            self._labels[widget].setVisible(is_there)
        self.options.setVisible(kind.has_options)
