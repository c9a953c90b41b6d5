"""Where a team lead writes macros: all of them at the left, one in its form, how it reads on a real ticket below.

Values and wishes of a RowsPage, `offer_examples((id, words)…)`, `show_preview(words)`; `example_taken(id)`.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.macros.form import MacroForm
from agent_desktop.ui.row_editing.page import PageWords, RowsPage
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.parts import Label


class MacrosPage(RowsPage[MacroForm]):
    example_taken = Signal(str)

    def __init__(self, look: Look) -> None:
        words = PageWords(
            self.tr("Macros"),
            self.tr("New macro"),
            self.tr("Typed after a slash, by code, title or pinyin. A change reaches everybody with the next sync."),
            self.tr("There is no macro yet."),
        )
        self.example = Pick(look)
        self.example.setAccessibleName(self.tr("Ticket to try it on"))
        self.example.activated.connect(lambda: self.example_taken.emit(self.example.currentData()))
        self.preview = Label("body", "", wraps=True)
        self.beside = Label("meta", "", wraps=True)
        below = Card(look, self.tr("How it reads"))
        for widget in (self.example, self.preview, self.beside):
            below.body.addWidget(widget)
        super().__init__(look, words, MacroForm(look), below)

    def offer_examples(self, examples: Sequence[tuple[str, str]]) -> None:
        """Tickets of this workstation; the chosen one stays while it is among them."""
        chosen = self.example.currentData()
        with QSignalBlocker(self.example):
            self.example.clear()
            for id_, words in examples:
                self.example.addItem(words, id_)
            self.example.setCurrentIndex(max(0, self.example.findData(chosen)))
        self.example.setVisible(bool(examples))

    def show_preview(self, words: str, beside: str = "") -> None:
        """The text filled in; `beside` says what it leaves open and what it changes."""
        self.preview.say(words)
        self.beside.say(beside)
        self.beside.setVisible(bool(beside))
