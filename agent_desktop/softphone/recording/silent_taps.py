"""Taps of an engine without sound: silence at the pace of the clock."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from agent_desktop.softphone.call import CallId
from agent_desktop.softphone.recording.tape import FRAME_S, SILENCE, Leg, Tape


@dataclass(slots=True)
class _Plugged:
    tape: Tape
    heard_until: float


class SilentTaps:
    """See `Taps`."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._plugged: dict[CallId, _Plugged] = {}

    def plug(self, call_id: CallId, tape: Tape, *, announces: bool) -> None:  # noqa: ARG002
        self._plugged[call_id] = _Plugged(tape, self._clock())

    def pause(self, call_id: CallId, *, is_paused: bool) -> None:  # noqa: ARG002
        self._hear(self._plugged[call_id])

    def unplug(self, call_id: CallId) -> None:
        self._hear(self._plugged.pop(call_id))

    def follow(self) -> None:
        for plugged in self._plugged.values():
            self._hear(plugged)

    def _hear(self, plugged: _Plugged) -> None:
        frames = int((self._clock() - plugged.heard_until) / FRAME_S)
        for _ in range(frames):
            plugged.tape.heard(Leg.AGENT, SILENCE)
            plugged.tape.heard(Leg.OTHERS, SILENCE)
        plugged.heard_until += frames * FRAME_S
