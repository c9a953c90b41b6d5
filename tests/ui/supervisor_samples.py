"""The pages of those who run the floor, as the gallery draws them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from agent_desktop.errors import ServerUnreachable
from agent_desktop.softphone.events import Playing, RecordingPlayed
from agent_desktop.softphone.recording.shape import shaped
from agent_desktop.supervisor.agent_board import Narrowed, OnBoard, Order
from agent_desktop.supervisor.reports import Asked, Beside, Days, Part
from agent_desktop.supervisor.shift_plans import Planned as Brought
from agent_desktop.ui.alert_words import alert_words, explain_not_taken, seen_words
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.supervisor.breaks_page import ReasonSum
from agent_desktop.ui.supervisor.shift_words import explain_table
from agent_desktop.ui.widgets.lines import Line
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.notices import Notice, Weight
from agent_desktop.ui.window.rail import Page
from agent_model.adherence import Adherence, AdherenceNow
from agent_model.agent import Agent, AgentId, AgentState, QueueId, Role, StateEntry, TeamId
from agent_model.alert import Alert, AlertKind
from agent_model.confirmation import Agreement, Confirmed
from agent_model.current_caller import CurrentCaller
from agent_model.floor_bound import Grade
from agent_model.floor_message import FloorMessage, MessageDraft, Receipt, SentMessage, To
from agent_model.floor_policy import FloorAct, Steering
from agent_model.floor_report import Period, Report, ReportKind, Wish
from agent_model.help_call import HelpCall
from agent_model.moment import to_text
from agent_model.recorded_call import RecordedCall, RecordedCalls
from agent_model.recording_mark import RecordingMark
from agent_model.report_mail import ReportMail, ReportMails
from agent_model.shift_plan import Planned, PlannedTime
from agent_model.words import Words
from agent_papers.paper import BadPaper, PaperWrong
from agent_papers.shift_table import LineFault
from agent_server.floor.measures import Totals
from agent_server.floor.reports import LISTED, SHAPES
from tests.ui.desk import formats
from tests.ui.samples import NOW, Samples

STATES: Final = (
    "alerts", "alerts_notices", "alerts_offline",
    "agents", "agents_many", "agents_listened", "agents_help", "agents_limited", "agents_nobody",
    "agents_shifts", "agents_shifts_wrong", "agents_shifts_done",
    "breaks", "breaks_many", "breaks_none",
    "messages", "messages_many", "messages_none",
    "recordings", "recordings_none",
    "reports", "reports_agents", "reports_agents_many", "reports_alerts", "reports_asked", "reports_calls",
    "reports_days", "reports_level", "reports_nothing", "reports_states", "reports_unreached",
    "reports_mails", "reports_mails_none", "reports_typed",
)  # fmt: skip
"""`_many`: of 500 people, else of a dozen."""
REPORTS_SHOWN: Final = {
    "reports": (ReportKind.QUEUE, Beside.BEFORE),
    "reports_agents": (ReportKind.AGENT, Beside.NOTHING),
    "reports_agents_many": (ReportKind.AGENT, Beside.BEFORE),
    "reports_alerts": (ReportKind.ALERTS, Beside.NOTHING),
    "reports_asked": (ReportKind.QUEUE, Beside.NOTHING),
    "reports_calls": (ReportKind.CALLS, Beside.NOTHING),
    "reports_days": (ReportKind.DAY, Beside.NOTHING),
    "reports_level": (ReportKind.SERVICE_LEVEL, Beside.SAME_WEEKDAYS),
    "reports_mails_none": (ReportKind.QUEUE, Beside.NOTHING),
    "reports_nothing": (ReportKind.QUEUE, Beside.NOTHING),
    "reports_unreached": (ReportKind.QUEUE, Beside.NOTHING),
    "reports_mails": (ReportKind.QUEUE, Beside.NOTHING),
    "reports_states": (ReportKind.STATES, Beside.NOTHING),
    "reports_typed": (ReportKind.DAY, Beside.NOTHING),
}
FULL_REPORTS: Final = (
    "reports", "reports_agents", "reports_agents_many", "reports_alerts", "reports_calls", "reports_days",
    "reports_level", "reports_states",
)  # fmt: skip
"""Those that show a table."""
MAILS: Final = (
    ReportMail("5e" * 16, team="home", to=("lead@example.com",), sent_at=NOW - timedelta(hours=3), changed_by="a-1"),
    ReportMail(
        "6f" * 16, ReportKind.QUEUE, days=7, compared=True, at="08:30", on=("mon",), form="pdf",
        to=("duty@example.com", "board@example.com"), changed_by="a-1",
    ),
)  # fmt: skip
FAMILY: Final = ("林", "王", "周", "何", "陈", "赵", "吴", "徐", "孙", "马")
GIVEN: Final = ("悦", "强", "敏", "俊", "静", "磊", "婷", "涛", "娜", "浩")
ROMAN: Final = ("Lin", "Wang", "Zhou", "He", "Chen", "Zhao", "Wu", "Xu", "Sun", "Ma")
ROMAN_GIVEN: Final = ("Yue", "Qiang", "Min", "Jun", "Jing", "Lei", "Ting", "Tao", "Na", "Hao")
SPENT_S: Final = (12, 245, 61, 733, 1904, 5, 88, 410, 3700, 27)
DOING: Final = (
    AgentState.ON_CALL,
    AgentState.READY,
    AgentState.AFTER_CALL_WORK,
    AgentState.ON_CALL,
    AgentState.BREAK,
    AgentState.READY,
    AgentState.OFFLINE,
)
NOON_SHIFT: Final = (NOW - timedelta(hours=3), NOW + timedelta(hours=5))
QUEUES: Final = (("support", "billing"), ("billing",), ("support", "vip"))


LONG_CALL: Final = Alert(
    "al-1", "long_call", Words("通话过长", "Long call"), AlertKind.LONG_CALL, Grade.WARN, 960, 900, NOW
)
LONG_WAIT: Final = Alert(
    "al-2", "long_wait", Words("等待过长", "Long wait"), AlertKind.LONG_WAIT, Grade.BAD, 131, 120, NOW, "billing"
)


def people(count: int) -> dict[AgentId, OnBoard]:
    return {one.agent.id: one for one in map(_one, range(count))}


def _one(n: int) -> OnBoard:
    name = Words(f"{FAMILY[n % 10]}{GIVEN[n // 10 % 10]}", f"{ROMAN_GIVEN[n // 10 % 10]} {ROMAN[n % 10]}")
    queues = tuple(QueueId(queue) for queue in QUEUES[n % 3])
    languages = ("zh-CN", "en") if n % 4 == 0 else ("zh-CN",)
    agent = Agent(
        AgentId(f"a-{n}"), f"agent.{n}", name, Role.AGENT, f"{2001 + n}", TeamId("home"), queues, languages
    )  # fmt: skip
    state = DOING[n % 7]
    reason = "meal" if state is AgentState.BREAK else None
    agreement = Agreement.FLAGGED if n == 4 else Agreement.KEPT
    asks = HelpCall(agent.id, NOW - timedelta(seconds=95), by="" if n < 100 else "a-0")
    is_talking = state is AgentState.ON_CALL
    number = f"13{n % 10}****{6700 + n % 300}"
    return OnBoard(
        agent,
        StateEntry(state, NOW - timedelta(seconds=SPENT_S[n % 10] + n % 50), reason),
        Confirmed(agent.id, agreement, is_reachable=n != 5, why="no_such_queue" if n == 4 else ""),
        alert=replace(LONG_CALL, agent=agent.id) if n == 3 else None,
        caller=CurrentCaller(agent.id, number, queues[0], NOW) if is_talking else None,
        due_at=NOW - timedelta(seconds=108) if n == 4 else None,
        is_over=n == 4,
        help=asks if n % 100 == 10 else None,
        adherence=None if n % 9 == 8 else _shift(agent.id, n),
    )


def crowd(samples: Samples, count: int) -> Directory:
    """So many people have names."""
    named: dict[str, str] = {id_: one.agent.name.in_language(samples.language) for id_, one in people(count).items()}
    return replace(samples.directory, people=named, teams={"home": samples.say("家庭客服一组", "Home care 1")})


def _shift(agent: str, n: int) -> AdherenceNow:
    """With a break now; one in twelve is late, another one works on into the break."""
    rest = PlannedTime(Planned.BREAK, NOW - timedelta(minutes=7), NOW + timedelta(minutes=23))
    work = PlannedTime(Planned.WORK, *NOON_SHIFT)
    is_late, is_out = n % 12 == 6, n % 12 in (2, 6)
    planned = rest if is_out and not is_late else work
    kept = 0 if is_late else 100_000 - 700 * (n * 7 % 23)
    return AdherenceNow(
        agent, NOW.date(), Adherence(100_000, kept), planned.what, planned.until,
        NOW - timedelta(minutes=7) if is_out else None, is_late, (work, rest),
    )  # fmt: skip


MARKED = (
    (12, "开场白完整", "Complete opening"),
    (81, "打断客户，没有听完问题", "Interrupts before the question is out"),
    (150, "核实身份做得好", "Verifies who is calling, well done"),
    (232, "", ""),
)


def show_recordings(made: MainWindow, samples: Samples, state: str) -> None:
    """The second of them is listened to."""
    made.rail.offer(Page.RECORDINGS, is_offered=True)
    page = made.pages.recordings
    page.show_names(samples.directory, (), NOW)
    if state == "recordings_none":
        page.show_calls(RecordedCalls((), has_more=False))
        made.show_page(Page.RECORDINGS)
        return
    people, queues = list(samples.directory.people), list(samples.directory.queues)
    page.show_calls(
        RecordedCalls(
            tuple(
                RecordedCall(
                    f"K-{n}", "C-1", f"{FAMILY[n % 10]}{'先生' if n % 2 else '女士'}",
                    "call_in" if n % 3 else "call_out", NOW - timedelta(minutes=17 * n + 4), people[n % len(people)],
                    queues[n % len(queues)], None, SPENT_S[n % 10] + 40, 1, 60 if n == 3 else 100, "",
                )
                for n in range(14)
            ),
            has_more=True,
        )
    )  # fmt: skip
    made.show_page(Page.RECORDINGS)
    page.list.choose("K-1")
    ours, theirs = (bytes(_loud(n, side) for n in range(2850)) for side in (0, 1))
    page.player.offer("")
    page.player.show_played(RecordingPlayed(Path("one.adr"), Playing.GOES_ON, 82.0, 285.0))
    page.player.show_shape(shaped(ours, theirs))
    page.marks.show_names(samples.directory, lambda mark: mark.by == people[0], NOW)
    page.marks.show_heard("one")
    page.marks.show_marks(
        [
            RecordingMark(
                f"m-{n}", "one", second * 1000, samples.say(zh, en), people[n % 2], NOW - timedelta(minutes=9 - n)
            )
            for n, (second, zh, en) in enumerate(MARKED)
        ],
        {"m-2"},
    )
    page.marks.choose("m-2")


def show_reports(made: MainWindow, samples: Samples, state: str) -> None:
    made.rail.offer(Page.REPORTS, is_offered=True)
    page = made.pages.reports
    kind, beside = REPORTS_SHOWN[state]
    asked = Asked(kind=kind, days=Days.WEEK, beside=beside)
    if state == "reports_typed":
        asked = replace(asked, days=Days.OTHER, first="2026-11-15", last="2026-11-21")
    directory = crowd(samples, 500 if state == "reports_agents_many" else 12)
    page.show_names(directory, {one.id: one.name for one in samples.breaks})
    page.show_asked(asked, has_teams=True)
    made.show_page(Page.REPORTS)
    match state:
        case "reports_asked":
            return
        case "reports_unreached":
            page.say(explain(ServerUnreachable("https://desk.example", "")), is_trouble=True)
            return
        case "reports_nothing":
            page.show_report(Report(asked.wish(NOW.date()), ("queue",), ("queue", "asked"), Period(())))
            return
    page.show_report(a_report(asked.wish(NOW.date()), directory))
    page.table.setCurrentIndex(page.table.report.index(1, 3))
    if state == "reports_days":
        page.part.choose(Part.OUTCOMES)
        page.part.chosen.emit(Part.OUTCOMES)
        page.table.setCurrentIndex(page.table.report.index(3, page.table.report.columnCount() - 1))
    if state.startswith("reports_mails"):
        page.open_mails()
        page.mails.show_names(directory, has_teams=True)
        page.mails.show_mails(ReportMails(can_send=False))
    if state == "reports_mails":
        page.mails.show_mails(ReportMails(can_send=True, domains=("example.com",), mails=MAILS))
        page.mails.show_mail(MAILS[1])


def a_report(wish: Wish, directory: Directory) -> Report:
    """As the server makes them."""
    if wish.kind in LISTED:
        return Report(wish, LISTED[wish.kind][:1], LISTED[wish.kind], _listed(wish.kind, directory))
    shape = SHAPES[wish.kind]
    days = [f"2026-11-{15 + n}" for n in range(7)]
    clocks = [to_text(NOW.replace(hour=hour, minute=0)) for hour in range(1, 10)]
    keys: dict[ReportKind, Sequence[tuple[str, ...]]] = {
        ReportKind.QUEUE: [(queue,) for queue in directory.queues],
        ReportKind.AGENT: [(person,) for person in directory.people],
        ReportKind.DAY: [(day,) for day in days],
        ReportKind.SERVICE_LEVEL: [(queue, clock) for queue in directory.queues for clock in clocks],
    }

    def period(factor: int) -> Period:
        each = [_worked(factor, n % 30) for n in range(len(keys[wish.kind]))]
        rows = tuple(shape.row(key, totals) for key, totals in zip(keys[wish.kind], each, strict=True))
        return Period(rows, shape.row(("",) * len(shape.keys), sum(each, Totals())))

    before = None if wish.compared_from is None else period(7)
    if before is not None and wish.kind is ReportKind.SERVICE_LEVEL:
        before = None  # its moments are those of other days
    return Report(wish, shape.keys, (*shape.keys, *shape.figures), period(9), before)


def _listed(kind: ReportKind, directory: Directory) -> Period:
    people, queues = list(directory.people), list(directory.queues)
    if kind is ReportKind.STATES:
        states = ("ready", "on_call", "after_call_work", "break")
        begun = [NOW - timedelta(minutes=9 * n) for n in range(60)]
        logged = tuple(
            (
                people[n // 8 % len(people)], to_text(at), to_text(at + timedelta(minutes=8)), states[n % 4],
                "meal" if n % 4 == 3 else "", 480.0, "guessed" if n % 7 == 0 else "told",
            )
            for n, at in enumerate(begun)
        )  # fmt: skip
        return Period(logged, ("", "", "", "", "", 28_800.0, ""))
    moments = [to_text(NOW - timedelta(minutes=7 * n)) for n in range(40)]
    if kind is ReportKind.ALERTS:
        kinds = ("long_call", "service_level", "long_wait", "ring_no_answer")
        told = tuple(
            (
                at, kinds[n % 4], "bad" if n % 3 == 0 else "warn", queues[n % len(queues)],
                people[n % len(people)] if n % 4 in (0, 3) else "", 960 - n, 900,
                people[0] if n % 2 else "", 41.0 if n % 2 else None, 60.0 + 13 * n,
            )
            for n, at in enumerate(moments)
        )  # fmt: skip
        return Period(told, ("", "", "", "", "", None, None, "", None, 12_540.0))
    results = ("answered", "answered", "gave_up", "overflowed")
    calls = tuple(
        (
            at, f"{1_763_690_000 + 37 * n}.{n}", queues[n % len(queues)], results[n % 4], 4.0 + n,
            " ".join(people[n % 5 : n % 5 + 1 + n % 2]) if n % 4 < 2 else "", 184.0 + n, 21.0, n % 3,
        )
        for n, at in enumerate(moments)
    )  # fmt: skip
    return Period(calls, ("", "", "", "", None, "", 8140.0, 840.0, 39))


def _worked(factor: int, n: int) -> Totals:
    asked = 61 * factor + 97 * n % 211
    answered, gave_up = asked * (93 - 2 * n) // 100, asked * (5 + n) // 100
    return Totals(
        asked=asked, answered=answered, in_time=answered * 9 // 10, gave_up=gave_up, gave_up_short=gave_up // 4,
        overflowed=asked - answered - gave_up, waited_ms=answered * 11_300, ended=answered,
        talked_ms=answered * 184_000, held_ms=answered * 21_000, wrapped_ms=answered * 47_000, rang_out=n * 3,
        refused=n, on_call_ms=answered * 205_000, ready_ms=answered * 70_000, break_ms=7_200_000, judged=answered,
        solved_first=answered * (81 - n) // 100, repeats=answered * (6 + n) // 100, rated=answered // 3,
        dialled=factor * 4,
    )  # fmt: skip


def _loud(slice_: int, side: int) -> int:
    """They take turns of some seconds, with a long silence and some words at once."""
    is_silent = 1200 <= slice_ < 1300
    speaks = (slice_ // 67) % 2 == side or 1900 <= slice_ < 1960
    return 0 if is_silent or not speaks else 12 + slice_ * 7919 % 43


def show_messages(made: MainWindow, samples: Samples, state: str) -> None:
    """One that is being written, three that were sent, and an urgent one that came."""
    made.rail.offer(Page.MESSAGES, is_offered=True)
    directory = crowd(samples, 500 if state == "messages_many" else 12)
    page, people = made.pages.messages, list(directory.people)
    page.show_names(directory)
    named = {f"agent:{id_}": directory.people[id_] for id_ in people}
    page.form.offer(["home"], people, {"team:home": directory.teams["home"]} | named, has_all=True)
    if state == "messages_none":
        made.show_page(Page.MESSAGES)
        return
    texts = (
        ("滨江区停电，18:00 前不要承诺上门", "家庭宽带业务受理暂停到 15:30", "午饭按平时时间")
        if samples.is_chinese
        else ("Power is out in Binjiang: promise no visit before 18:00", "No new lines until 15:30", "Lunch as usual")
    )
    page.form.show_draft(MessageDraft(To.TEAM, "home", texts[0], is_urgent=True))
    sent = []
    for n, words in enumerate(texts):
        at = NOW - timedelta(minutes=7 + 40 * n)
        told = FloorMessage(f"m{n}", people[0], To.ALL, "", words, n == 0, at, at + timedelta(minutes=30))
        read = [at + timedelta(minutes=k) if (k + n) % 3 else None for k in range(len(people))]
        sent.append(SentMessage(told, tuple(map(Receipt, [told.id] * len(people), people, read))))
    page.show_sent(sent, NOW)
    made.show_page(Page.MESSAGES)
    made.message_band.show_message(
        f"紧急 {directory.person(people[0])} 10:34" if samples.is_chinese else "Urgent, Zhou Min, 10:34 AM",
        texts[0],
        1,
        is_urgent=True,
    )


def show_breaks(made: MainWindow, samples: Samples, state: str) -> None:
    """One asks, two stand in line, the others are away, one of them for too long."""
    made.rail.offer(Page.BREAKS, is_offered=True)
    made.show_page(Page.BREAKS)
    page, say = made.pages.breaks, samples.say
    names = [one.agent.name.in_language(samples.language) for one in people(500).values()]
    meal, rest = say("就餐", "Meal"), say("小休", "Short break")
    lines = [
        Line("b-0", names[0], pill=say("请您批准", "Asks you"), tone="warn", at_right=rest, is_open=True),
        Line("b-1", names[1], pill=say("排队第 1", "In line, 1"), tone="accent", at_right=meal),
        Line("b-2", names[2], pill=say("排队第 2", "In line, 2"), tone="accent", at_right=meal),
        Line("b-3", names[3], pill=say("超时 06:12", "Over by 06:12"), tone="bad", at_right=meal),
    ]
    away = {"breaks": 5, "breaks_many": 60}.get(state, 0)
    lines += [Line(f"b-{n}", names[n], pill=f"{n % 15:02}:{n * 7 % 60:02}", at_right=rest) for n in range(4, 4 + away)]
    if state != "breaks_none":
        page.show_lines(lines)
        words = say("小休中 {n} · 排队 2 · 待批 1", "On a break: {n} · waiting: 2 · asking: 1")
        page.sum_up(words.format(n=away + 1))
        kinds = (("小休", "Short break", 15, away, 0, 0, 1), ("就餐", "Meal", 30, 1, 1, 2, 0))
        others = (("培训", "Training"), ("会议", "Meeting"))
        page.show_reasons(
            [ReasonSum(say(zh, en), say(f"{minutes} 分钟", f"{minutes} min"), *n) for zh, en, minutes, *n in kinds]
            + [ReasonSum(say(zh, en), "—", 0, 0, 0, 0) for zh, en in others]
        )
        page.choose(may_decide=True)


def show_agents(made: MainWindow, samples: Samples, state: str) -> None:
    made.rail.offer(Page.AGENTS, is_offered=True)
    page = made.pages.agents
    breaks = {one.id: one.name for one in samples.breaks}
    directory = crowd(samples, 12)
    page.show_names(directory, breaks, breaks, directory.queues, ("zh-CN", "en"), has_teams=state == "agents_many")
    page.show_narrowed(Narrowed(order=Order.STATE, words="7001" if state == "agents_nobody" else ""))
    page.show_all(people(500 if state == "agents_many" else 12), NOW)
    made.show_page(Page.AGENTS)
    page.table.choose({"agents_listened": "a-0", "agents_help": "a-10"}.get(state, "a-4"))
    if state.startswith("agents_shifts"):
        show_shifts(made, samples, state)
    if state == "agents_limited":
        page.card.allow({Steering.SIGN_OUT})
    if state in ("agents_listened", "agents_help"):
        page.card.acts.offer(frozenset(FloorAct))
    if state == "agents_listened":
        page.card.acts.show_now(FloorAct.LISTEN)


def show_alerts(made: MainWindow, samples: Samples, state: str) -> None:
    """One asks for a lead, another has one."""
    directory, style = crowd(samples, 12), formats(samples.language)
    seen = replace(LONG_CALL, agent="a-4", taken_by="a-1", taken_at=NOW - timedelta(minutes=2))
    if state == "alerts_notices":
        said = [alert_words(one, directory, style) for one in (LONG_WAIT, seen, replace(seen, agent="a-7"))]
        made.show_page(Page.NOTICES)
        made.pages.notices.show_notices(
            (
                Notice("n-1", Weight.TROUBLE, said[0], NOW, alert="al-2"),
                Notice("n-2", Weight.WARNING, said[1], NOW, alert="al-1", seen=seen_words(seen, directory, style)),
                Notice("n-3", Weight.WARNING, said[2], NOW, alert="al-3", over_at=NOW),
            ),
            NOW,
        )
    else:
        show_agents(made, samples, state)
        page = made.pages.agents
        everybody = people(12)
        page.show_all(everybody | {AgentId("a-4"): replace(everybody[AgentId("a-4")], alert=seen)}, NOW)
    made.alert_band.show_alert(Grade.BAD, alert_words(LONG_WAIT, directory, style), 2)
    if state == "alerts_offline":
        made.alert_band.say(explain_not_taken(ServerUnreachable("https://desk.example.com", "no network")))


def show_shifts(made: MainWindow, samples: Samples, state: str) -> None:
    """A table of shifts: what would come of it with faulty lines, one that cannot be read, one that is in."""
    pane, name = made.pages.agents.shifts, samples.say("十一月第四周排班.xlsx", "Shifts of week 48.xlsx")
    faults = (
        LineFault(7, "no_day", "2026-13-01"),
        LineFault(19, "unknown_agent", samples.say("王小强", "Wang Xiaoqiang")),
        LineFault(42, "overlap"),
    )
    planned = Brought(68, 9, 4, 3, faults)
    if state == "agents_shifts_wrong":
        pane.show_trouble(name, explain_table(BadPaper(PaperWrong.NO_COLUMNS)))
        return
    pane.show_tried(name, planned, (samples.say("备注", "Remarks"),))
    if state == "agents_shifts_done":
        pane.show_done(planned)


def show_floor(made: MainWindow, samples: Samples, state: str) -> None:
    show: dict[str, Callable[[MainWindow, Samples, str], None]] = {
        "agents": show_agents,
        "alerts": show_alerts,
        "breaks": show_breaks,
        "messages": show_messages,
        "recordings": show_recordings,
        "reports": show_reports,
    }
    show[state.partition("_")[0]](made, samples, state)
