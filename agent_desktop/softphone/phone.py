"""The phone as the workstation's panes use it: verbs for the agent's wishes, a picture of what is going on."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from agent_desktop.logs import LogLevel
from agent_desktop.softphone import commands
from agent_desktop.softphone.account import Account, NotRegistered
from agent_desktop.softphone.audio import Sound
from agent_desktop.softphone.call import Call, CallEnd, CallId, CallState, EndReason, TransferPurpose
from agent_desktop.softphone.events import (
    CallChanged,
    DevicesChanged,
    Event,
    PhoneLost,
    PhoneReady,
    PhoneSnapshot,
    PhoneTaken,
    RegistrationChanged,
    VoicemailChanged,
    Watched,
    WatchedChanged,
)
from agent_desktop.softphone.policy import CallPolicy, Turned


class Phone:
    """Everything on one thread. `send` is the link's; feed it with `apply` what the link has read.

    Verbs raise PhoneAwayError while there is no phone process. What became of a wish comes as an event:
    CallChanged, or CommandRefused.
    """

    def __init__(
        self,
        send: Callable[[commands.Command], None],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        new_id: Callable[[], CallId] = lambda: CallId(os.urandom(8).hex()),
    ) -> None:
        self._send = send
        self._clock = clock
        self._new_id = new_id
        self._snapshot = PhoneSnapshot()
        self._is_there = False

    @property
    def is_there(self) -> bool:
        """There is a phone process and it is ours."""
        return self._is_there

    def snapshot(self) -> PhoneSnapshot:
        return self._snapshot

    def apply(self, event: Event) -> tuple[Event, ...]:
        """What to show for it: the event, after the ends of calls that a crash or a restart took away."""
        before = self._snapshot
        match event:
            case PhoneReady(snapshot):
                self._is_there = True
                self._snapshot = snapshot
                kept = {call.id for call in snapshot.calls}
                return (*self._crashed([call for call in before.calls if call.id not in kept]), event)
            case PhoneLost():
                self._is_there = False
                self._snapshot = replace(before, registration=NotRegistered(), calls=())
                return (*self._crashed(before.calls), event)
            case PhoneTaken():
                self._is_there = False
                self._snapshot = PhoneSnapshot()
            case RegistrationChanged(registration, sip_port):
                self._snapshot = replace(before, registration=registration, sip_port=sip_port)
            case DevicesChanged(devices, microphone, speaker):
                self._snapshot = replace(before, devices=devices, microphone=microphone, speaker=speaker)
            case CallChanged(call):
                self._snapshot = replace(before, calls=_with(before.calls, call))
            case VoicemailChanged(voicemail):
                self._snapshot = replace(before, voicemail=voicemail)
            case WatchedChanged(watched):
                self._snapshot = replace(before, watched=_lit(before.watched, watched))
            case _:
                pass  # refusals, digits and figures change nothing that is kept
        return (event,)

    def set_account(self, account: Account | None) -> None:
        """Kept until there is a phone; never raises."""
        self._send(commands.UseAccount(account))

    def set_sound(self, sound: Sound) -> None:
        """Kept until there is a phone; never raises."""
        self._send(commands.UseSound(sound))

    def set_policy(self, policy: CallPolicy) -> None:
        """Kept until there is a phone; never raises."""
        self._send(commands.UsePolicy(policy))

    def set_log_level(self, level: LogLevel) -> None:
        """Kept until there is a phone; never raises."""
        self._send(commands.UseLogLevel(level))

    def watch(self, numbers: tuple[str, ...]) -> None:
        """Kept until there is a phone; never raises."""
        self._snapshot = replace(
            self._snapshot, watched=tuple(each for each in self._snapshot.watched if each.number in numbers)
        )
        self._send(commands.Watch(numbers))

    def look_at_network(self) -> None:
        self._send(commands.LookAtNetwork())

    def try_sound(self, seconds: float = 5.0) -> None:
        self._send(commands.TrySound(seconds))

    def refresh_devices(self) -> None:
        self._send(commands.RefreshDevices())

    def dial(self, number: str, headers: tuple[commands.Header, ...] = (), shown_number: str = "") -> CallId:
        call_id = self._new_id()
        self._send(commands.Dial(call_id, number, headers, shown_number=shown_number))
        return call_id

    def consult(self, about: CallId, number: str, headers: tuple[commands.Header, ...] = ()) -> CallId:
        """Holds the call and dials somebody about it; see `complete_transfer`, `cancel_consult`, `join`."""
        call_id = self._new_id()
        self._send(commands.Dial(call_id, number, headers, consults_for=about))
        return call_id

    def cancel_consult(self, call_id: CallId) -> None:
        self._send(commands.CancelConsult(call_id))

    def transfer(
        self,
        call_id: CallId,
        number: str,
        purpose: TransferPurpose = TransferPurpose.PERSON,
        headers: tuple[commands.Header, ...] = (),
    ) -> None:
        self._send(commands.Transfer(call_id, number, purpose, headers))

    def complete_transfer(self, call_id: CallId, with_id: CallId) -> None:
        self._send(commands.CompleteTransfer(call_id, with_id))

    def join(self, call_id: CallId, with_id: CallId) -> None:
        self._send(commands.Join(call_id, with_id))

    def start_recording(self, call_id: CallId, path: Path, key: bytes, *, announces: bool = False) -> None:
        self._send(commands.StartRecording(call_id, path, key.hex(), announces))

    def pause_recording(self, call_id: CallId) -> None:
        self._send(commands.PauseRecording(call_id))

    def resume_recording(self, call_id: CallId) -> None:
        self._send(commands.ResumeRecording(call_id))

    def stop_recording(self, call_id: CallId) -> None:
        self._send(commands.StopRecording(call_id))

    def play_recording(self, path: Path, key: bytes, at_s: float = 0.0, speed: float = 1.0) -> None:
        self._send(commands.PlayRecording(path, key.hex(), at_s, speed))

    def stop_playing(self) -> None:
        self._send(commands.StopPlaying())

    def answer(self, call_id: CallId) -> None:
        self._send(commands.Answer(call_id))

    def decline(self, call_id: CallId, how: Turned = Turned.BUSY) -> None:
        self._send(commands.Decline(call_id, how))

    def hang_up(self, call_id: CallId) -> None:
        self._send(commands.HangUp(call_id))

    def hold(self, call_id: CallId) -> None:
        self._send(commands.Hold(call_id))

    def resume(self, call_id: CallId) -> None:
        self._send(commands.Resume(call_id))

    def mute(self, call_id: CallId) -> None:
        self._send(commands.Mute(call_id))

    def unmute(self, call_id: CallId) -> None:
        self._send(commands.Unmute(call_id))

    def send_digits(self, call_id: CallId, digits: str) -> None:
        self._send(commands.SendDigits(call_id, digits))

    def quit(self) -> None:
        """Sign-out: hangs up, unregisters, ends the phone process."""
        self._send(commands.Quit())

    def _crashed(self, calls: "tuple[Call, ...] | list[Call]") -> list[CallChanged]:
        end = CallEnd(EndReason.PHONE_CRASHED, 0, "", self._clock())
        return [CallChanged(replace(call, state=CallState.ENDED, end=end)) for call in calls]


def _with(calls: tuple[Call, ...], changed: Call) -> tuple[Call, ...]:
    others = tuple(call for call in calls if call.id != changed.id)
    if changed.is_over:
        return others
    place = next((at for at, call in enumerate(calls) if call.id == changed.id), len(others))
    return (*others[:place], changed, *others[place:])


def _lit(watched: tuple[Watched, ...], changed: Watched) -> tuple[Watched, ...]:
    if all(each.number != changed.number for each in watched):
        return (*watched, changed)
    return tuple(changed if each.number == changed.number else each for each in watched)
