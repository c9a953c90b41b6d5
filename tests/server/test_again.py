"""Commands sent once more after a restored backup: taken where nothing stands against them, else without a trace."""

from collections.abc import Sequence
from typing import Any

import pytest

from tests.in_process import ServerThread
from tests.server.conftest import SitAt, executed
from tests.server.workstation import Workstation

RAISE = {"priority": ["normal", "high"]}


def again(seat: Workstation, *ops: dict[str, Any]) -> list[tuple[str, str | None]]:
    answer = seat.post(list(ops), again=True)
    assert answer.status_code == 200, answer.text
    return [(given["verdict"], given["reason"]) for given in answer.json()["answers"]]


def log_of(server: ServerThread) -> Sequence[Any]:
    return executed(server.settings, "SELECT op_id FROM op_log")


def test_command_that_fits_is_taken_and_known_from_then_on(seat: Workstation) -> None:
    wish = seat.ticket()

    assert again(seat, wish) == [("applied", None)]
    assert again(seat, wish) == [("duplicate", None)]
    assert [given["verdict"] for given in seat.push(wish)] == ["duplicate"]


def test_command_that_waits_for_another_leaves_no_trace(seat: Workstation, server: ServerThread) -> None:
    create = seat.ticket()
    move = seat.op("ticket", create["id"], "update", RAISE)

    early = again(seat, move)
    trace = log_of(server)
    assert again(seat, create, move) == [("applied", None), ("merged", None)]

    assert early == [("rejected", "unknown_row")]
    assert trace == []


def test_command_whose_forerunner_is_not_there_yet_waits(seat: Workstation, server: ServerThread) -> None:
    create = seat.ticket()
    after = seat.ticket(more={"depends_on": create["op_id"]})

    assert again(seat, after) == [("rejected", "depends_on_unknown")]
    assert log_of(server) == []
    assert again(seat, create, after) == [("applied", None), ("applied", None)]


def test_contested_command_changes_nothing_until_it_fits(sit_at: SitAt, server: ServerThread) -> None:
    one, other = sit_at(), sit_at("lin.yue", "another seat")
    first = one.op("customer", "C-1", "update", {"region": [None, "东区"]})
    second = other.op("customer", "C-1", "update", {"region": ["东区", "西区"], "email": [None, "a@example.com"]})

    assert again(other, second) == [("conflict", None)]
    assert executed(server.settings, "SELECT version, region, email FROM customer WHERE id = 'C-1'") == [
        (1, None, None)
    ]
    assert executed(server.settings, "SELECT count(*) FROM conflict") == [(0,)]
    assert again(one, first) == [("merged", None)]
    assert again(other, second) == [("merged", None)]
    other.sync()
    assert other.row("customer", "C-1")["body"]["region"] == "西区"


def test_command_that_was_judged_before_is_not_judged_again(seat: Workstation) -> None:
    refused = seat.ticket("C-nobody")
    [answer] = seat.push(refused)

    assert answer["verdict"] == "rejected"
    assert again(seat, refused) == [("duplicate", None)]


def test_another_persons_command_is_not_told(sit_at: SitAt) -> None:
    mine, theirs = sit_at(), sit_at("zhou.min")
    wish = theirs.ticket()
    theirs.push(wish)

    assert again(mine, wish) == [("rejected", "not_yours")]


def test_batch_for_another_history_is_not_applied(seat: Workstation, server: ServerThread) -> None:
    epoch = seat.hello()["epoch"]
    refused = seat.post([seat.ticket()], epoch="0123456789abcdef")
    trace = log_of(server)

    assert (refused.status_code, refused.json()) == (409, {"error": "another_epoch", "epoch": epoch})
    assert trace == []
    assert seat.post([seat.ticket()], epoch=epoch).status_code == 200


@pytest.mark.parametrize(
    ("more", "field"), [({"again": 1}, "again"), ({"again": None}, "again"), ({"epoch": 5}, "epoch"), ({"x": 1}, "x")]
)
def test_odd_wishes_about_a_batch_are_refused(
    seat: Workstation, server: ServerThread, more: dict[str, Any], field: str
) -> None:
    answer = seat.post([seat.ticket()], **more)

    assert (answer.status_code, answer.json()) == (422, {"error": "bad_request", "field": field})
    assert log_of(server) == []
