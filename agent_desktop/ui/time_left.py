"""How much time a promise has left, in words with a colour and an icon: no state is said by its colour alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication

from agent_desktop.ui.appearance.formats import NOTHING, Formats
from agent_model.clock import Clock, ClockState, Measure
from agent_model.ticket import Ticket

translate = QCoreApplication.translate

LAST_HOUR: Final = timedelta(hours=1)
"""Before a due moment that no policy says when to warn of."""

_FACES: Final = {
    ClockState.FINE: ("muted", ""),
    ClockState.WARN: ("warn", "timer"),
    ClockState.PAUSED: ("muted", "pause"),
    ClockState.MISSED: ("bad", "warning"),
    ClockState.MET: ("ok", "check"),
}


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """`token` is the colour of the words, `icon` stands beside them where there is something to notice."""

    words: str
    token: str = "muted"
    icon: str = ""


def time_left(ticket: Ticket, now: datetime) -> TimeLeft:
    """Of the promise that is to be kept next; a dash where nothing is promised."""
    clock = _leading(ticket)
    return TimeLeft(NOTHING) if clock is None else time_left_of(clock, now)


def time_left_of(clock: Clock, now: datetime) -> TimeLeft:
    return TimeLeft(_words(clock, now), *_FACES[clock.state(now)])


def due_in_a_list(ticket: Ticket, now: datetime, formats: Formats) -> TimeLeft:
    """The due moment and how it stands, in words that do not grow wrong while the list is looked at."""
    clock = _leading(ticket)
    if clock is None or not ticket.status.is_open:
        return TimeLeft(formats.moment(ticket.due_at, now) if ticket.due_at else NOTHING)
    state = clock.state(now)
    if clock.due_at is None:
        return TimeLeft(translate("customer", "clock stopped"), *_FACES[state])
    moment = formats.moment(clock.due_at, now)
    match state:
        case ClockState.MISSED:
            moment = translate("customer", "{moment} · late").format(moment=moment)
        case ClockState.WARN:
            moment = translate("customer", "{moment} · soon").format(moment=moment)
    return TimeLeft(moment, *_FACES[state])


def _leading(ticket: Ticket) -> Clock | None:
    """The promise that is to be kept next; one made of the due moment where there are no clocks."""
    if ticket.clocks is not None:
        return ticket.clocks.leading
    if ticket.due_at is None:
        return None
    return Clock(Measure.RESOLUTION, 0, ticket.created_at, ticket.due_at, ticket.due_at - LAST_HOUR)


def due_moment(moment: datetime, now: datetime, formats: Formats) -> str:
    """The clock today, with its day on any other."""
    day, today = formats.local_date(moment), formats.local_date(now)
    if day == today:
        return formats.clock(moment)
    return f"{formats.weekday(day)} {formats.day(day, today)} {formats.clock(moment)}"


def _words(clock: Clock, now: datetime) -> str:
    is_answer = clock.measure is Measure.FIRST_RESPONSE
    is_regulators = clock.measure is Measure.REGULATOR
    time = _span(abs(clock.left(now)))
    match clock.state(now):
        case ClockState.MISSED if is_answer:
            return translate("customer", "answer {time} late").format(time=time)
        case ClockState.MISSED if is_regulators:
            return translate("customer", "{time} late for the regulator").format(time=time)
        case ClockState.MISSED:
            return translate("customer", "{time} late").format(time=time)
        case ClockState.PAUSED:
            return translate("customer", "paused, {time} left").format(time=time)
        case ClockState.MET:
            return translate("customer", "in time")
        case _ if is_answer:
            return translate("customer", "{time} left to answer").format(time=time)
        case _ if is_regulators:
            return translate("customer", "{time} left for the regulator").format(time=time)
        case _:
            return translate("customer", "{time} left").format(time=time)


def _span(time: timedelta) -> str:
    minutes = time // timedelta(minutes=1)
    if minutes < 60:
        return translate("customer", "{count} min").format(count=minutes)
    if minutes < 60 * 24:
        return translate("customer", "{count} h").format(count=minutes // 60)
    return translate("customer", "{count} d").format(count=minutes // (60 * 24))
