"""A link to a simulated phone in this process: what the panes and their tests use where no SIP is wanted."""

import threading
import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from queue import Empty, SimpleQueue

from agent_desktop.softphone.audio import Device
from agent_desktop.softphone.commands import Command, Quit, TellAll
from agent_desktop.softphone.conduct import Conduct
from agent_desktop.softphone.events import Event, PhoneLost
from agent_desktop.softphone.handset import Handset
from agent_desktop.softphone.simulated import SimulatedEngine
from agent_desktop.softphone.simulated_switch import SimulatedSwitch


class SimulatedLink:
    """See `Link`. The phone works inside `read_event`."""

    def __init__(
        self,
        switch: SimulatedSwitch,
        devices: tuple[Device, ...] = (),
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._events: deque[Event] = deque()
        self._conduct = Conduct(lambda tell: SimulatedEngine(switch, tell, clock, devices=devices), self._events.append)
        self._engine = self._conduct.engine
        self._handset = Handset(self._engine, self._events.append, self._conduct.use)
        self._sent: SimpleQueue[Command] = SimpleQueue()
        self._closed = threading.Event()
        self.send(TellAll())

    def send(self, command: Command) -> None:
        self._sent.put(command)
        self._engine.wake()

    def read_event(self, timeout_s: float) -> Event | None:
        deadline = time.monotonic() + timeout_s
        while not self._events and not self._closed.is_set():
            self._perform_sent()
            left_s = min(deadline - time.monotonic(), self._conduct.step())
            if self._events or left_s <= 0:
                break
            self._engine.wait(left_s)
        return self._events.popleft() if self._events and not self._closed.is_set() else None

    def start_again(self) -> None:
        """A simulated phone never stays away."""

    def close(self) -> None:
        self._closed.set()
        self._engine.wake()

    def _perform_sent(self) -> None:
        while True:
            try:
                command = self._sent.get_nowait()
            except Empty:
                return
            if isinstance(command, Quit):
                self._engine.stop()
                self._engine.wait(0)
                self._events.append(PhoneLost("it was told to end"))
            else:
                self._handset.perform(command)
