"""Follow-ups in words: what kind, when for whom, how late, what became of each call."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication

from agent_desktop.customers import masking
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.time_left import TimeLeft, due_moment
from agent_desktop.ui.widgets.parts import Tone
from agent_model.calendar_time import BadCalendar
from agent_model.consent import ConsentChannel, is_withdrawn
from agent_model.customer import Customer
from agent_model.follow_up import Attempt, AttemptResult, FollowUp, FollowUpKind, FollowUpState
from agent_model.follow_up_plan import FollowUpPlan
from agent_model.moment import zone_called

translate = QCoreApplication.translate

SOON: Final = timedelta(minutes=30)
ICONS: Final = {
    FollowUpKind.CALLBACK: "phone-forward",
    FollowUpKind.RETURN_VISIT: "chat",
    FollowUpKind.APPOINTMENT: "calendar",
    FollowUpKind.VISIT_TASK: "flag",
}


def kind_word(kind: FollowUpKind) -> str:
    match kind:
        case FollowUpKind.CALLBACK:
            return translate("follow_ups", "Callback")
        case FollowUpKind.RETURN_VISIT:
            return translate("follow_ups", "Return visit")
        case FollowUpKind.APPOINTMENT:
            return translate("follow_ups", "Appointment")
        case FollowUpKind.VISIT_TASK:
            return translate("follow_ups", "To be asked")


def state_word(state: FollowUpState) -> tuple[str, Tone]:
    match state:
        case FollowUpState.OPEN:
            return translate("follow_ups", "Open"), "accent"
        case FollowUpState.DONE:
            return translate("follow_ups", "Done"), "ok"
        case FollowUpState.NOT_REACHED:
            return translate("follow_ups", "Not reached"), "bad"
        case FollowUpState.CANCELLED:
            return translate("follow_ups", "Cancelled"), "neutral"
        case FollowUpState.CLEARED:
            return translate("follow_ups", "Customer called"), "ok"


def result_word(result: AttemptResult) -> str:
    match result:
        case AttemptResult.REACHED:
            return translate("follow_ups", "Reached")
        case AttemptResult.NO_ANSWER:
            return translate("follow_ups", "No answer")
        case AttemptResult.BUSY:
            return translate("follow_ups", "Busy")
        case AttemptResult.WRONG_NUMBER:
            return translate("follow_ups", "Wrong number")
        case AttemptResult.REFUSED:
            return translate("follow_ups", "Refused")
        case AttemptResult.LATER:
            return translate("follow_ups", "Call later")
        case AttemptResult.CALLED_IN:
            return translate("follow_ups", "Called by themselves")


def due_shortly(follow_up: FollowUp, now: datetime, formats: Formats) -> tuple[str, str]:
    """For a narrow list: the clock (of another day the day), and a word where it is late or soon."""
    moment, day, today = follow_up.wanted_at, formats.local_date(follow_up.wanted_at), formats.local_date(now)
    short = formats.clock(moment) if day == today else formats.day(day, today)
    if moment <= now:
        return short, translate("follow_ups", "Overdue")
    return short, translate("follow_ups", "Soon") if moment - now <= SOON else ""


def due(follow_up: FollowUp, now: datetime, formats: Formats) -> TimeLeft:
    """When it is wanted, in words that stay true while they are looked at."""
    moment = due_moment(follow_up.wanted_at, now, formats)
    if not follow_up.is_open:
        return TimeLeft(moment)
    if follow_up.wanted_at <= now:
        return TimeLeft(translate("follow_ups", "{moment} · overdue").format(moment=moment), "bad", "warning")
    if follow_up.wanted_at - now <= SOON:
        return TimeLeft(translate("follow_ups", "{moment} · soon").format(moment=moment), "warn", "timer")
    return TimeLeft(moment, "sec", "clock")


def theirs(moment: datetime, zone: str | None, now: datetime, formats: Formats) -> str:
    """The customer's clock then, said to be theirs; empty where it shows the same as the agent's, or is not known."""
    moment_there = on_their_clock(moment, zone, now, formats)
    return translate("follow_ups", "theirs {moment}").format(moment=moment_there) if moment_there else ""


def on_their_clock(moment: datetime, zone: str | None, now: datetime, formats: Formats) -> str:
    """As `theirs`, without the word."""
    known = zone_called(zone or "")
    there = None if known is None else Formats(formats.language, known)
    if there is None or there.local(moment).replace(tzinfo=None) == formats.local(moment).replace(tzinfo=None):
        return ""
    return due_moment(moment, now, there)


def due_and_theirs(moment: datetime, zone: str | None, now: datetime, formats: Formats) -> str:
    """On both clocks, one where they show the same."""
    here, there = due_moment(moment, now, formats), theirs(moment, zone, now, formats)
    return f"{here} · {there}" if there else here


def hours_hint(moment: datetime, zone: str | None, plan: FollowUpPlan) -> str:
    """Said where the moment is outside the hours in which such calls are made; empty where it is not."""
    try:
        if plan.is_within_hours(moment, zone):
            return ""
    except BadCalendar:
        return ""
    hours = ", ".join(f"{one.opens}–{one.closes}" for one in plan.hours)
    return translate("follow_ups", "Outside the hours for such calls ({hours} on the customer's clock).").format(
        hours=hours
    )


def consent_hint(customer: Customer | None) -> str:
    """Said of whoever does not want to be sold anything on the telephone: what they were promised is another matter."""
    if customer is None or not is_withdrawn(customer.consents, ConsentChannel.CALL):
        return ""
    return translate("follow_ups", "No marketing by telephone: keep to what was promised.")


def attempt_lines(attempts: Sequence[Attempt], now: datetime, names: Directory, formats: Formats) -> tuple[str, ...]:
    """The latest first."""
    return tuple(_attempt(one, now, names, formats) for one in reversed(attempts))


def _attempt(attempt: Attempt, now: datetime, names: Directory, formats: Formats) -> str:
    parts = [formats.moment(attempt.at, now), result_word(attempt.result), names.person(attempt.agent)]
    if attempt.satisfaction is not None:
        parts.append(translate("follow_ups", "satisfaction {given} of 5").format(given=attempt.satisfaction))
    return " · ".join((*parts, attempt.note) if attempt.note else parts)


def owed_words(follow_up: FollowUp, now: datetime, formats: Formats) -> str:
    """On the pop: what the company owes this caller."""
    when = due_and_theirs(follow_up.wanted_at, follow_up.zone, now, formats)
    match follow_up.kind:
        case FollowUpKind.CALLBACK:
            words = translate("follow_ups", "You owe this customer a callback, due {when}: {purpose}")
        case FollowUpKind.RETURN_VISIT:
            words = translate("follow_ups", "A return visit is due {when}: {purpose}")
        case FollowUpKind.APPOINTMENT:
            words = translate("follow_ups", "An appointment is agreed for {when}: {purpose}")
        case FollowUpKind.VISIT_TASK:
            words = translate("follow_ups", "To be asked by {when}: {purpose}")
    return words.format(when=when, purpose=masking.text(follow_up.purpose))
