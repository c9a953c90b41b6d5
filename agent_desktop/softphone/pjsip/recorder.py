"""Brings both sides of a call from the conference bridge to the tape that records it, and lets both hear the beep."""

import logging
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pjsua2 as pj

from agent_desktop.softphone.call import CallId
from agent_desktop.softphone.call_book import CallBook
from agent_desktop.softphone.pjsip.call import PjsipCall, guarded
from agent_desktop.softphone.pjsip.settings import BRIDGE_RATE_HZ, PjsipErrors
from agent_desktop.softphone.pjsip.sound import Sound
from agent_desktop.softphone.recording.tape import FRAME_BYTES, FRAME_S, SILENCE, Leg, Tape

log = logging.getLogger(__name__)

_LOOKS_EVERY_S = 0.1
_BEEP_HZ, _BEEP_MS, _BEEP_EVERY_MS, _BEEP_VOLUME = 1400, 200, 15_000, 4000  # what recorders of calls have always used

_COPIES_AT_ONCE = hasattr(pj.ByteVector, "copy_to_bytearray")  # the wheels of the index have it not


class _Tap(pj.AudioMediaPort):  # type: ignore[misc]
    """Hears what is connected to it, every 20 ms from the bridge's own thread, also when nothing is."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.tape: Tape | None = None
        self.leg = Leg.AGENT
        shape = pj.MediaFormatAudio()
        shape.type = pj.PJMEDIA_TYPE_AUDIO
        shape.init(pj.PJMEDIA_FORMAT_PCM, BRIDGE_RATE_HZ, 1, int(FRAME_S * 1e6), 16)
        self.createPort(name, shape)

    @guarded
    def onFrameReceived(self, frame: pj.MediaFrame) -> None:  # noqa: N802
        tape = self.tape
        if tape is None:
            return
        if frame.size != FRAME_BYTES:
            tape.heard(self.leg, SILENCE)
            return
        if _COPIES_AT_ONCE:
            sound = bytearray(FRAME_BYTES)
            frame.buf.copy_to_bytearray(sound)
        tape.heard(self.leg, bytes(sound if _COPIES_AT_ONCE else frame.buf))


@dataclass(slots=True)
class _Plugged:
    agent: _Tap
    others: _Tap
    beep: pj.ToneGenerator | None


class PjsipTaps:
    """See `Taps`. A tap not needed any more is kept: destroyed while the bridge runs, it could be called once more."""

    def __init__(self, sound: Sound, calls: Mapping[CallId, PjsipCall], book: CallBook) -> None:
        self._sound = sound
        self._calls = calls
        self._book = book
        self._plugged: dict[CallId, _Plugged] = {}
        self._spare: list[tuple[_Tap, _Tap]] = []
        self._seen: list[object] = []
        self._look_again_at = 0.0

    def plug(self, call_id: CallId, tape: Tape, *, announces: bool) -> None:
        pair = self._spare.pop() if self._spare else (_Tap("one"), _Tap("other"))
        agent, others = sorted(pair, key=lambda tap: int(tap.getPortId()))  # the bridge asks in this order
        agent.leg, others.leg = Leg.AGENT, Leg.OTHERS
        agent.tape = others.tape = tape
        self._plugged[call_id] = _Plugged(agent, others, _beeping() if announces else None)
        self._look_again_at = 0.0
        self.follow()

    def pause(self, call_id: CallId, *, is_paused: bool) -> None:
        beep = self._plugged[call_id].beep
        if beep is not None:
            beep.stop()
            if not is_paused:
                _beep(beep)

    def unplug(self, call_id: CallId) -> None:
        plugged = self._plugged.pop(call_id)
        for tap in (plugged.agent, plugged.others):
            tap.tape = None
            _connect((), tap, self._sources())
        self._spare.append((plugged.agent, plugged.others))

    def follow(self) -> None:
        """At once where the call says so; what only the bridge knows is looked at ten times a second."""
        if not self._plugged:
            return
        seen: list[object] = [(call, self._calls[call.id].hold_wanted) for call in self._book if call.id in self._calls]
        now = time.monotonic()
        if seen == self._seen and now < self._look_again_at:
            return
        self._seen, self._look_again_at = seen, now + _LOOKS_EVERY_S
        for call_id, plugged in self._plugged.items():
            if call_id in self._calls:
                self._follow(call_id, plugged)

    def _follow(self, call_id: CallId, plugged: _Plugged) -> None:
        call, mouth = self._book.find(call_id), self._sound.mouth
        is_heard = call.is_talking and not call.muted and not self._calls[call_id].hold_wanted
        people = [each.audio for each in self._joined(call_id) if each.audio is not None and not each.hold_wanted]
        _connect([mouth] if is_heard and mouth is not None else (), plugged.agent, self._sources())
        _connect(people, plugged.others, self._sources())
        if plugged.beep is not None:
            for ear in (*people, self._sound.ear):
                if ear is not None:
                    _connect([plugged.beep], ear, [plugged.beep])

    def bridge_stopped(self) -> None:
        """No thread but ours is in the bridge now."""
        self._spare.clear()

    def _joined(self, call_id: CallId) -> Iterable[PjsipCall]:
        """The call and those in conference with it."""
        is_joined = self._book.find(call_id).is_in_conference
        for call in self._book:
            if call.id in self._calls and (call.id == call_id or (is_joined and call.is_in_conference)):
                yield self._calls[call.id]

    def _sources(self) -> list[pj.AudioMedia]:
        found = [self._sound.mouth, *(call.audio for call in self._calls.values())]
        return [each for each in found if each is not None]


def _connect(wanted: Iterable[pj.AudioMedia], ear: pj.AudioMedia, all_of_them: Iterable[pj.AudioMedia]) -> None:
    """Of all these, exactly the wanted ones are heard there. Asked of the bridge, which forgets what has gone."""
    there, heard = int(ear.getPortId()), {int(each.getPortId()) for each in wanted}
    for source in all_of_them:
        is_wanted = int(source.getPortId()) in heard
        try:
            seen = source.getPortInfo()  # its parts point into it, so it must stay
            if is_wanted != (there in [int(each) for each in seen.listeners]):
                (source.startTransmit if is_wanted else source.stopTransmit)(ear)
        except PjsipErrors as reason:  # its call ends just now; if not, it is tried again
            log.info("recording: %s", reason)


def _beeping() -> pj.ToneGenerator:
    beep = pj.ToneGenerator()
    beep.createToneGenerator(BRIDGE_RATE_HZ, 1)
    _beep(beep)
    return beep


def _beep(generator: pj.ToneGenerator) -> None:
    tone = pj.ToneDesc()
    tone.freq1, tone.on_msec, tone.off_msec, tone.volume = _BEEP_HZ, _BEEP_MS, _BEEP_EVERY_MS - _BEEP_MS, _BEEP_VOLUME
    once = pj.ToneDescVector()
    once.append(tone)
    generator.play(once, True)  # noqa: FBT003
