"""One handset with several calls: the agent talks with one, so taking one holds the others."""

from collections.abc import Callable

from agent_desktop.softphone import commands
from agent_desktop.softphone.call import CallId, CallState
from agent_desktop.softphone.engine import Engine, EngineRefusedError, Tell
from agent_desktop.softphone.events import CommandRefused, PhoneReady
from agent_desktop.softphone.policy import CallPolicy


class Handset:
    """Carries out commands on an engine and tells what was refused."""

    def __init__(self, engine: Engine, tell: Tell, use_policy: Callable[[CallPolicy], None]) -> None:
        self._engine = engine
        self._tell = tell
        self._use_policy = use_policy

    def perform(self, command: commands.Command) -> None:
        try:
            self._perform(command)
        except EngineRefusedError as no:
            call_id: CallId | None = getattr(command, "call_id", None)
            self._tell(CommandRefused(type(command).__name__, call_id, no.refusal, no.detail))

    def _perform(self, command: commands.Command) -> None:
        engine = self._engine
        match command:
            case commands.UseAccount(account):
                engine.use_account(account)
            case commands.UseSound(sound):
                engine.use_sound(sound)
            case commands.RefreshDevices():
                engine.refresh_devices()
            case commands.LookAtNetwork():
                engine.network_changed()
            case commands.UsePolicy(policy):
                self._use_policy(policy)
            case commands.Watch(numbers):
                engine.watch(numbers)
            case commands.TrySound(seconds):
                engine.try_sound(seconds)
            case commands.Dial(call_id):
                engine.dial(command)
                self._hold_all_but(call_id)
            case commands.Answer(call_id):
                engine.answer(call_id)
                self._hold_all_but(call_id)
            case commands.Resume(call_id):
                engine.resume(call_id)
                self._hold_all_but(call_id)
            case commands.Decline(call_id, how):
                engine.decline(call_id, how)
            case commands.HangUp(call_id):
                engine.hang_up(call_id)
            case commands.Hold(call_id):
                engine.hold(call_id)
            case commands.Mute(call_id):
                engine.mute(call_id)
            case commands.Unmute(call_id):
                engine.unmute(call_id)
            case commands.SendDigits(call_id, digits):
                engine.send_digits(call_id, digits)
            case commands.Transfer():
                engine.transfer(command)
            case commands.CompleteTransfer(call_id, with_id):
                engine.complete_transfer(call_id, with_id)
            case commands.CancelConsult():
                pass
            case commands.Join(call_id, with_id):
                engine.join(call_id, with_id)
            case commands.StartRecording():
                engine.start_recording(command)
            case commands.PauseRecording(call_id):
                engine.pause_recording(call_id)
            case commands.ResumeRecording(call_id):
                engine.resume_recording(call_id)
            case commands.StopRecording(call_id):
                engine.stop_recording(call_id)
            case commands.TellAll():
                self._tell(PhoneReady(engine.snapshot()))
            case commands.Quit():
                pass  # the process that runs the engine ends it

    def _hold_all_but(self, call_id: CallId) -> None:
        """After the deed, so that a refused one holds nobody."""
        for call in self._engine.snapshot().calls:
            if call.id != call_id and call.state is CallState.CONNECTED and not call.held_here:
                self._engine.hold(call.id)
