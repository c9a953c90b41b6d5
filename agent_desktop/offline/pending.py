"""What the agent did and the mirror does not show yet, ordered and found by row."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from agent_model.command import Answer, Command, CommandKind, OpId, Verdict

LARGEST_BATCH: Final = 3 * 2**20
"""Bytes: the server reads 4 MiB at once."""


class State(StrEnum):
    """WAITING to be sent; SETTLED by the server but not yet seen in the mirror; PARKED: the agent must decide."""

    WAITING = "waiting"
    SETTLED = "settled"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class Written:
    """A command as it stands on the disk and goes to the server: `plain` is its JSON."""

    op_id: OpId
    device_seq: int
    plain: str


def first_of(commands: Sequence[Written]) -> list[Written]:
    """As many of them as one request carries, and one at least."""
    sizes = itertools.accumulate(len(command.plain.encode()) for command in commands)
    count = sum(size <= LARGEST_BATCH for size in sizes)
    return list(commands[: max(1, count)])


@dataclass(frozen=True, slots=True)
class Entry:
    """One command with what became of it. `answer` is there once the server has spoken."""

    command: Command
    state: State
    answer: Answer | None

    @property
    def is_contested(self) -> bool:
        """Whether the server took it but for fields that somebody else had changed."""
        return self.answer is not None and self.answer.verdict is Verdict.CONFLICT


class Pending:
    """Waiting and settled entries. Immutable, so that every thread may read the one that is there."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._rows: dict[str, dict[str, list[Entry]]] = {}
        self._of_customer: dict[tuple[str, object], dict[str, None]] = {}
        for entry in entries:
            command = entry.command
            self._rows.setdefault(command.entity, {}).setdefault(command.id, []).append(entry)
            if "customer_id" in command.fields:
                key = (command.entity, command.fields["customer_id"].new)
                self._of_customer.setdefault(key, {})[command.id] = None

    def of_row(self, entity: str, id_: str) -> tuple[Entry, ...]:
        """What is pending about one row, in the order it was done."""
        return tuple(self._rows.get(entity, {}).get(id_, ()))

    def rows(self, entity: str) -> Iterator[str]:
        """The ids of this noun's rows about which something is pending."""
        return iter(self._rows.get(entity, ()))

    def rows_that_set(self, entity: str, *fields: str) -> Iterator[str]:
        """Those of them of which one of these fields is set or changed."""
        return (
            id_
            for id_, entries in self._rows.get(entity, {}).items()
            if any(field in entry.command.fields for entry in entries for field in fields)
        )

    def rows_changing(self, entity: str, field: str) -> Iterator[str]:
        """Those of them that are not new and of which this field is changed."""
        return (
            id_
            for id_, entries in self._rows.get(entity, {}).items()
            if entries[0].command.kind is not CommandKind.CREATE
            and any(field in entry.command.fields for entry in entries)
        )

    def rows_of(self, entity: str, customer: str) -> Iterator[str]:
        """Those of them that a pending command gives to this customer."""
        return iter(self._of_customer.get((entity, customer), ()))

    def is_waiting(self, ids: Iterable[str]) -> bool:
        """Whether anything about these rows, or about rows of these customers, has still to be sent."""
        wanted = set(ids)
        return any(
            entry.state is State.WAITING and (entry.command.id in wanted or _customer_of(entry) in wanted)
            for rows in self._rows.values()
            for entries in rows.values()
            for entry in entries
        )


def _customer_of(entry: Entry) -> object:
    change = entry.command.fields.get("customer_id")
    return None if change is None else change.new
