"""Abusive calls, own figures and hard calls in the person's words."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from agent_desktop.ui.appearance.formats import Formats
from agent_model.abusive_call import Abuse, AbuseStep
from agent_model.adherence import AdherenceNow
from agent_model.care_policy import OwnMeasure
from agent_model.own_figures import WhyHard

translate = QCoreApplication.translate


def shift_words(one: AdherenceNow | None, now: datetime, formats: Formats) -> str:
    """The own shift: from when to when, the next break, how far it was kept; empty where nothing is planned."""
    if one is None or not one.times:
        return ""
    words = translate("care", "Your shift: {since} to {until}").format(
        since=formats.clock(one.times[0].since), until=formats.clock(one.times[-1].until)
    )
    rest = one.next_break(now)
    if rest is not None:
        said = translate("care", "next break {since} to {until}")
        words += " · " + said.format(since=formats.clock(rest.since), until=formats.clock(rest.until))
    if one.so_far.share is not None:
        words += " · " + translate("care", "adherence {share}").format(share=formats.percent(one.so_far.share))
    return words


def abuse_word(abuse: Abuse) -> str:
    match abuse:
        case Abuse.INSULT:
            return translate("care", "Insult")
        case Abuse.THREAT:
            return translate("care", "Threat")
        case Abuse.HARASSMENT:
            return translate("care", "Harassment")
        case Abuse.OTHER:
            return translate("care", "Other abuse")


def step_word(step: AbuseStep) -> str:
    match step:
        case AbuseStep.FIRST_WARNING:
            return translate("care", "First warning")
        case AbuseStep.SECOND_WARNING:
            return translate("care", "Second warning")
        case AbuseStep.ENDED:
            return translate("care", "Call ended")


def measure_word(measure: OwnMeasure) -> str:
    match measure:
        case OwnMeasure.SOLVED_FIRST:
            return translate("care", "Solved first time")
        case OwnMeasure.RETAINED:
            return translate("care", "Customers kept")
        case OwnMeasure.OPPORTUNITIES:
            return translate("care", "Opportunities")
        case OwnMeasure.QUALITY:
            return translate("care", "Quality")


def of_word(measure: OwnMeasure, count: int | None) -> str:
    """What a share is of; empty for what is counted."""
    match measure:
        case OwnMeasure.SOLVED_FIRST:
            return translate("care", "of {count} first contacts").format(count=count or 0)
        case OwnMeasure.QUALITY:
            return translate("care", "of {count} inspections").format(count=count or 0)
        case _:
            return ""


def hard_word(why: WhyHard) -> str:
    match why:
        case WhyHard.ABUSIVE:
            return translate("care", "abusive")
        case WhyHard.LONG:
            return translate("care", "long")
        case WhyHard.BADLY_RATED:
            return translate("care", "badly rated")


def level_word(level: int) -> str:
    """1 to 5."""
    words = (
        translate("care", "Very bad"),
        translate("care", "Bad"),
        translate("care", "So-so"),
        translate("care", "Good"),
        translate("care", "Very good"),
    )
    return words[level - 1]
