"""What the agent wishes of the calls: each button of each state as one signal with the ids of its calls."""

from PySide6.QtCore import QObject, QTimer, Signal

from agent_desktop.softphone.call import CallId
from agent_desktop.softphone.policy import Turned
from agent_desktop.ui.strip.buttons import Deed
from agent_desktop.ui.strip.face import CallFace
from agent_desktop.ui.strip.situation import Situation, StripState, conference_of

NOT_BEFORE_MS, NOT_AFTER_MS = 400, 4_000
"""The second press that ends a conference: no double click, and no afterthought."""


class Wishes(QObject):
    """`decline_wanted` carries a Turned, `recording_wanted` the Deed, `place_wanted` a TransferPurpose. `written` is
    what was typed or chosen. `complete_wanted` and `join_wanted` name the caller first."""

    answer_wanted = Signal(str)
    decline_wanted = Signal(str, object)
    hang_up_wanted = Signal(str)
    mute_wanted = Signal(str, bool)
    hold_wanted = Signal(str, bool)
    switch_wanted = Signal(str)
    digits_wanted = Signal(str, str)
    recording_wanted = Signal(str, object)
    consult_wanted = Signal(str, str)
    """(call, written)"""
    transfer_wanted = Signal(str, str)
    """(call, written)"""
    place_wanted = Signal(str, object)
    complete_wanted = Signal(str, str)
    join_wanted = Signal(str, str)
    cancel_consult_wanted = Signal(str)
    dial_wanted = Signal(str)
    redial_wanted = Signal()
    voicemail_wanted = Signal()
    quiet_wanted = Signal(bool)
    extend_wanted = Signal()
    finish_wanted = Signal()
    wait_ended = Signal()
    failure_dismissed = Signal()
    sureness_asked = Signal()
    """A second press would end the conference for everybody."""
    sureness_over = Signal()
    """Nobody waits for it any more."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._not_before, self._not_after = QTimer(self), QTimer(self)
        self._not_before.setInterval(NOT_BEFORE_MS)
        self._not_after.setInterval(NOT_AFTER_MS)
        for timer in (self._not_before, self._not_after):
            timer.setSingleShot(True)
        self._not_after.timeout.connect(self.sureness_over)

    @property
    def would_end_all(self) -> bool:
        """The next press ends the conference."""
        return self._not_after.isActive() and not self._not_before.isActive()

    def emit_for(self, deed: Deed, situation: Situation) -> None:
        """The deed of a button of the call the strip is about; in a conference for everybody in it."""
        main = situation.main
        if main is None:
            return
        together = conference_of(situation) or (main.call.id,)
        match deed:
            case Deed.ANSWER:
                self.answer_wanted.emit(main.call.id)
            case Deed.DECLINE:
                self.decline_wanted.emit(main.call.id, Turned.BUSY)
            case Deed.MUTE | Deed.UNMUTE:
                for id_ in together:
                    self.mute_wanted.emit(id_, deed is Deed.MUTE)
            case Deed.HOLD:
                for id_ in together:
                    self._hold(id_, is_held=True)
            case Deed.HANG_UP:
                self.hang_up_wanted.emit(main.call.id)
            case Deed.END_ALL:
                self._end_all(together)
            case Deed.RECORD | Deed.PAUSE_RECORDING | Deed.RESUME_RECORDING | Deed.STOP_RECORDING:
                self.recording_wanted.emit(main.call.id, deed)
            case _ if situation.first is not None and situation.consult is not None:
                self._emit_for_pair(deed, situation.state, situation.first.call.id, situation.consult.call.id)
            case _:
                self._hold(main.call.id, is_held=False)

    def emit_beside(self, deed: Deed, face: CallFace) -> None:
        """The deed of a button of the call in the band."""
        match deed:
            case Deed.ANSWER:
                self.answer_wanted.emit(face.call.id)
            case Deed.DECLINE:
                self.decline_wanted.emit(face.call.id, Turned.BUSY)
            case Deed.SWITCH:
                self.switch_wanted.emit(face.call.id)
            case _:
                self.hang_up_wanted.emit(face.call.id)

    def _end_all(self, together: tuple[CallId, ...]) -> None:
        """A caller must not be lost by one slip of the hand; the second press means it."""
        if self.would_end_all:
            self._not_after.stop()
            self.sureness_over.emit()
            for id_ in together:
                self.hang_up_wanted.emit(id_)
        elif not self._not_after.isActive():
            self._not_before.start()
            self._not_after.start()
            self.sureness_asked.emit()

    def _hold(self, id_: CallId, *, is_held: bool) -> None:
        self.hold_wanted.emit(id_, is_held)

    def _emit_for_pair(self, deed: Deed, state: StripState, first: CallId, consult: CallId) -> None:
        match deed:
            case Deed.CONFERENCE:
                self.join_wanted.emit(first, consult)
            case Deed.COMPLETE | Deed.LEAVE:
                self.complete_wanted.emit(first, consult)
            case Deed.CANCEL_CONSULT:
                self.cancel_consult_wanted.emit(consult)
            case Deed.RETRIEVE if state is StripState.CONFERENCE_HELD:
                self.join_wanted.emit(first, consult)
            case _:
                self.switch_wanted.emit(first)
