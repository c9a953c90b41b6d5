"""The sheet of shortcuts on F1: a popover over the window; Escape or F1 closes it and nothing else."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.controls import KeyHint
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.window.shortcuts import chords

COLUMNS = 3


class ShortcutSheet(QFrame):
    def __init__(self, look: Look, parent: QWidget | None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        px = look.px
        self.setProperty("role", "popover")
        self.setAccessibleName(self.tr("Keyboard shortcuts"))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(18))
        column.setSpacing(px(10))
        column.addWidget(Label("name", self.tr("Keyboard shortcuts")))
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(14))
        grid.setVerticalSpacing(px(5))
        groups: dict[str, list[tuple[str, str]]] = {}
        for chord in chords():
            groups.setdefault(chord.group, []).append((chord.keys.replace("Return", "Enter"), chord.words))
        third = list(groups)[2]
        groups[third] += [
            ("Ctrl+1…9", self.tr("Open items")),
            ("Alt+1…5", self.tr("Pages")),
            ("Esc", self.tr("Close a popover, never a call")),
        ]
        filled = [0] * COLUMNS
        for group, rows in groups.items():
            column_at = filled.index(min(filled))
            at, top = column_at * 3, filled[column_at]
            grid.addWidget(Label("section", group), top, at, 1, 2)
            for m, (keys, words) in enumerate(rows):
                grid.addWidget(KeyHint(keys), top + m + 1, at, Qt.AlignmentFlag.AlignRight)
                grid.addWidget(Label("body", words), top + m + 1, at + 1)
            filled[column_at] += len(rows) + 1
        for gap in range(1, COLUMNS):
            grid.setColumnMinimumWidth(gap * 3 - 1, px(24))
        column.addLayout(grid)

    def open_over(self, window: QWidget) -> None:
        self.adjustSize()
        centre = window.mapToGlobal(window.rect().center())
        self.move(centre.x() - self.width() // 2, centre.y() - self.height() // 2)
        self.show()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_F1, Qt.Key.Key_Escape):
            self.hide()
        else:
            super().keyPressEvent(event)
