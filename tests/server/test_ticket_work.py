"""Work on tickets on the server: moves by their flow, comments, hand-overs, watchers, sub-tasks, links, merging."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent_model.agent import Role
from agent_model.body import to_body
from agent_model.ticket import TicketStatus, TicketType
from agent_model.ticket_flow import SHIPPED
from agent_server.importing.company_folder import BadSource
from tests.in_process import COMPANY, ServerThread, a_customer, import_into
from tests.server.conftest import SitAt, executed
from tests.server.officers import appoint
from tests.server.workstation import WRITTEN_AT, Workstation

LEAD = "zhou.min"
FLOWS = COMPANY.parent / "flows.toml"
SUPPORT, VIP = ("support", "field"), ("vip", "network")


@pytest.fixture
def handler(server: ServerThread, sit_at: SitAt) -> Workstation:
    """Of the network department, which works the queue vip."""
    appoint(server.settings, "net.handler", Role.DEPARTMENT, "vip")
    return sit_at("net.handler")


def filed(seat: Workstation, **fields: Any) -> str:
    wish = seat.ticket(**fields)
    [answer] = seat.push(wish)
    assert answer["verdict"] == "applied", answer
    return str(wish["id"])


def body(seat: Workstation, ticket_id: str) -> dict[str, Any]:
    seat.sync()
    return dict(seat.row("ticket", ticket_id)["body"])


def update(seat: Workstation, ticket_id: str, **fields: Any) -> Any:
    pairs = {name: list(pair) for name, pair in fields.items()}
    [answer] = seat.push(seat.op("ticket", ticket_id, "update", pairs, base_version=99))
    return answer["reason"] or answer["verdict"]


def append(seat: Workstation, ticket_id: str, **fields: Any) -> Any:
    pairs = {name: [None, value] for name, value in fields.items()}
    [answer] = seat.push(seat.op("ticket", ticket_id, "append", pairs, base_version=99))
    return answer["reason"] or answer["verdict"]


def comment(seat: Workstation, text: str = "已联系", **more: Any) -> dict[str, Any]:
    return {"author": seat.login, "at": WRITTEN_AT, "text": text, "kind": "internal", **more}


def place(queue: str, department: str, owner: str | None = None) -> dict[str, Any]:
    return {"queue": queue, "department": department, "owner": owner}


def hand_over(seat: Workstation, reason: str = "线路问题", **more: Any) -> dict[str, Any]:
    moved = {"by": seat.login, "at": WRITTEN_AT, "reason": reason}
    return {**moved, "before": place(*SUPPORT), "after": place(*VIP), **more}


def put_flow(server: ServerThread, type_: TicketType, **fields: Any) -> None:
    """A flow of the company's own, as an import would bring it."""
    row = {**to_body(SHIPPED[type_]), **fields}
    names = ", ".join(f'"{name}"' for name in row)
    values = ", ".join("'" + (value if isinstance(value, str) else json.dumps(value)) + "'" for value in row.values())
    executed(server.settings, f"INSERT INTO ticket_flow (id, version, {names}) VALUES ('{type_}', 1, {values})")  # noqa: S608


# ---- filing -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"queue": "nowhere"}, "unknown_place"),
        ({"department": "nowhere"}, "unknown_place"),
        ({"subject": ""}, "subject_missing"),
        ({"subject": " \u200b\u3000"}, "subject_missing"),
        ({"subject": "\u3164"}, "subject_missing"),
    ],
    ids=["no queue", "no department", "no subject", "zero width", "filler"],
)
def test_ticket_that_nobody_would_find_or_read_is_refused(
    seat: Workstation, fields: dict[str, Any], reason: str
) -> None:
    below = filed(seat)
    for more in ({}, {"parent": below}):
        [answer] = seat.push(seat.ticket(**fields, **more))
        assert (answer["verdict"], answer["reason"]) == ("rejected", reason)


def test_subject_is_not_emptied_later(seat: Workstation) -> None:
    ticket = filed(seat)
    assert update(seat, ticket, subject=("网速慢", "\u200b ")) == "subject_missing"
    assert body(seat, ticket)["subject"] == "网速慢"


def test_site_that_has_set_up_no_queues_names_them_as_it_likes(server: ServerThread, seat: Workstation) -> None:
    for noun in ("queue", "department"):
        executed(server.settings, f"DELETE FROM {noun}")  # noqa: S608
    ticket = filed(seat, customer_id=None, queue="anything", department="anything")
    moved = hand_over(seat, before=place("anything", "anything"), after=place("elsewhere", "elsewhere"))
    assert append(seat, ticket, hand_overs=moved) == "applied"


# ---- moves ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", TicketStatus)
@pytest.mark.parametrize("after", TicketStatus)
def test_shipped_flow_allows_what_was_always_allowed(before: TicketStatus, after: TicketStatus) -> None:
    allowed = {
        "new": {"in_progress", "waiting_customer", "resolved"},
        "in_progress": {"waiting_customer", "resolved"},
        "waiting_customer": {"in_progress", "resolved"},
        "resolved": {"in_progress", "closed"},
        "closed": set(),
    }
    moves = [flow.move(before, after) for flow in SHIPPED.values()]
    assert {move is not None for move in moves} == {after.value in allowed[before.value]}


def test_move_that_the_flow_of_its_type_does_not_have_is_refused(server: ServerThread, seat: Workstation) -> None:
    only = [{"before": "new", "after": "resolved", "needs_reason": False},
            {"before": "resolved", "after": "closed", "needs_reason": False}]  # fmt: skip
    put_flow(server, TicketType.FAULT, states=["new", "resolved", "closed"], first=["new"], moves=only)
    ticket = filed(seat)
    assert update(seat, ticket, status=("new", "in_progress")) == "illegal_status"
    assert update(seat, ticket, status=("new", "resolved")) == "applied"
    [refused] = seat.push(seat.ticket(status="in_progress"))
    assert refused["reason"] == "illegal_status"


def test_move_that_wants_a_reason_is_refused_without_one(server: ServerThread, seat: Workstation) -> None:
    moves = [{**to_body(move), "needs_reason": move.after is TicketStatus.IN_PROGRESS}
             for move in SHIPPED[TicketType.FAULT].moves]  # fmt: skip
    put_flow(server, TicketType.FAULT, moves=moves)
    ticket = filed(seat)
    assert update(seat, ticket, status=("new", "in_progress")) == "needs_reason"
    assert update(seat, ticket, status=("new", "in_progress"), status_reason=(None, "  ")) == "needs_reason"
    assert update(seat, ticket, status=("new", "in_progress"), status_reason=(None, "客户来电")) == "applied"
    assert body(seat, ticket)["status_reason"] == "客户来电"


def test_reason_of_a_move_goes_with_the_next_one(seat: Workstation) -> None:
    ticket = filed(seat)
    update(seat, ticket, status=("new", "resolved"), status_reason=(None, "已修好"))
    update(seat, ticket, status=("resolved", "in_progress"))
    assert body(seat, ticket)["status_reason"] is None


def test_reason_stays_out_when_its_move_clashes(seat: Workstation, sit_at: SitAt) -> None:
    ticket, lead = filed(seat), sit_at(LEAD)
    update(lead, ticket, status=("new", "resolved"), status_reason=(None, "好了"))
    assert update(seat, ticket, status=("new", "waiting_customer"), status_reason=(None, "等客户")) == "conflict"
    after = body(seat, ticket)
    assert (after["status"], after["status_reason"]) == ("resolved", "好了")


def test_type_whose_flow_lacks_the_state_is_refused(server: ServerThread, seat: Workstation) -> None:
    only = [{"before": "new", "after": "closed", "needs_reason": False}]
    put_flow(server, TicketType.PRAISE, states=["new", "closed"], first=["new"], moves=only)
    ticket = filed(seat, status="in_progress")
    assert update(seat, ticket, type=("fault", "praise")) == "illegal_status"


# ---- comments ---------------------------------------------------------------------------------------------


def test_comments_of_two_people_at_once_both_stand(seat: Workstation, sit_at: SitAt) -> None:
    ticket, lead = filed(seat), sit_at(LEAD)
    assert append(seat, ticket, comments=comment(seat)) == "applied"
    assert append(lead, ticket, comments=comment(lead, "已处理", kind="to_customer")) == "applied"
    told = [(one["author"], one["text"], one["kind"]) for one in body(seat, ticket)["comments"]]
    assert told == [("lin.yue", "已联系", "internal"), (LEAD, "已处理", "to_customer")]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"author": LEAD}, "not_yours"),
        ({"text": " \n"}, "bad_field"),
        ({"text": "x" * 20_001}, "bad_field"),
        ({"kind": "secret"}, "bad_field"),
    ],
    ids=["of another", "empty", "endless", "no kind"],
)
def test_comment_that_cannot_be_is_refused(seat: Workstation, change: dict[str, str], reason: str) -> None:
    assert append(seat, filed(seat), comments={**comment(seat), **change}) == reason


def test_nothing_is_said_in_the_future(seat: Workstation) -> None:
    ahead = "2099-01-01T00:00:00.000Z"
    wish = seat.ticket(created_at=ahead)
    [filed] = seat.push(wish)
    told = {"author": seat.login, "at": ahead, "text": "明年再说", "kind": "internal"}
    [answer] = seat.push(seat.op("ticket", wish["id"], "append", {"comments": [None, told]}))

    seat.sync()
    body = seat.row("ticket", wish["id"])["body"]
    assert filed["changed"]["created_at"] == body["created_at"] < ahead
    assert answer["changed"]["comments"] == body["comments"] == [{**told, "at": body["updated_at"]}]


def test_nobody_writes_a_ticket_with_comments_or_a_past(seat: Workstation) -> None:
    wishes = [
        seat.ticket(comments=[comment(seat)]),
        seat.ticket(hand_overs=[hand_over(seat)]),
        seat.ticket(subtasks=["T-1"]),
        seat.ticket(links=[{"kind": "related", "ticket": "T-1"}]),
        seat.ticket(merged_into="T-1"),
    ]
    assert [answer["reason"] for answer in seat.push(*wishes)] == ["not_allowed"] * 5


# ---- hand-over --------------------------------------------------------------------------------------------


def test_hand_over_moves_queue_department_and_owner_in_one(seat: Workstation, handler: Workstation) -> None:
    ticket = filed(seat)
    assert append(seat, ticket, hand_overs=hand_over(seat)) == "applied"
    after = body(handler, ticket)
    assert (after["queue"], after["department"], after["owner"]) == ("vip", "network", None)
    assert after["hand_overs"] == [hand_over(seat)]
    history = handler.http.get(f"/v1/history/ticket/{ticket}").json()["changes"]
    assert {one["field"] for one in history if one["version"] == 2} == {"queue", "department", "hand_overs"}


def test_department_works_its_queue_and_gives_it_back(seat: Workstation, handler: Workstation) -> None:
    ticket = filed(seat)
    assert update(handler, ticket, owner=(None, handler.login)) == "not_allowed"
    append(seat, ticket, hand_overs=hand_over(seat))
    assert update(handler, ticket, owner=(None, handler.login), status=("new", "in_progress")) == "applied"
    assert append(handler, ticket, comments=comment(handler, "已修复", kind="to_customer")) == "applied"
    back = hand_over(handler, "已修复", before=place(*VIP, handler.login), after=place(*SUPPORT, "lin.yue"))
    assert append(handler, ticket, hand_overs=back) == "applied"
    assert body(seat, ticket)["owner"] == "lin.yue"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"reason": "  "}, "needs_reason"),
        ({"by": LEAD}, "not_yours"),
        ({"before": place("billing", "field")}, "moved_meanwhile"),
        ({"after": place("nowhere", "network")}, "unknown_place"),
        ({"after": place("vip", "nowhere")}, "unknown_place"),
        ({"after": place(*VIP, "nobody")}, "unknown_person"),
        ({"after": place(*VIP, "admin")}, "unknown_person"),
    ],
    ids=["no reason", "of another", "moved", "no queue", "no department", "nobody", "not of the service"],
)
def test_hand_over_that_cannot_be_is_refused(seat: Workstation, change: dict[str, Any], reason: str) -> None:
    ticket = filed(seat)
    assert append(seat, ticket, hand_overs={**hand_over(seat), **change}) == reason
    assert body(seat, ticket)["queue"] == "support"


def test_queue_and_department_move_with_a_reason_only(seat: Workstation) -> None:
    ticket = filed(seat)
    assert update(seat, ticket, queue=("support", "vip")) == "not_allowed"
    assert update(seat, ticket, department=("field", "network")) == "not_allowed"


# ---- watchers ---------------------------------------------------------------------------------------------


def test_watcher_holds_the_ticket_as_its_owner_does(seat: Workstation, sit_at: SitAt) -> None:
    ticket, other = filed(seat, customer_id=None, queue="billing"), sit_at("luo.tao")
    assert update(seat, ticket, watchers=([], ["luo.tao"])) == "applied"
    other.pull("own:luo.tao")
    assert ("ticket", ticket) in other.slices["own:luo.tao"]
    other.take_snapshot("own:luo.tao")
    assert ("ticket", ticket) in other.slices["own:luo.tao"]
    update(seat, ticket, watchers=(["luo.tao"], []))
    other.cursors["own:luo.tao"] = 0
    other.pull("own:luo.tao")
    assert ("ticket", ticket) not in other.slices["own:luo.tao"]


def test_two_who_begin_to_watch_at_once_both_do(seat: Workstation, sit_at: SitAt) -> None:
    ticket, lead = filed(seat), sit_at(LEAD)
    update(seat, ticket, watchers=([], [seat.login]))
    assert update(lead, ticket, watchers=([], [LEAD])) == "applied"
    update(seat, ticket, watchers=([seat.login], []))
    assert body(seat, ticket)["watchers"] == [LEAD]


@pytest.mark.parametrize("name", ["admin", "nobody"])
def test_nobody_else_is_made_a_watcher_or_owner(seat: Workstation, name: str) -> None:
    ticket = filed(seat)
    assert update(seat, ticket, watchers=([], [name])) == "unknown_person"
    assert update(seat, ticket, owner=(None, name)) == "unknown_person"
    [refused] = seat.push(seat.ticket(owner=name))
    assert refused["reason"] == "unknown_person"


@pytest.mark.parametrize(
    "change",
    [
        {"subject": ("报修", "另一件事")},
        {"priority": ("normal", "high")},
        {"owner": (None, "lin.yue")},
        {"type": ("inquiry", "complaint")},
        {"customer_id": ("C-1", "C-2")},
    ],
    ids=lambda change: next(iter(change)),
)
def test_closed_ticket_stays_as_it_is(seat: Workstation, change: dict[str, tuple[Any, Any]]) -> None:
    ticket = filed(seat, subject="报修", type="inquiry")
    update(seat, ticket, status=("new", "resolved"))
    update(seat, ticket, status=("resolved", "closed"))
    before = body(seat, ticket)
    assert update(seat, ticket, **change) == "ticket_closed"
    assert body(seat, ticket) == before
    assert update(seat, ticket, watchers=([], ["lin.yue"])) == "applied"
    assert append(seat, ticket, comments=comment(seat, "又来电询问")) == "applied"


# ---- sub-tasks --------------------------------------------------------------------------------------------


def test_parent_knows_its_subtasks_and_waits_for_them(seat: Workstation) -> None:
    parent = filed(seat)
    child = filed(seat, parent=parent)
    assert body(seat, parent)["subtasks"] == [child]
    assert update(seat, parent, status=("new", "resolved")) == "open_subtasks"
    update(seat, child, status=("new", "resolved"))
    assert update(seat, parent, status=("new", "resolved")) == "applied"


def test_subtask_belongs_to_an_open_ticket_that_is_none_itself(seat: Workstation, sit_at: SitAt) -> None:
    parent = filed(seat)
    child = filed(seat, parent=parent)
    update(seat, child, status=("new", "resolved"))
    unseen = filed(seat, customer_id=None, queue="support", created_by="lin.yue")
    [below, done, unknown] = seat.push(
        seat.ticket(parent=child), seat.ticket(parent=filed(seat, status="resolved")), seat.ticket(parent="T-none")
    )
    assert [one["reason"] for one in (below, done, unknown)] == ["illegal_parent", "illegal_parent", "unknown_ticket"]
    stranger = sit_at("luo.tao")
    [not_held] = stranger.push(stranger.ticket(parent=unseen))
    assert not_held["reason"] == "unknown_ticket"


def test_department_files_nothing_but_subtasks(seat: Workstation, handler: Workstation) -> None:
    ticket = filed(seat, queue="vip")
    [alone, below] = handler.push(handler.ticket(queue="vip"), handler.ticket(queue="vip", parent=ticket))
    assert [alone["reason"], below["verdict"]] == ["not_allowed", "applied"]


# ---- links and merging ------------------------------------------------------------------------------------


def test_link_is_known_at_both_ends_and_gone_from_both(seat: Workstation) -> None:
    one, other = filed(seat), filed(seat)
    link, back = {"kind": "related", "ticket": other}, {"kind": "related", "ticket": one}
    assert update(seat, one, links=([], [link])) == "applied"
    assert body(seat, other)["links"] == [back]
    assert update(seat, other, links=([back], [])) == "applied"
    assert body(seat, one)["links"] == []


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ({"kind": "related", "ticket": "T-none"}, "unknown_ticket"),
        ({"kind": "merged", "ticket": "T-none"}, "not_allowed"),
        ({"kind": "cousin", "ticket": "T-none"}, "bad_field"),
    ],
    ids=["nowhere", "as if merged", "no kind"],
)
def test_link_that_cannot_be_is_refused(seat: Workstation, link: dict[str, str], reason: str) -> None:
    assert update(seat, filed(seat), links=([], [link])) == reason


def test_refused_links_leave_the_other_ends_alone(seat: Workstation) -> None:
    one, other = filed(seat), filed(seat)
    wanted = [{"kind": "related", "ticket": other}, {"kind": "related", "ticket": "T-none"}]
    assert update(seat, one, links=([], wanted)) == "unknown_ticket"
    assert body(seat, other)["links"] == []


def test_merged_ticket_is_closed_points_on_and_keeps_its_comments(seat: Workstation) -> None:
    one, other = filed(seat), filed(seat, watchers=["lin.yue"])
    append(seat, other, comments=comment(seat))
    assert update(seat, other, merged_into=(None, one)) == "applied"
    merged, into = body(seat, other), body(seat, one)
    assert (merged["status"], merged["merged_into"], len(merged["comments"])) == ("closed", one, 1)
    assert into["links"] == [{"kind": "merged", "ticket": other}]
    assert into["watchers"] == ["lin.yue"]


def test_merge_into_what_is_no_place_for_it_is_refused(seat: Workstation) -> None:
    ticket = filed(seat)
    places = [ticket, filed(seat, customer_id="C-2"), filed(seat, status="resolved"), filed(seat, type="complaint")]
    assert {update(seat, ticket, merged_into=(None, one)) for one in places} == {"illegal_merge"}
    assert update(seat, ticket, merged_into=(None, "T-none")) == "unknown_ticket"


def test_two_tickets_are_not_merged_into_each_other(seat: Workstation) -> None:
    one, other = filed(seat), filed(seat)
    update(seat, one, merged_into=(None, other))
    assert update(seat, other, merged_into=(None, one)) == "illegal_merge"


def test_same_merge_twice_changes_nothing(seat: Workstation) -> None:
    one, other = filed(seat), filed(seat)
    wish = seat.op("ticket", other, "update", {"merged_into": [None, one]})
    first, again = seat.push(wish), seat.push(wish)
    assert [first[0]["verdict"], again[0]["verdict"]] == ["merged", "duplicate"]
    assert len(body(seat, one)["links"]) == 1


def test_comment_that_comes_after_a_merge_stands_with_the_merged_ticket(seat: Workstation, sit_at: SitAt) -> None:
    one, other, lead = filed(seat), filed(seat), sit_at(LEAD)
    update(seat, other, merged_into=(None, one))
    assert append(lead, other, comments=comment(lead)) == "applied"


@pytest.mark.parametrize("login", ["ye.wen", "qian.ning", "admin"])
def test_who_serves_no_customers_works_on_no_ticket(seat: Workstation, sit_at: SitAt, login: str) -> None:
    other = sit_at(login)
    assert append(other, filed(seat), comments=comment(other)) == "not_allowed"


# ---- any sequence ------------------------------------------------------------------------------------------


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=st.lists(st.tuples(st.sampled_from(TicketStatus), st.booleans()), min_size=1, max_size=6))
def test_no_sequence_of_moves_comes_to_where_the_flow_does_not_lead(
    seat: Workstation, wanted: list[tuple[TicketStatus, bool]]
) -> None:
    flow, status = SHIPPED[TicketType.FAULT], TicketStatus.NEW
    ticket = filed(seat)
    for after, says_why in wanted:
        said = update(seat, ticket, status=(status, after), status_reason=(None, "因为" if says_why else None))
        if after is status:
            assert said in ("applied", "merged")
        elif flow.move(status, after) is None:
            assert said == "illegal_status"
        else:
            assert said == "applied"
            status = after
    seat.pull("queue:support")
    assert seat.row("ticket", ticket)["body"]["status"] == status


def test_flows_of_the_company_folder_are_held_to(server: ServerThread, seat: Workstation, tmp_path: Path) -> None:
    shutil.copy2(FLOWS, tmp_path / "flows.toml")
    import_into(server.settings, tmp_path)
    ticket = filed(seat, type="praise", category="praise")
    assert update(seat, ticket, status=("new", "in_progress")) == "illegal_status"
    complaint = filed(seat, type="complaint", category="complaint/service")
    assert update(seat, complaint, status=("new", "resolved")) == "needs_reason"
    seat.pull("org")
    assert seat.row("ticket_flow", "praise")["body"]["states"] == ["new", "resolved", "closed"]


@pytest.mark.parametrize(
    "text",
    [
        '[[flow]]\ntype = "praise"\nstates = ["new", "closed"]\nfirst = ["new"]\n',
        '[[flow]]\ntype = "unheard"\n',
        '[[flow]]\ntype = "praise"\ncolour = "red"\n',
        "[[flow",
    ],
    ids=["leads nowhere", "no type", "unknown word", "no toml"],
)
def test_flow_that_is_none_is_not_imported(server: ServerThread, tmp_path: Path, text: str) -> None:
    (tmp_path / "flows.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadSource):
        import_into(server.settings, tmp_path)


def test_import_of_a_ticket_again_keeps_what_was_done_with_it(
    server: ServerThread, seat: Workstation, tmp_path: Path
) -> None:
    told = a_customer(9)
    brought = {"id": "T-9", "subject": "旧", "type": "fault", "category": "fault/tv", "priority": "normal"}
    brought |= {"status": "new", "description": "", "queue": "support", "department": "field"}
    brought |= {"created_at": WRITTEN_AT, "created_by": "lin.yue"}
    told["tickets"] = [brought]
    source = tmp_path / "customers.jsonl"
    source.write_text(json.dumps(told), encoding="utf-8")
    import_into(server.settings, tmp_path)
    assert append(seat, "T-9", comments=comment(seat)) == "applied"
    update(seat, "T-9", watchers=([], ["lin.yue"]))
    brought["subject"] = "新"
    source.write_text(json.dumps(told), encoding="utf-8")
    import_into(server.settings, tmp_path)
    after = body(seat, "T-9")
    assert (after["subject"], after["watchers"], len(after["comments"])) == ("新", ["lin.yue"], 1)
