"""Who was erased, in a file beside the database: a backup that is restored does not know of it, the file does.

`erasures.journal` in the server's folder: a line with the site's salt, then one for each erasure. It names nobody.
"""

import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import orjson

FILE: Final = "erasures.journal"


@dataclass(frozen=True, slots=True)
class Entry:
    """One erasure: `digest` is of the customer's id (`tombstones`)."""

    id: str
    digest: str
    at: str
    asked_by: str
    decided_by: str


class ErasureJournal:
    """Only ever grows. What was noted is on the disk when the call returns."""

    def __init__(self, home: Path) -> None:
        self._path = home / FILE

    def note(self, salt: bytes, entry: Entry) -> None:
        """Raises OSError."""
        if any(known.id == entry.id for known in self.entries()):
            return
        head = [] if self._path.exists() else [{"salt": salt.hex()}]
        self._add(*head, asdict(entry))

    def withdraw(self, erasure_id: str) -> None:
        """It was not carried out after all. Raises OSError."""
        self._add({"withdrawn": erasure_id})

    def _add(self, *lines: dict[str, str]) -> None:
        written = b"".join(orjson.dumps(line) + b"\n" for line in lines)
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(handle, (b"" if self._ends_whole() else b"\n") + written)
            os.fsync(handle)
        finally:
            os.close(handle)

    def salt(self) -> bytes | None:
        found = [line["salt"] for line in self._lines() if "salt" in line]
        return bytes.fromhex(found[0]) if found else None

    def entries(self) -> Sequence[Entry]:
        found: dict[str, Entry] = {}
        for line in self._lines():
            if "digest" in line:
                found[line["id"]] = Entry(**line)
            found.pop(line.get("withdrawn", ""), None)
        return list(found.values())

    def _lines(self) -> list[dict[str, str]]:
        """A line that was cut by a crash was never relied on."""
        found = []
        for text in self._path.read_bytes().split(b"\n") if self._path.exists() else ():
            try:
                line = orjson.loads(text)
            except orjson.JSONDecodeError:
                continue
            if isinstance(line, dict):
                found.append(line)
        return found

    def _ends_whole(self) -> bool:
        written = self._path.read_bytes() if self._path.exists() else b""
        return not written or written.endswith(b"\n")
