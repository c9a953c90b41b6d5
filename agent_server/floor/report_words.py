"""What reports are called, and their columns, in the languages they are written in."""

from collections.abc import Mapping
from typing import Final

from agent_model.words import Words
from agent_server.floor.reports import ReportKind

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
}
COLUMNS: Final[Mapping[str, Words]] = {
    "period": Words("周期", "Period"),
    "at": Words("时段", "From"),
    "day": Words("日期", "Day"),
    "queue": Words("队列", "Queue"),
    "team": Words("班组", "Team"),
    "agent": Words("坐席", "Agent"),
    "disposition": Words("小结", "Disposition"),
    "asked": Words("请求人工", "Asked for a person"),
    "answered": Words("接听", "Answered"),
    "in_time": Words("时限内接听", "Answered in time"),
    "gave_up": Words("放弃", "Gave up"),
    "gave_up_short": Words("其中短放弃", "Of them at once"),
    "overflowed": Words("溢出", "Overflowed"),
    "service_level": Words("服务水平", "Service level"),
    "connect_rate": Words("接通率", "Connect rate"),
    "abandon_rate": Words("放弃率", "Abandon rate"),
    "answer_speed_s": Words("平均应答速度(秒)", "ASA (s)"),
    "ended": Words("处理通话", "Calls handled"),
    "talk_s": Words("通话时长(秒)", "Talk (s)"),
    "hold_s": Words("保持时长(秒)", "Hold (s)"),
    "wrap_s": Words("平均话后(秒)", "Wrap-up (s)"),
    "handle_s": Words("平均处理时长(秒)", "AHT (s)"),
    "rang_out": Words("振铃未接", "Not answered"),
    "refused": Words("拒接", "Turned away"),
    "busy_s": Words("工作时长(秒)", "Busy (s)"),
    "ready_s": Words("就绪时长(秒)", "Ready (s)"),
    "break_s": Words("小休时长(秒)", "Breaks (s)"),
    "occupancy": Words("利用率", "Occupancy"),
    "judged": Words("客户联系", "Contacts from customers"),
    "solved_first_rate": Words("一次解决率", "Solved first time"),
    "repeat_rate": Words("重复来电率", "Repeat calls"),
    "rated": Words("参评", "Rated"),
    "survey_rate": Words("参评率", "Survey rate"),
    "dialled": Words("外呼", "Dialled"),
    "since": Words("开始", "From"),
    "until": Words("结束", "To"),
    "state": Words("状态", "State"),
    "reason": Words("原因", "Reason"),
    "seconds": Words("时长(秒)", "Seconds"),
    "source": Words("来源", "Told by"),
    "asked_at": Words("请求时间", "Asked at"),
    "call": Words("通话标识", "Call"),
    "result": Words("结果", "Result"),
    "wait_s": Words("等待(秒)", "Wait (s)"),
    "agents": Words("坐席", "Agents"),
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
    "guessed": Words("服务器推断", "guessed by the server"),
}
"""Of the columns result, state and source."""
MADE_AT: Final = Words("生成时间", "Made at")
DAYS: Final = Words("日期范围", "Days")
COMPARED_WITH: Final = Words("对比", "Compared with")
MADE_FOR: Final = Words("制表人", "Made for")
DEFINITIONS: Final = Words("指标口径", "Definitions")
DAILY: Final = Words("班组日报", "Daily report")
DAILY_INTRO: Final = Words(
    "班组当日指标如下，后一列为前一日；坐席、队列和状态日志见附件。",
    "The figures of the team's day, beside those of the day before; agents, queues and the state log are attached.",
)
MAIL_INTRO: Final = Words("报表见附件。", "The report is attached.")
ABOUT: Final = Words("说明", "About")
