"""What a ticket went through, as the server tells it; what was read last is kept for when it does not answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

import orjson

from agent_model.body import from_body, to_body
from agent_model.row_change import RowChange
from agent_model.row_change import RowHistory as Page
from agent_model.ticket import TicketId

MOST_KEPT: Final = 30


@dataclass(frozen=True, slots=True)
class Trail:
    """The newest first, as it was read at `read_at`; `next` is where the page before goes on."""

    changes: tuple[RowChange, ...]
    read_at: datetime
    next: int | None = None


class Shelf(Protocol):
    def load(self) -> bytes | None: ...

    def keep(self, index: bytes) -> None: ...


class TicketTrail:
    """`ask` is the server's word on a row; `is_here` whether this workstation still holds a ticket."""

    def __init__(
        self,
        ask: Callable[[str, str, int | None], Page],
        shelf: Shelf,
        is_here: Callable[[TicketId], bool],
        clock: Callable[[], datetime],
    ) -> None:
        self._ask = ask
        self._shelf = shelf
        self._is_here = is_here
        self._clock = clock

    def read(self, ticket_id: TicketId, before: int | None = None) -> Trail:
        """From the server: the newest page, or the one that goes on below `before`. Raises ServerError."""
        page = self._ask("ticket", ticket_id, before)
        return Trail(page.changes, self._clock(), page.next)

    def keep(self, ticket_id: TicketId, trail: Trail) -> None:
        """Of tickets that are no longer here nothing stays. Raises StoreError."""
        kept = {id_: told for id_, told in self._kept().items() if id_ != ticket_id and self._is_here(TicketId(id_))}
        newest = [*kept.items(), (ticket_id, to_body(trail))][-MOST_KEPT:]
        self._shelf.keep(orjson.dumps(dict(newest)))

    def kept(self, ticket_id: TicketId) -> Trail | None:
        """What was read last. Raises StoreError."""
        told = self._kept().get(ticket_id)
        return None if told is None or not self._is_here(ticket_id) else from_body(Trail, "", 0, told)

    def _kept(self) -> dict[str, Any]:
        content = self._shelf.load()
        return {} if content is None else dict(orjson.loads(content))
