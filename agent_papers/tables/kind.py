"""What kind of table a file is: by its content, whatever its name."""

from pathlib import Path
from typing import Final

from agent_papers.tables.sheet import BadFile

_OLD_FORM: Final = b"\xd0\xcf\x11\xe0"
_ZIP_FORM: Final = b"PK\x03\x04"


def is_workbook(path: Path) -> bool:
    """Else it is text, if anything. Raises BadFile: old_workbook; OSError."""
    with path.open("rb") as file:
        start = file.read(4)
    if start == _OLD_FORM:
        raise BadFile("old_workbook")
    return start == _ZIP_FORM
