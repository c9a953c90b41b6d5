"""Lists with something in them, for pictures."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from agent_desktop.lists import Filter, ListedCall, ListedTicket, Period, Query
from agent_desktop.ui.lists.calls import CALLS, calls
from agent_desktop.ui.lists.columns import Head, Line
from agent_desktop.ui.lists.export_panel import Asked, ExportPanel
from agent_desktop.ui.lists.kinds import ListKind, customers, tickets
from agent_desktop.ui.widgets.found_list import Found, FoundKind
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_model.customer import Contact, CustomerId, Tier
from agent_model.phone_number import PhoneNumber
from agent_model.ticket import Priority, TicketId, TicketStatus
from agent_model.words import Words
from tests.ui import desk
from tests.ui.samples import NOW, Samples, clock

ROWS = 40
WHO = (
    Words("陈思远", "Chen Siyuan"),
    Words("王小明", "Wang Xiaoming"),
    Words("Maria Lopez", "Maria Lopez"),
    Words("单乐", "Shan Le"),
    Words("Oliver Smith", "Oliver Smith"),
)


def show_tickets(window: MainWindow, samples: Samples, language: str) -> None:
    """Grouped by queue."""
    kind = tickets(desk.formats(language), lambda: samples.directory, clock, "a-1001")
    made = []
    for n in range(ROWS):
        like = samples.tickets[n % len(samples.tickets)]
        ticket = replace(
            like,
            id=TicketId(f"T-{n}"),
            number=f"TK-{204_700 + n}",
            status=tuple(TicketStatus)[n % 3],
            priority=tuple(Priority)[n % 4],
            due_at=NOW + timedelta(hours=n - 3),
        )
        made.append(kind.line(ListedTicket(ticket, WHO[n % len(WHO)].in_language(language))))
    heads = (Head(samples.say("技术支持", "Support"), 6), Head(samples.say("账单咨询", "Billing"), 34))
    _show(window, Page.TICKETS, kind, made, heads)
    shown = window.pages.lists[Page.TICKETS]
    shown.query = replace(
        shown.query,
        filters=(Filter("priority", among=(2, 3)), Filter("due", period=Period.THIS_WEEK)),
        then=(("priority", True),),
    )
    shown.show_columns(shown.shown_columns)
    shown.views.offer_team(leads=True)
    for row in (1, 3, 4):
        shown.table.choose(row)
        shown.table.toggle_current()


def show_calls(window: MainWindow, samples: Samples, language: str) -> None:
    kind = calls(desk.formats(language), lambda: samples.directory, clock, "a-1001", leads=True)
    made = []
    for n in range(ROWS):
        call = Contact(
            f"K-{n}",
            CustomerId("C-1"),
            CALLS[n % 5 % 3],
            NOW - timedelta(minutes=37 * n),
            samples.say("发票抬头变更", "Change of invoice title"),
            samples.say("客户要求更改抬头，已登记。", "Wants another title; written down."),
            agent="a-1001",
            queue="billing",
            duration_s=None if n % 5 == 2 else 61 + 17 * n,
            version=1,
        )
        made.append(kind.line(ListedCall(call, WHO[n % len(WHO)].in_language(language))))
    _show(window, Page.CALLS, kind, made, ())


def show_export(window: MainWindow, samples: Samples, language: str) -> None:
    """While it is written, with one that waits for who leads."""
    show_tickets(window, samples, language)
    panel = ExportPanel(window.pages.lists[Page.TICKETS].look)
    window.pages.lists[Page.TICKETS].put_panel(panel)
    say = samples.say
    head = say("导出“工单”：3 行", "Export “Tickets”: 3 rows")
    about = say("按列表当前的排序、筛选和列导出。", "As the list shows it: its order, filters and columns.")
    panel.show_wish(head, about, Path("/home/lin/Documents/tickets.xlsx"), can_ask=False)
    panel.show_progress(1, 3)
    panel.show_asked(
        [Asked("E-1", say("周敏申请导出“工单”3000 行：月报", "Zhou Min asks to export 3000 rows: report"))]
    )


def show_customers(window: MainWindow, samples: Samples, language: str) -> None:
    kind = customers(desk.formats(language), clock)
    made = []
    for n in range(ROWS):
        customer = replace(
            samples.customer,
            id=CustomerId(f"C-{n}"),
            name=WHO[n % len(WHO)].in_language(language),
            tier=tuple(Tier)[n % 4],
            phones=(PhoneNumber(f"+86138{n:04d}{n * 37 % 10_000:04d}"),),
            value_fen=n * 377_00,
            version=1,
        )
        made.append(kind.line(customer))
    _show(window, Page.CUSTOMERS, kind, made, ())


def _show(window: MainWindow, page: Page, kind: ListKind[Any], lines: list[Line], heads: tuple[Head, ...]) -> None:
    window.pages.offer_list(page, kind)
    window.show_page(page)
    shown = window.pages.lists[page]
    if heads:
        shown.query = Query("due", group="queue")
    shown.show_order(range(len(lines)), (), heads, is_whole=True)
    shown.table.lines.put_window(0, list(range(len(lines))), dict(enumerate(lines)))
    shown.table.choose(3)
    shown.table.setFocus()


def show_found(window: MainWindow, samples: Samples) -> None:
    """What `wangx` finds, and what it says of nobody."""
    window.top_bar.search.setText("wangx")
    say = samples.say
    company = say("杭州云岚科技有限公司", "Hangzhou Yunlan Technology")
    window.top_bar.found.show_under(
        window.top_bar.search,
        (
            Found(FoundKind.CUSTOMER, "1", "王小明", f"139****7788 · {company}", ((0, 2),)),
            Found(FoundKind.CUSTOMER, "2", "王雪梅", "138****0001", ((0, 2),)),
            Found(FoundKind.CUSTOMER, "3", "Nina Kim", "wangxiang@mail.example · 137****2311", (), ((0, 5),)),
            Found(FoundKind.TICKET, "C-1", "TK-204718", say("电子发票抬头变更", "Change of invoice title")),
            Found(FoundKind.ARTICLE, "a", say("网络选择指南", "Choosing a network"), say("宽带", "Broadband")),
        ),
    )
