"""How long ten inquiries take to be wrapped up at one key every 200 ms: keys are counted at the real window."""

import argparse
import json
import os
import tempfile
from pathlib import Path
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from agent_desktop.ui.appearance.look import Look
from benchmarks._rig.inquiries import KEY_MS, TEN, Shift
from tests.ui import desk


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks wrap_up", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print nothing but one JSON object")
    options = parser.parse_args(argv)
    application = desk.application()
    look = Look(desk.RESOURCES, "light")
    look.wear(application)
    with tempfile.TemporaryDirectory(prefix="bench-wrap-up-") as folder:
        shift = Shift(Path(folder), look)
        try:
            keys = {one.name: shift.play(one) for one in TEN}
        finally:
            shift.close()
    seconds = [count * KEY_MS / 1000 for count in keys.values()]
    figures = {
        "inquiries": len(keys),
        "median_s": round(median(seconds), 1),
        "max_s": round(max(seconds), 1),
        "keys_median": median(keys.values()),
    }
    if not options.json:
        print("\n".join(f"{count:>5} keys  {name}" for name, count in keys.items()))
    print(json.dumps(figures))
    return 0
