"""A view of a list that a team's lead keeps for everybody in the team."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NewType

ListViewId = NewType("ListViewId", str)


@dataclass(frozen=True, slots=True)
class ListView:
    """`query` is what the workstation asks its list, in its own words; `columns` from left to right. One that was
    dropped stays, so that a workstation that was away learns of it."""

    id: ListViewId
    list: str
    name: str
    team: str
    query: Mapping[str, Any]
    columns: tuple[str, ...]
    made_by: str
    made_at: datetime
    is_dropped: bool = False
    version: int = 0
