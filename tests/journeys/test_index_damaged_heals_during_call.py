"""The kept index is damaged: the program starts, a call comes in, the search answers, and the index is whole again."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import Qt, QTimer

from agent_desktop.data_key import KeySlots, Way
from agent_desktop.knowledge.index import ArticleIndex, IndexDamaged
from agent_desktop.offline.articles import CacheShelf
from agent_desktop.offline.sealing import Sealed
from agent_desktop.offline.store import Store
from agent_desktop.paths import Paths
from demo.server import PASSWORD, DemoServer
from tests.journeys.company import CUSTOMERS, phone_of
from tests.journeys.conftest import Ring, Sit, leave
from tests.journeys.looking_up import TITLE_CHANGE, TITLE_CHANGE_WORDS, find, is_whole, pane

LONGEST_STALL_S = 1.0
"""On a machine that does other things too; an index that was built in the window would hold it for longer."""
BUILDER = "agent_desktop.knowledge.builder"
pytestmark = pytest.mark.timeout(300)


@contextmanager
def shelf_of(home: Path) -> Iterator[CacheShelf]:
    """While the program is not running."""
    [cache] = Paths.below(home).data.glob("*/*/cache.db")
    key = KeySlots(cache.parent).open(Way.PASSWORD, PASSWORD)
    assert key is not None
    store = Store(cache.parent, Sealed(key))
    store.open_cache()
    try:
        yield CacheShelf(store)
    finally:
        store.close()


class Pulse:
    """How long the window did nothing at most, and who worked for it meanwhile."""

    def __init__(self) -> None:
        self.longest_s, self._last = 0.0, time.monotonic()
        self.saw_builder = False
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(20)

    def stop(self) -> None:
        self._timer.stop()

    def _beat(self) -> None:
        now = time.monotonic()
        self.longest_s, self._last = max(self.longest_s, now - self._last), now
        if not self.saw_builder:
            self.saw_builder = any(BUILDER in " ".join(_command(child)) for child in psutil.Process().children())
            self._last = time.monotonic()  # looking at processes is this journey's own work


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def test_index_damaged_heals_during_call(sit: Sit, ring: Ring, library_server: DemoServer, tmp_path: Path) -> None:
    home = tmp_path / "seat"
    seat = sit(home=home)
    find(seat, TITLE_CHANGE_WORDS, TITLE_CHANGE)
    assert seat.until(lambda: is_whole(seat), 60)
    seat.workspace.looking_up._keep_index()
    assert leave(seat)
    with shelf_of(home) as shelf:
        whole = shelf.load()
        assert whole is not None
        damaged = bytearray(whole)
        damaged[len(damaged) // 3 : len(damaged) // 3 * 2] = bytes(len(damaged) // 3 * 2 - len(damaged) // 3)
        with pytest.raises(IndexDamaged):
            ArticleIndex.from_bytes(bytes(damaged))
        shelf.keep(bytes(damaged))

    seat = sit(home=home)
    pulse = Pulse()
    caller = ring(seat, phone_of(CUSTOMERS[47]), X_Queue="billing", X_Call_Ref="journey-knowledge-4")
    seat.press("F9")
    assert caller.wait_for("connected")
    assert seat.until(lambda: seat.window.customer.customer_id == CUSTOMERS[47].customer.id)
    find(seat, TITLE_CHANGE_WORDS, TITLE_CHANGE, 120)
    seat.press("Return")
    assert seat.until(lambda: pane(seat).article_id == TITLE_CHANGE)
    assert seat.until(lambda: is_whole(seat), 120)
    pulse.stop()
    assert pulse.saw_builder
    assert pulse.longest_s < LONGEST_STALL_S

    caller.hang_up()
    assert caller.wait_for("ended")
    seat.workspace._background.library.do(seat.workspace._rooms.knowledge.keep)
    assert leave(seat)
    with shelf_of(home) as shelf:
        healed = shelf.load()
        assert healed is not None
        assert ArticleIndex.from_bytes(healed).versions() == ArticleIndex.from_bytes(whole).versions()
