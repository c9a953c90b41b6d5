"""The entries of a field, one a row: what is one of a few is picked, the rest is written; rows come and go.

Values: `offer`, `show_text(lines)` and `text`, one entry a line with bars, as a form keeps it. Wish: `changed`.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from agent_desktop.company_rules.fields import BAR, COMMA, FieldOfRule, Part, Shape
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.company_rules.words import none_word, part_word
from agent_desktop.ui.widgets.choice import Named, Pick
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.widgets.several import Several
from agent_desktop.ui.widgets.typing import TextLine

Cell = TextLine | Pick | Named | Several
Offered = Mapping[str, Sequence[tuple[str, str]]]
SEVERAL: Final = frozenset({Shape.ROLES, Shape.PICKS})


class EntryRows(QWidget):
    changed = Signal()

    def __init__(self, look: Look, field: FieldOfRule, words: str) -> None:
        super().__init__()
        self._look, self._parts, self._words = look, field.parts, words
        self._offered: Offered = {}
        self.rows: list[tuple[Cell, ...]] = []
        self._inside = QWidget()
        self.add = Button(look, self.tr("Add a line"), "plus", kind="ghost", size="compact")
        self.add.setAccessibleName(self.tr("{field}: add a line").format(field=words))
        self.add.clicked.connect(self._add)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.px(4))
        self._column.addWidget(self._inside)
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_text("")

    def offer(self, offered: Offered) -> None:
        """What may be picked, by what the parts call it, as (id, name)."""
        if offered != self._offered:
            self._offered = offered
            self.show_text(self.text)

    @property
    def text(self) -> str:
        return "\n".join(f" {BAR} ".join(map(_said, cells)) for cells in self.rows)

    def show_text(self, text: str) -> None:
        lines = [line for line in text.splitlines() if line.strip()]
        self._build([[cell.strip() for cell in line.split(BAR)] for line in lines])

    def _build(self, entries: Sequence[Sequence[str]]) -> None:
        old, self._inside = self._inside, QWidget()
        self._column.replaceWidget(old, self._inside)
        old.hide()
        old.deleteLater()
        grid = QGridLayout(self._inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(self._look.px(6))
        self.rows = []
        for column, part in enumerate(self._parts if entries else ()):
            grid.addWidget(Label("hint", part_word(part.path)), 0, column)
            grid.setColumnStretch(column, 0 if part.shape is Shape.NUMBER else 1)
        for n, entry in enumerate(entries):
            cells = tuple(self._cell(part, n) for part in self._parts)
            padded = [*entry, *[""] * (len(cells) - len(entry))]
            last = len(cells) - 1
            self._tie(cells, padded)
            for column, cell in enumerate(cells):
                whole = f" {BAR} ".join(padded[last:]) if column == last else padded[column]
                _show(cell, whole)
                self._hear(cell)
                grid.addWidget(cell, n + 1, column)
            grid.addWidget(self._remover(n), n + 1, len(cells))
            self.rows.append(cells)
        self.setFocusProxy(self.rows[0][0] if self.rows else self.add)

    def _cell(self, part: Part, n: int) -> Cell:
        name = self.tr("{field}, line {line}: {part}").format(field=self._words, line=n + 1, part=part_word(part.path))
        options = list(self._offered.get(part.offered, ()))
        if part.by:
            return Named(self._look, name, self.tr("Name"))
        if part.shape in SEVERAL:
            several = Several(self._look, name, none_word(part.path))
            several.show_options(options)
            return several
        if part.offered:
            pick = Pick(self._look)
            pick.setAccessibleName(name)
            for id_, words in [("", none_word(part.path)), *options] if part.is_optional else options:
                pick.addItem(words, id_)
            return pick
        line = TextLine(name)
        if part.shape is Shape.NUMBER:
            line.setMaximumWidth(self._look.px(90))
        return line

    def _tie(self, cells: Sequence[Cell], entry: Sequence[str]) -> None:
        """What is offered in one cell is what another says."""
        places = {part.path: n for n, part in enumerate(self._parts)}
        for part, cell in zip(self._parts, cells, strict=True):
            if isinstance(cell, Named):
                said = cells[places[part.by]]
                cell.offer(self._named_by(part, entry[places[part.by]]))
                if isinstance(said, Pick):
                    said.currentIndexChanged.connect(
                        lambda _, part=part, cell=cell, said=said: cell.offer_others(self._named_by(part, _said(said)))
                    )

    def _named_by(self, part: Part, said: str) -> Sequence[tuple[str, str]]:
        return list(self._offered.get(f"{part.offered}.{said}", ()))

    def _hear(self, cell: Cell) -> None:
        match cell:
            case Named():
                cell.changed.connect(self.changed)
            case Pick():
                cell.currentIndexChanged.connect(self.changed)
            case Several():
                cell.changed.connect(self.changed)
            case _:
                cell.textChanged.connect(self.changed)

    def _remover(self, n: int) -> Button:
        name = self.tr("{field}: take line {line} away").format(field=self._words, line=n + 1)
        button = Button(self._look, "", "close", kind="ghost", size="compact", name=name)
        button.clicked.connect(lambda: self._remove(n))
        return button

    def _entries(self) -> list[list[str]]:
        return [[_said(cell) for cell in cells] for cells in self.rows]

    def _add(self) -> None:
        self._build([*self._entries(), [self._first(part) for part in self._parts]])
        self.rows[-1][0].setFocus()
        self.changed.emit()

    def _first(self, part: Part) -> str:
        """What stands in a new row."""
        options = self._offered.get(part.offered, ())
        is_empty = part.is_optional or part.shape in SEVERAL or not options
        return "" if is_empty else options[0][0]

    def _remove(self, n: int) -> None:
        self._build([entry for place, entry in enumerate(self._entries()) if place != n])
        self.setFocus()
        self.changed.emit()


def _said(cell: Cell) -> str:
    match cell:
        case Named():
            return cell.said
        case Pick():
            return str(cell.currentData() or "")
        case Several():
            return f"{COMMA} ".join(cell.chosen)
        case _:
            return cell.text()


def _show(cell: Cell, told: str) -> None:
    match cell:
        case Named():
            cell.say(told)
        case Pick():
            if cell.findData(told) < 0:
                cell.addItem(told, told)
            cell.setCurrentIndex(cell.findData(told))
        case Several():
            cell.choose([one.strip() for one in told.split(COMMA) if one.strip()])
        case _:
            cell.setText(told)
