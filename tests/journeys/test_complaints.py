"""A complaint from its door to its closing: whose it is, what is given, and who asks the customer how it ended."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from agent_desktop import resources
from agent_desktop.ui.appearance.language import speak
from agent_desktop.ui.application import dressed_application
from agent_desktop.ui.ticket.complaint_deeds import ComplaintDeed
from agent_desktop.ui.ticket.complaint_form import ComplaintForm
from agent_model.agent import Role
from agent_model.clock import Measure
from agent_model.complaint import ReceivedFrom
from agent_model.complaint_closing import Hindrance
from agent_model.follow_up import AttemptResult, FollowUpId
from agent_model.same_complaint import Likeness
from agent_model.ticket import Place, Ticket, TicketStatus
from agent_server.__main__ import main
from agent_server.settings import Settings
from tests.fakes import SetClock
from tests.in_process import COMPANY, DATABASE_NAME, ServerThread, a_customer, make_site, serving
from tests.journeys.complaint_seats import Worker, worker

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
"""A Friday in Hangzhou."""
At = Callable[[str], Worker]


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOON)


@pytest.fixture
def site(tmp_path: Path) -> Settings:
    settings = make_site(tmp_path / "site", [a_customer(1), a_customer(2)])
    database = str(settings.home / DATABASE_NAME)
    assert main(["sla", "policy", str(COMPANY.parent / "sla.toml"), "--database", database]) == 0
    return settings


@pytest.fixture
def server(site: Settings, clock: SetClock) -> Iterator[ServerThread]:
    with serving(replace(site, clocks_every_s=60), now=clock) as running:
        yield running


@pytest.fixture
def at(server: ServerThread, clock: SetClock, tmp_path: Path, qapp: QApplication) -> Iterator[At]:
    """Somebody's workstation, opened once."""
    speak(dressed_application(), resources.folder(), "en")
    seats: dict[str, Worker] = {}

    def sit(login: str) -> Worker:
        if login not in seats:
            seats[login] = worker(tmp_path, server.address, login, clock)
        return seats[login]

    yield sit
    for one in seats.values():
        one.close()


def filling(**values: str) -> Callable[[ComplaintForm], None]:
    def fill(form: ComplaintForm) -> None:
        for name, value in values.items():
            place = getattr(form, name)
            if hasattr(place, "findData"):
                place.setCurrentIndex(place.findData(value))
            else:
                place.setText(value)

    return fill


def tried(visitor: Worker, visit: str, result: AttemptResult, satisfaction: int | None = None) -> None:
    visitor.sync()
    follow_up = visitor.follow_ups.of(FollowUpId(visit))
    assert follow_up is not None
    visitor.follow_ups.tried(follow_up, result, satisfaction=satisfaction)
    visitor.sync()


def resolved(handler: Worker, ticket: Ticket) -> str:
    """The complaint solved; its return visit."""
    assert handler.move(ticket, TicketStatus.RESOLVED) == ""
    sheet = handler.look(ticket.id)
    assert sheet.visit is not None
    return sheet.visit.id


def test_department_disputes_and_reroutes(at: At) -> None:
    agent, field, finance, manager = at("lin.yue"), at("ma.chao"), at("fang.yu"), at("lu.hai")
    ticket = agent.complain("C-1", "装机师傅多收了上门费")

    sheet = agent.look(ticket.id)
    assert sheet.ticket.department == "care"
    assert "Proposed: Field Service, because the text says “师傅”." in agent.panel.department.said

    agent.hand_over(ticket.id, department="field")
    field.do(ticket.id, ComplaintDeed.DISPUTE, filling(department="finance", reason="费用是计费系统收的"))
    assert Hindrance.DISPUTED in agent.look(ticket.id).standing
    finance.do(ticket.id, ComplaintDeed.DECLINE, filling(reason="系统里没有这笔费用"))
    agent.look(ticket.id)
    assert "the duty manager has to decide" in agent.panel.closing.said
    manager.do(ticket.id, ComplaintDeed.DECIDE, filling(department="finance", reason="由结算核查"))

    sheet = agent.look(ticket.id)
    assert (sheet.ticket.department, sheet.ticket.owner) == ("finance", None)
    said = agent.panel.department.said
    for words in ("费用是计费系统收的", "系统里没有这笔费用", "由结算核查"):
        assert words in said
    assert Hindrance.DISPUTED not in sheet.standing


def test_complaint_by_two_doors_is_compensated_once(at: At, clock: SetClock) -> None:
    agent, colleague, lead = at("lin.yue"), at("wang.qiang"), at("zhou.min")
    called = agent.complain("C-1", "本月账单多扣了三十元，要求退还", "complaint/billing")
    clock.now = NOON + timedelta(hours=3)
    for one in (agent, colleague, lead):
        one.seat.clock.now = clock.now
    sent = colleague.complain("C-1", "市民反映账单多扣三十元，要求退还", "complaint/billing")
    colleague.do(sent.id, ComplaintDeed.SOURCE, filling(source="12345", case="HZ-2026-0042"))

    sheet = colleague.look(sent.id)
    [likely] = sheet.likely
    assert likely.ticket.id == called.id
    assert {Likeness.CUSTOMER, Likeness.TEXT} <= set(likely.twin.likeness)
    assert "same customer, same category, similar text, within a day" in colleague.panel.doors.said
    colleague.link(sent.id, called.id)

    sheet = agent.look(called.id)
    [other] = sheet.same
    assert (other.id, other.same_as) == (sent.id, called.id)
    assert other.clocks is not None
    regulator = other.clocks.clock(Measure.REGULATOR)
    assert regulator is not None
    assert regulator.due_at == datetime(2026, 11, 27, 16, tzinfo=UTC)  # five working days, to the end of Friday
    assert "12345 city hotline · case HZ-2026-0042" in agent.panel.doors.said
    assert "Regulator's term: 7 d left for the regulator" in agent.panel.doors.said
    assert "Our own promise" in agent.panel.source.said

    agent.seat.network.lose_request = lambda _request: True
    agent.do(called.id, ComplaintDeed.COMPENSATE, filling(amount="30", reason="多扣费用"))
    agent.look(called.id)
    assert "not granted yet" in agent.panel.compensation.said
    colleague.do(sent.id, ComplaintDeed.COMPENSATE, filling(amount="30.00", reason="12345 来单"))
    colleague.look(sent.id)
    assert "¥30 was granted by wang.qiang." in colleague.panel.compensation.said
    agent.seat.network.lose_request = lambda _request: False
    agent.sync()

    assert [refused.reason for refused in agent.seat.desk.refused()] == ["already_compensated"]
    sheet = agent.look(called.id)
    assert sheet.given is not None
    assert (sheet.given.ticket_id, sheet.given.amount_fen) == (sent.id, 3000)
    assert agent.panel.button(ComplaintDeed.COMPENSATE).isHidden()
    [fund] = sheet.funds
    assert fund.drawn_fen == 3000


def test_compensation_above_the_authority_waits_for_somebody_who_has_it(at: At) -> None:
    agent, lead = at("lin.yue"), at("zhou.min")
    ticket = agent.complain("C-1", "三次没有回电")

    agent.do(ticket.id, ComplaintDeed.COMPENSATE, filling(amount="120", reason="三次没有回电"))

    agent.look(ticket.id)
    assert "somebody with the authority has to decide" in agent.panel.compensation.said
    assert agent.sheets.asked() == ()
    lead.sync()
    [(asked, of)] = lead.sheets.asked()
    assert of is not None
    assert (asked.amount_fen, of.id) == (12_000, ticket.id)
    lead.do(ticket.id, ComplaintDeed.REFUSE, filling(reason="先核实通话记录"))
    agent.look(ticket.id)
    assert "refused by zhou.min: “先核实通话记录”" in agent.panel.compensation.said
    agent.do(ticket.id, ComplaintDeed.COMPENSATE, filling(amount="60", reason="已核实"))
    lead.do(ticket.id, ComplaintDeed.GRANT)
    sheet = agent.look(ticket.id)
    assert "¥60 was granted by zhou.min." in agent.panel.compensation.said
    assert sheet.funds[0].drawn_fen == 6000


def test_complaint_needs_return_visit_by_another_before_closing(at: At) -> None:
    agent, visitor = at("lin.yue"), at("shen.lan")
    ticket = agent.complain("C-1", "三次没有回电")
    agent.look(ticket.id)
    assert "It has to be resolved." in agent.panel.closing.said

    visit = resolved(agent, ticket)

    assert agent.look(ticket.id).standing == (Hindrance.VISIT_OPEN,)
    assert not agent.offers(ticket, TicketStatus.CLOSED)
    assert "Somebody who has not worked on it has to ask the customer" in agent.panel.closing.said
    assert agent.move(ticket, TicketStatus.CLOSED) == "return_visit_open"
    tried(agent, visit, AttemptResult.REACHED, 5)
    assert "handler_may_not" in [refused.reason for refused in agent.seat.desk.refused()]
    assert agent.look(ticket.id).standing == (Hindrance.VISIT_OPEN,)

    visitor.sync()
    assert visit in [one.id for one in visitor.follow_ups.due()]
    tried(visitor, visit, AttemptResult.REACHED, 4)

    assert visitor.look(ticket.id).standing == ()
    assert "Nothing stands in the way" in visitor.panel.closing.said
    assert "satisfaction 4 of 5" in visitor.panel.visit.said
    assert visitor.offers(ticket, TicketStatus.CLOSED)
    assert visitor.move(ticket, TicketStatus.CLOSED) == ""
    assert agent.look(ticket.id).ticket.status is TicketStatus.CLOSED


def test_three_no_answers_close_nothing_until_the_duty_manager_says_why(at: At) -> None:
    agent, visitor, manager = at("lin.yue"), at("shen.lan"), at("lu.hai")
    ticket = agent.complain("C-1", "三次没有回电")
    visit = resolved(agent, ticket)
    for _ in range(3):
        tried(visitor, visit, AttemptResult.NO_ANSWER)

    assert visitor.look(ticket.id).standing == (Hindrance.UNREACHED,)
    assert "that is no satisfaction" in visitor.panel.closing.said
    assert visitor.panel.button(ComplaintDeed.LET_CLOSE).isHidden()
    assert visitor.move(ticket, TicketStatus.CLOSED) == "customer_unreached"
    manager.do(ticket.id, ComplaintDeed.LET_CLOSE, filling(reason="已发短信并留言"))

    assert manager.look(ticket.id).standing == ()
    assert "“已发短信并留言”" in manager.panel.visit.said
    assert manager.move(ticket, TicketStatus.CLOSED) == ""


def test_complaint_filed_offline_with_its_source_begins_the_regulators_clock_where_it_began(at: At) -> None:
    agent = at("lin.yue")
    agent.seat.network.lose_request = lambda _request: True
    filed = agent.complain(
        "C-1", "账单争议", "complaint/billing", source="12345", source_case="HZ-77", source_since="11-18 09:30"
    )

    here = agent.look(filed.id).ticket
    began = datetime(2026, 11, 18, 9, 30).astimezone(UTC)
    assert here.received_from == ReceivedFrom("12345", "HZ-77", began)
    assert "case HZ-77" in agent.panel.source.said
    assert here.clocks is not None
    foreseen = here.clocks.clock(Measure.REGULATOR)
    assert foreseen is not None
    assert (foreseen.started_at, foreseen.due_at) == (began, datetime(2026, 11, 25, 16, tzinfo=UTC))
    agent.seat.network.lose_request = lambda _request: False
    agent.sync()

    there = agent.look(filed.id).ticket
    assert agent.seat.desk.refused() == ()
    assert there.number is not None
    assert there.clocks is not None
    assert there.clocks.clock(Measure.REGULATOR) == foreseen
    assert there.clocks.due_at == min(clock.due_at for clock in there.clocks.clocks[1:] if clock.due_at is not None)


def test_department_handler_takes_a_ticket_and_gives_it_back_to_the_agent(at: At) -> None:
    agent, handler = at("lin.yue"), at("ma.chao")
    filed = agent.complain("C-1", "装机后没有网", "fault/broadband/down")
    handler.sync()
    here = handler.seat.desk.ticket(filed.id)
    assert here is not None
    assert (handler.seat.agent.role, here.department, here.owner) == (Role.DEPARTMENT, "field", None)

    handler.work.hand_over(here, Place(here.queue, here.department, handler.seat.agent.id), "我来上门")
    assert handler.move(here, TicketStatus.IN_PROGRESS) == ""
    taken = handler.seat.desk.ticket(filed.id)
    assert taken is not None
    handler.work.hand_over(taken, Place(taken.queue, "care", agent.seat.agent.id), "客户不在家，请再约")
    handler.sync()
    agent.sync()

    back = agent.seat.desk.ticket(filed.id)
    assert back is not None
    assert handler.seat.desk.refused() == ()
    assert (back.owner, back.department, back.status) == (agent.seat.agent.id, "care", TicketStatus.IN_PROGRESS)
    assert [one.reason for one in back.hand_overs] == ["我来上门", "客户不在家，请再约"]
