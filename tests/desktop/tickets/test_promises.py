"""Without the server a workstation knows what is promised for a ticket, to the minute."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from agent_desktop.customers.book import CustomerBook
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.view import View
from agent_desktop.tickets.desk import TicketDesk
from agent_desktop.tickets.draft import TicketDraft
from agent_desktop.tickets.promises import TicketPromises
from agent_model.body import from_body, to_body
from agent_model.calendar import ALWAYS, Calendar
from agent_model.clock import ClockState, Measure, Step, StepKind
from agent_model.clock_policy import PolicyId, SlaPolicy, Target
from agent_model.clock_reckoning import ClockFacts, Promises
from agent_model.command import CommandKind, FieldChange
from agent_model.customer import CustomerId, Tier
from agent_model.moment import to_text
from agent_model.phone_number import DialPlan
from agent_model.scope import ORG, Scope
from agent_model.ticket import Priority, Ticket, TicketStatus, TicketType
from agent_model.wire import Row
from agent_model.words import Words
from tests.desktop.rows import category_row, customer_row, ticket_row
from tests.fakes import SetClock, counting_ids

DRAFT = TicketDraft("call-1", "C-1", None, "网络很慢", "fault-slow", Priority.HIGH, "晚上很慢")
POLICY = SlaPolicy(
    PolicyId("sla-1"),
    datetime(2026, 11, 1, tzinfo=UTC),
    (
        Target(Measure.RESOLUTION, 30, "always", tiers=(Tier.DIAMOND,)),
        Target(Measure.RESOLUTION, 120, "always"),
    ),
    (ALWAYS,),
)


def policy_row(policy: SlaPolicy) -> Row:
    return Row("sla_policy", policy.id, 1, to_body(policy))


@pytest.fixture
def promises(view: View, clock: SetClock) -> TicketPromises:
    return TicketPromises(view, clock)


@pytest.fixture
def book(view: View, plan: DialPlan, clock: SetClock, promises: TicketPromises) -> CustomerBook:
    return CustomerBook(view, plan, clock, counting_ids("new-"), promises.with_clocks)


@pytest.fixture(autouse=True)
def _company(mirror: Mirror) -> None:
    mirror.apply(ORG, [category_row()], None)
    mirror.apply(Scope("customers:home"), [customer_row()], None)


def due_of_the_open_ticket(book: CustomerBook) -> datetime | None:
    profile = book.profile(CustomerId("C-1"))
    assert profile is not None
    [ticket] = profile.open_tickets
    return ticket.due_at


def test_ticket_that_waits_for_the_server_has_its_clock(desk: TicketDesk, book: CustomerBook, clock: SetClock) -> None:
    desk.file(DRAFT)
    assert due_of_the_open_ticket(book) == clock() + timedelta(hours=8)


def test_policy_of_the_company_is_that_of_the_workstation(
    desk: TicketDesk, book: CustomerBook, clock: SetClock, mirror: Mirror
) -> None:
    older = replace(POLICY, id=PolicyId("sla-0"), since=datetime(2026, 10, 1, tzinfo=UTC), targets=POLICY.targets[:1])
    mirror.apply(ORG, [category_row(), policy_row(POLICY), policy_row(older)], None)
    desk.file(DRAFT)

    assert due_of_the_open_ticket(book) == clock() + timedelta(hours=2)


def test_dear_customer_is_promised_more_offline_too(
    desk: TicketDesk, book: CustomerBook, clock: SetClock, mirror: Mirror
) -> None:
    mirror.apply(ORG, [category_row(), policy_row(POLICY)], None)
    mirror.apply(Scope("customers:home"), [customer_row(version=2, tier="diamond")], None)
    desk.file(DRAFT)

    assert due_of_the_open_ticket(book) == clock() + timedelta(minutes=30)


def test_word_of_the_server_stands(book: CustomerBook, mirror: Mirror) -> None:
    mirror.apply(Scope("queue:q-home"), [ticket_row("1", due_at="2026-12-01T12:00:00.000Z")], None)
    assert due_of_the_open_ticket(book) == datetime(2026, 12, 1, 12, tzinfo=UTC)


def test_policy_that_this_machine_cannot_reckon_with_leaves_the_one_before(
    promises: TicketPromises, mirror: Mirror, caplog: pytest.LogCaptureFixture
) -> None:
    odd = Calendar("odd", Words("", ""), "Asia/Atlantis", ALWAYS.week)
    newer = replace(POLICY, id=PolicyId("sla-2"), since=datetime(2026, 11, 2, tzinfo=UTC), calendars=(ALWAYS, odd))
    mirror.apply(ORG, [policy_row(POLICY), policy_row(newer)], None)

    assert promises.policies().current.policy == POLICY
    assert "sla-2" in caplog.text
    caplog.clear()


def test_ticket_of_an_hour_ago_is_not_written_anew(
    desk: TicketDesk, book: CustomerBook, clock: SetClock, mirror: Mirror
) -> None:
    mirror.apply(ORG, [category_row(), policy_row(POLICY)], None)
    written = desk.file(DRAFT).created_at
    clock.move(hours=3)
    profile = book.profile(CustomerId("C-1"))

    assert profile is not None
    assert profile.open_tickets[0].clocks is not None
    leading = profile.open_tickets[0].clocks.leading
    assert leading is not None
    assert (leading.due_at, leading.state(clock())) == (written + timedelta(hours=2), ClockState.MISSED)


def test_ticket_that_was_warned_of_counts_as_due_soon(
    desk: TicketDesk, book: CustomerBook, clock: SetClock, mirror: Mirror
) -> None:
    warned = replace(POLICY.targets[1], minutes=600, steps=(Step(StepKind.WARN, 50),))
    mirror.apply(ORG, [category_row(), policy_row(replace(POLICY, targets=(warned,)))], None)
    desk.file(DRAFT)

    def due_soon() -> int:
        profile = book.profile(CustomerId("C-1"))
        assert profile is not None
        return profile.figures.due_soon

    clock.move(hours=4)
    assert due_soon() == 0
    clock.move(hours=1)
    assert due_soon() == 1


def change(outbox: Outbox, ticket: Ticket, at: datetime, status: TicketStatus) -> None:
    outbox.put("ticket", ticket.id, CommandKind.UPDATE, {"status": FieldChange(ticket.status, status)}, at)


def test_clock_stands_still_offline_too_from_when_the_agent_said_so(
    desk: TicketDesk, book: CustomerBook, clock: SetClock, outbox: Outbox
) -> None:
    filed = desk.file(DRAFT)
    change(outbox, filed, clock.move(hours=1), TicketStatus.WAITING_CUSTOMER)
    clock.move(hours=5)
    assert due_of_the_open_ticket(book) is None

    change(outbox, filed, clock(), TicketStatus.IN_PROGRESS)
    clock.move(hours=1)
    assert due_of_the_open_ticket(book) == filed.created_at + timedelta(hours=8 + 5)


def test_ticket_of_the_server_goes_on_by_its_own_policy_until_the_server_says(
    book: CustomerBook, clock: SetClock, outbox: Outbox, mirror: Mirror
) -> None:
    facts = ClockFacts(TicketType.FAULT, Priority.NORMAL, TicketStatus.IN_PROGRESS)
    clocks = Promises(POLICY).begin(facts, clock())
    row = ticket_row("1", status="in_progress", clocks=to_body(clocks), due_at=to_text(clock() + timedelta(hours=2)))
    mirror.apply(ORG, [category_row(), policy_row(POLICY)], None)
    mirror.apply(Scope("queue:q-home"), [row], None)
    ticket = from_body(Ticket, row.id, row.version, row.body)
    assert due_of_the_open_ticket(book) == clock() + timedelta(hours=2)

    change(outbox, ticket, clock.move(minutes=30), TicketStatus.WAITING_CUSTOMER)
    change(outbox, ticket, clock.move(minutes=60), TicketStatus.IN_PROGRESS)

    assert due_of_the_open_ticket(book) == clock() + timedelta(minutes=90)


def response_of(book: CustomerBook) -> datetime | None:
    """When the first response of the only open ticket was given."""
    profile = book.profile(CustomerId("C-1"))
    assert profile is not None
    [ticket] = profile.open_tickets
    clock = ticket.clocks.clock(Measure.FIRST_RESPONSE) if ticket.clocks is not None else None
    assert clock is not None
    return clock.met_at


def test_comment_to_the_customer_is_the_first_response_offline_too(
    desk: TicketDesk, book: CustomerBook, clock: SetClock, outbox: Outbox
) -> None:
    filed = desk.file(DRAFT)
    comment = {"author": "A-1001", "at": to_text(clock()), "text": "已派单", "kind": "internal"}
    outbox.put("ticket", filed.id, CommandKind.APPEND, {"comments": FieldChange(None, comment)}, clock())
    assert response_of(book) is None
    told = {"comments": FieldChange(None, {**comment, "kind": "to_customer"})}
    outbox.put("ticket", filed.id, CommandKind.APPEND, told, clock.move(minutes=20))

    assert response_of(book) == filed.created_at + timedelta(minutes=20)


@pytest.mark.parametrize(("result", "is_answered"), [("reached", True), ("busy", False)])
def test_call_that_reached_the_customer_is_the_first_response_offline_too(
    desk: TicketDesk, book: CustomerBook, clock: SetClock, outbox: Outbox, result: str, is_answered: bool
) -> None:
    filed = desk.file(DRAFT)
    made = {
        "kind": "callback", "purpose": "回电", "due_at": to_text(clock()), "created_at": to_text(clock()),
        "created_by": "A-1001", "customer_id": "C-1", "owner": "A-1001", "ticket_id": filed.id,
    }  # fmt: skip
    fields = {name: FieldChange(None, value) for name, value in made.items()}
    outbox.put("follow_up", "F-1", CommandKind.CREATE, fields, clock())
    attempt = {"at": to_text(clock()), "agent": "A-1001", "result": result}
    tried = {"attempts": FieldChange(None, attempt)}
    outbox.put("follow_up", "F-1", CommandKind.APPEND, tried, clock.move(minutes=5))

    assert response_of(book) == (filed.created_at + timedelta(minutes=5) if is_answered else None)
