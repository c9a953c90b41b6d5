"""Calls of which the server has recordings, as they are looked for: by when, whose, which queue, how long."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

PAGE: Final = 100
"""So many are told at once."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Which recorded calls; empty fields narrow nothing. `before` is the last of those told already, as `place`."""

    since: datetime | None = None
    until: datetime | None = None
    agent: str = ""
    queue: str = ""
    at_least_s: int = 0
    before: str = ""


@dataclass(frozen=True, slots=True)
class RecordedCall:
    """`contact` is its line of the timeline, `customer_name` as who asks may see it. `recordings` are how many pieces
    there are of it, `arrived` how many percent of them are at the server."""

    contact: str
    customer: str
    customer_name: str
    kind: str
    at: datetime
    agent: str
    queue: str | None
    wrap_up_code: str | None
    duration_s: int | None
    recordings: int
    arrived: int
    place: str


@dataclass(frozen=True, slots=True)
class RecordedCalls:
    """The latest first."""

    calls: tuple[RecordedCall, ...] = ()
    has_more: bool = False
