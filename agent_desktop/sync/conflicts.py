"""Fields that this agent and somebody else changed: listed with all texts, and decided by a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from agent_desktop.offline.outbox import Outbox
from agent_desktop.sync import reading
from agent_desktop.sync.client import ServerClient
from agent_model import moment
from agent_model.command import OpId

MOST_PAGES: Final = 50


class Take(StrEnum):
    """Which text stands: the author's, the one on the server, or a third."""

    MINE = "mine"
    THEIRS = "theirs"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field of one row: its author saw `base` and wanted `mine`, `theirs` stood there at `at`, and `now` today."""

    id: str
    op_id: OpId
    entity: str
    row_id: str
    field: str
    base: Any
    mine: Any
    theirs: Any
    now: Any
    author: str
    at: datetime


class Conflicts:
    """Asks the server: every method raises ServerUnreachable, ServerRefused or AnswerGarbled.

    The author's command stays in the outbox, whole, until each of its fields is decided.
    """

    def __init__(self, client: ServerClient, outbox: Outbox) -> None:
        self._client = client
        self._outbox = outbox

    def open(self) -> tuple[Conflict, ...]:
        """What this agent has to decide, for a lead that of the team as well; the oldest first."""
        found: list[Conflict] = []
        after: str | None = ""
        for _ in range(MOST_PAGES):
            page, after = self._client.conflicts(after or "", conflict_from_plain)
            found += page
            if after is None:
                break
        return tuple(found)

    def resolve(self, conflict: Conflict, take: Take, text: Any = None) -> None:
        """Raises ServerRefused with `row_moved` when the field changed since the list was read (read it again),
        `already_resolved`, or `not_possible` when the text does not fit the field. Nothing is lost then."""
        decision: dict[str, Any] = {"take": take.value, "seen": conflict.now}
        if take is Take.OTHER:
            decision["value"] = text
        self._client.resolve(conflict.id, decision)
        if all(other.op_id != conflict.op_id for other in self.open()):
            self._outbox.forget([conflict.op_id])


def conflict_from_plain(plain: Mapping[str, Any]) -> Conflict:
    return Conflict(
        id=reading.text(plain["id"]),
        op_id=OpId(reading.text(plain["op_id"])),
        entity=reading.text(plain["entity"]),
        row_id=reading.text(plain["row_id"]),
        field=reading.text(plain["field"]),
        base=plain["base"],
        mine=plain["mine"],
        theirs=plain["theirs"],
        now=plain["now"],
        author=reading.text(plain["author"]),
        at=moment.from_text(plain["at"]),
    )
