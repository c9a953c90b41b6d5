"""What is not yet known of a customer and worth asking: one thing at a time, and not again for a while once put off."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import orjson

from agent_desktop.customers.edits import LIMIT, Fault, NotComplete, is_address
from agent_desktop.customers.follow_ups import FollowUps, Promise
from agent_desktop.offline.kept import Kept
from agent_desktop.offline.view import View
from agent_model import moment
from agent_model.command import CommandKind, FieldChange
from agent_model.customer import Customer
from agent_model.follow_up import FollowUpKind
from agent_model.plain_line import plain_line

ASKABLE: Final = ("email", "company", "region")
"""Fields that can be asked for; each is a text that may be missing."""
MOST_KEPT: Final = 1000
NEXT_VISIT: Final = timedelta(days=7)
_NAME: Final = "put_off"


@dataclass(frozen=True, slots=True)
class AskingRule:
    """Which fields matter, in this order, and for how long one that was put off is left alone."""

    fields: tuple[str, ...] = ("email", "region")
    quiet: timedelta = timedelta(days=30)


class Asking:
    """Every method raises OutboxDamaged or StoreBusy, those that write also DiskFull."""

    def __init__(
        self, view: View, kept: Kept, follow_ups: FollowUps, clock: Callable[[], datetime], rule: AskingRule
    ) -> None:
        self._view = view
        self._kept = kept
        self._follow_ups = follow_ups
        self._clock = clock
        self._rule = rule

    def next_for(self, customer: Customer) -> str | None:
        """The field to be asked for; None when nothing is missing, or all of it was put off."""
        missing = [name for name in self._rule.fields if name in ASKABLE and not getattr(customer, name)]
        if not missing:
            return None
        put_off = self._put_off()
        since = moment.to_text(self._clock() - self._rule.quiet)
        return next((name for name in missing if put_off.get(_key(customer.id, name), "") <= since), None)

    def answer(self, customer: Customer, name: str, typed: str) -> None:
        """On its way to the server. Raises NotComplete besides: then nothing was kept."""
        value = plain_line(typed)
        if fault := _fault(name, value):
            raise NotComplete({name: fault})
        fields = {name: FieldChange(getattr(customer, name), value)}
        self._view.outbox.put(
            "customer", customer.id, CommandKind.UPDATE, fields, self._clock(), base_version=customer.version
        )

    def put_off(self, customer: Customer, name: str) -> None:
        """The customer does not want to say, or it does not fit now."""
        now = moment.to_text(self._clock())
        known = {**self._put_off(), _key(customer.id, name): now}
        newest = sorted(known.items(), key=lambda one: one[1], reverse=True)[:MOST_KEPT]
        self._kept.keep(_NAME, orjson.dumps(dict(newest)).decode())

    def at_the_next_visit(self, customer: Customer, name: str, purpose: str) -> None:
        """A task for the next occasion; it is not asked for in calls meanwhile."""
        number = next(iter(customer.phones), None)
        due = self._clock() + NEXT_VISIT
        self._follow_ups.create(Promise(FollowUpKind.VISIT_TASK, purpose, due, customer.id, number))
        self.put_off(customer, name)

    def _put_off(self) -> dict[str, str]:
        kept = self._kept.read(_NAME)
        return orjson.loads(kept) if kept else {}


def rule_from(fields: Sequence[str], quiet_days: int) -> AskingRule:
    return AskingRule(tuple(name for name in fields if name in ASKABLE), timedelta(days=quiet_days))


def _key(customer_id: str, name: str) -> str:
    return f"{customer_id} {name}"


def _fault(name: str, value: str) -> Fault | None:
    if not value:
        return Fault.MISSING
    if len(value) > LIMIT:
        return Fault.TOO_LONG
    return Fault.NO_ADDRESS if name == "email" and not is_address(value) else None
