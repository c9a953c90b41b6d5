"""What the processes of one server tell each other. Any of it may be lost: the database knows, and is asked again."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

Notice = Mapping[str, Any]
"""`kind` says what it is about; the JSON of one stays below `LARGEST_NOTICE`."""

LARGEST_NOTICE = 7000
"""Bytes: PostgreSQL carries less than 8000."""


class Ears(Protocol):
    """What a process does with what it is told."""

    def heard(self, notice: Notice, process: str) -> None:
        """Something that a process said; its own words come back to it at once."""

    def missed(self) -> None:
        """Something may have been said that was not heard."""


class Broker(Protocol):
    """Carries notices to every server process behind the database, this one included."""

    @property
    def leads(self) -> bool:
        """Whether this process does what only one of them may do."""

    def open(self, ears: Ears) -> None: ...

    async def close(self) -> None: ...

    def publish(self, notice: Notice) -> None:
        """Returns at once and never fails."""


class InProcessBroker:
    """The broker of a server that is one process."""

    def __init__(self, process: str) -> None:
        self._process = process
        self._hear: Callable[[Notice, str], None] = _nobody

    @property
    def leads(self) -> bool:
        return True

    def open(self, ears: Ears) -> None:
        self._hear = ears.heard

    async def close(self) -> None:
        self._hear = _nobody

    def publish(self, notice: Notice) -> None:
        self._hear(notice, self._process)


def _nobody(_notice: Notice, _process: str) -> None:
    """Before it is opened nobody listens."""
