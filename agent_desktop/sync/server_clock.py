"""What time it is for the server, also while it is away: this computer's clock, put right by how far apart the two
stood when they last met."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from agent_desktop.offline.kept import Kept
from agent_model.moment import from_text

AHEAD: Final = "server ahead"
"""Where it is kept, in seconds."""
ON_THE_WAY: Final = timedelta(seconds=5)
"""An answer takes its time: clocks this near are the same."""


class ServerClock:
    """`met` raises DiskFull, OutboxDamaged or StoreBusy where they stand otherwise than before."""

    def __init__(self, kept: Kept, clock: Callable[[], datetime]) -> None:
        self._kept = kept
        self._clock = clock
        self._ahead = _read(kept.read(AHEAD))

    def met(self, server_time: str) -> None:
        """The server has just said so; what is no moment is passed over."""
        try:
            ahead = from_text(server_time) - self._clock()
        except (ValueError, OverflowError):
            return
        ahead = ahead if abs(ahead) > ON_THE_WAY else timedelta(0)
        if abs(ahead - self._ahead) > ON_THE_WAY:
            self._ahead = ahead
            self._kept.keep(AHEAD, str(ahead.total_seconds()))

    def of_server(self, at: datetime) -> datetime:
        """What the server's clock showed when this computer's showed that."""
        return at + self._ahead


def _read(kept: str) -> timedelta:
    try:
        return timedelta(seconds=float(kept))
    except (ValueError, OverflowError):
        return timedelta(0)
