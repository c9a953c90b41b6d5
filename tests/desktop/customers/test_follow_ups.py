"""Callbacks and return visits on this disk: made, taken, put off, tried and cleared before the server knows."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_desktop.customers.follow_ups import FollowUps, Promise
from agent_desktop.customers.when_words import read_when, tomorrow_morning
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.view import View
from agent_model import scope
from agent_model.agent import Agent, AgentId, QueueId, Role, TeamId
from agent_model.customer import CustomerId
from agent_model.follow_up import AttemptResult, FollowUpKind, FollowUpState
from agent_model.phone_number import PhoneNumber, zone_of
from agent_model.wire import Row
from agent_model.words import Words
from tests.fakes import SetClock, counting_ids

HOME = scope.customers("home")
ME = Agent(AgentId("lin.yue"), "lin.yue", Words("林悦", "Lin Yue"), Role.AGENT, "8001", TeamId("home"), (QueueId("q"),))
C1 = CustomerId("C-1")
NUMBER = PhoneNumber("+8613900000009")
CALLBACK = FollowUpKind.CALLBACK


def follow_up_row(id_: str, due: str = "2026-11-21T12:00:00.000Z", version: int = 1, **fields: Any) -> Row:
    body = {
        "kind": "callback", "purpose": "告知上门时间", "due_at": due, "created_at": "2026-11-21T09:00:00.000Z",
        "created_by": "wang.qiang", "customer_id": "C-1", "team": "home", **fields,
    }  # fmt: skip
    return Row("follow_up", id_, version, {"state": "open", "owner": None, "attempts": [], "counted": 0, **body})


@pytest.fixture
def room(view: View, clock: SetClock) -> FollowUps:
    return FollowUps(view, ME, clock, counting_ids())


def promise(clock: SetClock, kind: FollowUpKind = CALLBACK, **fields: Any) -> Promise:
    return Promise(kind, "告知上门时间", clock.now + timedelta(hours=1), **{"customer_id": C1, **fields})


def test_promise_is_owed_at_once(room: FollowUps, clock: SetClock) -> None:
    made = room.create(promise(clock, number=PhoneNumber("+447911123456")))
    assert room.owed_to(C1) == (made,)
    assert room.due() == (made,)
    assert (made.owner, made.zone, made.caller_number) == ("lin.yue", "Europe/London", None)


def test_promise_to_a_caller_without_a_name_is_found_by_the_number(room: FollowUps, clock: SetClock) -> None:
    made = room.create(promise(clock, customer_id=None, number=NUMBER))
    assert room.owed_to_number(NUMBER) == (made,)
    assert (made.caller_number, made.zone) == (NUMBER, "Asia/Shanghai")


def test_due_are_ones_own_and_those_nobody_took_the_next_first(room: FollowUps, mirror: Mirror) -> None:
    rows = [
        follow_up_row("F-late", "2026-11-21T15:00:00.000Z"),
        follow_up_row("F-mine", "2026-11-21T11:00:00.000Z", owner="lin.yue"),
        follow_up_row("F-taken", owner="wang.qiang"),
        follow_up_row("F-other-team", team="business"),
        follow_up_row("F-queue", "2026-11-21T13:00:00.000Z", team=None, queue="q"),
        follow_up_row("F-over", state="done"),
        follow_up_row("F-put-off", "2026-11-21T10:30:00.000Z", snoozed_until="2026-11-21T14:00:00.000Z"),
    ]
    mirror.apply(HOME, rows, None)
    assert [one.id for one in room.due()] == ["F-mine", "F-queue", "F-put-off", "F-late"]
    assert [one.id for one in room.due(limit=2)] == ["F-mine", "F-queue"]


def test_attempts_that_wait_count_already(room: FollowUps, mirror: Mirror, clock: SetClock) -> None:
    mirror.apply(HOME, [follow_up_row("F-1", kind="return_visit")], None)
    [owed] = room.owed_to(C1)
    once = room.tried(owed, AttemptResult.NO_ANSWER)
    assert once.due_at == datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
    clock.move(hours=20)
    twice = room.tried(once, AttemptResult.BUSY)
    assert twice.is_open
    clock.move(hours=24)
    assert room.tried(twice, AttemptResult.NO_ANSWER).state is FollowUpState.NOT_REACHED
    assert (room.owed_to(C1), room.due()) == ((), ())


def test_own_call_of_the_customer_clears_their_callbacks_once(room: FollowUps, mirror: Mirror, view: View) -> None:
    mirror.apply(HOME, [follow_up_row("F-1"), follow_up_row("F-2", kind="return_visit")], None)
    assert [one.id for one in room.called_in(C1, None, "call-7")] == ["F-1"]
    assert room.called_in(C1, None, "call-8") == ()
    assert [one.id for one in room.owed_to(C1)] == ["F-2"]
    assert view.outbox.count_waiting() == 1


def test_caller_without_a_name_clears_the_callback_to_the_number(room: FollowUps, clock: SetClock) -> None:
    room.create(promise(clock, customer_id=None, number=NUMBER))
    [cleared] = room.called_in(None, NUMBER, "call-7")
    assert (cleared.state, cleared.cleared_by) == (FollowUpState.CLEARED, "call-7")


def test_taken_and_given_back(room: FollowUps, mirror: Mirror) -> None:
    mirror.apply(HOME, [follow_up_row("F-1")], None)
    [owed] = room.owed_to(C1)
    room.take(owed)
    [mine] = room.owed_to(C1)
    assert mine.owner == "lin.yue"
    room.give_back(mine)
    assert room.owed_to(C1)[0].owner is None


def test_own_promise_given_back_goes_to_the_team(room: FollowUps, clock: SetClock) -> None:
    room.give_back(room.create(promise(clock)))
    [owed] = room.owed_to(C1)
    assert (owed.owner, owed.team) == (None, "home")


def test_put_off_it_is_wanted_later(room: FollowUps, clock: SetClock) -> None:
    made = room.create(promise(clock))
    later = clock.now + timedelta(hours=3)
    room.put_off(made, later)
    [owed] = room.owed_to(C1)
    assert (owed.wanted_at, owed.due_at) == (later, made.due_at)
    assert room.put_off(owed, later) is None


def test_cancelled_it_is_not_owed(room: FollowUps, clock: SetClock) -> None:
    made = room.create(promise(clock))
    room.cancel(made, " 客户已到店 ")
    assert room.owed_to(C1) == ()
    ended = room.of(made.id)
    assert ended is not None
    assert (ended.state, ended.reason) == (FollowUpState.CANCELLED, "客户已到店")


def test_plan_of_the_company_is_followed(room: FollowUps, mirror: Mirror) -> None:
    plan = {"attempts": 1, "spacing_min": [5], "hours": [{"opens": "00:00", "closes": "24:00"}], "zone": "UTC"}
    mirror.apply(HOME, [follow_up_row("F-1"), Row("follow_up_plan", "callback", 1, plan)], None)
    assert room.tried(room.owed_to(C1)[0], AttemptResult.NO_ANSWER).state is FollowUpState.NOT_REACHED


@pytest.mark.parametrize(
    ("number", "zone"),
    [
        ("+8613800138000", "Asia/Shanghai"),
        ("+12125550123", "America/New_York"),
        ("+85221234567", "Asia/Hong_Kong"),
        ("ext:8001", None),
        ("record:0:138****0001:C-1", None),
    ],
)
def test_zone_of_a_number(number: str, zone: str | None) -> None:
    assert zone_of(PhoneNumber(number)) == zone


SHANGHAI = ZoneInfo("Asia/Shanghai")
SATURDAY = datetime(2026, 11, 21, 18, 0, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("in 1 h", "21 19:00"),
        ("in 15 min", "21 18:15"),
        ("90m", "21 19:30"),
        ("1.5 hours", "21 19:30"),
        ("半小时后", "21 18:30"),
        ("2小时后", "21 20:00"),
        ("1个小时后", "21 19:00"),
        ("3天后", "24 18:00"),
        ("20:30", "21 20:30"),
        ("10:00", "22 10:00"),
        ("tomorrow 10:00", "22 10:00"),
        ("Tomorrow", "22 09:00"),
        ("tomorrow 4pm", "22 16:00"),
        ("明天10点", "22 10:00"),
        ("明天下午3点半", "22 15:30"),
        ("明早", "22 09:00"),
        ("后天 9:15", "23 09:15"),
        ("周一10点", "23 10:00"),
        ("monday at 9:30", "23 09:30"),
        ("下周六 10:00", "28 10:00"),
        ("11-25 10:00", "25 10:00"),
        ("11月25日 14:20", "25 14:20"),
        ("2026-11-30 08:00", "30 08:00"),
    ],
)
def test_words_mean_a_moment(words: str, expected: str) -> None:
    found = read_when(words, SATURDAY, SHANGHAI)
    assert found is not None
    assert found.astimezone(SHANGHAI).strftime("%d %H:%M") == expected


@pytest.mark.parametrize(
    "words", ["", "soon", "25:00", "明天25点", "今天 9:00", "2026-02-30 10:00", "2020-01-01 10:00", "in 0 min"]
)
def test_words_that_mean_no_moment_to_come(words: str) -> None:
    assert read_when(words, SATURDAY, SHANGHAI) is None


@given(
    st.integers(0, 10 * 366 * 24 * 60).map(lambda minutes: SATURDAY + timedelta(minutes=minutes)),
    st.sampled_from(["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Shanghai"]).map(ZoneInfo),
    st.integers(0, 23),
    st.integers(0, 59),
)
def test_clock_that_is_named_is_what_the_wall_shows_then(now: datetime, zone: ZoneInfo, hour: int, minute: int) -> None:
    for words in (f"{hour}:{minute:02}", f"tomorrow {hour}:{minute:02}"):
        found = read_when(words, now, zone)
        assert found is not None
        assert now < found < now + timedelta(hours=49, minutes=1)
        there = found.astimezone(zone)
        is_skipped = (there.hour, there.minute) != (hour, minute)
        changed_clock = there.utcoffset() != (found - timedelta(hours=3)).astimezone(zone).utcoffset()
        assert changed_clock or not is_skipped


def test_tomorrow_morning_is_nine_on_the_wall() -> None:
    zone = ZoneInfo("Europe/London")
    before_summer = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
    assert tomorrow_morning(before_summer, zone) == datetime(2026, 3, 29, 8, 0, tzinfo=UTC)


def test_cache_of_an_earlier_version_gives_follow_ups_their_table(mirror: Mirror, room: FollowUps) -> None:
    mirror.apply(HOME, [follow_up_row("F-1")], None)
    mirror.apply(HOME, [follow_up_row("F-1", version=2, owner="lin.yue")], None)
    assert [one.owner for one in room.due()] == ["lin.yue"]
