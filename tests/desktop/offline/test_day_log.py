"""The agent's own calls: kept for 90 days, found by name, pinyin or digits, however many there are."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from agent_desktop.day import PAGE, OwnCall, OwnDay, Which
from agent_desktop.knowledge.pinyin import read
from agent_desktop.offline.day_log import DayLog
from agent_desktop.offline.store import Store
from agent_desktop.softphone.call import EndReason
from agent_model.customer import ContactKind
from agent_model.phone_number import DialPlan
from tests.fakes import SEALED, SetClock

IN, OUT, MISSED = ContactKind.CALL_IN, ContactKind.CALL_OUT, ContactKind.CALL_MISSED


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def log(tmp_path: Path) -> Iterator[DayLog]:
    store = Store(tmp_path, SEALED)
    yield DayLog(store)
    store.close()


@pytest.fixture
def day(log: DayLog, clock: SetClock) -> OwnDay:
    return OwnDay(log, clock, lambda: clock.now.replace(hour=0), DialPlan(), read)


def call(day_clock: SetClock, key: str, kind: ContactKind = IN, **more: object) -> OwnCall:
    plain = OwnCall(key, kind, day_clock.now, "", "", "support", None, None)
    return replace(plain, **more)  # type: ignore[arg-type]


def keys(found: tuple[OwnCall, ...]) -> list[str]:
    return [one.key for one in found]


def test_call_comes_back_as_it_was_kept(day: OwnDay, clock: SetClock) -> None:
    kept = OwnCall("a", OUT, clock.now, "陈思远", "+8613800006721", "vip", "C-1", 61.5, "4008100200", "busy", 3.9)
    assert day.add(kept) == (kept,)
    assert day.find("", Which.ALL) == (kept,)


@pytest.mark.parametrize(
    "typed",
    ["陈思", "chensiyuan", "CSY", "csy", "siyuan", "6721", "138 0000 6721", "+86138", "138-0000", " 陈思远 "],
)
def test_call_is_found_by_name_pinyin_and_digits(day: OwnDay, clock: SetClock, typed: str) -> None:
    day.add(call(clock, "a", name="陈思远", number="013800006721"))
    day.add(call(clock, "b", name="Maria Lopez", number="+8657188886666"))
    assert keys(day.find(typed, Which.ALL)) == ["a"]


@pytest.mark.parametrize("typed", ["maria", "LOPEZ", "0571-8888", "88886666", "+86571"])
def test_landline_is_found_as_one_writes_it_here(day: OwnDay, clock: SetClock, typed: str) -> None:
    day.add(call(clock, "a", name="陈思远", number="013800006721"))
    day.add(call(clock, "b", name="Maria Lopez", number="+8657188886666"))
    assert keys(day.find(typed, Which.ALL)) == ["b"]


@pytest.mark.parametrize("typed", ["%", "_", "'", '"', "nobody"])
def test_signs_that_mean_something_elsewhere_find_nothing(day: OwnDay, clock: SetClock, typed: str) -> None:
    day.add(call(clock, "a", name="Chen", number="1001"))
    assert day.find(f"x{typed}", Which.ALL) == ()


@pytest.mark.parametrize(
    ("which", "found"),
    [
        (Which.ALL, ["elsewhere", "declined", "rang out", "gave up", "out", "in"]),
        (Which.MISSED, ["rang out", "gave up"]),
        (Which.IN, ["elsewhere", "declined", "in"]),
        (Which.OUT, ["out"]),
    ],
)
def test_calls_are_shown_by_kind(day: OwnDay, clock: SetClock, which: Which, found: list[str]) -> None:
    for key, kind, ended in (
        ("in", IN, "hung_up_there"),
        ("out", OUT, "busy"),
        ("gave up", MISSED, "missed"),
        ("rang out", MISSED, "rang_out"),
        ("declined", MISSED, "declined"),
        ("elsewhere", MISSED, "answered_elsewhere"),
    ):
        clock.move(seconds=1)
        day.add(call(clock, key, kind, ended=ended))
    assert keys(day.find("", which)) == found


def test_missed_calls_count_until_they_are_looked_at(day: OwnDay, clock: SetClock) -> None:
    day.add(call(clock, "a", MISSED, ended="missed"))
    day.add(call(clock, "b", MISSED, ended="declined"))
    assert day.missed() == 1
    clock.move(minutes=1)
    day.look()
    assert day.missed() == 0
    clock.move(minutes=1)
    day.add(call(clock, "c", MISSED, ended="rang_out"))
    assert day.missed() == 1


def test_pages_follow_each_other_without_a_gap_also_within_one_moment(day: OwnDay, clock: SetClock) -> None:
    for n in range(PAGE + 3):
        day.add(call(clock, f"{n:04}"))
    first = day.find("", Which.ALL)
    rest = day.find("", Which.ALL, first[-1])
    assert keys(first + rest) == [f"{n:04}" for n in reversed(range(PAGE + 3))]


def test_calls_are_forgotten_after_90_days_and_not_before(day: OwnDay, clock: SetClock) -> None:
    day.add(call(clock, "old"))
    clock.move(days=89)
    day.add(call(clock, "new"))
    assert keys(day.find("", Which.ALL)) == ["new", "old"]
    clock.move(days=2)
    assert keys(day.add(call(clock, "today"))) == ["today"]
    assert keys(day.find("", Which.ALL)) == ["today", "new"]


def test_calls_that_an_older_version_kept_are_found_too(day: OwnDay, log: DayLog, clock: SetClock) -> None:
    at = "2026-11-21T09:00:00.000Z"
    old = {"key": "old", "kind": "call_missed", "at": at, "name": "Li", "number": "1003", "queue": "vip"}
    log.put("old", at, {**old, "customer_id": None, "handled_s": None}, "")
    [found] = day.find("1003", Which.MISSED)
    assert (found.ended, found.score, found.shown_number) == ("", None, "")
    assert found.at == clock.now - timedelta(hours=1)


def test_calls_of_before_the_rule_are_found_by_the_name_and_shown_without_it(log: DayLog, clock: SetClock) -> None:
    hidden: list[bool] = []
    day = OwnDay(log, clock, lambda: clock.now.replace(hour=0), DialPlan(), read, lambda: bool(hidden))
    day.add(call(clock, "a", name="陈思远", number="013800006721", customer_id="C-1"))
    day.add(call(clock, "b", name="分机 1002", number="1002"))
    hidden.append(True)

    assert {one.name for one in day.calls()} == {"分机 1002", "陈**"}
    assert [one.name for one in day.find("陈思远", Which.ALL)] == ["陈**"]


@pytest.mark.parametrize("queue", ["", "billing"])
@pytest.mark.parametrize("ended", [*EndReason, ""], ids=str)
def test_missed_calls_are_counted_as_a_call_says_of_itself(
    day: OwnDay, clock: SetClock, ended: str, queue: str
) -> None:
    missed = call(clock, "a", MISSED, number="1", queue=queue, ended=str(ended))
    day.add(missed)

    assert day.missed() == missed.is_missed
