"""Ranges of numbers that platforms lend: what is in them, however it was written, and what is no range."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_model.number_range import NumberRange, PrivacyNumbers, Span, SpanFault, faults, read_span
from agent_model.phone_number import DialPlan, PhoneNumber, normalise
from agent_model.words import Words

SUDA = Words("速达外卖", "Suda Takeaway")
PLAN = DialPlan()


def a_range(*spans: str, **changes: bool) -> NumberRange:
    return NumberRange("suda", SUDA, spans, **changes)


@pytest.mark.parametrize(
    "written",
    ["17999010012", "179 9901 0012", "179-9901-0012", "+86 179 9901 0012", "008617999010012", "１７９９９０１００１２"],
)
def test_number_of_a_range_is_known_however_it_is_written(written: str) -> None:
    number = normalise(written, PLAN)

    assert number is not None
    assert PrivacyNumbers([a_range("17999010000-17999019999")]).range_of(number) is not None


@pytest.mark.parametrize("written", ["+861799901", "0086 1799901", "179 9901", "1799901", "１７９９９０１"])
def test_beginning_means_the_same_however_it_is_written(written: str) -> None:
    assert read_span(written) == Span("1799901", "1799901")


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("", SpanFault.NO_NUMBER),
        ("隐私号", SpanFault.NO_NUMBER),
        ("179", SpanFault.TOO_SHORT),
        ("17999010000-1799901", SpanFault.NO_SPAN),
        ("17999019999-17999010000", SpanFault.NO_SPAN),
        ("1700-1701-1702", SpanFault.NO_NUMBER),
        ("1" * 30, SpanFault.TOO_LONG),
    ],
)
def test_what_is_no_range_is_said(written: str, fault: SpanFault) -> None:
    assert read_span(written) is fault


@pytest.mark.parametrize("number", ["+8617999020000", "+8613800000001", "ext:1799", "138****6721", "+447999010012"])
def test_number_outside_may_be_somebodys(number: str) -> None:
    assert PrivacyNumbers([a_range("17999010000-17999019999")]).range_of(PhoneNumber(number)) is None


def test_service_numbers_and_numbers_abroad_have_ranges_too() -> None:
    known = PrivacyNumbers([a_range("95013", "+8529123")])

    assert known.among(
        [PhoneNumber("short:95013812345678"), PhoneNumber("+85291234567"), PhoneNumber("+8613800000001")]
    )


def test_range_that_is_off_covers_nothing() -> None:
    assert PrivacyNumbers([a_range("1799901", is_on=False)]).range_of(PhoneNumber("+8617999010012")) is None


def test_longest_beginning_names_the_platform() -> None:
    other = NumberRange("other", Words("顺风出行", "Rides"), ("1799",))

    found = PrivacyNumbers([other, a_range("1799901")]).range_of(PhoneNumber("+8617999010012"))

    assert found is not None
    assert found.id == "suda"


def test_faults_name_the_place() -> None:
    wrong = NumberRange("x", Words("", "Suda"), ("1799901", "12"))

    assert faults(wrong) == {"platform.zh": SpanFault.MISSING, "spans.1": SpanFault.TOO_SHORT}
    assert faults(a_range()) == {"spans": SpanFault.MISSING}
    assert faults(a_range("1799901")) == {}


@given(st.integers(0, 9999), st.integers(0, 9999), st.integers(0, 19999))
def test_span_covers_exactly_what_lies_between(one: int, other: int, asked: int) -> None:
    first, last = min(one, other), max(one, other)
    known = PrivacyNumbers([a_range(f"1799901{first:04d}-1799901{last:04d}")])

    is_covered = known.range_of(PhoneNumber(f"+86{17999010000 + asked}")) is not None

    assert is_covered == (first <= asked <= last)
