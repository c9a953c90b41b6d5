"""A row of the company in its form, of whatever it is: what a person may do with it, and what is wrong with it."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.row_editing.versions import EarlierVersions
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.controls import Button, KeyHint
from agent_desktop.ui.widgets.parts import Label
from agent_model.row_draft import written_over


class Versioned(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def version(self) -> int: ...


RowT = TypeVar("RowT", bound=Versioned)


class RowForm(Card, Generic[RowT]):
    """Values: `show_row(row, title, version words)`, `show_faults`. `changed(row)` at every change; wishes:
    `save_wanted(row)`, `discard_wanted(id)`, `earlier_wanted(id)`, which `show_earlier` answers.

    `unchanged` says why there is no earlier version; a form without it tells of none. What the form asks stands in
    `inside`, and every change there is told with `_tell`."""

    changed = Signal(object)
    save_wanted = Signal(object)
    discard_wanted = Signal(str)
    earlier_wanted = Signal(str)

    def __init__(self, look: Look, name: str, unchanged: str = "") -> None:
        super().__init__(look)
        self._look = look
        self._unchanged = unchanged
        self._shown: RowT | None = None
        self.setAccessibleName(name)
        self._title, self._version = Label("section", elides=True), Label("hint")
        self.inside = QVBoxLayout()
        self.faults = Label("hint", "", "bad", wraps=True)
        self.save = Button(look, self.tr("Save"), "check", kind="primary")
        self.save.setAccessibleDescription("Ctrl+Enter")
        self.save.clicked.connect(self.send)
        self.discard = Button(look, self.tr("Discard changes"), kind="ghost")
        self.discard.clicked.connect(lambda: self.discard_wanted.emit(self.row_id))
        self.earlier = EarlierVersions(look)
        self.earlier.clicked.connect(lambda: self.earlier_wanted.emit(self.row_id))
        self.earlier.taken.connect(self._take_up)
        self._lay_around()

    def _lay_around(self) -> None:
        px = self._look.px
        self.head.addWidget(self._title, 1)
        self.head.addWidget(self._version)
        self.body.addLayout(self.head)
        self.inside.setSpacing(px(4))
        self.body.addLayout(self.inside)
        self.body.addWidget(self.faults)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.save)
        row.addWidget(self.discard)
        if self._unchanged:
            row.addWidget(self.earlier)
        row.addStretch(1)
        row.addWidget(KeyHint("Ctrl ↵"))
        self.body.addLayout(row)

    def _grid(self) -> QGridLayout:
        """At the end of what stands inside; `_cell` fills it."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._look.px(12))
        grid.setVerticalSpacing(self._look.px(2))
        self.inside.addLayout(grid)
        return grid

    def _cell(self, grid: QGridLayout, row: int, column: int, words: str, widget: QWidget, span: int = 1) -> None:
        label = Label("meta", words)
        label.setBuddy(widget)
        widget.setAccessibleName(words)
        grid.addWidget(label, row, column, 1, span)
        grid.addWidget(widget, row + 1, column, 1, span)
        grid.setRowMinimumHeight(row + 2, self._look.px(4))

    @abstractmethod
    def _fill(self, row: RowT) -> None:
        """The fields show what the row says; nothing is told of it."""

    @abstractmethod
    def _written(self, shown: RowT) -> RowT:
        """The row that was shown, with what the fields say now."""

    @abstractmethod
    def show_faults(self, faults: Any) -> None:
        """Says what is wrong, by field, and goes to the first of them."""

    @property
    def row_id(self) -> str:
        return self._shown.id if self._shown else ""

    @property
    def row(self) -> RowT | None:
        """What is in the form now."""
        return None if self._shown is None else self._written(self._shown)

    def show_row(self, row: RowT, title: str, version: str, *, is_begun: bool) -> None:
        """Fills the form without emitting; `is_begun`: it is not as it was saved."""
        self._shown = None
        self._title.say(title)
        self._version.say(version)
        self._fill(row)
        self.show_faults(())
        self.show_begun(is_begun=is_begun)
        self.earlier.offer(is_possible=row.version > 0, why_not=self._unchanged)
        self._shown = row

    def show_begun(self, *, is_begun: bool) -> None:
        self.discard.setEnabled(is_begun)

    def show_earlier(self, versions: Sequence[tuple[str, RowT]]) -> None:
        """Each in words; one that is chosen is written into the form, and saved only if the person says so."""
        self.earlier.show_versions(versions)

    def show_failure(self, words: str) -> None:
        """The disk did not take it: what is written stays here."""
        self._say(words)

    def send(self) -> None:
        if (row := self.row) is not None:
            self.save_wanted.emit(row)

    def _say(self, words: str) -> None:
        self.faults.say(words)
        self.faults.setVisible(bool(words))

    def _take_up(self, earlier: RowT) -> None:
        now = self._shown
        if now is not None and now.id == earlier.id:
            taken = written_over(earlier, now)
            self.show_row(taken, self._title.full_text, self._version.text(), is_begun=True)
            self._tell()

    def _tell(self, *_: object) -> None:
        if (row := self.row) is not None:
            self.changed.emit(row)
