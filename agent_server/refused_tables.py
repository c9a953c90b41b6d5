"""Tables that a command line is given and cannot read: why, and what to do, in a sentence."""

from pathlib import Path
from typing import Final

from agent_papers.paper import BadPaper, PaperWrong
from agent_server.console import EXIT_REFUSED, say

_WRONG: Final = {
    PaperWrong.UNKNOWN_KIND: "is an old workbook (XLS) or one with a password: save it as XLSX",
    PaperWrong.TOO_LARGE: "is too large: part it",
    PaperWrong.TOO_MUCH: "is too large: part it",
    PaperWrong.NOT_TEXT: "is no table: save it as XLSX or as CSV UTF-8",
    PaperWrong.UNKNOWN_ENCODING: "is in no encoding that is read here: save it as CSV UTF-8",
    PaperWrong.HOSTILE: "is not read: it is built to harm who opens it",
    PaperWrong.EMPTY: "is empty",
    PaperWrong.NO_COLUMNS: "lacks the columns {columns}",
    PaperWrong.TOO_MANY_FILES: "has too many rows: part it",
}
_DAMAGED: Final = "is damaged: open it in its own program and save it again"


def refuse_table(file: Path, error: BadPaper | OSError, columns: str) -> int:
    """Says it; the exit code. `columns`: those that such a table must have."""
    if isinstance(error, OSError):
        return say(EXIT_REFUSED, f"{file} cannot be read: {error.strerror}")
    return say(EXIT_REFUSED, f"{file} {_WRONG.get(error.wrong, _DAMAGED).format(columns=columns)}")
