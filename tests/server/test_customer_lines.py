"""What people read of a customer: a line is a line, says what it looks like, and is from a time that has come."""

from datetime import UTC, datetime
from typing import Any

import pytest

from agent_model.moment import from_text
from tests.server.workstation import WRITTEN_AT, Workstation

NOTE = {"text": "家中有老人", "author": "lin.yue", "at": WRITTEN_AT}


def change(seat: Workstation, **fields: Any) -> dict[str, Any]:
    seat.sync()
    before = seat.row("customer", "C-1")["body"]
    changes = {name: [before[name], new] for name, new in fields.items()}
    [answer] = seat.push(seat.op("customer", "C-1", "update", changes))
    return answer


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("name", "王" * 201),
        ("name", "\u202e鬼"),
        ("name", "王\u200b芳"),
        ("name", "王\n芳"),
        ("company", "\u2066王"),
        ("email", "a\u200b@b.cn"),
        ("region", "杭" * 201),
    ],
    ids=["endless", "turned", "no width", "two lines", "isolated", "address", "endless region"],
)
def test_line_that_hides_something_or_never_ends_is_refused(unharmed: Workstation, name: str, line: str) -> None:
    new = {"segment": "home", "name": "王", "phones": [], name: line}
    [made] = unharmed.push(unharmed.op("customer", "C-new", "create", new))
    assert (made["verdict"], made["reason"]) == ("rejected", "bad_field")
    assert change(unharmed, **{name: line})["reason"] == "bad_field"


def test_line_of_any_script_is_taken(seat: Workstation) -> None:
    for name in ("José O’Neil", "محمد علي", "欧阳\u3000娜娜", "=1+1", "<b>王</b>", "王" * 200):
        [made] = seat.push(
            seat.op("customer", f"C-{len(name)}-{name[:1]}", "create", {"segment": "home", "name": name, "phones": []})
        )
        assert made["verdict"] == "applied"


@pytest.mark.parametrize(
    "fields",
    [
        {"tags": ["a" * 201]},
        {"tags": [f"t{n}" for n in range(101)]},
        {"tags": ["\u202egat"]},
        {"phones": [f"+86138{n:08d}" for n in range(201)]},
    ],
    ids=["a long tag", "too many tags", "a tag turned round", "too many numbers"],
)
def test_lists_without_measure_are_refused(unharmed: Workstation, fields: dict[str, Any]) -> None:
    assert change(unharmed, **fields)["reason"] == "bad_field"


def test_note_without_measure_is_refused(seat: Workstation) -> None:
    [answer] = seat.push(seat.op("customer", "C-1", "append", {"notes": [None, {**NOTE, "text": "长" * 20_001}]}))
    assert answer["reason"] == "bad_field"


def test_note_from_a_clock_that_is_ahead_is_from_when_the_server_heard_it(seat: Workstation) -> None:
    seat.push(seat.op("customer", "C-1", "append", {"notes": [None, {**NOTE, "at": "2999-01-01T00:00:00.000Z"}]}))
    seat.push(seat.op("customer", "C-1", "append", {"notes": [None, NOTE]}))
    seat.sync()
    ahead, true = seat.row("customer", "C-1")["body"]["notes"][-2:]
    assert from_text(ahead["at"]) <= datetime.now(UTC)
    assert true["at"] == WRITTEN_AT
