"""When a customer may be called, and with which number."""

from datetime import datetime, timedelta, timezone

import pytest

from agent_desktop.outbound import NotNow, Why, may_call, shown_first
from agent_model.agent import QueueId
from agent_model.organisation import CalledNumber, OutboundUse
from agent_model.words import Words

SITE = timezone(timedelta(hours=8))
DAY = OutboundUse("08:00", "21:00", 3)
NIGHT = OutboundUse("20:00", "06:00", None)


def at(clock: str, day: int = 21) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 11, day, hour, minute, tzinfo=SITE)


@pytest.mark.parametrize("clock", ["08:00", "12:30", "20:59"])
def test_within_the_hours_it_may(clock: str) -> None:
    assert may_call(DAY, 0, at(clock)) is None


@pytest.mark.parametrize(
    ("clock", "again"),
    [("07:59", at("08:00")), ("00:00", at("08:00")), ("21:00", at("08:00", 22)), ("23:59", at("08:00", 22))],
)
def test_outside_the_hours_the_next_opening_is_named(clock: str, again: datetime) -> None:
    assert may_call(DAY, 0, at(clock)) == NotNow(Why.HOURS, again)


@pytest.mark.parametrize(
    ("clock", "may"),
    [("20:00", True), ("23:59", True), ("00:00", True), ("05:59", True), ("06:00", False), ("19:59", False)],
)
def test_hours_may_run_over_midnight(clock: str, may: bool) -> None:
    assert (may_call(NIGHT, 9, at(clock)) is None) is may


def test_third_attempt_is_the_last_of_the_day() -> None:
    assert may_call(DAY, 2, at("10:00")) is None
    assert may_call(DAY, 3, at("10:00")) == NotNow(Why.ATTEMPTS, at("08:00", 22), 3)


@pytest.mark.parametrize("use", [OutboundUse(), OutboundUse("soon", "25:00", None)])
def test_no_limit_and_a_garbled_one_let_call(use: OutboundUse) -> None:
    assert may_call(use, 99, at("03:00")) is None


def number(digits: str, queue: str, use: OutboundUse | None = DAY) -> CalledNumber:
    return CalledNumber(digits, QueueId(queue), Words("品牌", "Brand"), Words("您好", "Hello"), use)


NUMBERS = (number("400", "support"), number("800", "vip"), number("95", "billing", None), number("0571", "sales"))


@pytest.mark.parametrize(
    ("called_on", "queue", "chosen", "shown"),
    [
        ("800", "support", "0571", "0571"),
        ("800", "support", "", "800"),
        ("", "sales", "", "0571"),
        ("95", "billing", "95", "400"),
        ("", "", "", "400"),
    ],
)
def test_number_that_the_customer_knows_comes_before_the_queues(
    called_on: str, queue: str, chosen: str, shown: str
) -> None:
    found = shown_first(NUMBERS, called_on, queue, chosen)
    assert found is not None
    assert found.number == shown


def test_company_without_outbound_numbers_shows_none() -> None:
    assert shown_first((number("95", "billing", None),), "95", "billing", "95") is None
