"""Who was merged into this customer, by whom, until when it can be undone, and what an undone merge left here.

Value: `show_merges(merges, can_be_undone, now)`. Wish: `undo_wanted(CustomerMerge)`.
"""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.customer.field_words import SEPARATOR, noun_word, own_word
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label
from agent_model.customer_merge import CustomerMerge, StayedKind

SHOWN = 3


class MergedCard(Card):
    undo_wanted = Signal(object)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__(look, self.tr("Merged"))
        self._formats = formats
        self._directory = Directory()
        self.lines = [_Merged(look, self.tr("Undo")) for _ in range(SHOWN)]
        for line in self.lines:
            line.undo.clicked.connect(lambda _=False, line=line: self._undo(line))
            self.body.addWidget(line)
        self._more = Label("hint")
        self.body.addWidget(self._more)
        self.hide()

    def show_directory(self, directory: Directory) -> None:
        self._directory = directory

    def show_merges(self, merges: Sequence[CustomerMerge], can_be_undone: Sequence[bool], now: datetime) -> None:
        self.setVisible(bool(merges))
        for n, line in enumerate(self.lines):
            line.setVisible(n < len(merges))
            if n < len(merges):
                line.show_merge(merges[n], self._about(merges[n], now), can_be_undone=can_be_undone[n])
        rest = len(merges) - SHOWN
        self._more.say(self.tr("{count} more").format(count=rest))
        self._more.setVisible(rest > 0)

    def _about(self, merge: CustomerMerge, now: datetime) -> str:
        if merge.at is None:
            return self.tr("Being merged: the server has not done it yet.")
        who = self._directory.person(merge.by or "")
        if merge.is_undone:
            if merge.undone_at is None:
                return self.tr("Being parted again: the server has not done it yet.")
            moment = self._formats.moment(merge.undone_at, now)
            words = self.tr("Parted again by {who}, {moment}").format(
                who=self._directory.person(merge.undone_by or ""), moment=moment
            )
            stayed = self._stayed(merge)
            return (
                f"{words}. " + self.tr("It was written after the merge and stays here: {what}").format(what=stayed)
                if stayed
                else words
            )
        words = self.tr("{who}, {moment}").format(who=who, moment=self._formats.moment(merge.at, now))
        if merge.undo_until is None or merge.undo_until < now:
            return words
        until = self._formats.day(self._formats.local_date(merge.undo_until), self._formats.local_date(now))
        return f"{words} · " + self.tr("can be undone until {day}").format(day=until)

    def _stayed(self, merge: CustomerMerge) -> str:
        fields = [
            own_word(one.name, self._directory, self._formats) for one in merge.stayed if one.kind is StayedKind.FIELD
        ]
        rows: dict[str, int] = {}
        for one in merge.stayed:
            if one.kind is StayedKind.ROW:
                rows[one.entity] = rows.get(one.entity, 0) + 1
        counted = [f"{noun_word(entity)} × {count}" for entity, count in rows.items()]
        return (SEPARATOR if self._formats.language.startswith("zh") else ", ").join([*fields, *counted])

    def _undo(self, line: "_Merged") -> None:
        if line.merge is not None:
            self.undo_wanted.emit(line.merge)


class _Merged(QWidget):
    def __init__(self, look: Look, undo: str) -> None:
        super().__init__()
        self.merge: CustomerMerge | None = None
        self._name, self._about = Label("row", elides=True), Label("hint", wraps=True)
        self.undo = Button(look, undo, "arrow-left", kind="ghost", size="compact")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self._name)
        column.addWidget(self._about)
        row.addLayout(column, 1)
        row.addWidget(self.undo)

    @property
    def words(self) -> str:
        return self._about.full_text

    def show_merge(self, merge: CustomerMerge, about: str, *, can_be_undone: bool) -> None:
        self.merge = merge
        name = merge.name or merge.gone
        self._name.say(f"{name} · {merge.gone}")
        self._about.say(about)
        self.undo.setVisible(can_be_undone)
        self.undo.setAccessibleName(f"{self.undo.text().strip()}: {name}")
