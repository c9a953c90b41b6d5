"""Signals about a customer, from this disk alone: which are to be shown and why, what came of them, and who would
show a rule that is being written."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Final

from agent_desktop.customers.signals.facts import FactFinder, Known
from agent_desktop.customers.signals.rules import RuleBook
from agent_desktop.offline.view import View
from agent_model.agent import Agent
from agent_model.body import from_body, to_body
from agent_model.command import Command, CommandKind, FieldChange
from agent_model.consent import ConsentChannel, is_withdrawn
from agent_model.customer import Contact, Customer, CustomerId
from agent_model.organisation import Product
from agent_model.signal import SignalKind, SignalOutcome, SignalResult, SignalRule
from agent_model.signal_facts import Facts, FactValue
from agent_model.signal_rules import holds, told_facts
from agent_model.ticket import Ticket
from agent_model.wire import Row

CONTACTS_READ: Final = 60
TICKETS_READ: Final = 30
LOOKED_AT: Final = 400
"""Customers that a rule is tried on: those with the newest contacts here."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One rule that holds for a customer, with the facts that its words tell."""

    customer_id: CustomerId
    rule: SignalRule
    facts: Facts


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a signal that is quiet because of it."""

    rule: SignalRule
    result: SignalResult


@dataclass(frozen=True, slots=True)
class Preview:
    """Who would show a rule: of `looked_at` customers with the newest contacts these, with their facts."""

    looked_at: int
    shown: tuple[tuple[Customer, Mapping[str, FactValue]], ...]


class Signals:
    """`products` is what the company sells; `zone` is the workstation's (None: the computer's)."""

    def __init__(
        self,
        view: View,
        products: Callable[[], Sequence[Product]],
        agent: Agent,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        zone: tzinfo | None = None,
    ) -> None:
        self._view = view
        self._products = products
        self._agent = agent
        self._clock = clock
        self._zone = zone
        self.rules = RuleBook(view, clock, new_id)

    def of(self, customer_id: CustomerId) -> tuple[Signal, ...]:
        """What is to be shown now, the heaviest first; nothing that was answered and is still quiet, and nothing to
        sell to who said no to it."""
        row = self._view.row("customer", customer_id)
        if row is None:
            return ()
        now = self._clock()
        known = self._known(_customer(row))
        facts = self._finder(now).facts(known)
        last = _last_results(known.customer.signal_results)
        says_no = is_withdrawn(known.customer.consents, ConsentChannel.CALL)
        return tuple(
            Signal(customer_id, rule, _told(rule, facts))
            for rule in self.rules.in_force()
            if not (rule.kind is SignalKind.SALES and says_no)
            and not _is_quiet(rule, last.get(rule.id), now)
            and holds(rule, facts)
        )

    def answered(self, customer_id: CustomerId) -> tuple[Answered, ...]:
        """What is quiet because somebody answered it, the latest first."""
        row = self._view.row("customer", customer_id)
        if row is None:
            return ()
        now, last = self._clock(), _last_results(_customer(row).signal_results)
        found = [Answered(rule, last[rule.id]) for rule in self.rules.all() if rule.id in last]
        quiet = [one for one in found if _is_quiet(one.rule, one.result, now)]
        return tuple(sorted(quiet, key=lambda one: one.result.at, reverse=True))

    def record(self, signal: Signal, outcome: SignalOutcome, reason: str, call_ref: str | None) -> Command:
        """What came of it, kept before this returns. Raises DiskFull, OutboxDamaged, StoreBusy."""
        now, rule = self._clock(), signal.rule
        result = SignalResult(rule.id, rule.version, rule.action, outcome, reason, self._agent.id, now, call_ref)
        row = self._view.row("customer", signal.customer_id)
        said = {"signal_results": FieldChange(None, to_body(result))}
        version = 0 if row is None else row.version
        return self._view.outbox.put(
            "customer", signal.customer_id, CommandKind.APPEND, said, now, base_version=version
        )

    def preview(self, rule: SignalRule) -> Iterator[Preview]:
        """How it stands after each few customers, so that whoever asks may do something else in between."""
        finder, looked_at = self._finder(self._clock()), 0
        shown: list[tuple[Customer, Mapping[str, FactValue]]] = []
        for id_ in self._view.mirror.customers_met_lately(LOOKED_AT):
            row = self._view.row("customer", CustomerId(id_))
            if row is None:
                continue
            known = self._known(_customer(row))
            facts = finder.facts(known)
            looked_at += 1
            if holds(rule, facts):
                shown.append((known.customer, _told(rule, facts)))
            if looked_at % AT_ONCE == 0:
                yield Preview(looked_at, tuple(shown))
        yield Preview(looked_at, tuple(shown))

    def _finder(self, now: datetime) -> FactFinder:
        return FactFinder(self._agent, self._products(), now, self._zone)

    def _known(self, customer: Customer) -> Known:
        view = self._view
        tickets = {row.id: row for row in view.open_tickets_of(customer.id)}
        tickets |= {row.id: row for row in view.tickets_of(customer.id, limit=TICKETS_READ)}
        contacts = view.contacts_of(customer.id, limit=CONTACTS_READ)
        return Known(
            customer,
            [from_body(Contact, row.id, row.version, row.body) for row in contacts],
            [from_body(Ticket, row.id, row.version, row.body) for row in tickets.values()],
        )


AT_ONCE: Final = 10


def _customer(row: Row) -> Customer:
    return from_body(Customer, row.id, row.version, row.body)


def _told(rule: SignalRule, facts: Facts) -> Facts:
    return {name: facts[name] for name in told_facts(rule)}


def _last_results(results: Sequence[SignalResult]) -> Mapping[str, SignalResult]:
    """Of each rule the latest."""
    return {result.rule: result for result in sorted(results, key=lambda result: result.at)}


def _is_quiet(rule: SignalRule, last: SignalResult | None, now: datetime) -> bool:
    return last is not None and now - last.at < timedelta(days=rule.quiet_days)
