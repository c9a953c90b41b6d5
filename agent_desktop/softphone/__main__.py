"""The phone process: started by the workstation with a run folder, or by hand as a headless phone."""

import argparse
import hashlib
import json
import logging
import logging.handlers
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from agent_desktop import crashes
from agent_desktop.logs import RedactedFormat
from agent_desktop.softphone.by_hand import add_arguments, run_by_hand
from agent_desktop.softphone.engine import Engine, Tell
from agent_desktop.softphone.host import Host
from agent_desktop.softphone.run_folder import LOG_NAME

_LINGER_S = 60.0
_LARGEST_LOG = 1 << 20
_LOGS_KEPT = 2


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="agent-phone", description=__doc__)
    parser.add_argument("--run-folder", type=Path, help="serve a workstation; see docs/headless-phone.md")
    parser.add_argument("--crashes", type=Path, help="where reports of a bad end are left (in the run folder)")
    parser.add_argument("--linger", type=float, default=_LINGER_S, help="seconds to stay alone (%(default)s)")
    parser.add_argument("--engine", choices=("pjsip", "simulated"), default="pjsip")
    parser.add_argument("--sip-log", type=Path, help="write every SIP message here")
    parser.add_argument("--schema", action="store_true", help="print the JSON schema of the lines and end")
    parser.add_argument("--about", action="store_true", help="print what this build of PJSIP can do, as JSON, and end")
    add_arguments(parser)
    asked = parser.parse_args(arguments)
    if asked.schema:
        return _print_schema()
    if asked.about:
        return _print_about()
    log = logging.StreamHandler(sys.stderr) if asked.run_folder is None else _log_of_our_own(asked.run_folder)
    log.setFormatter(RedactedFormat())
    logging.basicConfig(level=logging.INFO, handlers=[log])

    def engine(tell: Tell) -> Engine:
        return _engine(asked.engine, tell, asked.sip_log, asked.run_folder)

    if asked.run_folder is None:
        return run_by_hand(asked, engine)
    watch = crashes.watch(asked.crashes or asked.run_folder / crashes.FOLDER, "phone", lambda: datetime.now(UTC))
    if watch is not None:
        watch.hear_exceptions()
    Host(engine, asked.run_folder, asked.linger, _say_there).run()
    if watch is not None:
        watch.end()
    return 0


def _print_schema() -> int:
    from agent_desktop.softphone.schema import protocol_schema  # no phone needs it to talk

    print(json.dumps(protocol_schema(), indent=2, ensure_ascii=False))
    return 0


def _print_about() -> int:
    from agent_desktop.softphone.pjsip.about import engine_facts

    with os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8") as out:
        _to_nowhere(1)  # PJSIP prints to standard output
        print(json.dumps(engine_facts()), file=out)
    return 0


def _engine(name: str, tell: Tell, sip_log: Path | None, run_folder: Path | None) -> Engine:
    """Imported only when wanted: PJSIP costs memory, and a machine without it can still be tried out."""
    if name == "simulated":
        from agent_desktop.softphone.simulated import SimulatedEngine
        from agent_desktop.softphone.simulated_switch import SimulatedSwitch

        return SimulatedEngine(SimulatedSwitch(), tell)
    from agent_desktop.softphone.pjsip.engine import PjsipEngine

    return PjsipEngine(tell, sip_log=sip_log, mark=_mark(run_folder) if run_folder is not None else None)


def _mark(run_folder: Path) -> str:
    """Of this computer and this folder."""
    return hashlib.sha256(f"{platform.node()} {run_folder.resolve()}".encode()).hexdigest()[:8]


def _log_of_our_own(run_folder: Path) -> logging.Handler:
    """The echo canceller prints fifty lines a second to standard error when a device stumbles; only we may log. Nobody
    else has the file open then, so that it can be put aside when it is full, on Windows too."""
    run_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _to_nowhere(2)
    return logging.handlers.RotatingFileHandler(
        run_folder / LOG_NAME, maxBytes=_LARGEST_LOG, backupCount=_LOGS_KEPT, encoding="utf-8"
    )


def _say_there() -> None:
    """One line for the one who started us; then standard output is nobody's, because PJSIP prints to it."""
    print("there", flush=True)
    _to_nowhere(1)


def _to_nowhere(descriptor: int) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)


if __name__ == "__main__":
    sys.exit(main())
