"""A field that this agent and somebody else changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agent_desktop.sync import reading
from agent_model import moment
from agent_model.command import OpId


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field of one row: its author saw `base` and wanted `mine`, `theirs` stood there at `at`, and `now` today,
    written by `now_by` (None: not known). `id` is the server's; empty while only this workstation's outbox tells of it.
    """

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
    now_by: str | None = None

    def is_same(self, other: "Conflict") -> bool:
        """Whether both are about the same field of the same command."""
        return (self.op_id, self.field) == (other.op_id, other.field)


def conflict_from_plain(plain: Mapping[str, Any]) -> Conflict:
    by = plain.get("now_by")
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
        now_by=None if by is None else reading.text(by),
    )


def conflict_to_plain(conflict: Conflict) -> dict[str, Any]:
    names = ("id", "op_id", "entity", "row_id", "field", "base", "mine", "theirs", "now", "author", "now_by")
    return {name: getattr(conflict, name) for name in names} | {"at": moment.to_text(conflict.at)}
