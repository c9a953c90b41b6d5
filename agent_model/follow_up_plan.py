"""What is done when nobody answers: how often it is tried again, after how long, and within which hours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from agent_model.calendar import Calendar, Opening
from agent_model.calendar_time import DAYS_A_WEEK, BadCalendar, Timetable
from agent_model.follow_up import FollowUpKind
from agent_model.words import Words

MOST_ATTEMPTS: Final = 20
LONGEST_WAIT_MIN: Final = 30 * 24 * 60


@dataclass(frozen=True, slots=True)
class FollowUpPlan:
    """For one kind, whose value is its `id`. After an attempt in vain the next is `spacing_min` later (its last value
    for all that follow), moved into `hours` of the customer's zone, or of `zone` where that is not known."""

    id: str
    attempts: int
    spacing_min: tuple[int, ...]
    hours: tuple[Opening, ...]
    zone: str = "Asia/Shanghai"
    changed_by: str | None = None
    changed_at: datetime | None = None
    version: int = 0

    def next_attempt(self, after: datetime, in_vain: int, zone: str | None) -> datetime:
        """When to try again after `in_vain` attempts (one or more), the last at `after`. Raises BadCalendar."""
        wait = timedelta(minutes=self.spacing_min[min(in_vain, len(self.spacing_min)) - 1])
        return self.timetable(zone).first_open(after + wait)

    def is_within_hours(self, moment: datetime, zone: str | None) -> bool:
        """Raises BadCalendar."""
        return self.timetable(zone).is_open(moment)

    def timetable(self, zone: str | None) -> Timetable:
        """A zone nobody knows counts as none. Raises BadCalendar."""
        try:
            return self._timetable(zone or self.zone)
        except BadCalendar:
            return self._timetable(self.zone)

    def _timetable(self, zone: str) -> Timetable:
        return Timetable(Calendar(self.id, Words(self.id, self.id), zone, (self.hours,) * DAYS_A_WEEK))


DAY_HOURS: Final = (Opening("09:00", "20:00"),)
SHIPPED: Final[Mapping[FollowUpKind, FollowUpPlan]] = {
    FollowUpKind.CALLBACK: FollowUpPlan("callback", 3, (30, 120), DAY_HOURS),
    FollowUpKind.RETURN_VISIT: FollowUpPlan("return_visit", 3, (120, 24 * 60), DAY_HOURS),
    FollowUpKind.APPOINTMENT: FollowUpPlan("appointment", 3, (10, 60), DAY_HOURS),
    FollowUpKind.VISIT_TASK: FollowUpPlan("visit_task", 2, (24 * 60,), DAY_HOURS),
}
"""In force until the company puts its own in their place."""


def is_plan(plan: FollowUpPlan) -> bool:
    """Whether it can be followed."""
    if plan.id not in set(FollowUpKind) or not 1 <= plan.attempts <= MOST_ATTEMPTS:
        return False
    if not plan.spacing_min or not all(1 <= wait <= LONGEST_WAIT_MIN for wait in plan.spacing_min):
        return False
    try:
        plan.timetable(None)
    except BadCalendar:
        return False
    return True
