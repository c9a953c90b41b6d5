"""What starting costs: the workstation with its phone and 200,000 cached customers, beside another softphone.

With `--packaged` beside the program of a package instead, which is to start as this checkout does.
"""

import argparse
import json
import shlex
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from benchmarks._rig.big_cache import big_cache
from benchmarks._rig.screen import Screen
from benchmarks._rig.seat import ON_THE_SERVER, take_seat
from benchmarks._rig.tree import Cost, Tree
from benchmarks._rig.workstation import PROCESSES, open_at, take_calls_on
from demo.server import DemoServer

PACKAGED_BY_OURS = {"packaged_by_ours_cpu": "cpu_s", "packaged_by_ours_wall": "wall_s"}


def main(argv: list[str]) -> int:
    options = _options(argv)
    cache = big_cache(options.customers)
    with tempfile.TemporaryDirectory(prefix="bench-startup-") as folder, Screen() as screen:
        home = Path(folder)
        server = DemoServer(home / "server")
        server.fill(ON_THE_SERVER)
        server.start()
        try:
            seat = take_seat(home / "seat", server, cache)
            take_calls_on(seat)
            log = home / "workstation.log"
            ours, theirs = _in_turns(
                options.runs,
                lambda: _cost(open_at(seat, screen, log), screen, PROCESSES),
                lambda: (
                    _cost(open_at(seat, screen, log, packaged=options.packaged), screen, PROCESSES)
                    if options.packaged
                    else _cost(_linphone(options.linphone, screen, home), screen, 1)
                ),
            )
        finally:
            server.stop()
    figures = _figures(options.customers, ours, theirs, "packaged" if options.packaged else "linphone")
    if options.packaged:
        figures |= {name: _by_ours(ours, theirs, name) for name in PACKAGED_BY_OURS}
    if not options.json:
        print("\n".join(f"{name:>20} {figure}" for name, figure in figures.items()))
    print(json.dumps(figures))
    return int(options.most is not None and any(figures[name] > options.most for name in PACKAGED_BY_OURS))


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks startup", description=__doc__)
    parser.add_argument("--customers", type=int, default=200_000)
    parser.add_argument("--runs", type=int, default=5, help="of each program, in turns")
    parser.add_argument("--linphone", default="linphone", help="the command that starts it")
    parser.add_argument("--packaged", type=Path, metavar="PROGRAM", help="the workstation of a package, instead of it")
    parser.add_argument(
        "--most", type=float, metavar="RATIO", help="fail when the packaged one needs more than this by the checkout"
    )
    parser.add_argument("--json", action="store_true", help="print nothing but one JSON object")
    return parser.parse_args(argv)


def _in_turns(runs: int, *starts: Callable[[], Cost]) -> list[list[Cost]]:
    """The first start of each fills caches (byte code, shaders, the search index) and does not count. Who begins takes
    turns, too: a machine that grows busier or hotter harms both alike."""
    for start in starts:
        start()
    costs: list[list[Cost]] = [[] for _ in starts]
    for run in range(runs):
        turn = list(zip(costs, starts, strict=True))
        for kept, start in reversed(turn) if run % 2 else turn:
            kept.append(start())
    return costs


def _cost(program: Tree, screen: Screen, processes: int) -> Cost:
    with program:
        return program.until_calm(screen, processes)


def _linphone(command: str, screen: Screen, home: Path) -> Tree:
    own = home / "linphone"
    own.mkdir(exist_ok=True)
    return Tree(shlex.split(command), {**screen.environment, "HOME": str(own)}, home / "linphone.log")


def _by_ours(ours: Sequence[Cost], theirs: Sequence[Cost], name: str) -> float:
    """The median of what neighbours in time cost by each other: what else runs here meets both of a pair."""
    attribute = PACKAGED_BY_OURS[name]
    pairs = zip(ours, theirs, strict=True)
    ratios: list[float] = [getattr(their, attribute) / getattr(our, attribute) for our, their in pairs]
    return round(median(ratios), 3)


def _figures(customers: int, ours: Sequence[Cost], theirs: Sequence[Cost], beside: str) -> dict[str, float]:
    cpu_s, wall_s, rss_mb = (median(getattr(cost, name) for cost in ours) for name in ("cpu_s", "wall_s", "pss_mb"))
    their_cpu_s, their_wall_s, their_rss_mb = (
        median(getattr(cost, name) for cost in theirs) for name in ("cpu_s", "wall_s", "pss_mb")
    )
    return {
        "customers": customers,
        "cpu_s": round(cpu_s, 2),
        "wall_s": round(wall_s, 2),
        "rss_mb": round(rss_mb, 1),
        f"{beside}_cpu_s": round(their_cpu_s, 2),
        f"{beside}_wall_s": round(their_wall_s, 2),
        f"{beside}_rss_mb": round(their_rss_mb, 1),
        f"cpu_ratio_{beside}": round(cpu_s / their_cpu_s, 2),
        f"rss_ratio_{beside}": round(rss_mb / their_rss_mb, 2),
        "runs": len(ours),
    }
