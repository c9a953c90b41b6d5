"""What the site does not let a lead do beside calls: refused by the server, whoever sets the limit, and on record."""

from typing import Any, Final

import pytest

from agent_model.floor_policy import Steering
from tests.in_process import ServerThread
from tests.server.conftest import SitAt, executed
from tests.server.test_live import Listen, listen  # noqa: F401 - a fixture
from tests.server.workstation import Workstation

WHY: Final = "The queue is empty"
ID: Final = "a1" * 16
STATE, SIGN_OUT, SERVING, MESSAGE = (act.value for act in Steering)
EVERYTHING: Final = [STATE, SIGN_OUT, SERVING, MESSAGE]


def limit(of: str, id_: str, *acts: str) -> dict[str, Any]:
    return {"of": of, "id": id_, "acts": list(acts)}


def decides(seat: Workstation, **fields: Any) -> tuple[str, str]:
    """The verdict on a policy that a person begins, and why."""
    answer = seat.push(seat.op("floor_policy", "site", "create", fields))[0]
    return answer["verdict"], answer.get("reason") or ""


def orders(seat: Workstation, state: str = "ready", agent: str = "lin.yue") -> tuple[int, str]:
    return _answer(
        seat.http.post("/floor/v1/orders", json={"agent": agent, "state": state, "reason": None, "why": WHY})
    )


def serves(seat: Workstation) -> tuple[int, str]:
    wish = {"agent": "lin.yue", "queues": ["billing", "vip"], "languages": ["zh-CN"], "why": WHY}
    return _answer(seat.http.put("/floor/v1/serving", json=wish))


def sends(seat: Workstation, to: str = "agent", whom: str = "lin.yue") -> tuple[int, Any]:
    wish = {"id": ID, "to": to, "whom": whom, "words": "Come back", "is_urgent": False, "minutes": 30}
    answer = seat.http.post("/floor/v1/messages", json=wish)
    return answer.status_code, answer.json().get("error") or answer.json()


def _answer(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"] if answer.content else ""


@pytest.mark.parametrize(
    "limited",
    [limit("lead", "zhou.min"), limit("agent", "lin.yue"), limit("team", "home")],
    ids=["a lead", "an agent", "a team"],
)
def test_who_is_limited_is_refused_with_a_reason_of_its_own(
    server: ServerThread, lead: Workstation, sit_at: SitAt, limited: dict[str, Any]
) -> None:
    assert decides(sit_at("admin"), steering_limits=[limited])[0] == "applied"
    assert [orders(lead), orders(lead, "offline"), serves(lead), sends(lead)] == [(403, "limited")] * 4
    deeds = "('state_forced', 'serving_changed', 'message_sent')"
    assert executed(server.settings, f"SELECT deed FROM audit_line WHERE deed IN {deeds}") == []  # noqa: S608
    assert orders(sit_at("grace.miller"), agent="emma.clarke") == (204, "")


@pytest.mark.parametrize("limited", [limit("lead", "zhou.min"), limit("team", "home")], ids=["a lead", "a team"])
def test_who_may_write_to_nobody_there_is_refused(lead: Workstation, sit_at: SitAt, limited: dict[str, Any]) -> None:
    decides(sit_at("admin"), steering_limits=[limited])
    assert sends(lead, "team", "home") == (403, "limited")


def test_each_act_is_limited_by_itself(lead: Workstation, sit_at: SitAt) -> None:
    decides(sit_at("admin"), steering_limits=[limit("lead", "zhou.min", SIGN_OUT, MESSAGE)])
    assert orders(lead, "offline") == (204, "")
    assert sends(lead) == (201, {"readers": 1, "left_out": 0})
    assert [orders(lead), serves(lead)] == [(403, "limited")] * 2


def test_limits_in_calls_forbid_nothing_beside_them(lead: Workstation, sit_at: SitAt) -> None:
    decides(sit_at("admin"), limits=[limit("lead", "zhou.min"), limit("agent", "lin.yue", "listen")])
    assert [orders(lead), orders(lead, "offline"), serves(lead)] == [(204, "")] * 3
    assert sends(lead) == (201, {"readers": 1, "left_out": 0})


def test_a_message_leaves_out_whom_its_author_may_not_write_to_and_says_how_many(
    lead: Workstation,
    seat: Workstation,
    sit_at: SitAt,
    listen: Listen,  # noqa: F811
) -> None:
    decides(sit_at("admin"), steering_limits=[limit("agent", "lin.yue", STATE)])
    left_out, told = listen(seat), listen(sit_at("wang.qiang"))
    first = sends(lead, "team", "home")
    assert told.next("message")["whom"] == "home"
    assert not [one for one in left_out.heard_until_pong() if one["type"] == "message"]
    [message] = lead.http.get("/floor/v1/messages").json()["messages"]
    readers = [one["agent"] for one in message["readers"]]
    assert "lin.yue" not in readers
    assert first == (201, {"readers": len(readers), "left_out": 1})
    assert sends(lead, "team", "home") == first, "sent again it is the same message"


def test_what_the_agent_is_not_told_comes_without_name_and_reason(
    lead: Workstation,
    seat: Workstation,
    sit_at: SitAt,
    listen: Listen,  # noqa: F811
) -> None:
    decides(sit_at("admin"), steering_told=[SIGN_OUT])
    agent = listen(seat)
    assert [orders(lead), serves(lead)] == [(204, "")] * 2
    order = agent.next("order")
    assert (order["state"], order["by"], order["why"]) == ("ready", "", "")
    assert not [one for one in agent.heard_until_pong() if one["type"] == "serving"]
    agent.say({"type": "order_taken", "at": order["at"]})
    orders(lead, "offline")
    signed_out = agent.next("order", state="offline")
    assert (signed_out["by"], signed_out["why"]) == ("zhou.min", WHY)


def test_duty_managers_limit_what_is_done_beside_calls_and_nothing_else(
    server: ServerThread, lead: Workstation, sit_at: SitAt
) -> None:
    manager = sit_at("lu.hai")
    assert decides(manager, steering_limits=[limit("lead", "zhou.min")])[0] == "applied"
    assert orders(lead) == (403, "limited")
    in_calls: dict[str, Any] = {"limits": ([], [limit("agent", "lin.yue")])}
    change = manager.op("floor_policy", "site", "update", in_calls, base_version=1)
    assert manager.push(change)[0]["reason"] == "not_allowed"
    lines = "SELECT who, field, reason FROM audit_line WHERE deed = 'policy_changed'"
    assert executed(server.settings, lines) == [("lu.hai", "floor_policy", "steering_limits")]


def test_a_duty_manager_does_not_lift_what_limits_them(sit_at: SitAt) -> None:
    own = limit("lead", "lu.hai", MESSAGE)
    manager = sit_at("lu.hai")
    assert decides(manager, steering_limits=[limit("lead", "lu.hai", *EVERYTHING)]) == ("rejected", "not_allowed")
    assert decides(sit_at("admin"), steering_limits=[own])[0] == "applied"
    lifted = manager.op("floor_policy", "site", "update", {"steering_limits": ([own], [])}, base_version=1)
    assert manager.push(lifted)[0]["reason"] == "not_allowed"
    more = {"steering_limits": ([own], [own, limit("team", "home")])}
    both = manager.op("floor_policy", "site", "update", more, base_version=1)
    assert manager.push(both)[0]["verdict"] == "applied"
    assert orders(manager, agent="emma.clarke") == (403, "limited")


def test_what_was_kept_before_there_were_such_limits_limits_nobody(
    server: ServerThread,
    lead: Workstation,
    seat: Workstation,
    listen: Listen,  # noqa: F811
) -> None:
    limits = '[{"of": "agent", "id": "lin.yue", "acts": ["listen"]}, {"of": "lead", "id": "zhou.min", "acts": []}]'
    names = "id, version, listens, whispers, barges, takes_over, hangs_up, told, limits"
    executed(
        server.settings,
        f"INSERT INTO floor_policy ({names}) VALUES ('site', 1, '[]', '[]', '[]', '[]', '[]', '[]', '{limits}')",  # noqa: S608
    )
    agent = listen(seat)
    assert [orders(lead), serves(lead)] == [(204, "")] * 2
    assert agent.next("order")["by"] == "zhou.min"
    assert agent.next("serving")["why"] == WHY


@pytest.mark.parametrize(
    "limited",
    [limit("lead", "nobody"), limit("agent", "home"), limit("team", "lin.yue")],
    ids=["an unknown lead", "a team as an agent", "an agent as a team"],
)
def test_limit_of_nobody_who_is_there_is_not_begun(sit_at: SitAt, limited: dict[str, Any]) -> None:
    assert decides(sit_at("admin"), steering_limits=[limited]) == ("rejected", "bad_field")


def test_limit_of_who_has_left_since_hinders_no_other_change(server: ServerThread, sit_at: SitAt) -> None:
    admin = sit_at("admin")
    assert decides(admin, limits=[limit("agent", "emma.clarke")])[0] == "applied"
    gone = """[{"of": "agent", "id": "who.left", "acts": []}]"""
    executed(server.settings, "UPDATE floor_policy SET limits = :gone", gone=gone)
    change: dict[str, Any] = {"steering_limits": ([], [limit("team", "home")])}
    answer = admin.push(admin.op("floor_policy", "site", "update", change, base_version=1))[0]
    assert answer["verdict"] == "applied"
