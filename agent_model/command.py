"""What a workstation asks the server to do: one user action, applied exactly once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, NewType

OpId = NewType("OpId", str)

COMMAND_SCHEMA: Final = 1
"""Counts up when the meaning of a command's fields changes; what is only added needs no new version."""


class CommandKind(StrEnum):
    """CREATE makes a row with a client-made id; UPDATE changes fields (three-way); APPEND never conflicts; REVEAL
    changes nothing and says that the author looked at a masked field, and why: `{"revealed": [field, reason]}`."""

    CREATE = "create"
    UPDATE = "update"
    APPEND = "append"
    REVEAL = "reveal"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field as the agent saw it and as they want it."""

    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Command:
    """One pending action. `op_id` is a UUIDv7; `device_seq` counts up per device and fixes the order of applying.

    `base_version` is the row's version when the agent looked at it (0 for CREATE); `depends_on` names the op that
    must have been applied first. `author` is the agent's id: a command is never sent as somebody else. `schema` is the
    version of commands it was written in.
    """

    op_id: OpId
    device_seq: int
    entity: str
    id: str
    kind: CommandKind
    base_version: int
    fields: Mapping[str, FieldChange]
    occurred_at: datetime
    author: str
    depends_on: OpId | None = None
    schema: int = COMMAND_SCHEMA


class Verdict(StrEnum):
    """The server's answer to one command."""

    APPLIED = "applied"
    DUPLICATE = "duplicate"
    MERGED = "merged"
    CONFLICT = "conflict"
    REJECTED = "rejected"

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left for the agent to decide."""
        return self in (Verdict.APPLIED, Verdict.DUPLICATE, Verdict.MERGED)


@dataclass(frozen=True, slots=True)
class Answer:
    """One verdict. `reason` is a code for REJECTED (`unknown_field`, `not_allowed`, `illegal_status`, ...);
    `changed` holds what the server decided itself, e.g. the ticket's number; `faults`, with `bad_details`, why fields
    of its form do not do."""

    op_id: OpId
    verdict: Verdict
    version: int = 0
    reason: str | None = None
    changed: Mapping[str, Any] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
