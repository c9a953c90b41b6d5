"""A row of the company while somebody writes it whole in a form."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, Final, Generic, TypeVar, cast

SIGNED: Final = ("version", "changed_by", "changed_at")
"""What the server says of a row."""
RowT = TypeVar("RowT")


class NotWhole(Exception):
    """`faults` say what is wrong with the row; nothing was sent."""

    def __init__(self, faults: Collection[Any]) -> None:
        super().__init__(faults)
        self.faults: Any = faults


@dataclass(frozen=True, slots=True)
class RowDraft(Generic[RowT]):
    """`seen` is the row it was before, None where it is new."""

    row: RowT
    seen: RowT | None


def written_over(earlier: RowT, now: RowT) -> RowT:
    """What an earlier version said, as a change of the row as it is now."""
    signed = {name: getattr(now, name) for name in SIGNED}
    return cast("RowT", replace(cast("Any", earlier), **signed))
