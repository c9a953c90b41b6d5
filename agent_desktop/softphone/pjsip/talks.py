"""What is said and heard in calls: by the agent, in a conference, and how well."""

import logging
import time
from collections.abc import Mapping
from contextlib import suppress

import pjsua2 as pj

from agent_desktop.softphone import audio
from agent_desktop.softphone.call import CallId, CallState, Direction
from agent_desktop.softphone.call_book import CallBook
from agent_desktop.softphone.conference import Conference
from agent_desktop.softphone.events import LevelsMeasured, QualityMeasured
from agent_desktop.softphone.pjsip.call import PjsipCall
from agent_desktop.softphone.pjsip.conference import connect, part
from agent_desktop.softphone.pjsip.settings import PjsipErrors
from agent_desktop.softphone.pjsip.sound import Sound

log = logging.getLogger(__name__)

_KEYS_WITHIN_S = 10.0  # DTLS agrees on them after the media has been agreed on


class Talks:
    """Between the calls of PJSIP's bridge and `sound`, which is the agent's side of it."""

    def __init__(self, book: CallBook, calls: Mapping[CallId, PjsipCall], sound: Sound) -> None:
        self._book = book
        self._calls = calls
        self._sound = sound
        self._conference: Conference[pj.AudioMedia] = Conference(book, connect, part)

    @property
    def rings(self) -> bool:
        """Nothing rings into a conversation."""
        calls = tuple(self._book)
        if any(call.is_talking for call in calls):
            return False
        return any(
            call.state is CallState.RINGING or (call.state is CallState.DIALLING and call.rings_there) for call in calls
        )

    def use(self, sound: audio.Sound) -> None:
        talking = [call for call in self._calls.values() if call.audio is not None]
        for call in talking:
            self._detach(call)
        self._sound.use(sound)
        for call in talking:
            self._attach(call)

    def go_on(self, call: PjsipCall, now: float) -> None:
        """Once the zip tone is over, and with the keys when they are agreed on."""
        if now >= call.zip_tone_until:
            call.end_zip_tone()
            self._attach(call)
        if now < call.keys_awaited_until and call.is_encrypted():
            call.keys_awaited_until = 0.0
            self._book.change(call.call_id, is_encrypted=True)

    def pause(self, call: PjsipCall) -> None:
        """Silent at once, even if the other side must be asked a little later."""
        self._detach(call)
        self._conference.leave(call.call_id)

    def mute(self, call: PjsipCall, *, muted: bool) -> None:
        call.is_muted = muted
        self._attach(call)
        self._book.change(call.call_id, muted=muted)

    def join(self, *call_ids: CallId) -> None:
        """Heard together as soon as they are heard."""
        self._conference.join(*call_ids)

    def hear(self, call_id: CallId) -> None:
        self._attach(self._calls[call_id])

    def forget(self, call: PjsipCall) -> None:
        call.audio = None
        self._conference.leave(call.call_id)

    def moved(self, call: PjsipCall) -> None:
        """PJSIP has agreed with the other side on other sound, or on none."""
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

    def levels(self) -> tuple[LevelsMeasured, ...]:
        peak = self._sound.take_peak()
        found = []
        for call in self._calls.values():
            if call.audio is None or call.hold_wanted:
                continue
            with suppress(*PjsipErrors):  # hung up here, its sound is gone before the other side has said goodbye
                spoken = 0.0 if call.is_muted else max(call.audio.getRxLevel() / 100, peak)
                found.append(LevelsMeasured(call.call_id, call.audio.getTxLevel() / 100, spoken))
        return tuple(found)

    def quality(self) -> list[QualityMeasured]:
        found = []
        for call in self._calls.values():
            if call.audio is None or call.hold_wanted:
                continue
            with suppress(*PjsipErrors):  # its stream may be about to change
                measured = call.meter.measure(call.call_id, call.getStreamStat(0), call.getStreamInfo(0).codecName)
                if measured is not None:
                    found.append(measured)
        return found

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
