"""A ticket in the middle of its way, for the pictures of its page."""

from dataclasses import replace
from datetime import timedelta

from agent_desktop.tickets.trail import Trail
from agent_desktop.tickets.work import Related, Said, TicketSheet
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.ticket.deeds import Deed
from agent_desktop.ui.ticket.page import TicketPage
from agent_desktop.ui.ticket.panel import Places, Seen
from agent_desktop.ui.ticket.trail import TrailPanel
from agent_desktop.ui.window.main_window import MainWindow
from agent_model.moment import to_text
from agent_model.row_change import RowChange
from agent_model.ticket import Comment, CommentKind, LinkKind, Priority, TicketId, TicketStatus
from agent_model.ticket_flow import SHIPPED
from tests.ui.samples import ME, NOW, Samples, ago


def seen(samples: Samples) -> Seen:
    say = samples.say
    ticket = replace(
        samples.profile.open_tickets[0],
        status=TicketStatus.IN_PROGRESS,
        priority=Priority.HIGH,
        owner=ME.id,
        queue="billing",
        department="finance",
        created_by=ME.id,
        created_at=ago(hours=5),
        status_reason=say("客户又来电催促", "The customer called again"),
        description=say(
            "客户要求把 10 月发票的抬头改为新公司名称，已核对营业执照。",
            "The customer wants the October invoice made out to the company's new name; the licence was checked.",
        ),
    )
    below = replace(ticket, id=TicketId("T-below"), number="TK-204733", subject=say("核对税号", "Check the tax number"))
    other = replace(
        ticket, id=TicketId("T-other"), number="TK-204650", subject=say("9 月发票抬头", "Title of September"),
        status=TicketStatus.CLOSED,
    )  # fmt: skip
    comments = (
        Said(Comment("wang", ago(hours=3), say("已请财务确认税号。", "Finance was asked for the tax number."))),
        Said(
            Comment(
                ME.id,
                ago(minutes=40),
                say("您的发票明天上午重新开具。", "Your invoice is made out anew tomorrow morning."),
                CommentKind.TO_CUSTOMER,
            ),
            is_unsent=True,
        ),
    )
    sheet = TicketSheet(
        ticket,
        samples.customer,
        SHIPPED[ticket.type].moves_from(ticket.status),
        subtasks=(Related(below.id, ticket=below),),
        links=(Related(other.id, LinkKind.RELATED, other),),
        comments=comments,
    )
    names = Directory(
        queues={"billing": say("账单咨询", "Billing")},
        departments={"finance": say("财务结算部", "Billing and Finance")},
        people={ME.id: ME.name.in_language("zh" if samples.is_chinese else "en"), "wang": say("王强", "Wang Qiang")},
        categories={ticket.category: say("账单 › 发票 › 抬头变更", "Billing › Invoice › Change of title")},
    )
    places = Places(tuple(names.queues.items()), tuple(names.departments.items()), tuple(names.people.items()))
    return Seen(sheet, ME.id, NOW, names, places=places)


def trail(samples: Samples) -> Trail:
    say = samples.say
    moved = {
        "by": "wang", "at": to_text(ago(hours=4)), "reason": say("需财务处理", "Finance has to do it"),
        "before": {"queue": "support", "department": "care", "owner": None},
        "after": {"queue": "billing", "department": "finance", "owner": ME.id},
    }  # fmt: skip
    later = ago(hours=1)
    return Trail(
        (
            RowChange(4, "status", "new", "in_progress", ME.id, later, later - timedelta(hours=1)),
            RowChange(3, "hand_overs", None, [moved], "wang", ago(hours=4), ago(hours=4)),
            RowChange(2, "priority", "normal", "high", "wang", ago(hours=4), ago(hours=4)),
            RowChange(1, "", None, None, ME.id, ago(hours=5), ago(hours=5)),
        ),
        NOW,
    )


def show_ticket(window: MainWindow, samples: Samples, deed: Deed | None = None) -> TicketPage:
    page = window.make_ticket_page()
    page.show_ticket(seen(samples))
    page.panel(TrailPanel).show_trail(trail(samples))
    window.show_ticket(page)
    if deed is not None:
        page.form.open(deed, None)
    return page
