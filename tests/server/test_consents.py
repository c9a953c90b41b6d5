"""What customers said about marketing: only ever added, in the name of who heard it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from agent_model.moment import from_text
from tests.server.workstation import WRITTEN_AT, Workstation

SAID = {"channel": "call", "is_given": False, "how": "phone", "by": "lin.yue", "at": WRITTEN_AT, "call_ref": "c-1"}


def append(seat: Workstation, **fields: Any) -> dict[str, Any]:
    [answer] = seat.push(seat.op("customer", "C-1", "append", {"consents": [None, {**SAID, **fields}]}))
    return answer


def test_word_of_a_customer_is_added_to_those_before(seat: Workstation) -> None:
    first, second = append(seat, is_given=True), append(seat)
    seat.sync()
    assert (first["reason"], second["reason"]) == (None, None)
    assert seat.row("customer", "C-1")["body"]["consents"] == [{**SAID, "is_given": True}, SAID]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [({"by": "wang.qiang"}, "not_yours"), ({"channel": "pigeon"}, "bad_field"), ({"is_given": "yes"}, "bad_field")],
    ids=["in another's name", "an unknown way", "no yes or no"],
)
def test_word_that_nobody_heard_is_refused(seat: Workstation, fields: dict[str, Any], reason: str) -> None:
    assert append(seat, **fields)["reason"] == reason


@pytest.mark.parametrize("field", ["consents", "legal_hold"])
def test_nobody_writes_over_them(seat: Workstation, field: str) -> None:
    [changed] = seat.push(seat.op("customer", "C-1", "update", {field: [None, None]}, base_version=1))
    new = {"segment": "home", "name": "新人", "phones": [], field: [SAID] if field == "consents" else SAID}
    [made] = seat.push(seat.op("customer", "C-new", "create", new))
    assert (changed["reason"], made["reason"]) == ("not_allowed", "not_allowed")


def test_word_from_a_clock_that_is_ahead_is_said_when_the_server_heard_it(seat: Workstation) -> None:
    answer = append(seat, is_given=True, at="2999-01-01T00:00:00.000Z")
    seat.sync()
    [given] = seat.row("customer", "C-1")["body"]["consents"]
    assert from_text(given["at"]) <= datetime.now(UTC)
    assert answer["changed"]["consents"] == [given]
