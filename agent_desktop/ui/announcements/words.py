"""What is said of announcements."""

from PySide6.QtCore import QCoreApplication

from agent_desktop.ui.widgets.parts import Tone
from agent_model.announcement import Unmet, Urgency

translate = QCoreApplication.translate


def urgency_word(urgency: Urgency) -> tuple[str, Tone]:
    """Nothing for what is not urgent."""
    match urgency:
        case Urgency.NORMAL:
            return "", "neutral"
        case Urgency.IMPORTANT:
            return translate("announcements", "Important"), "warn"
        case Urgency.URGENT:
            return translate("announcements", "Urgent"), "bad"


def explain_unmet(what: Unmet) -> str:
    match what:
        case Unmet.DWELL:
            return translate("announcements", "It has to stay open a little longer. The button says how long.")
        case Unmet.NAME:
            return translate("announcements", "That is not your name as the directory has it. Type it in full.")
        case Unmet.ANSWERS:
            return translate("announcements", "Not every answer is right. Read it once more, then answer again.")


def read_first(title: str) -> str:
    words = translate("announcements", "Read “{title}” first: then you are ready.")
    return words.format(title=title)


def reminded_of(title: str) -> str:
    words = translate("announcements", "You are reminded to read “{title}” (Ctrl+Shift+U).")
    return words.format(title=title)
