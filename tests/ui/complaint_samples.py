"""Complaints with something in them, for pictures: one that was just taken, one that waits for the duty manager."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from agent_desktop.tickets.complaint_sheet import ComplaintSheet
from agent_desktop.tickets.twins import Likely
from agent_desktop.tickets.work import TicketSheet
from agent_desktop.ui.ticket.complaint import ComplaintPanel
from agent_desktop.ui.ticket.complaint_deeds import ComplaintDeed
from agent_desktop.ui.ticket.panel import Seen
from agent_desktop.ui.widgets.lines import Line
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_model.agent import Role
from agent_model.calendar import ALWAYS, Calendar, Opening
from agent_model.clock import Measure
from agent_model.clock_policy import PolicyId, SlaPolicy, Target
from agent_model.clock_reckoning import ClockFacts, Promises
from agent_model.compensation import Authority, Compensation, CompensationState, Fund
from agent_model.complaint import ComplaintSource, DepartmentWord, DisputeStep, ReceivedFrom
from agent_model.complaint_closing import Hindrance
from agent_model.department_rule import ByHistory, ByRule, Proposal
from agent_model.follow_up import Attempt, AttemptResult, FollowUp, FollowUpId, FollowUpKind, FollowUpState
from agent_model.organisation import Department
from agent_model.same_complaint import Likeness, Twin
from agent_model.ticket import Ticket, TicketId, TicketStatus, TicketType
from agent_model.ticket_flow import SHIPPED
from agent_model.words import Words
from tests.ui.samples import ME, NOW, Samples, ago

WEEK = ((Opening("09:00", "18:00"),),) * 5 + ((),) * 2
OFFICE = Calendar("office", Words("", ""), "Asia/Shanghai", WEEK)
PROMISES = Promises(
    SlaPolicy(
        PolicyId("p"),
        datetime(2026, 1, 1, tzinfo=UTC),
        (
            Target(Measure.RESOLUTION, 48 * 60, ALWAYS.id),
            Target(Measure.REGULATOR, 0, "office", days=5, sources=("12345",)),
        ),
        (ALWAYS, OFFICE),
    )
)
FUND = Fund(
    "goodwill",
    Words("投诉补偿基金", "Goodwill fund"),
    2_000_000,
    ago(days=300),
    NOW + timedelta(days=40),
    (Authority(Role.AGENT, 5_000), Authority(Role.DUTY_MANAGER, 100_000)),
    drawn_fen=1_254_050,
)
DEPARTMENTS = (
    Department("care", Words("客户服务部", "Customer Care")),
    Department("finance", Words("财务结算部", "Billing and Finance")),
    Department("field", Words("装维部", "Field Service")),
)
SOURCES = (
    ComplaintSource("call", Words("本企业热线", "Our own line")),
    ComplaintSource("12345", Words("12345 政务热线", "12345 city hotline"), is_regulator=True),
)


def _ticket(samples: Samples, number: str, hours: float, source: ReceivedFrom, status: TicketStatus) -> Ticket:
    facts = ClockFacts(
        TicketType.COMPLAINT, samples.profile.open_tickets[0].priority, TicketStatus.NEW, source=source.source
    )
    clocks = PROMISES.begin(facts, ago(hours=hours))
    if not status.is_open:
        clocks = PROMISES.follow(clocks, replace(facts, status=status), ago(hours=2))
    return replace(
        samples.profile.open_tickets[0],
        id=TicketId(f"T-{number}"),
        number=f"TK-{number}",
        subject=samples.say(
            "装机师傅多收上门费，三次来电无人回复", "The engineer charged for coming, nobody called back"
        ),
        description=samples.say(
            "客户称装机师傅收取 80 元上门费，营业厅答复应为免费；已三次来电要求回复，均无人联系。",
            "The engineer took 80 yuan for coming, the shop says it is free. Three calls, and nobody called back.",
        ),
        type=TicketType.COMPLAINT,
        category="complaint/service",
        status=status,
        department="field",
        created_at=ago(hours=hours),
        clocks=clocks,
        due_at=clocks.due_at,
        received_from=source,
        details=None,
    )


def taken(samples: Samples) -> ComplaintSheet:
    """As the agent who took it sees it."""
    ticket = _ticket(samples, "204790", 5, ReceivedFrom("call"), TicketStatus.IN_PROGRESS)
    ticket = replace(ticket, department="care")
    sent = _ticket(samples, "204801", 2, ReceivedFrom("12345", "HZ-2026-0042"), TicketStatus.NEW)
    likeness = (Likeness.CUSTOMER, Likeness.CATEGORY, Likeness.TEXT)
    return ComplaintSheet(
        ticket=ticket,
        role=Role.AGENT,
        reader=ME.id,
        department="care",
        now=NOW,
        sources=SOURCES,
        departments=DEPARTMENTS,
        products=(),
        proposal=Proposal(
            ByRule("engineer", "field", "complaint", "", samples.say("师傅", "engineer")), ByHistory("field", 8, 11)
        ),
        funds=(FUND,),
        compensations=(),
        same=(),
        likely=(Likely(sent, Twin(sent.id, likeness, timedelta(hours=3))),),
        visit=None,
        standing=(Hindrance.NOT_RESOLVED,),
        waits=False,
    )


def undecided(samples: Samples) -> ComplaintSheet:
    """As the duty manager sees it: in dispute, with money asked for, and a customer whom nobody reached."""
    say = samples.say
    ticket = _ticket(samples, "204790", 40, ReceivedFrom("call"), TicketStatus.RESOLVED)
    words = (
        DepartmentWord(
            DisputeStep.DISPUTES, "finance", say("费用由计费系统收取", "Billing charged it"), "a-1007", ago(hours=30)
        ),
        DepartmentWord(
            DisputeStep.DECLINES, "finance", say("系统无此费用", "There is no such charge"), "a-1003", ago(hours=28)
        ),
    )
    ticket = replace(ticket, disputes=words, handlers=("a-1007",), return_visit="V-1")
    sent = _ticket(samples, "204801", 36, ReceivedFrom("12345", "HZ-2026-0042"), TicketStatus.IN_PROGRESS)
    asked = Compensation(
        "K-1",
        ticket.id,
        "goodwill",
        12_000,
        say("上门费 80 元及误工", "80 yuan for coming, and the time lost"),
        "a-1007",
        ago(hours=20),
        CompensationState.ASKED,
    )
    calls = tuple(Attempt(ago(hours=hours), "a-1003", AttemptResult.NO_ANSWER) for hours in (9, 6, 3))
    visit = FollowUp(
        FollowUpId("V-1"),
        FollowUpKind.RETURN_VISIT,
        ticket.subject,
        ago(hours=9),
        ago(hours=12),
        "a-1007",
        samples.customer.id,
        ticket.id,
        state=FollowUpState.NOT_REACHED,
        attempts=calls,
    )
    return replace(
        taken(samples),
        ticket=ticket,
        role=Role.DUTY_MANAGER,
        reader="a-1009",
        proposal=Proposal(by_history=ByHistory("finance", 6, 10)),
        compensations=(asked,),
        same=(replace(sent, same_as=ticket.id),),
        likely=(),
        visit=visit,
        standing=(Hindrance.DISPUTED, Hindrance.COMPENSATION_UNDECIDED, Hindrance.UNREACHED),
    )


def show(made: MainWindow, samples: Samples, state: str) -> None:
    """The page of its ticket; of `complaint_form` with the form of a compensation open, of `complaint_asked` what waits
    for somebody's decision."""
    sheet = undecided(samples) if state == "complaint_undecided" else taken(samples)
    if state == "complaint_asked":
        asked = undecided(samples)
        given, ticket = asked.compensations[0], asked.ticket
        who = samples.directory.person(given.asked_by)
        line = Line(
            ticket.id, f"{ticket.subject} · {given.reason}", ticket.number or "", "¥120", "warn", f"{who} · 14:41"
        )
        made.rail.show_attention(1)
        made.pages.attention.show_attention((), NOW)
        made.pages.attention.show_asked([line])
        made.show_page(Page.ATTENTION)
        return
    page = made.make_ticket_page()
    moves = SHIPPED[TicketType.COMPLAINT].moves_from(sheet.ticket.status)
    names = samples.directory
    page.show_ticket(Seen(TicketSheet(sheet.ticket, samples.customer, moves), ME.id, NOW, names))
    panel = page.panel(ComplaintPanel)
    panel.show_complaint(sheet, names, {})
    made.show_ticket(page)
    made.show()
    if state == "complaint_form":
        panel.press(ComplaintDeed.COMPENSATE)
        panel.form.amount.setText("80")
        panel.form.reason.setText(samples.say("上门费应为免费", "Coming is free of charge"))
