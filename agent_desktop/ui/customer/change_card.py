"""What the customer's fields went through: who, when, from what to what. Asked of the server when somebody wants it.

Values: `show_history(RowHistory, now)`, `show_trouble(words)`, `put_away()`. Wish: `wanted(before)`.
"""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.customer.field_words import own_word, value_words
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label
from agent_model.row_change import IMPORTED, MADE, RowChange, RowHistory

SHOWN = 30


class ChangeCard(Card):
    wanted = Signal(object)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__(look, self.tr("History"))
        self._formats = formats
        self._directory = Directory()
        self._next: int | None = None
        self._changes: tuple[RowChange, ...] = ()
        self.ask = Button(look, self.tr("Show"), "clock", kind="ghost", size="compact")
        self.ask.setAccessibleName(self.tr("Show what the fields went through"))
        self.ask.clicked.connect(lambda: self.wanted.emit(None))
        self.add_to_head(self.ask)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(look.px(4))
        self.body.addLayout(self._lines)
        self._nothing = Label("hint", wraps=True)
        self.earlier = Button(look, self.tr("Earlier"), kind="link")
        self.earlier.clicked.connect(lambda: self.wanted.emit(self._next))
        self.body.addWidget(self._nothing)
        self.body.addWidget(self.earlier)
        self.put_away()

    @property
    def lines(self) -> tuple[str, ...]:
        """What is told, the newest first."""
        items = (self._lines.itemAt(n) for n in range(self._lines.count()))
        found = (item.widget() for item in items if item is not None)
        return tuple(label.full_text for label in found if isinstance(label, Label))

    def show_directory(self, directory: Directory) -> None:
        self._directory = directory

    def put_away(self) -> None:
        """Somebody else is shown: their history is asked for anew."""
        self._changes, self._next = (), None
        self._clear()
        self._nothing.hide()
        self.earlier.hide()

    def show_history(self, history: RowHistory, now: datetime, *, is_more: bool) -> None:
        """A page; `is_more`: it goes below what is there."""
        if not is_more:
            self._changes = ()
            self._clear()
        self._changes += history.changes
        for change in history.changes:
            self._lines.addWidget(Label("body", self._words(change), wraps=True))
            self._lines.addWidget(Label("hint", self._signed(change, now)))
        self._next = history.next
        self.earlier.setVisible(history.next is not None)
        self._nothing.say(self.tr("Nothing was changed since changes are kept."))
        self._nothing.setVisible(not self._changes)

    def show_trouble(self, words: str) -> None:
        self._nothing.say(words)
        self._nothing.show()

    def _words(self, change: RowChange) -> str:
        if change.field == MADE:
            return self.tr("The customer was made, or came here.")
        field = own_word(change.field, self._directory, self._formats)
        old, new = (
            value_words(change.field, value, self._directory, self._formats) for value in (change.old, change.new)
        )
        if change.old is None and isinstance(change.new, list):
            return self.tr("{field}: {new} was added").format(field=field, new=new)
        return self.tr("{field}: {old} → {new}").format(field=field, old=old, new=new)

    def _signed(self, change: RowChange, now: datetime) -> str:
        who = self.tr("Import") if change.who == IMPORTED else self._directory.person(change.who) if change.who else ""
        moment = self._formats.moment(change.done_at, now)
        return " · ".join(part for part in (who or self.tr("the server"), moment) if part)

    def _clear(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
