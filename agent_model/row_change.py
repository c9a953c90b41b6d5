"""One field of a row that somebody changed, as the server remembers it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

MADE: Final = ""
"""The field of an entry that says the row was made, or came here."""
IMPORTED: Final = "import"


@dataclass(frozen=True, slots=True)
class RowChange:
    """`who` is an agent's id, IMPORTED, or empty for the server itself; `done_at` is when it was done at the
    workstation. Of a list that grew, `new` is only what was added."""

    version: int
    field: str
    old: Any
    new: Any
    who: str
    at: datetime
    done_at: datetime


@dataclass(frozen=True, slots=True)
class RowHistory:
    """A page, the newest first; `next` asks for the one before it, None when this is the last."""

    changes: tuple[RowChange, ...]
    next: int | None = None
