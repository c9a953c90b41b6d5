"""Reads synonyms.txt of a company's folder, one set of words a line; from then on they are changed at a workstation.

Words are parted by commas (，、, too); what follows a # is the note of the set.
"""

import hashlib
import re
from pathlib import Path
from typing import Final

from agent_model.body import to_body
from agent_model.synonym import Synonym, faults, folded
from agent_server.importing.company_folder import BadSource, Told

FILE: Final = "synonyms.txt"
_BETWEEN: Final = re.compile(r"[,，、]")
_ID_DIGITS: Final = 16


def synonyms(folder: Path) -> list[Told]:
    """Raises BadSource."""
    path = folder / FILE
    if not path.is_file():
        return []
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise BadSource(FILE, str(error)) from error
    rows = [_told(number, line) for number, line in enumerate(lines, 1) if line.partition("#")[0].strip()]
    return list({row.id: row for row in rows}.values())


def _told(number: int, line: str) -> Told:
    listed, _, note = line.partition("#")
    words = tuple(dict.fromkeys(word.strip() for word in _BETWEEN.split(listed) if word.strip()))
    synonym = Synonym(_id_of(words[0] if words else ""), words, note.strip())
    if found := faults(synonym):
        raise BadSource(f"{FILE}:{number}", ", ".join(f"{fault.field}: {fault.wrong}" for fault in found))
    return Told(FILE, "synonym", synonym.id, to_body(synonym))


def _id_of(first: str) -> str:
    """The same set, with words added to it, is the same row."""
    return f"synonym-{hashlib.sha256(folded(first).encode()).hexdigest()[:_ID_DIGITS]}"
