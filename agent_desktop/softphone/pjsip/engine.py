"""Carries calls with PJSIP: one thread does everything, events are told from inside it."""

import logging
import os
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pjsua2 as pj

from agent_desktop.softphone import audio, commands
from agent_desktop.softphone.account import Account, DigitMode
from agent_desktop.softphone.address import require_digits
from agent_desktop.softphone.call import CallId, CallState, EndReason
from agent_desktop.softphone.call_book import CallBook
from agent_desktop.softphone.commands import Header
from agent_desktop.softphone.endings import TURNED_AWAY, ending_asked_for
from agent_desktop.softphone.engine import EngineRefusedError, Tell
from agent_desktop.softphone.events import (
    DevicesChanged,
    Event,
    LevelsMeasured,
    PhoneSnapshot,
    Refusal,
)
from agent_desktop.softphone.pjsip.arrivals import Arrivals
from agent_desktop.softphone.pjsip.bindings import ask, reply
from agent_desktop.softphone.pjsip.call import PjsipCall
from agent_desktop.softphone.pjsip.departures import Departures
from agent_desktop.softphone.pjsip.endings import Endings
from agent_desktop.softphone.pjsip.happenings import Happenings
from agent_desktop.softphone.pjsip.holds import Holds
from agent_desktop.softphone.pjsip.lifelines import Lifelines
from agent_desktop.softphone.pjsip.line import Endpoint, Line
from agent_desktop.softphone.pjsip.loudspeaker import PjsipLoudspeaker
from agent_desktop.softphone.pjsip.network import FindHost, ask_system
from agent_desktop.softphone.pjsip.recorder import PjsipTaps
from agent_desktop.softphone.pjsip.settings import PjsipErrors, endpoint_config
from agent_desktop.softphone.pjsip.sound import Sound
from agent_desktop.softphone.pjsip.sound_test import SoundTrial
from agent_desktop.softphone.pjsip.talks import Talks
from agent_desktop.softphone.pjsip.transferred import Transferred
from agent_desktop.softphone.pjsip.transfers import refer, refer_to_other
from agent_desktop.softphone.pjsip.transports import open_bell
from agent_desktop.softphone.pjsip.watching import Watching
from agent_desktop.softphone.policy import Turned
from agent_desktop.softphone.recording.player import Player
from agent_desktop.softphone.recording.recorder import Recorder
from agent_desktop.softphone.transfers import Transfers

log = logging.getLogger(__name__)

_GOODBYE_S = 1.0
_NOT_LOOKED_AT_S = 0.1  # at most, when all that comes is sound


class PjsipEngine:
    """See `Engine` for the promises. `new_id` names incoming calls. `mark` is the same whenever this telephone is
    started, and no other's: by it the phone knows its own registrations, also those of a process that died. `find_host`
    may take its time."""

    def __init__(
        self,
        tell: Tell,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        new_id: Callable[[], CallId] = lambda: CallId(os.urandom(8).hex()),
        max_calls: int = 32,
        sip_log: Path | None = None,
        mark: str | None = None,
        find_host: FindHost = ask_system,
    ) -> None:
        self._mark = mark or os.urandom(4).hex()
        self._find_host = find_host
        self._is_stirred = False
        self._clock = clock
        self._new_id = new_id
        self._max_calls = max_calls
        self._sip_log = sip_log
        self._tell_workstation = tell
        tell = self._tell
        self._book = CallBook(tell, clock)
        self._calls: dict[CallId, PjsipCall] = {}
        self._holds = Holds(self._book, self._calls)
        self._lifelines = Lifelines(self._book, self._calls)
        self._transfers = Transfers(self._book, self)
        self._transferred = Transferred(self._book, self._calls, self._make_call, clock)
        self._bell = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

    def start(self) -> None:
        self._endpoint = Endpoint()
        self._endpoint.libCreate()
        self._endpoint.libInit(endpoint_config(self._max_calls, self._sip_log))
        # A SIP socket of our own on loopback: a datagram to it ends PJSIP's wait, which nothing else can.
        bell_port = open_bell(self._endpoint)
        self._bell.connect(("127.0.0.1", bell_port))
        self._endpoint.libStart()
        self._sound = Sound(self._endpoint, self._tell_devices, bell_port)
        self._endpoint.device_died = self._sound.device_died
        self._trial = SoundTrial(self._sound, self._tell, lambda: not self._calls)
        self._loudspeaker = PjsipLoudspeaker(self._sound, lambda: not self._calls)
        self._player = Player(self._tell, self._loudspeaker, lambda: bool(self._calls))
        self._taps = PjsipTaps(self._sound, self._calls, self._book)
        self._recorder = Recorder(self._book, self._tell, self._clock, self.wake, self._taps)
        self._line = line = Line(self._endpoint, self._tell, self._clock, self.wake, self._mark, self._find_host)
        self._watching = Watching(self._tell, lambda: line.towards_switch, line.is_of_switch)
        book, calls, sound = self._book, self._calls, self._sound
        self._talks = talks = Talks(book, calls, sound)
        self._endings = endings = Endings(
            book, calls, lambda: line.account, talks, sound, self._transfers, self._transferred
        )
        self._arrivals = Arrivals(book, calls, line, sound, endings, lambda number: self._make_call(pjsip_id=number))
        self._departures = Departures(book, calls, line, sound, endings, self._make_call, self._max_calls)
        self._happenings = Happenings(
            book, self._tell, line, talks, endings, self._lifelines, self._transfers, self._transferred
        )
        line.beside_calls = self._watching
        line.call_came = self._arrivals.came
        line.was_lost = self._departures.give_up_unheard

    def stop(self) -> None:
        for call in tuple(self._calls.values()):
            with suppress(EngineRefusedError):
                self.hang_up(call.call_id)
        self._watching.close()
        self._line.give_up()
        deadline = time.monotonic() + _GOODBYE_S
        while time.monotonic() < deadline and (self._calls or self._sound.is_open or self._line.is_leaving):
            self.wait(0.05)
        self._player.close()
        self._recorder.close()
        self._close_sound()
        self._calls.clear()
        self._endings.close()
        self._line.close()
        del self._arrivals, self._departures, self._happenings, self._endings, self._talks
        del self._recorder, self._taps, self._trial, self._player, self._loudspeaker
        del self._line, self._sound, self._watching  # PJSIP wants its objects gone before it goes itself
        self._endpoint.libDestroy(pj.PJSUA_DESTROY_NO_NETWORK)  # goodbyes are said; else it waits a second
        del self._endpoint
        self._bell.close()

    def wait(self, timeout_s: float) -> None:
        self._recorder.look()
        now = time.monotonic()
        due_at = (self._sound.close_at, self._line.due_at, self._trial.due_at, self._player.due_at)
        due = [at - now for at in due_at if at is not None]
        due += [at - now for call in self._calls.values() for at in (call.digits.due_at, call.zip_tone_until)]
        until = now + max(0.0, min((timeout_s, *due)))
        while True:  # every packet of sound ends PJSIP's wait; between what is told there is nothing else to look at
            self._endpoint.libHandleEvents(max(0, int(1000 * (until - time.monotonic()))))
            until = min(until, now + _NOT_LOOKED_AT_S)
            if self._is_stirred or time.monotonic() >= until:
                break
        self._is_stirred = False
        self._holds.ask()
        for call in tuple(self._calls.values()):
            self._send_next_digit(call)
            self._talks.go_on(call, time.monotonic())
        self._recorder.look()
        self._transfers.look_at_clock()
        self._lifelines.look()
        for call in self._transferred.stillborn():
            self._endings.forget(call, EndReason.FAILED)
        self._sound.look()
        self._trial.step()
        self._player.step()
        self._sound.ring(wanted=self._talks.rings)
        self._watching.look(self._line.account, self._line.registration)
        self._look_at_clock()

    def wake(self) -> None:
        self._is_stirred = True
        with suppress(OSError):
            self._bell.send(b"\r\n\r\n")

    def snapshot(self) -> PhoneSnapshot:
        return PhoneSnapshot(
            self._line.registration,
            tuple(self._book),
            self._sound.devices,
            self._sound.microphone,
            self._sound.speaker,
            self._line.sip_port,
            self._watching.voicemail,
            self._watching.watched,
        )

    def use_account(self, account: Account | None) -> None:
        try:
            self._line.use(account, may_close=not self._calls)
        except PjsipErrors as reason:
            raise EngineRefusedError(Refusal.ENGINE_FAILED, str(reason)) from reason

    def use_sound(self, sound: audio.Sound) -> None:
        self._player.stop()
        self._talks.use(sound)
        self._tell_devices()

    def refresh_devices(self) -> None:
        self._sound.look_for_devices()
        self._tell_devices()

    def dial(self, wanted: commands.Dial) -> None:
        self._departures.dial(wanted)

    def answer(self, call_id: CallId, *, zip_tone: bool = False) -> None:
        self._book.find(call_id, CallState.RINGING)
        self._sound.open()
        self._calls[call_id].wants_zip_tone = zip_tone
        reply(self._calls[call_id], pj.PJSIP_SC_OK)

    def decline(self, call_id: CallId, how: Turned, because: EndReason = EndReason.DECLINED) -> None:
        call = self._book.find(call_id, CallState.RINGING)
        self._endings.want(call, because, TURNED_AWAY[how][0])

    def hang_up(self, call_id: CallId) -> None:
        call = self._book.find(call_id)
        if call.state is CallState.ENDING:
            return
        code = TURNED_AWAY[Turned.BUSY][0] if call.state is CallState.RINGING else 0
        self._endings.want(call, ending_asked_for(call), code)

    def end(self, call_id: CallId, because: EndReason) -> None:
        self._endings.want(self._book.find(call_id), because)

    def hold(self, call_id: CallId) -> None:
        self._book.find(call_id, CallState.CONNECTED)
        call = self._calls[call_id]
        if not call.hold_wanted:
            call.hold_wanted = True
            self._talks.pause(call)
            self._holds.ask()

    def resume(self, call_id: CallId) -> None:
        known = self._book.find(call_id, CallState.CONNECTED)
        self._transfers.resumed(known)
        call = self._calls[call_id]
        if call.hold_wanted:
            call.hold_wanted = False
            self._holds.ask()

    def mute(self, call_id: CallId) -> None:
        self._mute(call_id, muted=True)

    def unmute(self, call_id: CallId) -> None:
        self._mute(call_id, muted=False)

    def _mute(self, call_id: CallId, *, muted: bool) -> None:
        self._book.find(call_id, CallState.CONNECTED)
        self._talks.mute(self._calls[call_id], muted=muted)

    def send_digits(self, call_id: CallId, digits: str) -> None:
        self._book.find(call_id, CallState.CONNECTED, CallState.EARLY_MEDIA)
        require_digits(digits)
        call, account = self._calls[call_id], self._line.account
        call.digits.add(digits.upper(), account.digit_mode if account is not None else DigitMode.RFC_4733)
        ask(lambda: call.digits.step(call.sendDtmf))

    def network_changed(self) -> None:
        self._line.network_changed()

    def watch(self, numbers: tuple[str, ...]) -> None:
        self._watching.use(numbers)

    def try_sound(self, seconds: float) -> None:
        if self._calls:
            raise EngineRefusedError(Refusal.WRONG_STATE, "there are calls")
        self._player.stop()
        self._trial.start(seconds)

    def play_recording(self, wanted: commands.PlayRecording) -> None:
        self._trial.stop()
        self._player.start(wanted)

    def stop_playing(self) -> None:
        self._player.stop()

    def transfer(self, wanted: commands.Transfer) -> None:
        self._transfers.begin(wanted)

    def complete_transfer(self, call_id: CallId, with_id: CallId) -> None:
        self._transfers.complete(call_id, with_id)

    def join(self, call_id: CallId, with_id: CallId) -> None:
        for each in (call_id, with_id):
            self._book.find(each, CallState.CONNECTED)
        self._talks.join(call_id, with_id)
        for each in (call_id, with_id):
            self.resume(each)
            self._talks.hear(each)

    def start_recording(self, wanted: commands.StartRecording) -> None:
        self._recorder.start(wanted)

    def pause_recording(self, call_id: CallId) -> None:
        self._recorder.pause(call_id)

    def resume_recording(self, call_id: CallId) -> None:
        self._recorder.resume(call_id)

    def stop_recording(self, call_id: CallId) -> None:
        self._recorder.stop(call_id)

    def measure_levels(self) -> tuple[LevelsMeasured, ...]:
        return self._talks.levels()

    def measure_quality(self) -> None:
        for measured in self._talks.quality():
            self._tell(measured)

    def _send_next_digit(self, call: PjsipCall) -> None:
        try:
            call.digits.step(call.sendDtmf)
        except PjsipErrors as reason:
            self._happenings.digits_failed(call, str(reason))

    def _look_at_clock(self) -> None:
        now = time.monotonic()
        self._line.look()
        if self._sound.close_at is not None and now >= self._sound.close_at and not self._calls:
            self._close_sound()

    def _close_sound(self) -> None:
        self._sound.close()
        self._taps.bridge_stopped()
        self._trial.bridge_stopped()
        self._loudspeaker.bridge_stopped()

    def _make_call(self, call_id: CallId | None = None, pjsip_id: int | None = None) -> PjsipCall:
        return PjsipCall(self._happenings, self._line.towards_switch, call_id or self._new_id(), pjsip_id)

    def refer(self, call_id: CallId, address: str, headers: tuple[Header, ...]) -> None:
        ask(lambda: refer(self._calls[call_id], address, headers))

    def refer_to_other(self, call_id: CallId, other_id: CallId) -> None:
        ask(lambda: refer_to_other(self._calls[call_id], self._calls[other_id]))

    def make_sure_of(self, call_id: CallId) -> None:
        self._holds.ask_again(call_id)

    def address_of(self, number: str) -> str:
        return self._departures.address_of(number)

    def _tell(self, event: Event) -> None:
        self._is_stirred = True
        self._tell_workstation(event)

    def _tell_devices(self) -> None:
        self._tell(DevicesChanged(self._sound.devices, self._sound.microphone, self._sound.speaker))
