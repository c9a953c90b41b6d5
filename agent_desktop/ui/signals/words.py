"""What a team lead reads of the rules of signals: facts, comparisons, and why a field does not do."""

from datetime import date
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QCoreApplication

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.customer.signal_words import flag_word
from agent_desktop.ui.customer.words import native_language
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.row_editing.versions import version_words
from agent_desktop.ui.strip.party import tier_word
from agent_model.customer import Tier
from agent_model.signal import Comparison, SignalRule
from agent_model.signal_facts import FACTS, FLAGS, LARGEST_VALUE, TIERS, FactKind
from agent_model.signal_rules import LONGEST_REASON, LONGEST_TITLE, MOST_CONDITIONS, QUIET_DAYS, WEIGHTS, Fault, Wrong

translate = QCoreApplication.translate


def fact_word(fact: str) -> str:
    """What a fact is called where a rule is written; one of no known name keeps its own."""
    words = {
        "tier": translate("signal rules", "Tier"),
        "value_12_months": translate("signal rules", "Paid in 12 months"),
        "contacts_30_days": translate("signal rules", "Contacts in 30 days"),
        "language": translate("signal rules", "Language"),
        "speaks_language": translate("signal rules", "Agent speaks their language"),
        "same_issue_contacts": translate("signal rules", "Contacts about one issue, 30 days"),
        "same_issue": translate("signal rules", "The issue"),
        "same_issue_since": translate("signal rules", "The issue: since"),
        "same_issue_dates": translate("signal rules", "The issue: dates of contact"),
        "satisfaction": translate("signal rules", "Satisfaction, 1 to 5"),
        "ratings": translate("signal rules", "Number of ratings"),
        "last_rating": translate("signal rules", "Last rating"),
        "last_rating_on": translate("signal rules", "Last rating: date"),
        "rating_before": translate("signal rules", "Ratings before the last, mean"),
        "rating_fall": translate("signal rules", "Fall of the last rating"),
        "open_complaints": translate("signal rules", "Open complaints"),
        "complaint_days": translate("signal rules", "Oldest complaint: days open"),
        "complaint_since": translate("signal rules", "Oldest complaint: since"),
        "complaint": translate("signal rules", "Oldest complaint"),
        "contract_days": translate("signal rules", "Next contract end: days left"),
        "contract_end": translate("signal rules", "Next contract end: date"),
        "contract_product": translate("signal rules", "Next contract end: product"),
        "usage_left": translate("signal rules", "Usage left"),
        "usage_low": translate("signal rules", "Usage running low"),
        "usage_product": translate("signal rules", "Usage: product"),
        "asked_times": translate("signal rules", "Asked about a product: times"),
        "asked_product": translate("signal rules", "Asked about a product: which"),
        "asked_on": translate("signal rules", "Asked about a product: date"),
        "last_agent": translate("signal rules", "Last agent"),
        "last_agent_on": translate("signal rules", "Last agent: date"),
        "last_agent_days": translate("signal rules", "Last agent: days ago"),
        "last_agent_is_me": translate("signal rules", "Last agent is who looks"),
    }
    return words.get(fact, fact)


def comparison_word(comparison: Comparison) -> str:
    match comparison:
        case Comparison.AT_LEAST:
            return translate("signal rules", "at least")
        case Comparison.AT_MOST:
            return translate("signal rules", "at most")
        case Comparison.IS:
            return translate("signal rules", "is")
        case Comparison.IS_NOT:
            return translate("signal rules", "is not")


LANGUAGES: Final = ("zh-CN", "yue", "zh-HK", "en", "ja", "ko", "fr", "de", "es", "ru", "ar")


def values_offered(kind: FactKind, names: Directory) -> tuple[tuple[str, str], ...]:
    """(value, word) where there are only a few; none where a number is typed."""
    match kind:
        case FactKind.FLAG:
            return tuple((flag, flag_word(flag)) for flag in FLAGS)
        case FactKind.TIER:
            return tuple((tier, tier_word(Tier(tier))) for tier in TIERS)
        case FactKind.LANGUAGE:
            return tuple((tag, native_language(tag)) for tag in LANGUAGES)
        case FactKind.PRODUCT:
            return tuple(names.products.items())
        case _:
            return ()


def field_word(field: str) -> str:
    words = {
        "title.zh": translate("signal rules", "Word, Chinese"),
        "title.en": translate("signal rules", "Word, English"),
        "reason.zh": translate("signal rules", "Reason, Chinese"),
        "reason.en": translate("signal rules", "Reason, English"),
        "conditions": translate("signal rules", "Conditions"),
        "weight": translate("signal rules", "Weight"),
        "quiet_days": translate("signal rules", "Quiet for days"),
    }
    return words.get(field, field)


def explain_fault(fault: Fault) -> str:
    """A sentence that names the field: what is wrong, and what to do."""
    field = field_word(fault.field)
    if fault.place is not None:
        field = translate("signal rules", "Condition {number}").format(number=fault.place + 1)
    return translate("signal rules", "{field}: {fault}").format(field=field, fault=_why(fault))


def _why(fault: Fault) -> str:
    match fault.wrong:
        case Wrong.MISSING if fault.field == "conditions":
            return translate("signal rules", "add one, or every customer would show the signal.")
        case Wrong.MISSING:
            return translate("signal rules", "write it; people read it in both languages.")
        case Wrong.TOO_LONG:
            most = LONGEST_TITLE if fault.field.startswith("title") else LONGEST_REASON
            return translate("signal rules", "at most {count} characters.").format(count=most)
        case Wrong.TOO_MANY:
            return translate("signal rules", "at most {count}.").format(count=MOST_CONDITIONS)
        case Wrong.OUT_OF_RANGE:
            known = WEIGHTS if fault.field == "weight" else QUIET_DAYS
            words = translate("signal rules", "write a whole number from {least} to {most}.")
            return words.format(least=known.start, most=known.stop - 1)
        case Wrong.UNKNOWN_FACT:
            words = translate("signal rules", "there is no fact “{fact}”. Choose one from the list of facts.")
            return words.format(fact=fault.fact)
        case Wrong.NOT_COMPARED:
            words = translate("signal rules", "“{fact}” can be told in the reason, but not compared.")
            return words.format(fact=fact_word(fault.fact))
        case Wrong.WRONG_COMPARISON:
            return translate("signal rules", "“{fact}” is not compared like that.").format(fact=fact_word(fault.fact))
        case Wrong.WRONG_VALUE if FACTS.get(fault.fact) in (FactKind.NUMBER, FactKind.DECIMAL, FactKind.MONEY):
            words = translate("signal rules", "write a number for “{fact}”, {most} at most.")
            return words.format(fact=fact_word(fault.fact), most=LARGEST_VALUE)
        case Wrong.WRONG_VALUE:
            return translate("signal rules", "choose a value for “{fact}”.").format(fact=fact_word(fault.fact))
        case Wrong.NO_FACT:
            words = translate("signal rules", "name the fact that a person can check, such as {example}.")
            return words.format(example="{same_issue_dates}")
        case Wrong.STRAY_BRACE:
            return translate("signal rules", "a brace stands alone. Braces are only around the name of a fact.")


def rule_version_words(rule: SignalRule, names: Directory, formats: Formats, today: date) -> str:
    """Which version it is, and whose."""
    if rule.version == 0:
        return translate("signal rules", "As shipped")
    return version_words(rule.version, rule.changed_by, rule.changed_at, names, formats, today)


class Standing(StrEnum):
    """How a rule of the list is: written and not saved, switched off, or in force."""

    DRAFT = "draft"
    OFF = "off"
    ON = "on"


def standing_word(standing: Standing) -> str:
    match standing:
        case Standing.DRAFT:
            return translate("signal rules", "Not saved")
        case Standing.OFF:
            return translate("signal rules", "Off")
        case Standing.ON:
            return ""
