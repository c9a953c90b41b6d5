"""What keeps a form from being published: keys, words, choices, limits, and conditions that look at themselves."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from agent_model.form import ASKED_OF, TAKEN_FROM, Clause, Comparison, Condition, FieldKind, FormField
from agent_model.form_rules import LONGEST_FACT
from agent_model.form_value import BETWEEN_CHOICES, NO, YES, NotReadable, fault_of, limit, longest
from agent_model.words import Words

MOST_FIELDS: Final = 60
MOST_OPTIONS: Final = 200
MOST_CLAUSES: Final = 20
LONGEST_LABEL: Final = 100
LONGEST_HELP: Final = 500
KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")

_ANY_VALUE: Final = frozenset({Comparison.FILLED, Comparison.EMPTY})
_SAME: Final = _ANY_VALUE | {Comparison.IS, Comparison.IS_NOT}
_MORE_OR_LESS: Final = _SAME | {Comparison.AT_LEAST, Comparison.AT_MOST}


class FormFault(StrEnum):
    """Why a form may not be published."""

    TOO_MANY = "too_many"
    BAD_KEY = "bad_key"
    KEY_TAKEN = "key_taken"
    NO_LABEL = "no_label"
    TOO_LONG = "too_long"
    NO_OPTIONS = "no_options"
    BAD_OPTION = "bad_option"
    BAD_LIMIT = "bad_limit"
    BAD_DEFAULT = "bad_default"
    BAD_CONDITION = "bad_condition"
    CONDITION_CYCLE = "condition_cycle"
    KIND_CHANGED = "kind_changed"
    SENSITIVE_CHANGED = "sensitive_changed"


def comparisons(kind: FieldKind | None) -> frozenset[Comparison]:
    """What a clause may ask of a field of this kind; of a fact (None)."""
    if kind is None:
        return _SAME
    if kind in (FieldKind.NUMBER, FieldKind.MONEY, FieldKind.DATE):
        return _MORE_OR_LESS
    if kind in (FieldKind.CHOICE, FieldKind.MULTI_CHOICE, FieldKind.YES_NO, FieldKind.PRODUCT):
        return _SAME
    return _ANY_VALUE


def form_faults(fields: Sequence[FormField]) -> dict[str, FormFault]:
    """What keeps these fields from being published, by key; an empty key for what is wrong with all of them."""
    if len(fields) > MOST_FIELDS:
        return {"": FormFault.TOO_MANY}
    by_key = {field.key: field for field in fields}
    found: dict[str, FormFault] = {}
    for number, field in enumerate(fields):
        if (fault := _fault_of_field(field, by_key, fields[:number])) is not None:
            found.setdefault(field.key, fault)
    if not found:
        found |= {key: FormFault.CONDITION_CYCLE for key in by_key if _reaches_itself(key, by_key)}
    return found


def _fault_of_field(field: FormField, by_key: Mapping[str, FormField], before: Sequence[FormField]) -> FormFault | None:
    if KEY.fullmatch(field.key) is None:
        return FormFault.BAD_KEY
    if any(other.key == field.key for other in before):
        return FormFault.KEY_TAKEN
    if not (field.label.zh.strip() and field.label.en.strip()):
        return FormFault.NO_LABEL
    if not _are_short(field.label, LONGEST_LABEL) or not _are_short(field.help, LONGEST_HELP):
        return FormFault.TOO_LONG
    if field.kind.has_options:
        if not field.options:
            return FormFault.NO_OPTIONS
        if not _are_options(field):
            return FormFault.BAD_OPTION
    if not _are_limits(field):
        return FormFault.BAD_LIMIT
    if not _is_default(field):
        return FormFault.BAD_DEFAULT
    if not all(_is_condition(condition, by_key) for condition in field.conditions):
        return FormFault.BAD_CONDITION
    return None


def _are_short(words: Words, most: int) -> bool:
    return all(len(text) <= most and "\x00" not in text for text in (words.zh, words.en))


def _are_options(field: FormField) -> bool:
    ids = [option.id for option in field.options]
    are_named = all(option.label.zh.strip() and option.label.en.strip() for option in field.options)
    are_short = all(_are_short(option.label, LONGEST_LABEL) for option in field.options)
    return len(set(ids)) == len(ids) <= MOST_OPTIONS and all(map(KEY.fullmatch, ids)) and are_named and are_short


def _are_limits(field: FormField) -> bool:
    if field.longest < 0 or (not field.kind.has_range and (field.lowest or field.highest)):
        return False
    try:
        bounds = [limit(field.kind, text) for text in (field.lowest, field.highest) if text]
    except NotReadable:
        return False
    return len(bounds) < 2 or bounds[0] <= bounds[1]


def _is_default(field: FormField) -> bool:
    if field.default_from is not None and (field.default_from not in TAKEN_FROM or field.kind.is_card):
        return False
    if not field.default:
        return True
    if field.kind in (FieldKind.TEXT, FieldKind.LONG_TEXT):
        return len(field.default) <= longest(field) and "\x00" not in field.default
    if field.kind is FieldKind.YES_NO:
        return field.default in (YES, NO)
    if field.kind is FieldKind.CHOICE:
        return fault_of(field, field.default) is None
    if field.kind is FieldKind.MULTI_CHOICE:
        return fault_of(field, field.default.split(BETWEEN_CHOICES)) is None
    return False


def _is_condition(condition: Condition, by_key: Mapping[str, FormField]) -> bool:
    if len(condition.clauses) > MOST_CLAUSES:
        return False
    return all(_is_clause(clause, by_key) for clause in condition.clauses)


def _is_clause(clause: Clause, by_key: Mapping[str, FormField]) -> bool:
    if clause.is_fact:
        is_known = clause.of in {fact.value for fact in ASKED_OF}
        return is_known and clause.comparison in comparisons(None) and len(clause.value) <= LONGEST_FACT
    field = by_key.get(clause.of)
    if field is None or clause.comparison not in comparisons(field.kind):
        return False
    if not clause.comparison.has_value:
        return True
    if field.kind.has_options:
        return any(option.id == clause.value for option in field.options)
    if field.kind is FieldKind.YES_NO:
        return clause.value in (YES, NO)
    if field.kind is FieldKind.PRODUCT:
        return bool(clause.value)
    return _is_limit(field, clause.value)


def _is_limit(field: FormField, text: str) -> bool:
    try:
        return str(limit(field.kind, text)) == text
    except NotReadable:
        return False


def _reaches_itself(key: str, by_key: Mapping[str, FormField]) -> bool:
    """Whether the field's conditions look, over whatever others, at the field itself."""
    ahead, seen = [key], set[str]()
    while ahead:
        conditions = by_key[ahead.pop()].conditions
        looked_at = {clause.of for one in conditions for clause in one.clauses if not clause.is_fact}
        if key in looked_at:
            return True
        ahead += looked_at - seen
        seen |= looked_at
    return False
