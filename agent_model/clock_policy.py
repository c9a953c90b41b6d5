"""The service-level policy: which promise is made for which ticket, on which calendar, and what is done on the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, NewType

from agent_model.calendar import ALWAYS, Calendar, Holidays
from agent_model.clock import Measure, Step, StepKind
from agent_model.customer import Tier
from agent_model.ticket import Priority, TicketStatus, TicketType

PolicyId = NewType("PolicyId", str)


@dataclass(frozen=True, slots=True)
class Target:
    """`minutes` of working time on a calendar, for tickets of these types, tiers and priorities (none named: of all).
    The clock stands still while the ticket is in one of `pauses_while`.

    A regulator's is until the end of the so-manieth of the calendar's `days` after the day on which the complaint came
    in, for complaints from these `sources`.
    """

    measure: Measure
    minutes: int
    calendar: str
    types: tuple[TicketType, ...] = ()
    tiers: tuple[Tier, ...] = ()
    priorities: tuple[Priority, ...] = ()
    steps: tuple[Step, ...] = ()
    pauses_while: tuple[TicketStatus, ...] = (TicketStatus.WAITING_CUSTOMER,)
    days: int = 0
    sources: tuple[str, ...] = ()

    def fits(self, kind: TicketType, tier: Tier | None, priority: Priority, source: str | None) -> bool:
        return (
            (not self.types or kind in self.types)
            and (source in self.sources if self.measure is Measure.REGULATOR else not self.sources)
            and (not self.tiers or tier in self.tiers)
            and (not self.priorities or priority in self.priorities)
        )


@dataclass(frozen=True, slots=True)
class SlaPolicy:
    """One version of all that is promised, with the calendars and holidays as they were known then. It never changes:
    another policy is another version, and tickets keep theirs. Of the targets of a measure the first that fits counts.
    """

    id: PolicyId
    since: datetime
    targets: tuple[Target, ...]
    calendars: tuple[Calendar, ...]
    holidays: tuple[Holidays, ...] = ()

    def target(
        self, measure: Measure, kind: TicketType, tier: Tier | None, priority: Priority, source: str | None = None
    ) -> int | None:
        """The index of the target that counts; None: nothing is promised."""
        fitting = (
            number
            for number, target in enumerate(self.targets)
            if target.measure is measure and target.fits(kind, tier, priority, source)
        )
        return next(fitting, None)


WARNS: Final = (Step(StepKind.WARN, 80), Step(StepKind.ESCALATE, 100), Step(StepKind.REPORT, 200))
COMPLAINT_HOURS: Final = 48
ANSWER_HOURS: Final = 24
HOURS: Final[Mapping[Priority, int]] = {Priority.URGENT: 4, Priority.HIGH: 8, Priority.NORMAL: 24, Priority.LOW: 72}


def _default_targets() -> tuple[Target, ...]:
    """R12: complaints in 48 h, everything answered within 24 h, around the clock."""
    complaint = Target(Measure.RESOLUTION, COMPLAINT_HOURS * 60, ALWAYS.id, types=(TicketType.COMPLAINT,), steps=WARNS)
    others = (
        Target(Measure.RESOLUTION, hours * 60, ALWAYS.id, priorities=(priority,), steps=WARNS)
        for priority, hours in HOURS.items()
    )
    return (complaint, *others, Target(Measure.FIRST_RESPONSE, ANSWER_HOURS * 60, ALWAYS.id))


DEFAULT_POLICY: Final = SlaPolicy(
    PolicyId("default"), datetime(2026, 1, 1, tzinfo=UTC), _default_targets(), calendars=(ALWAYS,)
)
"""What holds where a site has decided nothing."""
