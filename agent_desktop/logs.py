"""The log of this workstation: one file, rotated, with numbers and secrets taken out before they are written."""

import logging
import logging.handlers
import re
from enum import StrEnum
from pathlib import Path
from typing import Final

NAME: Final = "agent-desktop.log"
NUMBER = re.compile(
    r"(?<![A-Za-z0-9_.+-])"  # not inside a word, a version, an address or a moment
    r"(?!\d{4}-\d\d-\d\d)"
    r"(\+?\d(?:[ ()-]{0,2}\d){2})((?:[ ()-]{0,2}\d){3,})((?:[ ()-]{0,2}\d){2})"
    r"(?![A-Za-z0-9_-])(?!\.\d)"
)
SECRET = re.compile(
    r"(?i)((?:password|passwd|token|authorization|refresh|access)[\"']?\s*[=:]\s*[\"']?(?:(?:bearer|basic)\s+)?|bearer\s+)"
    r"([^\s,;&\"'}]+)"
)
SIGNED = re.compile(r"\beyJ[\w-]+\.[\w-]+\.[\w-]*")


class LogLevel(StrEnum):
    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class RedactedFormat(logging.Formatter):
    """Telephone and card numbers keep three digits in front and two at the end; secrets keep nothing.

    Works on the finished text, so that what an exception says is covered like what a line says.
    """

    def format(self, record: logging.LogRecord) -> str:
        stamp = f"{self.formatTime(record)} {record.levelname} {record.name}: "
        text = record.getMessage()
        if record.exc_info:
            text += "\n" + self.formatException(record.exc_info)
        if record.stack_info:
            text += "\n" + self.formatStack(record.stack_info)
        return stamp + redacted(text)


def redacted(text: str) -> str:
    return NUMBER.sub(r"\1***\3", SIGNED.sub("***", SECRET.sub(r"\1***", text)))


def use_level(level: LogLevel) -> None:
    """From now on."""
    logging.getLogger().setLevel(level.upper())


def start(folder: Path, level: int = logging.INFO) -> None:
    """Log to `folder/agent-desktop.log` (5 files of 2 MB). Without a writable folder there is no log."""
    root = logging.getLogger()
    root.setLevel(level)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            folder / NAME, maxBytes=2_000_000, backupCount=4, encoding="utf-8"
        )
    except OSError:
        return
    handler.setFormatter(RedactedFormat())
    root.addHandler(handler)
    for chatty in ("httpx", "httpcore", "websockets"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
