"""What it takes to bring a workstation in step, and what PouchDB needs for the same on the same machine.

The workstation is the real store (encrypted), cycle and client in a process of its own; the server is `agent-server
run`, on PostgreSQL where there is one. Costs in CPU are of client, server and database together, with every process
below them. Both sides hold the same customers. Wall times are the workstation's own.

`bootstrap_200k_s` is the very first start of a scope: the server builds its snapshot meanwhile. Every later workstation
finds it ready (`bootstrap_ready_s`). The ratio of the bootstrap is by document and counts without that building, which
is done once for all workstations of a scope (`snapshot_build_cpu_s`); `ratio_first_bootstrap_cpu` counts it as well.
`bootstrap_peak_mb` is the most memory that the workstation's process held at once.

PouchDB moves the same customers, and tickets of the same fields, in batches of 1,000: its own 100 cost it half as much
again.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks._rig import pouch
from benchmarks._rig.seat import LOGIN
from benchmarks._rig.site import Customer, Site, changed, customers, site
from benchmarks._rig.steps import Steps, cpu_s
from benchmarks._rig.sync_station import ticket
from demo.server import PASSWORD

ROUNDS: Final = 3
"""Of pulls and pushes, whose figures are means; a first push goes before them, uncounted."""


@dataclass(frozen=True, slots=True)
class Cost:
    """`moved` is how many documents or rows came or went."""

    moved: int
    wall_s: float
    cpu_s: float


@dataclass(frozen=True, slots=True)
class Costs:
    bootstrap: Cost
    pull: Cost
    push: Cost
    peak_mb: float = 0.0


def main(argv: list[str]) -> int:
    options = _options(argv)
    documents = min(options.documents, options.customers)
    everybody = customers(options.customers)
    with tempfile.TemporaryDirectory(prefix="bench-sync-") as folder:
        home = Path(folder)
        with site(home / "site") as ours:
            ours.prepare(everybody)
            first, costs, drain = _ours(ours, home, everybody, options.rows)
            kind = ours.kind
        theirs = _theirs(home / "pouch", everybody[:documents], options.rows)
    by_document = theirs.bootstrap.cpu_s / documents * options.customers
    figures = {
        "customers": options.customers,
        "database": kind,
        "bootstrap_200k_s": round(first.wall_s, 2),
        "bootstrap_ready_s": round(costs.bootstrap.wall_s, 2),
        "bootstrap_peak_mb": round(costs.peak_mb),
        "bootstrap_cpu_s": round(costs.bootstrap.cpu_s, 3),
        "snapshot_build_cpu_s": round(first.cpu_s - costs.bootstrap.cpu_s, 3),
        "pull_1k_s": round(costs.pull.wall_s, 3),
        "pull_cpu_s": round(costs.pull.cpu_s, 3),
        "drain_1k_s": round(drain.wall_s, 3),
        "push_cpu_s": round(costs.push.cpu_s, 3),
        "pouch_documents": documents,
        "pouch_bootstrap_s": round(theirs.bootstrap.wall_s, 2),
        "pouch_bootstrap_cpu_s": round(theirs.bootstrap.cpu_s, 3),
        "pouch_pull_cpu_s": round(theirs.pull.cpu_s, 3),
        "pouch_push_cpu_s": round(theirs.push.cpu_s, 3),
        "ratio_bootstrap_cpu": round(by_document / costs.bootstrap.cpu_s, 1),
        "ratio_first_bootstrap_cpu": round(by_document / first.cpu_s, 1),
        "ratio_pull_cpu": round(theirs.pull.cpu_s / costs.pull.cpu_s, 1),
        "ratio_push_cpu": round(theirs.push.cpu_s / costs.push.cpu_s, 2),
        "load": round(os.getloadavg()[0], 1),
    }
    if not options.json:
        print("\n".join(f"{name:>26} {figure}" for name, figure in figures.items()))
    print(json.dumps(figures))
    return 0


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks sync", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--customers", type=int, default=200_000)
    parser.add_argument("--documents", type=int, default=100_000, help="customers that PouchDB gets")
    parser.add_argument("--rows", type=int, default=1_000, help="changed rows a pull, commands a push")
    parser.add_argument("--short", action="store_const", const=20_000, dest="documents", help="20,000 for PouchDB")
    parser.add_argument("--json", action="store_true", help="print nothing but one JSON object")
    return parser.parse_args(argv)


def _ours(server: Site, home: Path, everybody: Sequence[Customer], rows: int) -> tuple[Cost, Costs, Cost]:
    """The first bootstrap of all, the costs, and the draining of an outbox with the fetching of its effects."""
    server.start()
    try:
        with _station(home / "first", server) as station:
            first = _step(station, server.pids, "sync")
            _whole(first, everybody)
        with _station(home / "second", server) as station:
            bootstrap = _step(station, server.pids, "sync")
            _whole(bootstrap, everybody)
            peak_mb = _peak_mb(station.pid)
            pulls = []
            for turn in range(ROUNDS):
                server.bring(changed(everybody, rows, turn))
                pulls.append(_step(station, server.pids, "sync"))
            pushes = []
            for turn in range(ROUNDS + 1):
                station.say(f"write {rows} push{turn}")
                pushes.append(_step(station, server.pids, "send"))
                station.say("sync")
            station.say(f"write {rows} drain")
            drain = _step(station, server.pids, "sync")
    finally:
        server.stop()
    return first, Costs(bootstrap, _mean(pulls), _mean(pushes[1:]), peak_mb), drain


def _theirs(home: Path, some: Sequence[Customer], rows: int) -> Costs:
    with ExitStack() as stack:
        server = stack.enter_context(pouch.server(home))
        port = int(server.answer()["port"])
        server.say(str(_documents(home / "all", some)))
        client = stack.enter_context(pouch.client(home, port))
        bootstrap = _step(client, [server.pid], "pull")
        _whole(bootstrap, some)
        pulls = []
        for turn in range(ROUNDS):
            server.say(str(_documents(home / f"changed{turn}", changed(some, rows, turn))))
            pulls.append(_step(client, [server.pid], "pull"))
        pushes = []
        for turn in range(ROUNDS + 1):
            client.say(f"write {_tickets(home / f'tickets{turn}', rows, turn)}")
            pushes.append(_step(client, [server.pid], "push"))
    if {cost.moved for cost in (*pulls, *pushes[1:])} != {rows}:
        raise RuntimeError(f"PouchDB moved {pulls} and {pushes}, not {rows} each")
    return Costs(bootstrap, _mean(pulls), _mean(pushes[1:]))


def _station(folder: Path, server: Site) -> Steps:
    program = [sys.executable, "-m", "benchmarks._rig.sync_station"]
    station = Steps([*program, str(folder), server.address, LOGIN, PASSWORD], folder.with_suffix(".log"))
    station.answer()
    return station


def _step(client: Steps, others: Sequence[int], step: str) -> Cost:
    pids = (client.pid, *others)
    before = cpu_s(pids)
    told = client.say(step)
    return Cost(told["rows"], told["wall_s"], cpu_s(pids) - before)


def _peak_mb(pid: int) -> float:
    """MB are 10⁶ bytes."""
    said = Path(f"/proc/{pid}/status").read_text()
    return int(said.partition("VmHWM:")[2].split()[0]) * 1024 / 1e6


def _mean(costs: Sequence[Cost]) -> Cost:
    count = len(costs)
    return Cost(costs[0].moved, sum(cost.wall_s for cost in costs) / count, sum(cost.cpu_s for cost in costs) / count)


def _whole(bootstrap: Cost, wanted: Sequence[Customer]) -> None:
    if bootstrap.moved != len(wanted):
        raise RuntimeError(f"{bootstrap.moved} of {len(wanted)} came")


def _documents(file: Path, some: Sequence[Customer]) -> Path:
    return _written(file, [{"_id": one["id"], **one["body"]} for one in some])


def _tickets(file: Path, count: int, turn: int) -> Path:
    """The fields of the workstation's own tickets, so that both sides push as much."""
    return _written(
        file, [{"_id": f"T-{turn}-{number:06d}", **ticket("C-0000001", "王伟", LOGIN)} for number in range(count)]
    )


def _written(file: Path, documents: Sequence[dict[str, Any]]) -> Path:
    file.write_text("".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in documents), encoding="utf-8")
    return file
