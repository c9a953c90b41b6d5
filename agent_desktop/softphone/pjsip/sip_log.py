"""The SIP log without what nobody may read in it: pressed keys, keys of encryption, answers to a password question."""

import re
from pathlib import Path

import pjsua2 as pj

_SECRETS = (
    (re.compile(r"(Signal\s*=\s*)[^\r\n]+"), r"\1?"),
    (re.compile(r"(DTMF(?: digit)?(?: id)? )[0-9A-D*#]+"), r"\1?"),
    (re.compile(r"(a=crypto:[^\r\n]*?inline:)[^\r\n|]+"), r"\1?"),
    (re.compile(r'(response=")[0-9a-f]+'), r"\1?"),
)
_PLAIN_DIGIT = re.compile(r"(Content-Type:\s*application/dtmf\s*\r?\n(?:[^\r\n]+\r?\n)*\r?\n)[^\r\n]*", re.IGNORECASE)


def without_secrets(entry: str) -> str:
    for secret, instead in (*_SECRETS, (_PLAIN_DIGIT, r"\1?")):
        entry = secret.sub(instead, entry)
    return entry


class SipLog(pj.LogWriter):  # type: ignore[misc]
    """PJSIP writes into it and lets go of it at its own end."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._file = path.open("w", buffering=1, encoding="utf-8", errors="surrogateescape")

    def write(self, entry: pj.LogEntry) -> None:
        self._file.write(without_secrets(entry.msg))
