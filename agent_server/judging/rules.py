"""The ground of every noun's rules: what is not said otherwise is allowed to whom `rights` allows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from agent_model.command import Command
from agent_server.audit import Act
from agent_server.changeset import Changeset
from agent_server.judging.case import Case
from agent_server.rows import Stored


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the server adds to the author's fields and tells them, the slice the row is in, and lines of the audit."""

    decided: Mapping[str, Any] = field(default_factory=dict)
    segment: str | None = None
    acts: tuple[Act, ...] = ()
    moved: frozenset[str] = frozenset()
    """Of what is decided, the fields that were the author's doing all the same."""


class Rules:
    """What one noun allows. Every method may raise Refused, and may load and put other rows of `case.changes`.

    Bodies have been checked against their noun before they come here.
    """

    sets: frozenset[str] = frozenset()
    """Fields that several people may add to and take from at once: nobody's change undoes another's."""
    followers: Mapping[str, str] = MappingProxyType({})
    """Fields that go where another goes: taken with it, and else not."""

    async def load(self, commands: Sequence[Command], changes: Changeset) -> None:
        """Bring in, for a batch at once, what judging these commands of the noun needs beside their own rows."""

    def is_made(self, case: Case, row: Stored) -> bool:
        """Whether the row that is there already is what the command makes, so that nothing changes."""
        return False

    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        """A new row."""
        return Outcome()

    def check_fields(self, case: Case, row: Stored) -> None:
        """Whether the author may change these fields of this row at all, before they are merged."""

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        """Changed fields: `row` is from before, `taken` what was taken of the command (not empty), `body` what becomes
        of it. The outcome's segment is the row's from now on."""
        return Outcome(segment=row.segment)

    def is_there(self, case: Case, row: Stored) -> bool:
        """Whether what is to be appended stands in the row already, so that nothing changes."""
        return False

    async def append(self, case: Case, row: Stored, body: Mapping[str, Any]) -> Outcome:
        """A line added to each field the command names; `body` has them. The row stays in its slice."""
        return Outcome()
