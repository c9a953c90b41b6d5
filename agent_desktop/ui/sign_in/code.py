"""The second factor: six digits from a telephone, or one of the recovery codes. The password is not asked for again."""

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.sign_in.asking import DIGITS, AskingStep
from agent_desktop.ui.widgets.parts import Label

LONGEST = 32


class CodeStep(AskingStep):
    def __init__(self, look: Look) -> None:
        why_not = self.tr("A code has six digits; a recovery code is longer.")
        super().__init__(look, self.tr("Sign in"), LONGEST, lambda typed: len(typed) >= DIGITS, why_not)
        self.column.addWidget(Label("section", self.tr("Your password is right. One more step.")))
        self._words = self.add_words(look, "body", self._usual())
        self.column.addSpacing(look.px(8))
        self.add_field(look, self.tr("Code"), self.code)
        lost = self.tr("No telephone at hand? Enter a recovery code. No codes left? Ask your security officer.")
        self.add_words(look, "meta", lost)
        self.end(look, self.back)

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
