"""Reports in words: what they and their columns are called, and how their values are written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication

from agent_desktop.supervisor.reports import Beside, Days, Part
from agent_desktop.ui.appearance.formats import NOTHING, Formats
from agent_desktop.ui.directory import Directory
from agent_model.floor_report import COLUMNS, TITLES, VALUES, ReportKind, Value, Writing
from agent_model.moment import from_text

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Naming:
    """How what a report is about is named and written for the person who looks; `breaks` are the reasons of breaks."""

    formats: Formats
    directory: Directory = field(default_factory=Directory)
    breaks: Mapping[str, str] = field(default_factory=dict)

    def title(self, column: str) -> str:
        return COLUMNS[column].title.in_language(self.formats.language)

    def meaning(self, column: str) -> str:
        """Its definition; empty for what says itself."""
        means = COLUMNS[column].means
        return "" if means is None else means.in_language(self.formats.language)

    def written(self, column: str, value: Value) -> str:
        formats = self.formats
        if value is None or value == "":
            return NOTHING if COLUMNS[column].writing.is_number else ""
        match COLUMNS[column].writing:
            case Writing.MOMENT:
                moment = from_text(str(value))
                return (
                    formats.full(moment)
                    if formats.is_shown_twice(moment)
                    else f"{formats.local(moment):%Y-%m-%d %H:%M}"
                )
            case Writing.SHARE:
                return formats.percent(float(value), 1)
            case Writing.SECONDS:
                return formats.duration(float(value))
            case Writing.COUNT:
                return formats.count(int(value))
            case Writing.CODE:
                return VALUES[str(value)].in_language(formats.language) if value in VALUES else str(value)
            case Writing.NAME:
                return ", ".join(map(self._named(column), str(value).split(" ")))
            case Writing.DAY | Writing.TEXT:
                return str(value)

    def _named(self, column: str) -> Callable[[str], str]:
        names = self.directory
        match column:
            case "queue":
                return names.queue
            case "team":
                return names.team
            case "disposition":
                return names.wrap_up_code
            case "reason":
                return lambda id_: self.breaks.get(id_, id_)
            case _:
                return names.person


def mail_word(kind: ReportKind | None, language: str) -> str:
    """What a report by mail is called."""
    return translate("reports", "Daily report of the team") if kind is None else TITLES[kind].in_language(language)


def weekday_word(day: str) -> str:
    """Of `report_mail.WEEKDAYS`."""
    words = {
        "mon": translate("reports", "Mon"),
        "tue": translate("reports", "Tue"),
        "wed": translate("reports", "Wed"),
        "thu": translate("reports", "Thu"),
        "fri": translate("reports", "Fri"),
        "sat": translate("reports", "Sat"),
        "sun": translate("reports", "Sun"),
    }
    return words[day]


def days_word(days: Days) -> str:
    match days:
        case Days.TODAY:
            return translate("reports", "Today")
        case Days.YESTERDAY:
            return translate("reports", "Yesterday")
        case Days.WEEK:
            return translate("reports", "7 days")
        case Days.MONTH:
            return translate("reports", "30 days")
        case Days.OTHER:
            return translate("reports", "Other days")


def part_word(part: Part) -> str:
    match part:
        case Part.CALLS:
            return translate("reports", "Callers")
        case Part.HANDLING:
            return translate("reports", "Handling")
        case Part.TIMES:
            return translate("reports", "Working time")
        case Part.OUTCOMES:
            return translate("reports", "Outcomes")


def beside_word(beside: Beside) -> str:
    match beside:
        case Beside.NOTHING:
            return translate("reports", "Compared with nothing")
        case Beside.BEFORE:
            return translate("reports", "With the days before")
        case Beside.SAME_WEEKDAYS:
            return translate("reports", "With the same weekdays before")
