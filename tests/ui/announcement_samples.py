"""Announcements of the demo company as the screens show them."""

from datetime import timedelta

from agent_desktop.announcements import Told
from agent_desktop.ui.directory import Directory
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
    must, today = say("必读", "Must be read"), say("10:37", "10:37 AM")
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


def show_announcing(made: MainWindow, samples: Samples) -> None:
    """The page of who may tell, with one that went out and who has read it."""
    say = samples.say
    for page in (Page.ANNOUNCEMENTS, Page.ANNOUNCE):
        made.rail.offer(page, is_offered=True)
    made.show_page(Page.ANNOUNCE)
    announce, one = made.pages.announce, announcement(samples)
    draft, home = say("未发布", "Not published"), say("家庭客服一组", "Home Care 1")
    today = say("10:37", "10:37 AM")
    announce.show_rows(
        [
            Line("a-0", say("国庆值班表", "Shifts of the holidays"), pill=draft, tone="warn"),
            Line(one.id, one.title, pill=say("紧急", "Urgent"), tone="bad", at_right=today, is_open=True),
            Line("a-2", say("城北光缆中断", "Cable cut in the north"), pill=say("重要", "Important"), tone="warn"),
            Line("a-3", say("发票抬头变更流程", "Changing invoice titles"), pill=say("已撤回", "Withdrawn")),
        ]
    )
    queues = [("support", say("技术支持", "Support")), ("billing", say("账单咨询", "Billing"))]
    announce.form.offer_places([("home", home)], queues, ("宁波", "杭州"), Directory(), is_wide=True)
    announce.form.show_row(one, one.title, say("第 1 版，周敏，今天", "Version 1, by Zhou Min today"), is_begun=False)
    announce.form.show_addressed(say("将发送给 1 个班组的 7 人。", "Goes to 7 people in one team."))
    names = (say("王强", "Wang Qiang"), say("赵敏", "Zhao Min"), say("孙磊", "Sun Lei"))
    summary = say(f"7 人中 4 人已读。 未读（按班组）：{home} 3。", f"4 of 7 have read it. Not yet, by team: {home} 3.")
    announce.board.show_board(summary, [Line(name, name, home) for name in names], may_remind=True)
    announce.show_preview(one.body)
