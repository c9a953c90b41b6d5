"""Why two customers may be one, in words."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from agent_desktop.customers.duplicates import Likeness
from agent_desktop.customers.likely_pairs import Confidence
from agent_desktop.ui.customer.field_words import SEPARATOR

translate = QCoreApplication.translate


def likeness_word(likeness: Likeness) -> str:
    match likeness:
        case Likeness.NUMBER:
            return translate("likeness", "the same number")
        case Likeness.EMAIL:
            return translate("likeness", "the same e-mail address")
        case Likeness.NAME:
            return translate("likeness", "the same name")
        case Likeness.SOUND:
            return translate("likeness", "a name that is read the same")
        case Likeness.NEARLY:
            return translate("likeness", "nearly the same name")
        case Likeness.COMPANY:
            return translate("likeness", "the same company")
        case Likeness.REGION:
            return translate("likeness", "the same region")


def confidence_word(confidence: Confidence) -> str:
    match confidence:
        case Confidence.ALMOST_SURE:
            return translate("likeness", "almost certain")
        case Confidence.LIKELY:
            return translate("likeness", "likely")
        case Confidence.PERHAPS:
            return translate("likeness", "perhaps")


def reasons_in_words(reasons: Sequence[Likeness], *, is_chinese: bool) -> str:
    return (SEPARATOR if is_chinese else ", ").join(map(likeness_word, reasons))
