"""The pages of the strip, one of them on the screen, and the keypad of the call."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QStackedWidget, QWidget

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.strip.awaiting import AwaitingPage
from agent_desktop.ui.strip.button_row import ButtonRow
from agent_desktop.ui.strip.buttons import Deed
from agent_desktop.ui.strip.failed import FailedPage
from agent_desktop.ui.strip.idle import IdlePage
from agent_desktop.ui.strip.keypad import Keypad
from agent_desktop.ui.strip.ringing import RingingPage
from agent_desktop.ui.strip.situation import Situation, StripState
from agent_desktop.ui.strip.standing import Standing
from agent_desktop.ui.strip.talking import TalkingPage
from agent_desktop.ui.strip.wrap_up import WrapUpPage

_WITHOUT_A_CALL = (StripState.IDLE, StripState.NOT_REGISTERED, StripState.PHONE_AWAY)


class Pages(QStackedWidget):
    pressed = Signal(object)
    """The Deed of a button."""

    def __init__(self, look: Look, formats: Formats, strip: QWidget) -> None:
        super().__init__(strip)
        self._strip = strip
        self.idle = IdlePage(look)
        self.ringing = RingingPage(look, formats)
        self.talking = TalkingPage(look, formats)
        self.wrap_up = WrapUpPage(look, formats)
        self.awaiting = AwaitingPage(look, formats)
        self.failed = FailedPage(look)
        self.pad = Keypad(look, strip)
        for page in (self.idle, self.ringing, self.talking, self.wrap_up, self.awaiting, self.failed):
            page.pressed.connect(self.pressed)
            self.addWidget(page)

    @property
    def rows(self) -> tuple[ButtonRow, ...]:
        """The buttons of the page on the screen."""
        page = self.currentWidget()
        if page is self.idle:
            return (self.idle.row, self.idle.lamps)
        for one in (self.ringing, self.talking, self.wrap_up, self.awaiting, self.failed):
            if page is one:
                return (one.row,)
        return ()

    @property
    def is_in_use(self) -> bool:
        """The cursor stands in one of its fields. A button that was pressed last is not in use any more."""
        focus = QApplication.focusWidget()
        return isinstance(focus, (QLineEdit, QComboBox)) and self.isAncestorOf(focus)

    def show_standing(self, standing: Standing, situation: Situation, now: datetime) -> None:
        state, main, found = situation.state, situation.main, standing.offers(situation)
        if main is not None and state is StripState.RINGING:
            self.ringing.show_face(main, found, now)
            self._turn_to(self.ringing)
        elif main is not None:
            self.talking.show_situation(situation, found, standing.held_since.get(main.call.id), now)
            self._turn_to(self.talking)
        elif state is StripState.FAILED and standing.failed is not None:
            self.failed.show_failed(standing.failed, found)
            self._turn_to(self.failed)
        elif state is StripState.AWAITING_RETURN and standing.awaited is not None:
            self.awaiting.show_awaited(standing.awaited, found, now)
            self._turn_to(self.awaiting)
        elif state is StripState.AFTER_CALL_WORK and standing.work is not None:
            self.wrap_up.show_work(standing.work, found, now)
            self._turn_to(self.wrap_up)
        elif state in _WITHOUT_A_CALL:
            behind = standing.behind if standing.is_dialling else ""
            self.idle.show_state(state, standing.why_no_line, standing.no_line, behind)
            self._turn_to(self.idle)

    def open_keypad(self) -> None:
        self.pad.open_under(self.talking.row.button(Deed.KEYPAD))

    def tick(self, now: datetime) -> None:
        for page in (self.ringing, self.talking, self.wrap_up, self.awaiting):
            if page is self.currentWidget():
                page.tick(now)

    def _turn_to(self, page: QWidget) -> None:
        if self.currentWidget() is page:
            return
        # A stacked page that leaves hands its focus to the page that comes; a button there must not get it.
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            self._strip.setFocus()
        if page is not self.talking:
            self.pad.hide()
        self.setCurrentWidget(page)
