"""An agent who asks their lead for help, and who comes."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class HelpCall:
    """`since` None: no longer; `by` is who has said that they come."""

    agent: str
    since: datetime | None = None
    by: str = ""
