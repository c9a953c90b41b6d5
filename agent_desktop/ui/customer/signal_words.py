"""Signals, rules and facts in the person's words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.customer.words import native_language
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.strip.party import tier_word
from agent_desktop.ui.widgets.parts import Tone
from agent_model.braces import fill
from agent_model.customer import Tier
from agent_model.signal import SignalAction, SignalKind, SignalOutcome, SignalResult, SignalRule
from agent_model.signal_facts import FACTS, OF_PRODUCTS, FactKind, Facts, FactValue
from agent_model.signal_rules import told_facts
from agent_model.words import Words

translate = QCoreApplication.translate
_PLAIN = re.compile(r"\s*\{[^{}]*\}")

KINDS: Mapping[SignalKind, tuple[str, Tone]] = {
    SignalKind.CHURN: ("warning", "bad"),
    SignalKind.SALES: ("cart", "ok"),
    SignalKind.PRIORITY: ("star", "vio"),
    SignalKind.LANGUAGE: ("language", "accent"),
    SignalKind.REPEAT: ("phone-in", "warn"),
    SignalKind.LAST_AGENT: ("user", "neutral"),
}
"""Icon and tone; the word beside them is the rule's own."""


@dataclass(frozen=True, slots=True)
class SignalLine:
    """One signal as it stands on the screen; `key` is its rule. `done` says what was recorded; `guarded` is the title
    without facts of one that tells of the customer's products, else empty."""

    key: str
    title: str
    reason: str
    icon: str
    tone: Tone
    action: str
    done: str = ""
    guarded: str = ""


def line_of(rule: SignalRule, facts: Facts, today: date, names: Directory, formats: Formats) -> SignalLine:
    said = {name: fact_words(name, value, today, names, formats) for name, value in facts.items()}
    icon, tone = KINDS[rule.kind]
    title = rule.title.in_language(formats.language)
    return SignalLine(
        rule.id,
        fill(title, said),
        reason_words(rule.reason, facts, today, names, formats),
        icon,
        tone,
        action_word(rule.action),
        guarded=_PLAIN.sub("", title) if OF_PRODUCTS & facts.keys() else "",
    )


@dataclass(frozen=True, slots=True)
class AnsweredLine:
    """What became of a signal that is quiet now: in short, and whole with who said so, when, and what they had read;
    that tells of the customer's products where it `is_guarded`."""

    key: str
    short: str
    whole: str
    is_guarded: bool = False


def answered_line(
    rule: SignalRule, result: SignalResult, now: datetime, names: Directory, formats: Formats
) -> AnsweredLine:
    title, outcome = _PLAIN.sub("", rule.title.in_language(formats.language)), outcome_word(result.outcome)
    short = translate("signals", "{title} ({outcome})").format(title=title, outcome=outcome)
    whole = translate("signals", "{short}, {name}, {moment}. {reason}")
    said = {"name": names.person(result.agent), "moment": formats.moment(result.at, now), "reason": result.reason}
    is_guarded = bool(OF_PRODUCTS & told_facts(rule))
    return AnsweredLine(rule.id, short, whole.format(short=short, **said), is_guarded)


def reason_words(reason: Words, facts: Facts, today: date, names: Directory, formats: Formats) -> str:
    said = {name: fact_words(name, value, today, names, formats) for name, value in facts.items()}
    return fill(reason.in_language(formats.language), said)


def fact_words(name: str, value: FactValue, today: date, names: Directory, formats: Formats) -> str:
    """A fact as it is read in a reason."""
    match FACTS[name], value:
        case FactKind.NUMBER, int():
            return formats.count(value)
        case FactKind.DECIMAL, int() | float():
            return formats.decimal(value)
        case FactKind.MONEY, int():
            return formats.money(value * 100)
        case FactKind.DATE, date():
            return formats.day(value, today)
        case FactKind.DATES, tuple():
            return translate("signals", ", ").join(formats.day(day, today) for day in value)
        case FactKind.TIER, str():
            return tier_word(Tier(value))
        case FactKind.LANGUAGE, str():
            return native_language(value)
        case FactKind.PERSON, str():
            return names.person(value)
        case FactKind.PRODUCT, str():
            return names.product(value)
        case FactKind.ISSUE, str():
            return names.category(value)
        case FactKind.FLAG, str():
            return flag_word(value)
        case _:
            return str(value)


def flag_word(value: str) -> str:
    return translate("signals", "yes") if value == "yes" else translate("signals", "no")


def kind_word(kind: SignalKind) -> str:
    match kind:
        case SignalKind.CHURN:
            return translate("signals", "About to leave")
        case SignalKind.SALES:
            return translate("signals", "Ready to buy")
        case SignalKind.PRIORITY:
            return translate("signals", "Priority")
        case SignalKind.LANGUAGE:
            return translate("signals", "Language")
        case SignalKind.REPEAT:
            return translate("signals", "Called about this before")
        case SignalKind.LAST_AGENT:
            return translate("signals", "Last agent")


def action_word(action: SignalAction) -> str:
    match action:
        case SignalAction.RETENTION:
            return translate("signals", "Retention")
        case SignalAction.OPPORTUNITY:
            return translate("signals", "Opportunity")
        case SignalAction.CALLBACK:
            return translate("signals", "Call back")


def outcome_word(outcome: SignalOutcome) -> str:
    match outcome:
        case SignalOutcome.OFFERED:
            return translate("signals", "Offered")
        case SignalOutcome.ACCEPTED:
            return translate("signals", "Accepted")
        case SignalOutcome.DECLINED:
            return translate("signals", "Declined")
        case SignalOutcome.LATER:
            return translate("signals", "Later")
