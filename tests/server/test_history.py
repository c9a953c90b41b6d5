"""What a ticket or a customer went through: written with the change, read by who holds the row, cleared with it."""

import itertools
from typing import Any

import pytest

from agent_model.agent import Role
from agent_server.policy import Policy
from tests.in_process import serving
from tests.server.conftest import CUSTOMERS, NewSite, SitAt
from tests.server.officers import decide
from tests.server.workstation import WRITTEN_AT, Workstation


def history(seat: Workstation, entity: str, row_id: str, **asked: int) -> Any:
    answer = seat.http.get(f"/v1/history/{entity}/{row_id}", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def told(seat: Workstation, entity: str, row_id: str) -> list[tuple[Any, ...]]:
    changes = history(seat, entity, row_id)["changes"]
    return [(one["version"], one["field"], one["old"], one["new"], one["who"]) for one in changes]


def filed(seat: Workstation) -> str:
    ticket = seat.ticket()
    seat.push(ticket)
    return str(ticket["id"])


def test_ticket_says_who_changed_what_from_what(seat: Workstation, sit_at: SitAt) -> None:
    ticket_id = filed(seat)
    lead = sit_at("zhou.min")
    lead.push(lead.op("ticket", ticket_id, "update", {"status": ["new", "in_progress"], "owner": [None, "zhou.min"]}))
    assert told(seat, "ticket", ticket_id) == [
        (2, "owner", None, "zhou.min", "zhou.min"),
        (2, "status", "new", "in_progress", "zhou.min"),
        (1, "", None, None, "lin.yue"),
    ]


def test_change_tells_when_it_was_done_and_when_it_came(seat: Workstation) -> None:
    [made] = history(seat, "ticket", filed(seat))["changes"]
    assert made["done_at"] == WRITTEN_AT
    assert made["at"] > WRITTEN_AT


def test_several_changes_of_one_batch_are_each_told(seat: Workstation) -> None:
    ticket = seat.ticket()
    seat.push(
        ticket,
        seat.op("ticket", ticket["id"], "update", {"priority": ["normal", "high"]}),
        seat.op("ticket", ticket["id"], "update", {"priority": ["high", "urgent"]}),
    )
    assert [line[:4] for line in told(seat, "ticket", ticket["id"]) if line[1] != "due_at"] == [
        (3, "priority", "high", "urgent"),
        (2, "priority", "normal", "high"),
        (1, "", None, None),
    ]


def test_refused_and_repeated_commands_leave_no_line(seat: Workstation) -> None:
    ticket_id = filed(seat)
    moved = seat.op("ticket", ticket_id, "update", {"status": ["new", "in_progress"]})
    seat.push(moved)
    seat.push(moved)
    seat.push(seat.op("ticket", ticket_id, "update", {"status": ["in_progress", "new"]}))
    assert [line[1:4] for line in told(seat, "ticket", ticket_id)] == [
        ("status", "new", "in_progress"),
        ("", None, None),
    ]


def test_of_a_list_that_grew_only_the_new_is_told(seat: Workstation) -> None:
    note = {"author": "lin.yue", "at": WRITTEN_AT, "text": "喜欢短信"}
    seat.push(seat.op("customer", "C-1", "append", {"notes": [None, note]}))
    assert told(seat, "customer", "C-1")[0][1:] == ("notes", None, [note], "lin.yue")


def test_customer_who_was_imported_came_by_import(seat: Workstation) -> None:
    assert [line[1:] for line in told(seat, "customer", "C-1")] == [("", None, None, "import")]


def test_history_comes_in_pages_of_whole_versions(seat: Workstation) -> None:
    ticket_id = filed(seat)
    priorities = ["normal", *(["high", "normal"] * 60)]
    seat.push(
        *(
            seat.op("ticket", ticket_id, "update", {"priority": [old, new]})
            for old, new in itertools.pairwise(priorities)
        )
    )
    newest = history(seat, "ticket", ticket_id)
    rest = history(seat, "ticket", ticket_id, before=newest["next"])
    assert [newest["next"], rest["next"]] == [22, None]
    versions = [[one["version"] for one in page["changes"] if one["field"] != "due_at"] for page in (newest, rest)]
    assert sorted(versions[0]) == list(range(22, 122))
    assert sorted(versions[1]) == list(range(1, 22))


@pytest.mark.parametrize("row", ["customer/C-3", "customer/C-none", "agent/lin.yue", "ticket/T-none"])
def test_nobody_reads_what_they_do_not_hold(sit_at: SitAt, row: str) -> None:
    answer = sit_at("ye.wen").http.get(f"/v1/history/{row}")
    assert (answer.status_code, answer.json()["error"]) == (404, "not_found")


def test_masked_numbers_are_masked_in_the_history_too(new_site: NewSite) -> None:
    settings = new_site(CUSTOMERS)
    decide(settings, Policy(masked=frozenset({Role.AGENT})))
    with serving(settings) as running, Workstation(running.address, "lin.yue") as masked:
        masked.push(masked.op("customer", "C-1", "append", {"phones": [None, "+8613912345678"]}))
        [changed, _] = history(masked, "customer", "C-1")["changes"]
    assert changed["new"] == ["139****5678"]
