"""A phone with a fault: so many times it cannot measure how loud people are.

`python -m tests.softphone.faulty_phone FOLDER TIMES`
"""

import logging
import sys
from pathlib import Path

from agent_desktop.softphone.events import LevelsMeasured
from agent_desktop.softphone.host import Host
from agent_desktop.softphone.pjsip.engine import PjsipEngine


class FaultyEngine(PjsipEngine):
    times = 0

    def measure_levels(self) -> tuple[LevelsMeasured, ...]:
        if self.times > 0:
            self.times -= 1
            raise RuntimeError("a fault")
        return super().measure_levels()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    FaultyEngine.times = int(sys.argv[2])
    Host(FaultyEngine, Path(sys.argv[1]), 5.0, lambda: print(flush=True)).run()
