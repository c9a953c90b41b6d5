"""Messages of leads: whom they reach, at once or when somebody comes back in time, and who has read them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from agent_model.moment import from_text, to_text
from tests.in_process import ServerThread
from tests.server.conftest import SitAt, executed
from tests.server.test_live import Listen, listen  # noqa: F401 - a fixture
from tests.server.workstation import Workstation

WORDS = "Power is out in Binjiang: do not promise a visit before 18:00"
ID = "a1" * 16
LINES = "SELECT who, subject, field, reason FROM audit_line WHERE deed = 'message_sent'"
Sent = tuple[int, Any]


def sends(seat: Workstation, **other: Any) -> Sent:
    """The status, and for how many it is or why not."""
    wish = {"id": ID, "to": "agent", "whom": "lin.yue", "words": WORDS, "is_urgent": False, "minutes": 30, **other}
    answer = seat.http.post("/floor/v1/messages", json=wish)
    told = answer.json()
    return answer.status_code, told.get("readers", told.get("error"))


def receipts(lead: Workstation) -> dict[str, str | None]:
    [message] = lead.http.get("/floor/v1/messages").json()["messages"]
    return {one["agent"]: one["read_at"] for one in message["readers"]}


def reads(message: dict[str, Any], *, later: timedelta = timedelta()) -> dict[str, Any]:
    at = from_text(message["at"]) + later
    return {"type": "message_read", "id": message["id"], "read_at": to_text(at)}


@pytest.fixture
def heard(listen: Listen) -> Callable[[Workstation], list[dict[str, Any]]]:  # noqa: F811
    """The messages that somebody is told who comes now."""

    def messages(seat: Workstation) -> list[dict[str, Any]]:
        return [one for one in listen(seat).heard_until_pong() if one["type"] == "message"]

    return messages


def test_one_agent_is_told_at_once_and_the_lead_who_has_read_it(
    server: ServerThread,
    seat: Workstation,
    lead: Workstation,
    sit_at: SitAt,
    listen: Listen,  # noqa: F811
) -> None:
    agent, author, colleague = listen(seat), listen(lead), listen(sit_at("wang.qiang"))
    assert sends(lead, is_urgent=True) == (201, 1)
    told = agent.next("message")
    assert (told["by"], told["words"], told["is_urgent"]) == ("zhou.min", WORDS, True)
    assert from_text(told["until"]) - from_text(told["at"]) == timedelta(minutes=30)
    assert receipts(lead) == {"lin.yue": None}

    agent.say(reads(told))
    assert author.next("message_read")["agent"] == "lin.yue"
    assert agent.next("message_read")["read_at"] == told["at"]
    assert receipts(lead) == {"lin.yue": told["at"]}
    assert executed(
        server.settings, "SELECT who, subject, field, reason FROM audit_line WHERE deed = 'message_sent'"
    ) == [("zhou.min", "lin.yue", "agent", WORDS)]
    assert not [one for one in colleague.heard_until_pong() if one["type"].startswith("message")]


def test_a_team_is_told_but_not_its_author(
    lead: Workstation,
    sit_at: SitAt,
    listen: Listen,  # noqa: F811
) -> None:
    mine, other, author = listen(sit_at("wang.qiang")), listen(sit_at("emma.clarke")), listen(lead)
    assert sends(lead, to="team", whom="home")[0] == 201
    assert mine.next("message")["whom"] == "home"
    assert "zhou.min" not in receipts(lead)
    assert {"lin.yue", "wang.qiang"} <= receipts(lead).keys()
    for ear in (other, author):
        assert not [one for one in ear.heard_until_pong() if one["type"] == "message"]


def test_a_duty_manager_tells_everybody(
    sit_at: SitAt,
    listen: Listen,  # noqa: F811
) -> None:
    manager, ears = sit_at("lu.hai"), [listen(sit_at(login)) for login in ("lin.yue", "emma.clarke")]
    assert sends(manager, to="all", whom="")[0] == 201
    assert [ear.next("message")["to"] for ear in ears] == ["all", "all"]


def test_who_comes_back_in_time_is_told_until_they_have_read_it(
    seat: Workstation,
    lead: Workstation,
    heard: Callable[[Workstation], list[dict[str, Any]]],
    listen: Listen,  # noqa: F811
) -> None:
    sends(lead)
    [told] = heard(seat)
    assert heard(seat) == [told]
    ear = listen(seat)
    ear.say(reads(told))
    ear.next("message_read")
    assert heard(seat) == []


def test_who_comes_too_late_is_not_told(
    server: ServerThread, seat: Workstation, lead: Workstation, heard: Callable[[Workstation], list[dict[str, Any]]]
) -> None:
    sends(lead)
    executed(server.settings, "UPDATE floor_message SET until = '2026-01-01T00:00:00.000Z'")
    assert heard(seat) == []


def test_what_was_read_offline_counts_from_then_and_once(
    seat: Workstation,
    lead: Workstation,
    listen: Listen,  # noqa: F811
) -> None:
    sends(lead)
    ear = listen(seat)
    told = ear.next("message")
    ear.say(reads(told, later=timedelta(days=-3)))
    assert ear.next("message_read")["read_at"] == told["at"], "nobody read it before it was written"
    ear.say(reads(told, later=timedelta(seconds=1)))
    assert ear.next("message_read")["read_at"] == told["at"]
    assert receipts(lead) == {"lin.yue": told["at"]}


def test_one_that_is_sent_again_is_the_same_message(lead: Workstation, sit_at: SitAt) -> None:
    assert [sends(lead), sends(lead)] == [(201, 1), (201, 1)]
    assert receipts(lead) == {"lin.yue": None}
    assert sends(sit_at("lu.hai")) == (403, "not_allowed")


def test_a_receipt_for_what_is_not_theirs_changes_nothing(
    lead: Workstation,
    sit_at: SitAt,
    listen: Listen,  # noqa: F811
) -> None:
    sends(lead)
    stranger = listen(sit_at("wang.qiang"))
    stranger.say({"type": "message_read", "id": ID, "read_at": "2026-11-22T00:00:00.000Z"})
    stranger.heard_until_pong()
    assert receipts(lead) == {"lin.yue": None}


@pytest.mark.parametrize(
    ("login", "other", "expected"),
    [
        pytest.param("zhou.min", {"whom": "emma.clarke"}, (403, "not_allowed"), id="an agent of another team"),
        pytest.param("zhou.min", {"to": "team", "whom": "business"}, (403, "not_allowed"), id="another team"),
        pytest.param("zhou.min", {"to": "all", "whom": ""}, (403, "not_allowed"), id="everybody"),
        pytest.param("lin.yue", {"whom": "wang.qiang"}, (403, "not_allowed"), id="no lead"),
        pytest.param("admin", {}, (403, "not_allowed"), id="administrator"),
        pytest.param("zhou.min", {"whom": "nobody"}, (404, "unknown_agent"), id="nobody"),
        pytest.param("zhou.min", {"words": "\u200b "}, (422, "bad_message"), id="nothing that is seen"),
        pytest.param("zhou.min", {"to": "all", "whom": "home"}, (422, "bad_message"), id="all of somebody"),
        pytest.param("zhou.min", {"whom": ""}, (422, "bad_message"), id="for whom"),
        pytest.param("zhou.min", {"words": "x" * 201}, (422, "bad_request"), id="too long"),
        pytest.param("zhou.min", {"minutes": 0}, (422, "bad_request"), id="over at once"),
        pytest.param("zhou.min", {"id": "1"}, (422, "bad_request"), id="no id"),
    ],
)
def test_who_may_not_tell_whom_and_what_is_no_message(
    server: ServerThread, sit_at: SitAt, login: str, other: dict[str, Any], expected: Sent
) -> None:
    assert sends(sit_at(login), **other) == expected
    assert executed(server.settings, "SELECT count(*) FROM floor_message") == [(0,)]


@pytest.mark.parametrize("other", [{"id": 1}, {"read_at": "yesterday"}, {"read_at": None}])
def test_nonsense_is_said_to_be_so(seat: Workstation, listen: Listen, other: dict[str, Any]) -> None:  # noqa: F811
    ear = listen(seat)
    ear.say({"type": "message_read", "id": ID, "read_at": "2026-11-22T00:00:00.000Z", **other})
    assert ear.next("error")["error"] == "unknown_message"


def test_only_who_leads_sees_what_was_sent(seat: Workstation) -> None:
    assert seat.http.get("/floor/v1/messages").status_code == 403
