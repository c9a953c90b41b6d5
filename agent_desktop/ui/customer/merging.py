"""Two customers side by side, field by field; the agent chooses what stands. It stands where the timeline is.

Value: `show_comparison(Comparison)`, `show_failure(words)`, `put_away()`. Wishes: `merge_wanted(Comparison)`, `left`.
By keys alone: Up and Down go through the fields, Left and Right choose a side, Ctrl+Enter merges, Escape leaves.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QScrollArea, QWidget

from agent_desktop.customers.merges import Comparison, Side
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.customer.field_words import field_word, own_word, value_words
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.compared import Compared
from agent_desktop.ui.widgets.controls import Button, KeyHint
from agent_desktop.ui.widgets.differences import differing
from agent_desktop.ui.widgets.parts import Label
from agent_model.body import to_body
from agent_model.customer_form import is_own
from agent_model.customer_merge import CHOSEN_FIELDS
from agent_model.phone_number import masked

_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
_FIRST_ROW: Final = 2
_AFTER_THE_ROWS: Final = 200
"""Below as many fields as a site may make."""


class MergeCard(Card):
    merge_wanted = Signal(object)
    left = Signal()

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__(look)
        self._look, self._formats = look, formats
        self._names: Callable[[], Directory] = Directory
        self._comparison: Comparison | None = None
        self.setAccessibleName(self.tr("Merge two customers"))
        self.head.addWidget(Label("section", self.tr("Merge two customers")))
        self.head.addStretch(1)
        self.turn = Button(look, self.tr("Let the other one stay"), "swap", kind="ghost", size="compact")
        self.head.addWidget(self.turn)
        self.body.addLayout(self.head)
        self._sides = [Label("row", elides=True), Label("row", elides=True)]
        self._counts = [Label("hint", wraps=True), Label("hint", wraps=True)]
        self._rows: dict[str, _Row] = {}
        self._same = Label("hint", wraps=True)
        self._promise = Label("meta", wraps=True)
        self._outcome = Label("meta", "", "bad", wraps=True)
        self.merge = Button(look, self.tr("Merge"), "merge", kind="primary")
        self.back = Button(look, self.tr("Back"))
        self.merge.setAccessibleDescription("Ctrl+Enter")
        self._lay_out()
        self.turn.clicked.connect(self._turn)
        self.merge.clicked.connect(self.send)
        self.back.clicked.connect(self.left)
        for name in CHOSEN_FIELDS:
            self._add_row(name, field_word(name))
        self.hide()

    def _add_row(self, name: str, words: str) -> None:
        row, line = _Row(self._look, words), _FIRST_ROW + len(self._rows)
        self._rows[name] = row
        self._grid.addWidget(row.label, line, 0)
        for column, button in enumerate(row.buttons):
            self._grid.addWidget(button, line, 2 * column + 1)
            self._grid.addWidget(row.texts[column], line, 2 * column + 2)
            button.installEventFilter(self)
            button.clicked.connect(lambda _=False, is_taken=bool(column): self._choose(name, is_taken=is_taken))

    def _lay_out(self) -> None:
        px = self._look.px
        inside = QWidget()
        self._grid = grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, px(4), 0)
        grid.setHorizontalSpacing(px(10))
        grid.setVerticalSpacing(px(6))
        for column, (side, count) in enumerate(zip(self._sides, self._counts, strict=True)):
            grid.addWidget(side, 0, 2 * column + 1, 1, 2)
            grid.addWidget(count, 1, 2 * column + 1, 1, 2)
        for column in (2, 4):
            grid.setColumnStretch(column, 1)
        grid.addWidget(self._same, _AFTER_THE_ROWS, 0, 1, 5)
        grid.setRowStretch(_AFTER_THE_ROWS + 1, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        scroll.setAccessibleName(self.tr("What differs"))
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.addWidget(scroll, 1)
        self.body.addWidget(self._promise)
        self.body.addWidget(self._outcome)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(self.merge)
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(KeyHint("Ctrl ↵"))
        self.body.addLayout(foot)

    @property
    def comparison(self) -> Comparison | None:
        """With what was chosen so far; None while nothing is compared."""
        return self._comparison

    @property
    def is_open(self) -> bool:
        return self._comparison is not None

    def name_by(self, names: Callable[[], Directory]) -> None:
        self._names = names

    def show_comparison(self, comparison: Comparison) -> None:
        self._comparison = comparison
        stays, goes = comparison.stays, comparison.goes
        words = (self.tr("{name} stays"), self.tr("{name} goes into it"))
        for label, count, side, told in zip(self._sides, self._counts, (stays, goes), words, strict=True):
            label.say(told.format(name=side.customer.name))
            count.say(self._about(side))
        for name in comparison.differing:
            if name not in self._rows:
                self._add_row(name, own_word(name, self._names(), self._formats))
        for name, row in self._rows.items():
            row.be_there(is_there=name in comparison.differing)
            if name in comparison.differing:
                row.show_texts(*(self._value(name, side) for side in (stays, goes)))
        self._mark()
        same = [field_word(name) for name in CHOSEN_FIELDS if name not in comparison.differing]
        self._same.say(self.tr("The same in both: {fields}").format(fields=" · ".join(same)) if same else "")
        self._promise.say(
            self.tr(
                "Numbers, tags, notes, contacts, tickets, recordings and appointments of both come together. "
                "Whoever looks for {name} finds {other}. The profile says until when it can be undone."
            ).format(name=goes.customer.name, other=stays.customer.name)
        )
        self._outcome.hide()
        self.show()

    def start(self) -> None:
        """The keyboard goes to the first field that differs."""
        comparison = self._comparison
        if comparison is not None and comparison.differing:
            self._focus(comparison.differing[0])
        else:
            self.merge.setFocus()

    def put_away(self) -> None:
        self._comparison = None
        self.hide()

    def send(self) -> None:
        if self._comparison is not None:
            self.merge_wanted.emit(self._comparison)

    def show_failure(self, words: str) -> None:
        self._outcome.say(words)
        self._outcome.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows on a field choose and go on; Qt would only carry the focus somewhere near."""
        is_step = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _ARROWS
        if isinstance(event, QKeyEvent) and is_step:
            self._step(Qt.Key(event.key()))
        return is_step or super().eventFilter(watched, event)

    def _step(self, key: Qt.Key) -> None:
        comparison, name = self._comparison, self._focused()
        if comparison is None or not name:
            return
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._choose(name, is_taken=key == Qt.Key.Key_Right)
            self._focus(name)
        else:
            at = comparison.differing.index(name) + (1 if key == Qt.Key.Key_Down else -1)
            self._focus(comparison.differing[max(0, min(at, len(comparison.differing) - 1))])

    def _choose(self, name: str, *, is_taken: bool) -> None:
        if self._comparison is None:
            return
        taken = self._comparison.taken | {name} if is_taken else self._comparison.taken - {name}
        self._comparison = replace(self._comparison, taken=taken)
        self._mark()

    def _turn(self) -> None:
        if self._comparison is not None:
            self.show_comparison(self._comparison.turned)

    def _mark(self) -> None:
        for name, row in self._rows.items():
            row.mark(is_taken=self._comparison is not None and name in self._comparison.taken)

    def _focused(self) -> str:
        focus = QApplication.focusWidget()
        return next((name for name, row in self._rows.items() if focus in row.buttons), "")

    def _focus(self, name: str) -> None:
        row = self._rows[name]
        chosen = next((button for button in row.buttons if button.isChecked()), row.buttons[0])
        chosen.setFocus(Qt.FocusReason.TabFocusReason)

    def _value(self, name: str, side: Side) -> str:
        if name == "is_verified":
            return self.tr("yes") if side.customer.is_verified else self.tr("no")
        value = side.own.get(name) if is_own(name) else to_body(side.customer)[name]
        return value_words(name, value, self._names(), self._formats)

    def _about(self, side: Side) -> str:
        numbers = " ".join(masked(number) for number in side.customer.phones)
        words = self.tr("Contacts: {contacts} · Tickets: {tickets}")
        counted = words.format(contacts=self._formats.count(side.contacts), tickets=self._formats.count(side.tickets))
        return "\n".join(part for part in (numbers, counted) if part)


class _Row:
    """One field of both, each with the button that lets it stand."""

    def __init__(self, look: Look, field: str) -> None:
        self._field = field
        self.label = Label("meta", field)
        self.texts = [Compared(look, field), Compared(look, field)]
        self.buttons = [Button(look, "", "minus", size="compact", name=field) for _ in range(2)]
        for button in self.buttons:
            button.setCheckable(True)

    def be_there(self, *, is_there: bool) -> None:
        for widget in (self.label, *self.texts, *self.buttons):
            widget.setVisible(is_there)

    def show_texts(self, mine: str, other: str) -> None:
        for text, words, marks in zip(self.texts, (mine, other), differing(mine, other), strict=True):
            text.show_text(words, marks, is_gone=False)
        for button, words in zip(self.buttons, (mine, other), strict=True):
            button.setAccessibleName(f"{self._field}: {words}")
            button.setToolTip(f"{self._field}: {words}")

    def mark(self, *, is_taken: bool) -> None:
        for column, button in enumerate(self.buttons):
            stands = bool(column) == is_taken
            button.setChecked(stands)
            button.wear("primary" if stands else "plain", "check" if stands else "minus")
