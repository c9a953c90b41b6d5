"""What leaves the house in a file: a list, a printed ticket, an attachment; asked for where it needs an approval."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

ExportId = NewType("ExportId", str)


class ExportKind(StrEnum):
    LIST = "list"
    PRINT = "print"
    ATTACHMENT = "attachment"


class ExportState(StrEnum):
    """DONE: the file was written; the others are on the way to it where somebody has to approve."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Export:
    """`subject` is the list's name, or the id of the ticket; `what` says in words which part of it. `rows` are those
    written, or asked for. The server says whose team is to approve (`team`, None where nobody has to), who decided,
    and with `is_allowed` whether a file that was written without it should have been."""

    id: ExportId
    kind: ExportKind
    subject: str
    what: str
    rows: int
    asked_by: str
    asked_at: datetime
    state: ExportState = ExportState.DONE
    reason: str | None = None
    words: str | None = None
    team: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    is_allowed: bool = True
    version: int = 0
