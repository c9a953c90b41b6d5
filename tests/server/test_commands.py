"""What commands do, once each: creating, merging, refusing, numbering."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from agent_model.moment import from_text
from agent_model.wire import OPS_A_BATCH
from tests.in_process import ServerThread
from tests.server.conftest import SitAt, executed
from tests.server.workstation import WRITTEN_AT, Workstation


def count(server: ServerThread, query: str) -> int:
    return int(executed(server.settings, query)[0][0])


def contact(seat: Workstation, **fields: Any) -> dict[str, Any]:
    body = {"customer_id": "C-1", "kind": "call_in", "at": WRITTEN_AT, "title": "来电", "agent": seat.login, **fields}
    return seat.op("contact", str(uuid.uuid4()), "create", body)


def test_survey_takes_the_rating_of_its_caller_once_and_a_call_takes_none(seat: Workstation) -> None:
    survey, call = contact(seat, kind="survey"), contact(seat)
    seat.push(survey, call)

    def rate(told: dict[str, Any], rating: int, version: int) -> str:
        wish = seat.op("contact", told["id"], "update", {"rating": [None, rating]}, base_version=version)
        [answer] = seat.push(wish)
        return str(answer["verdict"])

    assert [rate(survey, 5, 1), rate(survey, 1, 2), rate(call, 5, 1)] == ["applied", "rejected", "rejected"]
    seat.sync()
    assert seat.row("contact", survey["id"])["body"]["rating"] == 5


def test_ticket_gets_number_and_promise(seat: Workstation) -> None:
    wish = seat.ticket()
    [first] = seat.push(wish)
    [second] = seat.push(seat.ticket())

    assert (first["verdict"], first["version"]) == ("applied", 1)
    assert first["changed"]["number"] == "TK-204718"
    assert second["changed"]["number"] == "TK-204719"
    seat.sync()
    body = seat.row("ticket", wish["id"])["body"]
    assert body["number"] == "TK-204718"
    assert body["segment"] == "home"
    assert body["subject"] == "网速慢"


def test_promise_follows_type_and_priority(seat: Workstation) -> None:
    now = seat.hello()["server_time"]
    kinds: dict[int, dict[str, str]] = {
        48: {"type": "complaint", "priority": "low"},
        4: {"priority": "urgent"},
        8: {"priority": "high"},
        24: {"priority": "normal"},
        72: {"priority": "low"},
    }
    answers = seat.push(*(seat.ticket(created_at=now, **fields) for fields in kinds.values()))

    promised = [from_text(answer["changed"]["due_at"]) - from_text(now) for answer in answers]
    assert promised == [timedelta(hours=hours) for hours in kinds]


def test_promise_does_not_trust_a_clock_a_year_off(seat: Workstation) -> None:
    now = seat.hello()["server_time"]
    [answer] = seat.push(seat.ticket(created_at="2020-01-01T00:00:00.000Z"))

    assert answer["changed"]["due_at"] > now


def test_same_command_again_changes_nothing(seat: Workstation, server: ServerThread) -> None:
    wish = seat.ticket()
    [first] = seat.push(wish)
    heads = seat.hello()["scopes"]

    [again] = seat.push(wish)
    twins = seat.push(wish, wish)

    assert again == {**first, "verdict": "duplicate"}
    assert twins == [again, again]
    assert seat.hello()["scopes"] == heads
    assert count(server, "SELECT count(*) FROM ticket") == 1


def test_command_twice_in_its_first_batch_takes_effect_once(seat: Workstation, server: ServerThread) -> None:
    wish = seat.ticket()
    first, second = seat.push(wish, wish)

    assert (first["verdict"], second["verdict"]) == ("applied", "duplicate")
    assert count(server, "SELECT count(*) FROM ticket") == 1


def test_same_batch_sent_by_many_at_once_takes_effect_once(seat: Workstation, server: ServerThread) -> None:
    batch = [seat.ticket() for _ in range(20)]

    with ThreadPoolExecutor(6) as senders:
        answers = list(senders.map(lambda _: seat.push(*batch), range(6)))

    verdicts = [tuple(answer["verdict"] for answer in given) for given in answers]
    assert sorted(verdicts) == sorted([("applied",) * 20] + [("duplicate",) * 20] * 5)
    assert len({tuple(answer["changed"]["number"] for answer in given) for given in answers}) == 1
    assert count(server, "SELECT count(*) FROM ticket") == 20


def test_refusal_is_told_again_when_its_answer_was_lost(seat: Workstation) -> None:
    wish = seat.ticket(status="closed")
    first = seat.push(wish)

    assert seat.push(wish) == first
    assert first[0]["verdict"] == "rejected"


def test_field_untouched_by_others_is_merged(sit_at: SitAt) -> None:
    one, other = sit_at("lin.yue"), sit_at("wang.qiang")
    one.push(one.op("customer", "C-1", "update", {"email": [None, "a@example.com"]}, base_version=1))

    [answer] = other.push(other.op("customer", "C-1", "update", {"region": [None, "杭州"]}, base_version=1))

    assert (answer["verdict"], answer["version"]) == ("merged", 3)
    other.sync()
    body = other.row("customer", "C-1")["body"]
    assert (body["email"], body["region"]) == ("a@example.com", "杭州")


def test_clash_keeps_the_servers_value_and_both_texts(sit_at: SitAt, server: ServerThread) -> None:
    one, other = sit_at("lin.yue"), sit_at("wang.qiang")
    one.push(one.op("customer", "C-1", "update", {"email": [None, "a@example.com"]}, base_version=1))

    changes = {"email": [None, "b@example.com"], "region": [None, "杭州"]}
    wish = other.op("customer", "C-1", "update", changes, base_version=1)
    [answer] = other.push(wish)

    assert answer["verdict"] == "conflict"
    assert answer["changed"] == {"email": "a@example.com"}
    other.sync()
    body = other.row("customer", "C-1")["body"]
    assert (body["email"], body["region"]) == ("a@example.com", "杭州")
    kept = "SELECT count(*) FROM conflict WHERE mine = '\"b@example.com\"' AND theirs = '\"a@example.com\"'"
    assert count(server, kept) == 1
    assert other.push(wish) == [answer]
    assert count(server, kept) == 1


def test_clash_over_nothing_else_leaves_the_row_alone(sit_at: SitAt) -> None:
    one, other = sit_at("lin.yue"), sit_at("wang.qiang")
    one.push(one.op("customer", "C-1", "update", {"email": [None, "a@example.com"]}, base_version=1))
    heads = one.hello()["scopes"]

    [answer] = other.push(other.op("customer", "C-1", "update", {"email": [None, "b@example.com"]}, base_version=1))

    assert (answer["verdict"], answer["version"]) == ("conflict", 2)
    assert one.hello()["scopes"] == heads


def test_same_value_from_two_sides_is_no_clash(sit_at: SitAt) -> None:
    one, other = sit_at("lin.yue"), sit_at("wang.qiang")
    one.push(one.op("customer", "C-1", "update", {"tier": ["standard", "gold"]}, base_version=1))

    [answer] = other.push(other.op("customer", "C-1", "update", {"tier": ["standard", "gold"]}, base_version=1))

    assert (answer["verdict"], answer["version"]) == ("merged", 2)


def test_device_does_not_clash_with_itself(seat: Workstation) -> None:
    """Both were written offline, the second still showing the value from before the first."""
    first = seat.op("customer", "C-1", "update", {"email": [None, "a@example.com"]}, base_version=1)
    second = seat.op("customer", "C-1", "update", {"email": [None, "b@example.com"]}, base_version=1)

    answers = seat.push(first, second)

    assert [answer["verdict"] for answer in answers] == ["applied", "merged"]
    seat.sync()
    assert seat.row("customer", "C-1")["body"]["email"] == "b@example.com"


def test_notes_of_two_agents_are_both_kept(sit_at: SitAt) -> None:
    one, other = sit_at("lin.yue"), sit_at("wang.qiang")
    for seat, text in ((one, "喜欢晚上接电话"), (other, "有狗")):
        note = {"text": text, "author": seat.login, "at": WRITTEN_AT}
        [answer] = seat.push(seat.op("customer", "C-1", "append", {"notes": [None, note]}, base_version=1))
        assert answer["verdict"] in ("applied", "merged")

    one.sync()
    assert [note["text"] for note in one.row("customer", "C-1")["body"]["notes"]] == ["喜欢晚上接电话", "有狗"]


def test_status_follows_its_moves(seat: Workstation) -> None:
    wish = seat.ticket()
    moves = [["new", "in_progress"], ["in_progress", "resolved"], ["resolved", "in_progress"]]
    moves += [["in_progress", "resolved"], ["resolved", "closed"], ["closed", "in_progress"]]

    answers = seat.push(wish, *(seat.op("ticket", wish["id"], "update", {"status": move}) for move in moves))

    assert [answer["verdict"] for answer in answers[1:]] == ["merged"] * 5 + ["rejected"]
    assert answers[-1]["reason"] == "illegal_status"


def test_unknown_caller_becomes_customer_with_call_and_ticket(seat: Workstation) -> None:
    fields = {"segment": "home", "name": "新客户", "phones": ["+8613912345678"]}
    customer = seat.op("customer", "new-1", "create", fields)
    call = contact(seat, customer_id="new-1") | {"depends_on": customer["op_id"]}
    ticket = seat.ticket("new-1", {"depends_on": customer["op_id"]})

    answers = seat.push(customer, call, ticket)

    assert [answer["verdict"] for answer in answers] == ["applied"] * 3
    found = seat.http.get("/customers", params={"number": "139 1234 5678"}).json()["customers"]
    assert [(one["customer"]["id"], len(one["contacts"]), len(one["tickets"])) for one in found] == [("new-1", 1, 1)]


def test_what_depends_on_a_refused_command_is_refused_and_the_rest_goes_on(seat: Workstation) -> None:
    refused = seat.op("customer", "new-1", "create", {"segment": "nowhere", "name": "x", "phones": []})
    dependent = seat.ticket("new-1", {"depends_on": refused["op_id"]})
    independent = seat.ticket()
    [first, second, third] = seat.push(refused, dependent, independent)
    [later] = seat.push(seat.ticket("new-1", {"depends_on": refused["op_id"]}))
    [lost] = seat.push(seat.ticket(more={"depends_on": "never sent"}))

    assert (first["reason"], second["reason"]) == ("not_allowed", "depends_on_rejected")
    assert third["verdict"] == "applied"
    assert later["reason"] == "depends_on_rejected"
    assert lost["reason"] == "depends_on_unknown"


def test_wrap_up_is_added_to_ones_own_call_only(sit_at: SitAt) -> None:
    one, other = sit_at("lin.yue"), sit_at("wang.qiang")
    call = contact(one)
    wrap_up = {"wrap_up_code": [None, "answered"]}

    [_, own] = one.push(call, one.op("contact", call["id"], "update", wrap_up, base_version=1))
    [foreign] = other.push(other.op("contact", call["id"], "update", wrap_up, base_version=1))

    assert own["verdict"] == "applied"
    assert foreign["reason"] == "not_yours"


@pytest.mark.parametrize("code", ["fault-net", "made up"])
def test_branch_of_the_tree_or_unheard_of_disposition_is_refused(seat: Workstation, code: str) -> None:
    call = contact(seat)
    wrong = seat.op("contact", call["id"], "update", {"wrap_up_code": [None, code]}, base_version=1)
    right = seat.op("contact", call["id"], "update", {"wrap_up_code": [None, "fault-solved"]}, base_version=1)
    [_, refused, taken] = seat.push(call, wrong, right)

    assert refused["reason"] == "unknown_disposition"
    assert taken["verdict"] == "applied"


MAY_NOT_BE: list[tuple[dict[str, Any], str]] = [
    ({"author": "wang.qiang"}, "not_yours"),
    ({"entity": "spaceship"}, "unknown_entity"),
    ({"entity": "article"}, "not_allowed"),
    ({"entity": "op_log"}, "unknown_entity"),
    ({"fields": {"colour": [None, "red"]}}, "unknown_field"),
    ({"fields": {"version": [None, 7]}}, "unknown_field"),
    ({"fields": {"field_devices": [None, {}]}}, "unknown_field"),
    ({"fields": {}}, "bad_field"),
]
TICKETS_THAT_MAY_NOT_BE: list[tuple[dict[str, Any], str]] = [
    ({"created_by": "wang.qiang"}, "not_yours"),
    ({"number": "TK-1"}, "not_allowed"),
    ({"segment": "business"}, "not_allowed"),
    ({"status": "closed"}, "illegal_status"),
    ({"status": "flying"}, "bad_field"),
    ({"status": ["new"]}, "bad_field"),
    ({"priority": None}, "bad_field"),
    ({"subject": 5}, "bad_field"),
    ({"subject": "a\x00b"}, "bad_field"),
    ({"created_at": "2026-11-21T10:00:00"}, "bad_field"),
    ({"created_at": "0001-01-01T00:00:00+23:00"}, "bad_field"),
    ({"created_at": 0}, "bad_field"),
    ({"customer_id": "C-404"}, "unknown_customer"),
    ({"customer_id": 7}, "bad_field"),
]
CHANGES_THAT_MAY_NOT_BE: list[tuple[dict[str, Any], str]] = [
    ({"segment": ["home", "business"]}, "not_allowed"),
    ({"notes": [[], [{"text": "x", "author": "lin.yue", "at": WRITTEN_AT}]]}, "not_allowed"),
    ({"value_fen": [0, 1]}, "not_allowed"),
    ({"phones": [["+8613800000001"], ["138 0000 0001"]]}, "bad_field"),
    ({"phones": [["+8613800000001"], "+8613800000001"]}, "bad_field"),
    ({"is_verified": [False, "yes"]}, "bad_field"),
    ({"tier": ["standard", "platinum"]}, "bad_field"),
]


def test_commands_that_may_not_be_are_refused(seat: Workstation) -> None:
    heads = seat.hello()["scopes"]
    answers = seat.push(*({**seat.ticket(), **change} for change, _ in MAY_NOT_BE))

    assert [answer["verdict"] for answer in answers] == ["rejected"] * len(MAY_NOT_BE)
    assert [answer["reason"] for answer in answers] == [reason for _, reason in MAY_NOT_BE]
    assert seat.hello()["scopes"] == heads


def test_tickets_that_may_not_be_are_refused_and_hold_nothing_up(seat: Workstation) -> None:
    refused = [seat.ticket(**fields) for fields, _ in TICKETS_THAT_MAY_NOT_BE]
    answers = seat.push(*refused, seat.ticket())

    assert [answer["reason"] for answer in answers] == [*(reason for _, reason in TICKETS_THAT_MAY_NOT_BE), None]
    assert answers[-1]["changed"]["number"] == "TK-204718"


def test_changes_of_a_customer_that_may_not_be_are_refused(seat: Workstation) -> None:
    heads = seat.hello()["scopes"]
    answers = seat.push(
        *(seat.op("customer", "C-1", "update", fields, base_version=1) for fields, _ in CHANGES_THAT_MAY_NOT_BE)
    )

    assert [answer["reason"] for answer in answers] == [reason for _, reason in CHANGES_THAT_MAY_NOT_BE]
    assert seat.hello()["scopes"] == heads


def test_value_the_database_cannot_hold_is_refused_alone(seat: Workstation) -> None:
    first, heavy, last = seat.ticket(), contact(seat, duration_s=2**63), seat.ticket()
    answers = seat.push(first, heavy, last)

    assert [answer["reason"] for answer in answers] == [None, "not_storable", None]
    assert [answer["changed"].get("number") for answer in answers] == ["TK-204718", None, "TK-204719"]
    assert seat.push(heavy) == [answers[1]]


def test_call_knows_how_it_sounded_and_garbled_figures_are_refused(seat: Workstation) -> None:
    sounded = {"codec": "PCMA", "mos": 4.1, "mos_min": 3.2, "loss_pct": 1.5, "jitter_ms": 4, "round_trip_ms": 38.5}
    told = contact(seat, quality=sounded)
    verdicts = seat.push(told, contact(seat, quality={**sounded, "mos": "good"}), contact(seat, quality=None))
    seat.sync()

    assert [(answer["verdict"], answer["reason"]) for answer in verdicts] == [
        ("applied", None),
        ("rejected", "bad_field"),
        ("applied", None),
    ]
    kept = seat.row("contact", told["id"])["body"]["quality"]
    assert kept == {**sounded, "mos_there": None, "loss_there_pct": None}


def test_call_knows_which_number_the_customer_was_to_see(seat: Workstation) -> None:
    told = contact(seat, shown_number="4008100200")
    verdicts = seat.push(told)
    seat.sync()

    assert verdicts[0]["verdict"] == "applied"
    assert seat.row("contact", told["id"])["body"]["shown_number"] == "4008100200"


@pytest.mark.parametrize("name", ["", " \u3000", "\u200b\ufeff", "\u3164"], ids=ascii)
def test_customer_without_a_name_that_is_seen_is_refused(seat: Workstation, name: str) -> None:
    seat.sync()
    was = seat.row("customer", "C-1")["body"]["name"]
    created = seat.op("customer", "new-1", "create", {"segment": "home", "name": name, "phones": []})
    emptied = seat.op("customer", "C-1", "update", {"name": [was, name]})
    assert [answer["reason"] for answer in seat.push(created, emptied)] == ["name_missing", "name_missing"]


def test_note_in_another_name_is_refused(seat: Workstation) -> None:
    note = {"text": "x", "author": "wang.qiang", "at": WRITTEN_AT}
    [answer] = seat.push(seat.op("customer", "C-1", "append", {"notes": [None, note]}))

    assert answer["reason"] == "not_yours"


def test_row_one_may_not_see_reads_as_unknown(sit_at: SitAt, server: ServerThread) -> None:
    editor, agent = sit_at("ye.wen"), sit_at("lin.yue")
    [refused] = editor.push(editor.op("customer", "C-1", "update", {"region": [None, "x"]}))
    [unknown] = agent.push(agent.op("customer", "C-404", "update", {"region": [None, "x"]}))

    assert refused["reason"] == "not_allowed"
    assert unknown["reason"] == "unknown_row"


def test_op_of_another_author_is_not_shown(sit_at: SitAt) -> None:
    one, other = sit_at("lin.yue"), sit_at("wang.qiang")
    wish = one.ticket()
    one.push(wish)

    [answer] = other.push({**other.ticket(), "op_id": wish["op_id"]})

    assert (answer["verdict"], answer["reason"], answer["changed"]) == ("rejected", "not_yours", {})


def test_id_that_is_taken_is_refused(seat: Workstation) -> None:
    wish = seat.ticket()
    answers = seat.push(wish, {**seat.ticket(), "id": wish["id"]})

    assert [answer["reason"] for answer in answers] == [None, "id_taken"]


@pytest.mark.parametrize(
    "change",
    [
        {"op_id": 5},
        {"op_id": "x" * 65},
        {"id": ""},
        {"device_seq": "1"},
        {"device_seq": -1},
        {"base_version": None},
        {"kind": "destroy"},
        {"fields": []},
        {"fields": {"subject": "alone"}},
        {"occurred_at": "yesterday"},
        {"author": None},
        {"depends_on": 7},
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_garbled_command_refuses_its_whole_batch(
    unharmed: Workstation, unharmed_server: ServerThread, change: dict[str, Any]
) -> None:
    seat = unharmed
    answer = seat.post([seat.ticket(), {**seat.ticket(), **change, "device_seq": change.get("device_seq", 99)}])

    assert (answer.status_code, answer.json()["error"]) == (422, "bad_request")
    assert count(unharmed_server, "SELECT count(*) FROM op_log") == 0


def test_batches_have_an_order_and_a_size(seat: Workstation, server: ServerThread) -> None:
    first, second = seat.ticket(), seat.ticket()
    turned = seat.post([second, first])
    long = seat.post([seat.ticket() for _ in range(OPS_A_BATCH + 1)])
    foreign = seat.post([seat.ticket()], device_id="another")

    assert (turned.status_code, turned.json()["error"]) == (422, "ops_out_of_order")
    assert (long.status_code, long.json()["error"]) == (422, "too_many_ops")
    assert (foreign.status_code, foreign.json()["error"]) == (403, "device_not_yours")
    assert count(server, "SELECT count(*) FROM op_log") == 0
    assert seat.push() == []
