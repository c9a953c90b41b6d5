"""Where a team lead writes macros: all of them at the left, one in its form, how it reads on a real ticket below.

Values: `show_macros(lines)`, `form`, `offer_examples((id, words)…)`, `show_preview(words)`. Wishes: `macro_taken(id)`,
`new_wanted`, `example_taken(id)`, and those of the form.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout

from agent_desktop.ui.look import Look
from agent_desktop.ui.macro_form import MacroForm
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.lines import Line, Lines
from agent_desktop.ui.widgets.parts import Label


class MacrosPage(QFrame):
    macro_taken = Signal(str)
    new_wanted = Signal()
    example_taken = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("ground", "canvas")
        self.setAccessibleName(self.tr("Macros"))
        self.macros = Lines(look, self.tr("Macros"))
        self.macros.taken.connect(self.macro_taken)
        self.nothing = Label("hint", self.tr("There is no macro yet."), wraps=True)
        self.new = Button(look, self.tr("New macro"), "plus", size="compact")
        self.new.clicked.connect(self.new_wanted)
        self.form = MacroForm(look)
        self.example = Pick(look)
        self.example.setAccessibleName(self.tr("Ticket to try it on"))
        self.example.activated.connect(lambda: self.example_taken.emit(self.example.currentData()))
        self.preview = Label("body", "", wraps=True)
        self.beside = Label("meta", "", wraps=True)
        self._lay_out()

    def _lay_out(self) -> None:
        px = self._look.px
        top = QHBoxLayout()
        top.addWidget(Label("name", self.tr("Macros")))
        top.addStretch(1)
        top.addWidget(self.new)
        left = Card(self._look)
        left.body.addWidget(self.macros)
        left.body.addWidget(self.nothing)
        hint = self.tr("Typed after a slash, by code, title or pinyin. A change reaches everybody with the next sync.")
        left.body.addWidget(Label("hint", hint, wraps=True))
        left.body.addStretch(1)
        left.setFixedWidth(px(330))
        below = Card(self._look, self.tr("How it reads"))
        below.body.addWidget(self.example)
        below.body.addWidget(self.preview)
        below.body.addWidget(self.beside)
        inside = QFrame()
        inside.setProperty("ground", "canvas")
        right = QVBoxLayout(inside)
        right.setContentsMargins(0, 0, px(4), 0)
        right.setSpacing(px(10))
        right.addWidget(self.form)
        right.addWidget(below)
        right.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(0)  # the room for a bar stands between them
        columns.addWidget(self._scrolled(left, left.width() + px(14)))
        columns.addWidget(self._scrolled(inside), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(10))
        column.addLayout(top)
        column.addLayout(columns, 1)

    def _scrolled(self, inside: QFrame, width: int = 0) -> QScrollArea:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inside)
        if width:
            scroll.setFixedWidth(width)
        return scroll

    def show_macros(self, lines: Sequence[Line]) -> None:
        self.macros.show_lines(lines)
        self.nothing.setVisible(not lines)
        self.form.setVisible(bool(lines))

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
