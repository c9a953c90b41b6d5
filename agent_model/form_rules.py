"""What a form asks of a ticket and allows in it, decided the same on both sides: what is shown, needed and will do.

`values` are a ticket's, by key (`agent_model.form_value`); `facts` are texts by fact.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from agent_model.form import ASKED_OF, Clause, Comparison, Condition, FieldKind, Form, FormField
from agent_model.form_value import ValueFault, as_clause, comparable, fault_of, limit

LONGEST_FACT: Final = 256


def shown(form: Form, values: Mapping[str, Any], facts: Mapping[str, str]) -> tuple[FormField, ...]:
    """The fields that are asked, in order. What is hidden counts as empty wherever a condition looks at it."""
    found: dict[str, bool] = {}

    def is_shown(field: FormField) -> bool:
        if field.key not in found:
            found[field.key] = False  # whoever asks for itself is not there
            found[field.key] = field.visible_when is None or _holds(field.visible_when, form, value_of, facts)
        return found[field.key]

    def value_of(key: str) -> Any:
        field = form.field(key)
        return values.get(key) if field is not None and is_shown(field) else None

    return tuple(field for field in form.fields if is_shown(field))


def needed(form: Form, values: Mapping[str, Any], facts: Mapping[str, str]) -> frozenset[str]:
    """The keys of the fields that are shown and must be filled in."""
    asked = shown(form, values, facts)
    seen = {field.key: values.get(field.key) for field in asked}
    return frozenset(
        field.key
        for field in asked
        if field.required_when is not None and _holds(field.required_when, form, seen.get, facts)
    )


def value_faults(form: Form, values: Mapping[str, Any], facts: Mapping[str, str]) -> dict[str, ValueFault]:
    """What keeps these values from being a ticket of this form, by key; empty when they do."""
    asked = {field.key: field for field in shown(form, values, facts)}
    must = needed(form, values, facts)
    found: dict[str, ValueFault] = {}
    for key in values:
        if key not in asked:
            found[key] = ValueFault.UNKNOWN_FIELD if form.field(key) is None else ValueFault.NOT_ASKED
    for key, field in asked.items():
        value = values.get(key)
        if value is None and (key in must or key in values):
            found[key] = ValueFault.MISSING
        elif value is not None and (fault := fault_of(field, value)) is not None:
            found[key] = fault
    return found


def facts_asked(form: Form, facts: Mapping[str, str]) -> dict[str, str]:
    """Those of the facts that the form looks at, as they travel with the ticket."""
    return {fact.value: facts[fact] for fact in sorted(form.facts) if facts.get(fact)}


def are_facts(facts: Mapping[str, Any]) -> bool:
    """Whether these may travel with a ticket: facts that conditions look at, as short texts."""
    known = {fact.value for fact in ASKED_OF}
    return all(
        name in known and isinstance(told, str) and len(told) <= LONGEST_FACT and "\x00" not in told
        for name, told in facts.items()
    )


def _holds(condition: Condition, form: Form, value_of: Callable[[str], Any], facts: Mapping[str, str]) -> bool:
    """`value_of` gives the value of a field, None where it is empty or hidden."""
    if not condition.clauses:
        return True
    outcomes = (
        _says(clause, FieldKind.TEXT, facts.get(clause.of) or None)
        if clause.is_fact
        else _of_field(clause, form.field(clause.of), value_of)
        for clause in condition.clauses
    )
    return any(outcomes) if condition.any_of else all(outcomes)


def _of_field(clause: Clause, field: FormField | None, value_of: Callable[[str], Any]) -> bool:
    if field is None:
        return _says(clause, FieldKind.TEXT, None)
    value = value_of(clause.of)
    is_good = value is not None and fault_of(field, value) is None
    return _says(clause, field.kind, value if is_good else None)


def _says(clause: Clause, kind: FieldKind, value: Any) -> bool:
    match clause.comparison:
        case Comparison.FILLED:
            return value is not None
        case Comparison.EMPTY:
            return value is None
        case Comparison.IS:
            return value is not None and clause.value in as_clause(kind, value)
        case Comparison.IS_NOT:
            return value is None or clause.value not in as_clause(kind, value)
        case Comparison.AT_LEAST:
            return value is not None and bool(comparable(kind, value) >= limit(kind, clause.value))
        case Comparison.AT_MOST:
            return value is not None and bool(comparable(kind, value) <= limit(kind, clause.value))
