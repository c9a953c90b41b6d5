"""What leaves the house in a file: told to the audit trail whatever became of the right, approved by somebody else."""

from typing import Any

import pytest

from agent_model.agent import Role
from tests.in_process import ServerThread
from tests.server.conftest import LEAD, SitAt, executed
from tests.server.officers import appoint
from tests.server.workstation import WRITTEN_AT, Workstation


def export(seat: Workstation, id_: str = "E-1", **fields: Any) -> dict[str, Any]:
    body = {
        "kind": "list",
        "subject": "tickets",
        "what": "State: New",
        "rows": 40,
        "asked_by": seat.login,
        "asked_at": WRITTEN_AT,
        "state": "done",
        **fields,
    }
    [answer] = seat.push(seat.op("export", id_, "create", body))
    return answer


def decide(seat: Workstation, before: str, after: str, id_: str = "E-1", **fields: Any) -> dict[str, Any]:
    pairs: dict[str, Any] = {"state": [before, after], **fields}
    [answer] = seat.push(seat.op("export", id_, "update", pairs, base_version=1))
    return answer


def lines(server: ServerThread) -> list[tuple[Any, ...]]:
    found = executed(server.settings, "SELECT deed, who, field, reason FROM audit_line WHERE deed LIKE 'export%'")
    return [tuple(line) for line in found]


def test_export_is_a_line_of_the_audit_trail(server: ServerThread, seat: Workstation) -> None:
    assert export(seat)["verdict"] == "applied"
    assert lines(server) == [("exported", "lin.yue", "list tickets 40", "State: New")]


def test_the_same_export_told_twice_is_one_line(server: ServerThread, seat: Workstation) -> None:
    fields = {"kind": "print", "subject": "T-1", "what": "TK-1", "rows": 1, "asked_by": "lin.yue"}
    op = seat.op("export", "E-1", "create", {**fields, "asked_at": WRITTEN_AT, "state": "done"})
    assert [seat.push(op)[0]["verdict"], seat.push(op)[0]["verdict"]] == ["applied", "duplicate"]
    assert len(lines(server)) == 1


@pytest.mark.parametrize("fields", [{"subject": "customers"}, {"rows": 501}], ids=["list", "rows"])
def test_file_that_should_not_have_been_written_is_told_all_the_same(
    server: ServerThread, seat: Workstation, fields: dict[str, Any]
) -> None:
    answer = export(seat, **fields)
    assert (answer["verdict"], answer["changed"]["is_allowed"]) == ("applied", False)
    assert [line[0] for line in lines(server)] == ["exported_unallowed"]


def test_more_rows_are_approved_by_a_lead_and_then_written(
    server: ServerThread, seat: Workstation, lead: Workstation
) -> None:
    assert export(seat, rows=3000, state="asked", reason="Quarterly report")["changed"]["team"] == "home"
    lead.sync()
    assert lead.row("export", "E-1")["body"]["reason"] == "Quarterly report"
    assert decide(lead, "asked", "approved", words=[None, "Fine"])["verdict"] == "applied"
    seat.sync()
    body = seat.row("export", "E-1")["body"]
    assert (body["state"], body["decided_by"], body["words"]) == ("approved", LEAD, "Fine")
    assert decide(seat, "approved", "done", rows=[3000, 2900])["changed"]["is_allowed"] is True
    assert [line[:2] for line in lines(server)] == [
        ("export_asked", "lin.yue"),
        ("export_approved", LEAD),
        ("exported", "lin.yue"),
    ]


def test_nobody_approves_their_own_or_without_leading(seat: Workstation, lead: Workstation, sit_at: SitAt) -> None:
    export(lead, state="asked", reason="Why", rows=20_000)
    assert decide(lead, "asked", "approved")["reason"] == "not_allowed"
    export(seat, "E-2", state="asked", reason="Why", rows=3000)
    assert decide(seat, "asked", "approved", "E-2")["reason"] == "not_allowed"


def test_what_was_not_approved_is_not_called_written(seat: Workstation, lead: Workstation) -> None:
    export(seat, state="asked", reason="Why", rows=3000)
    assert decide(seat, "asked", "done")["reason"] == "illegal_status"
    decide(lead, "asked", "refused", words=[None, "No"])
    seat.sync()
    assert decide(seat, "refused", "done")["reason"] == "illegal_status"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"state": "asked", "rows": 3000}, "bad_field"),
        ({"state": "asked", "rows": 30_000, "reason": "x"}, "export_not_allowed"),
        ({"state": "asked", "subject": "customers", "reason": "x"}, "export_not_allowed"),
        ({"state": "approved"}, "illegal_status"),
        ({"asked_by": LEAD}, "not_yours"),
        ({"rows": -1}, "bad_field"),
        ({"team": "business"}, "not_allowed"),
    ],
    ids=["no reason", "too many", "another list", "approved by itself", "for somebody", "rows", "team"],
)
def test_wish_that_cannot_be_is_refused(unharmed: Workstation, fields: dict[str, Any], reason: str) -> None:
    assert export(unharmed, **fields)["reason"] == reason


def test_administrator_sets_what_may_leave(sit_at: SitAt, server: ServerThread, seat: Workstation) -> None:
    appoint(server.settings, "the.admin", Role.ADMINISTRATOR)
    admin = sit_at("the.admin")
    rule = {"kind": "list", "subject": "*", "roles": ["agent"], "rows": 10, "most": 20}
    body = {"exports": [rule], "exports_offline": False, "bulk_change": 50}
    assert admin.push(admin.op("desk_policy", "site", "create", body))[0]["verdict"] == "applied"
    assert export(seat)["changed"]["is_allowed"] is False
    seat.sync()
    assert seat.row("desk_policy", "site")["body"]["exports_offline"] is False
    worse = {"exports": [[rule], [{**rule, "rows": 30}]]}
    assert admin.push(admin.op("desk_policy", "site", "update", worse, base_version=1))[0]["reason"] == "bad_field"
    assert seat.push(seat.op("desk_policy", "site", "update", {"bulk_change": [50, 9]}))[0]["reason"] == "not_allowed"


def view(seat: Workstation, **fields: Any) -> dict[str, Any]:
    body = {
        "list": "tickets",
        "name": "Late",
        "team": "home",
        "query": {"sort": "due"},
        "columns": ["number"],
        "made_by": seat.login,
        "made_at": WRITTEN_AT,
        **fields,
    }
    [answer] = seat.push(seat.op("list_view", "V-1", "create", body))
    return answer


def test_view_of_the_lead_is_seen_by_the_team(seat: Workstation, lead: Workstation) -> None:
    assert view(lead)["verdict"] == "applied"
    seat.sync()
    assert seat.row("list_view", "V-1")["body"]["name"] == "Late"
    assert (
        lead.push(lead.op("list_view", "V-1", "update", {"is_dropped": [False, True]}, base_version=1))[0]["verdict"]
        == "applied"
    )
    seat.sync()
    assert seat.row("list_view", "V-1")["body"]["is_dropped"] is True


def test_agent_keeps_no_view_for_the_team(seat: Workstation, lead: Workstation) -> None:
    assert view(seat)["reason"] == "not_allowed"
    assert view(lead, team="business")["reason"] == "not_allowed"
    assert view(lead, name=" ")["reason"] == "bad_field"
