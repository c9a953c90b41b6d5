"""What is a rule, when it holds, and what it says."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_model.braces import fill
from agent_model.signal import Comparison, Condition, SignalAction, SignalKind, SignalRule
from agent_model.signal_defaults import SHIPPED
from agent_model.signal_facts import COMPARISONS, FACTS, FLAGS, TIERS, FactKind, comparable, is_of_kind
from agent_model.signal_rules import Fault, Wrong, faults, holds, told_facts
from agent_model.words import Words

AT_LEAST, AT_MOST, IS, IS_NOT = Comparison.AT_LEAST, Comparison.AT_MOST, Comparison.IS, Comparison.IS_NOT
RULE = SignalRule(
    "r-1",
    SignalKind.CHURN,
    Words("反复来访", "Again"),
    Words("{same_issue_contacts} 次", "{same_issue_contacts} times"),
    (Condition("same_issue_contacts", AT_LEAST, 3),),
    SignalAction.RETENTION,
)


@pytest.mark.parametrize("rule", SHIPPED, ids=lambda rule: rule.id)
def test_shipped_rule_is_a_rule(rule: SignalRule) -> None:
    assert faults(rule) == ()
    assert rule.version == 0


def test_shipped_rules_have_names_of_their_own() -> None:
    assert len({rule.id for rule in SHIPPED}) == len(SHIPPED)


@pytest.mark.parametrize("rule", SHIPPED, ids=lambda rule: rule.id)
def test_shipped_reason_tells_the_same_facts_in_both_languages(rule: SignalRule) -> None:
    assert told_facts(replace(rule, reason=Words(rule.reason.zh, ""))) == told_facts(
        replace(rule, reason=Words("", rule.reason.en))
    )


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"title": Words("", "Again")}, Fault("title.zh", Wrong.MISSING)),
        ({"title": Words("反复", " ")}, Fault("title.en", Wrong.MISSING)),
        ({"title": Words("反复", "x" * 25)}, Fault("title.en", Wrong.TOO_LONG)),
        ({"reason": Words("{ratings}", "often")}, Fault("reason.en", Wrong.NO_FACT)),
        ({"reason": Words("{ratings}", "{ratings} {x}")}, Fault("reason.en", Wrong.UNKNOWN_FACT, "x")),
        ({"reason": Words("{ratings}", "{ratings.x}")}, Fault("reason.en", Wrong.UNKNOWN_FACT, "ratings.x")),
        ({"reason": Words("{ratings} {}", "{ratings}")}, Fault("reason.zh", Wrong.UNKNOWN_FACT)),
        ({"reason": Words("{ratings}", "{ratings} }")}, Fault("reason.en", Wrong.STRAY_BRACE)),
        ({"reason": Words("{ratings}", "{{ratings}}")}, Fault("reason.en", Wrong.STRAY_BRACE)),
        ({"weight": 0}, Fault("weight", Wrong.OUT_OF_RANGE)),
        ({"weight": 101}, Fault("weight", Wrong.OUT_OF_RANGE)),
        ({"quiet_days": -1}, Fault("quiet_days", Wrong.OUT_OF_RANGE)),
        ({"quiet_days": 366}, Fault("quiet_days", Wrong.OUT_OF_RANGE)),
        ({"conditions": ()}, Fault("conditions", Wrong.MISSING)),
        ({"conditions": RULE.conditions * 9}, Fault("conditions", Wrong.TOO_MANY)),
    ],
    ids=lambda value: f"{value.field}-{value.wrong}" if isinstance(value, Fault) else "",
)  # fmt: skip
def test_wrong_rule_is_told_by_its_field(change: dict[str, Any], fault: Fault) -> None:
    assert faults(replace(RULE, **change)) == (fault,)


@pytest.mark.parametrize(
    ("condition", "wrong"),
    [
        (Condition("shoe_size", AT_LEAST, 3), Wrong.UNKNOWN_FACT),
        (Condition("complaint", IS, "TK-1"), Wrong.NOT_COMPARED),
        (Condition("ratings", IS, 3), Wrong.WRONG_COMPARISON),
        (Condition("tier", AT_MOST, "gold"), Wrong.WRONG_COMPARISON),
        (Condition("tier", AT_LEAST, "platinum"), Wrong.WRONG_VALUE),
        (Condition("ratings", AT_LEAST, "many"), Wrong.WRONG_VALUE),
        (Condition("ratings", AT_LEAST, value=True), Wrong.WRONG_VALUE),
        (Condition("ratings", AT_LEAST, float("nan")), Wrong.WRONG_VALUE),
        (Condition("ratings", AT_LEAST, float("inf")), Wrong.WRONG_VALUE),
        (Condition("ratings", AT_LEAST, 10**40), Wrong.WRONG_VALUE),
        (Condition("usage_low", IS, "perhaps"), Wrong.WRONG_VALUE),
        (Condition("language", IS, " "), Wrong.WRONG_VALUE),
    ],
    ids=lambda value: f"{value.fact}-{value.value}" if isinstance(value, Condition) else str(value),
)
def test_wrong_condition_is_told_by_its_place(condition: Condition, wrong: Wrong) -> None:
    rule = replace(RULE, conditions=(*RULE.conditions, condition))
    assert faults(rule) == (Fault("conditions", wrong, condition.fact, 1),)


@pytest.mark.parametrize(
    ("condition", "fact", "is_so"),
    [
        (Condition("ratings", AT_LEAST, 3), 3, True),
        (Condition("ratings", AT_LEAST, 3), 2, False),
        (Condition("satisfaction", AT_MOST, 3.5), 3.5, True),
        (Condition("satisfaction", AT_MOST, 3.5), 3.6, False),
        (Condition("tier", AT_LEAST, "gold"), "diamond", True),
        (Condition("tier", AT_LEAST, "gold"), "silver", False),
        (Condition("tier", IS, "gold"), "diamond", False),
        (Condition("tier", IS_NOT, "gold"), "diamond", True),
        (Condition("usage_low", IS, "yes"), "yes", True),
        (Condition("language", IS, "en"), "en-GB", True),
        (Condition("language", IS, "en-GB"), "en", False),
        (Condition("language", IS_NOT, "zh-CN"), "zh-cn", False),
        (Condition("asked_product", IS, "tv"), "tv", True),
    ],
    ids=lambda value: f"{value.fact}-{value.comparison}-{value.value}" if isinstance(value, Condition) else str(value),
)
def test_condition_holds_by_the_kind_of_its_fact(condition: Condition, fact: Any, is_so: bool) -> None:
    rule = replace(RULE, conditions=(condition,), reason=Words("因为", "why"))
    assert holds(rule, {condition.fact: fact}) is is_so


@pytest.mark.parametrize("comparison", [AT_LEAST, AT_MOST], ids=str)
def test_fact_that_is_not_known_makes_no_signal(comparison: Comparison) -> None:
    rule = replace(RULE, conditions=(Condition("ratings", comparison, 0),), reason=Words("因为", "why"))
    assert not holds(rule, {})


def test_signal_whose_reason_cannot_be_told_is_none() -> None:
    rule = replace(RULE, reason=Words("{same_issue_since}", "{same_issue_since}"))
    assert not holds(rule, {"same_issue_contacts": 5})
    assert holds(rule, {"same_issue_contacts": 5, "same_issue_since": date(2026, 11, 1)})


def test_facts_in_words_stand_where_the_braces_were() -> None:
    assert fill("{ratings} of {tier}, {x}", {"ratings": "3", "tier": "{ratings}"}) == "3 of {ratings}, {x}"


VALUES = {
    FactKind.FLAG: st.sampled_from(FLAGS),
    FactKind.TIER: st.sampled_from(TIERS),
    FactKind.LANGUAGE: st.sampled_from(("zh-CN", "en", "en-GB", "yue")),
    FactKind.PRODUCT: st.sampled_from(("tv", "home-100")),
}
AMOUNTS = st.integers(-1000, 1000) | st.floats(-1000, 1000)
FACT_VALUES = {fact: VALUES.get(FACTS[fact], AMOUNTS) for fact in comparable()}
KNOWN = st.fixed_dictionaries({}, optional=FACT_VALUES)


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    fact = draw(st.sampled_from(comparable()))
    return Condition(fact, draw(st.sampled_from(COMPARISONS[FACTS[fact]])), draw(FACT_VALUES[fact]))


@given(st.lists(conditions(), min_size=1, max_size=4), KNOWN)
def test_rule_holds_when_each_of_its_conditions_does(several: list[Condition], facts: dict[str, Any]) -> None:
    rule = replace(RULE, conditions=tuple(several), reason=Words("因为", "why"))
    assert holds(rule, facts) == all(holds(replace(rule, conditions=(one,)), facts) for one in several)


@given(conditions(), st.integers(0, 3))
def test_condition_of_the_grammar_is_no_fault(condition: Condition, before: int) -> None:
    assert faults(replace(RULE, conditions=(*RULE.conditions * before, condition))) == ()


ANYTHING = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6)
ANY_FACT = st.sampled_from(sorted(FACTS)) | st.text(max_size=6)


@given(st.lists(st.builds(Condition, ANY_FACT, st.sampled_from(Comparison), ANYTHING), max_size=3), KNOWN)
def test_whatever_is_no_fault_can_be_tried_on_any_facts(several: list[Condition], facts: dict[str, Any]) -> None:
    rule = replace(RULE, conditions=tuple(several))
    assert faults(rule) or isinstance(holds(rule, facts), bool)


@given(st.text("{}ab_ratings.!:", max_size=20))
def test_whatever_is_typed_as_a_reason_is_judged_and_filled(text: str) -> None:
    rule = replace(RULE, reason=Words(text, "{ratings}"))
    filled = fill(text, {"ratings": "4"})
    assert faults(rule) or "{" not in filled


@given(st.sampled_from(sorted(FACTS)), ANYTHING)
def test_only_comparable_facts_take_a_value(fact: str, value: Any) -> None:
    assert FACTS[fact] in COMPARISONS or not is_of_kind(FACTS[fact], value)
