"""What a SIP stack must do to carry our calls; the seam behind which PJSIP can be replaced."""

from collections.abc import Callable
from typing import Protocol

from agent_desktop.softphone.account import Account
from agent_desktop.softphone.audio import Sound
from agent_desktop.softphone.call import CallId, EndReason
from agent_desktop.softphone.commands import Dial, PlayRecording, StartRecording, Transfer
from agent_desktop.softphone.events import Event, LevelsMeasured, PhoneSnapshot, Refusal
from agent_desktop.softphone.policy import Turned

Tell = Callable[[Event], None]


class EngineRefusedError(Exception):
    """The engine did not do it. `detail` is for the log."""

    def __init__(self, refusal: Refusal, detail: str) -> None:
        super().__init__(f"{refusal}: {detail}")
        self.refusal = refusal
        self.detail = detail


class Engine(Protocol):
    """One thread calls everything but `wake`; events are told from inside these calls, mostly from `wait`.

    Every verb on a call raises EngineRefusedError(NO_SUCH_CALL | WRONG_STATE | ENGINE_FAILED). `dial` also
    raises NO_ACCOUNT, NO_LINE (no registrar can be reached), BAD_NUMBER and TOO_MANY_CALLS.
    """

    def start(self) -> None: ...

    def stop(self) -> None:
        """Hangs up, unregisters, releases devices. Nothing may be asked afterwards."""

    def wait(self, timeout_s: float) -> None:
        """Does the network's work for up to this long; returns early after work was done or on `wake`."""

    def wake(self) -> None:
        """From any thread: ends a running or the next `wait`."""

    def snapshot(self) -> PhoneSnapshot: ...

    def use_account(self, account: Account | None) -> None: ...

    def use_sound(self, sound: Sound) -> None: ...

    def refresh_devices(self) -> None: ...

    def network_changed(self) -> None:
        """Registers anew at once and moves running calls to the network that is there now."""

    def watch(self, numbers: tuple[str, ...]) -> None: ...

    def try_sound(self, seconds: float) -> None:
        """Raises WRONG_STATE while there are calls."""

    def dial(self, wanted: Dial) -> None: ...

    def answer(self, call_id: CallId, *, zip_tone: bool = False) -> None: ...

    def decline(self, call_id: CallId, how: Turned, because: EndReason = EndReason.DECLINED) -> None: ...

    def hang_up(self, call_id: CallId) -> None: ...

    def hold(self, call_id: CallId) -> None: ...

    def resume(self, call_id: CallId) -> None: ...

    def mute(self, call_id: CallId) -> None: ...

    def unmute(self, call_id: CallId) -> None: ...

    def send_digits(self, call_id: CallId, digits: str) -> None: ...

    def transfer(self, wanted: Transfer) -> None: ...

    def complete_transfer(self, call_id: CallId, with_id: CallId) -> None: ...

    def join(self, call_id: CallId, with_id: CallId) -> None: ...

    def start_recording(self, wanted: StartRecording) -> None: ...

    def pause_recording(self, call_id: CallId) -> None: ...

    def resume_recording(self, call_id: CallId) -> None: ...

    def stop_recording(self, call_id: CallId) -> None: ...

    def play_recording(self, wanted: PlayRecording) -> None:
        """Raises WRONG_STATE while there are calls, ENGINE_FAILED for a key or a speed that is none."""

    def stop_playing(self) -> None: ...

    def measure_levels(self) -> tuple[LevelsMeasured, ...]:
        """Of every call that talks. `spoken` is above 0.0001 as long as a microphone lives, however quiet it is."""

    def measure_quality(self) -> None:
        """Tells QualityMeasured for every call whose media both sides have counted."""
