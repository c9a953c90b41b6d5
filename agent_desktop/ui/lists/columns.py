"""What a list says of a row: its columns, and a line with a cell for each of them."""

from dataclasses import dataclass
from enum import Enum

from agent_desktop.ui.widgets.parts import Tone


class Filtering(Enum):
    """What a column can be narrowed by."""

    NOTHING = "nothing"
    TEXT = "text"
    CHOICE = "choice"
    PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Column:
    """`share` of the width beside the other columns. `sort` is what rows are ordered by, empty where they cannot be;
    `is_grouping` says that rows can be put together by it. `is_fixed` ones are always shown,
    `is_extra` ones only where somebody wants them."""

    key: str
    title: str
    share: int
    sort: str = ""
    is_grouping: bool = False
    is_fixed: bool = False
    is_extra: bool = False
    filtering: Filtering = Filtering.NOTHING


@dataclass(frozen=True, slots=True)
class Cell:
    """`tone` makes a pill of it, `token` is the colour of plain text. `written` is how it stands in a file, where
    "yesterday" would say nothing; `text` where it is empty."""

    text: str
    token: str = "text"
    tone: Tone | None = None
    written: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a list. `key` names what is opened; `is_unsent` says that the server does not have it yet."""

    key: str
    cells: dict[str, Cell]
    is_unsent: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """Stands over the rows of a group."""

    title: str
    count: int
