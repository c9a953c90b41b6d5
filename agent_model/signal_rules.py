"""Whether a rule is one, whether it holds for the facts about a customer, and what it then says."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from agent_model.braces import has_stray, named
from agent_model.signal import Comparison, Condition, SignalRule
from agent_model.signal_facts import COMPARISONS, FACTS, TIERS, FactKind, Facts, FactValue, is_of_kind
from agent_model.words import Words

MOST_CONDITIONS: Final = 8
WEIGHTS: Final = range(1, 101)
QUIET_DAYS: Final = range(366)
LONGEST_TITLE: Final = 24
LONGEST_REASON: Final = 300


class Wrong(StrEnum):
    """Why a field of a rule does not do."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    OUT_OF_RANGE = "out_of_range"
    UNKNOWN_FACT = "unknown_fact"
    NOT_COMPARED = "not_compared"
    WRONG_COMPARISON = "wrong_comparison"
    WRONG_VALUE = "wrong_value"
    NO_FACT = "no_fact"
    STRAY_BRACE = "stray_brace"


@dataclass(frozen=True, slots=True)
class Fault:
    """`field` is that of the rule (`title.zh`, `conditions`); `fact` what was named wrongly, if anything; `place` which
    of the conditions it is, from 0."""

    field: str
    wrong: Wrong
    fact: str = ""
    place: int | None = None


def faults(rule: SignalRule) -> tuple[Fault, ...]:
    """Everything that is wrong with a rule; empty when it may be used."""
    return (
        *_text_faults("title", rule.title, LONGEST_TITLE, has_facts=False),
        *_text_faults("reason", rule.reason, LONGEST_REASON, has_facts=True),
        *_condition_faults(rule.conditions),
        *(() if rule.weight in WEIGHTS else (Fault("weight", Wrong.OUT_OF_RANGE),)),
        *(() if rule.quiet_days in QUIET_DAYS else (Fault("quiet_days", Wrong.OUT_OF_RANGE),)),
    )


def told_facts(rule: SignalRule) -> frozenset[str]:
    """The facts that its words tell, in either language."""
    texts = (rule.title, rule.reason)
    return frozenset(name for words in texts for text in (words.zh, words.en) for name in named(text))


def holds(rule: SignalRule, facts: Facts) -> bool:
    """Whether the signal is to be shown: every condition holds, and every fact of its reason is known."""
    return all(_holds(condition, facts) for condition in rule.conditions) and told_facts(rule) <= facts.keys()


def _holds(condition: Condition, facts: Facts) -> bool:
    fact = facts.get(condition.fact)
    kind = FACTS.get(condition.fact)
    if fact is None or kind is None:
        return False
    match condition.comparison:
        case Comparison.AT_LEAST:
            return _rank(kind, fact) >= _rank(kind, condition.value)
        case Comparison.AT_MOST:
            return _rank(kind, fact) <= _rank(kind, condition.value)
        case Comparison.IS:
            return _is_same(kind, fact, condition.value)
        case Comparison.IS_NOT:
            return not _is_same(kind, fact, condition.value)


def _rank(kind: FactKind, value: FactValue) -> float:
    if kind is FactKind.TIER:
        return float(TIERS.index(str(value)))
    return float(str(value))


def _is_same(kind: FactKind, fact: FactValue, wanted: FactValue) -> bool:
    if kind is not FactKind.LANGUAGE:
        return fact == wanted
    spoken, meant = str(fact).lower(), str(wanted).lower()
    return spoken == meant or spoken.startswith(f"{meant}-")


def _text_faults(field: str, words: Words, longest: int, *, has_facts: bool) -> Iterator[Fault]:
    for language, text in (("zh", words.zh), ("en", words.en)):
        name = f"{field}.{language}"
        told = named(text)
        if not text.strip():
            yield Fault(name, Wrong.MISSING)
        elif len(text) > longest:
            yield Fault(name, Wrong.TOO_LONG)
        elif has_stray(text):
            yield Fault(name, Wrong.STRAY_BRACE)
        elif unknown := next((fact for fact in told if fact not in FACTS), None):
            yield Fault(name, Wrong.UNKNOWN_FACT, unknown)
        elif "" in told:
            yield Fault(name, Wrong.UNKNOWN_FACT)
        elif has_facts and not told:
            yield Fault(name, Wrong.NO_FACT)


def _condition_faults(conditions: tuple[Condition, ...]) -> Iterator[Fault]:
    if not conditions:
        yield Fault("conditions", Wrong.MISSING)
    if len(conditions) > MOST_CONDITIONS:
        yield Fault("conditions", Wrong.TOO_MANY)
    for place, condition in enumerate(conditions):
        wrong = _wrong_in(condition)
        if wrong is not None:
            yield Fault("conditions", wrong, condition.fact, place)


def _wrong_in(condition: Condition) -> Wrong | None:
    kind = FACTS.get(condition.fact)
    if kind is None:
        return Wrong.UNKNOWN_FACT
    if kind not in COMPARISONS:
        return Wrong.NOT_COMPARED
    if condition.comparison not in COMPARISONS[kind]:
        return Wrong.WRONG_COMPARISON
    return None if is_of_kind(kind, condition.value) else Wrong.WRONG_VALUE
