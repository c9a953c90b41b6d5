"""Announcements of the demo company as the screens show them."""

from datetime import timedelta

from agent_desktop.announcements import Told
from agent_desktop.ui.widgets.lines import Line
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_model.announcement import Announcement, Audience, CheckQuestion, Urgency, seal
from tests.ui.samples import NOW, Samples


def announcement(samples: Samples) -> Announcement:
    say = samples.say
    text, right = say("新套餐每月多少钱？", "What does the new plan cost a month?"), say("139 元", "139 yuan")
    choices = (say("129 元", "129 yuan"), right, say("159 元", "159 yuan"))
    body = say(
        "**11 月 21 日 12:00 起**，千兆融合套餐由 129 元调整为 **139 元**。\n\n"
        "- 已签约客户合约期内价格不变\n- 12:00 前已受理的工单按原价办理\n- 客户询问时请说明新增的 300 M 上行\n\n"
        "> 不要承诺保留旧价。有疑问请转值班经理。",
        "**From 21 November, 12:00**, the gigabit plan costs **139 yuan** instead of 129.\n\n"
        "- Customers under contract keep their price until it ends\n- Tickets taken before 12:00 go by the old price\n"
        "- Tell who asks that 300 M upstream come with it\n\n"
        "> Promise nobody the old price. In doubt, hand over to the duty manager.",
    )
    return Announcement(
        "a-1",
        say("千兆融合套餐 12:00 起调价", "The gigabit plan costs more from 12:00"),
        body,
        Audience(queues=("support",)),
        Urgency.URGENT,
        valid_to=NOW + timedelta(days=7),
        must_read=True,
        dwell_s=20,
        asks_name=True,
        quiz=(CheckQuestion(text, choices, seal("a-1", text, right)),),
        blocks_ready=True,
        author="zhou.min",
        published_at=NOW - timedelta(minutes=4),
        changed_at=NOW - timedelta(minutes=4),
        version=1,
    )


def show_announcements(made: MainWindow, samples: Samples) -> None:
    """What an agent has still to read before being ready."""
    say = samples.say
    made.rail.show_announcements(2, must_read=1)
    made.show_page(Page.ANNOUNCEMENTS)
    page, one = made.pages.announcements, announcement(samples)
    must, today = say("必读", "Must be read"), say("今天", "Today")
    cut = say("城北光缆中断，预计 14:00 恢复", "Cable cut in the north, back at 14:00")
    shifts, autumn = say("国庆班次安排", "Shifts over the holidays"), say("9月28日", "28 Sep")
    page.show_lines(
        [
            Line(one.id, one.title, pill=must, tone="bad", at_right=today, is_open=True),
            Line("a-2", cut, pill=say("重要", "Important"), tone="warn", at_right=today),
            Line("a-3", say("发票抬头变更流程", "Changing invoice titles"), at_right=autumn, right_icon="check"),
            Line("a-4", shifts, pill=say("已失效", "Over"), at_right=autumn, right_icon="check"),
        ]
    )
    about = say("周敏 · 10:37 · 有效至 11月28日 10:41", "Zhou Min · 10:37 · until 28 Nov 10:41")
    page.reading.show_told(Told(one, NOW, None, is_in_force=True), about)
    page.reading.show_left(14)
