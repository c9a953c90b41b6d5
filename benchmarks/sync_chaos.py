"""Commands saved under fire and what became of them: two server processes on PostgreSQL, workstation processes, a line
that cuts, delays and truncates, kill -9 of either side, and a database that crashes."""

import argparse
import json
import tempfile
import time
from pathlib import Path

from tests.chaos.storm import Storm
from tests.in_process import a_customer, make_site
from tests.postgresql import Cluster


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks sync_chaos", description=__doc__)
    parser.add_argument("--ops", type=int, default=10_000)
    parser.add_argument("--seats", type=int, default=4)
    parser.add_argument("--pace-ms", type=float, default=20, help="how long each person rests after a command")
    parser.add_argument("--json", action="store_true", help="print nothing but one JSON object")
    options = parser.parse_args(argv)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="bench-chaos-") as folder, Cluster() as cluster:
        home = Path(folder)
        settings = make_site(home / "site", [a_customer(number) for number in range(1, 51)], cluster)
        storm = Storm(cluster, settings, home, 2, options.seats, options.ops, options.pace_ms / 1000)
        outcome = storm.rage((0.5, 3.0), (lambda _line: None) if options.json else print)
    figures = {
        "ops": outcome.acknowledged,
        "lost": len(outcome.lost),
        "twice": len(outcome.twice),
        "differing_scopes": len(outcome.differing),
        "unanswered": outcome.unanswered,
        "parked": outcome.parked,
        "server_kills": outcome.server_kills,
        "workstation_kills": outcome.workstation_kills,
        "database_crashes": outcome.database_crashes,
        "cuts": outcome.cuts,
        "seconds": round(time.perf_counter() - began, 1),
    }
    print(json.dumps(figures))
    return 1 if outcome.lost or outcome.twice or outcome.differing or outcome.unanswered else 0
