"""Who an agent talks with now, as those are told who lead the agent."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CurrentCaller:
    """`number` is masked, `queue` empty for a call of no queue; `since` None: the agent talks with nobody."""

    agent: str
    number: str = ""
    queue: str = ""
    since: datetime | None = None
    is_held: bool = False
