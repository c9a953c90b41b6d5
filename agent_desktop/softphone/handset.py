"""One handset with several calls: the agent talks with one, so taking one holds the others."""

import logging
from collections.abc import Callable

from agent_desktop.logs import use_level
from agent_desktop.softphone import commands
from agent_desktop.softphone.call import Call, CallId, CallState
from agent_desktop.softphone.engine import Engine, EngineRefusedError, Tell
from agent_desktop.softphone.events import CommandRefused, PhoneReady, Refusal, StillHere
from agent_desktop.softphone.policy import CallPolicy

log = logging.getLogger(__name__)


class Handset:
    """Carries out commands on an engine and tells what was refused."""

    def __init__(self, engine: Engine, tell: Tell, use_policy: Callable[[CallPolicy], None]) -> None:
        self._engine = engine
        self._tell = tell
        self._use_policy = use_policy
        self._consults: dict[CallId, CallId] = {}

    def perform(self, command: commands.Command) -> None:
        if not isinstance(command, commands.AreYouThere):
            log.debug("asked: %s %s", type(command).__name__, getattr(command, "call_id", ""))
        try:
            self._perform(command)
        except EngineRefusedError as no:
            call_id: CallId | None = getattr(command, "call_id", None)
            log.debug("refused: %s (%s)", type(command).__name__, no.refusal)
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
            case commands.UseLogLevel(level):
                use_level(level)
            case commands.Watch(numbers):
                engine.watch(numbers)
            case commands.TrySound(seconds):
                engine.try_sound(seconds)
            case commands.Dial(call_id, consults_for=about):
                if about is not None:
                    self._consult(command, about)
                else:
                    engine.dial(command)
                self._hold_all_but(call_id)
            case commands.Answer(call_id):
                engine.answer(call_id)
                self._hold_all_but(call_id)
            case commands.Resume(call_id):
                self._resume(call_id)
            case commands.Decline(call_id, how):
                engine.decline(call_id, how)
            case commands.HangUp(call_id):
                engine.hang_up(call_id)
            case commands.Hold(call_id):
                engine.hold(call_id)
            case commands.Mute(call_id):
                for each in self._together_with(call_id):
                    engine.mute(each)
            case commands.Unmute(call_id):
                for each in self._together_with(call_id):
                    engine.unmute(each)
            case commands.SendDigits(call_id, digits):
                engine.send_digits(call_id, digits)
            case commands.Transfer():
                engine.transfer(command)
            case commands.CompleteTransfer(call_id, with_id):
                engine.complete_transfer(call_id, with_id)
            case commands.CancelConsult(call_id):
                self._cancel_consult(call_id)
            case commands.Join(call_id, with_id):
                self._join(call_id, with_id)
            case commands.StartRecording():
                engine.start_recording(command)
            case commands.PauseRecording(call_id):
                engine.pause_recording(call_id)
            case commands.ResumeRecording(call_id):
                engine.resume_recording(call_id)
            case commands.StopRecording(call_id):
                engine.stop_recording(call_id)
            case commands.PlayRecording():
                engine.play_recording(command)
            case commands.StopPlaying():
                engine.stop_playing()
            case commands.TellAll():
                self._tell(PhoneReady(engine.snapshot()))
            case commands.AreYouThere():
                self._tell(StillHere())
            case commands.Quit():
                pass  # the process that runs the engine ends it

    def _consult(self, wanted: commands.Dial, about: CallId) -> None:
        """Hold first: what is said next is not for this caller's ears. Taken back when nobody is called after all."""
        was_talking = any(call.id == about and not call.held_here for call in self._calls())
        self._engine.hold(about)
        try:
            self._engine.dial(wanted)
        except EngineRefusedError:
            if was_talking:
                self._engine.resume(about)
            raise
        there = {call.id for call in self._calls()}
        self._consults = {consult: first for consult, first in self._consults.items() if first in there}
        self._consults[wanted.call_id] = about

    def _cancel_consult(self, call_id: CallId) -> None:
        """Also when the consultation has ended a moment ago: the agent wants the caller back."""
        about = self._consults.get(call_id)
        if about is None:
            raise EngineRefusedError(Refusal.WRONG_STATE, "it consults for no call")
        there = {call.id for call in self._calls()}
        if call_id in there:
            self._engine.hang_up(call_id)
        if about in there:
            self._resume(about)

    def _resume(self, call_id: CallId) -> None:
        self._engine.resume(call_id)
        self._hold_all_but(call_id)

    def _join(self, call_id: CallId, with_id: CallId) -> None:
        """Who was muted stays it, for all of them."""
        self._engine.join(call_id, with_id)
        joined = {call_id, with_id, *self._together_with(call_id)}
        self._hold_all_but(*joined)
        if any(call.muted for call in self._calls() if call.id in joined):
            for each in joined:
                self._engine.mute(each)

    def _together_with(self, call_id: CallId) -> list[CallId]:
        """The whole conference, or this call alone."""
        members = [call.id for call in self._calls() if call.is_in_conference]
        return members if call_id in members else [call_id]

    def _hold_all_but(self, *call_ids: CallId) -> None:
        """After the deed, so that a refused one holds nobody."""
        for call in self._calls():
            if call.id not in call_ids and call.state is CallState.CONNECTED and not call.held_here:
                self._engine.hold(call.id)

    def _calls(self) -> tuple[Call, ...]:
        return self._engine.snapshot().calls
