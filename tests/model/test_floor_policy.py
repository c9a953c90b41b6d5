"""What a site allows on its floor: a limit says only what it says, and rows of before say what they said."""

from dataclasses import replace
from typing import Any, Final

import pytest

from agent_model.agent import Role
from agent_model.body import from_body, to_body
from agent_model.floor_policy import FloorAct, FloorPolicy, Limit, LimitOf, Steering, SteeringLimit, is_policy

LEAD: Final = (Role.TEAM_LEAD, "zhou.min", "home")
MANAGER: Final = (Role.DUTY_MANAGER, "lu.hai", "home")
OF_BEFORE: Final[dict[str, Any]] = {
    "listens": ["team_lead", "duty_manager", "quality"],
    "whispers": ["team_lead"],
    "barges": [],
    "takes_over": [],
    "hangs_up": ["duty_manager"],
    "told": ["whisper"],
    "limits": [
        {"of": "agent", "id": "lin.yue", "acts": ["listen"]},
        {"of": "lead", "id": "zhou.min", "acts": []},
        {"of": "team", "id": "home", "acts": ["listen"]},
    ],
}
"""A body as it was kept before there were limits beside calls."""


def steers(
    policy: FloorPolicy, who: tuple[Role, str, str], agent: str = "lin.yue", team: str = "home"
) -> set[Steering]:
    return {act for act in Steering if policy.may_steer(act, *who, agent, team)}


def test_a_row_of_before_limits_nothing_beside_calls_and_in_calls_what_it_did() -> None:
    policy = from_body(FloorPolicy, "site", 4, OF_BEFORE)
    assert steers(policy, LEAD) == steers(policy, MANAGER) == set(Steering)
    assert all(policy.tells(act) for act in (Steering.STATE, Steering.SIGN_OUT, Steering.SERVING))
    assert not policy.may(FloorAct.LISTEN, *LEAD, "lin.yue", "home")
    assert policy.may(FloorAct.LISTEN, *MANAGER, "lin.yue", "home")
    assert not policy.may(FloorAct.HANG_UP, *MANAGER, "lin.yue", "home")
    assert {name: to_body(policy)[name] for name in OF_BEFORE} == OF_BEFORE


@pytest.mark.parametrize(
    ("of", "id_", "limited", "free"),
    [
        pytest.param(LimitOf.LEAD, "zhou.min", (LEAD, "lin.yue", "home"), (MANAGER, "lin.yue", "home"), id="a lead"),
        pytest.param(
            LimitOf.AGENT, "lin.yue", (MANAGER, "lin.yue", "home"), (MANAGER, "wang.qiang", "home"), id="an agent"
        ),
        pytest.param(
            LimitOf.TEAM, "home", (LEAD, "wang.qiang", "home"), (MANAGER, "emma.clarke", "business"), id="a team"
        ),
    ],
)
def test_a_limit_leaves_what_it_names_to_whom_it_is_about(of: LimitOf, id_: str, limited: Any, free: Any) -> None:
    policy = FloorPolicy(steering_limits=(SteeringLimit(of, id_, (Steering.MESSAGE,)),))
    assert steers(policy, *limited) == {Steering.MESSAGE}
    assert steers(policy, *free) == set(Steering)
    assert policy.may(FloorAct.LISTEN, *LEAD, "lin.yue", "home"), "in calls it says nothing"


def test_two_limits_leave_what_both_do() -> None:
    ofs = (
        SteeringLimit(LimitOf.TEAM, "home", (Steering.STATE, Steering.MESSAGE)),
        SteeringLimit(LimitOf.AGENT, "lin.yue", (Steering.SERVING, Steering.STATE)),
    )
    assert steers(FloorPolicy(steering_limits=ofs), LEAD) == {Steering.STATE}


@pytest.mark.parametrize(
    ("who", "agent", "team"),
    [
        pytest.param((Role.AGENT, "wang.qiang", "home"), "lin.yue", "home", id="an agent"),
        pytest.param((Role.QUALITY, "qian.fang", ""), "lin.yue", "home", id="quality"),
        pytest.param(LEAD, "emma.clarke", "business", id="another team"),
        pytest.param((Role.TEAM_LEAD, "zhou.min", ""), "someone", "", id="no team"),
        pytest.param(MANAGER, "lu.hai", "home", id="oneself"),
    ],
)
def test_nobody_steers_whom_they_do_not_lead(who: tuple[Role, str, str], agent: str, team: str) -> None:
    assert steers(FloorPolicy(), who, agent, team) == set()


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"steering_limits": (SteeringLimit(LimitOf.LEAD, " "),)}, id="nobody"),
        pytest.param({"steering_limits": (SteeringLimit(LimitOf.LEAD, "a"),) * 2}, id="twice"),
        pytest.param({"steering_limits": (SteeringLimit(LimitOf.LEAD, "a" * 129),)}, id="a name without end"),
        pytest.param({"steering_told": (Steering.MESSAGE,)}, id="a message that is not told"),
        pytest.param({"limits": (Limit(LimitOf.LEAD, "a"),) * 2}, id="twice in calls"),
    ],
)
def test_policy_that_cannot_be_is_none(other: dict[str, Any]) -> None:
    assert is_policy(FloorPolicy())
    assert not is_policy(replace(FloorPolicy(), **other))
