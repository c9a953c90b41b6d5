"""The figures of the floor in words: what they are called, how they are written, how they stand."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from agent_desktop.ui.appearance.formats import NOTHING, Formats
from agent_desktop.ui.widgets.parts import Tone
from agent_model.floor_bound import COUNTS, SHARES, Grade
from agent_model.floor_figures import Figure, Seats

translate = QCoreApplication.translate

ICONS: Final = {Grade.FINE: "check-circle", Grade.WARN: "warning", Grade.BAD: "x-circle"}
TONES: Final[dict[Grade, Tone]] = {Grade.FINE: "ok", Grade.WARN: "warn", Grade.BAD: "bad"}


def figure_word(figure: Figure) -> str:
    match figure:
        case Figure.WAITING:
            return translate("wallboard", "Waiting")
        case Figure.LONGEST_WAIT:
            return translate("wallboard", "Longest wait")
        case Figure.ESTIMATED_WAIT:
            return translate("wallboard", "Estimated wait")
        case Figure.SERVICE_LEVEL:
            return translate("wallboard", "Service level")
        case Figure.CONNECT_RATE:
            return translate("wallboard", "Connect rate")
        case Figure.ABANDON_RATE:
            return translate("wallboard", "Abandoned")
        case Figure.ANSWER_SPEED:
            return translate("wallboard", "Speed of answer")
        case Figure.HANDLE_TIME:
            return translate("wallboard", "Handle time")
        case Figure.SOLVED_FIRST:
            return translate("wallboard", "Solved first time")
        case Figure.REPEAT_RATE:
            return translate("wallboard", "Repeat calls")
        case Figure.SURVEY_RATE:
            return translate("wallboard", "Survey rate")
        case Figure.OCCUPANCY:
            return translate("wallboard", "Occupancy")
        case Figure.CALLBACKS_DUE:
            return translate("wallboard", "Callbacks due")


def grade_word(grade: Grade) -> str:
    match grade:
        case Grade.FINE:
            return translate("wallboard", "Fine")
        case Grade.WARN:
            return translate("wallboard", "Watch")
        case Grade.BAD:
            return translate("wallboard", "Alarm")


def written(formats: Formats, figure: Figure, value: float | None, decimals: int = 0) -> str:
    """A share with so many decimals, a time as on a clock, how many as it is."""
    if value is None:
        return NOTHING
    if figure in SHARES:
        return formats.percent(value, decimals)
    return formats.count(int(value)) if figure in COUNTS else formats.duration(value)


def seats_words(seats: Seats) -> list[tuple[str, int, str]]:
    """How many are in each state, as (word, how many, colour)."""
    return [
        (translate("wallboard", "Ready"), seats.ready, "ok_dot"),
        (translate("wallboard", "On call"), seats.on_call, "accent_text"),
        (translate("wallboard", "After-call work"), seats.after_call_work, "warn_dot"),
        (translate("wallboard", "Break"), seats.on_break, "bstrong"),
    ]
