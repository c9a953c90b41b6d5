"""Whether the exchange is as an agent wants it, as the server heard it last."""

from dataclasses import dataclass
from enum import StrEnum


class Agreement(StrEnum):
    """Whether the exchange is as an agent wants it."""

    KEPT = "kept"
    DIFFERS = "differs"
    """It is being mended."""
    FLAGGED = "flagged"
    """It could not be mended; it is tried again all the same."""
    UNKNOWN = "unknown"
    """The exchange cannot be reached."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What the exchange says of an agent, beside what is wanted. `is_reachable`: it has the agent's telephone. `why`
    is one of: no_such_extension, no_such_queue, no_such_call, not_reachable, busy, not_allowed, not_possible;
    taken (another agent has signed in at that telephone since), or empty."""

    agent: str
    agreement: Agreement
    is_reachable: bool
    why: str = ""
