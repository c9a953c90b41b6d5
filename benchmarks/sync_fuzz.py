"""How many seeds of the sync fuzzer hold every invariant, and how soon it notices each mistake: real server, real
workstations.

`python -m tests.fuzz --seed N` plays one of them again and tells every step.
"""

import argparse
import json
import multiprocessing
import os
import signal
import time
from collections.abc import Iterator

from tests.fuzz import scratch
from tests.fuzz.mutants import MUTANTS, seeds_until_noticed
from tests.fuzz.seeds import Tally, play_seeds

AT_ONCE = 20
PATIENCE = 200
"""Seeds within which every mistake is to be noticed."""


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks sync_fuzz", description=__doc__)
    parser.add_argument("--seeds", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes that play seeds")
    parser.add_argument("--mistakes", type=int, default=len(MUTANTS), help="how many of the known mistakes are made")
    parser.add_argument("--json", action="store_true", help="print nothing but one JSON object")
    options = parser.parse_args(argv)
    scratch.tidy_up_on_sigterm()
    tell = (lambda *_words: None) if options.json else print
    began = time.perf_counter()
    whole = Tally()
    try:
        for tally in _tallies(range(options.first, options.first + options.seeds), options.jobs):
            whole.add(tally)
            tell(f"{whole.seeds} seeds, {len(whole.failures)} failures", *tally.failures)
    finally:
        scratch.sweep()  # players that were ended could not
    seconds = time.perf_counter() - began
    noticed = {name: seeds_until_noticed(name, PATIENCE) for name in list(MUTANTS)[: options.mistakes]}
    for name, seeds in noticed.items():
        tell(f"{seeds or 'NEVER':>6}  {name}")
    figures = {
        "seeds": whole.seeds,
        "failures": len(whole.failures),
        "failing_seeds": sorted(whole.failing),
        "ops": whole.ops,
        "seconds": round(seconds, 1),
        "cpu_s": round(whole.cpu_s, 1),
        "seeds_until_noticed": noticed,
    }
    print(json.dumps(figures))
    return 1 if whole.failures or None in noticed.values() else 0


def _tallies(seeds: range, jobs: int) -> Iterator[Tally]:
    parts = [seeds[start : start + AT_ONCE] for start in range(0, len(seeds), AT_ONCE)]
    if jobs == 1:
        yield from map(_play, parts)
        return
    with multiprocessing.get_context("spawn").Pool(jobs, _leave_ctrl_c_to_the_first) as pool:
        yield from pool.imap_unordered(_play, parts)


def _leave_ctrl_c_to_the_first() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _play(seeds: range) -> Tally:
    return play_seeds(seeds, most_failures=len(seeds))
