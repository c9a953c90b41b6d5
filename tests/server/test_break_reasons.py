"""Reasons for breaks: who writes them, what is refused, and that everybody has them."""

from typing import Any

import pytest

from tests.server.conftest import SitAt
from tests.server.workstation import Workstation

SMOKE: dict[str, Any] = {"name": {"zh": "抽烟", "en": "Smoke"}, "minutes": 10, "position": 5}


def write(seat: Workstation, **fields: Any) -> tuple[Any, ...]:
    [answer] = seat.push(seat.op("break_reason", "smoke", "create", {**SMOKE, **fields}))
    return answer["verdict"], answer["reason"], answer.get("faults") or {}


def test_reason_of_a_lead_reaches_agents(sit_at: SitAt, lead: Workstation) -> None:
    assert write(lead, places=[{"at_once": 2, "team": "home", "queue": None}]) == ("applied", None, {})
    seat = sit_at("lin.yue")
    seat.sync()
    body = seat.row("break_reason", "smoke")["body"]
    assert body["name"] == SMOKE["name"]
    assert body["places"] == [{"at_once": 2, "team": "home", "queue": None}]
    assert body["changed_by"] == lead.login


def test_agent_writes_none(seat: Workstation) -> None:
    assert write(seat)[:2] == ("rejected", "not_allowed")


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({"minutes": 0}, {"minutes": "out_of_range"}),
        ({"name": {"zh": "", "en": "Smoke"}}, {"name.zh": "missing"}),
        ({"places": [{"at_once": 1, "team": "gone", "queue": None}]}, {"places.0": "unknown"}),
    ],
    ids=["minutes", "name", "team"],
)
def test_reason_that_does_not_do_is_refused_with_where(
    lead: Workstation, fields: dict[str, Any], faults: dict[str, str]
) -> None:
    assert write(lead, **fields) == ("rejected", "bad_break_reason", faults)
