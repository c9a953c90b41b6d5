"""The choices of a field, each in both languages. `show_options(options)`; `changed`, `options` is what is there."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.widgets.typing import TextLine
from agent_model.form import Option
from agent_model.words import Words


class OptionsEditor(QWidget):
    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.lines: list[OptionLine] = []
        self.add = Button(look, self.tr("Add a choice"), "plus", kind="ghost", size="compact")
        self.add.clicked.connect(self._add)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.px(4))
        self._column.addWidget(Label("meta", self.tr("Choices")))
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addStretch(1)
        self._column.addLayout(row)

    @property
    def options(self) -> tuple[Option, ...]:
        return tuple(line.option for line in self.lines)

    def show_options(self, options: Sequence[Option]) -> None:
        """Fills without emitting."""
        while self.lines:
            self._take_away(self.lines[-1])
        for option in options:
            self._append(option)

    def _add(self) -> None:
        taken = {line.option.id for line in self.lines}
        number = next(n for n in range(1, len(taken) + 2) if f"o{n}" not in taken)
        self._append(Option(f"o{number}", Words("", "")))
        self.lines[-1].zh.setFocus()
        self.changed.emit()

    def _append(self, option: Option) -> None:
        line = OptionLine(self._look, option)
        line.changed.connect(self.changed)
        line.removed.connect(lambda: self._remove(line))
        self.lines.append(line)
        self._column.insertWidget(len(self.lines), line)

    def _remove(self, line: "OptionLine") -> None:
        self._take_away(line)
        self.add.setFocus()
        self.changed.emit()

    def _take_away(self, line: "OptionLine") -> None:
        self.lines.remove(line)
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()


class OptionLine(QWidget):
    changed = Signal()
    removed = Signal()

    def __init__(self, look: Look, option: Option) -> None:
        super().__init__()
        self._id = option.id
        self.zh = TextLine(self.tr("Choice in Chinese"), self.tr("Chinese"))
        self.en = TextLine(self.tr("Choice in English"), self.tr("English"))
        self.zh.setText(option.label.zh)
        self.en.setText(option.label.en)
        self.remove = Button(look, "", "close", kind="ghost", size="compact", name=self.tr("Remove the choice"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(4))
        row.addWidget(self.zh, 1)
        row.addWidget(self.en, 1)
        row.addWidget(self.remove)
        self.zh.textEdited.connect(self.changed)
        self.en.textEdited.connect(self.changed)
        self.remove.clicked.connect(self.removed)

    @property
    def option(self) -> Option:
        return Option(self._id, Words(self.zh.text().strip(), self.en.text().strip()))
