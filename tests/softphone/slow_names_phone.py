"""A phone whose name service takes its time: `slow.example` is this computer, `dead.example` nobody.

`python -m tests.softphone.slow_names_phone FOLDER`
"""

import sys
import time
from pathlib import Path

from agent_desktop.softphone.host import Host
from agent_desktop.softphone.pjsip.engine import PjsipEngine

TAKES_S = 3.0


def find_host(host: str) -> tuple[str, ...]:
    time.sleep(TAKES_S)
    return ("127.0.0.1",) if host == "slow.example" else ()


if __name__ == "__main__":
    Host(lambda tell: PjsipEngine(tell, find_host=find_host), Path(sys.argv[1]), 5.0, lambda: print(flush=True)).run()
