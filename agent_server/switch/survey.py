"""What an exchange has and lets be done, found once, for whoever sets it up."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Survey:
    """`lacks` are what its user may not ask, each with the right that is missing. `queues` and `telephones` have the
    exchange's own names; `registered` are the telephones that can be reached now."""

    version: str
    lacks: tuple[tuple[str, str], ...]
    queues: frozenset[str]
    telephones: frozenset[str]
    registered: frozenset[str]
