"""The phone process: one engine, one thread that works it, one workstation that may come and go."""

import logging
import os
import socket
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

from agent_desktop.softphone.audio import Device
from agent_desktop.softphone.call import CallState
from agent_desktop.softphone.commands import Quit, TellAll
from agent_desktop.softphone.conduct import Conduct
from agent_desktop.softphone.control import Control, Joined, Left
from agent_desktop.softphone.engine import Engine, Tell
from agent_desktop.softphone.events import (
    CallChanged,
    Event,
    LevelsMeasured,
    PhoneSnapshot,
    PhoneTaken,
    RecordingPlayed,
    SoundTested,
    StillHere,
)
from agent_desktop.softphone.handset import Handset
from agent_desktop.softphone.run_folder import Whereabouts, clear, leave
from agent_desktop.softphone.silent_microphone import SilentMicrophone
from agent_desktop.softphone.wire import event_line

log = logging.getLogger(__name__)

LEVELS_EVERY_S = 0.1
QUALITY_EVERY_S = 5.0
_QUALITY_FIRST_S = 1.0
_MOST_FAULTS = 20
_FAULTS_WITHIN_S = 10.0
_AFTER_FAULT_S = 0.1
_IDLE_S = 5.0  # nothing is due without a call; commands and SIP messages end the wait


class Meters:
    """Measures levels and quality at their pace while somebody talks, and listens whether the microphone lives."""

    def __init__(self, engine: Engine, tell: Tell) -> None:
        self._engine = engine
        self._tell = tell
        self._silence = SilentMicrophone()
        self._levels_at = self._quality_at = 0.0

    def measure(self, now: float) -> float:
        """Seconds until it wants to measure again."""
        snapshot = self._engine.snapshot()
        if not any(call.state is CallState.CONNECTED for call in snapshot.calls):
            self._quality_at = now + _QUALITY_FIRST_S
            return _IDLE_S
        if now >= self._levels_at:
            self._levels_at = now + LEVELS_EVERY_S
            self._measure_levels(snapshot)
        if now >= self._quality_at:
            self._quality_at = now + QUALITY_EVERY_S
            self._engine.measure_quality()
        return max(0.0, self._levels_at - now)

    def _measure_levels(self, snapshot: PhoneSnapshot) -> None:
        calls = {call.id: call for call in snapshot.calls}
        self._silence.forget_all_but(set(calls))
        for levels in self._engine.measure_levels():
            self._tell(levels)
            if isinstance(snapshot.microphone, Device):
                found = self._silence.hear(levels, calls[levels.call_id], LEVELS_EVERY_S)
                if found is not None:
                    self._tell(found)


class Host:
    """`linger_s`: how long it stays without a workstation and without a call. `is_there` is called once a
    workstation can find it."""

    def __init__(
        self,
        make_engine: Callable[[Tell], Engine],
        run_folder: Path,
        linger_s: float,
        is_there: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._conduct = Conduct(make_engine, self._tell, clock)
        self._engine = self._conduct.engine
        self._run_folder = run_folder
        self._linger_s = linger_s
        self._is_there = is_there
        self._clock = clock
        self._handset = Handset(self._engine, self._tell, self._conduct.use)
        self._meters = Meters(self._engine, self._tell)
        self._workstation: socket.socket | None = None
        self._alone_since = clock()
        self._is_done = False

    def run(self) -> None:
        """Tells its whereabouts before the engine starts, so that the workstation connects meanwhile."""
        token, proof = os.urandom(32).hex(), os.urandom(32).hex()
        control = self._control = Control(token, proof, self._engine.wake)
        here = Whereabouts(os.getpid(), control.port, token, proof)
        leave(self._run_folder, here)
        self._is_there()
        try:
            self._engine.start()
            control.start()
            self._work()
            self._engine.stop()
        finally:
            clear(self._run_folder, here)
            control.close()

    def _work(self) -> None:
        """A fault of ours ends no call: it is written down, and the work goes on unless that happens over and over."""
        faults: deque[float] = deque(maxlen=_MOST_FAULTS)
        while not self._is_done:
            try:
                self._turn()
            except Exception:
                now = self._clock()
                if len(faults) == _MOST_FAULTS and now - faults[0] < _FAULTS_WITHIN_S:
                    raise
                faults.append(now)
                log.exception("the phone goes on after a fault of its own")
                time.sleep(_AFTER_FAULT_S)

    def _turn(self) -> None:
        now = self._clock()
        pause_s = min(self._meters.measure(now), self._conduct.step())
        if self._workstation is None:
            left_s = self._left_s(now)
            if left_s <= 0:
                self._is_done = True
                return
            pause_s = min(pause_s, left_s)
        self._engine.wait(pause_s)
        for arrival in self._control.take():
            match arrival:
                case Joined(connection):
                    self._welcome(connection)
                case Left(connection):
                    connection.close()
                    self._miss(connection)
                case Quit():
                    self._is_done = True
                case command:
                    self._handset.perform(command)

    def _left_s(self, now: float) -> float:
        if self._engine.snapshot().calls:
            self._alone_since = now
        return self._alone_since + self._linger_s - now

    def _welcome(self, connection: socket.socket) -> None:
        if self._workstation is not None:
            self._tell(PhoneTaken())
            self._let_go()
        self._workstation = connection
        self._handset.perform(TellAll())

    def _miss(self, connection: socket.socket) -> None:
        if connection is self._workstation:
            self._workstation = None
            self._alone_since = self._clock()

    def _let_go(self) -> None:
        if self._workstation is not None:
            self._control.drop(self._workstation)
            self._miss(self._workstation)

    def _tell(self, event: Event) -> None:
        _note(event)
        if self._workstation is not None and not self._control.send(self._workstation, event_line(event)):
            self._let_go()


def _note(event: Event) -> None:
    """For the log of who wants to know more; what comes ten times a second is left out."""
    match event:
        case CallChanged(call):
            log.debug("call %s: %s %s", call.id, call.state, "" if call.end is None else call.end.reason)
        case LevelsMeasured() | SoundTested() | RecordingPlayed() | StillHere():
            return
        case _:
            log.debug("told: %s", type(event).__name__)
