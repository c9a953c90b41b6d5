"""A table that somebody imports: how it is to be read, what is done with it, how far that came (docs/import.md)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

LEFT_OUT: Final = "-"
"""What a column means that is not imported."""


class ImportStep(StrEnum):
    LOOK = "look"
    TRY = "try"
    RUN = "run"


class ImportState(StrEnum):
    """Of one step of one table."""

    WORKING = "working"
    DONE = "done"
    REFUSED = "refused"
    STOPPED = "stopped"
    CUT_OFF = "cut_off"


@dataclass(frozen=True, slots=True)
class ImportWishes:
    """What somebody said about a file. `columns`: heading to field, or LEFT_OUT; `constants`: field to what every row
    says. What is None is found out."""

    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    heading_row: int | None = None

    def over(self, others: "ImportWishes") -> "ImportWishes":
        """These, and of the others what these do not say."""
        said = {name: getattr(self, name) for name in ("encoding", "delimiter", "sheet", "heading_row")}
        return ImportWishes(
            {**others.columns, **self.columns},
            {**others.constants, **self.constants},
            **{name: getattr(others, name) if value is None else value for name, value in said.items()},
        )

    def to_plain(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True, slots=True)
class ImportTally:
    """Rows read so far of about `of`, and what became (or would become) of them."""

    of: int = 0
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    bad: int = 0
