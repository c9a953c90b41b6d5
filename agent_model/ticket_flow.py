"""The flow of a kind of ticket, as data: its states, the moves between them, and which of these want a reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from agent_model.ticket import TicketStatus, TicketType

LONGEST_REASON: Final = 1000


@dataclass(frozen=True, slots=True)
class Move:
    before: TicketStatus
    after: TicketStatus
    needs_reason: bool = False


@dataclass(frozen=True, slots=True)
class TicketFlow:
    """What tickets of a type go through. `first` are the states one may be filed in; the id is the type's name."""

    id: str
    type: TicketType
    states: tuple[TicketStatus, ...]
    first: tuple[TicketStatus, ...]
    moves: tuple[Move, ...]
    version: int = 0

    def moves_from(self, status: TicketStatus) -> tuple[Move, ...]:
        return tuple(move for move in self.moves if move.before is status)

    def move(self, before: TicketStatus, after: TicketStatus) -> Move | None:
        """None where the flow has no such move."""
        return next((move for move in self.moves_from(before) if move.after is after), None)


class FlowFault(StrEnum):
    UNKNOWN_STATE = "unknown_state"
    """A move or a first state names one that the flow does not have."""
    NO_FIRST = "no_first"
    NEVER_REACHED = "never_reached"
    DEAD_END = "dead_end"
    """From here no move leads to closed."""
    NOT_CLOSED = "not_closed"
    """Closed is not among the states, or something leads out of it."""
    TWICE = "twice"


def _shipped(type_: TicketType) -> TicketFlow:
    new, going, waiting, done, closed = TicketStatus
    moves = {new: (going, waiting, done), going: (waiting, done), waiting: (going, done), done: (going, closed)}
    every = tuple(Move(before, after) for before, afters in moves.items() for after in afters)
    return TicketFlow(type_.value, type_, tuple(TicketStatus), (new, going, waiting, done), every)


SHIPPED: Final[Mapping[TicketType, TicketFlow]] = {type_: _shipped(type_) for type_ in TicketType}
"""What holds for a type that the company says nothing of."""


def faults(flow: TicketFlow) -> tuple[FlowFault, ...]:
    """What keeps it from being a flow; empty when it is one."""
    states, closed = set(flow.states), TicketStatus.CLOSED
    named = {*flow.first, *(one for move in flow.moves for one in (move.before, move.after))}
    ways = [(move.before, move.after) for move in flow.moves]
    found = {
        FlowFault.UNKNOWN_STATE: not named <= states,
        FlowFault.NO_FIRST: not flow.first or closed in flow.first,
        FlowFault.NEVER_REACHED: _reached(flow.first, ways) != states,
        FlowFault.DEAD_END: _reached((closed,), [(after, before) for before, after in ways]) != states,
        FlowFault.NOT_CLOSED: closed not in states or bool(flow.moves_from(closed)),
        FlowFault.TWICE: len(set(ways)) < len(ways) or len(states) < len(flow.states),
    }
    return tuple(fault for fault, is_so in found.items() if is_so)


def _reached(start: Iterable[TicketStatus], ways: Iterable[tuple[TicketStatus, TicketStatus]]) -> set[TicketStatus]:
    every, reached = list(ways), set(start)
    while more := {after for before, after in every if before in reached} - reached:
        reached |= more
    return reached
