"""Every noun survives the way to JSON and back, whatever is in it."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_model import moment
from agent_model.article import Article
from agent_model.article_draft import ArticleDraft
from agent_model.body import from_body, to_body
from agent_model.command import Answer, Command, CommandKind, FieldChange, OpId, Verdict
from agent_model.customer import Customer, CustomerId, SegmentId
from agent_model.list_view import ListView
from agent_model.phone_number import PhoneNumber
from agent_model.ticket import Details
from agent_model.wire import (
    NOUNS,
    Row,
    answer_from_plain,
    answer_to_plain,
    command_from_plain,
    command_to_plain,
    noun,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
MILLISECONDS = st.integers(0, 4_000_000_000_000)
MOMENTS = MILLISECONDS.map(lambda ms: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms))
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
st.register_type_strategy(datetime, MOMENTS)
st.register_type_strategy(str, TEXT)
st.register_type_strategy(
    Details, st.builds(Details, TEXT, st.dictionaries(TEXT, PLAIN, max_size=3), st.dictionaries(TEXT, TEXT, max_size=3))
)
st.register_type_strategy(ListView, st.builds(ListView, query=st.dictionaries(TEXT, PLAIN, max_size=3)))
GUIDES = st.none() | st.dictionaries(TEXT, PLAIN, max_size=3)
st.register_type_strategy(Article, st.builds(Article, guide=GUIDES))
st.register_type_strategy(ArticleDraft, st.builds(ArticleDraft, guide=GUIDES))
st.register_type_strategy(int, st.integers(-(2**53), 2**53))
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))


def through_json(plain: Any) -> Any:
    return orjson.loads(orjson.dumps(plain))


@pytest.mark.parametrize("entity", sorted(NOUNS))
@given(data=st.data())
def test_every_noun_comes_back_as_it_was(entity: str, data: st.DataObject) -> None:
    value = data.draw(st.from_type(NOUNS[entity]))
    body = through_json(to_body(value))
    row_id, version = getattr(value, "id", "-"), getattr(value, "version", 0)

    assert noun(Row(entity, row_id, version, body)) == value
    assert body.keys().isdisjoint({"id", "version"})


def test_fields_of_a_newer_version_are_passed_over() -> None:
    customer = Customer(CustomerId("C-1"), SegmentId("home"), "林悦", (PhoneNumber("+8613800000001"),), version=3)

    assert from_body(Customer, "C-1", 3, {**to_body(customer), "shoe_size": 41}) == customer


def test_fields_with_a_default_may_be_missing() -> None:
    body = {"segment": "home", "name": "林悦", "phones": []}

    assert from_body(Customer, "C-1", 1, body) == Customer(CustomerId("C-1"), SegmentId("home"), "林悦", (), version=1)


@pytest.mark.parametrize(
    "change",
    [{"name": None, "tier": "platinum"}, {"since": "yesterday"}, {"phones": 5}, {"notes": [{}]}],
    ids=["enum", "date", "tuple", "nested"],
)
def test_garbled_body_raises(change: dict[str, Any]) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        from_body(Customer, "C-1", 1, {"segment": "home", "name": "x", "phones": [], **change})


def test_missing_field_raises() -> None:
    with pytest.raises(KeyError):
        from_body(Customer, "C-1", 1, {"segment": "home"})


@given(
    st.builds(
        Command,
        op_id=TEXT.map(OpId),
        kind=st.sampled_from(CommandKind),
        fields=st.dictionaries(TEXT, st.builds(FieldChange, PLAIN, PLAIN), max_size=3),
        depends_on=st.none() | TEXT.map(OpId),
    )
)
def test_command_crosses_the_wire(command: Command) -> None:
    assert command_from_plain(through_json(command_to_plain(command))) == command


@given(
    st.builds(Answer, op_id=TEXT.map(OpId), reason=st.none() | TEXT, changed=st.dictionaries(TEXT, PLAIN, max_size=3))
)
def test_answer_crosses_the_wire(answer: Answer) -> None:
    assert answer_from_plain(through_json(answer_to_plain(answer))) == answer


@pytest.mark.parametrize("verdict", Verdict)
def test_only_conflict_and_refusal_leave_something_to_decide(verdict: Verdict) -> None:
    assert verdict.is_settled is (verdict not in (Verdict.CONFLICT, Verdict.REJECTED))


@given(MOMENTS)
def test_moment_comes_back(at: datetime) -> None:
    assert moment.from_text(moment.to_text(at)) == at


@given(MOMENTS, MOMENTS)
def test_texts_of_moments_sort_in_time(one: datetime, other: datetime) -> None:
    assert (moment.to_text(one) < moment.to_text(other)) is (one < other)


def test_moment_of_another_zone_is_written_in_utc() -> None:
    at = datetime(2026, 11, 21, 18, 41, 3, 120_999, tzinfo=timezone(timedelta(hours=8)))

    assert moment.to_text(at) == "2026-11-21T10:41:03.120Z"


def test_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        moment.to_text(datetime(2026, 11, 21))  # noqa: DTZ001 - the naive one is the point
    with pytest.raises(ValueError, match="time zone"):
        moment.from_text("2026-11-21T10:41:03")
