"""How many seeds of the sync fuzzer hold every invariant, and how long they take: real server, real workstations.

`python -m tests.fuzz --seed N` plays one of them again and tells every step.
"""

import argparse
import json
import time

from tests.fuzz.seeds import play_seeds


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks sync_fuzz", description=__doc__)
    parser.add_argument("--seeds", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--json", action="store_true", help="print nothing but one JSON object")
    options = parser.parse_args(argv)
    began, began_cpu = time.perf_counter(), time.process_time()
    tally = play_seeds(range(options.first, options.first + options.seeds), most_failures=options.seeds)
    spent_s, cpu_s = time.perf_counter() - began, time.process_time() - began_cpu
    if not options.json:
        print("\n".join(tally.failures))
    figures = {
        "seeds": tally.seeds,
        "failures": len(tally.failures),
        "failing_seeds": tally.failing,
        "ops": tally.ops,
        "seconds": round(spent_s, 1),
        "cpu_s": round(cpu_s, 1),
    }
    print(json.dumps(figures))
    return 1 if tally.failures else 0
