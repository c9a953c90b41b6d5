"""A workstation without its window, in a process of its own: the store, the sync cycle and the live connection.

`python -m benchmarks._rig.listening_station FOLDER ADDRESS LOGIN PASSWORD` writes lines of JSON: {"ready": true} once
it is in step, then {"at", "ids", "came"} for the rows that are in the cache; `at` is the system's clock after the
commit, `came` says whether they came by themselves. It ends with its standard input.
"""

import os
import queue
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import orjson

from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.sync.client import ServerClient
from agent_desktop.sync.cycle import SyncCycle
from agent_desktop.sync.events import ScopeChanged
from agent_desktop.sync.live import Live, LiveEvent, LiveUp, Poke, RowsCame
from benchmarks._rig.sealed import open_store


class Station:
    def __init__(self, folder: Path, address: str, login: str, password: str) -> None:
        self._events: queue.SimpleQueue[LiveEvent] = queue.SimpleQueue()
        self._client = ServerClient(address, lambda _token: None)
        agent = self._client.sign_in(login, password, f"benchmark.{login}").agent
        store = open_store(folder)
        self._came = False
        self._cycle = SyncCycle(
            self._client,
            Mirror(store),
            Outbox(store, agent.id),
            lambda: datetime.now(UTC),
            lambda _status: None,
            self._changed,
            lambda: False,
        )
        self._live = Live(address, lambda: self._client.access, self._events.put)

    def run(self) -> None:
        self._cycle.run()
        threading.Thread(target=self._live.run, daemon=True).start()
        delay_s = 30.0
        is_told = False
        while True:
            try:
                event = self._events.get(timeout=delay_s)
            except queue.Empty:
                delay_s = self._cycle.run().delay_s
                continue
            match event:
                case RowsCame(since, epoch, page):
                    self._came = True
                    if not self._cycle.take(since, epoch, page):
                        self._came = False
                        self._cycle.run()
                    self._came = False
                case Poke() | LiveUp():
                    self._cycle.run()
                case _:
                    continue
            if isinstance(event, LiveUp) and not is_told:
                is_told = True
                _write({"ready": True})

    def _changed(self, changed: ScopeChanged) -> None:
        if changed.ids:
            _write({"at": time.time(), "ids": sorted(changed.ids), "came": self._came})


def _write(facts: object) -> None:
    sys.stdout.buffer.write(orjson.dumps(facts) + b"\n")
    sys.stdout.buffer.flush()


def _end_with_stdin() -> None:
    sys.stdin.buffer.read()
    os._exit(0)  # the caches are thrown away; nobody waits for an orderly end


if __name__ == "__main__":
    threading.Thread(target=_end_with_stdin, daemon=True).start()
    Station(Path(sys.argv[1]), *sys.argv[2:5]).run()
