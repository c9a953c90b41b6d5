"""The facts about a customer, each from what somebody can look up."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_desktop.customers.signals.facts import FactFinder, Known
from agent_model.agent import Agent, AgentId, Role, TeamId
from agent_model.customer import (
    Contact,
    ContactKind,
    Customer,
    CustomerId,
    OwnedProduct,
    ProductStatus,
    SegmentId,
    Tier,
)
from agent_model.organisation import Product
from agent_model.signal_facts import FACTS, FactKind
from agent_model.ticket import Priority, Ticket, TicketId, TicketStatus, TicketType
from agent_model.words import Words

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
LIN = Agent(AgentId("lin"), "lin", Words("林", "Lin"), Role.AGENT, "8001", TeamId("t"), (), ("zh-CN", "en"))
TV = Product("tv", Words("海岚电视", "Hailan TV"), "home", 2000)


def who(**fields: Any) -> Customer:
    return Customer(CustomerId("C-1"), SegmentId("home"), "王芳", (), **fields)


def contact(days: float, kind: ContactKind = ContactKind.CALL_IN, **fields: Any) -> Contact:
    fields = {"title": "网速慢", **fields}
    return Contact(f"K-{days}", CustomerId("C-1"), kind, NOW - timedelta(days=days), **fields)


def ticket(days: int, **fields: Any) -> Ticket:
    whole: dict[str, Any] = {
        "id": TicketId(f"T-{days}"), "subject": "网络很慢", "type": TicketType.COMPLAINT, "category": "fault/slow",
        "priority": Priority.NORMAL, "status": TicketStatus.NEW, "description": "", "queue": "q", "department": "d",
        "created_at": NOW - timedelta(days=days), "created_by": "lin", "number": "TK-1", **fields,
    }  # fmt: skip
    return Ticket(**whole)


def facts(customer: Customer | None = None, contacts: Any = (), tickets: Any = (), **options: Any) -> Any:
    finder = FactFinder(options.get("agent", LIN), options.get("products", ()), NOW, UTC)
    return finder.facts(Known(customer or who(), contacts, tickets))


def test_contacts_with_the_same_words_are_one_issue() -> None:
    found = facts(contacts=[contact(1), contact(2, title="账单"), contact(4), contact(9)])
    assert found["same_issue"] == "网速慢"
    assert found["same_issue_contacts"] == 3
    assert found["same_issue_since"] == date(2026, 11, 11)
    assert found["same_issue_dates"] == (date(2026, 11, 11), date(2026, 11, 16), date(2026, 11, 19))


def test_category_of_the_ticket_written_in_a_call_names_its_issue() -> None:
    found = facts(
        contacts=[contact(1, title="", call_ref="R-1"), contact(3, title="别的", call_ref="R-2")],
        tickets=[ticket(1, call_ref="R-1"), ticket(3, call_ref="R-2")],
    )
    assert (found["same_issue"], found["same_issue_contacts"]) == ("fault/slow", 2)


@pytest.mark.parametrize(
    "other",
    [contact(31), contact(2, ContactKind.CALL_OUT), contact(2, ContactKind.SURVEY), contact(2, title="", text="")],
    ids=["long ago", "from us", "a survey", "about nothing"],
)
def test_other_contacts_are_not_counted(other: Contact) -> None:
    assert facts(contacts=[contact(1), other])["same_issue_contacts"] == 1


def test_fall_of_satisfaction_is_the_last_rating_against_those_before() -> None:
    rated = [contact(days, ContactKind.SURVEY, rating=rating) for days, rating in ((1, 2), (20, 5), (40, 4))]
    found = facts(who(satisfaction=3.67, ratings=3), rated)
    assert (found["last_rating"], found["rating_before"], found["rating_fall"]) == (2, 4.5, 2.5)
    assert (found["satisfaction"], found["last_rating_on"]) == (3.7, date(2026, 11, 19))


def test_one_rating_is_no_fall() -> None:
    assert "rating_fall" not in facts(contacts=[contact(1, ContactKind.SURVEY, rating=1)])


def test_oldest_open_complaint_counts() -> None:
    found = facts(tickets=[ticket(2), ticket(6, number="TK-6"), ticket(9, status=TicketStatus.CLOSED)])
    assert (found["open_complaints"], found["complaint"], found["complaint_days"]) == (2, "TK-6", 6)
    assert found["complaint_since"] == date(2026, 11, 14)


def test_contract_that_ends_next_counts() -> None:
    products = (
        OwnedProduct("a", "专线", ProductStatus.ACTIVE, date(2026, 12, 1)),
        OwnedProduct("b", "宽带", ProductStatus.ENDING, date(2026, 11, 25)),
        OwnedProduct("c", "电视", ProductStatus.ENDED, date(2026, 11, 21)),
        OwnedProduct("d", "固话", ProductStatus.ACTIVE, date(2026, 11, 1)),
    )
    found = facts(who(products=products))
    assert (found["contract_product"], found["contract_days"]) == ("宽带", 5)


def test_usage_of_the_product_that_runs_low_counts() -> None:
    products = (
        OwnedProduct("a", "短信包", ProductStatus.LOW, remaining=500),
        OwnedProduct("b", "流量包", ProductStatus.ACTIVE, remaining=9),
    )
    found = facts(who(products=products))
    assert (found["usage_product"], found["usage_left"], found["usage_low"]) == ("短信包", 500, "yes")


def test_product_that_was_asked_about_and_is_not_owned_counts() -> None:
    asked = contact(3, title="咨询海岚电视资费")
    found = facts(contacts=[asked], products=[TV])
    assert (found["asked_product"], found["asked_on"], found["asked_times"]) == ("tv", date(2026, 11, 17), 1)
    owned = who(products=(OwnedProduct("tv", "海岚电视", ProductStatus.ACTIVE),))
    assert "asked_product" not in facts(owned, [asked], products=[TV])


@pytest.mark.parametrize(
    ("language", "spoken"),
    [("zh-CN", "yes"), ("en-GB", "yes"), ("en", "yes"), ("fr", "no"), ("yue", "no")],
)
def test_language_is_held_against_those_of_the_agent(language: str, spoken: str) -> None:
    assert facts(who(language=language))["speaks_language"] == spoken


def test_last_agent_is_who_spoke_with_them_last() -> None:
    found = facts(
        contacts=[contact(1, ContactKind.EMAIL, agent="wu"), contact(2, agent="zhou"), contact(3, agent="lin")]
    )
    assert (found["last_agent"], found["last_agent_days"], found["last_agent_is_me"]) == ("zhou", 2, "no")


DAYS = st.floats(0, 400)
CONTACTS = st.lists(
    st.builds(
        contact, DAYS, st.sampled_from(ContactKind), title=st.sampled_from(("", "a", "b")),
        rating=st.none() | st.integers(1, 5), agent=st.none() | st.sampled_from(("lin", "wu")),
        call_ref=st.none() | st.sampled_from(("R-1", "R-2")),
    ),
    max_size=8,
).map(lambda several: sorted(several, key=lambda one: one.at, reverse=True))  # fmt: skip
TICKETS = st.lists(
    st.builds(ticket, st.integers(0, 99), type=st.sampled_from(TicketType), status=st.sampled_from(TicketStatus)),
    max_size=4,
)
OWNED = st.builds(
    OwnedProduct, st.sampled_from(("tv", "x")), st.just("n"), st.sampled_from(ProductStatus),
    st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1)), st.none() | st.integers(0, 99),
)  # fmt: skip
PEOPLE = st.builds(
    who, tier=st.sampled_from(Tier), language=st.sampled_from(("", "zh-CN", "fr")), products=st.lists(OWNED).map(tuple),
    satisfaction=st.none() | st.floats(1, 5),
)  # fmt: skip
IS_OF = {
    FactKind.NUMBER: (int,), FactKind.DECIMAL: (int, float), FactKind.MONEY: (int,), FactKind.DATE: (date,),
    FactKind.DATES: (tuple,),
}  # fmt: skip


@given(PEOPLE, CONTACTS, TICKETS)
def test_every_fact_has_a_name_of_the_list_and_a_value_of_its_kind(person: Customer, calls: Any, open_: Any) -> None:
    found = facts(person, calls, open_, products=[TV])
    assert {fact: value for fact, value in found.items() if not isinstance(value, IS_OF.get(FACTS[fact], (str,)))} == {}


@given(CONTACTS)
def test_issue_is_told_with_a_date_for_each_day_it_was_raised(calls: list[Contact]) -> None:
    found = facts(contacts=calls)
    dates = found.get("same_issue_dates", ())
    assert found.get("same_issue_contacts", 0) >= len(dates)
    assert found.get("same_issue_since") == (dates[0] if dates else None)
