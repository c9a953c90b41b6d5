"""Where rows of the company are written: all of them at the left, one in its form, what comes of it below.

Values: `show_rows(lines)`, `form`. Wishes: `taken(id)`, `new_wanted`, and those of the form.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.row_editing.form import RowForm
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.lines import Line, Lines
from agent_desktop.ui.widgets.parts import HEAD_PX, Label
from agent_desktop.ui.widgets.scrolled import scrolled_to_the_edge

FormT = TypeVar("FormT", bound=RowForm[Any])


@dataclass(frozen=True, slots=True)
class PageWords:
    """`nothing` is said where there is no row."""

    name: str
    new: str
    hint: str
    nothing: str = ""


class RowsPage(QFrame, Generic[FormT]):
    taken = Signal(str)
    new_wanted = Signal()

    def __init__(self, look: Look, words: PageWords, form: FormT, below: QWidget | None = None) -> None:
        super().__init__()
        self._look = look
        self.setProperty("ground", "canvas")
        self.setAccessibleName(words.name)
        self.rows = Lines(look, words.name)
        self.rows.taken.connect(self.taken)
        self.nothing = Label("hint", words.nothing, wraps=True)
        self.nothing.hide()
        self.new = Button(look, words.new, "plus", size="compact")
        self.new.clicked.connect(self.new_wanted)
        self.form = form
        self.top = QHBoxLayout()
        self.top.setSpacing(look.px(12))
        self.top.addWidget(Label("name", words.name))
        self.top.addStretch(1)
        self.top.addWidget(self.new)
        self._lay_out(words.hint, below)

    def _lay_out(self, hint: str, below: QWidget | None) -> None:
        px = self._look.px
        left = Card(self._look)
        left.body.addWidget(self.rows)
        left.body.addWidget(self.nothing)
        left.body.addWidget(Label("hint", hint, wraps=True))
        left.body.addStretch(1)
        left.setFixedWidth(px(330))
        inside = QFrame()
        inside.setProperty("ground", "canvas")
        right = QVBoxLayout(inside)
        right.setSpacing(px(10))
        right.addWidget(self.form)
        if below is not None:
            right.addWidget(below)
        right.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(0)  # the room for a bar stands between them
        columns.addWidget(_scrolled(left, left.width() + px(10)))
        columns.addWidget(scrolled_to_the_edge(self._look, inside, 16), 1)
        self.top.setContentsMargins(0, 0, px(14), 0)
        self.top.addStrut(px(HEAD_PX))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(2), px(14))
        column.setSpacing(px(10))
        column.addLayout(self.top)
        column.addLayout(columns, 1)

    def send(self) -> None:
        self.form.send()

    def show_rows(self, lines: Sequence[Line]) -> None:
        self.rows.show_lines(lines)
        self.nothing.setVisible(not lines and bool(self.nothing.full_text))
        self.form.setVisible(bool(lines))


def _scrolled(inside: QWidget, width_px: int) -> QScrollArea:
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidget(inside)
    scroll.setFixedWidth(width_px)
    return scroll
