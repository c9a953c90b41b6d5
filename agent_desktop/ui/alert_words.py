"""Alerts of the floor in words: what was found, of whom, beside what limit."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.widgets.parts import Tone
from agent_model.alert import Alert, AlertKind
from agent_model.floor_bound import Grade

translate = QCoreApplication.translate

ALERT_MARKS: Final[Mapping[Grade, tuple[str, Tone]]] = {
    Grade.FINE: ("✓", "ok"),
    Grade.WARN: ("▲", "warn"),
    Grade.BAD: ("✕", "bad"),
}


def kind_word(kind: AlertKind) -> str:
    match kind:
        case AlertKind.LONG_CALL:
            return translate("alerts", "A long call, seconds")
        case AlertKind.LONG_HOLD:
            return translate("alerts", "A long hold, seconds")
        case AlertKind.LONG_WAIT:
            return translate("alerts", "A long wait, seconds")
        case AlertKind.SERVICE_LEVEL:
            return translate("alerts", "A service level below percent")
        case AlertKind.RING_NO_ANSWER:
            return translate("alerts", "Somebody lets it ring, times")
        case AlertKind.ABUSIVE_CALL:
            return translate("alerts", "An abusive call, warnings said")
        case AlertKind.BAD_LINES:
            return translate("alerts", "Telephones that sound poor")


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
