"""The log of this workstation: one file, rotated, with numbers and secrets taken out before they are written."""

import logging
import logging.handlers
import re
from pathlib import Path

NUMBER = re.compile(r"(?<![\w.:-])(\+?\d{3})\d{3,}(\d{2})(?![\w.:-])")
SECRET = re.compile(r"(?i)(password|token|authorization|bearer|refresh|access)([\"'=: ]+)([^\s,;\"'}]+)")


class Redacting(logging.Filter):
    """Telephone and card numbers keep three digits in front and two at the end; secrets keep nothing."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = redacted(record.getMessage())
        record.args = ()
        return True


def redacted(text: str) -> str:
    return NUMBER.sub(r"\1***\2", SECRET.sub(r"\1\2***", text))


def start(folder: Path, level: int = logging.INFO) -> None:
    """Log to `folder/agent-desktop.log` (5 files of 2 MB). Without a writable folder there is no log."""
    root = logging.getLogger()
    root.setLevel(level)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            folder / "agent-desktop.log", maxBytes=2_000_000, backupCount=4, encoding="utf-8", delay=True
        )
    except OSError:
        return
    handler.addFilter(Redacting())
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
    for chatty in ("httpx", "httpcore", "websockets"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
