"""Two customers merged on the server: everything follows, the old id leads on, it can be undone, nothing is lost."""

import threading
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent_server.__main__ import main
from tests.in_process import PASSWORD, ServerThread, a_customer, serving
from tests.server.conftest import NewSite, SitAt
from tests.server.workstation import WRITTEN_AT, Workstation

LEAD, MANAGER = "zhou.min", "liu.fang"
A_MANAGER = {
    "login": MANAGER, "name_zh": "柳芳", "name_en": "Liu Fang", "role": "duty_manager", "extension": "8999",
    "team": "home", "queues": [], "password": PASSWORD,
}  # fmt: skip


@pytest.fixture
def server(new_site: NewSite) -> Iterator[ServerThread]:
    customers = (
        a_customer(1, email="a@b.cn", company="云岚", tags=["网络"]),
        a_customer(2, name="客户一", tags=["账单"], value_fen=500, since="2020-01-01"),
        a_customer(3),
        a_customer(4, "business"),
    )
    with serving(new_site(customers)) as running:
        yield running


def merge(seat: Workstation, gone: str, stays: str, *taken: str, mark: str = "") -> dict[str, Any]:
    fields = {"customer_id": stays, "gone": gone, "taken": list(taken)}
    [answer] = seat.push(seat.op("customer_merge", f"{gone}.{mark or uuid.uuid4()}", "create", fields))
    return answer


def undo(seat: Workstation, merge_id: str) -> dict[str, Any]:
    [answer] = seat.push(seat.op("customer_merge", merge_id, "update", {"is_undone": [False, True]}, base_version=1))
    return answer


def contact(seat: Workstation, customer_id: str, **more: Any) -> Any:
    body = {
        "customer_id": customer_id,
        "kind": "call_in",
        "at": WRITTEN_AT,
        "title": "来电",
        "agent": seat.login,
        **more,
    }
    return seat.op("contact", str(uuid.uuid4()), "create", body)


def note(seat: Workstation, customer_id: str, text: str) -> Any:
    said = {"text": text, "author": seat.login, "at": WRITTEN_AT}
    return seat.op("customer", customer_id, "append", {"notes": [None, said]})


def here(seat: Workstation) -> dict[tuple[str, str], dict[str, Any]]:
    """Everything of the segment, as a workstation has it after its next sync."""
    seat.sync()
    return {key: row["body"] for key, row in seat.slices["customers:home"].items()}


def of(rows: dict[tuple[str, str], dict[str, Any]], entity: str, customer_id: str) -> list[str]:
    return sorted(id_ for (noun, id_), body in rows.items() if noun == entity and body["customer_id"] == customer_id)


def test_everything_follows_and_the_chosen_fields_stand(seat: Workstation) -> None:
    first, second = contact(seat, "C-2"), seat.ticket("C-2")
    seat.push(first, second, note(seat, "C-2", "要回电"))
    answer = merge(seat, "C-2", "C-1", "name", mark="m")
    assert answer["verdict"] == "applied", answer
    assert answer["changed"]["moved"] == [{"entity": "contact", "count": 1}, {"entity": "ticket", "count": 1}]
    rows = here(seat)
    assert ("customer", "C-2") not in rows
    whole = rows["customer", "C-1"]
    assert (whole["name"], whole["email"], whole["company"]) == ("客户一", "a@b.cn", "云岚")
    assert whole["phones"] == ["+8613800000001", "+8613800000002"]
    assert (whole["tags"], whole["value_fen"], whole["since"]) == (["网络", "账单"], 500, "2020-01-01")
    assert [line["text"] for line in whole["notes"]] == ["要回电"]
    assert of(rows, "contact", "C-1") == [first["id"]]
    assert of(rows, "ticket", "C-1") == [second["id"]]
    told = rows["customer_merge", "C-2.m"]
    assert (told["customer_id"], told["gone"], told["name"], told["by"]) == ("C-1", "C-2", "客户一", "lin.yue")
    assert told["undo_until"][:10] > told["at"][:10]
    found = seat.http.get("/customers", params={"number": "13800000002"}).json()["customers"]
    assert [one["customer"]["id"] for one in found] == ["C-1"]


def test_undone_merge_gives_back_what_was_theirs_and_lists_what_stays(seat: Workstation) -> None:
    old = contact(seat, "C-2")
    seat.push(old, note(seat, "C-2", "要回电"))
    before = here(seat)
    merge(seat, "C-2", "C-1", "name", mark="m")
    new = contact(seat, "C-2", at="2099-01-01T00:00:00.000Z")
    seat.push(new, note(seat, "C-1", "合并之后"))
    assert undo(seat, "C-2.m")["reason"] is None
    rows = here(seat)
    assert rows["customer", "C-2"] == before["customer", "C-2"]
    theirs = rows["customer", "C-1"]
    assert [line["text"] for line in theirs.pop("notes")] == ["合并之后"]
    assert theirs == {name: value for name, value in before["customer", "C-1"].items() if name != "notes"}
    assert (of(rows, "contact", "C-1"), of(rows, "contact", "C-2")) == ([new["id"]], [old["id"]])
    assert rows["customer_merge", "C-2.m"]["stayed"] == [
        {"kind": "field", "entity": "customer", "name": "notes"},
        {"kind": "row", "entity": "contact", "name": new["id"]},
    ]
    found = seat.http.get("/customers", params={"number": "13800000002"}).json()["customers"]
    assert [one["customer"]["id"] for one in found] == ["C-2"]


def test_what_the_other_workstation_wrote_offline_lands_on_who_stays(seat: Workstation, sit_at: SitAt) -> None:
    other = sit_at("wang.qiang")
    other.sync()
    merge(seat, "C-2", "C-1", mark="m")
    call, ticket = contact(other, "C-2"), other.ticket("C-2")
    said = note(other, "C-2", "线下写的")
    learnt = other.op("customer", "C-2", "append", {"phones": [None, "+8613812345678"]})
    region = other.op("customer", "C-2", "update", {"region": [None, "杭州"]})
    answers = other.push(call, ticket, said, learnt, region)
    assert [one["verdict"] for one in answers] == ["applied", "applied", "merged", "merged", "merged"]
    rows = here(seat)
    assert of(rows, "contact", "C-1") == [call["id"]]
    assert of(rows, "ticket", "C-1") == [ticket["id"]]
    assert rows["customer", "C-1"]["phones"][-1] == "+8613812345678"
    assert rows["customer", "C-1"]["region"] == "杭州"


def test_field_that_both_had_otherwise_becomes_a_conflict_of_who_stays(seat: Workstation, sit_at: SitAt) -> None:
    other = sit_at("wang.qiang")
    merge(seat, "C-2", "C-1", mark="m")
    [answer] = other.push(other.op("customer", "C-2", "update", {"name": ["客户一", "客户壹"]}))
    assert (answer["verdict"], answer["changed"]) == ("conflict", {"name": "客户 1"})
    [line] = other.http.get("/sync/v1/conflicts").json()["conflicts"]
    assert (line["row_id"], line["mine"], line["now"]) == ("C-1", "客户壹", "客户 1")


def test_open_conflict_goes_along_and_comes_back(seat: Workstation, sit_at: SitAt) -> None:
    other = sit_at("wang.qiang")
    seat.push(seat.op("customer", "C-2", "update", {"name": ["客户一", "甲"]}))
    other.push(other.op("customer", "C-2", "update", {"name": ["客户一", "乙"]}))
    merge(seat, "C-2", "C-1", mark="m")
    [line] = other.http.get("/sync/v1/conflicts").json()["conflicts"]
    assert line["row_id"] == "C-1"
    undo(seat, "C-2.m")
    [line] = other.http.get("/sync/v1/conflicts").json()["conflicts"]
    assert (line["row_id"], line["now"]) == ("C-2", "甲")


def test_one_batch_that_writes_merges_and_writes_again_loses_nothing(seat: Workstation) -> None:
    before = contact(seat, "C-2")
    merging = seat.op("customer_merge", "C-2.m", "create", {"customer_id": "C-1", "gone": "C-2", "taken": []})
    after = contact(seat, "C-2")
    said = note(seat, "C-2", "之后")
    answers = seat.push(before, merging, after, said)
    assert [one["verdict"] for one in answers] == ["applied", "applied", "applied", "merged"]
    rows = here(seat)
    assert of(rows, "contact", "C-1") == sorted([before["id"], after["id"]])
    assert [line["text"] for line in rows["customer", "C-1"]["notes"]] == ["之后"]


def test_chain_leads_to_the_last_and_is_undone_from_its_end(seat: Workstation) -> None:
    call = contact(seat, "C-2")
    seat.push(call)
    before = here(seat)
    merge(seat, "C-2", "C-1", mark="a")
    merge(seat, "C-1", "C-3", "name", mark="b")
    assert here(seat)["customer_merge", "C-2.a"]["customer_id"] == "C-3"
    late = contact(seat, "C-2")
    assert seat.push(late)[0]["verdict"] == "applied"
    assert of(here(seat), "contact", "C-3") == sorted([call["id"], late["id"]])
    assert undo(seat, "C-2.a")["reason"] == "merged_since"
    assert undo(seat, "C-1.b")["reason"] is None
    assert undo(seat, "C-2.a")["reason"] is None
    rows = here(seat)
    assert {key: rows[key] for key in before if key[0] == "customer"} == {
        key: body for key, body in before.items() if key[0] == "customer"
    }
    assert of(rows, "contact", "C-2") == [call["id"]]
    assert of(rows, "contact", "C-3") == [late["id"]]


def test_merged_parted_and_merged_again(seat: Workstation) -> None:
    merge(seat, "C-2", "C-1", mark="a")
    undo(seat, "C-2.a")
    assert merge(seat, "C-2", "C-1", mark="b")["verdict"] == "applied"
    assert merge(seat, "C-2", "C-3", mark="c")["reason"] == "already_merged"
    assert undo(seat, "C-2.a")["reason"] in ("not_possible", None)
    assert ("customer", "C-2") not in here(seat)


def test_two_merges_of_the_same_two_at_once_leave_one(seat: Workstation, sit_at: SitAt) -> None:
    other = sit_at("wang.qiang")
    gate, answers = threading.Barrier(2), []

    def go(who: Workstation, gone: str, stays: str) -> None:
        gate.wait()
        answers.append(merge(who, gone, stays))

    both = [threading.Thread(target=go, args=args) for args in ((seat, "C-1", "C-2"), (other, "C-2", "C-1"))]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(str(answer["reason"]) for answer in answers) == ["None", "already_merged"]
    rows = here(seat)
    [stays] = [id_ for noun, id_ in rows if noun == "customer" and id_ in ("C-1", "C-2")]
    assert set(rows["customer", stays]["phones"]) == {"+8613800000001", "+8613800000002"}


def test_same_command_twice_merges_once(seat: Workstation) -> None:
    op = seat.op("customer_merge", "C-2.m", "create", {"customer_id": "C-1", "gone": "C-2", "taken": []})
    seat.push(op)
    assert seat.push(op)[0]["verdict"] == "duplicate"
    assert here(seat)["customer", "C-1"]["value_fen"] == 500


@pytest.mark.parametrize(
    ("gone", "stays", "fields", "reason"),
    [
        ("C-2", "C-2", {}, "already_merged"),
        ("C-2", "C-99", {}, "unknown_customer"),
        ("C-2", "C-1", {"taken": ["phones"]}, "bad_field"),
        ("C-2", "C-1", {"nth": 7}, "not_allowed"),
        ("C-2", "C-1", {"by": "zhou.min"}, "not_allowed"),
        ("C-2", "C-1", {"gone": ["C-2"]}, "bad_field"),
        ("C-2", "C-1", {"customer_id": {"id": "C-1"}}, "bad_field"),
    ],
    ids=["itself", "nobody", "list", "order", "author", "several", "object"],
)
def test_what_is_no_merge_is_refused_and_changes_nothing(
    seat: Workstation, gone: str, stays: str, fields: dict[str, Any], reason: str
) -> None:
    before = here(seat)
    wanted = {"customer_id": stays, "gone": gone, "taken": [], **fields}
    [answer] = seat.push(seat.op("customer_merge", f"{gone}.m", "create", wanted))
    assert (answer["verdict"], answer["reason"]) == ("rejected", reason)
    assert here(seat) == before


def test_merge_over_two_groups_is_a_leads(seat: Workstation, sit_at: SitAt) -> None:
    assert merge(seat, "C-4", "C-1")["reason"] in ("other_segment", "unknown_customer")
    sit_at("admin").http.post("/admin/users", json=A_MANAGER).raise_for_status()
    manager = sit_at(MANAGER)
    manager.push(manager.ticket("C-4"))
    assert merge(manager, "C-4", "C-1", mark="m")["verdict"] == "applied"
    [ticket] = of(here(manager), "ticket", "C-1")
    assert manager.row("ticket", ticket)["body"]["segment"] == "home"
    assert undo(manager, "C-4.m")["reason"] is None
    manager.sync()
    assert manager.row("ticket", ticket)["body"]["segment"] == "business"


@pytest.mark.parametrize("login", ["qian.ning", "ye.wen"], ids=["quality", "editor"])
def test_who_does_not_answer_customers_merges_none(sit_at: SitAt, login: str) -> None:
    assert merge(sit_at(login), "C-2", "C-1")["reason"] == "not_allowed"


def test_undo_is_for_the_author_or_a_lead(seat: Workstation, sit_at: SitAt) -> None:
    merge(seat, "C-2", "C-1", mark="m")
    assert undo(sit_at("wang.qiang"), "C-2.m")["reason"] == "not_allowed"
    assert undo(sit_at(LEAD), "C-2.m")["reason"] is None


def test_who_was_told_apart_is_known_to_be_somebody_else(seat: Workstation) -> None:
    seat.push(seat.op("customer", "C-1", "append", {"apart": [None, "C-2"]}))
    assert here(seat)["customer", "C-1"]["apart"] == ["C-2"]


@pytest.mark.parametrize("new_site", ["sqlite"], indirect=True)
def test_any_order_of_merges_and_undos_ends_with_what_was_before(seat: Workstation) -> None:
    calls = [contact(seat, f"C-{n}") for n in (1, 2, 3) for _ in range(2)]
    seat.push(*calls)
    before = here(seat)
    people = {key: body for key, body in before.items() if key[0] == "customer"}
    owners = {key[1]: body["customer_id"] for key, body in before.items() if key[0] == "contact"}

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.lists(st.tuples(st.sampled_from("123"), st.sampled_from("123"), st.booleans()), max_size=6))
    def play(steps: list[tuple[str, str, bool]]) -> None:
        done: list[str] = []
        for gone, stays, is_undo in steps:
            if is_undo and done:
                assert undo(seat, done.pop())["reason"] is None
                continue
            mark = f"C-{gone}.{uuid.uuid4()}"
            fields = {"customer_id": f"C-{stays}", "gone": f"C-{gone}", "taken": ["name", "email"]}
            [answer] = seat.push(seat.op("customer_merge", mark, "create", fields))
            if answer["verdict"] == "applied":
                done.append(mark)
            rows = here(seat)
            held = [key for key in rows if key[0] == "contact"]
            assert len(held) == len(owners)
            assert all(("customer", rows[key]["customer_id"]) in rows for key in held)
        for mark in reversed(done):
            assert undo(seat, mark)["reason"] is None
        rows = here(seat)
        assert {key: body for key, body in rows.items() if key[0] == "customer"} == people
        assert {key[1]: body["customer_id"] for key, body in rows.items() if key[0] == "contact"} == owners

    play()


def test_lead_lists_who_may_be_the_same_and_nobody_told_apart(server: ServerThread, sit_at: SitAt) -> None:
    lead = sit_at(LEAD)
    lead.push(lead.op("customer", "C-3", "append", {"phones": [None, "+8613800000001"]}))
    lead.push(lead.op("customer", "C-2", "update", {"email": [None, "A@b.cn"]}))
    found = lead.http.get("/customers/duplicates").json()["duplicates"]
    assert found == [
        {"reason": "number", "customers": ["C-1", "C-3"]},
        {"reason": "email", "customers": ["C-1", "C-2"]},
    ]
    lead.push(lead.op("customer", "C-3", "append", {"apart": [None, "C-1"]}))
    found = lead.http.get("/customers/duplicates").json()["duplicates"]
    assert found == [{"reason": "email", "customers": ["C-1", "C-2"]}]
    assert sit_at().http.get("/customers/duplicates").status_code == 403


def test_time_for_undoing_is_the_sites_and_ends(new_site: NewSite, capsys: pytest.CaptureFixture[str]) -> None:
    site = new_site((a_customer(1), a_customer(2)))
    place = ["--home", str(site.home), "--database", site.database.render_as_string(hide_password=False)]
    assert main(["merges", "days", "0", *place]) == 0
    assert main(["merges", "days", "-1", *place]) == 1
    capsys.readouterr()
    assert main(["merges", "days", *place]) == 0
    assert capsys.readouterr().out == "0\n"
    with serving(site) as running, Workstation(running.address, "lin.yue") as seat:
        merge(seat, "C-2", "C-1", mark="m")
        assert undo(seat, "C-2.m")["reason"] == "too_late"
        assert here(seat)["customer", "C-1"]["phones"] == ["+8613800000001", "+8613800000002"]
