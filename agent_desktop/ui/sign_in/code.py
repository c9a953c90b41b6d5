"""The second factor: six digits from a telephone, or one of the recovery codes. The password is not asked for again."""

from PySide6.QtCore import Signal

from agent_desktop.ui.look import Look
from agent_desktop.ui.sign_in.step import Step
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.widgets.typing import TextLine

DIGITS = 6
LONGEST = 32


class CodeStep(Step):
    wanted = Signal(str)
    """The code as it was typed, without the spaces that telephones show in it."""
    back_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, self.tr("Sign in"))
        self.code = TextLine(self.tr("Code"), "000000")
        self.code.setMaxLength(LONGEST)
        self.back = Button(look, self.tr("Back to the password"), kind="link")
        self.column.addWidget(Label("section", self.tr("Your password is right. One more step.")))
        self._words = self.add_words(look, "body", self._usual())
        self.column.addSpacing(look.px(8))
        self.add_field(look, self.tr("Code"), self.code)
        lost = self.tr("No telephone at hand? Enter a recovery code. No codes left? Ask your security officer.")
        self.add_words(look, "meta", lost)
        self.end(look, self.back)
        self.go.clicked.connect(self._press)
        self.back.clicked.connect(self.back_wanted)
        self.code.returnPressed.connect(self._press)
        self.code.textChanged.connect(self._weigh)
        self._weigh()

    def _usual(self) -> str:
        return self.tr("Enter the six digits that your telephone shows for Agent Desktop.")

    def ask(self, *, after_set_up: bool) -> None:
        """After it was set up the code that was shown is spent, and the next one counts."""
        self.code.clear()
        self.band.hide()
        later = self.tr(
            "It is set up. Enter the next code that your telephone shows: it makes a new one every 30 seconds."
        )
        self._words.say_within(self._words.width(), later if after_set_up else self._usual())

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

    @property
    def _typed(self) -> str:
        return "".join(self.code.text().split())

    def _weigh(self) -> None:
        is_code = len(self._typed) >= DIGITS
        self.go.offer(is_possible=is_code, why_not=self.tr("A code has six digits; a recovery code is longer."))

    def _press(self) -> None:
        if self.go.isEnabled():
            self.wanted.emit(self._typed)
