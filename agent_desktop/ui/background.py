"""The only module of the workstation that starts threads: ordered lanes, a small pool, and followers of a source.

Work is a plain callable. Its result comes back to the main thread as a queued signal, so `done` and `failed` may
touch widgets. Order is kept within a lane; nothing is promised between lanes.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import Shiboken

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Task:
    work: Callable[[], Any]
    done: Callable[[Any], None] | None
    failed: Callable[[Exception], None] | None
    replaces: str | None
    number: int


class Lane:
    """Threads that take work from one queue. One thread keeps the order; several make a pool."""

    def __init__(self, name: str, deliver: Callable[[Callable[[Any], None] | None, Any], None], threads: int) -> None:
        self._deliver = deliver
        self._tasks: deque[_Task] = deque()
        self._given = count()
        self._wake = threading.Condition()
        self._told: dict[str, int] = {}
        self._telling = threading.Lock()
        self._spent: deque[_Task] = deque()
        self._closing = False
        self._threads = [threading.Thread(target=self._run, name=f"{name}-{n}", daemon=True) for n in range(threads)]
        for thread in self._threads:
            thread.start()

    def do(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        replaces: str | None = None,
    ) -> None:
        """Runs `work` in its turn, then `done` with the result or `failed` with the error in the main thread.

        `replaces` names work of which only the newest counts (a search while typing): older work of that name
        that has not begun, or ends after newer work has, is dropped: neither `done` nor `failed` is called for it.
        """
        self.let_go()
        with self._wake:
            if self._closing:
                return
            if replaces is not None:
                self._tasks = deque(task for task in self._tasks if task.replaces != replaces)
            self._tasks.append(_Task(work, done, failed, replaces, next(self._given)))
            self._wake.notify()

    def close(self, timeout_s: float) -> bool:
        """Finishes what was given, takes nothing new. False when a thread is still busy after `timeout_s`."""
        with self._wake:
            self._closing = True
            self._wake.notify_all()
        for thread in self._threads:
            thread.join(timeout_s)
        self.let_go()
        return not any(thread.is_alive() for thread in self._threads)

    def let_go(self) -> None:
        """Forgets what is done, with the widgets that it was the last to hold. Only in the main thread."""
        if threading.current_thread() is threading.main_thread():
            self._spent.clear()

    def _run(self) -> None:
        while held := self._next():
            self._do(held[0])
            self._spent.append(held.pop())  # never the last to hold it: a widget that ends in a thread ends the process

    def _do(self, task: _Task) -> None:
        try:
            result = task.work()
        except Exception as error:
            if task.failed is None:
                log.exception("work in the background failed")
            self._tell(task, task.failed, error)
        else:
            self._tell(task, task.done, result)

    def _tell(self, task: _Task, receiver: Callable[[Any], None] | None, value: Any) -> None:
        """Several threads may end in another order than they began in."""
        with self._telling:
            if task.replaces is not None:
                if task.number < self._told.get(task.replaces, 0):
                    return
                self._told[task.replaces] = task.number
            self._deliver(receiver, value)

    def _next(self) -> list[_Task]:
        """The one whose turn it is; empty: there comes none any more."""
        with self._wake:
            while not self._tasks:
                if self._closing:
                    return []
                self._wake.wait()
            return [self._tasks.popleft()]


class Background(QObject):
    """`store` is the screens' ordered lane, `sync` has its own connection, `network` is the pool, and whoever waits for
    the index of knowledge, which takes seconds to build, waits in the `library`. What is typed into the search at the
    top is looked up in `search`, where nobody else keeps it waiting. Documents that come or go by the hundred have
    `papers` to themselves: they may take minutes.

    Made and closed in the main thread.
    """

    _came_back = Signal(object, object)

    def __init__(self, pool: int = 3) -> None:
        super().__init__()
        self._came_back.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)
        self.store = Lane("store", self._deliver, 1)
        self.sync = Lane("sync", self._deliver, 1)
        self.network = Lane("network", self._deliver, pool)
        self.library = Lane("library", self._deliver, 2)
        self.search = Lane("search", self._deliver, 1)
        self.papers = Lane("papers", self._deliver, 1)
        self._lanes = (self.network, self.library, self.search, self.papers, self.sync, self.store)
        self._followers: list[tuple[threading.Thread, Callable[[], None], Callable[[], None]]] = []
        """With what each runs, so that no thread is the last to hold whom it delivers to."""
        self._is_closed = False

    def follow(
        self,
        name: str,
        source: Callable[[Callable[[Any], None]], None],
        arrived: Callable[[Any], None],
        stop: Callable[[], None],
    ) -> None:
        """Runs `source(deliver)` in a thread of its own until it returns; `arrived` gets each value in the main thread.

        `stop` is called at `close` and must make `source` return (close its socket).
        """

        def run() -> None:
            try:
                source(lambda value: self._deliver(arrived, value))
            except Exception:
                log.exception("%s stopped", name)

        thread = threading.Thread(target=run, name=name, daemon=True)
        self._followers.append((thread, stop, run))
        thread.start()

    def close(self, timeout_s: float = 5.0) -> bool:
        """Ends every thread; the store lane last, because the others may still write. False when one would not.

        Nothing is handed over any more: the window it was meant for is going.
        """
        self._is_closed = True
        for _, stop, _ in self._followers:
            stop()
        for thread, *_ in self._followers:
            thread.join(timeout_s)
        followers_ended = not any(thread.is_alive() for thread, *_ in self._followers)
        lanes_ended = [lane.close(timeout_s) for lane in self._lanes]
        return followers_ended and all(lanes_ended)

    def _deliver(self, receiver: Callable[[Any], None] | None, value: Any) -> None:
        if receiver is not None and Shiboken.isValid(self):
            self._came_back.emit(receiver, value)

    @Slot(object, object)
    def _hand_over(self, receiver: Callable[[Any], None], value: Any) -> None:
        for lane in self._lanes:
            lane.let_go()
        if self._is_closed:
            return
        owner = getattr(receiver, "__self__", None)
        if isinstance(owner, QObject) and not Shiboken.isValid(owner):
            return
        receiver(value)
