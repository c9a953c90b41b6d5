"""Reasons for breaks: what may stand in one, and how many may be away at once."""

from dataclasses import replace

import pytest

from agent_model.break_reason import SHIPPED, BreakQuota, BreakReason, ReasonFault, faults, has_room, in_force
from agent_model.words import Words

SMOKE = BreakReason("smoke", Words("抽烟", "Smoke"), 10, 9)


@pytest.mark.parametrize(
    ("reason", "path", "wrong"),
    [
        (replace(SMOKE, name=Words("", "Smoke")), "name.zh", ReasonFault.MISSING),
        (replace(SMOKE, name=Words("抽烟", "S" * 41)), "name.en", ReasonFault.TOO_LONG),
        (replace(SMOKE, name=Words("抽\u202e烟", "Smoke")), "name.zh", ReasonFault.TOO_LONG),
        (replace(SMOKE, minutes=0), "minutes", ReasonFault.OUT_OF_RANGE),
        (replace(SMOKE, position=-1), "position", ReasonFault.OUT_OF_RANGE),
        (replace(SMOKE, places=(BreakQuota(-1),)), "places.0", ReasonFault.OUT_OF_RANGE),
        (replace(SMOKE, places=(BreakQuota(1, "gone"),)), "places.0", ReasonFault.UNKNOWN),
        (replace(SMOKE, places=(BreakQuota(1, "home"), BreakQuota(2, "home"))), "places.1", ReasonFault.TWICE),
        (replace(SMOKE, places=(BreakQuota(1),) * 501), "places", ReasonFault.TOO_MANY),
    ],
    ids=["no name", "long name", "unseen sign", "minutes", "position", "at once", "team", "twice", "many"],
)
def test_reason_that_does_not_do_says_where(reason: BreakReason, path: str, wrong: ReasonFault) -> None:
    assert faults(reason, {"home"}, {"billing"})[path] is wrong


def test_reasons_that_are_shipped_do() -> None:
    assert [faults(one, (), ()) for one in SHIPPED] == [{}] * len(SHIPPED)


def test_own_reason_takes_the_place_of_the_shipped_one() -> None:
    short = BreakReason("short", Words("小憩", "Pause"), 10, 8)
    assert [one.id for one in in_force([SMOKE, short])] == ["meal", "training", "meeting", "short", "smoke"]
    assert short in in_force([SMOKE, short])


@pytest.mark.parametrize(
    ("places", "has"),
    [
        ((), True),
        ((BreakQuota(3),), True),
        ((BreakQuota(2),), False),
        ((BreakQuota(1, "home"),), False),
        ((BreakQuota(2, "home"),), True),
        ((BreakQuota(0, "other"),), True),
        ((BreakQuota(2, queue="billing"),), False),
        ((BreakQuota(1, "home", "vip"),), True),
        ((BreakQuota(5), BreakQuota(1, "home", "billing")), False),
    ],
    ids=["none", "all", "all full", "team full", "team", "another team", "queue full", "both", "narrowest counts"],
)
def test_who_is_counted_is_who_a_quota_is_about(places: tuple[BreakQuota, ...], has: bool) -> None:
    away = [("home", ["billing"]), ("other", ["billing", "vip"])]
    assert has_room(replace(SMOKE, places=places), ("home", ["billing"]), away) is has
