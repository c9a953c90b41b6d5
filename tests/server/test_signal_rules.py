"""Rules of signals on the server: who may change them, what is no rule, every version kept; results of signals."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.in_process import ServerThread, a_customer, import_into
from tests.server.conftest import LEAD
from tests.server.workstation import WRITTEN_AT, Workstation
from tests.server.written_rows import SIGNAL_RULES

RULE, create, change = SIGNAL_RULES.whole, SIGNAL_RULES.create, SIGNAL_RULES.change
RESULT = {
    "rule": "vip", "rule_version": 0, "action": "callback", "outcome": "accepted", "reason": "钻石客户",
    "agent": "lin.yue", "at": WRITTEN_AT, "call_ref": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({"weight": 0}, {"weight": "out_of_range"}),
        ({"reason": {"zh": "原因", "en": "{ratings}"}}, {"reason.zh": "no_fact"}),
        ({"conditions": [{"fact": "x", "comparison": "is", "value": 1}]}, {"conditions": "unknown_fact"}),
        ({"conditions": []}, {"conditions": "missing"}),
    ],
    ids=["weight", "reason", "fact", "no condition"],
)
def test_what_is_no_rule_is_refused_by_its_field(
    lead: Workstation, fields: dict[str, Any], faults: dict[str, str]
) -> None:
    answer = create(lead, **fields)
    assert (answer["verdict"], answer["reason"], answer["faults"]) == ("rejected", "bad_rule", faults)


def test_change_that_makes_it_no_rule_is_refused_and_leaves_it(lead: Workstation) -> None:
    create(lead)
    answer = change(lead, 1, quiet_days=[3, 9999])
    assert (answer["reason"], answer["faults"]) == ("bad_rule", {"quiet_days": "out_of_range"})
    lead.sync()
    assert lead.row("signal_rule", "r-1")["version"] == 1


@pytest.mark.parametrize(
    "fields",
    [{"kind": "astrology"}, {"conditions": [{"fact": "ratings"}]}, {"action": "sue"}, {"title": "word"}],
    ids=["kind", "condition", "action", "title"],
)
def test_body_of_another_shape_is_refused(lead: Workstation, fields: dict[str, Any]) -> None:
    assert create(lead, **fields)["reason"] == "bad_field"


def test_every_version_is_kept_for_who_may_change_it(lead: Workstation, seat: Workstation) -> None:
    create(lead, weight=90)
    change(lead, 1, weight=[90, 40])
    change(lead, 2, is_on=[True, False])
    kept = lead.http.get("/sync/v1/signal-rules/r-1/versions").json()["versions"]
    assert [(one["version"], one["body"]["weight"], one["body"]["is_on"]) for one in kept] == [
        (3, 40, False),
        (2, 40, True),
        (1, 90, True),
    ]
    assert {one["body"]["changed_by"] for one in kept} == {LEAD}
    assert seat.http.get("/sync/v1/signal-rules/r-1/versions").status_code == 403


def test_two_versions_of_one_batch_are_both_kept(lead: Workstation) -> None:
    made = lead.op("signal_rule", "r-1", "create", RULE)
    changed = lead.op("signal_rule", "r-1", "update", {"weight": [90, 7]}, base_version=1)
    lead.push(made, changed)
    kept = lead.http.get("/sync/v1/signal-rules/r-1/versions").json()["versions"]
    assert [(one["version"], one["body"]["weight"]) for one in kept] == [(2, 7), (1, 90)]


def test_refused_change_is_no_version(lead: Workstation) -> None:
    create(lead)
    change(lead, 1, weight=[90, 0])
    assert len(lead.http.get("/sync/v1/signal-rules/r-1/versions").json()["versions"]) == 1


def test_result_of_a_signal_stands_with_the_customer(seat: Workstation, server: ServerThread) -> None:
    [answer] = seat.push(seat.op("customer", "C-1", "append", {"signal_results": [None, RESULT]}, base_version=1))
    assert answer["verdict"] == "applied"
    seat.sync()
    assert seat.row("customer", "C-1")["body"]["signal_results"] == [RESULT]


def test_import_of_the_customer_again_keeps_what_was_recorded(
    seat: Workstation, server: ServerThread, tmp_path: Path
) -> None:
    seat.push(seat.op("customer", "C-1", "append", {"signal_results": [None, RESULT]}, base_version=1))
    told = json.dumps(a_customer(1, name="改名客户"))
    (tmp_path / "customers.jsonl").write_text(told, encoding="utf-8")
    import_into(server.settings, tmp_path)
    seat.sync()
    body = seat.row("customer", "C-1")["body"]
    assert (body["name"], body["signal_results"]) == ("改名客户", [RESULT])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"agent": "zhou.min"}, "not_yours"),
        ({"outcome": "perhaps"}, "bad_field"),
        ({"at": "yesterday"}, "bad_field"),
    ],
    ids=["of another", "no outcome", "no moment"],
)
def test_result_that_cannot_be_is_refused(seat: Workstation, change: dict[str, str], reason: str) -> None:
    wish = seat.op("customer", "C-1", "append", {"signal_results": [None, {**RESULT, **change}]})
    [answer] = seat.push(wish)
    assert (answer["verdict"], answer["reason"]) == ("rejected", reason)


def test_new_customer_begins_without_results(seat: Workstation) -> None:
    body = {"segment": "home", "name": "新客户", "phones": [], "signal_results": [RESULT]}
    [answer] = seat.push(seat.op("customer", "C-new", "create", body))
    assert (answer["verdict"], answer["reason"]) == ("rejected", "not_allowed")
