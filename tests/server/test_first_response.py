"""The customer is answered by a comment to them or by a call that reached them: then the first response is given."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from agent_model.moment import to_text
from tests.server.conftest import SitAt
from tests.server.test_clocks import HOUR, body, change, written
from tests.server.workstation import Workstation

MINUTE = timedelta(minutes=1)


def responded(seat: Workstation, ticket: str) -> str | None:
    """When the first response was given."""
    [clock] = [one for one in body(seat, ticket)["clocks"]["clocks"] if one["measure"] == "first_response"]
    return None if clock["met_at"] is None else str(clock["met_at"])


def comment(seat: Workstation, ticket: str, at: datetime, kind: str = "to_customer") -> dict[str, Any]:
    told = {"author": seat.login, "at": to_text(at), "text": "师傅今天下午上门", "kind": kind}
    [answer] = seat.push(seat.op("ticket", ticket, "append", {"comments": [None, told]}, occurred_at=to_text(at)))
    return answer


def call_back(seat: Workstation, ticket: str, at: datetime, *results: str) -> None:
    """A callback about the ticket, and what came of it, a minute apart."""
    made = {
        "kind": "callback", "purpose": "告知上门时间", "due_at": to_text(at + HOUR), "created_at": to_text(at),
        "created_by": seat.login, "customer_id": "C-1", "team": "home", "ticket_id": ticket,
    }  # fmt: skip
    [answer] = seat.push(seat.op("follow_up", "F-1", "create", made))
    assert answer["verdict"] == "applied", answer
    for number, result in enumerate(results):
        tried_at = to_text(at + number * MINUTE)
        attempt = {"at": tried_at, "agent": seat.login, "result": result}
        [answer] = seat.push(seat.op("follow_up", "F-1", "append", {"attempts": [None, attempt]}, occurred_at=tried_at))
        assert answer["verdict"] in ("applied", "merged"), answer


def test_comment_to_the_customer_is_the_first_response(seat: Workstation) -> None:
    ticket, at = written(seat)
    before = body(seat, ticket)

    internal = comment(seat, ticket, at, kind="internal")
    assert "clocks" not in internal["changed"]
    assert responded(seat, ticket) is None
    answer = comment(seat, ticket, at)

    assert responded(seat, ticket) == to_text(at)
    after = body(seat, ticket)
    assert answer["changed"]["clocks"] == after["clocks"]
    assert (after["status"], after["due_at"]) == ("new", before["due_at"])


def test_second_comment_moves_nothing(seat: Workstation) -> None:
    ticket, at = written(seat)
    comment(seat, ticket, at)

    again = comment(seat, ticket, at + MINUTE)

    assert "clocks" not in again["changed"]
    assert responded(seat, ticket) == to_text(at)


def test_answer_that_was_written_offline_counts_from_when_it_was_given(seat: Workstation, sit_at: SitAt) -> None:
    ticket, at = written(seat)
    colleague = sit_at("wang.qiang")
    change(colleague, ticket, at + MINUTE, status="in_progress")
    assert responded(seat, ticket) == to_text(at + MINUTE)

    comment(seat, ticket, at)

    assert responded(seat, ticket) == to_text(at)


@pytest.mark.parametrize(
    ("results", "minutes"),
    [
        (("no_answer",), None),
        (("no_answer", "reached"), 1),
        (("refused",), 0),
        (("wrong_number",), None),
    ],
)
def test_call_that_reached_the_customer_is_the_first_response(
    seat: Workstation, results: tuple[str, ...], minutes: int | None
) -> None:
    ticket, at = written(seat)

    call_back(seat, ticket, at, *results)

    assert responded(seat, ticket) == (None if minutes is None else to_text(at + minutes * MINUTE))


def test_answer_stands_in_what_the_ticket_went_through(seat: Workstation) -> None:
    ticket, at = written(seat)
    comment(seat, ticket, at)

    [latest, *_] = seat.http.get(f"/v1/history/ticket/{ticket}").json()["changes"]

    assert (latest["field"], latest["who"]) == ("comments", seat.login)
