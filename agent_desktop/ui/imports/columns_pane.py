"""What each column of a file means, chosen and not guessed; and what every row says of a field that has no column.

Values: `show_file`. Wishes: `changed`; `columns` and `constants` are what was said.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from agent_desktop.sync.imports import FieldKnown, Seen, SeenColumn
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.imports.words import field_title, needed_title
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.parts import Label, set_property
from agent_desktop.ui.widgets.typing import TextLine
from agent_model.table_import import LEFT_OUT

SETTLES_AFTER_MS = 500
NEVER_EVERY = ("id",)
"""What no two rows say alike."""


class ColumnsPane(QWidget):
    changed = Signal()

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self._directory = Directory()
        self._headings: tuple[str, ...] = ()
        self._fields: tuple[FieldKnown, ...] = ()
        self.columns: dict[str, str] = {}
        self.constants: dict[str, str] = {}
        self.picks: dict[str, Pick] = {}
        self.entries: dict[str, TextLine] = {}
        self._examples: dict[str, Label] = {}
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLES_AFTER_MS)
        self._settle.timeout.connect(self.changed)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.px(10))
        self._rows = QWidget()
        self._every = QWidget()
        self._column.addWidget(self._rows)
        self._column.addWidget(self._every)
        self._column.addStretch(1)

    def show_directory(self, directory: Directory) -> None:
        self._directory = directory

    def begin(self, columns: Mapping[str, str], constants: Mapping[str, str]) -> None:
        """Another file, or other wishes for it."""
        self._settle.stop()
        self.columns, self.constants = dict(columns), dict(constants)
        self._headings = ()

    def show_file(self, seen: Seen, fields: Sequence[FieldKnown]) -> None:
        headings = tuple(column.heading for column in seen.columns)
        if (headings, tuple(fields)) != (self._headings, self._fields):
            self._headings, self._fields = headings, tuple(fields)
            self._build(seen.columns)
        for column in seen.columns:
            self._show_column(column, _example(seen, column))
        self._show_every(seen)

    def _build(self, columns: Sequence[SeenColumn]) -> None:
        look = self._look
        self.picks.clear()
        self._examples.clear()
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.px(10))
        grid.setVerticalSpacing(look.px(6))
        grid.setColumnStretch(0, 1)
        for n, column in enumerate(columns):
            words = QVBoxLayout()
            words.setSpacing(0)
            example = Label("meta", elides=True)
            words.addWidget(Label("row", column.heading, elides=True))
            words.addWidget(example)
            pick = self._pick(column.heading)
            grid.addLayout(words, n, 0)
            grid.addWidget(pick, n, 1)
            self.picks[column.heading], self._examples[column.heading] = pick, example
        self._put(self._rows, rows)
        self._rows = rows

    def _pick(self, heading: str) -> Pick:
        pick = Pick(self._look)
        pick.setAccessibleName(heading)
        pick.setFixedWidth(self._look.px(190))
        pick.addItem(self.tr("Choose a meaning"), "")
        pick.addItem(self.tr("Not imported"), LEFT_OUT)
        for field in self._fields:
            pick.addItem(needed_title(field, self._directory, self._formats), field.name)
        pick.currentIndexChanged.connect(lambda _: self._chosen(heading, pick.currentData()))
        return pick

    def _show_column(self, column: SeenColumn, example: str) -> None:
        pick = self.picks[column.heading]
        with QSignalBlocker(pick):
            pick.setCurrentIndex(max(0, pick.findData(self.columns.get(column.heading, column.field) or "")))
        set_property(pick, "fault", "true" if not pick.currentData() else "false")
        self._examples[column.heading].say(example)

    def _show_every(self, seen: Seen) -> None:
        """Fields that no row goes without, and that no column says."""
        told = {column.field for column in seen.columns} | (seen.constants.keys() - self.constants.keys())
        needed = [f for f in self._fields if f.is_needed and f.name not in (*NEVER_EVERY, *told)]
        names = [field.name for field in needed]
        if list(self.entries) == names:
            return
        if any(entry.hasFocus() for entry in self.entries.values()):
            return
        self.entries.clear()
        every = QWidget()
        column = QVBoxLayout(every)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._look.px(4))
        for name in names:
            title = field_title(name, self._directory, self._formats)
            words = self.tr("{field}, the same for every row").format(field=title)
            entry = TextLine(words)
            entry.setText(self.constants.get(name, ""))
            entry.textEdited.connect(lambda text, name=name: self._written(name, text))
            label = Label("meta", words)
            label.setBuddy(entry)
            column.addWidget(label)
            column.addWidget(entry)
            self.entries[name] = entry
        self._put(self._every, every)
        self._every = every

    def _put(self, before: QWidget, after: QWidget) -> None:
        self._column.replaceWidget(before, after)
        before.hide()
        before.deleteLater()

    def _chosen(self, heading: str, field: str) -> None:
        if field:
            self.columns[heading] = field
        else:
            self.columns.pop(heading, None)
        self.changed.emit()

    def _written(self, name: str, text: str) -> None:
        if text.strip():
            self.constants[name] = text.strip()
        else:
            self.constants.pop(name, None)
        self._settle.start()


def _example(seen: Seen, column: SeenColumn) -> str:
    cells = (row.cells[column.place] for row in seen.rows if column.place < len(row.cells))
    return next((cell for cell in cells if cell), "")
