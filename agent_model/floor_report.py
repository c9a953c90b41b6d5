"""Reports of the floor: what there are, what their columns are called, and what each figure is (docs/metrics.md)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from agent_model.words import Words

Value = str | int | float | None


class ReportKind(StrEnum):
    INTERVAL = "interval"
    DAY = "day"
    QUEUE = "queue"
    TEAM = "team"
    AGENT = "agent"
    SERVICE_LEVEL = "service_level"
    DISPOSITION = "disposition"
    STATES = "states"
    CALLS = "calls"
    ALERTS = "alerts"


@dataclass(frozen=True, slots=True)
class Wish:
    """From the first day to the last, by the site's clock. `team`, `queue` and `agent` narrow it; `compared_from` is
    the first day of the period of the same length that stands beside it."""

    kind: ReportKind
    first: date
    last: date
    team: str = ""
    queue: str = ""
    compared_from: date | None = None
    agent: str = ""

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Period:
    """`total` is of all rows: of a share that of the sums, where there is one."""

    rows: tuple[tuple[Value, ...], ...]
    total: tuple[Value, ...] | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """`keys` are the columns that say what a row is about, `columns` all of them. `before` is the period that it is
    compared with."""

    wish: Wish
    keys: tuple[str, ...]
    columns: tuple[str, ...]
    now: Period
    before: Period | None = None


class Writing(StrEnum):
    """How the values of a column are written. CODE is one of VALUES, NAME the id of something that has a name."""

    COUNT = "count"
    SECONDS = "seconds"
    SHARE = "share"
    MOMENT = "moment"
    DAY = "day"
    NAME = "name"
    CODE = "code"
    TEXT = "text"

    @property
    def is_number(self) -> bool:
        return self in (Writing.COUNT, Writing.SECONDS, Writing.SHARE)


@dataclass(frozen=True, slots=True)
class Column:
    """`means` is its definition: what it is, or its formula."""

    title: Words
    writing: Writing
    means: Words | None = None


TITLES: Final[Mapping[ReportKind, Words]] = {
    ReportKind.INTERVAL: Words("时段报表", "Intervals"),
    ReportKind.DAY: Words("日报表", "Days"),
    ReportKind.QUEUE: Words("队列报表", "Queues"),
    ReportKind.TEAM: Words("班组报表", "Teams"),
    ReportKind.AGENT: Words("坐席报表", "Agents"),
    ReportKind.SERVICE_LEVEL: Words("服务水平报表", "Service level"),
    ReportKind.DISPOSITION: Words("小结报表", "Dispositions"),
    ReportKind.STATES: Words("状态日志", "State log"),
    ReportKind.CALLS: Words("通话明细", "Call detail"),
    ReportKind.ALERTS: Words("告警记录", "Alerts"),
}
COLUMNS: Final[Mapping[str, Column]] = {
    "at": Column(Words("时段", "From"), Writing.MOMENT),
    "day": Column(Words("日期", "Day"), Writing.DAY),
    "queue": Column(Words("队列", "Queue"), Writing.NAME),
    "team": Column(Words("班组", "Team"), Writing.NAME),
    "agent": Column(Words("坐席", "Agent"), Writing.NAME),
    "disposition": Column(Words("小结", "Disposition"), Writing.NAME),
    "asked": Column(
        Words("请求人工", "Asked for a person"),
        Writing.COUNT,
        Words("请求人工、进入队列的来电", "callers who asked for a person: joined a queue"),
    ),
    "answered": Column(
        Words("接听", "Answered"), Writing.COUNT, Words("由坐席接听的来电", "callers whom an agent answered")
    ),
    "in_time": Column(
        Words("时限内接听", "Answered in time"),
        Writing.COUNT,
        Words("在队列承诺的秒数内接听的来电", "answered within the seconds that the queue promises"),
    ),
    "gave_up": Column(
        Words("放弃", "Gave up"), Writing.COUNT, Words("等待中挂机的来电", "callers who hung up while waiting")
    ),
    "gave_up_short": Column(
        Words("其中短放弃", "Of them at once"),
        Writing.COUNT,
        Words("放弃中等待不足 5 秒(可设定)的来电", "gave up within 5 s, or what the site sets"),
    ),
    "overflowed": Column(
        Words("溢出", "Overflowed"),
        Writing.COUNT,
        Words("未接听即离开队列、通话仍在的来电", "left the queue without a person and are still there"),
    ),
    "service_level": Column(
        Words("服务水平", "Service level"),
        Writing.SHARE,
        Words(
            "时限内接听 ÷ (接听 + 放弃 − 短放弃 + 溢出)",
            "answered in time ÷ (answered + gave up − at once + overflowed)",
        ),
    ),
    "connect_rate": Column(
        Words("接通率", "Connect rate"),
        Writing.SHARE,
        Words("接听 ÷ (接听 + 放弃 − 短放弃 + 溢出)", "answered ÷ (answered + gave up − at once + overflowed)"),
    ),
    "abandon_rate": Column(
        Words("放弃率", "Abandon rate"),
        Writing.SHARE,
        Words(
            "(放弃 − 短放弃) ÷ (接听 + 放弃 − 短放弃 + 溢出)",
            "(gave up − at once) ÷ (answered + gave up − at once + overflowed)",
        ),
    ),
    "answer_speed_s": Column(
        Words("平均应答速度", "ASA"),
        Writing.SECONDS,
        Words("接听来电的等待时长之和 ÷ 接听", "sum of the waits of the answered ÷ answered"),
    ),
    "ended": Column(
        Words("处理通话", "Calls handled"),
        Writing.COUNT,
        Words("队列来电中坐席各自通话的次数，转接各计一次", "ended parts of calls of queues: one of each agent"),
    ),
    "talk_s": Column(Words("平均通话", "Talk"), Writing.SECONDS, Words("通话时长 ÷ 处理通话", "talk ÷ calls handled")),
    "hold_s": Column(Words("平均保持", "Hold"), Writing.SECONDS, Words("保持时长 ÷ 处理通话", "hold ÷ calls handled")),
    "wrap_s": Column(
        Words("平均话后", "Wrap-up"),
        Writing.SECONDS,
        Words("话后处理时长 ÷ 处理通话", "after-call work ÷ calls handled"),
    ),
    "handle_s": Column(
        Words("平均处理时长", "AHT"),
        Writing.SECONDS,
        Words("(通话 + 保持 + 话后处理) ÷ 处理通话", "(talk + hold + after-call work) ÷ calls handled"),
    ),
    "rang_out": Column(
        Words("振铃未接", "Not answered"), Writing.COUNT, Words("坐席未接的振铃", "rang at an agent in vain")
    ),
    "refused": Column(
        Words("拒接", "Turned away"), Writing.COUNT, Words("坐席拒接的振铃", "rang at an agent who refused")
    ),
    "busy_s": Column(
        Words("工作时长", "Busy"),
        Writing.SECONDS,
        Words("通话状态 + 话后处理的时长", "time on calls + after-call work"),
    ),
    "ready_s": Column(Words("就绪时长", "Ready"), Writing.SECONDS, Words("就绪状态的时长", "time ready for calls")),
    "break_s": Column(Words("小休时长", "Breaks"), Writing.SECONDS, Words("小休状态的时长", "time on breaks")),
    "occupancy": Column(
        Words("利用率", "Occupancy"),
        Writing.SHARE,
        Words("工作时长 ÷ (工作时长 + 就绪时长)", "busy ÷ (busy + ready)"),
    ),
    "adherence": Column(
        Words("排班遵守率", "Adherence"),
        Writing.SHARE,
        Words("状态符合排班的时长 ÷ 截至目前的排班时长", "time in a state that fits the plan ÷ time planned so far"),
    ),
    "judged": Column(
        Words("客户联系", "Contacts from customers"),
        Writing.COUNT,
        Words("客户发起的联系: 来电、邮件、在线", "contacts that came from customers: calls in, mail, chat"),
    ),
    "solved_first_rate": Column(
        Words("一次解决率", "Solved first time"),
        Writing.SHARE,
        Words(
            "前后 7 天内无同类联系的客户联系 ÷ 客户联系; 满 7 天前为暂定值",
            "contacts with no other about the same within 7 days before and after ÷ contacts from customers; so far, "
            "until the 7 days are over",
        ),
    ),
    "repeat_rate": Column(
        Words("重复来电率", "Repeat calls"),
        Writing.SHARE,
        Words(
            "7 天内再次就同类问题联系 ÷ 客户联系",
            "contacts within 7 days after another about the same ÷ contacts from customers",
        ),
    ),
    "rated": Column(Words("参评", "Rated"), Writing.COUNT, Words("客户评价的来电", "calls in that the caller rated")),
    "survey_rate": Column(Words("参评率", "Survey rate"), Writing.SHARE, Words("参评 ÷ 接听", "rated ÷ answered")),
    "dialled": Column(Words("外呼", "Dialled"), Writing.COUNT, Words("外呼的联系", "calls out")),
    "since": Column(Words("开始", "From"), Writing.MOMENT),
    "until": Column(Words("结束", "To"), Writing.MOMENT),
    "state": Column(Words("状态", "State"), Writing.CODE),
    "reason": Column(Words("原因", "Reason"), Writing.NAME),
    "seconds": Column(Words("时长", "Time"), Writing.SECONDS),
    "source": Column(
        Words("来源", "Told by"),
        Writing.CODE,
        Words("工作台上报，或其失联时由服务器推断", "the workstation, or the server where that was gone"),
    ),
    "asked_at": Column(Words("请求时间", "Asked at"), Writing.MOMENT),
    "call": Column(Words("通话标识", "Call"), Writing.TEXT),
    "result": Column(Words("结果", "Result"), Writing.CODE),
    "wait_s": Column(
        Words("等待", "Wait"),
        Writing.SECONDS,
        Words("从请求人工到接听、放弃或溢出", "from asking for a person to what came of it"),
    ),
    "agents": Column(Words("坐席", "Agents"), Writing.NAME),
    "talked_s": Column(Words("通话", "Talked"), Writing.SECONDS),
    "held_s": Column(Words("保持", "Held"), Writing.SECONDS),
    "told_at": Column(Words("告警时间", "Told at"), Writing.MOMENT),
    "alert": Column(Words("告警", "Alert"), Writing.CODE),
    "grade": Column(Words("级别", "Grade"), Writing.CODE),
    "found": Column(
        Words("触发值", "Found"),
        Writing.COUNT,
        Words("告警时的值，单位同阈值", "what was found when it was told, in what the limit is in"),
    ),
    "taken_by": Column(Words("跟进人", "Seen by"), Writing.NAME),
    "taken_s": Column(
        Words("跟进前", "Until seen"),
        Writing.SECONDS,
        Words("从告警到有人跟进", "from when it was told until a lead said to look after it"),
    ),
    "limit": Column(
        Words("阈值", "Limit"),
        Writing.COUNT,
        Words("秒、百分比、次数或话机数，视告警而定", "seconds, percent, times or telephones, by the alert"),
    ),
}
VALUES: Final[Mapping[str, Words]] = {
    "answered": Words("接听", "answered"),
    "gave_up": Words("放弃", "gave up"),
    "overflowed": Words("溢出", "overflowed"),
    "ready": Words("就绪", "ready"),
    "on_call": Words("通话中", "on a call"),
    "after_call_work": Words("话后处理", "after-call work"),
    "break": Words("小休", "break"),
    "told": Words("工作台上报", "workstation"),
    "long_call": Words("通话过长", "long call"),
    "long_hold": Words("保持过长", "long hold"),
    "long_wait": Words("等待过长", "long wait"),
    "ring_no_answer": Words("多次振铃未接", "lets it ring"),
    "abusive_call": Words("来电辱骂", "abusive call"),
    "bad_lines": Words("话机音质差", "poor sound"),
    "service_level": Words("服务水平下降", "service level falls"),
    "warn": Words("关注", "watch"),
    "bad": Words("告警", "alarm"),
    "guessed": Words("服务器推断", "guessed by the server"),
}
"""Of columns whose values are codes."""
SECONDS: Final = Words("(秒)", " (s)")
"""Behind the title of a column, where its values are written in seconds."""
TOTAL: Final = Words("合计", "Total")
COMPARABLE: Final = frozenset(ReportKind) - {ReportKind.STATES, ReportKind.CALLS, ReportKind.ALERTS}
"""What stands beside another period: a list of what happened has nothing to stand beside."""


MOST_DAYS: Final = 366
"""Of one report whose rows are not moments; of days when much happens fewer fit."""
MOST_DAYS_OF_ANY: Final = 92
"""So many fit of those always."""
MOST_DAYS_OF_MOMENTS: Final = 31
OF_MOMENTS: Final = frozenset(ReportKind) - COMPARABLE | {ReportKind.INTERVAL, ReportKind.SERVICE_LEVEL}


def most_days(kind: ReportKind) -> int:
    """So many days one report is of."""
    return MOST_DAYS_OF_MOMENTS if kind in OF_MOMENTS else MOST_DAYS
