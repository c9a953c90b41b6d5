"""What becomes of a wish of somebody about their data: to be erased, or to have a copy (docs/privacy.md)."""

from datetime import timedelta
from enum import StrEnum
from typing import Final

COPY_KEPT_FOR: Final = timedelta(days=7)
"""How long after its approval a copy can be fetched."""


class WishState(StrEnum):
    """Somebody else than who asked declines or approves. What is to be erased then goes through the others: `rows`,
    nothing of the person is in a noun any more; `traces`, nor in logs, files, snapshots; `partly`, until what a duty
    keeps may go, too."""

    ASKED = "asked"
    DECLINED = "declined"
    APPROVED = "approved"
    ROWS = "rows"
    TRACES = "traces"
    PARTLY = "partly"
    DONE = "done"


UNDER_WAY: Final = (WishState.APPROVED, WishState.ROWS, WishState.TRACES)
"""An erasure is being carried out."""
