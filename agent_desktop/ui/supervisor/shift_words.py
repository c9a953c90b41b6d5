"""Tables of shifts in words: why a line, or the whole, is not taken, and what to do."""

from PySide6.QtCore import QCoreApplication

from agent_desktop.ui.tables.words import why_unread
from agent_papers.paper import BadPaper
from agent_papers.shift_table import LineFault

translate = QCoreApplication.translate


def explain_line(fault: LineFault) -> str:
    said = {
        "unreadable": translate(
            "shifts",
            "The line cannot be read: look for an open quotation mark, merged cells, or a formula without a result.",
        ),
        "no_agent": translate("shifts", "Nobody is named. Write the login, the extension or the name."),
        "no_day": translate("shifts", "“{value}” is no day. Write it as 2026-11-23."),
        "no_clock": translate(
            "shifts", "“{value}” is no time. Write 09:00, or 26:00 for two o’clock the next morning."
        ),
        "no_word": translate("shifts", "“{value}” is not known. Write work, break, training or off."),
        "no_time": translate("shifts", "It takes no time, or ends later than on the day after."),
        "overlap": translate("shifts", "It overlaps another line of that day. Take one of them out."),
        "too_long": translate("shifts", "The shift is longer than 24 hours. Part it into two days."),
        "too_many": translate("shifts", "There are too many lines of that day. Put some of them together."),
        "unknown_agent": translate("shifts", "Nobody is called “{value}”. Write the login or the extension."),
        "several_agents": translate("shifts", "Several are called “{value}”. Write the login."),
        "not_your_team": translate("shifts", "“{value}” is in another team. Ask the duty manager to bring it in."),
        "twice": translate("shifts", "The same day of “{value}” stands further up, by another name."),
        "other_day": translate("shifts", "It overlaps the shift of “{value}” on the day before or after."),
        "too_far": translate("shifts", "The day is more than 400 days away."),
    }
    other = translate("shifts", "The server does not take it ({code}). Tell who looks after it.")
    return said.get(fault.wrong, other).format(value=fault.value, code=fault.wrong)


def explain_table(bad: BadPaper) -> str:
    return why_unread(
        bad,
        translate("shifts", "It lacks the columns Agent, Day, From and To. The headings stand in its first ten rows."),
        translate("shifts", "It has more than {count} lines. Part it."),
    )
