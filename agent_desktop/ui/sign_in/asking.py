"""A step of signing in that asks for a code of the second factor."""

from collections.abc import Callable

from PySide6.QtCore import Signal

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.sign_in.step import Step
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.typing import TextLine

DIGITS = 6


class AskingStep(Step):
    """Whoever derives from it lays the fields out. `is_code` says what may be one, `why_not` what is wrong else."""

    wanted = Signal(str)
    """The code as it was typed, without the spaces that telephones show in it."""
    back_wanted = Signal()

    def __init__(self, look: Look, go: str, longest: int, is_code: Callable[[str], bool], why_not: str) -> None:
        super().__init__(look, go)
        self._is_code = is_code
        self._why_not = why_not
        self.code = TextLine(self.tr("Code"), "000000")
        self.code.setMaxLength(longest)
        self.back = Button(look, self.tr("Back to the password"), kind="link")
        self.go.clicked.connect(self._press)
        self.back.clicked.connect(self.back_wanted)
        self.code.returnPressed.connect(self._press)
        self.code.textChanged.connect(self._weigh)
        self._weigh()

    @property
    def _typed(self) -> str:
        return "".join(self.code.text().split())

    def _weigh(self) -> None:
        self.go.offer(is_possible=self._is_code(self._typed), why_not=self._why_not)

    def be_busy(self, *, busy: bool) -> None:
        super().be_busy(busy=busy)
        self.back.setEnabled(not busy)
        if not busy:
            self._weigh()

    def show_error(self, words: str) -> None:
        self.band.show_trouble(words)
        self.code.setFocus()
        self.code.selectAll()

    def start(self) -> None:
        self.code.setFocus()

    def _press(self) -> None:
        if self.go.isEnabled():
            self.wanted.emit(self._typed)
