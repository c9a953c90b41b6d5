"""Plays seeds; one that breaks an invariant says so, and how to play it again."""

import argparse
import sys
import time
import traceback

from tests.fuzz import scratch
from tests.fuzz.seeds import Tally, play_seeds
from tests.fuzz.world import run_seed


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seed", type=int, help="play this one and tell every step")
    parser.add_argument("--seeds", type=int, default=100, help="play this many, from --first on")
    parser.add_argument("--first", type=int, default=0)
    options = parser.parse_args(argv)
    scratch.tidy_up_on_sigterm()
    if options.seed is not None:
        return _tell_one(options.seed)
    began = time.perf_counter()
    tally: Tally = play_seeds(range(options.first, options.first + options.seeds))
    for failure in tally.failures:
        print(failure)
    spent_s = time.perf_counter() - began
    print(f"{tally.seeds} seeds, {tally.ops} commands, {len(tally.failures)} failures, {spent_s:.1f} s")
    return 1 if tally.failures else 0


def _tell_one(seed: int) -> int:
    try:
        print(f"seed {seed}: {run_seed(seed, print)} commands, every invariant holds")
    except Exception:  # noqa: BLE001 - whatever broke is what was asked for
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
