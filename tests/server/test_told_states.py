"""What a workstation tells of the time it was away: believed within bounds, and never over what a lead decided."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from agent_model.moment import from_text, to_text
from agent_server.floor.told_states import MOST
from tests.in_process import ServerThread
from tests.server.conftest import executed
from tests.server.test_live import Listen
from tests.server.test_live import listen as listen
from tests.server.test_orders import gives
from tests.server.workstation import Workstation

READY = {"type": "state", "state": "ready", "reason": None, "until": None}


@pytest.fixture
def now(server: ServerThread) -> datetime:
    return server.app_server.now()


def told(now: datetime, *spent: tuple[str, str, float, float], since: float = 0, **other: Any) -> dict[str, Any]:
    """Minutes ago."""

    def at(minutes: float) -> str:
        return to_text(now - timedelta(minutes=minutes))

    lines = [[state, reason, at(begin), at(end)] for state, reason, begin, end in spent]
    plain = {"type": "states", "now": to_text(now), "spent": lines, "since": at(since)}
    return {**plain, "state": "ready", "reason": None, "until": None, **other}


def minutes(server: ServerThread) -> dict[str, int]:
    query = "SELECT state, sum(span_ms) FROM floor_event WHERE kind = 'state' AND agent = 'lin.yue' GROUP BY state"
    return {state: round(int(ms) / 60_000) for state, ms in executed(server.settings, query)}


def test_state_of_now_counts_from_its_real_beginning(
    server: ServerThread, seat: Workstation, listen: Listen, now: datetime
) -> None:
    ear = listen(seat)
    ear.say(told(now, ("ready", "", 60, 40), ("break", "meal", 40, 10), since=10))
    began = from_text(ear.next("state", state="ready")["since"]) + timedelta(minutes=10)
    assert now <= began < now + timedelta(seconds=10)
    assert ear.next("states_taken") == {"type": "states_taken", "since": to_text(now - timedelta(minutes=10))}
    assert minutes(server) == {"ready": 20, "break": 30}


def test_what_a_lead_decided_meanwhile_holds(
    server: ServerThread, seat: Workstation, lead: Workstation, listen: Listen, now: datetime
) -> None:
    assert gives(lead) == (204, "")
    ear = listen(seat)
    order = ear.next("order")
    ear.say(told(now, ("ready", "", 60, 40), since=40))
    ear.next("states_taken")
    ear.say(READY)
    assert ear.next("order") == order
    assert minutes(server) == {"ready": 60}
    assert executed(server.settings, "SELECT state FROM agent_state WHERE agent_id = 'lin.yue'") == [("offline",)]


def test_nobody_works_in_the_future_nor_for_longer_than_a_shift(
    server: ServerThread, seat: Workstation, listen: Listen, now: datetime
) -> None:
    ear = listen(seat)
    long_ago = 60 * 24 * 8
    ear.say(told(now, ("ready", "", long_ago, long_ago - 60), ("ready", "", 60 * 24, 60), since=-30))
    ear.next("states_taken")
    assert minutes(server) == {"ready": 12 * 60}


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"spent": [["dancing", "", "2026-11-21T10:00:00.000Z", "2026-11-21T10:00:00.000Z"]]}, id="state"),
        pytest.param({"spent": [["ready", "", "yesterday", "2026-11-21T10:00:00.000Z"]]}, id="moment"),
        pytest.param(
            {"spent": [["ready", "x" * 201, "2026-11-21T10:00:00.000Z", "2026-11-21T10:00:00.000Z"]]}, id="why"
        ),
        pytest.param({"spent": [["ready"]]}, id="short"),
        pytest.param({"spent": {"ready": 1}}, id="no list"),
        pytest.param({"spent": [1] * (MOST + 1)}, id="many"),
        pytest.param({"now": None}, id="no clock"),
        pytest.param({"since": 5}, id="since"),
    ],
)
def test_nonsense_is_refused_and_the_connection_stays(
    seat: Workstation, listen: Listen, now: datetime, other: dict[str, Any]
) -> None:
    ear = listen(seat)
    ear.say({**told(now), **other})
    assert ear.next("error")["error"] == "unknown_state"
    assert ear.heard_until_pong() == []


def test_spans_that_overlap_are_refused(seat: Workstation, listen: Listen, now: datetime) -> None:
    ear = listen(seat)
    ear.say(told(now, ("ready", "", 60, 30), ("break", "meal", 40, 10)))
    assert ear.next("error")["error"] == "unknown_state"
