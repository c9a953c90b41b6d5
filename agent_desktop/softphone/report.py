"""What is known of a phone that keeps stopping, as text for whoever helps: nothing in it names a caller or a secret."""

import platform
from contextlib import suppress
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from agent_desktop.logs import redacted
from agent_desktop.softphone.link import LOG_NAME

_LAST_LINES = 200


def phone_report(run_folder: Path, crashes: Path, now: datetime) -> str:
    """Version, system, the end of the phone's log, and where it was when it last ended badly."""
    log = run_folder / LOG_NAME
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LAST_LINES:]
    except OSError as reason:
        lines = [f"{log.name}: {reason.strerror}"]
    head = (
        f"Agent Desktop {version('agent-desktop')}, phone",
        f"{now.isoformat(timespec='seconds')}",
        f"{platform.platform()}, Python {platform.python_version()}",
        f"{log}",
        "",
    )
    return "\n".join((*head, *map(redacted, lines), *_last_crash(crashes)))


def _last_crash(crashes: Path) -> list[str]:
    """A run that goes on has written nothing yet but its head."""
    for report in sorted(crashes.glob("phone-*"), reverse=True):
        with suppress(OSError):
            head, _, told = report.read_text(encoding="utf-8", errors="replace").partition("\n\n")
            if told.strip():
                return ["", report.name, *head.splitlines(), *told.splitlines()]
    return []
