"""What the ticket that is being written will promise: until when it is to be answered and solved. `show_promise`."""

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QWidget

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.time_left import due_moment
from agent_desktop.ui.widgets.parts import Glyph, Label
from agent_model.clock import Measure, TicketClocks


class PromiseLine(QWidget):
    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self.words = Label("meta", "", wraps=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(6))
        row.addWidget(Glyph(look, "timer", "muted", 14))
        row.addWidget(self.words, 1)
        self.hide()

    def show_promise(self, clocks: TicketClocks | None, now: datetime) -> None:
        """None: nothing is known of what is promised."""
        words = "" if clocks is None else "\n".join(self._said(clocks, now))
        self.words.say(words)
        self.setVisible(bool(words))

    def _said(self, clocks: TicketClocks, now: datetime) -> list[str]:
        answer, solved = clocks.clock(Measure.FIRST_RESPONSE), clocks.clock(Measure.RESOLUTION)
        said = []
        if answer is not None and answer.due_at is not None:
            said.append(self.tr("Answer by {moment}").format(moment=due_moment(answer.due_at, now, self._formats)))
        if solved is not None and solved.due_at is not None:
            said.append(self.tr("Solve by {moment}").format(moment=due_moment(solved.due_at, now, self._formats)))
        regulator = clocks.clock(Measure.REGULATOR)
        if regulator is not None and regulator.due_at is not None:
            said.append(
                self.tr("The regulator waits until {moment}").format(
                    moment=due_moment(regulator.due_at, now, self._formats)
                )
            )
        return said
