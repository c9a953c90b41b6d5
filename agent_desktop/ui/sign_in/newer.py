"""A newer version was at work here: the agent says whether this one is to go on."""

from PySide6.QtCore import Signal

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.sign_in.step import CARD_MARGIN, CARD_WIDTH, Step
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.widgets.spoken import announce


class NewerStep(Step):
    """Values: `ask(words)`, `show_error(words)`. Wishes: `go_on_wanted`, `close_wanted`."""

    go_on_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, self.tr("Go on with this version"))
        self.column.addWidget(Label("section", self.tr("This version is the older one")))
        self._words = self.add_words(look, "body", "")
        self.column.addSpacing(look.px(8))
        self.cancel = Button(look, self.tr("Close the program"), kind="link")
        self.end(look, self.cancel)
        self.go.clicked.connect(self.go_on_wanted)
        self.cancel.clicked.connect(self.close_wanted)

    def ask(self, look: Look, words: str) -> None:
        self.band.hide()
        self._words.say_within(look.px(CARD_WIDTH - 2 * CARD_MARGIN), words)
        announce(self, words)

    def show_error(self, words: str) -> None:
        self.band.show_trouble(words)

    def start(self) -> None:
        """Nothing is done by a key that was meant for the step before."""
        self.cancel.setFocus()
