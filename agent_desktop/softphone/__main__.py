"""The phone process: started by the workstation with a run folder, or by hand as a headless phone."""

import argparse
import logging
import sys
from pathlib import Path

from agent_desktop.softphone.by_hand import add_arguments, run_by_hand
from agent_desktop.softphone.engine import Engine, Tell
from agent_desktop.softphone.host import Host

_LINGER_S = 60.0


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="agent-phone", description=__doc__)
    parser.add_argument("--run-folder", type=Path, help="serve a workstation; see docs/headless-phone.md")
    parser.add_argument("--linger", type=float, default=_LINGER_S, help="seconds to stay alone (%(default)s)")
    parser.add_argument("--engine", choices=("pjsip", "simulated"), default="pjsip")
    parser.add_argument("--sip-log", type=Path, help="write every SIP message here")
    add_arguments(parser)
    asked = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(levelname)s %(message)s")

    def engine(tell: Tell) -> Engine:
        return _engine(asked.engine, tell, asked.sip_log)

    if asked.run_folder is None:
        return run_by_hand(asked, engine)
    Host(engine, asked.run_folder, asked.linger).run()
    return 0


def _engine(name: str, tell: Tell, sip_log: Path | None) -> Engine:
    """Imported only when wanted: PJSIP costs memory, and a machine without it can still be tried out."""
    if name == "simulated":
        from agent_desktop.softphone.simulated import SimulatedEngine, SimulatedSwitch

        return SimulatedEngine(SimulatedSwitch(), tell)
    from agent_desktop.softphone.pjsip.engine import PjsipEngine

    return PjsipEngine(tell, sip_log=sip_log)


if __name__ == "__main__":
    sys.exit(main())
