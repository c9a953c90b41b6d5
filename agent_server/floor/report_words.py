"""What stands around a report in a file and in a mail, in the languages they are written in."""

from typing import Final

from agent_model.words import Words

PERIOD: Final = Words("周期", "Period")
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
