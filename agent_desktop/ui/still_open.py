"""What somebody has begun and not brought to its end, as it is named when their shift begins and when they sign off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication

from agent_desktop.ui.rooms import Rooms

MOST: Final = 200
translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class StillOpen:
    """`tickets` that are written and not filed, `calls` that are not wrapped up, `callbacks` that are due."""

    tickets: int = 0
    calls: int = 0
    callbacks: int = 0

    @property
    def lines(self) -> Sequence[str]:
        """What there is of it, in words."""
        said = (
            (self.tickets, translate("still_open", "Tickets that are not filed: {count}")),
            (self.calls, translate("still_open", "Calls that are not wrapped up: {count}")),
            (self.callbacks, translate("still_open", "Callbacks and return visits that are due: {count}")),
        )
        return [words.format(count=count) for count, words in said if count]


def still_open(rooms: Rooms, now: datetime) -> StillOpen:
    """In the lane of the store. What somebody took is theirs, what is for the team is not. Raises StoreError."""
    due = (one for one in rooms.follow_ups.due(MOST) if one.owner == rooms.agent.id and one.wanted_at <= now)
    return StillOpen(len(rooms.drafts.all()), len(rooms.wrap_ups.all()), sum(1 for _ in due))
