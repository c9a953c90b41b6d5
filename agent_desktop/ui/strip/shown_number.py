"""Which of the company's numbers a called customer is to see: a button beside the dial field, with its list."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import plain_tip


@dataclass(frozen=True, slots=True)
class Showable:
    """`number` as the company's table has it, `title` as one reads it, `brand` whom customers know by it."""

    number: str
    title: str
    brand: str


class ShownNumber(Button):
    """Not there where the company shows none of its numbers."""

    chosen = Signal(str)
    """The number; empty: whichever fits the customer."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, " ", "building", kind="ghost", size="call")
        self._numbers: tuple[Showable, ...] = ()
        self._fixed = ""
        self.list = QMenu(self)
        self.list.aboutToShow.connect(self._fill)
        self.setMenu(self.list)
        self.hide()

    def show_numbers(self, numbers: tuple[Showable, ...], fixed: str, now: str) -> None:
        """`fixed` is the agent's own choice, empty where the customer decides; `now` is what would be shown."""
        self._numbers, self._fixed = numbers, fixed
        current = next((one for one in numbers if one.number == now), None)
        self.setVisible(current is not None)
        if current is None:
            return
        self.setText(f"{current.title}  ▾")
        words = self.tr("Customers see {number}, {brand}").format(number=current.title, brand=current.brand)
        self.setAccessibleName(words)
        self.setToolTip(plain_tip(words))
        self._fill()

    def _fill(self) -> None:
        self.list.clear()
        self._add("", self.tr("Whichever fits the customer"))
        self.list.addSeparator()
        for one in self._numbers:
            self._add(one.number, f"{one.title}  ·  {one.brand}")

    def _add(self, number: str, words: str) -> None:
        action = self.list.addAction(words.replace("&", "&&"))
        icon = "check" if number == self._fixed else "building"
        token = "accent_text" if number == self._fixed else "muted"
        action.setIcon(QIcon(self._look.pixmap(icon, token, 16, self.devicePixelRatioF())))
        action.triggered.connect(lambda _=False: self.chosen.emit(number))
