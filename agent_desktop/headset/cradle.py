"""Where the headset is plugged in: finds it, reads it, finds it again after it was pulled out."""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from agent_desktop.headset.descriptor import layout_of
from agent_desktop.headset.handling import Lamps, Press
from agent_desktop.headset.headset import Headset
from agent_desktop.headset.port import Found, HeadsetGone, HidPort, NoHeadset, NoLibrary, NotAllowed, Plugged, State

log = logging.getLogger(__name__)

_LOOK_EVERY_S = 2.0
_PATIENCE_S = 0.5


class Cradle:
    """`follow` in a thread of its own until `stop`; `show` and `stop` from any other."""

    def __init__(
        self,
        find: Callable[[], Found],
        look_every_s: float = _LOOK_EVERY_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._find = find
        self._look_every_s = look_every_s
        self._clock = clock
        self._stopped = threading.Event()
        self._lighting = threading.Lock()
        self._wanted = Lamps()
        self._headset: Headset | None = None

    def follow(self, deliver: Callable[[State | Press], None]) -> None:
        """Delivers a State whenever it is another one, and every Press."""
        told: State | None = None
        while not self._stopped.is_set():
            found = self._find()
            if isinstance(found, (NoHeadset, NotAllowed, NoLibrary)):
                state: State = found
            else:
                state, told = self._use(found, deliver), None
            if state != told:
                told = state
                deliver(state)
            if state == NoLibrary():
                return
            self._stopped.wait(self._look_every_s)

    def show(self, lamps: Lamps, *, again: bool = False) -> None:
        """Writes to the device, so not for the thread of the screen."""
        with self._lighting:
            self._wanted = lamps
            if self._headset is not None:
                with suppress(HeadsetGone):  # the reading thread finds that out
                    self._headset.light(lamps, again=again)

    def stop(self) -> None:
        self._stopped.set()

    def _use(self, port: HidPort, deliver: Callable[[State | Press], None]) -> NoHeadset:
        """Until it is pulled out. A device that came back is told at once how things stand."""
        try:
            layout = layout_of(port.descriptor())
            if layout.is_telephone:
                worn = Headset(port, layout, self._clock)
                deliver(Plugged(port.name, has_lamps=bool(layout.lamps)))
                with self._lighting:
                    self._headset = worn
                    worn.light(self._wanted, again=True)
                while not self._stopped.is_set():
                    for press in worn.presses(port.read(_PATIENCE_S)):
                        deliver(press)
        except HeadsetGone:
            log.info("the headset was unplugged")
        finally:
            with self._lighting:
                headset, self._headset = self._headset, None
                if headset is not None:
                    with suppress(HeadsetGone):
                        headset.light(Lamps())  # nobody is left to put them out
            port.close()
        return NoHeadset()
