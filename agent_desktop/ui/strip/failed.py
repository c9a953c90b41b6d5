"""The strip after a call that did not come about: why, and once more."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.softphone.call import CallEnd
from agent_desktop.ui.look import Look
from agent_desktop.ui.messages import explain_end
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Glyph, Label


@dataclass(frozen=True, slots=True)
class FailedCall:
    """`number` is what to dial again, empty when that makes no sense; `title` a name or the shown number."""

    title: str
    number: str
    end: CallEnd


class FailedPage(QWidget):
    retry_wanted = Signal(str)
    dismissed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._failed: FailedCall | None = None
        self._title = Label("row", elides=True)
        self._cause = Label("meta", "", "bad", elides=True)
        self.retry = Button(look, self.tr("Call again"), "phone", size="call")
        self.close_button = Button(look, self.tr("Close"), "close", kind="ghost", size="call")
        self.retry.clicked.connect(self._retry)
        self.close_button.clicked.connect(self.dismissed)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), 0, look.px(14), 0)
        row.setSpacing(look.px(10))
        row.addWidget(Glyph(look, "phone-missed", "bad", 24))
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self._title)
        column.addWidget(self._cause)
        column.addStretch(1)
        row.addLayout(column, 1)
        row.addWidget(self.retry)
        row.addWidget(self.close_button)

    def show_failed(self, failed: FailedCall) -> None:
        self._failed = failed
        self._title.say(failed.title)
        self._cause.say(explain_end(failed.end.reason, failed.end.sip_code))
        self.retry.setVisible(bool(failed.number))

    def _retry(self) -> None:
        if self._failed is not None and self._failed.number:
            self.retry_wanted.emit(self._failed.number)
