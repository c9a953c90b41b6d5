"""Clocks at the desk, with real rooms and no server: what is promised is foreseen, what has warned is said once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agent_desktop.sync.events import ScopeChanged
from agent_desktop.tickets.draft import TicketDraft
from agent_desktop.ui.time_left import due_moment
from agent_model.agent import Role
from agent_model.body import to_body
from agent_model.clock import Measure, Step, StepKind
from agent_model.clock_policy import DEFAULT_POLICY, PolicyId, SlaPolicy, Target
from agent_model.clock_reckoning import ClockFacts, Promises
from agent_model.moment import to_text
from agent_model.scope import ORG, Scope
from agent_model.ticket import Priority, TicketStatus, TicketType
from agent_model.wire import Row
from tests.desktop.rows import category_row, ticket_row
from tests.ui import desk
from tests.ui.samples import ME
from tests.ui.seat import AgentSeat
from tests.ui.test_search_box import shown, typed

HOUR = timedelta(hours=1)
STEPS = (Step(StepKind.WARN, 50), Step(StepKind.ESCALATE, 100), Step(StepKind.REPORT, 200))
POLICY = replace(
    DEFAULT_POLICY,
    id=PolicyId("sla-1"),
    since=DEFAULT_POLICY.since + HOUR,
    targets=(Target(Measure.RESOLUTION, 60, "always", steps=STEPS),),
)


def changed(seat: AgentSeat, scope: str, entity: str, *ids: str) -> None:
    """Rows came, as the sync tells it."""
    seat.workspace._in_step.tell(ScopeChanged(Scope(scope), frozenset({entity}), frozenset(ids)))


def put_in_force(seat: AgentSeat, policy: SlaPolicy) -> None:
    rows = [category_row(), Row("sla_policy", policy.id, 1, to_body(policy))]
    seat.mirror.apply(ORG, rows, None)
    changed(seat, "org", "sla_policy", policy.id)


def step(seat: AgentSeat, after: timedelta, scope: str, version: int = 1, **fields: str) -> None:
    """The server has taken the steps that were due so long after a ticket was written."""
    facts, now = ClockFacts(TicketType.FAULT, Priority.NORMAL, TicketStatus.NEW), seat.clock()
    clocks, _ = Promises(POLICY).take_steps(Promises(POLICY).begin(facts, now - after), now)
    row = ticket_row("1", version=version, clocks=to_body(clocks), due_at=to_text(now - after + HOUR), **fields)
    seat.mirror.apply(Scope(scope), [row], None)
    changed(seat, scope, "ticket", "1")


def told(seat: AgentSeat) -> list[str]:
    return [notice.words for notice in seat.workspace.notices.notices]


def test_form_foresees_by_category_and_priority_what_will_be_promised(seat: AgentSeat) -> None:
    form = seat.window.right.form
    put_in_force(seat, DEFAULT_POLICY)
    assert seat.pump(lambda: form.category.count() > 0)
    assert form.promise.isHidden()

    form.show_draft(TicketDraft("desk", subject="slow", category="fault-slow", priority=Priority.URGENT))
    form.draft_changed.emit(form.draft)
    assert seat.pump(lambda: not form.promise.isHidden())
    urgent = due_moment(seat.clock() + 4 * HOUR, seat.clock(), desk.formats("en"))
    assert form.promise.words.text().endswith(f"Solve by {urgent}")

    put_in_force(seat, POLICY)
    sooner = due_moment(seat.clock() + HOUR, seat.clock(), desk.formats("en"))
    assert seat.pump(lambda: form.promise.words.text() == f"Solve by {sooner}")


def test_own_ticket_that_is_due_soon_is_said_once(seat: AgentSeat) -> None:
    step(seat, HOUR / 2, f"own:{ME.id}", created_by=ME.id)
    assert seat.pump(lambda: told(seat) == ["Ticket TK-1 · 网络很慢 is due soon."])
    changed(seat, f"own:{ME.id}", "ticket", "1")
    step(seat, HOUR, f"own:{ME.id}", version=2, created_by=ME.id)

    late = "Ticket TK-1 · 网络很慢 is late: it is escalated to the team lead."
    assert seat.pump(lambda: late in told(seat))


@pytest.mark.parametrize(
    ("role", "said"),
    [
        (Role.TEAM_LEAD, "Ticket TK-1 · 网络很慢 is late: it is escalated to the team lead."),
        (Role.DUTY_MANAGER, "Ticket TK-1 · 网络很慢 is late: it is reported to the duty manager."),
    ],
)
def test_late_ticket_of_somebody_else_reaches_who_leads(seat: AgentSeat, role: Role, said: str) -> None:
    seat.workspace.clocks._rooms = replace(seat.rooms, agent=replace(ME, role=role))
    step(seat, 2 * HOUR, "queue:support", owner="a-1007")

    assert seat.pump(lambda: said in told(seat))
    assert len(told(seat)) == 1


def test_ticket_of_somebody_else_says_nothing_to_an_agent(seat: AgentSeat) -> None:
    step(seat, 2 * HOUR, "queue:support", owner="a-1007")
    step(seat, HOUR / 2, f"own:{ME.id}", version=2, created_by=ME.id)

    assert seat.pump(lambda: told(seat) == ["Ticket TK-1 · 网络很慢 is due soon."])


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (ticket_row("204718", due_at="2026-11-21T13:00:00.000Z"), "网络很慢 · 3 h left"),
        (ticket_row("204718", due_at="2026-11-21T13:00:00.000Z", status="closed"), "网络很慢 · Closed"),
    ],
    ids=["open", "closed"],
)
def test_ticket_that_is_found_says_how_it_stands(seat: AgentSeat, row: Row, said: str) -> None:
    seat.mirror.apply(Scope("customers:home"), [row], None)
    seat.window.activateWindow()
    found = typed(seat, "TK-2047")

    assert seat.pump(lambda: [one.detail for one in shown(found)] == ["", said])
