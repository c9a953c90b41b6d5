"""The headset: its presses go to the calls, how the calls stand goes to its lamps."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from agent_desktop.headset.cradle import Cradle
from agent_desktop.headset.handling import Deed, Line, Press, Stage, Wish, lamps_for, wish_of
from agent_desktop.headset.port import Found, NoHeadset, State
from agent_desktop.softphone.call import Call, CallState
from agent_desktop.softphone.policy import Turned
from agent_desktop.ui.background import Background
from agent_desktop.ui.strip.face import CallFace
from agent_desktop.ui.strip.wishes import Wishes

IN_STEP_AFTER_MS = 1_000
"""When a press has come to nothing, the headset is told once more how things stand."""


class HeadsetDesk(QObject):
    state_changed = Signal(object)
    """A State: what is plugged in, or why nothing is."""

    def __init__(self, background: Background, wishes: Wishes, find: Callable[[], Found], parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._wishes = wishes
        self._cradle = Cradle(find)
        self._lines: tuple[Line, ...] = ()
        self.state: State = NoHeadset()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(IN_STEP_AFTER_MS)
        self._again.timeout.connect(lambda: self._light(again=True))
        background.follow("headset", self._cradle.follow, self._hear, self._cradle.stop)

    def leave(self) -> None:
        """Its lamps go out; nothing that is pressed is heard any more."""
        self._again.stop()
        self._cradle.stop()

    def show_calls(self, faces: tuple[CallFace, ...]) -> None:
        lines = tuple(_line(face.call) for face in faces if not face.call.is_over)
        if lines != self._lines:
            self._lines = lines
            self._light()

    def _hear(self, what: State | Press) -> None:
        if isinstance(what, Press):
            self._again.start()
            wish = wish_of(what, self._lines)
            if wish is not None:
                self._do(wish)
        else:
            self.state = what
            self.state_changed.emit(what)

    def _do(self, wish: Wish) -> None:
        wishes = self._wishes
        match wish.deed:
            case Deed.ANSWER:
                wishes.answer_wanted.emit(wish.line)
            case Deed.DECLINE:
                wishes.decline_wanted.emit(wish.line, Turned.BUSY)
            case Deed.HANG_UP:
                wishes.hang_up_wanted.emit(wish.line)
            case Deed.MUTE | Deed.UNMUTE:
                wishes.mute_wanted.emit(wish.line, wish.deed is Deed.MUTE)
            case Deed.HOLD | Deed.RESUME:
                wishes.hold_wanted.emit(wish.line, wish.deed is Deed.HOLD)
            case Deed.REDIAL:
                wishes.redial_wanted.emit()

    def _light(self, *, again: bool = False) -> None:
        lamps = lamps_for(self._lines)
        self._background.network.do(lambda: self._cradle.show(lamps, again=again), replaces="headset lamps")


def _line(call: Call) -> Line:
    up_or_held = Stage.HELD if call.held_here else Stage.UP
    stage = Stage.RINGING if call.state is CallState.RINGING else up_or_held
    return Line(str(call.id), stage, is_muted=call.muted, is_answered=call.answered_at is not None)
