"""Dispositions and queues' rules for after-call work: who changes them, what is refused, what old wrap-ups go by."""

from typing import Any

import pytest

from tests.server.conftest import SitAt
from tests.server.workstation import Workstation

LEAD = "zhou.min"
CODE: dict[str, Any] = {
    "name": {"zh": "已转技术", "en": "Sent to engineers"},
    "parent": "inquiry-bill",
    "short": "119",
    "position": 9,
    "queues": ["billing"],
}
BEGAN, ENDED = "2026-11-21T10:00:00.000Z", "2026-11-21T10:01:32.000Z"


@pytest.fixture
def lead(sit_at: SitAt) -> Workstation:
    workstation = sit_at(LEAD)
    workstation.sync()
    return workstation


def told(answers: list[dict[str, Any]]) -> tuple[Any, ...]:
    [answer] = answers
    return answer["verdict"], answer["reason"], answer.get("faults") or {}


def create(seat: Workstation, row_id: str = "d-1", **fields: Any) -> tuple[Any, ...]:
    return told(seat.push(seat.op("wrap_up_code", row_id, "create", {**CODE, **fields})))


def change(seat: Workstation, entity: str, row_id: str, **fields: Any) -> tuple[Any, ...]:
    seat.sync()
    row = seat.row(entity, row_id)
    pairs = {name: [row["body"].get(name), new] for name, new in fields.items()}
    return told(seat.push(seat.op(entity, row_id, "update", pairs, base_version=row["version"])))


def newest_rule(seat: Workstation) -> str:
    """What a workstation says that it knew."""
    seat.sync()
    known = (*rows(seat, "queue"), *rows(seat, "wrap_up_code"))
    return max((row["body"]["changed_at"] or "1970-01-01T00:00:00.000Z") for row in known)


def log(seat: Workstation, row_id: str = "K-9", **fields: Any) -> tuple[Any, ...]:
    body = {
        "customer_id": "C-1",
        "kind": "call_in",
        "at": BEGAN,
        "title": "",
        "agent": seat.login,
        "queue": "billing",
        **fields,
    }
    return told(seat.push(seat.op("contact", row_id, "create", body)))


APPLIED: tuple[Any, ...] = ("applied", None, {})


def test_disposition_of_a_team_lead_reaches_every_agent_signed(lead: Workstation, seat: Workstation) -> None:
    assert create(lead) == APPLIED
    seat.sync()
    body = seat.row("wrap_up_code", "d-1")["body"]
    assert {name: body[name] for name in CODE} == CODE
    assert (body["is_on"], body["changed_by"]) == (True, LEAD)
    assert log(seat, wrap_up_code="d-1") == APPLIED


@pytest.mark.parametrize("entity", ["wrap_up_code", "queue"])
def test_agent_changes_no_rule(seat: Workstation, entity: str) -> None:
    row_id, field = ("answered", {"short": "9"}) if entity == "wrap_up_code" else ("billing", {"wrap_up_s": 5})
    assert change(seat, entity, row_id, **field)[:2] == ("rejected", "not_allowed")


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({"name": {"zh": "", "en": "x" * 41}}, {"name.zh": "missing", "name.en": "too_long"}),
        ({"short": "101"}, {"short": "twice"}),
        ({"short": "a b"}, {"short": "bad_code"}),
        ({"position": -1}, {"position": "out_of_range"}),
        ({"parent": "nowhere"}, {"parent": "unknown_parent"}),
        ({"parent": "d-1"}, {"parent": "in_a_circle"}),
        ({"queues": ["nowhere"], "category": "nothing"}, {"queues": "unknown_queue", "category": "unknown_category"}),
    ],
    ids=["name", "twice", "code", "position", "parent", "circle", "queue and category"],
)
def test_what_is_no_disposition_is_refused_by_its_field(
    lead: Workstation, fields: dict[str, Any], faults: dict[str, str]
) -> None:
    assert create(lead, **fields) == ("rejected", "bad_disposition", faults)


def test_branch_is_not_hung_below_what_is_on_it(lead: Workstation) -> None:
    assert change(lead, "wrap_up_code", "inquiry", parent="inquiry-bill") == (
        "rejected",
        "bad_disposition",
        {"parent": "in_a_circle"},
    )


def test_retired_disposition_stays_with_old_calls_and_is_not_picked_again(lead: Workstation, seat: Workstation) -> None:
    assert log(seat, wrap_up_code="answered") == APPLIED
    assert change(lead, "wrap_up_code", "answered", is_on=False) == APPLIED
    assert change(seat, "contact", "K-9", text="later words") == APPLIED
    assert seat.row("contact", "K-9")["body"]["wrap_up_code"] == "answered"
    assert log(seat, "K-10", wrap_up_code="answered")[:2] == ("rejected", "disposition_not_offered")


def test_retired_branch_takes_what_is_on_it_along(lead: Workstation, seat: Workstation) -> None:
    assert change(lead, "wrap_up_code", "inquiry", is_on=False) == APPLIED
    assert log(seat, wrap_up_code="answered")[:2] == ("rejected", "disposition_not_offered")


def test_disposition_of_another_queue_is_refused(lead: Workstation, seat: Workstation) -> None:
    assert change(lead, "wrap_up_code", "answered", queues=["support"]) == APPLIED
    assert log(seat, wrap_up_code="answered")[:2] == ("rejected", "disposition_not_offered")
    assert log(seat, "K-10", queue="support", wrap_up_code="answered") == APPLIED
    assert log(seat, "K-11", queue=None, wrap_up_code="answered") == APPLIED


def test_wrap_up_from_before_a_change_is_judged_by_what_its_author_knew(lead: Workstation, seat: Workstation) -> None:
    create(lead, "d-old")
    known = newest_rule(seat)
    assert change(lead, "wrap_up_code", "d-old", is_on=False) == APPLIED
    assert log(seat, wrap_up_code="d-old", rules_at=known) == APPLIED
    assert log(seat, "K-10", wrap_up_code="d-old", rules_at=newest_rule(seat))[1] == "disposition_not_offered"
    assert log(seat, "K-11", wrap_up_code="d-old")[1] == "disposition_not_offered"


def test_wrap_up_knows_the_tree_that_came_with_the_company(lead: Workstation, seat: Workstation) -> None:
    known = "1970-01-01T00:00:00.000Z"
    assert change(lead, "wrap_up_code", "answered", is_on=False) == APPLIED
    assert change(lead, "wrap_up_code", "answered", position=7) == APPLIED
    assert log(seat, wrap_up_code="answered", rules_at=known) == APPLIED


def test_last_disposition_of_a_queue_that_needs_one_is_not_retired(lead: Workstation) -> None:
    trunks = {code["id"] for code in rows(lead, "wrap_up_code") if code["body"]["parent"] is None}
    answers = [change(lead, "wrap_up_code", trunk, is_on=False) for trunk in sorted(trunks)]
    assert answers[:-1] == [APPLIED] * (len(trunks) - 1)
    assert answers[-1] == ("rejected", "bad_disposition", {"is_on": "last_of.billing"})


def rows(seat: Workstation, entity: str) -> list[dict[str, Any]]:
    return [row for held in seat.slices.values() for (its, _), row in held.items() if its == entity]


def test_team_lead_changes_the_own_teams_queues_only(lead: Workstation) -> None:
    assert change(lead, "queue", "billing", wrap_up_s=45) == APPLIED
    assert change(lead, "queue", "vip", wrap_up_s=45)[:2] == ("rejected", "not_allowed")
    assert change(lead, "queue", "billing", segments=["home"])[:2] == ("rejected", "not_allowed")


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({"wrap_up_s": 3601}, {"wrap_up_s": "out_of_range"}),
        ({"wrap_up_s": 0, "after_call": {"mode": "no_early_exit"}}, {"wrap_up_s": "needs_time"}),
        (
            {"after_call": {"mode": "time_boxed", "extend_s": -1, "extensions": 51}},
            {"after_call.extend_s": "out_of_range", "after_call.extensions": "out_of_range"},
        ),
    ],
    ids=["too long", "nothing to stay for", "extensions"],
)
def test_what_is_no_rule_for_after_call_work_is_refused_by_its_field(
    lead: Workstation, fields: dict[str, Any], faults: dict[str, str]
) -> None:
    assert change(lead, "queue", "billing", **fields) == ("rejected", "bad_after_call", faults)


def test_every_version_of_a_queues_rules_is_kept_from_the_first_on(lead: Workstation) -> None:
    change(lead, "queue", "billing", wrap_up_s=45)
    versions = lead.http.get("/sync/v1/queues/billing/versions").json()["versions"]
    assert [(one["version"], one["body"]["wrap_up_s"], one["body"]["changed_by"]) for one in versions] == [
        (2, 45, LEAD),
        (1, 60, None),
    ]


def test_overlong_work_is_recorded_as_it_was(seat: Workstation) -> None:
    work = {"began_at": BEGAN, "ended_at": ENDED, "end": "done", "extended": 0, "over_s": 0, "breaches": []}
    assert log(seat, wrap_up_code="answered") == APPLIED
    assert change(seat, "contact", "K-9", work=work) == APPLIED
    seat.sync()
    kept = seat.row("contact", "K-9")["body"]["work"]
    assert (kept["over_s"], kept["breaches"]) == (32, [])


def test_work_without_what_the_queue_needs_says_so_until_it_is_given(seat: Workstation) -> None:
    work = {"began_at": BEGAN, "ended_at": ENDED, "end": "signed_off", "extended": 3}
    assert log(seat, work=work) == APPLIED
    seat.sync()
    kept = seat.row("contact", "K-9")["body"]["work"]
    assert (kept["over_s"], kept["breaches"]) == (0, ["extended_too_often", "no_disposition"])
    assert change(seat, "contact", "K-9", wrap_up_code="answered") == APPLIED
    seat.sync()
    assert seat.row("contact", "K-9")["body"]["work"]["breaches"] == ["extended_too_often"]


def test_work_is_weighed_by_the_rules_its_author_knew(lead: Workstation, seat: Workstation) -> None:
    known = newest_rule(seat)
    assert change(lead, "queue", "billing", wrap_up_s=10) == APPLIED
    work = {"began_at": BEGAN, "ended_at": ENDED, "end": "by_itself"}
    assert log(seat, wrap_up_code="answered", work={**work, "rules_at": known}) == APPLIED
    assert log(seat, "K-10", wrap_up_code="answered", work={**work, "rules_at": newest_rule(seat)}) == APPLIED
    seat.sync()
    assert [seat.row("contact", row_id)["body"]["work"]["over_s"] for row_id in ("K-9", "K-10")] == [32, 82]


def test_disposition_is_not_taken_away_where_the_queue_needs_one(seat: Workstation) -> None:
    assert log(seat, wrap_up_code="answered") == APPLIED
    assert change(seat, "contact", "K-9", wrap_up_code=None)[:2] == ("rejected", "disposition_needed")


def test_work_that_cannot_have_been_is_refused(seat: Workstation) -> None:
    work = {"began_at": ENDED, "ended_at": BEGAN, "end": "done"}
    assert log(seat, wrap_up_code="answered", work=work)[:2] == ("rejected", "bad_field")


def test_wrap_up_sent_twice_is_taken_once(seat: Workstation) -> None:
    log(seat)
    command = seat.op("contact", "K-9", "update", {"wrap_up_code": [None, "answered"]}, base_version=1)
    assert [answer["verdict"] for answer in (*seat.push(command), *seat.push(command))] == ["applied", "duplicate"]
