"""What there is a list of: tickets and customers, their columns, what they are narrowed to, how a row reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QCoreApplication

from agent_desktop.lists import ListedTicket, Query
from agent_desktop.ui.customer.words import native_language, priority_word, status_word, ticket_name
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.formats import NOTHING, Formats
from agent_desktop.ui.lists.columns import Cell, Column, Line
from agent_desktop.ui.strip.party import tier_tone, tier_word
from agent_desktop.ui.time_left import due_in_a_list
from agent_model.customer import Customer, Tier
from agent_model.phone_number import masked
from agent_model.ticket import Priority, TicketStatus

translate = QCoreApplication.translate
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A choice above the list; `only` as `Query` has it."""

    value: str
    title: str
    only: Mapping[str, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class ListKind(Generic[T]):
    """`line` may be called in any thread. `group_title` names the value of a column."""

    name: str
    title: str
    prompt: str
    columns: tuple[Column, ...]
    narrowings: tuple[Narrowing, ...]
    first: Query
    line: Callable[[T], Line]
    group_title: Callable[[str, Any], str]


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
            "subject": Cell(ticket.subject),
            "customer": Cell(listed.customer or NOTHING, "sec"),
            "status": Cell(status, tone=tone),
            "priority": Cell(priority_word(ticket.priority), "bad" if is_urgent else "sec"),
            "type": Cell(names.category(ticket.category), "sec"),
            "queue": Cell(names.queue(ticket.queue), "sec"),
            "owner": Cell(names.person(ticket.owner) if ticket.owner else NOTHING, "sec"),
            "due": Cell(due.words, due.token),
            "touched": Cell(formats.moment(touched, now), "sec"),
            "created": Cell(formats.moment(ticket.created_at, now), "sec"),
        }
        return Line(ticket.customer_id or "", cells, is_unsent=ticket.number is None)

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
        return str(key)

    return ListKind(
        name="tickets",
        title=translate("lists", "Tickets"),
        prompt=translate("lists", "Number or subject"),
        columns=(
            Column("number", translate("lists", "Number"), 11, "number", is_fixed=True),
            Column("subject", translate("lists", "Subject"), 27, "subject"),
            Column("customer", translate("lists", "Customer"), 12),
            Column("status", translate("lists", "State"), 16, "status", is_grouping=True),
            Column("priority", translate("lists", "Priority"), 8, "priority", is_grouping=True),
            Column("type", translate("lists", "Category"), 12),
            Column("queue", translate("lists", "Queue"), 11, "queue", is_grouping=True),
            Column("owner", translate("lists", "Owner"), 10, "owner", is_grouping=True),
            Column("due", translate("lists", "Due"), 18, "due"),
            Column("touched", translate("lists", "Changed"), 11, "touched"),
            Column("created", translate("lists", "Written"), 11, "created", is_extra=True),
        ),
        narrowings=(
            Narrowing("open", translate("lists", "Open"), {"is_open": (1,)}),
            Narrowing("mine", translate("lists", "Mine"), {"is_open": (1,), "owner": (agent,)}),
            Narrowing("all", translate("lists", "All"), {}),
        ),
        first=Query("touched", is_descending=True, only={"is_open": (1,)}),
        line=line,
        group_title=group_title,
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
            "since": Cell(formats.day(customer.since, now.date()) if customer.since else NOTHING, "sec"),
        }
        return Line(customer.id, cells, is_unsent=customer.version == 0)

    def group_title(column: str, key: Any) -> str:
        if key is None:
            return translate("lists", "Without")
        if column == "tier":
            return tier_word(tuple(Tier)[key])
        return native_language(str(key)) if column == "language" else str(key)

    vip = tuple(rank for rank, tier in enumerate(Tier) if tier in (Tier.GOLD, Tier.DIAMOND))
    return ListKind(
        name="customers",
        title=translate("lists", "Customers"),
        prompt=translate("lists", "Name or company"),
        columns=(
            Column("name", translate("lists", "Name"), 16, "name", is_fixed=True),
            Column("company", translate("lists", "Company"), 22, "company"),
            Column("number", translate("lists", "Telephone"), 14),
            Column("tier", translate("lists", "Tier"), 10, "tier", is_grouping=True),
            Column("region", translate("lists", "Region"), 13, "region", is_grouping=True),
            Column("language", translate("lists", "Language"), 9, "language", is_grouping=True),
            Column("value", translate("lists", "Value of the year"), 12, "value"),
            Column("satisfaction", translate("lists", "Satisfaction"), 9, "satisfaction"),
            Column("since", translate("lists", "Customer since"), 11, "since"),
        ),
        narrowings=(
            Narrowing("all", translate("lists", "All"), {}),
            Narrowing("vip", translate("lists", "Gold and diamond"), {"tier": vip}),
        ),
        first=Query("name"),
        line=line,
        group_title=group_title,
    )
