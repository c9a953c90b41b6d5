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
from agent_desktop.softphone.account import Account, DigitMode, RegistrarUnreachable
from agent_desktop.softphone.address import address_of, headers_showing, require_digits, require_headers
from agent_desktop.softphone.call import Call, CallId, CallState, Direction, EndReason
from agent_desktop.softphone.call_book import CallBook
from agent_desktop.softphone.commands import Header
from agent_desktop.softphone.conference import Conference
from agent_desktop.softphone.endings import TURNED_AWAY, ending_asked_for, ending_of
from agent_desktop.softphone.engine import EngineRefusedError, Tell
from agent_desktop.softphone.events import (
    CommandRefused,
    DevicesChanged,
    DigitReceived,
    Event,
    LevelsMeasured,
    PhoneSnapshot,
    Refusal,
)
from agent_desktop.softphone.invite import party, read_invite, text_of
from agent_desktop.softphone.pjsip.call import PjsipCall
from agent_desktop.softphone.pjsip.conference import connect, part
from agent_desktop.softphone.pjsip.holds import Holds
from agent_desktop.softphone.pjsip.line import Endpoint, Line
from agent_desktop.softphone.pjsip.recorder import PjsipTaps
from agent_desktop.softphone.pjsip.settings import PjsipErrors, endpoint_config, offer
from agent_desktop.softphone.pjsip.sound import Sound
from agent_desktop.softphone.pjsip.sound_test import SoundTrial
from agent_desktop.softphone.pjsip.transferred import Transferred
from agent_desktop.softphone.pjsip.transfers import add_headers, refer, refer_to_other
from agent_desktop.softphone.pjsip.transports import open_bell
from agent_desktop.softphone.pjsip.watching import Watching
from agent_desktop.softphone.policy import Turned
from agent_desktop.softphone.recording.recorder import Recorder
from agent_desktop.softphone.transfers import Transfers

log = logging.getLogger(__name__)

_GOODBYE_S = 1.0
_NOT_LOOKED_AT_S = 0.1  # at most, when all that comes is sound
_KEYS_WITHIN_S = 10.0  # DTLS agrees on them after the media has been agreed on


class PjsipEngine:
    """See `Engine` for the promises. `new_id` names incoming calls."""

    def __init__(
        self,
        tell: Tell,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        new_id: Callable[[], CallId] = lambda: CallId(os.urandom(8).hex()),
        max_calls: int = 32,
        sip_log: Path | None = None,
    ) -> None:
        self._is_stirred = False
        self._clock = clock
        self._new_id = new_id
        self._max_calls = max_calls
        self._sip_log = sip_log
        self._tell_workstation = tell
        tell = self._tell
        self._book = CallBook(tell, clock)
        self._calls: dict[CallId, PjsipCall] = {}
        self._sent_away: dict[CallId, PjsipCall] = {}
        self._asked_to_end: dict[CallId, EndReason] = {}
        self._conference: Conference[pj.AudioMedia] = Conference(self._book, connect, part)
        self._holds = Holds(self._book, self._calls)
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
        self._taps = PjsipTaps(self._sound, self._calls, self._book)
        self._recorder = Recorder(self._book, self._tell, self._clock, self.wake, self._taps)
        self._line = Line(self._endpoint, self._tell, self._clock, self.wake, self.call_arrived)
        line = self._line
        self._watching = Watching(self._tell, lambda: line.towards_switch, line.is_of_switch)
        line.beside_calls = self._watching
        line.was_lost = self._give_up_unheard

    def stop(self) -> None:
        for call in tuple(self._calls.values()):
            with suppress(EngineRefusedError):
                self.hang_up(call.call_id)
        self._watching.close()
        self._line.give_up()
        deadline = time.monotonic() + _GOODBYE_S
        while time.monotonic() < deadline and (self._calls or self._sound.is_open or self._line.is_leaving):
            self.wait(0.05)
        self._recorder.close()
        self._close_sound()
        self._calls.clear()
        self._sent_away.clear()
        self._line.close()
        del self._recorder, self._taps, self._trial
        del self._line, self._sound, self._watching  # PJSIP wants its objects gone before it goes itself
        self._endpoint.libDestroy(pj.PJSUA_DESTROY_NO_NETWORK)  # goodbyes are said; else it waits a second
        del self._endpoint
        self._bell.close()

    def wait(self, timeout_s: float) -> None:
        self._recorder.look()
        now = time.monotonic()
        due = [at - now for at in (self._sound.close_at, self._line.due_at, self._trial.due_at) if at is not None]
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
            self._go_on(call, time.monotonic())
        self._recorder.look()
        self._transfers.look_at_clock()
        for call in self._transferred.stillborn():
            self._forget(call, EndReason.FAILED, 0, "")
        self._sound.look()
        self._trial.step()
        self._sound.ring(wanted=self._is_ringing())
        self._watching.look(self._line.account, self._line.registration)
        self._look_at_clock()

    def _go_on(self, call: PjsipCall, now: float) -> None:
        """With digits that wait, and with the audio once the zip tone is over."""
        try:
            call.digits.step(call.sendDtmf)
        except PjsipErrors as reason:
            self.digits_failed(call, str(reason))
        if now >= call.zip_tone_until:
            call.end_zip_tone()
            self._attach(call)
        if now < call.keys_awaited_until and call.is_encrypted():
            call.keys_awaited_until = 0.0
            self._book.change(call.call_id, is_encrypted=True)

    def _is_ringing(self) -> bool:
        """Nothing rings into a conversation."""
        calls = tuple(self._book)
        if any(call.is_talking for call in calls):
            return False
        return any(
            call.state is CallState.RINGING or (call.state is CallState.DIALLING and call.rings_there) for call in calls
        )

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
        talking = [call for call in self._calls.values() if call.audio is not None]
        for call in talking:
            self._detach(call)
        self._sound.use(sound)
        for call in talking:
            self._attach(call)
        self._tell_devices()

    def refresh_devices(self) -> None:
        self._sound.look_for_devices()
        self._tell_devices()

    def dial(self, wanted: commands.Dial) -> None:
        call_id, number = wanted.call_id, wanted.number
        address = self.address_of(number)
        headers = (*wanted.headers, *headers_showing(wanted.shown_number, self._account_in_use()))
        if isinstance(self._line.registration, RegistrarUnreachable):
            raise EngineRefusedError(Refusal.NO_LINE, str(self._line.registration))
        if call_id in self._book:
            raise EngineRefusedError(Refusal.WRONG_STATE, "there is a call of that id")
        if len(self._calls) >= self._max_calls:
            raise EngineRefusedError(Refusal.TOO_MANY_CALLS, str(self._max_calls))
        require_headers(headers)
        call = self._make_call(call_id)
        prm = offer()
        add_headers(prm, headers)
        self._calls[call_id] = call
        self._sound.open()
        self._book.add(
            Call(
                call_id,
                Direction.OUTGOING,
                CallState.DIALLING,
                number.strip(),
                "",
                started_at=self._clock(),
                consults_for=wanted.consults_for,
                shown_number=wanted.shown_number,
            )
        )
        try:
            call.makeCall(address, prm)
        except PjsipErrors as reason:
            log.warning("dialling failed: %s", reason)
            self._forget(call, EndReason.FAILED, 0, str(reason).strip().replace("\n", "; "))

    def answer(self, call_id: CallId, *, zip_tone: bool = False) -> None:
        self._book.find(call_id, CallState.RINGING)
        self._sound.open()
        self._calls[call_id].wants_zip_tone = zip_tone
        self._reply(self._calls[call_id], pj.PJSIP_SC_OK)

    def decline(self, call_id: CallId, how: Turned, because: EndReason = EndReason.DECLINED) -> None:
        call = self._book.find(call_id, CallState.RINGING)
        self._end_by_hand(call, because, TURNED_AWAY[how][0])

    def hang_up(self, call_id: CallId) -> None:
        call = self._book.find(call_id)
        if call.state is CallState.ENDING:
            return
        code = TURNED_AWAY[Turned.BUSY][0] if call.state is CallState.RINGING else 0
        self._end_by_hand(call, ending_asked_for(call), code)

    def end(self, call_id: CallId, because: EndReason) -> None:
        self._end_by_hand(self._book.find(call_id), because, 0)

    def _end_by_hand(self, call: Call, because: EndReason, code: int) -> None:
        """Told when it is on its way, and PJSIP's own word of it comes before: whoever ends this process on hearing of
        it leaves no call behind."""
        ending = self._calls[call.id]
        self._asked_to_end.setdefault(call.id, because)
        prm = pj.CallOpParam()
        prm.statusCode = code
        ending.is_hanging_up = True
        try:
            self._ask(lambda: ending.hangup(prm))
        except EngineRefusedError:
            del self._asked_to_end[call.id]
            raise
        finally:
            ending.is_hanging_up = False
        self._book.change(call.id, state=CallState.ENDING)
        if ending.farewell is not None:
            self._ended(ending, *ending.farewell)

    def hold(self, call_id: CallId) -> None:
        self._book.find(call_id, CallState.CONNECTED)
        call = self._calls[call_id]
        if not call.hold_wanted:
            call.hold_wanted = True
            self._detach(call)  # silent at once, even if the other side must be asked a little later
            self._conference.leave(call_id)
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
        call = self._calls[call_id]
        call.is_muted = muted
        self._attach(call)
        self._book.change(call_id, muted=muted)

    def send_digits(self, call_id: CallId, digits: str) -> None:
        self._book.find(call_id, CallState.CONNECTED, CallState.EARLY_MEDIA)
        require_digits(digits)
        call, account = self._calls[call_id], self._line.account
        call.digits.add(digits.upper(), account.digit_mode if account is not None else DigitMode.RFC_4733)
        self._ask(lambda: call.digits.step(call.sendDtmf))

    def network_changed(self) -> None:
        self._line.network_changed()

    def watch(self, numbers: tuple[str, ...]) -> None:
        self._watching.use(numbers)

    def try_sound(self, seconds: float) -> None:
        if self._calls:
            raise EngineRefusedError(Refusal.WRONG_STATE, "there are calls")
        self._trial.start(seconds)

    def transfer(self, wanted: commands.Transfer) -> None:
        self._transfers.begin(wanted)

    def complete_transfer(self, call_id: CallId, with_id: CallId) -> None:
        self._transfers.complete(call_id, with_id)

    def join(self, call_id: CallId, with_id: CallId) -> None:
        for each in (call_id, with_id):
            self._book.find(each, CallState.CONNECTED)
        self._conference.join(call_id, with_id)
        for each in (call_id, with_id):
            self.resume(each)
            self._attach(self._calls[each])

    def start_recording(self, wanted: commands.StartRecording) -> None:
        self._recorder.start(wanted)

    def pause_recording(self, call_id: CallId) -> None:
        self._recorder.pause(call_id)

    def resume_recording(self, call_id: CallId) -> None:
        self._recorder.resume(call_id)

    def stop_recording(self, call_id: CallId) -> None:
        self._recorder.stop(call_id)

    def measure_levels(self) -> tuple[LevelsMeasured, ...]:
        peak = self._sound.take_peak()
        return tuple(
            LevelsMeasured(
                call.call_id,
                call.audio.getTxLevel() / 100,
                0.0 if call.is_muted else max(call.audio.getRxLevel() / 100, peak),
            )
            for call in self._calls.values()
            if call.audio is not None and not call.hold_wanted
        )

    def measure_quality(self) -> None:
        for call in self._calls.values():
            if call.audio is None or call.hold_wanted:
                continue
            with suppress(*PjsipErrors):  # its stream may be about to change
                measured = call.meter.measure(call.call_id, call.getStreamStat(0), call.getStreamInfo(0).codecName)
                if measured is not None:
                    self._tell(measured)

    def call_arrived(self, pjsip_id: int, message: str, source: str) -> None:
        call = PjsipCall(self, self._line.towards_switch, self._new_id(), pjsip_id)
        account = self._line.account
        if not self._line.takes_calls_from(source):
            log.warning("a call from %s, which is not the switch, was turned away", source)
            self._send_away(call, pj.PJSIP_SC_FORBIDDEN)
            return
        if account is None:
            self._send_away(call, pj.PJSIP_SC_TEMPORARILY_UNAVAILABLE)
            return
        self._calls[call.call_id] = call
        self._sound.open()
        facts = read_invite(_text(message), account.invite_headers)
        name, number = party(_text(call.getInfo().remoteUri))
        self._book.add(
            Call(
                call.call_id,
                Direction.INCOMING,
                CallState.RINGING,
                number if facts.asserted_number is None else facts.asserted_number,
                facts.asserted_name or name,
                started_at=self._clock(),
                invite=facts,
            )
        )
        ringing = call.call_id in self._book and self._book.find(call.call_id).state is CallState.RINGING
        if ringing and not self._rings(call):
            self._forget(call, EndReason.FAILED, 0, "")

    def _send_away(self, call: PjsipCall, code: int) -> None:
        """Kept until the answer has gone out, which may be later: without its object PJSIP would answer otherwise."""
        self._sent_away[call.call_id] = call
        self._reply(call, code)
        if not call.isActive():
            self._sent_away.pop(call.call_id, None)

    def _rings(self, call: PjsipCall) -> bool:
        """False: gone already, or nothing PJSIP can answer. It would never tell the end of that one."""
        try:
            self._reply(call, pj.PJSIP_SC_RINGING)
        except EngineRefusedError as no:
            log.info("an incoming call could not be taken: %s", no.detail)
            return False
        return bool(call.isActive())

    def call_moved(self, call: PjsipCall) -> None:
        if call.call_id not in self._book:  # ended before it rang
            if not call.isActive():
                self._sent_away.pop(call.call_id, None)
            return
        known, seen = self._book.find(call.call_id), call.getInfo()
        code = int(seen.lastStatusCode)
        if seen.state == pj.PJSIP_INV_STATE_DISCONNECTED:
            if call.is_hanging_up:
                call.farewell = (code, seen.lastReason)
            else:
                self._ended(call, code, seen.lastReason)
        elif known.state is CallState.ENDING:
            return
        elif seen.state == pj.PJSIP_INV_STATE_CONFIRMED:
            self._book.answered(call.call_id)
        elif seen.state == pj.PJSIP_INV_STATE_EARLY and code == pj.PJSIP_SC_RINGING:
            self._book.change(call.call_id, rings_there=known.direction is Direction.OUTGOING)

    def _ended(self, call: PjsipCall, code: int, text: str) -> None:
        known = self._book.find(call.call_id)
        reason = self._asked_to_end.pop(call.call_id, None) or self._elsewhere(known) or ending_of(known, code)
        if call.completed_elsewhere and reason is EndReason.MISSED:
            reason = EndReason.ANSWERED_ELSEWHERE
        self._forget(call, reason, code, text)

    def _elsewhere(self, known: Call) -> EndReason | None:
        """The call went on without this phone, or here with another in its place."""
        account = self._line.account
        by_switch = account is not None and account.registrar is not None
        has_moved = known.answered_at is not None and self._transferred.has_successor(known.id)
        return EndReason.TRANSFERRED if has_moved else self._transfers.ending(known, by_switch=by_switch)

    def transfer_moved(self, call: PjsipCall, code: int, text: str, *, is_final: bool) -> bool:
        return self._transfers.moved(call.call_id, code, text, is_final=is_final)

    def sent_to(self, call: PjsipCall, to: str) -> PjsipCall | None:
        return self._transferred.sent_to(call, _text(to), self._line.account)

    def replacement_offered(self, call: PjsipCall, message: str, source: str) -> PjsipCall | None:
        account = self._line.account
        if account is None or not self._line.takes_calls_from(source):
            return None
        return self._transferred.offered(call, _text(message), account)

    def replaced(self, call: PjsipCall) -> None:
        self._transferred.replaced(call)

    def media_moved(self, call: PjsipCall) -> None:
        status, direction, port = call.active_audio()
        self._sound.open()
        call.audio = port
        if port is not None:
            self._attach(call)
        else:
            self._conference.detach(call.call_id)
        known = self._book.find(call.call_id)
        is_early = call.getInfo().state == pj.PJSIP_INV_STATE_EARLY
        if known.direction is Direction.OUTGOING and is_early and port is not None:
            self._book.change(call.call_id, state=CallState.EARLY_MEDIA)
        if status != pj.PJSUA_CALL_MEDIA_NONE:
            held_here = status == pj.PJSUA_CALL_MEDIA_LOCAL_HOLD
            both = held_here and direction == pj.PJMEDIA_DIR_NONE
            held_there = both or status == pj.PJSUA_CALL_MEDIA_REMOTE_HOLD
            is_encrypted = call.is_encrypted()
            call.keys_awaited_until = 0.0 if is_encrypted else time.monotonic() + _KEYS_WITHIN_S
            self._book.change(call.call_id, held_here=held_here, held_there=held_there, is_encrypted=is_encrypted)

    def digit_came(self, call: PjsipCall, digit: str) -> None:
        self._tell(DigitReceived(call.call_id, digit))

    def digits_failed(self, call: PjsipCall, why: str) -> None:
        call.digits.give_up()
        self._tell(CommandRefused(commands.SendDigits.__name__, call.call_id, Refusal.ENGINE_FAILED, why))

    def _look_at_clock(self) -> None:
        now = time.monotonic()
        self._line.look()
        if self._sound.close_at is not None and now >= self._sound.close_at and not self._calls:
            self._close_sound()

    def _give_up_unheard(self) -> None:
        """The line was lost: what nobody has answered with a word will not be. PJSIP would wait half a minute."""
        for call in tuple(self._book):
            if call.state is CallState.DIALLING and not call.rings_there:
                self._end_by_hand(call, EndReason.UNREACHABLE, 0)

    def _close_sound(self) -> None:
        self._sound.close()
        self._taps.bridge_stopped()
        self._trial.bridge_stopped()

    def _attach(self, call: PjsipCall) -> None:
        if call.audio is None or call.hold_wanted or call.hears_zip_tone(self._sound.ear):
            return
        try:
            self._sound.attach(call.audio, muted=call.is_muted)
        except PjsipErrors as reason:  # a WAV file that is not there: the call goes on without
            log.warning("no sound: %s", reason)
        self._conference.attach(call.call_id, call.audio)

    def _detach(self, call: PjsipCall) -> None:
        call.end_zip_tone()
        if call.audio is not None:
            with suppress(*PjsipErrors):
                self._sound.detach(call.audio)

    def _forget(self, call: PjsipCall, reason: EndReason, code: int, text: str) -> None:
        """Lets go of PJSIP's object at once: destroyed after its slot has got a new call, it would hang that one up."""
        call.audio = None
        self._conference.leave(call.call_id)
        self._transfers.forget(call.call_id)
        self._calls.pop(call.call_id, None)
        self._book.end(call.call_id, reason, code, text)
        if not self._calls:
            self._sound.rest(time.monotonic())

    def _make_call(self, call_id: CallId | None = None) -> PjsipCall:
        return PjsipCall(self, self._line.towards_switch, call_id or self._new_id())

    def refer(self, call_id: CallId, address: str, headers: tuple[Header, ...]) -> None:
        self._ask(lambda: refer(self._calls[call_id], address, headers))

    def refer_to_other(self, call_id: CallId, other_id: CallId) -> None:
        self._ask(lambda: refer_to_other(self._calls[call_id], self._calls[other_id]))

    def make_sure_of(self, call_id: CallId) -> None:
        self._holds.ask_again(call_id)

    def address_of(self, number: str) -> str:
        return address_of(number, self._account_in_use())

    def _account_in_use(self) -> Account:
        if self._line.account is None:
            raise EngineRefusedError(Refusal.NO_ACCOUNT, "no account to call from")
        return self._line.account

    def _reply(self, call: PjsipCall, code: int) -> None:
        prm = offer()
        prm.statusCode = code
        self._ask(lambda: call.answer(prm))

    def _ask(self, pjsip: Callable[[], None]) -> None:
        try:
            pjsip()
        except PjsipErrors as reason:
            raise EngineRefusedError(Refusal.ENGINE_FAILED, str(reason)) from reason

    def _tell(self, event: Event) -> None:
        self._is_stirred = True
        self._tell_workstation(event)

    def _tell_devices(self) -> None:
        self._tell(DevicesChanged(self._sound.devices, self._sound.microphone, self._sound.speaker))


def _text(said: str) -> str:
    """The bindings keep bytes that are no UTF-8 as surrogates, which nothing else could print or store."""
    return text_of(said.encode("utf-8", "surrogateescape"))
