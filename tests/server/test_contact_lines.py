"""Lines of the timeline that somebody at a workstation writes: of a time that has come, with an end, and no orders."""

from datetime import UTC, datetime
from typing import Any

import pytest

from agent_model.moment import from_text
from tests.server.workstation import WRITTEN_AT, Workstation

CALL = {"customer_id": "C-1", "kind": "call_in", "at": WRITTEN_AT, "title": "", "text": "", "agent": "lin.yue"}


def written(seat: Workstation, **fields: Any) -> dict[str, Any]:
    [answer] = seat.push(seat.op("contact", "K-new", "create", {**CALL, "call_ref": "c-1", **fields}))
    return answer


def test_line_from_a_clock_that_is_ahead_is_from_when_the_server_heard_of_it(seat: Workstation) -> None:
    answer = written(seat, at="2999-01-01T00:00:00.000Z")
    seat.sync()
    assert from_text(seat.row("contact", "K-new")["body"]["at"]) <= datetime.now(UTC)
    assert from_text(answer["changed"]["at"]) <= datetime.now(UTC)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"kind": "order", "amount_fen": 100}, "not_allowed"),
        ({"title": "长" * 501}, "bad_field"),
        ({"text": "长" * 20_001}, "bad_field"),
    ],
    ids=["an order", "a long title", "a long text"],
)
def test_line_that_nobody_at_a_desk_writes_is_refused(seat: Workstation, fields: dict[str, Any], reason: str) -> None:
    assert written(seat, **fields)["reason"] == reason


def test_text_without_end_is_refused_in_a_line_that_is_there(seat: Workstation) -> None:
    written(seat)
    [answer] = seat.push(seat.op("contact", "K-new", "update", {"text": ["", "长" * 20_001]}, base_version=1))
    assert answer["reason"] == "bad_field"
