"""What there is a list of: its columns, what it is narrowed to, how a row reads; tickets and customers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QCoreApplication

from agent_desktop.customers import masking
from agent_desktop.lists import ListedTicket, Query
from agent_desktop.ui.appearance.formats import NOTHING, Formats
from agent_desktop.ui.customer.words import native_language, priority_word, status_word, ticket_name
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.lists.columns import Cell, Column, Filtering, Line
from agent_desktop.ui.strip.party import tier_tone, tier_word
from agent_desktop.ui.time_left import due_in_a_list
from agent_model.customer import Customer, Tier
from agent_model.phone_number import masked
from agent_model.ticket import Priority, TicketStatus

translate = QCoreApplication.translate
T = TypeVar("T")
Choices = tuple[tuple[Any, str], ...]
"""Values with their names."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A choice above the list; `only` as `Query` has it."""

    value: str
    title: str
    only: Mapping[str, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that can be done with the rows that are chosen."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class ListKind(Generic[T]):
    """`line` may be called in any thread. `group_title` names the value of a column; `choices` are the values that one
    can be narrowed to, each with its name. `deeds` are beside opening and exporting."""

    name: str
    title: str
    prompt: str
    columns: tuple[Column, ...]
    narrowings: tuple[Narrowing, ...]
    first: Query
    line: Callable[[T], Line]
    group_title: Callable[[str, Any], str]
    choices: Callable[[str], Choices]
    deeds: tuple[Deed, ...] = ()

    def column(self, sort: str) -> Column | None:
        """The one whose rows are ordered so."""
        return next((column for column in self.columns if sort and column.sort == sort), None)


def by_name(names: Mapping[str, str]) -> Choices:
    return tuple(sorted(names.items(), key=lambda one: one[1]))


CHANGE: Final = "change"


def tickets(
    formats: Formats, directory: Callable[[], Directory], clock: Callable[[], datetime], agent: str
) -> ListKind[ListedTicket]:  # fmt: skip
    def line(listed: ListedTicket) -> Line:
        ticket, names, now = listed.ticket, directory(), clock()
        status, tone = status_word(ticket.status)
        due = due_in_a_list(ticket, now, formats)
        touched = ticket.updated_at or ticket.created_at
        is_urgent = ticket.priority in (Priority.HIGH, Priority.URGENT)
        cells = {
            "number": Cell(ticket_name(ticket)),
            "subject": Cell(masking.text(ticket.subject)),
            "customer": Cell(listed.customer or NOTHING, "sec"),
            "status": Cell(status, tone=tone),
            "priority": Cell(priority_word(ticket.priority), "bad" if is_urgent else "sec"),
            "type": Cell(names.category(ticket.category), "sec"),
            "queue": Cell(names.queue(ticket.queue), "sec"),
            "owner": Cell(names.person(ticket.owner) if ticket.owner else NOTHING, "sec"),
            "due": Cell(due.words, due.token, written=formats.written(ticket.due_at)),
            "touched": Cell(formats.moment(touched, now), "sec", written=formats.written(touched)),
            "created": Cell(formats.moment(ticket.created_at, now), "sec", written=formats.written(ticket.created_at)),
        }
        return Line(ticket.id, cells, is_unsent=ticket.number is None)

    def group_title(column: str, key: Any) -> str:
        if key is None:
            return translate("lists", "Without")
        match column:
            case "status":
                return status_word(tuple(TicketStatus)[key])[0]
            case "priority":
                return priority_word(tuple(Priority)[key])
            case "queue":
                return directory().queue(str(key))
            case "owner":
                return directory().person(str(key))
            case "category":
                return directory().category(str(key))
        return str(key)

    def choices(column: str) -> Choices:
        names = directory()
        match column:
            case "status":
                return tuple((rank, status_word(status)[0]) for rank, status in enumerate(TicketStatus))
            case "priority":
                return tuple((rank, priority_word(priority)) for rank, priority in enumerate(Priority))
            case "queue":
                return by_name(names.queues)
            case "owner":
                return ((None, translate("lists", "Without")), *by_name(names.people))
            case "category":
                return by_name(names.categories)
        return ()

    text, choice, period = Filtering.TEXT, Filtering.CHOICE, Filtering.PERIOD
    return ListKind(
        name="tickets",
        title=translate("lists", "Tickets"),
        prompt=translate("lists", "Number or subject"),
        columns=(
            Column("number", translate("lists", "Number"), 13, "number", is_fixed=True, filtering=text),
            Column("subject", translate("lists", "Subject"), 25, "subject", filtering=text),
            Column("customer", translate("lists", "Customer"), 12),
            Column("status", translate("lists", "State"), 18, "status", is_grouping=True, filtering=choice),
            Column("priority", translate("lists", "Priority"), 8, "priority", is_grouping=True, filtering=choice),
            Column("type", translate("lists", "Category"), 12, "category", is_grouping=True, filtering=choice),
            Column("queue", translate("lists", "Queue"), 11, "queue", is_grouping=True, filtering=choice),
            Column("owner", translate("lists", "Owner"), 10, "owner", is_grouping=True, filtering=choice),
            Column("due", translate("lists", "Due"), 18, "due", filtering=period),
            Column("touched", translate("lists", "Changed"), 11, "touched", filtering=period),
            Column("created", translate("lists", "Written"), 11, "created", is_extra=True, filtering=period),
        ),
        narrowings=(
            Narrowing("open", translate("lists", "Open"), {"is_open": (1,)}),
            Narrowing("mine", translate("lists", "Mine"), {"is_open": (1,), "owner": (agent,)}),
            Narrowing("all", translate("lists", "All"), {}),
        ),
        first=Query("touched", is_descending=True, only={"is_open": (1,)}),
        line=line,
        group_title=group_title,
        choices=choices,
        deeds=(Deed(CHANGE, translate("lists", "Change those chosen")),),
    )


def customers(formats: Formats, clock: Callable[[], datetime]) -> ListKind[Customer]:
    def line(customer: Customer) -> Line:
        now = clock()
        cells = {
            "name": Cell(customer.name),
            "company": Cell(customer.company or NOTHING, "sec"),
            "number": Cell(masked(customer.phones[0]) if customer.phones else NOTHING),
            "tier": Cell(tier_word(customer.tier), tone=tier_tone(customer.tier)),
            "region": Cell(customer.region or NOTHING, "sec"),
            "language": Cell(native_language(customer.language), "sec"),
            "value": Cell(formats.money(customer.value_fen)),
            "satisfaction": Cell(formats.decimal(customer.satisfaction), "sec"),
            "since": Cell(
                formats.day(customer.since, now.date()) if customer.since else NOTHING,
                "sec",
                written=customer.since.isoformat() if customer.since else "",
            ),
        }
        return Line(customer.id, cells, is_unsent=customer.version == 0)

    def group_title(column: str, key: Any) -> str:
        if key is None:
            return translate("lists", "Without")
        if column == "tier":
            return tier_word(tuple(Tier)[key])
        return native_language(str(key)) if column == "language" else str(key)

    def choices(column: str) -> Choices:
        return tuple((rank, tier_word(tier)) for rank, tier in enumerate(Tier)) if column == "tier" else ()

    text, choice, period = Filtering.TEXT, Filtering.CHOICE, Filtering.PERIOD
    vip = tuple(rank for rank, tier in enumerate(Tier) if tier in (Tier.GOLD, Tier.DIAMOND))
    return ListKind(
        name="customers",
        title=translate("lists", "Customers"),
        prompt=translate("lists", "Name or company"),
        columns=(
            Column("name", translate("lists", "Name"), 16, "name", is_fixed=True, filtering=text),
            Column("company", translate("lists", "Company"), 22, "company", filtering=text),
            Column("number", translate("lists", "Telephone"), 14),
            Column("tier", translate("lists", "Tier"), 10, "tier", is_grouping=True, filtering=choice),
            Column("region", translate("lists", "Region"), 13, "region", is_grouping=True, filtering=text),
            Column("language", translate("lists", "Language"), 9, "language", is_grouping=True, filtering=text),
            Column("value", translate("lists", "Value of the year"), 12, "value"),
            Column("satisfaction", translate("lists", "Satisfaction"), 9, "satisfaction"),
            Column("since", translate("lists", "Customer since"), 11, "since", filtering=period),
        ),
        narrowings=(
            Narrowing("all", translate("lists", "All"), {}),
            Narrowing("vip", translate("lists", "Gold and diamond"), {"tier": vip}),
        ),
        first=Query("name"),
        line=line,
        group_title=group_title,
        choices=choices,
    )
