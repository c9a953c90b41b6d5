"""A workstation's sync without its window: the real store, cycle and client, in a process of its own.

`python -m benchmarks._rig.sync_station FOLDER ADDRESS LOGIN PASSWORD`. Each line of stdin is a step (see STEPS), each
line of stdout its answer: what moved, and the seconds it took.
"""

import gc
import json
import random
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.sync.client import ServerClient
from agent_desktop.sync.cycle import SyncCycle
from agent_desktop.sync.events import Synced, SyncStatus
from agent_model.command import CommandKind, FieldChange
from agent_model.moment import to_text
from benchmarks._rig.sealed import open_store


class Station:
    def __init__(self, folder: Path, address: str, login: str, password: str) -> None:
        self._store = open_store(folder)
        self._mirror = Mirror(self._store)
        self._client = ServerClient(address, lambda _token: None)
        self._agent = self._client.sign_in(login, password, f"benchmark.{folder.name}").agent
        self._outbox = Outbox(self._store, self._agent.id)
        self._statuses: list[SyncStatus] = []
        self._rows = 0
        self._sends_only = False
        self._cycle = SyncCycle(
            self._client,
            self._mirror,
            self._outbox,
            lambda: datetime.now(UTC),
            self._statuses.append,
            lambda _changed: None,
            self._is_stopping,
        )
        gc.freeze()  # as the program does when its window is open

    def sync(self, _words: list[str]) -> int:
        """A whole round: everything sent, everything fetched."""
        self._round()
        return self._mirror.count("customer")

    def send(self, _words: list[str]) -> int:
        """A round that ends when every command has its answer: its effects are not fetched."""
        waiting = self._outbox.count_waiting()
        self._sends_only = True
        self._round()
        self._sends_only = False
        if self._outbox.count_waiting() or self._outbox.count_parked():
            raise RuntimeError("not everything was taken")
        return waiting

    def write(self, words: list[str]) -> int:
        """So many tickets, as an agent writes them while the server is away."""
        count, seed = int(words[0]), words[1]
        chance = random.Random(seed)
        customers = self._mirror.rows("customer")[:5000]
        now = datetime.now(UTC)
        for number in range(count):
            customer = chance.choice(customers)
            fields = ticket(customer.id, str(customer.body["name"]), self._agent.id)
            self._outbox.put(
                "ticket",
                f"T-{seed}-{number:06d}",
                CommandKind.CREATE,
                {name: FieldChange(None, value) for name, value in fields.items()},
                now,
            )
        return count

    def _round(self) -> None:
        self._cycle.run()
        if not isinstance(self._statuses[-1], Synced):
            raise RuntimeError(f"not in step: {self._statuses[-1]}")
        self._statuses.clear()

    def _is_stopping(self) -> bool:
        return self._sends_only and self._outbox.count_waiting() == 0


def ticket(customer: str, name: str, author: str) -> dict[str, Any]:
    """The fields of one."""
    return {
        "subject": "宽带晚上很慢，需要回电",
        "type": "fault",
        "category": "fault/broadband/slow",
        "priority": "normal",
        "status": "new",
        "description": f"客户 {name} 反映晚上八点以后网速只有一半，已请其重启光猫。",
        "queue": "support",
        "department": "field",
        "created_at": to_text(datetime.now(UTC)),
        "created_by": author,
        "customer_id": customer,
    }


def main(argv: list[str]) -> int:
    station = Station(Path(argv[0]), *argv[1:])
    steps: Mapping[str, Callable[[list[str]], Any]] = {
        "sync": station.sync,
        "send": station.send,
        "write": station.write,
    }
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        name, *words = line.split()
        began = time.perf_counter()
        moved = steps[name](words)
        print(json.dumps({"rows": moved, "wall_s": time.perf_counter() - began}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
