"""What two people changed: nothing typed is lost, and the author or the lead decides."""

from typing import Any

import pytest

from tests.in_process import ServerThread
from tests.server.conftest import SitAt, executed
from tests.server.workstation import Workstation


def clash(mine: Workstation, theirs: Workstation, customer: str = "C-1") -> dict[str, Any]:
    """Both change the region; `mine` comes too late."""
    theirs.push(theirs.op("customer", customer, "update", {"region": [None, "东区"]}))
    wish = mine.op("customer", customer, "update", {"region": [None, "西区"]})
    [answer] = mine.push(wish)
    assert answer["verdict"] == "conflict"
    return wish


def conflicts(seat: Workstation) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = seat.http.get("/sync/v1/conflicts").json()["conflicts"]
    return found


def resolve(seat: Workstation, conflict: dict[str, Any], **wish: Any) -> Any:
    return seat.http.post(f"/sync/v1/conflicts/{conflict['id']}/resolve", json={"seen": conflict["now"], **wish})


def region(seat: Workstation) -> str:
    seat.sync()
    return str(seat.row("customer", "C-1")["body"]["region"])


def test_conflict_tells_all_texts_who_and_when(sit_at: SitAt) -> None:
    mine, lead = sit_at(), sit_at("zhou.min")
    wish = clash(mine, lead)

    [found] = conflicts(mine)
    assert found.pop("at") > "2026"
    assert found.pop("id")
    assert found == {
        "op_id": wish["op_id"],
        "entity": "customer",
        "row_id": "C-1",
        "field": "region",
        "base": None,
        "mine": "西区",
        "theirs": "东区",
        "now": "东区",
        "now_by": "zhou.min",
        "author": "lin.yue",
    }


@pytest.mark.parametrize(
    ("login", "sees"),
    [("lin.yue", True), ("zhou.min", True), ("luo.tao", False), ("qian.ning", False)],
)
def test_conflict_is_seen_by_its_author_and_who_leads_them(sit_at: SitAt, login: str, sees: bool) -> None:
    clash(sit_at(), sit_at("zhou.min"))

    assert bool(conflicts(sit_at(login, "a third device"))) is sees


@pytest.mark.parametrize(
    ("wish", "stands"),
    [({"take": "mine"}, "西区"), ({"take": "theirs"}, "东区"), ({"take": "other", "value": "北区"}, "北区")],
    ids=["mine", "theirs", "other"],
)
def test_author_decides_what_stands(sit_at: SitAt, wish: dict[str, Any], stands: str) -> None:
    mine, lead = sit_at(), sit_at("zhou.min")
    clash(mine, lead)
    [found] = conflicts(mine)

    answer = resolve(mine, found, **wish)

    assert (answer.status_code, answer.json()["value"]) == (200, stands)
    assert region(mine) == region(lead) == stands
    assert answer.json()["version"] == mine.row("customer", "C-1")["version"]
    assert conflicts(mine) == conflicts(lead) == []


def test_lead_decides_for_the_author(sit_at: SitAt, server: ServerThread) -> None:
    mine, lead = sit_at(), sit_at("zhou.min")
    clash(mine, lead)
    [found] = conflicts(lead)

    assert resolve(lead, found, take="mine").status_code == 200
    assert region(mine) == "西区"
    query = "SELECT mine, resolved_by, take FROM conflict"
    assert [row[1:] for row in executed(server.settings, query)] == [("zhou.min", "mine")]


def test_decision_is_made_once(sit_at: SitAt) -> None:
    mine, lead = sit_at(), sit_at("zhou.min")
    clash(mine, lead)
    [found] = conflicts(mine)
    first = resolve(mine, found, take="mine")
    again = resolve(mine, found, take="mine")
    other = resolve(lead, found, take="theirs")

    assert again.status_code == 200
    assert again.json() == first.json()
    assert (other.status_code, other.json()["error"], other.json()["by"]) == (409, "already_resolved", "lin.yue")
    assert region(mine) == "西区"


def test_decision_about_a_text_that_moved_on_is_refused_with_the_new_one(sit_at: SitAt) -> None:
    mine, lead = sit_at(), sit_at("zhou.min")
    clash(mine, lead)
    [found] = conflicts(mine)
    lead.push(lead.op("customer", "C-1", "update", {"region": ["东区", "南区"]}))

    late = resolve(mine, found, take="mine")
    [again] = conflicts(mine)

    assert (late.status_code, late.json()) == (409, {"error": "row_moved", "now": "南区"})
    assert (again["theirs"], again["now"]) == ("东区", "南区")
    assert resolve(mine, again, take="mine").status_code == 200


def test_text_that_could_not_be_written_today_is_refused_and_stays_open(sit_at: SitAt) -> None:
    mine, lead = sit_at(), sit_at("zhou.min")
    clash(mine, lead)
    [found] = conflicts(mine)

    answer = resolve(mine, found, take="other", value=5)

    assert (answer.status_code, answer.json()) == (422, {"error": "not_possible", "reason": "bad_field"})
    assert len(conflicts(mine)) == 1


def decided(seat: Workstation, *op_ids: str) -> Any:
    return seat.http.get("/sync/v1/conflicts/decided", params={"op_ids": ",".join(op_ids)})


def test_author_hears_when_nothing_of_a_command_is_left_to_decide(sit_at: SitAt) -> None:
    mine, lead = sit_at(), sit_at("zhou.min")
    lead.push(lead.op("customer", "C-1", "update", {"region": [None, "东区"], "email": [None, "a@example.com"]}))
    wish = mine.op("customer", "C-1", "update", {"region": [None, "西区"], "email": [None, "b@example.com"]})
    mine.push(wish)
    heard = []
    for found in conflicts(lead):
        heard += decided(mine, wish["op_id"], "unknown").json()["decided"]
        resolve(lead, found, take="theirs")

    assert heard == []
    assert decided(mine, wish["op_id"], "unknown").json() == {"decided": [wish["op_id"]]}
    assert decided(lead, wish["op_id"]).json() == {"decided": []}


@pytest.mark.parametrize("wish", ["", ",", "x" * 65, ",".join(["a"] * 51), "a\x00"], ids=str.__len__)
def test_odd_questions_about_commands_are_refused(sit_at: SitAt, wish: str) -> None:
    answer = decided(sit_at(), wish)

    assert (answer.status_code, answer.json()) == (422, {"error": "bad_request", "field": "op_ids"})


def test_others_conflict_is_not_found(sit_at: SitAt) -> None:
    mine, lead = sit_at(), sit_at("zhou.min")
    clash(mine, lead)
    [found] = conflicts(mine)

    answer = resolve(sit_at("luo.tao"), found, take="mine")
    nobody = resolve(mine, {"id": "nonsense", "now": None}, take="mine")

    assert (answer.status_code, answer.json()["error"]) == (404, "not_found")
    assert (nobody.status_code, nobody.json()["error"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"seen": 1}, "take"),
        ({"seen": 1, "take": 5}, "take"),
        ({"seen": 1, "take": "all"}, "take"),
        ({"take": "mine"}, "seen"),
        ({"take": "mine", "seen": 1, "value": 1}, "value"),
        ({"take": "other", "seen": 1}, "value"),
        ({"take": "other", "seen": 1, "value": "x" * 300_000}, "value"),
        ({"take": "mine", "seen": 1, "x": 1}, "x"),
    ],
)
def test_odd_decisions_are_refused(unharmed: Workstation, wish: dict[str, Any], field: str) -> None:
    answer = unharmed.http.post("/sync/v1/conflicts/any/resolve", json=wish)

    assert (answer.status_code, answer.json()) == (422, {"error": "bad_request", "field": field})


def test_many_conflicts_come_in_pages(sit_at: SitAt) -> None:
    mine, lead = sit_at(), sit_at("zhou.min")
    for number in range(201):
        lead.push(lead.op("customer", "C-1", "update", {"region": [None, f"东 {number}"]}))
        mine.push(mine.op("customer", "C-1", "update", {"region": ["?", f"西 {number}"]}))

    first = mine.http.get("/sync/v1/conflicts").json()
    second = mine.http.get("/sync/v1/conflicts", params={"after": first["next"]}).json()
    ids = [found["id"] for page in (first, second) for found in page["conflicts"]]

    assert (len(first["conflicts"]), len(second["conflicts"]), second["next"]) == (200, 1, None)
    assert len(set(ids)) == 201
