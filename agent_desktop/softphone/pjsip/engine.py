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
from agent_desktop.softphone.address import address_of, require_digits, require_headers
from agent_desktop.softphone.call import Call, CallId, CallState, Direction, EndReason
from agent_desktop.softphone.call_book import CallBook
from agent_desktop.softphone.endings import TURNED_AWAY, ending_asked_for, ending_of
from agent_desktop.softphone.engine import EngineRefusedError, Tell
from agent_desktop.softphone.events import (
    CommandRefused,
    DevicesChanged,
    DigitReceived,
    LevelsMeasured,
    PhoneSnapshot,
    QualityMeasured,
    Refusal,
)
from agent_desktop.softphone.invite import party, read_invite, text_of
from agent_desktop.softphone.pjsip.call import PjsipCall
from agent_desktop.softphone.pjsip.line import Endpoint, Line
from agent_desktop.softphone.pjsip.recorder import PjsipTaps
from agent_desktop.softphone.pjsip.settings import PjsipErrors, endpoint_config, offer
from agent_desktop.softphone.pjsip.sound import Sound
from agent_desktop.softphone.pjsip.transports import open_bell
from agent_desktop.softphone.pjsip.watching import Watching
from agent_desktop.softphone.policy import Turned
from agent_desktop.softphone.quality import opinion_score
from agent_desktop.softphone.recording.recorder import Recorder

log = logging.getLogger(__name__)

_GOODBYE_S = 1.0


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
        self._tell = tell
        self._clock = clock
        self._new_id = new_id
        self._max_calls = max_calls
        self._sip_log = sip_log
        self._book = CallBook(tell, clock)
        self._calls: dict[CallId, PjsipCall] = {}
        self._asked_to_end: dict[CallId, EndReason] = {}
        self._bell = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

    def start(self) -> None:
        self._endpoint = Endpoint()
        self._endpoint.libCreate()
        self._endpoint.libInit(endpoint_config(self._max_calls, self._sip_log))
        # A SIP socket of our own on loopback: a datagram to it ends PJSIP's wait, which nothing else can.
        self._bell.connect(("127.0.0.1", open_bell(self._endpoint)))
        self._endpoint.libStart()
        self._sound = Sound(self._endpoint, self._tell_devices)
        self._taps = PjsipTaps(self._sound, self._calls, self._book)
        self._recorder = Recorder(self._book, self._tell, self._clock, self.wake, self._taps)
        self._line = Line(self._endpoint, self._tell, self._clock, self.wake, self.call_arrived)
        line = self._line
        self._watching = Watching(self._tell, lambda: line.towards_switch, line.renew_voicemail, line.is_of_switch)
        line.beside_calls = self._watching

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
        self._line.close()
        del self._recorder, self._taps
        del self._line, self._sound, self._watching  # PJSIP wants its objects gone before it goes itself
        self._endpoint.libDestroy(pj.PJSUA_DESTROY_NO_NETWORK)  # goodbyes are said; else it waits a second
        del self._endpoint
        self._bell.close()

    def wait(self, timeout_s: float) -> None:
        self._recorder.look()
        now = time.monotonic()
        due = [at - now for at in (self._sound.close_at, self._line.due_at) if at is not None]
        due += [at - now for call in self._calls.values() for at in (call.digits.due_at, call.zip_tone_until)]
        self._endpoint.libHandleEvents(int(1000 * max(0.0, min((timeout_s, *due)))))
        for call in tuple(self._calls.values()):
            if call.hold_wanted and not self._book.find(call.call_id).held_here:
                self._try_hold(call)
            self._go_on(call, time.monotonic())
        self._recorder.look()
        self._sound.ring(wanted=self._is_ringing())
        self._watching.follow(self._line.account, self._line.registration)
        self._look_at_clock()

    def _go_on(self, call: PjsipCall, now: float) -> None:
        """With digits that wait, and with the audio once the zip tone is over."""
        try:
            call.digits.step()
        except PjsipErrors as reason:
            self.digits_failed(call, str(reason))
        if now >= call.zip_tone_until:
            call.end_zip_tone()
            self._attach(call)

    def _is_ringing(self) -> bool:
        """Nothing rings into a conversation."""
        calls = tuple(self._book)
        if any(call.is_talking for call in calls):
            return False
        return any(
            call.state is CallState.RINGING or (call.state is CallState.DIALLING and call.rings_there) for call in calls
        )

    def wake(self) -> None:
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
        call_id, number, headers = wanted.call_id, wanted.number, wanted.headers
        account = self._line.account
        if account is None:
            raise EngineRefusedError(Refusal.NO_ACCOUNT, "no account to call from")
        if call_id in self._book:
            raise EngineRefusedError(Refusal.WRONG_STATE, "there is a call of that id")
        if len(self._calls) >= self._max_calls:
            raise EngineRefusedError(Refusal.TOO_MANY_CALLS, str(self._max_calls))
        address = address_of(number, account)
        require_headers(headers)
        call = PjsipCall(self, self._line.towards_switch, call_id)
        prm = offer()
        for name, value in headers:
            header = pj.SipHeader()
            header.hName, header.hValue = name, value
            prm.txOption.headers.append(header)
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

    def _end_by_hand(self, call: Call, because: EndReason, code: int) -> None:
        self._asked_to_end.setdefault(call.id, because)
        self._book.change(call.id, state=CallState.ENDING)
        prm = pj.CallOpParam()
        prm.statusCode = code
        self._ask(lambda: self._calls[call.id].hangup(prm))

    def hold(self, call_id: CallId) -> None:
        self._book.find(call_id, CallState.CONNECTED)
        call = self._calls[call_id]
        if not call.hold_wanted:
            call.hold_wanted = True
            self._detach(call)  # silent at once, even if the other side must be asked a little later
            self._try_hold(call)

    def _try_hold(self, call: PjsipCall) -> None:
        """PJSIP refuses while another offer is on its way; `wait` tries again."""
        with suppress(*PjsipErrors):
            call.setHold(offer())

    def resume(self, call_id: CallId) -> None:
        self._book.find(call_id, CallState.CONNECTED)
        call = self._calls[call_id]
        if not call.hold_wanted:
            return
        prm = offer()
        prm.opt.flag = pj.PJSUA_CALL_UNHOLD
        self._ask(lambda: call.reinvite(prm))
        call.hold_wanted = False

    def mute(self, call_id: CallId) -> None:
        self._mute(call_id, muted=True)

    def unmute(self, call_id: CallId) -> None:
        self._mute(call_id, muted=False)

    # PJSUA2 names levels from the call's side: it receives what the agent says.
    def _mute(self, call_id: CallId, *, muted: bool) -> None:
        self._book.find(call_id, CallState.CONNECTED)
        call = self._calls[call_id]
        call.is_muted = muted
        if call.audio is not None:
            call.audio.adjustRxLevel(0.0 if muted else 1.0)
        self._book.change(call_id, muted=muted)

    def send_digits(self, call_id: CallId, digits: str) -> None:
        self._book.find(call_id, CallState.CONNECTED, CallState.EARLY_MEDIA)
        require_digits(digits)
        call, account = self._calls[call_id], self._line.account
        call.digits.add(digits.upper(), account.digit_mode if account is not None else DigitMode.RFC_4733)
        self._ask(call.digits.step)

    def network_changed(self) -> None:
        self._ask(self._line.network_changed)

    def watch(self, numbers: tuple[str, ...]) -> None:
        self._watching.use(numbers)

    def try_sound(self, seconds: float) -> None:
        raise EngineRefusedError(Refusal.ENGINE_FAILED, "not yet")

    def transfer(self, wanted: commands.Transfer) -> None:
        raise EngineRefusedError(Refusal.ENGINE_FAILED, "not yet")

    def complete_transfer(self, call_id: CallId, with_id: CallId) -> None:
        raise EngineRefusedError(Refusal.ENGINE_FAILED, "not yet")

    def join(self, call_id: CallId, with_id: CallId) -> None:
        raise EngineRefusedError(Refusal.ENGINE_FAILED, "not yet")

    def start_recording(self, wanted: commands.StartRecording) -> None:
        self._recorder.start(wanted)

    def pause_recording(self, call_id: CallId) -> None:
        self._recorder.pause(call_id)

    def resume_recording(self, call_id: CallId) -> None:
        self._recorder.resume(call_id)

    def stop_recording(self, call_id: CallId) -> None:
        self._recorder.stop(call_id)

    def measure_levels(self) -> None:
        for call in self._calls.values():
            if call.audio is not None and not call.hold_wanted:
                heard, spoken = call.audio.getTxLevel() / 100, call.audio.getRxLevel() / 100
                self._tell(LevelsMeasured(call.call_id, heard, 0.0 if call.is_muted else spoken))

    def measure_quality(self) -> None:
        for call in self._calls.values():
            if call.audio is None:
                continue
            counted = call.getStreamStat(0)  # its parts point into it, so it must stay
            rtcp = counted.rtcp
            received, lost = rtcp.rxStat.pkt, rtcp.rxStat.loss
            if not received:
                continue
            loss_pct = 100 * lost / (received + lost)
            jitter_ms, trip_ms = rtcp.rxStat.jitterUsec.last / 1000, rtcp.rttUsec.last / 1000
            score = opinion_score(loss_pct, jitter_ms, trip_ms)
            self._tell(QualityMeasured(call.call_id, score, round(loss_pct, 2), round(jitter_ms, 2)))

    def call_arrived(self, pjsip_id: int, message: str, source: str) -> None:
        call = PjsipCall(self, self._line.towards_switch, self._new_id(), pjsip_id)
        account = self._line.account
        if not self._line.takes_calls_from(source):
            log.warning("a call from %s, which is not the switch, was turned away", source)
            self._reply(call, pj.PJSIP_SC_FORBIDDEN)
            return
        if account is None:
            self._reply(call, pj.PJSIP_SC_TEMPORARILY_UNAVAILABLE)
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
            return
        known, seen = self._book.find(call.call_id), call.getInfo()
        code = int(seen.lastStatusCode)
        if seen.state == pj.PJSIP_INV_STATE_DISCONNECTED:
            reason = self._asked_to_end.pop(call.call_id, None) or ending_of(known, code)
            if call.completed_elsewhere and reason is EndReason.MISSED:
                reason = EndReason.ANSWERED_ELSEWHERE
            self._forget(call, reason, code, seen.lastReason)
        elif known.state is CallState.ENDING:
            return
        elif seen.state == pj.PJSIP_INV_STATE_CONFIRMED:
            self._book.answered(call.call_id)
        elif seen.state == pj.PJSIP_INV_STATE_EARLY and code == pj.PJSIP_SC_RINGING:
            self._book.change(call.call_id, rings_there=known.direction is Direction.OUTGOING)

    def media_moved(self, call: PjsipCall) -> None:
        status, direction, port = call.active_audio()
        self._sound.open()
        call.audio = port
        if port is not None:
            self._attach(call)
        known = self._book.find(call.call_id)
        is_early = call.getInfo().state == pj.PJSIP_INV_STATE_EARLY
        if known.direction is Direction.OUTGOING and is_early and port is not None:
            self._book.change(call.call_id, state=CallState.EARLY_MEDIA)
        if status != pj.PJSUA_CALL_MEDIA_NONE:
            held_here = status == pj.PJSUA_CALL_MEDIA_LOCAL_HOLD
            both = held_here and direction == pj.PJMEDIA_DIR_NONE
            held_there = both or status == pj.PJSUA_CALL_MEDIA_REMOTE_HOLD
            self._book.change(call.call_id, held_here=held_here, held_there=held_there)

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

    def _close_sound(self) -> None:
        self._sound.close()
        self._taps.bridge_stopped()

    def _attach(self, call: PjsipCall) -> None:
        if call.audio is None or call.hold_wanted or call.hears_zip_tone(self._sound.ear):
            return
        try:
            self._sound.attach(call.audio)
        except PjsipErrors as reason:  # a WAV file that is not there: the call goes on without
            log.warning("no sound: %s", reason)
        call.audio.adjustRxLevel(0.0 if call.is_muted else 1.0)

    def _detach(self, call: PjsipCall) -> None:
        call.end_zip_tone()
        if call.audio is not None:
            with suppress(*PjsipErrors):
                self._sound.detach(call.audio)

    def _forget(self, call: PjsipCall, reason: EndReason, code: int, text: str) -> None:
        """Lets go of PJSIP's object at once: destroyed after its slot has got a new call, it would hang that one up."""
        call.audio = None
        self._calls.pop(call.call_id, None)
        self._book.end(call.call_id, reason, code, text)
        if not self._calls:
            self._sound.rest(time.monotonic())

    def _reply(self, call: PjsipCall, code: int) -> None:
        prm = offer()
        prm.statusCode = code
        self._ask(lambda: call.answer(prm))

    def _ask(self, pjsip: Callable[[], None]) -> None:
        try:
            pjsip()
        except PjsipErrors as reason:
            raise EngineRefusedError(Refusal.ENGINE_FAILED, str(reason)) from reason

    def _tell_devices(self) -> None:
        self._tell(DevicesChanged(self._sound.devices, self._sound.microphone, self._sound.speaker))


def _text(said: str) -> str:
    """The bindings keep bytes that are no UTF-8 as surrogates, which nothing else could print or store."""
    return text_of(said.encode("utf-8", "surrogateescape"))
