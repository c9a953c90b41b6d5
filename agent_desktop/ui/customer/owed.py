"""What is owed to whoever is on the screen, above everything else about them. Wish: `taken(key)`."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.controls import Button

MOST: Final = 2
Owed = tuple[str, str, str]
"""Key, icon, words."""


class OwedRow(QFrame):
    """Hidden while nothing is owed."""

    taken = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._keys: list[str] = []
        self.setAccessibleName(self.tr("What is owed"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(4))
        self.lines = tuple(Button(look, " ", "phone-forward", kind="amber", size="compact") for _ in range(MOST))
        for n, button in enumerate(self.lines):
            button.clicked.connect(lambda _=False, n=n: self.taken.emit(self._keys[n]))
            column.addWidget(button)
        self.show_owed(())

    def show_owed(self, owed: tuple[Owed, ...]) -> None:
        self._keys = [key for key, _, _ in owed[:MOST]]
        for n, button in enumerate(self.lines):
            button.setVisible(n < len(self._keys))
            if n < len(self._keys):
                _, icon, words = owed[n]
                button.wear("amber", icon, words)
                button.setToolTip(words)
        self.setVisible(bool(self._keys))
