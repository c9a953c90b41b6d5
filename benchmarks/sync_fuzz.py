"""How many seeds of the sync fuzzer hold every invariant, and how long they take: real server, real workstations.

`python -m tests.fuzz --seed N` plays one of them again and tells every step.
"""

import argparse
import json
import multiprocessing
import os
import time
from collections.abc import Iterator

from tests.fuzz.seeds import Tally, play_seeds

AT_ONCE = 20


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks sync_fuzz", description=__doc__)
    parser.add_argument("--seeds", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes that play seeds")
    parser.add_argument("--json", action="store_true", help="print nothing but one JSON object")
    options = parser.parse_args(argv)
    began = time.perf_counter()
    whole = Tally()
    for tally in _tallies(range(options.first, options.first + options.seeds), options.jobs):
        whole.add(tally)
        if not options.json:
            print(f"{whole.seeds} seeds, {len(whole.failures)} failures", *tally.failures, sep="\n", flush=True)
    figures = {
        "seeds": whole.seeds,
        "failures": len(whole.failures),
        "failing_seeds": sorted(whole.failing),
        "ops": whole.ops,
        "seconds": round(time.perf_counter() - began, 1),
        "cpu_s": round(whole.cpu_s, 1),
    }
    print(json.dumps(figures))
    return 1 if whole.failures else 0


def _tallies(seeds: range, jobs: int) -> Iterator[Tally]:
    parts = [seeds[start : start + AT_ONCE] for start in range(0, len(seeds), AT_ONCE)]
    if jobs == 1:
        yield from map(_play, parts)
        return
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        yield from pool.imap_unordered(_play, parts)


def _play(seeds: range) -> Tally:
    return play_seeds(seeds, most_failures=len(seeds))
