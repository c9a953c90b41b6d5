"""The form of one rule of the company, built of the descriptions of its fields; every one is reached with Tab.

Values: `show_rule(kind, rule, title, version words)`, `show_faults`, `say`. Wishes: `changed`, `save_wanted`,
`discard_wanted`, `earlier_wanted`, which `earlier.show_versions` answers.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.company_rules.fields import COMMA, CompanyRule, FieldOfRule, RuleKind, Shape, written
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.company_rules.entries import EntryRows
from agent_desktop.ui.company_rules.words import (
    SERVING,
    fault_word,
    field_word,
    hint,
    none_word,
    role_word,
    word_beside,
)
from agent_desktop.ui.row_editing.versions import EarlierVersions
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.choice import Named, Pick
from agent_desktop.ui.widgets.controls import Button, KeyHint, Tick
from agent_desktop.ui.widgets.parts import Label, set_property
from agent_desktop.ui.widgets.several import Several
from agent_desktop.ui.widgets.typing import TextArea, TextLine


class RoleTicks(QWidget):
    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(12))
        self.ticks = {role: Tick(look, role_word(role)) for role in SERVING}
        for tick in self.ticks.values():
            tick.toggled.connect(self.changed)
            row.addWidget(tick)
        row.addStretch(1)

    def show_roles(self, roles: str) -> None:
        named = {one.strip() for one in roles.split(COMMA)}
        for role, tick in self.ticks.items():
            tick.setChecked(role.value in named)

    @property
    def roles(self) -> str:
        return f"{COMMA} ".join(role.value for role, tick in self.ticks.items() if tick.isChecked())


WIDEST_PX: Final = 1080
"""A field with what ends it is read at one look."""
Place = TextLine | TextArea | Tick | RoleTicks | Pick | Named | Several | EntryRows


class RuleForm(Card):
    changed = Signal()
    save_wanted = Signal()
    discard_wanted = Signal()
    earlier_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._look = look
        self.rule: CompanyRule | None = None
        self.kind: RuleKind | None = None
        self.places: dict[str, Place] = {}
        self._rows: dict[str, Sequence[QWidget]] = {}
        """By field, its words and its place."""
        self._labels: dict[str, Label] = {}
        self._hints: dict[str, Label] = {}
        self._wrong: dict[str, Label] = {}
        self._offered: Mapping[str, Sequence[tuple[str, str]]] = {}
        self._title, self._version = Label("section", "", elides=True), Label("hint")
        self._inside = QWidget()
        self.outcome = Label("meta", "", wraps=True)
        self.save = Button(look, self.tr("Save"), "check", kind="primary")
        self.save.setAccessibleDescription("Ctrl+Enter")
        self.save.clicked.connect(self.send)
        self.discard = Button(look, self.tr("Discard changes"), kind="ghost")
        self.discard.clicked.connect(self.discard_wanted)
        self.earlier = EarlierVersions(look)
        self.earlier.clicked.connect(self.earlier_wanted)
        self.earlier.taken.connect(self._take_up)
        self.head.addWidget(self._title, 1)
        self.head.addWidget(self._version)
        self.setMaximumWidth(look.px(WIDEST_PX))
        self.body.addLayout(self.head)
        self.body.addSpacing(look.px(6))
        self.body.addWidget(self._inside)
        self.body.addWidget(self.outcome)
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        row.addWidget(self.save)
        row.addWidget(self.discard)
        row.addWidget(self.earlier)
        row.addStretch(1)
        row.addWidget(KeyHint("Ctrl ↵"))
        self.body.addLayout(row)

    @property
    def said(self) -> dict[str, str | bool]:
        """What stands in the form, by field."""
        return {path: _said(place) for path, place in self.places.items()}

    def offer(self, offered: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        """What may be picked, by noun, as (id, name); before `show_rule`."""
        self._offered = offered

    def show_rule(self, kind: RuleKind, rule: CompanyRule, title: str, version: str = "") -> None:
        if kind is not self.kind:
            self._build(kind)
        self._offer(kind)
        self._mark({})
        self.rule, self.kind = rule, kind
        self._title.say(title)
        self._version.say(version)
        self.earlier.setVisible(kind.keeps_versions)
        self.earlier.offer(is_possible=rule.version > 0, why_not=self.tr("It has not been saved yet."))
        self.discard.setVisible(rule.is_begun)
        for field in kind.fields:
            told = (rule.written or {}).get(field.path, written(field, rule.body))
            place = self.places[field.path]
            if _said(place) != told:
                with QSignalBlocker(place):
                    _show(place, told)
        self._ask(kind)
        self.say("")

    def _ask(self, kind: RuleKind) -> None:
        """Only for what counts by what is written, and how it is written."""
        said = self.said
        for field in kind.fields:
            is_asked, about, words = field.is_asked(said), hint(field, said), word_beside(field, said)
            if label := self._labels.get(field.path):
                label.say(words)
                self.places[field.path].setAccessibleName(words)
            for part in self._rows[field.path]:
                part.setVisible(is_asked)
            self._hints[field.path].say(about)
            self._hints[field.path].setVisible(is_asked and bool(about))
            self.places[field.path].setAccessibleDescription(about)

    def _offer(self, kind: RuleKind) -> None:
        for field in kind.fields:
            place = self.places[field.path]
            options = [] if field.offered not in self._offered else [*self._offered[field.offered]]
            if isinstance(place, EntryRows):
                with QSignalBlocker(place):
                    place.offer(self._offered)
            elif isinstance(place, Several):
                place.show_options(options)
            elif isinstance(place, Named):
                with QSignalBlocker(place):
                    place.offer(options)
            elif isinstance(place, Pick):
                with QSignalBlocker(place):
                    place.clear()
                    for id_, name in [("", none_word(field.path)), *options] if field.is_optional else options:
                        place.addItem(name, id_)

    def show_begun(self) -> None:
        self.discard.show()

    def show_faults(self, faults: Mapping[str, str]) -> None:
        """What is wrong, each in a sentence beneath it and by its frame; the first field has the keyboard."""
        self._mark(faults)
        self.say("\n".join(fault_word(path, code) for path, code in faults.items()), "bad")
        first = next(iter(faults), "")
        named = (place for path, place in self.places.items() if first == path or first.startswith(f"{path}."))
        place = next(named, None)
        if place is not None:
            place.setFocus()

    def _mark(self, faults: Mapping[str, str]) -> None:
        for path, place in self.places.items():
            own = [fault_word(at, code) for at, code in faults.items() if at == path or at.startswith(f"{path}.")]
            set_property(place, "fault", bool(own))
            self._wrong[path].say("\n".join(own), "bad")
            self._wrong[path].setVisible(bool(own))

    def say(self, words: str, tone: str = "") -> None:
        self.outcome.say(words, tone)
        self.outcome.setVisible(bool(words))

    def send(self) -> None:
        if self.rule is not None:
            self.save_wanted.emit()

    def _picked(self) -> None:
        if self.kind is not None:
            self._follow(self.kind)
            self._ask(self.kind)
        self.changed.emit()

    def _follow(self, kind: RuleKind) -> None:
        """What is usual by what was picked takes the place of what was usual before."""
        said = self.said
        for field in kind.fields:
            if (told := field.followed(said)) != said[field.path]:
                with QSignalBlocker(self.places[field.path]):
                    _show(self.places[field.path], told)

    def _take_up(self, earlier: CompanyRule) -> None:
        """What an earlier version said is written, and saved only if the person says so."""
        now, kind = self.rule, self.kind
        if now is None or kind is None or (now.entity, now.id) != (earlier.entity, earlier.id):
            return
        for field in kind.fields:
            place = self.places[field.path]
            with QSignalBlocker(place):
                _show(place, written(field, earlier.body))
        self._ask(kind)
        self.changed.emit()

    def _build(self, kind: RuleKind) -> None:
        old, self._inside = self._inside, QWidget()
        self.body.replaceWidget(old, self._inside)
        old.hide()
        old.deleteLater()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._look.px(3))
        self.places, self._rows, self._labels, self._hints, self._wrong = {}, {}, {}, {}, {}
        for field in kind.fields:
            self._add(column, field)

    def _add(self, column: QVBoxLayout, field: FieldOfRule) -> None:
        words = field_word(field.path)
        self.places[field.path] = place = self._place(field, words)
        place.setAccessibleName(words)
        row: list[QWidget] = [place]
        if not isinstance(place, Tick):
            label = Label("meta", words)
            label.setBuddy(place)
            row.insert(0, label)
            self._labels[field.path] = label
        for part in row:
            column.addWidget(part)
        self._rows[field.path] = row
        for beneath, role in ((self._wrong, "meta"), (self._hints, "hint")):
            beneath[field.path] = Label(role, "", wraps=True)
            beneath[field.path].hide()
            column.addWidget(beneath[field.path])
        column.addSpacing(self._look.px(6))

    def _place(self, field: FieldOfRule, words: str) -> Place:
        match field.shape:
            case Shape.PICK:
                pick = Pick(self._look)
                pick.currentIndexChanged.connect(self._picked)
                return pick
            case Shape.PICKS:
                several = Several(self._look, words, none_word(field.path))
                several.changed.connect(self.changed)
                return several
            case Shape.YES_NO:
                tick = Tick(self._look, words)
                tick.toggled.connect(self.changed)
                return tick
            case Shape.ROLES:
                roles = RoleTicks(self._look)
                roles.changed.connect(self.changed)
                roles.setFocusProxy(roles.ticks[SERVING[0]])
                return roles
            case Shape.TABLE:
                rows = EntryRows(self._look, field, words)
                rows.changed.connect(self.changed)
                return rows
            case Shape.LINES:
                area = TextArea(words)
                area.setTabChangesFocus(True)
                area.setFixedHeight(self._look.px(132))
                area.textChanged.connect(self.changed)
                return area
            case Shape.TEXT if field.offered:
                named = Named(self._look, words, self.tr("Name"))
                named.changed.connect(self.changed)
                return named
            case _:
                line = TextLine(words)
                line.textChanged.connect(self.changed)
                line.returnPressed.connect(self.send)
                if field.shape in (Shape.NUMBER, Shape.DECIMAL):
                    line.setMaximumWidth(self._look.px(200))
                return line


def _said(place: Place) -> str | bool:
    match place:
        case Named():
            return place.said
        case Pick():
            return str(place.currentData() or "")
        case Several():
            return f"{COMMA} ".join(place.chosen)
        case Tick():
            return place.isChecked()
        case RoleTicks():
            return place.roles
        case TextArea():
            return place.toPlainText()
        case EntryRows():
            return place.text
        case _:
            return place.text()


def _show(place: Place, told: str | bool) -> None:
    match place:
        case Named():
            place.say(str(told))
        case Pick():
            if place.findData(told) < 0:
                place.addItem(str(told), told)
            place.setCurrentIndex(place.findData(told))
        case Several():
            place.choose([one.strip() for one in str(told).split(COMMA) if one.strip()])
        case Tick():
            place.setChecked(bool(told))
        case RoleTicks():
            place.show_roles(str(told))
        case TextArea():
            place.setPlainText(str(told))
        case EntryRows():
            place.show_text(str(told))
        case _:
            place.setText(str(told))
