"""Relations between customers on the server: who may say them, where they are seen, how they follow both ends."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from agent_model.agent import Role
from agent_server.settings import Settings
from tests.in_process import ServerThread, a_customer, serving
from tests.server.conftest import NewSite, SitAt, executed
from tests.server.officers import appoint
from tests.server.test_customer_merges import A_MANAGER, LEAD, MANAGER, merge, undo
from tests.server.test_erasing import until_done, with_erasures
from tests.server.test_person_exports import fetch, unpacked
from tests.server.workstation import WRITTEN_AT, Workstation

RELATION = "customer_relation"
HOME_ALONE = "wang.qiang"


@pytest.fixture
def settings(new_site: NewSite) -> Settings:
    segments = ("home", "home", "home", "home", "business")
    made = new_site([a_customer(n, segment) for n, segment in enumerate(segments, start=1)])
    appoint(made, "an.quan", Role.SECURITY_OFFICER)
    executed(made, "UPDATE queue SET segments = '[\"home\"]' WHERE id <> 'vip'")
    return made


@pytest.fixture
def server(settings: Settings) -> Iterator[ServerThread]:
    with serving(settings) as running:
        yield running


def relate(seat: Workstation, one: str, other: str, kind: str = "employee", **more: Any) -> dict[str, Any]:
    body = {"customer_id": one, "other_id": other, "kind": kind, "created_by": seat.login, "created_at": WRITTEN_AT}
    return seat.op(RELATION, str(uuid.uuid4()), "create", {**body, **more})


def change(seat: Workstation, row_id: str, **fields: Any) -> dict[str, Any]:
    [answer] = seat.push(seat.op(RELATION, row_id, "update", fields, base_version=1))
    return answer


def said(seat: Workstation, scope: str = "customers:home") -> set[tuple[str, str, str]]:
    """Every relation that is not taken away, as a workstation has it after its next sync."""
    seat.sync()
    bodies = [row["body"] for (entity, _), row in seat.slices.get(scope, {}).items() if entity == RELATION]
    return {(one["customer_id"], one["other_id"], one["kind"]) for one in bodies if not one["is_removed"]}


def push(seat: Workstation, *ops: dict[str, Any]) -> None:
    answers = seat.push(*ops)
    assert [answer["verdict"] for answer in answers] == ["applied"] * len(ops), answers


def test_relation_is_seen_where_its_ends_are(seat: Workstation) -> None:
    push(seat, relate(seat, "C-1", "C-2", note="北京办事处"))
    assert said(seat) == {("C-1", "C-2", "employee")}


def test_relation_with_oneself_is_refused(seat: Workstation) -> None:
    [answer] = seat.push(relate(seat, "C-1", "C-1"))
    assert answer["reason"] == "same_customer"


def test_same_relation_is_said_once_and_a_household_from_either_end(seat: Workstation) -> None:
    push(seat, relate(seat, "C-1", "C-2", "family"), relate(seat, "C-1", "C-2", "guardian"))
    answers = seat.push(relate(seat, "C-2", "C-1", "family"), relate(seat, "C-2", "C-1", "guardian"))
    assert [answer["reason"] for answer in answers] == ["already_related", None]


def test_nobody_relates_a_customer_they_may_not_see(sit_at: SitAt) -> None:
    seat = sit_at(HOME_ALONE)
    answers = seat.push(relate(seat, "C-1", "C-5"), relate(seat, "C-5", "C-1"), relate(seat, "C-1", "C-99"))
    assert {answer["reason"] for answer in answers} == {"unknown_customer"}


def test_ends_of_a_relation_stay_and_signature_is_ones_own(seat: Workstation) -> None:
    made = relate(seat, "C-1", "C-2")
    push(seat, made)
    assert change(seat, made["id"], other_id=["C-2", "C-3"])["reason"] == "not_allowed"
    [answer] = seat.push(relate(seat, "C-1", "C-3", created_by=LEAD))
    assert answer["reason"] == "not_yours"


def test_relation_is_taken_away_on_record_and_comes_back(seat: Workstation) -> None:
    made = relate(seat, "C-1", "C-2")
    push(seat, made)
    away = change(seat, made["id"], is_removed=[False, True])
    assert away["changed"]["removed_by"] == seat.login
    assert said(seat) == set()
    assert change(seat, made["id"], is_removed=[True, False])["changed"] == {"removed_by": None, "removed_at": None}
    assert said(seat) == {("C-1", "C-2", "employee")}
    history = seat.http.get(f"/v1/history/{RELATION}/{made['id']}").json()["changes"]
    assert [one["field"] for one in history if one["field"] == "is_removed"] == ["is_removed", "is_removed"]


def test_relation_brought_back_beside_the_same_one_is_refused(seat: Workstation) -> None:
    made = relate(seat, "C-1", "C-2")
    push(seat, made)
    change(seat, made["id"], is_removed=[False, True])
    push(seat, relate(seat, "C-1", "C-2"))
    assert change(seat, made["id"], is_removed=[True, False])["reason"] == "already_related"


def test_two_people_change_kind_and_note_and_both_stand(seat: Workstation, sit_at: SitAt) -> None:
    made, lead = relate(seat, "C-1", "C-2"), sit_at(LEAD)
    push(seat, made)
    change(seat, made["id"], kind=["employee", "contact_person"])
    assert change(lead, made["id"], note=["", "下午在"])["verdict"] == "merged"
    assert change(lead, made["id"], kind=["employee", "other"])["verdict"] == "conflict"
    seat.sync()
    body = seat.row(RELATION, made["id"])["body"]
    assert (body["kind"], body["note"]) == ("contact_person", "下午在")


def test_both_ends_follow_a_merge_and_its_undo(seat: Workstation) -> None:
    push(seat, relate(seat, "C-2", "C-3"), relate(seat, "C-4", "C-2", "guardian"))
    answer = merge(seat, "C-2", "C-1", mark="m")
    assert answer["changed"]["moved"] == [{"entity": RELATION, "count": 2}]
    assert said(seat) == {("C-1", "C-3", "employee"), ("C-4", "C-1", "guardian")}
    assert undo(seat, "C-2.m")["verdict"] == "applied"
    assert said(seat) == {("C-2", "C-3", "employee"), ("C-4", "C-2", "guardian")}


def test_relation_between_two_who_become_one_vanishes_and_is_back_when_they_part(seat: Workstation) -> None:
    made = relate(seat, "C-2", "C-1", "family")
    push(seat, made)
    merge(seat, "C-2", "C-1", mark="m")
    assert said(seat) == set()
    assert change(seat, made["id"], is_removed=[True, False])["reason"] == "same_customer"
    undo(seat, "C-2.m")
    assert said(seat) == {("C-2", "C-1", "family")}


def test_same_relation_of_both_collapses_and_parts_again(seat: Workstation) -> None:
    push(seat, relate(seat, "C-1", "C-3", "family"), relate(seat, "C-3", "C-2", "family", note="大儿子"))
    merge(seat, "C-2", "C-1", mark="m")
    assert said(seat) == {("C-3", "C-1", "family")}, "the one with a note stays"
    undo(seat, "C-2.m")
    assert said(seat) == {("C-1", "C-3", "family"), ("C-3", "C-2", "family")}


def test_two_different_notes_are_both_kept(seat: Workstation) -> None:
    push(seat, relate(seat, "C-1", "C-3", note="会计"), relate(seat, "C-2", "C-3", note="前台"))
    merge(seat, "C-2", "C-1", mark="m")
    seat.sync()
    rows = [row["body"] for (entity, _), row in seat.slices["customers:home"].items() if entity == RELATION]
    assert sorted(row["note"] for row in rows if not row["is_removed"]) == ["会计", "前台"]


def test_merges_of_both_ends_part_in_any_order(seat: Workstation) -> None:
    push(seat, relate(seat, "C-1", "C-3", "family"), relate(seat, "C-2", "C-4", "family"))
    merge(seat, "C-2", "C-1", mark="m")
    merge(seat, "C-4", "C-3", mark="n")
    assert said(seat) == {("C-1", "C-3", "family")}
    undo(seat, "C-2.m")
    assert said(seat) == {("C-1", "C-3", "family"), ("C-2", "C-3", "family")}
    undo(seat, "C-4.n")
    assert said(seat) == {("C-1", "C-3", "family"), ("C-2", "C-4", "family")}


def test_what_somebody_took_away_stays_away_when_customers_part(seat: Workstation) -> None:
    made = relate(seat, "C-2", "C-3")
    push(seat, made)
    merge(seat, "C-2", "C-1", mark="m")
    change(seat, made["id"], is_removed=[False, True])
    undo(seat, "C-2.m")
    assert said(seat) == set()


def test_relation_written_offline_follows_customers_who_went(seat: Workstation, sit_at: SitAt) -> None:
    away = sit_at(LEAD)
    late, between = relate(away, "C-3", "C-2"), relate(away, "C-1", "C-2", "family")
    merge(seat, "C-2", "C-1")
    assert [answer["reason"] for answer in away.push(late, between)] == [None, "same_customer"]
    assert said(seat) == {("C-3", "C-1", "employee")}


def test_customer_who_moves_takes_the_relation_along_and_leaves_it_behind(sit_at: SitAt) -> None:
    seat = sit_at(HOME_ALONE)
    made = relate(seat, "C-1", "C-2", "family")
    push(seat, made)
    sit_at("admin").http.post("/admin/users", json=A_MANAGER).raise_for_status()
    manager = sit_at(MANAGER)
    push(manager, manager.op("customer", "C-2", "update", {"segment": ["home", "business"]}, base_version=1))
    assert said(seat) == {("C-1", "C-2", "family")}, "its other end is still here"
    assert change(seat, made["id"], is_removed=[False, True])["reason"] == "unknown_customer"
    assert said(manager, "customers:business") == {("C-1", "C-2", "family")}
    push(manager, manager.op("customer", "C-1", "update", {"segment": ["home", "business"]}, base_version=1))
    assert said(seat) == set()


def test_erasing_either_end_takes_the_relation(seat: Workstation, sit_at: SitAt, settings: Settings) -> None:
    push(seat, relate(seat, "C-1", "C-2"), relate(seat, "C-3", "C-1", "guardian"), relate(seat, "C-2", "C-3"))
    lead, officer = sit_at(LEAD), sit_at("an.quan")
    asked = lead.http.post("/privacy/erasures", json={"customer_id": "C-1", "reason": "本人要求"})
    assert asked.status_code == 201, asked.text
    erasure = asked.json()["id"]
    assert officer.http.post(f"/privacy/erasures/{erasure}/approve", json={"reason": "身份已核实"}).status_code == 200
    with_erasures(settings, lambda erasures: erasures.carry_out())
    until_done(lead, erasure)
    assert said(seat) == {("C-2", "C-3", "employee")}
    [answer] = seat.push(relate(seat, "C-2", "C-1"))
    assert answer["reason"] in ("erased", "unknown_customer")
    kept = executed(settings, "SELECT count(*) FROM row_change WHERE entity = 'customer_relation' AND field = ''")
    assert kept == [(1,)]


def test_copy_of_a_persons_data_tells_only_the_name_of_the_other(seat: Workstation, sit_at: SitAt) -> None:
    push(seat, relate(seat, "C-1", "C-2", "guardian", note="住在一起，电话另记"))
    lead, officer = sit_at(LEAD), sit_at("an.quan")
    asked = lead.http.post("/privacy/exports", json={"customer_id": "C-1", "reason": "本人要求副本"}).json()
    officer.http.post(f"/privacy/exports/{asked['id']}/approve", json={"reason": "身份已核实"})
    files = unpacked(fetch(lead, asked["id"]).content)
    assert "客户 2" in files["zh/person.html"].decode()
    assert not any(b"C-2" in content or "住在一起".encode() in content for content in files.values())


# ---- who is looked up while it rings ----------------------------------------------------------------------------


def looked_up(seat: Workstation, number: int) -> dict[str, Any]:
    """What the server tells of the one customer with the number of C-`number`."""
    [found] = seat.http.get("/customers", params={"number": f"+86138{number:08d}"}).json()["customers"]
    return dict(found)


def test_caller_who_is_looked_up_brings_whom_they_are_related_to_and_what_is_open_of_them(seat: Workstation) -> None:
    family, former = relate(seat, "C-1", "C-2", "family"), relate(seat, "C-3", "C-1")
    fault, done, complaint = (
        seat.ticket("C-2", **more)
        for more in ({}, {"status": "resolved"}, {"type": "complaint", "category": "complaint/service"})
    )
    push(seat, family, former, fault, done, complaint)
    change(seat, former["id"], is_removed=[False, True])

    found = looked_up(seat, 1)
    assert [row["id"] for row in found["relations"]] == [family["id"]]
    assert [row["id"] for row in found["related"]] == ["C-2"]
    assert [row["id"] for row in found["tickets_of_related"]] == [complaint["id"], fault["id"]]


def test_caller_who_is_looked_up_brings_nobody_whom_one_may_not_see(seat: Workstation, sit_at: SitAt) -> None:
    push(seat, relate(seat, "C-1", "C-5"), seat.ticket("C-5"))

    found = looked_up(sit_at(HOME_ALONE), 1)
    assert [row["body"]["other_id"] for row in found["relations"]] == ["C-5"]
    assert (found["related"], found["tickets_of_related"]) == ([], [])
