"""What people promise customers and say of them: callbacks, appointments, return visits, relations; by chance."""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from agent_desktop.customers.follow_ups import Promise
from agent_desktop.customers.relations import SIDES
from agent_model.customer import CustomerId
from agent_model.follow_up import AttemptResult, FollowUp, FollowUpKind
from tests.fakes import SetClock
from tests.fuzz.station import Station

IN_VAIN: Final = (AttemptResult.NO_ANSWER, AttemptResult.BUSY, AttemptResult.WRONG_NUMBER, AttemptResult.REFUSED)
MADE_BY_PEOPLE: Final = tuple(kind for kind in FollowUpKind if kind is not FollowUpKind.RETURN_VISIT)


class Promises:
    """`act` does one of these at a workstation; `next_word` makes words nobody else uses."""

    def __init__(self, chance: random.Random, clock: SetClock, next_word: Callable[[], str]) -> None:
        self._chance = chance
        self._clock = clock
        self._next = next_word

    def act(self, station: Station) -> None:
        acts = (self._promise, self._promise, self._try, self._try, self._try, self._turn, self._call_in)
        self._chance.choice((*acts, self._relate, self._relate, self._say_otherwise))(station)

    def _customer(self, station: Station) -> CustomerId | None:
        here = [row.id for row in station.mirror.rows("customer")]
        return CustomerId(self._chance.choice(here)) if here else None

    def _promise(self, station: Station) -> None:
        customer = self._customer(station)
        if customer is not None:
            team = self._chance.choice((None, "one", "two"))
            due_at = self._clock() + timedelta(hours=self._chance.randint(1, 48))
            kind = self._chance.choice(MADE_BY_PEOPLE)
            station.follow_ups.create(Promise(kind, self._next(), due_at, customer, team=team))

    def _any(self, station: Station) -> FollowUp | None:
        """Open or over: what came of a call is taken however late it arrives."""
        here = sorted(row.id for row in station.view.rows("follow_up"))
        return station.follow_ups.of(self._chance.choice(here)) if here else None

    def _try(self, station: Station) -> None:
        found = self._any(station)
        if found is None:
            return
        result = self._chance.choice((*IN_VAIN, AttemptResult.REACHED, AttemptResult.REACHED, AttemptResult.LATER))
        later_at = self._clock() + timedelta(hours=3) if result is AttemptResult.LATER else None
        is_asked = found.kind is FollowUpKind.RETURN_VISIT and result is AttemptResult.REACHED
        satisfaction = self._chance.randint(1, 5) if is_asked else None
        station.follow_ups.tried(found, result, self._next(), satisfaction=satisfaction, later_at=later_at)

    def _call_in(self, station: Station) -> None:
        customer = self._customer(station)
        if customer is not None:
            station.follow_ups.called_in(customer, None, self._next())

    def _turn(self, station: Station) -> None:
        found = self._any(station)
        if found is None or not found.is_open:
            return
        match self._chance.randrange(4):
            case 0:
                station.follow_ups.take(found)
            case 1:
                station.follow_ups.give_back(found)
            case 2:
                until = self._clock() + timedelta(hours=self._chance.randint(1, 9))
                station.follow_ups.put_off(found, until)
            case _:
                station.follow_ups.cancel(found, self._next())

    def _relate(self, station: Station) -> None:
        one, other = self._customer(station), self._customer(station)
        if one is not None and other is not None:
            station.relations.add(one, other, self._chance.choice(SIDES), self._next())

    def _say_otherwise(self, station: Station) -> None:
        customer = self._customer(station)
        related = () if customer is None else station.relations.of(customer).related
        if customer is None or not related:
            return
        seen = self._chance.choice(related)
        match self._chance.randrange(3):
            case 0:
                station.relations.remove(seen.relation)
            case 1:
                station.relations.change(customer, seen, seen.side, self._next())
            case _:
                station.relations.change(customer, seen, self._chance.choice(SIDES), seen.relation.note)
