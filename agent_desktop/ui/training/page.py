"""Training: what is to do and what is done at the left, one of them at the right.

Values: `show_duties(to_do, done)`, `turn_to(pane)`. Wishes: `duty_taken(id)` and those of the panes.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.training.course_pane import CoursePane
from agent_desktop.ui.training.duty_pane import DutyPane
from agent_desktop.ui.training.paper_pane import PaperPane
from agent_desktop.ui.training.result_pane import ResultPane
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.lines import Line, Lines
from agent_desktop.ui.widgets.parts import Label, page_name
from agent_desktop.ui.widgets.scrolled import scrolled_to_the_edge


class TrainingPage(QFrame):
    duty_taken = Signal(str)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look = look
        self.setProperty("ground", "canvas")
        self.setAccessibleName(self.tr("Training"))
        self.to_do = Lines(look, self.tr("To do"), leaves_bar=True)
        self.done = Lines(look, self.tr("Done"), leaves_bar=True)
        for lines in (self.to_do, self.done):
            lines.taken.connect(self.duty_taken)
        self.nothing = Label("hint", self.tr("Nothing is to do. What is assigned to you appears here."), wraps=True)
        self.duty = DutyPane(look)
        self.course = CoursePane(look)
        self.paper = PaperPane(look, formats)
        self.result = ResultPane(look)
        self._panes = QStackedWidget()
        self._places: dict[QWidget, QWidget] = {}
        self._lay_out()
        for widget in (self._panes, self.to_do, self.done, self._done_name, self.nothing):
            widget.hide()  # until it is read what there is

    def _lay_out(self) -> None:
        px = self._look.px
        left = Card(self._look, self.tr("To do"))
        left.body.addWidget(self.nothing)
        left.body.addWidget(self.to_do)
        self._done_name = Label("section", self.tr("Done"))
        left.body.addWidget(self._done_name)
        left.body.addWidget(self.done)
        left.body.addStretch(1)
        left.setFixedWidth(px(330))
        for pane in (self.duty, self.course, self.paper, self.result):
            inside = QFrame()
            inside.setProperty("ground", "canvas")
            around = QVBoxLayout(inside)
            around.addWidget(pane, 1)
            self._places[pane] = place = scrolled_to_the_edge(self._look, inside, 16)
            self._panes.addWidget(place)
        columns = QHBoxLayout()
        columns.setSpacing(px(10))
        columns.addWidget(left)
        columns.addWidget(self._panes, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(2), px(14))
        column.setSpacing(px(10))
        column.addWidget(page_name(self._look, self.tr("Training")))
        column.addLayout(columns, 1)

    def show_duties(self, to_do: Sequence[Line], done: Sequence[Line]) -> None:
        self.to_do.show_lines(to_do)
        self.done.show_lines(done)
        self._done_name.setVisible(bool(done))
        self.nothing.setVisible(not to_do)
        self._panes.setVisible(bool(to_do) or bool(done))

    def turn_to(self, pane: QWidget) -> None:
        self._panes.setCurrentWidget(self._places[pane])

    def shows(self, pane: QWidget) -> bool:
        return self._panes.currentWidget() is self._places[pane]

    def send(self) -> None:
        """Ctrl+Return."""
        if self.shows(self.paper):
            self.paper.send()
