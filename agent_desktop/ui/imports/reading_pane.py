"""How a file is read: its encoding, delimiter or sheet, the row of the headings, and that remembered by a name.

Values: `show_file`, `show_profiles`. Wishes: `changed`, `profile_taken(name)`.
"""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from agent_desktop.sync.imports import Seen
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.widgets.typing import TextLine
from agent_model.table_import import ImportWishes

ENCODINGS = (("utf-8", "UTF-8"), ("gb18030", "GB18030"), ("utf-16", "UTF-16"))
HEADING_ROWS = 10
LONGEST_NAME = 64


class ReadingPane(QWidget):
    changed = Signal()
    profile_taken = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.profile = self._pick(self.tr("Read as"))
        self.encoding = self._pick(self.tr("Encoding"))
        self.delimiter = self._pick(self.tr("Delimiter"))
        self.sheet = self._pick(self.tr("Sheet"))
        self.heading_row = self._pick(self.tr("Row of the headings"))
        self.remember = TextLine(self.tr("Remember as"), self.tr("A name, to read the next file so"))
        self.remember.setMaxLength(LONGEST_NAME)
        self._labels: dict[QWidget, Label] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.px(10))
        grid.setVerticalSpacing(look.px(6))
        grid.setColumnStretch(1, 1)
        every = (self.profile, self.encoding, self.delimiter, self.sheet, self.heading_row, self.remember)
        for n, entry in enumerate(every):
            label = Label("meta", entry.accessibleName())
            label.setBuddy(entry)
            grid.addWidget(label, n, 0)
            grid.addWidget(entry, n, 1)
            self._labels[entry] = label
        delimiters = ((",", self.tr("Comma")), (";", self.tr("Semicolon")), ("\t", self.tr("Tab")), ("|", "|"))
        self._offer(self.encoding, ENCODINGS)
        self._offer(self.delimiter, delimiters)
        self._offer(self.heading_row, [(str(n), str(n)) for n in range(1, HEADING_ROWS + 1)])
        for pick in (self.encoding, self.delimiter, self.sheet, self.heading_row):
            pick.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.profile.currentIndexChanged.connect(lambda _: self.profile_taken.emit(self.profile.currentData()))

    def wishes(self) -> ImportWishes:
        """What was said here; the columns are said elsewhere."""
        row = self.heading_row.currentData()
        return ImportWishes(
            encoding=self.encoding.currentData() or None,
            delimiter=self.delimiter.currentData() or None,
            sheet=self.sheet.currentData() or None,
            heading_row=int(row) if row else None,
        )

    def begin(self, wishes: ImportWishes) -> None:
        """Another file: nothing is remembered of it yet."""
        with QSignalBlocker(self.profile):
            self.profile.setCurrentIndex(0)
        self.remember.clear()
        self.show_wishes(wishes)

    def show_wishes(self, wishes: ImportWishes) -> None:
        row = None if wishes.heading_row is None else str(wishes.heading_row)
        said = {self.encoding: wishes.encoding, self.delimiter: wishes.delimiter, self.sheet: wishes.sheet}
        for pick, value in {**said, self.heading_row: row}.items():
            with QSignalBlocker(pick):
                if value and pick.findData(value) < 0:
                    pick.addItem(value, value)
                pick.setCurrentIndex(max(0, pick.findData(value or "")))

    def show_file(self, seen: Seen) -> None:
        """What was found out stands where nothing is said."""
        names = dict(ENCODINGS)
        found = {
            self.encoding: names.get(seen.encoding or ""),
            self.delimiter: None if seen.delimiter is None else self._delimiter_word(seen.delimiter),
            self.sheet: seen.sheet,
            self.heading_row: str(seen.heading_row) if seen.columns else None,
        }
        self._offer(self.sheet, [(name, name) for name in seen.sheets])
        for pick, value in found.items():
            word = self.tr("Found out") if value is None else self.tr("Found out: {what}").format(what=value)
            pick.setItemText(0, word)
        is_book = bool(seen.sheets)
        for pick, is_there in ((self.encoding, not is_book), (self.delimiter, not is_book), (self.sheet, is_book)):
            pick.setVisible(is_there)
            self._labels[pick].setVisible(is_there)

    def show_profiles(self, names: Sequence[str]) -> None:
        self._offer(self.profile, [(name, name) for name in names])
        self.profile.setItemText(0, self.tr("Nothing remembered"))
        for widget in (self.profile, self._labels[self.profile]):
            widget.setVisible(bool(names))

    def _delimiter_word(self, sign: str) -> str:
        row = self.delimiter.findData(sign)
        return self.delimiter.itemText(row) if row >= 0 else sign

    def _offer(self, pick: Pick, options: Sequence[tuple[str, str]]) -> None:
        """After what is found out; what is chosen stays."""
        if [(pick.itemData(row), pick.itemText(row)) for row in range(1, pick.count())] == list(options):
            return
        with QSignalBlocker(pick):
            chosen = pick.currentData()
            pick.clear()
            pick.addItem(self.tr("Found out"), "")
            for value, words in options:
                pick.addItem(words, value)
            pick.setCurrentIndex(max(0, pick.findData(chosen)))

    def _pick(self, name: str) -> Pick:
        pick = Pick(self._look)
        pick.setAccessibleName(name)
        return pick


def joined(reading: ImportWishes, columns: dict[str, str], constants: dict[str, str]) -> ImportWishes:
    return replace(reading, columns=dict(columns), constants=dict(constants))
