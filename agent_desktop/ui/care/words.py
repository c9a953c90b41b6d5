"""Abusive calls in the person's words."""

from PySide6.QtCore import QCoreApplication

from agent_model.abusive_call import Abuse, AbuseStep

translate = QCoreApplication.translate


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
