"""Forms that may be published, and values typed into them, made at random."""

import string
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from agent_model.form import (
    ALWAYS,
    ASKED_OF,
    Clause,
    Condition,
    Fact,
    FieldKind,
    FormField,
    Option,
    TicketForm,
    form_id,
)
from agent_model.form_check import comparisons
from agent_model.form_value import BETWEEN_CHOICES, Locale
from agent_model.phone_number import DialPlan
from agent_model.ticket import TicketType
from agent_model.words import Words

HERE = Locale(DialPlan(), UTC)
PUBLISHED = datetime(2026, 11, 20, tzinfo=UTC)
WORDS = st.text(string.ascii_letters + "客户电话号码", min_size=1, max_size=12)
LABELS = st.builds(Words, WORDS, WORDS)
FACTS = st.dictionaries(st.sampled_from(ASKED_OF), st.sampled_from(["vip", "inbound", "zh-CN"]))
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 28)).map(date.isoformat)
DECIMALS = st.decimals(-10_000, 10_000, places=2).map(str)


def a_form(*fields: FormField, type_: TicketType = TicketType.FAULT, edition: int = 1) -> TicketForm:
    return TicketForm(form_id(type_, edition), type_, edition, fields, PUBLISHED, "admin")


def a_field(key: str, kind: FieldKind = FieldKind.TEXT, **more: Any) -> FormField:
    if kind.has_options and "options" not in more:
        more["options"] = tuple(Option(id_, Words(id_, id_)) for id_ in ("red", "green", "blue"))
    return FormField(key, kind, Words(f"字段{key}", f"Field {key}"), **more)


@st.composite
def clauses(draw: st.DrawFn, before: tuple[FormField, ...]) -> Clause:
    if not before or draw(st.booleans()):
        asked = draw(st.sampled_from(sorted(comparisons(None))))
        return Clause(draw(st.sampled_from(ASKED_OF)).value, asked, "vip" if asked.has_value else "", is_fact=True)
    field = draw(st.sampled_from(before))
    asked = draw(st.sampled_from(sorted(comparisons(field.kind))))
    values = {FieldKind.YES_NO: "yes", FieldKind.DATE: "2026-01-01", FieldKind.NUMBER: "5", FieldKind.MONEY: "5"}
    value = "red" if field.kind.has_options else values.get(field.kind, "home-100")
    return Clause(field.key, asked, value if asked.has_value else "")


def conditions(before: tuple[FormField, ...]) -> st.SearchStrategy[Condition | None]:
    some = st.builds(Condition, st.lists(clauses(before), max_size=3).map(tuple), st.booleans())
    return st.none() | st.just(ALWAYS) | some


@st.composite
def forms(draw: st.DrawFn) -> TicketForm:
    fields: tuple[FormField, ...] = ()
    for number in range(draw(st.integers(0, 7))):
        kind = draw(st.sampled_from(FieldKind))
        fields += (
            a_field(
                f"f{number}",
                kind,
                required_when=draw(conditions(fields)),
                visible_when=draw(conditions(fields)),
            ),
        )
    return a_form(*fields)


def typed_into(field: FormField) -> st.SearchStrategy[str]:
    """What somebody might type, and it does."""
    ids = [option.id for option in field.options]
    match field.kind:
        case FieldKind.NUMBER | FieldKind.MONEY:
            return DECIMALS
        case FieldKind.DATE:
            return DAYS
        case FieldKind.DATE_TIME:
            return DAYS.map(lambda day: f"{day} 09:30")
        case FieldKind.CHOICE:
            return st.sampled_from(ids)
        case FieldKind.MULTI_CHOICE:
            return st.lists(st.sampled_from(ids), min_size=1, unique=True).map(BETWEEN_CHOICES.join)
        case FieldKind.YES_NO:
            return st.sampled_from(["yes", "no"])
        case FieldKind.PHONE:
            return st.integers(10_000_000, 99_999_999).map(lambda n: f"138{n}")
        case FieldKind.EMAIL:
            return st.just("chen@example.cn")
        case FieldKind.ID_CARD:
            return st.just("123X")
        case FieldKind.BANK_CARD:
            return st.just("4242")
        case FieldKind.PRODUCT:
            return st.just("home-100")
        case FieldKind.TEXT | FieldKind.LONG_TEXT:
            return WORDS


def typed_into_all(form: TicketForm) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries({field.key: typed_into(field) for field in form.fields})


def facts_of(form: TicketForm, told: dict[Fact, str]) -> dict[str, str]:
    return {fact.value: text for fact, text in told.items() if fact in form.facts}
