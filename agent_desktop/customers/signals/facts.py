"""The facts about one customer, counted from what is on this disk."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from itertools import chain
from typing import Final

from agent_model.agent import Agent
from agent_model.customer import Contact, ContactKind, Customer, OwnedProduct, ProductStatus
from agent_model.organisation import Product
from agent_model.signal_facts import FactValue
from agent_model.ticket import Ticket, TicketType

WINDOW: Final = timedelta(days=30)
"""How far back contacts are counted as being about one issue, and products as asked about."""
FROM_THEM: Final = frozenset(
    {ContactKind.CALL_IN, ContactKind.CALL_MISSED, ContactKind.EMAIL, ContactKind.CHAT, ContactKind.SMS}
)
SPOKEN: Final = frozenset({ContactKind.CALL_IN, ContactKind.CALL_OUT, ContactKind.CHAT, ContactKind.VISIT})


@dataclass(frozen=True, slots=True)
class Known:
    """What is here of one customer. `contacts` and `tickets` are the newest, latest first."""

    customer: Customer
    contacts: Sequence[Contact]
    tickets: Sequence[Ticket]


class FactFinder:
    """For one agent, at one moment, in the time zone of the workstation (None: the computer's)."""

    def __init__(self, agent: Agent, products: Sequence[Product], now: datetime, zone: tzinfo | None = None) -> None:
        self._agent = agent
        self._names = [(product.id, names) for product in products if (names := _names(product))]
        self._now = now
        self._zone = zone

    def facts(self, known: Known) -> Mapping[str, FactValue]:
        """By the names of `agent_model.signal_facts`; what is not known is absent."""
        return dict(
            chain(
                self._who(known.customer, known.contacts),
                self._same_issue(known),
                self._satisfaction(known),
                self._complaints(known.tickets),
                self._contract(known.customer.products),
                _usage(known.customer.products),
                self._asked(known),
                self._last_agent(known.contacts),
            )
        )

    def _who(self, customer: Customer, contacts: Sequence[Contact]) -> Iterator[tuple[str, FactValue]]:
        yield "tier", customer.tier.value
        yield "value_12_months", customer.value_fen // 100
        yield "contacts_30_days", sum(1 for _ in self._lately(contacts))
        if customer.language:
            yield "language", customer.language
            yield "speaks_language", _flag(_is_spoken(customer.language, self._agent.languages))

    def _same_issue(self, known: Known) -> Iterator[tuple[str, FactValue]]:
        """The issue they came with most often; of two the one they came with last."""
        of_call = {ticket.call_ref: ticket.category for ticket in known.tickets if ticket.call_ref}
        days: dict[str, list[date]] = defaultdict(list)
        for contact in self._lately(known.contacts):
            issue = of_call.get(contact.call_ref or "", "") or contact.title.strip() or contact.text.strip()
            if contact.kind in FROM_THEM and issue and len(issue) <= LONGEST_ISSUE:
                days[issue].append(self._day(contact.at))
        if not days:
            return
        issue = max(days, key=lambda one: (len(days[one]), max(days[one])))
        yield "same_issue", issue
        yield "same_issue_contacts", len(days[issue])
        yield "same_issue_since", min(days[issue])
        yield "same_issue_dates", tuple(sorted(set(days[issue])))

    def _satisfaction(self, known: Known) -> Iterator[tuple[str, FactValue]]:
        if known.customer.satisfaction is not None:
            yield "satisfaction", round(known.customer.satisfaction, 1)
        yield "ratings", known.customer.ratings
        rated = [(contact.at, contact.rating) for contact in known.contacts if contact.rating is not None]
        if not rated:
            return
        (at, last), before = rated[0], [rating for _, rating in rated[1:]]
        yield "last_rating", last
        yield "last_rating_on", self._day(at)
        if before:
            mean = sum(before) / len(before)
            yield "rating_before", round(mean, 1)
            yield "rating_fall", round(mean - last, 1)

    def _complaints(self, tickets: Sequence[Ticket]) -> Iterator[tuple[str, FactValue]]:
        still_open = [one for one in tickets if one.type is TicketType.COMPLAINT and one.status.is_open]
        yield "open_complaints", len(still_open)
        if still_open:
            oldest = min(still_open, key=lambda ticket: ticket.created_at)
            since = self._day(oldest.created_at)
            yield "complaint", oldest.number or oldest.subject
            yield "complaint_since", since
            yield "complaint_days", max(0, (self._today - since).days)

    def _contract(self, products: Sequence[OwnedProduct]) -> Iterator[tuple[str, FactValue]]:
        """The contract that ends next."""
        running = [
            (product.until, product.name)
            for product in products
            if product.until is not None and product.until >= self._today and product.status is not ProductStatus.ENDED
        ]
        if running:
            until, name = min(running)
            yield "contract_product", name
            yield "contract_end", until
            yield "contract_days", (until - self._today).days

    def _asked(self, known: Known) -> Iterator[tuple[str, FactValue]]:
        """The product they asked about last and do not have."""
        owned = {one.product for one in known.customer.products if one.status is not ProductStatus.ENDED}
        wanted = [(id_, names) for id_, names in self._names if id_ not in owned]
        found: list[tuple[str, date]] = []
        for contact in self._lately(known.contacts):
            said = f"{contact.title}\n{contact.text}".casefold()
            if contact.kind in FROM_THEM:
                found += [(id_, self._day(contact.at)) for id_, names in wanted if any(name in said for name in names)]
        if found:
            product, on = found[0]
            yield "asked_product", product
            yield "asked_on", on
            yield "asked_times", sum(1 for id_, _ in found if id_ == product)

    def _last_agent(self, contacts: Sequence[Contact]) -> Iterator[tuple[str, FactValue]]:
        last = next((one for one in contacts if one.agent and one.kind in SPOKEN), None)
        if last is not None and last.agent:
            on = self._day(last.at)
            yield "last_agent", last.agent
            yield "last_agent_on", on
            yield "last_agent_days", max(0, (self._today - on).days)
            yield "last_agent_is_me", _flag(last.agent == self._agent.id)

    def _lately(self, contacts: Sequence[Contact]) -> Iterator[Contact]:
        return (contact for contact in contacts if self._now - contact.at <= WINDOW)

    @property
    def _today(self) -> date:
        return self._day(self._now)

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self._zone).date()


LONGEST_ISSUE: Final = 80
"""What is longer is an account of a contact, not the name of a matter."""


def _usage(products: Sequence[OwnedProduct]) -> Iterator[tuple[str, FactValue]]:
    """The counted product that is running low, else the one of which least is left."""
    counted = [
        (product.status is not ProductStatus.LOW, product.remaining, product.name)
        for product in products
        if product.remaining is not None and product.status in (ProductStatus.ACTIVE, ProductStatus.LOW)
    ]
    if counted:
        is_enough, left, name = min(counted)
        yield "usage_product", name
        yield "usage_left", left
        yield "usage_low", _flag(not is_enough)


def _names(product: Product) -> tuple[str, ...]:
    return tuple({name.casefold() for name in (product.name.zh, product.name.en) if name})


def _is_spoken(language: str, spoken: Sequence[str]) -> bool:
    """Whether somebody who speaks these is understood; `en` is spoken by who speaks `en-GB`, and the other way."""
    wanted = language.lower()
    known = [one.lower() for one in spoken]
    return any(wanted == one or wanted.startswith(f"{one}-") or one.startswith(f"{wanted}-") for one in known)


def _flag(is_so: bool) -> str:
    return "yes" if is_so else "no"
