"""One command before the server: who sent it, what stands, what it may come to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from agent_model.clock_watch import Watch
from agent_model.command import Answer, Command
from agent_model.scope import Scope
from agent_server.audit import Act, Deed
from agent_server.changeset import Changeset
from agent_server.scopes import Person


class Refused(Exception):
    """The command changes nothing; `reason` is the code its author is told, `faults` are codes by field."""

    def __init__(self, reason: str, faults: Mapping[str, str] = MappingProxyType({})) -> None:
        super().__init__(reason)
        self.reason = reason
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing is changed, as a value; `faults` are codes by field."""

    reason: str
    faults: Mapping[str, str] = field(default_factory=dict)


def require(refusal: Refusal | None) -> None:
    """Refuses what there is a reason against."""
    if refusal is not None:
        raise Refused(refusal.reason, refusal.faults)


@dataclass(frozen=True, slots=True)
class Author:
    """Who sends commands, from which device, and the slices they may hold."""

    person: Person
    device_id: str
    scopes: frozenset[Scope]
    address: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that somebody else changed since its author looked; the server's value stayed."""

    field: str
    base: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Judgement:
    """An answer, the clashes that are to be kept for a person to resolve, and what stands in the audit trail."""

    answer: Answer
    clashes: tuple[Clash, ...] = ()
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A command with its author, the rows as they stand in its transaction, and the time."""

    command: Command
    author: Author
    changes: Changeset
    watch: Watch

    @property
    def person(self) -> Person:
        return self.author.person

    def act(self, deed: Deed, field: str = "", reason: str = "") -> Act:
        """A line of the audit trail about the command's row."""
        author = self.author
        return Act(deed, author.person.id, self.command.id, field, reason, author.device_id, author.address)

    def require_author(self, named: Any) -> None:
        """Refuses what is signed with somebody else's name."""
        if named != self.person.id:
            raise Refused("not_yours")

    def segment_of_customer(self, customer_id: Any) -> str:
        """The slice of a loaded customer whom the author may see; refuses others."""
        customer = self.changes.get("customer", customer_id) if isinstance(customer_id, str) else None
        if customer is None or not customer.scopes & self.author.scopes:
            raise Refused("unknown_customer")
        return str(customer.segment)
