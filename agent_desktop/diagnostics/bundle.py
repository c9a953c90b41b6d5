"""What is put together for somebody who looks for a fault: texts of which nothing names a person or opens a door.

It is made in the memory, so that it can be looked at before a file is written. Nothing here sends it anywhere.
"""

import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from agent_desktop.diagnostics.redaction import Redaction
from agent_desktop.paths import write_whole

_LARGEST: Final = 1 << 19
"""Bytes of one file, from its end."""
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Paper:
    """One text of the bundle."""

    name: str
    text: str

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.text.encode())


@dataclass(frozen=True, slots=True)
class Bundle:
    papers: tuple[Paper, ...]

    @property
    def size(self) -> int:
        return sum(paper.size for paper in self.papers)

    def write(self, path: Path) -> None:
        """Raises DiskFull or FolderNotWritable."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
            for paper in self.papers:
                file.writestr(zipfile.ZipInfo(paper.name, _LONG_AGO), paper.text, zipfile.ZIP_DEFLATED)
        write_whole(path, packed.getvalue())


def bundled(facts: Mapping[str, Any], files: Iterable[tuple[str, Path]], redaction: Redaction) -> Bundle:
    """`facts` as JSON and the ends of `files`, each by the name it gets; what cannot be read says why it cannot."""
    told = [(name, json.dumps(redaction.value(one), indent=2, ensure_ascii=False)) for name, one in facts.items()]
    read = [(name, redaction.text(_end_of(path))) for name, path in files]
    return Bundle(tuple(Paper(name, text) for name, text in (*told, *read)))


def _end_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            size = file.seek(0, io.SEEK_END)
            file.seek(max(0, size - _LARGEST))
            text = file.read().decode(errors="replace")
    except OSError as reason:
        return f"{reason.strerror}\n"
    whole = text.replace("\r\n", "\n")
    return whole if size <= _LARGEST else whole.partition("\n")[2]
