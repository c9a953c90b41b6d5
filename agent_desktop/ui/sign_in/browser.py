"""Somebody signs in in the browser; this window waits, and goes on by itself."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.sign_in.step import CARD_MARGIN, CARD_WIDTH, Step
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.widgets.spoken import announce


class BrowserStep(Step):
    """Values: `ask(organisation, url)`, `show_error(words)`. Wishes: `browser_wanted`, `given_up`."""

    browser_wanted = Signal()
    given_up = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, self.tr("Open the browser again"))
        self._url = ""
        self.column.addWidget(Label("section", self.tr("Go on in your browser")))
        self._words = self.add_words(look, "body", "")
        self.column.addSpacing(look.px(8))
        self.copy = Button(look, self.tr("Copy the address"))
        self.cancel = Button(look, self.tr("Cancel"), kind="link")
        self.end(look, self.copy, self.cancel)
        self.go.clicked.connect(self.browser_wanted)
        self.copy.clicked.connect(self._copy)
        self.cancel.clicked.connect(self.given_up)

    def ask(self, look: Look, organisation: str, url: str) -> None:
        self._url = url
        self.band.hide()
        words = self.tr(
            "Your browser shows the sign-in page of {organisation}. Sign in there; this window goes on by itself. Only "
            "sign in on a page that you opened from here."
        ).format(organisation=organisation)
        self._words.say_within(look.px(CARD_WIDTH - 2 * CARD_MARGIN), words)
        announce(self, words)

    def show_error(self, words: str) -> None:
        self.band.show_trouble(words)

    def start(self) -> None:
        self.go.setFocus()

    def _copy(self) -> None:
        QApplication.clipboard().setText(self._url)
        self.band.show_news(self.tr("The address was copied. Open it in a browser on this computer."))
