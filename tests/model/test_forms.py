"""Forms: what they ask, what they take, and which of them may be published."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_model.body import from_body, to_body
from agent_model.form import ALWAYS, Clause, Comparison, Condition, Fact, FieldKind, FormField, TicketForm
from agent_model.form_check import FormFault, form_faults
from agent_model.form_rules import needed, shown, value_faults
from agent_model.form_value import NotReadable, ValueFault, card_kept, fault_of, read, typed
from agent_model.words import Words
from tests.model.forms_made import FACTS, HERE, a_field, a_form, facts_of, forms, typed_into, typed_into_all


def is_filled(key: str) -> Condition:
    return Condition((Clause(key, Comparison.FILLED),))


@given(st.data())
def test_form_that_may_be_published_is_filled_in_and_taken(data: st.DataObject) -> None:
    form = data.draw(forms())
    assert form_faults(form.fields) == {}
    told = facts_of(form, data.draw(FACTS))
    texts = data.draw(typed_into_all(form))
    every = {field.key: read(field, texts[field.key], HERE) for field in form.fields}
    sent = {field.key: every[field.key] for field in shown(form, every, told)}

    assert value_faults(form, sent, told) == {}
    assert needed(form, sent, told) <= sent.keys()


@given(forms())
def test_form_survives_the_way_to_json(form: TicketForm) -> None:
    assert from_body(TicketForm, form.id, form.version, to_body(form)) == form


@given(st.data())
def test_value_is_read_again_from_how_it_is_typed(data: st.DataObject) -> None:
    field = a_field("f", data.draw(st.sampled_from(FieldKind)))
    value = read(field, data.draw(typed_into(field)), HERE)

    assert read(field, typed(field, value, HERE), HERE) == value
    assert fault_of(field, value) is None


@given(st.sampled_from(FieldKind), st.text(max_size=30))
def test_what_is_no_value_is_refused_and_never_breaks(kind: FieldKind, text: str) -> None:
    field = a_field("f", kind)
    with suppress(NotReadable):
        value = read(field, text, HERE)
        assert value is None or fault_of(field, value) is None


@given(
    st.sampled_from(FieldKind),
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text() | st.integers()),
)
def test_any_json_is_judged_and_never_breaks(kind: FieldKind, value: Any) -> None:
    form = a_form(a_field("f", kind), a_field("g", visible_when=Condition((Clause("f", Comparison.FILLED),))))
    faults = value_faults(form, {"f": value}, {})
    assert faults.keys() <= {"f"}


def test_hidden_field_is_neither_needed_nor_taken() -> None:
    form = a_form(
        a_field("is_down", FieldKind.YES_NO),
        a_field("since", required_when=ALWAYS, visible_when=Condition((Clause("is_down", Comparison.IS, "yes"),))),
    )
    assert value_faults(form, {"is_down": False}, {}) == {}
    assert value_faults(form, {"is_down": True}, {}) == {"since": ValueFault.MISSING}
    assert value_faults(form, {"is_down": False, "since": "dusk"}, {}) == {"since": ValueFault.NOT_ASKED}
    assert value_faults(form, {"wrong": 1}, {}) == {"wrong": ValueFault.UNKNOWN_FIELD}


def test_what_a_hidden_field_holds_counts_for_nothing() -> None:
    form = a_form(a_field("a"), a_field("b", visible_when=is_filled("a")), a_field("c", visible_when=is_filled("b")))
    assert [field.key for field in shown(form, {"b": "typed before"}, {})] == ["a"]


def test_conditions_look_at_amounts_choices_and_facts() -> None:
    clauses = Clause("amount", Comparison.AT_LEAST, "500"), Clause("colour", Comparison.IS, "red")
    large = Condition(clauses, any_of=True)
    gold = Condition((Clause(Fact.TIER, Comparison.IS, "gold", is_fact=True),))
    form = a_form(
        a_field("amount", FieldKind.MONEY),
        a_field("colour", FieldKind.MULTI_CHOICE),
        a_field("reason", required_when=large),
        a_field("gift", visible_when=gold),
    )
    assert needed(form, {"amount": 49_999}, {}) == frozenset()
    assert needed(form, {"amount": 50_000}, {}) == {"reason"}
    assert needed(form, {"colour": ["blue", "red"]}, {}) == {"reason"}
    assert [field.key for field in shown(form, {}, {"tier": "gold"})][-1] == "gift"


@pytest.mark.parametrize("keys", ["a", "ab", "abc"])
@pytest.mark.parametrize("place", ["visible_when", "required_when"])
def test_conditions_in_a_circle_are_refused(keys: str, place: str) -> None:
    around = zip(keys, keys[1:] + keys[0], strict=True)
    fields = [replace(a_field(key), **{place: is_filled(other)}) for key, other in around]  # type: ignore[arg-type]

    assert form_faults(fields) == dict.fromkeys(keys, FormFault.CONDITION_CYCLE)
    assert shown(a_form(*fields), {}, {}) == (tuple(fields) if place == "required_when" else ())


@pytest.mark.parametrize(
    ("field", "fault"),
    [
        (a_field("Key"), FormFault.BAD_KEY),
        (FormField("a", FieldKind.TEXT, Words("名", "")), FormFault.NO_LABEL),
        (FormField("a", FieldKind.TEXT, Words("名" * 101, "a")), FormFault.TOO_LONG),
        (a_field("a", FieldKind.CHOICE, options=()), FormFault.NO_OPTIONS),
        (a_field("a", FieldKind.NUMBER, lowest="5", highest="4"), FormFault.BAD_LIMIT),
        (a_field("a", FieldKind.MONEY, lowest="much"), FormFault.BAD_LIMIT),
        (a_field("a", FieldKind.TEXT, lowest="1"), FormFault.BAD_LIMIT),
        (a_field("a", FieldKind.CHOICE, default="pink"), FormFault.BAD_DEFAULT),
        (a_field("a", FieldKind.BANK_CARD, default="4242"), FormFault.BAD_DEFAULT),
        (a_field("a", visible_when=is_filled("b")), FormFault.BAD_CONDITION),
        (
            a_field("a", visible_when=Condition((Clause("now", Comparison.FILLED, is_fact=True),))),
            FormFault.BAD_CONDITION,
        ),
        (a_field("a", FieldKind.EMAIL, longest=-1), FormFault.BAD_LIMIT),
    ],
    ids=lambda value: str(value) if isinstance(value, FormFault) else "",
)
def test_form_with_a_fault_names_it(field: FormField, fault: FormFault) -> None:
    assert form_faults([field]) == {field.key: fault}


def test_key_is_there_once_and_fields_are_not_too_many() -> None:
    assert form_faults([a_field("a"), a_field("a")]) == {"a": FormFault.KEY_TAKEN}
    assert form_faults([a_field(f"f{n}") for n in range(61)]) == {"": FormFault.TOO_MANY}


def test_of_a_card_the_last_four_are_kept_once_it_is_whole() -> None:
    assert card_kept(FieldKind.BANK_CARD, "6222 0200 0000 0000 008") is None
    assert card_kept(FieldKind.BANK_CARD, "4242 4242 4242 4242") == "4242"
    assert card_kept(FieldKind.ID_CARD, "11010519491231002x") == "002X"
    assert card_kept(FieldKind.ID_CARD, "110105194912310021") is None
    assert card_kept(FieldKind.ID_CARD, "4242 4242 4242 4242") is None


@pytest.mark.parametrize("kind", [FieldKind.BANK_CARD, FieldKind.ID_CARD], ids=str)
def test_whole_card_number_is_refused_as_a_value(kind: FieldKind) -> None:
    assert fault_of(a_field("f", kind), "4242424242424242") is ValueFault.CARD_IN_CLEAR


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (FieldKind.MONEY, "￥1,280.5", 128_050),
        (FieldKind.NUMBER, "007.50", "7.5"),
        (FieldKind.DATE, "2026/2/3", "2026-02-03"),
        (FieldKind.DATE, "20260203", "2026-02-03"),
        (FieldKind.DATE, "2026年2月3日", "2026-02-03"),
        (FieldKind.DATE_TIME, "2026-02-03 9：05", "2026-02-03T09:05:00.000Z"),
        (FieldKind.PHONE, "138 0000 6721", "+8613800006721"),
    ],
)
def test_value_is_read_as_people_type_it(kind: FieldKind, text: str, value: object) -> None:
    assert read(a_field("f", kind), text, HERE) == value
