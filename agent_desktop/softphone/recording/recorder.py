"""The recordings of an engine's calls: the same verbs, states and refusals for every engine."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from agent_desktop.no_core import leave_no_core
from agent_desktop.softphone.call import Call, CallId, CallState, Recording
from agent_desktop.softphone.call_book import CallBook
from agent_desktop.softphone.commands import StartRecording
from agent_desktop.softphone.engine import EngineRefusedError, Tell
from agent_desktop.softphone.events import RecordingSaved, Refusal
from agent_desktop.softphone.recording.sealed import KEY_BYTES
from agent_desktop.softphone.recording.tape import Broken, Saved, Tape

log = logging.getLogger(__name__)

_PATIENCE_S = 5.0


class Taps(Protocol):
    """What brings an engine's sound to a tape."""

    def plug(self, call_id: CallId, tape: Tape, *, announces: bool) -> None: ...

    def pause(self, call_id: CallId, *, is_paused: bool) -> None: ...

    def unplug(self, call_id: CallId) -> None: ...

    def follow(self) -> None:
        """What a tape hears goes with its call: held, muted, joined with another, on another device."""


class Recorder:
    """One thread calls everything; `wake` is called from others when there is something to `look` at."""

    def __init__(
        self, book: CallBook, tell: Tell, clock: Callable[[], datetime], wake: Callable[[], None], taps: Taps
    ) -> None:
        self._book = book
        self._tell = tell
        self._clock = clock
        self._wake = wake
        self._taps = taps
        self._running: dict[CallId, Tape] = {}
        self._finishing: list[tuple[CallId, Tape]] = []

    def start(self, wanted: StartRecording) -> None:
        call = self._book.find(wanted.call_id, CallState.CONNECTED)
        if call.id in self._running:
            raise EngineRefusedError(Refusal.WRONG_STATE, call.recording)
        leave_no_core()
        tape = Tape(wanted.path, key_of(wanted.key), self._about(call), self._wake)
        self._running[call.id] = tape
        self._taps.plug(call.id, tape, announces=wanted.announces)
        self._book.change(call.id, recording=Recording.ON)

    def pause(self, call_id: CallId) -> None:
        tape = self._find(call_id, Recording.ON)
        self._taps.pause(call_id, is_paused=True)
        tape.pause()
        self._book.change(call_id, recording=Recording.PAUSED)

    def resume(self, call_id: CallId) -> None:
        tape = self._find(call_id, Recording.PAUSED)
        self._taps.pause(call_id, is_paused=False)
        tape.resume()
        self._book.change(call_id, recording=Recording.ON)

    def stop(self, call_id: CallId) -> None:
        self._find(call_id, Recording.ON, Recording.PAUSED)
        self._finish(call_id)
        self._book.change(call_id, recording=Recording.OFF)

    def look(self) -> None:
        """Ends the recordings of calls that are over, tells of those that are on the disk or broke. As often as the
        engine waits, before and after."""
        for call_id, tape in tuple(self._running.items()):
            if call_id not in self._book or isinstance(tape.outcome, Broken):
                self._finish(call_id)
        for call_id, tape in tuple(self._finishing):
            if tape.outcome is not None:
                self._finishing.remove((call_id, tape))
                self._tell_outcome(call_id, tape)
        self._taps.follow()

    def close(self) -> None:
        """Waits until everything is on the disk, or for 5 s."""
        for call_id in tuple(self._running):
            self._finish(call_id)
        for _, tape in self._finishing:
            tape.wait(_PATIENCE_S)
        self.look()

    def _find(self, call_id: CallId, *states: Recording) -> Tape:
        call = self._book.find(call_id)
        if call.recording not in states or call_id not in self._running:
            raise EngineRefusedError(Refusal.WRONG_STATE, call.recording)
        return self._running[call_id]

    def _finish(self, call_id: CallId) -> None:
        tape = self._running.pop(call_id)
        self._taps.unplug(call_id)
        tape.finish()
        self._finishing.append((call_id, tape))

    def _tell_outcome(self, call_id: CallId, tape: Tape) -> None:
        match tape.outcome:
            case Saved(seconds):
                self._tell(RecordingSaved(call_id, tape.path, seconds))
            case Broken(detail):
                log.info("recording broken: %s", detail)
                self._book.change(call_id, recording=Recording.BROKEN)

    def _about(self, call: Call) -> dict[str, object]:
        return {
            "call_id": call.id,
            "call_ref": call.invite.call_ref,
            "queue": call.invite.queue,
            "direction": call.direction,
            "began_at": self._clock().isoformat(),
        }


def key_of(written: str) -> bytes:
    """Raises EngineRefusedError."""
    try:
        key = bytes.fromhex(written)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise EngineRefusedError(Refusal.ENGINE_FAILED, "the key is not 32 bytes in hexadecimal")
    return key
