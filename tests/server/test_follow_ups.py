"""Callbacks and return visits on the server: who makes, takes, ends and sees them, and what attempts make of them."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.in_process import ServerThread, a_customer, import_into
from tests.server.conftest import SitAt
from tests.server.workstation import WRITTEN_AT, Workstation

DUE = "2026-11-21T12:00:00.000Z"
CALLBACK: dict[str, Any] = {
    "kind": "callback", "purpose": "告知上门时间", "due_at": DUE, "created_at": WRITTEN_AT, "created_by": "lin.yue",
    "customer_id": "C-1", "zone": "Asia/Shanghai", "owner": None, "team": "home",
}  # fmt: skip
RETURN_VISIT = {**CALLBACK, "kind": "return_visit"}
PLAN: dict[str, Any] = {
    "attempts": 1, "spacing_min": [15], "hours": [{"opens": "08:00", "closes": "21:00"}], "zone": "Asia/Shanghai",
}  # fmt: skip


def made(seat: Workstation, body: dict[str, Any] = CALLBACK, **fields: Any) -> dict[str, Any]:
    wish = seat.op("follow_up", "F-1", "create", {**body, "created_by": seat.login, **fields})
    [answer] = seat.push(wish)
    return answer


def changed(seat: Workstation, **fields: Any) -> dict[str, Any]:
    pairs = {name: list(pair) for name, pair in fields.items()}
    [answer] = seat.push(seat.op("follow_up", "F-1", "update", pairs, base_version=1))
    return answer


def tried(seat: Workstation, result: str, at: str = "2026-11-21T02:00:00.000Z", **fields: Any) -> dict[str, Any]:
    attempt = {"at": at, "agent": seat.login, "result": result, "call_ref": "call-9", **fields}
    [answer] = seat.push(seat.op("follow_up", "F-1", "append", {"attempts": [None, attempt]}, base_version=1))
    return answer


def told(answer: dict[str, Any]) -> tuple[str, str | None]:
    return answer["verdict"], answer["reason"]


def body(seat: Workstation) -> dict[str, Any]:
    seat.sync()
    found: dict[str, Any] = seat.row("follow_up", "F-1")["body"]
    return found


def holds(seat: Workstation) -> set[str]:
    """The slices in which somebody has it."""
    seat.sync()
    return {name for name, held in seat.slices.items() if ("follow_up", "F-1") in held}


def test_callback_of_a_team_reaches_the_team_and_who_sees_the_customer(seat: Workstation, sit_at: SitAt) -> None:
    assert told(made(seat)) == ("applied", None)
    assert holds(seat) == {"customers:home", "own:lin.yue", "team:home"}
    assert holds(sit_at("wang.qiang")) == {"customers:home", "team:home"}
    assert body(seat)["state"] == "open"


def test_callback_of_a_caller_without_a_name_is_personal(seat: Workstation, sit_at: SitAt) -> None:
    unknown: dict[str, Any] = {"customer_id": None, "caller_number": "+8613900000009", "owner": "lin.yue", "team": None}
    assert told(made(seat, **unknown)) == ("applied", None)
    assert holds(seat) == {"own:lin.yue"}
    assert holds(sit_at("wang.qiang")) == set()


def test_follow_up_of_a_queue_is_seen_by_its_agents(seat: Workstation, sit_at: SitAt) -> None:
    unknown: dict[str, Any] = {"customer_id": None, "caller_number": "+8613900000009", "team": None, "queue": "billing"}
    made(seat, **unknown)
    assert holds(sit_at("wang.qiang")) == {"queue:billing"}
    assert holds(sit_at("sun.lei")) == set()


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"created_by": "zhou.min"}, "not_yours"),
        ({"state": "done"}, "illegal_status"),
        ({"customer_id": "C-404"}, "unknown_customer"),
        ({"customer_id": None}, "bad_field"),
        ({"caller_number": "+8613900000009"}, "bad_field"),
        ({"customer_id": None, "caller_number": "139****0009"}, "bad_field"),
        ({"team": None}, "bad_field"),
        ({"team": "nobody"}, "bad_field"),
        ({"owner": "nobody"}, "unknown_agent"),
        ({"owner": "admin"}, "unknown_agent"),
        ({"ticket_id": "T-404"}, "unknown_ticket"),
        ({"until": "2026-11-21T11:00:00.000Z"}, "bad_field"),
        ({"purpose": "  "}, "bad_field"),
        ({"position": -1}, "bad_field"),
        ({"kind": "party"}, "bad_field"),
        ({"satisfaction": 5}, "not_allowed"),
        ({"counted": 1}, "not_allowed"),
        ({"attempts": [{"at": WRITTEN_AT, "agent": "lin.yue", "result": "reached"}]}, "not_allowed"),
    ],
    ids=lambda value: "" if isinstance(value, str) else next(iter(value)),
)
def test_follow_up_that_cannot_be_is_refused(unharmed: Workstation, fields: dict[str, Any], reason: str) -> None:
    assert told(made(unharmed, **{"created_by": unharmed.login, **fields})) == ("rejected", reason)


def test_second_of_two_who_take_it_is_told(seat: Workstation, sit_at: SitAt) -> None:
    other = sit_at("wang.qiang")
    made(sit_at("zhou.min"))
    assert told(changed(other, owner=(None, "wang.qiang"))) == ("applied", None)
    assert told(changed(seat, owner=(None, "lin.yue"))) == ("rejected", "taken")
    assert body(seat)["owner"] == "wang.qiang"


def test_of_two_who_take_it_at_once_one_has_it(sit_at: SitAt) -> None:
    made(sit_at("zhou.min"))
    seats = [sit_at("lin.yue"), sit_at("wang.qiang")]
    with ThreadPoolExecutor(len(seats)) as pool:
        answers = [*pool.map(lambda one: changed(one, owner=(None, one.login)), seats)]
    assert sorted(map(told, answers)) == [("applied", None), ("rejected", "taken")]
    [first] = [one.login for one, answer in zip(seats, answers, strict=True) if answer["verdict"] == "applied"]
    assert [body(one)["owner"] for one in seats] == [first, first]


def test_who_promised_it_is_told_as_well_that_it_is_taken(seat: Workstation, sit_at: SitAt) -> None:
    made(seat)
    changed(sit_at("wang.qiang"), owner=(None, "wang.qiang"))
    assert told(changed(seat, owner=(None, "lin.yue"))) == ("rejected", "taken")


def test_taking_it_twice_changes_nothing(seat: Workstation) -> None:
    made(seat)
    changed(seat, owner=(None, "lin.yue"))
    assert told(changed(seat, owner=(None, "lin.yue"))) == ("merged", None)
    assert seat.push(seat.op("follow_up", "F-1", "update", {"owner": ["lin.yue", None]}))[0]["version"] == 3


def test_personal_one_is_its_owners_to_change(seat: Workstation, sit_at: SitAt) -> None:
    made(seat, owner="lin.yue")
    other = sit_at("wang.qiang")
    assert told(changed(other, due_at=(DUE, "2026-11-22T12:00:00.000Z"))) == ("rejected", "not_yours")
    assert told(changed(other, snoozed_until=(None, "2026-11-22T12:00:00.000Z"))) == ("rejected", "not_yours")
    assert told(changed(seat, owner=("lin.yue", "wang.qiang"))) == ("applied", None)
    assert told(changed(other, due_at=(DUE, "2026-11-22T12:00:00.000Z")))[0] == "merged"


def test_team_lead_hands_one_out(seat: Workstation, sit_at: SitAt) -> None:
    made(seat, owner="lin.yue")
    assert told(changed(sit_at("zhou.min"), owner=("lin.yue", "wang.qiang"))) == ("applied", None)
    assert told(changed(sit_at("sun.lei"), owner=("wang.qiang", "he.jun"))) == ("rejected", "not_yours")


def test_cancelling_wants_a_reason_and_ends_it(seat: Workstation) -> None:
    made(seat)
    assert told(changed(seat, state=("open", "cancelled"))) == ("rejected", "bad_field")
    assert told(changed(seat, reason=(None, "改主意"))) == ("rejected", "bad_field")
    assert told(changed(seat, state=("open", "cancelled"), reason=(None, "客户已到店办理"))) == ("applied", None)
    assert told(changed(seat, due_at=(DUE, "2026-11-22T12:00:00.000Z"))) == ("rejected", "already_over")
    assert told(changed(seat, state=("cancelled", "open"))) == ("rejected", "already_over")


@pytest.mark.parametrize("state", ["done", "not_reached", "cleared"])
def test_only_attempts_end_it_otherwise(seat: Workstation, state: str) -> None:
    made(seat)
    assert told(changed(seat, state=("open", state))) == ("rejected", "illegal_status")


def test_putting_off_what_is_over_troubles_nobody(seat: Workstation, sit_at: SitAt) -> None:
    made(seat)
    tried(sit_at("wang.qiang"), "reached")
    assert told(changed(seat, snoozed_until=(None, "2026-11-22T12:00:00.000Z"))) == ("merged", None)
    assert body(seat)["state"] == "done"


def test_attempts_in_vain_follow_the_plan_to_its_end(seat: Workstation) -> None:
    made(seat, RETURN_VISIT)
    first = tried(seat, "no_answer", "2026-11-21T02:00:00.000Z")
    assert first["changed"]["due_at"] == "2026-11-21T04:00:00.000Z"
    second = tried(seat, "busy", "2026-11-21T11:30:00.000Z")
    assert second["changed"]["due_at"] == "2026-11-22T11:30:00.000Z"
    third = tried(seat, "no_answer", "2026-11-22T11:30:00.000Z")
    assert third["changed"]["state"] == "not_reached"
    ended = body(seat)
    assert (ended["state"], ended["satisfaction"], len(ended["attempts"])) == ("not_reached", None, 3)


def test_next_attempt_waits_for_the_customers_morning(seat: Workstation) -> None:
    made(seat, zone="Europe/London")
    assert tried(seat, "no_answer", "2026-11-21T20:00:00.000Z")["changed"]["due_at"] == "2026-11-22T09:00:00.000Z"


def test_plan_of_the_company_takes_the_place_of_the_shipped_one(seat: Workstation, sit_at: SitAt) -> None:
    made(seat)
    lead = sit_at("zhou.min")
    [answer] = lead.push(lead.op("follow_up_plan", "callback", "create", PLAN))
    assert told(answer) == ("applied", None)
    assert tried(seat, "no_answer")["changed"]["state"] == "not_reached"


def test_agent_changes_no_plan(seat: Workstation) -> None:
    [answer] = seat.push(seat.op("follow_up_plan", "callback", "create", PLAN))
    assert told(answer) == ("rejected", "not_allowed")


@pytest.mark.parametrize(
    "fields",
    [{"attempts": 0}, {"spacing_min": []}, {"spacing_min": [0]}, {"hours": []}, {"zone": "Mars/Base"}],
    ids=lambda fields: next(iter(fields)),
)
def test_plan_nobody_can_follow_is_refused(sit_at: SitAt, fields: dict[str, Any]) -> None:
    lead = sit_at("zhou.min")
    [answer] = lead.push(lead.op("follow_up_plan", "callback", "create", {**PLAN, **fields}))
    assert told(answer) == ("rejected", "bad_plan")


def test_return_visit_keeps_what_the_customer_answered(seat: Workstation) -> None:
    made(seat, RETURN_VISIT)
    assert tried(seat, "reached", satisfaction=4)["verdict"] == "applied"
    ended = body(seat)
    assert (ended["state"], ended["satisfaction"], ended["result"]) == ("done", 4, "reached")


def test_customer_who_was_reached_after_all_counts_as_reached(seat: Workstation, sit_at: SitAt) -> None:
    made(seat, RETURN_VISIT)
    other = sit_at("wang.qiang")
    tried(seat, "wrong_number")
    assert body(seat)["state"] == "not_reached"
    tried(other, "reached", satisfaction=2)
    ended = body(seat)
    assert (ended["state"], ended["satisfaction"], len(ended["attempts"])) == ("done", 2, 2)


@pytest.mark.parametrize(
    ("kind", "fields", "reason"),
    [
        ("return_visit", {"result": "no_answer", "satisfaction": 5}, "bad_field"),
        ("return_visit", {"result": "refused", "satisfaction": 5}, "bad_field"),
        ("return_visit", {"result": "reached", "satisfaction": 6}, "bad_field"),
        ("callback", {"result": "reached", "satisfaction": 5}, "bad_field"),
        ("return_visit", {"result": "called_in"}, "bad_field"),
        ("callback", {"result": "later"}, "bad_field"),
        ("callback", {"result": "reached", "later_at": DUE}, "bad_field"),
        ("callback", {"result": "reached", "agent": "wang.qiang"}, "not_yours"),
    ],
)
def test_attempt_that_cannot_be_is_refused(seat: Workstation, kind: str, fields: dict[str, Any], reason: str) -> None:
    made(seat, {**CALLBACK, "kind": kind})
    assert told(tried(seat, **{"result": "reached", **fields})) == ("rejected", reason)


def test_time_the_customer_named_is_when_it_is_due(seat: Workstation) -> None:
    made(seat, snoozed_until="2026-11-21T15:00:00.000Z")
    tried(seat, "later", later_at="2026-11-25T01:30:00.000Z")
    now = body(seat)
    assert (now["due_at"], now["snoozed_until"], now["state"]) == ("2026-11-25T01:30:00.000Z", None, "open")


def test_call_of_the_customers_own_clears_a_callback_once(seat: Workstation, sit_at: SitAt) -> None:
    made(seat, owner="lin.yue")
    other = sit_at("wang.qiang")
    assert tried(other, "called_in")["changed"]["state"] == "cleared"
    assert told(tried(seat, "called_in", call_ref="call-10")) == ("applied", None)
    ended = body(seat)
    assert (ended["state"], ended["cleared_by"], len(ended["attempts"])) == ("cleared", "call-9", 1)


def test_same_attempt_sent_twice_counts_once(seat: Workstation) -> None:
    made(seat)
    attempt = {"at": WRITTEN_AT, "agent": seat.login, "result": "no_answer"}
    wish = seat.op("follow_up", "F-1", "append", {"attempts": [None, attempt]}, base_version=1)
    assert [seat.push(wish)[0]["verdict"], seat.push(wish)[0]["verdict"]] == ["applied", "duplicate"]
    assert len(body(seat)["attempts"]) == 1


def test_follow_up_goes_with_its_customer_into_another_segment(seat: Workstation, sit_at: SitAt) -> None:
    made(seat)
    lead = sit_at("zhou.min")
    lead.push(lead.op("customer", "C-1", "update", {"segment": ["home", "business"]}, base_version=1))
    assert "customers:business" in holds(seat)
    assert "customers:home" not in holds(seat)


def test_only_who_sees_it_may_try(seat: Workstation, sit_at: SitAt) -> None:
    unknown: dict[str, Any] = {"customer_id": None, "caller_number": "+8613900000009", "owner": "lin.yue", "team": None}
    made(seat, **unknown)
    assert told(tried(sit_at("wang.qiang"), "reached")) == ("rejected", "unknown_row")


def test_what_is_owed_comes_with_a_caller_who_is_looked_up(seat: Workstation) -> None:
    made(seat)
    [found] = seat.http.get("/customers", params={"number": "13800000001"}).json()["customers"]
    assert [row["id"] for row in found["follow_ups"]] == ["F-1"]
    tried(seat, "reached")
    [found] = seat.http.get("/customers", params={"number": "13800000001"}).json()["customers"]
    assert found["follow_ups"] == []


def test_import_again_keeps_what_people_did_with_it(
    seat: Workstation, sit_at: SitAt, server: ServerThread, tmp_path: Path
) -> None:
    promised = {name: value for name, value in CALLBACK.items() if name != "customer_id"}
    told_once = {**a_customer(1), "follow_ups": [{"id": "F-1", **promised}]}
    for purpose in ("告知上门时间", "改期的上门时间"):
        told_once["follow_ups"][0]["purpose"] = purpose
        source = tmp_path / purpose
        source.mkdir()
        (source / "customers.jsonl").write_text(json.dumps(told_once), encoding="utf-8")
        import_into(server.settings, source)
        seat.sync()
        if purpose == "告知上门时间":
            tried(seat, "no_answer")
    kept = body(seat)
    assert (kept["purpose"], len(kept["attempts"]), kept["counted"]) == ("改期的上门时间", 1, 1)


def test_plan_of_a_companys_folder_is_followed(seat: Workstation, server: ServerThread, tmp_path: Path) -> None:
    made(seat)
    plan = '[[follow_up_plan]]\nid = "callback"\nattempts = 1\nspacing_min = [15]\n'
    hours = 'hours = [{ opens = "08:00", closes = "21:00" }]\nzone = "Asia/Shanghai"\n'
    (tmp_path / "company.toml").write_text(plan + hours, encoding="utf-8")
    import_into(server.settings, tmp_path)
    assert tried(seat, "no_answer")["changed"]["state"] == "not_reached"
