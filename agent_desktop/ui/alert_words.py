"""Alerts of the floor in words: what was found, of whom, beside what limit."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication

from agent_desktop.errors import ServerRefused, ServerUnreachable
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.widgets.parts import Tone
from agent_model.alert import Alert, AlertKind
from agent_model.floor_bound import Grade

translate = QCoreApplication.translate

ALERT_MARKS: Final[Mapping[Grade, tuple[str, Tone]]] = {
    Grade.FINE: ("✓", "ok"),
    Grade.WARN: ("▲", "warn"),
    Grade.BAD: ("✕", "bad"),
}

SEEN_MARK: Final = "✓"


def kind_word(kind: AlertKind) -> str:
    match kind:
        case AlertKind.LONG_CALL:
            return translate("alerts", "A long call")
        case AlertKind.LONG_HOLD:
            return translate("alerts", "A long hold")
        case AlertKind.LONG_WAIT:
            return translate("alerts", "A long wait")
        case AlertKind.SERVICE_LEVEL:
            return translate("alerts", "A service level that falls")
        case AlertKind.RING_NO_ANSWER:
            return translate("alerts", "Somebody lets it ring")
        case AlertKind.ABUSIVE_CALL:
            return translate("alerts", "An abusive call")
        case AlertKind.BAD_LINES:
            return translate("alerts", "Telephones that sound poor")


def limit_word(kind: AlertKind) -> str:
    """What the limit of a rule is called, with what it counts in."""
    match kind:
        case AlertKind.LONG_CALL:
            return translate("alerts", "From, seconds of the call")
        case AlertKind.LONG_HOLD:
            return translate("alerts", "From, seconds on hold")
        case AlertKind.LONG_WAIT:
            return translate("alerts", "From, seconds of waiting")
        case AlertKind.SERVICE_LEVEL:
            return translate("alerts", "Below, percent")
        case AlertKind.RING_NO_ANSWER:
            return translate("alerts", "From, times it rang in vain")
        case AlertKind.ABUSIVE_CALL:
            return translate("alerts", "From, warnings said (0: once it is marked)")
        case AlertKind.BAD_LINES:
            return translate("alerts", "From, telephones that sound poor")


def alert_words(alert: Alert, names: Directory, formats: Formats) -> str:
    """`Long call: Lin Yue, 15:20 (from 15:00)`."""
    name, whom = alert.name.in_language(formats.language), whom_word(alert, names)
    if alert.kind is AlertKind.ABUSIVE_CALL:
        return translate("alerts", "{name}: {whom}").format(name=name, whom=whom)
    words = (
        translate("alerts", "{name}: {whom}, {value} (below {limit})")
        if alert.kind is AlertKind.SERVICE_LEVEL
        else translate("alerts", "{name}: {whom}, {value} (from {limit})")
    )
    value, limit = (_written(alert.kind, number, formats) for number in (alert.value, alert.limit))
    return words.format(name=name, whom=whom, value=value, limit=limit)


def seen_words(alert: Alert, names: Directory, formats: Formats) -> str:
    """Who looks after it; empty while nobody does."""
    if not alert.taken_by or alert.taken_at is None:
        return ""
    words = translate("alerts", "Seen by {name} since {clock}")
    return words.format(name=names.person(alert.taken_by), clock=formats.clock(alert.taken_at))


def explain_not_taken(error: Exception) -> str:
    """Why nobody was told that the lead looks after an alert."""
    if isinstance(error, ServerUnreachable):
        return translate(
            "alerts",
            "The server does not answer, so nobody was told that you see to this alert. Press the key again once the "
            "line at the top says that it is back.",
        )
    match error:
        case ServerRefused(code="alert_over" | "unknown_alert"):
            return translate("alerts", "This alert is over: nobody needs to see to it.")
        case ServerRefused(code="alert_taken"):
            return translate("alerts", "Another lead was quicker and sees to this alert.")
        case ServerRefused(code="not_allowed"):
            return translate("alerts", "You do not lead the floor any more, so the alert was left as it is.")
        case _:
            return explain(error)


def whom_word(alert: Alert, names: Directory) -> str:
    """Who, or which queue, it is about."""
    if alert.agent:
        return names.person(alert.agent)
    return names.queue(alert.queue) if alert.queue else translate("alerts", "the floor")


def _written(kind: AlertKind, number: int, formats: Formats) -> str:
    match kind:
        case AlertKind.LONG_CALL | AlertKind.LONG_HOLD | AlertKind.LONG_WAIT:
            return formats.duration(number)
        case AlertKind.SERVICE_LEVEL:
            return formats.percent(number / 100)
        case _:
            return formats.count(number)
