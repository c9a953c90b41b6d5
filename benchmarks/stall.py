"""How late the window comes to its own events while 100,000 rows come in from the server and calls ring."""

import argparse
import json
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from agent_model.phone_number import PhoneNumber
from benchmarks._rig.caller import Caller
from benchmarks._rig.screen import Screen
from benchmarks._rig.seat import ON_THE_SERVER, Seat, take_seat
from benchmarks._rig.workstation import PROCESSES, Observations, open_at, take_calls_on
from demo.people import people
from demo.server import DemoServer

ROWS_A_CUSTOMER = 10
"""At the least: the customer, eight contacts and a ticket on average, which comes with its queue, too."""
RING_S = 0.7
BETWEEN_CALLS_S = 0.5
LOOK_EVERY_S = 0.05
LONGEST_PULL_S = 300.0


def main(argv: list[str]) -> int:
    options = _options(argv)
    with tempfile.TemporaryDirectory(prefix="bench-stall-") as folder, Screen() as screen:
        home = Path(folder)
        server = DemoServer(home / "server")
        server.fill(ON_THE_SERVER)
        server.start()
        try:
            seat = take_seat(home / "seat", server)
            seen = _pull(seat, screen, home, options.rows, options.calls_before)
        finally:
            server.stop()
    figures = _figures(seen, options.rows)
    if not options.json:
        print("\n".join(f"{name:>12} {figure}" for name, figure in figures.items()))
    print(json.dumps(figures))
    return 0


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks stall", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    # The first call of a shift builds what the others only fill; screen_pop counts what it costs.
    parser.add_argument("--calls-before", type=int, default=3, help="calls taken before anything is measured")
    parser.add_argument("--json", action="store_true", help="print nothing but one JSON object")
    return parser.parse_args(argv)


def _pull(seat: Seat, screen: Screen, home: Path, rows: int, calls_before: int) -> list[dict[str, Any]]:
    """What was seen while the rows came and calls rang.

    The rows get onto the server while it is away from the workstation, which fetches them when it is back: the
    window has long been there then, and neither its start nor its first call is counted here.
    """
    record = home / "record.jsonl"
    record.touch()
    numbers = [PhoneNumber(person.customer.body["phones"][0]) for person in people(ON_THE_SERVER)]
    with Caller(take_calls_on(seat)) as caller, open_at(seat, screen, home / "workstation.log", record) as program:
        program.until_calm(screen, PROCESSES)
        for number in numbers[:calls_before]:
            _call(caller, number)
        observations = Observations(record)
        observations.new()
        observations.seen.clear()
        seat.server.stop()
        seat.server.fill(ON_THE_SERVER + rows // ROWS_A_CUSTOMER)
        seat.server.start()
        calls = 0
        deadline = time.monotonic() + LONGEST_PULL_S
        while _stored(observations) < rows:
            if time.monotonic() > deadline or program.has_ended:
                came = f"{_stored(observations)} rows of {rows} came"
                raise TimeoutError(f"{came}, ended: {program.has_ended}; {program.log.read_text()[-2000:]}")
            if not _stored(observations):
                time.sleep(LOOK_EVERY_S)
                continue
            _call(caller, numbers[calls % len(numbers)])
            calls += 1
        observations.close()
    return observations.seen


def _call(caller: Caller, number: PhoneNumber) -> None:
    call = caller.ring(number)
    time.sleep(RING_S)
    caller.give_up(call)
    time.sleep(BETWEEN_CALLS_S)


def _stored(observations: Observations) -> int:
    """Rows that came and are in the cache."""
    observations.new()
    return sum(seen["rows"] for seen in observations.seen if seen["what"] == "applied")


def _figures(seen: Sequence[dict[str, Any]], rows: int) -> dict[str, float]:
    """Only of the beats between the first page asked for and the last of the rows stored."""
    first = next(one for one in seen if one["what"] == "page")
    begin = first["at"] - first["took_ms"] / 1000
    stored, end = 0, begin
    for one in seen:
        if one["what"] == "applied" and stored < rows:
            stored, end = stored + one["rows"], one["at"]
    lags = [one["lag_ms"] for one in seen if one["what"] == "beat" and begin <= one["at"] <= end]
    rang = sum(one["what"] == "rang" and begin <= one["at"] <= end for one in seen)
    return {
        "rows": stored,
        "lag_p50_ms": round(median(lags), 1),
        "lag_p99_ms": round(quantiles(lags, n=100, method="inclusive")[-1], 1),
        "lag_max_ms": round(max(lags), 1),
        "beats": len(lags),
        "pull_s": round(end - begin, 1),
        "calls": rang,
    }
