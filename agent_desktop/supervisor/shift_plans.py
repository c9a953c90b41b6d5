"""Plans of shifts from a table: what would come of it is asked of the server first, then it is brought in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from agent_model.shift_plan import PlansTaken, Shift
from agent_papers.shift_table import LineFault, ShiftTable

AT_ONCE: Final = 1_000
"""Days of agents that are said together; they are few enough for a slow line."""


class Server(Protocol):
    """See `sync.client.SyncClient`."""

    def plan_shifts(self, shifts: Sequence[Shift], *, is_tried: bool) -> PlansTaken: ...


@dataclass(frozen=True, slots=True)
class Planned:
    """What came of a table, or would. `faults` are of lines, whose days stay as they were."""

    new: int
    changed: int
    same: int
    cleared: int
    faults: tuple[LineFault, ...]

    def with_more(self, taken: PlansTaken) -> "Planned":
        """With the counts of another part of the table."""
        return replace(
            self,
            new=self.new + taken.new,
            changed=self.changed + taken.changed,
            same=self.same + taken.same,
            cleared=self.cleared + taken.cleared,
        )

    @property
    def is_something(self) -> bool:
        return self.new + self.changed + self.cleared > 0


class ShiftPlans:
    def __init__(self, server: Server) -> None:
        self._server = server

    def tried(self, table: ShiftTable) -> Planned:
        """Nothing is written. Raises ServerUnreachable, ServerRefused."""
        return self._told(table, is_tried=True)

    def bring_in(self, table: ShiftTable) -> Planned:
        """As `tried`, in earnest. What is in stays where the server is lost on the way; the same again is harmless."""
        return self._told(table, is_tried=False)

    def _told(self, table: ShiftTable, *, is_tried: bool) -> Planned:
        told = Planned(0, 0, 0, 0, ())
        faults = list(table.faults)
        for start in range(0, len(table.shifts), AT_ONCE):
            some = table.shifts[start : start + AT_ONCE]
            taken = self._server.plan_shifts([one.shift for one in some], is_tried=is_tried)
            told = told.with_more(taken)
            faults += [LineFault(some[one.nth].number, one.code, some[one.nth].shift.agent) for one in taken.refused]
        return replace(told, faults=tuple(sorted(faults, key=lambda one: one.number)))
