"""How long after its commit a change is in the caches of those who may see it, while thousands of workstations listen.

A call centre of 40 teams, each with a customer segment and a queue of its own, on PostgreSQL behind two server
processes. Some workstations are real (store, sync code, a process each); the others only read every message. Writers
of all teams log contacts and file tickets. What is measured at the real ones runs from the server's clock just after
the commit to theirs just after the rows are in the cache.
"""

import argparse
import asyncio
import itertools
import json
import os
import queue
import random
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Final

import orjson

from agent_model.moment import from_text, to_text
from benchmarks._rig.call_centre import TEAMS, CallCentre, agent, customer_of, writer_of
from benchmarks._rig.crowd_process import Crowd, end
from benchmarks._rig.lane import Lane, Refused, elsewhere
from tests.postgresql import Cluster

STEPS: Final = (250, 500, 1000, 2000)
READY_WITHIN_S: Final = 300.0
ARRIVE_WITHIN_S: Final = 15.0
SETTLE_S: Final = 2.0
FIRST_WRITER: Final = 100_000
TICKETS: Final = 0.25
"""How many of the writes are tickets, which are in two slices; the others are contacts."""


def main(argv: list[str]) -> int:
    options = _options(argv)
    with tempfile.TemporaryDirectory(prefix="bench-server-load-") as folder, Cluster() as cluster:
        centre = CallCentre(Path(folder), cluster, options.workstations)
        centre.fill()
        centre.start(options.processes)
        try:
            figures = _measure(centre, Path(folder), options)
        finally:
            centre.stop()
    if not options.json:
        print("\n".join(f"{name:>26} {figure}" for name, figure in figures.items()))
    print(json.dumps(figures))
    return 0


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks server_load", description=__doc__)
    parser.add_argument("--workstations", type=int, default=2000)
    parser.add_argument("--real", type=int, default=20, help="how many of them are real (default: %(default)s)")
    parser.add_argument("--processes", type=int, default=2, help="of the server (default: %(default)s)")
    parser.add_argument("--rate", type=float, default=30.0, help="write transactions a second (default: %(default)s)")
    parser.add_argument("--seconds", type=float, default=20.0, help="at each size (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="print nothing but one JSON object")
    return parser.parse_args(argv)


def _measure(centre: CallCentre, home: Path, options: argparse.Namespace) -> dict[str, Any]:
    sizes = [*(size for size in STEPS if size < options.workstations), options.workstations]
    real = min(options.real, options.workstations)
    growth = []
    with Crowd(centre) as crowd, Stations(centre, home, real) as stations:
        for before, size in itertools.pairwise([real, *sizes]):
            crowd.join(before, size)
            time.sleep(SETTLE_S)
            lost, messages, began = crowd.told()["lost"], crowd.told()["messages"], centre.cost()
            writes = asyncio.run(_write(centre, options.rate, options.seconds))
            ended = centre.cost()
            stations.wait_for(writes.committed, ARRIVE_WITHIN_S)
            told = crowd.told()
            growth.append(
                {
                    "workstations": size,
                    **stations.latencies(writes.committed),
                    "tx_per_s": round(len(writes.committed) / writes.took_s, 1),
                    "errors": writes.errors + (told["lost"] - lost) + stations.missing(writes.committed),
                    "messages_per_s": round((told["messages"] - messages) / writes.took_s),
                    "server_cpu_s": round(ended.server_cpu_s - began.server_cpu_s, 2),
                    "database_cpu_s": round(ended.database_cpu_s - began.database_cpu_s, 2),
                    "server_rss_mb": round(ended.server_rss_mb, 1),
                    "took_s": round(writes.took_s, 1),
                    "load": round(os.getloadavg()[0], 1),
                }
            )
            if not options.json:
                print(json.dumps(growth[-1]), flush=True)
    return {
        **growth[-1],
        "errors": sum(step["errors"] for step in growth),
        "processes": options.processes,
        "growth": growth,
    }


@dataclass
class Writes:
    """`committed` says when the row of an id was, by the server's clock, and whose team it is of."""

    committed: dict[str, tuple[float, int]] = field(default_factory=dict)
    errors: int = 0
    took_s: float = 0.0


async def _write(centre: CallCentre, rate: float, seconds: float) -> Writes:
    """A writer in each team; whichever is free takes the next write that is due."""
    lanes = [Lane(centre.port, elsewhere(FIRST_WRITER + team)) for team in range(TEAMS)]
    await asyncio.gather(*(lane.sign_in(writer_of(team), centre.password) for team, lane in enumerate(lanes)))
    writes, chance = Writes(), random.Random(20261122)
    busy: dict[int, asyncio.Task[None]] = {}
    began = time.monotonic()
    for number in range(int(rate * seconds)):
        await asyncio.sleep(max(0.0, began + number / rate - time.monotonic()))
        team = number % TEAMS
        if team in busy:
            await busy[team]
        op = _ticket(team, number) if chance.random() < TICKETS else _contact(team, number)
        busy[team] = asyncio.create_task(_send(lanes[team], team, op, number, writes))
    await asyncio.gather(*busy.values())
    writes.took_s = time.monotonic() - began
    for lane in lanes:
        lane.close()
    return writes


async def _send(lane: Lane, team: int, op: Mapping[str, Any], number: int, writes: Writes) -> None:
    whole = {**op, "device_seq": number, "author": writer_of(team), "base_version": 0, "depends_on": None}
    try:
        told = await lane.post("/sync/v1/ops", {"device_id": f"benchmark.{writer_of(team)}", "ops": [whole]})
        is_taken = told["answers"][0]["verdict"] in ("applied", "duplicate")
    except (Refused, OSError, asyncio.IncompleteReadError, TimeoutError) as error:
        print(f"a write failed: {error!r}", file=sys.stderr)
        is_taken = False
    if is_taken:
        writes.committed[str(op["id"])] = (from_text(told["server_time"]).timestamp(), team)
    else:
        writes.errors += 1


def _contact(team: int, number: int) -> dict[str, Any]:
    fields = {
        "customer_id": customer_of(team, number),
        "kind": "call_in",
        "at": _now(),
        "title": "来电",
        "text": "咨询账单，已解释。",
        "agent": writer_of(team),
    }
    return _create("contact", fields)


def _ticket(team: int, number: int) -> dict[str, Any]:
    fields = {
        "subject": "网速慢",
        "type": "fault",
        "category": "fault",
        "priority": "normal",
        "status": "new",
        "description": "晚上更慢，已重启路由器，仍未恢复。",
        "queue": f"q{team:02}",
        "department": "care",
        "created_at": _now(),
        "created_by": writer_of(team),
        "customer_id": customer_of(team, number),
    }
    return _create("ticket", fields)


def _create(entity: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    pairs = {name: [None, value] for name, value in fields.items()}
    return {
        "op_id": str(uuid.uuid4()),
        "id": str(uuid.uuid4()),
        "entity": entity,
        "kind": "create",
        "fields": pairs,
        "occurred_at": _now(),
    }


def _now() -> str:
    from datetime import UTC, datetime

    return to_text(datetime.now(UTC))


class Stations:
    """The real workstations: agents 0 to `count - 1`, one to a team as far as the teams go."""

    def __init__(self, centre: CallCentre, home: Path, count: int) -> None:
        self._seen: dict[tuple[int, str], float] = {}
        self._came = 0
        self._ready: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._processes = []
        for number in range(count):
            facts = (str(home / f"seat{number}"), centre.address, agent(number), centre.password)
            command = [sys.executable, "-m", "benchmarks._rig.listening_station", *facts]
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            self._processes.append(process)
            threading.Thread(target=self._listen, args=(number, process), daemon=True).start()
        for _ in range(count):
            self._ready.get(timeout=READY_WITHIN_S)

    def wait_for(self, committed: Mapping[str, tuple[float, int]], within_s: float) -> None:
        until = time.monotonic() + within_s
        while self.missing(committed) and time.monotonic() < until:
            time.sleep(0.05)

    def missing(self, committed: Mapping[str, tuple[float, int]]) -> int:
        """Rows that did not arrive where they should."""
        return sum(key not in self._seen for key, _ in self._expected(committed))

    def latencies(self, committed: Mapping[str, tuple[float, int]]) -> dict[str, float]:
        took_ms = [(self._seen[key] - at) * 1000 for key, at in self._expected(committed) if key in self._seen]
        p95 = quantiles(took_ms, n=20, method="inclusive")[-1] if len(took_ms) > 1 else took_ms[0]
        return {
            "samples": len(took_ms),
            "commit_to_applied_p50_ms": round(median(took_ms), 1),
            "commit_to_applied_p95_ms": round(p95, 1),
            "commit_to_applied_max_ms": round(max(took_ms), 1),
        }

    def _expected(self, committed: Mapping[str, tuple[float, int]]) -> Iterator[tuple[tuple[int, str], float]]:
        for row_id, (at, team) in committed.items():
            for number in range(team, len(self._processes), TEAMS):
                yield (number, row_id), at

    def _listen(self, number: int, process: "subprocess.Popen[bytes]") -> None:
        assert process.stdout is not None
        for line in process.stdout:
            told = orjson.loads(line)
            if "ready" in told:
                self._ready.put(number)
                continue
            for row_id in told["ids"]:
                self._seen.setdefault((number, row_id), told["at"])

    def __enter__(self) -> "Stations":
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            end(process)
