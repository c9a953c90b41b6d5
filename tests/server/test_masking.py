"""Phone and ID numbers, for roles that are to see them masked: nowhere whole, still matched, told for a reason."""

from collections.abc import Iterator
from typing import Any

import httpx
import orjson
import pytest

from agent_model.agent import Role
from agent_model.phone_number.on_record import number_hash
from agent_server.policy import Policy
from tests.in_process import ServerThread, a_customer, serving
from tests.server.conftest import NewSite, executed
from tests.server.officers import appoint, decide
from tests.server.test_rows_on_the_live_connection import listening
from tests.server.workstation import WRITTEN_AT, Workstation, rows_of_snapshot

PHONE = "+8613800000001"
ID_NUMBER = "330106199001011234"
SECRETS = (PHONE, PHONE[3:], ID_NUMBER)


@pytest.fixture
def server(new_site: NewSite) -> Iterator[ServerThread]:
    """Agents see numbers masked, team leads see them whole."""
    settings = new_site([a_customer(1, id_number=ID_NUMBER), a_customer(2), a_customer(3, "business")])
    decide(settings, Policy(masked=frozenset({Role.AGENT})))
    with serving(settings) as running:
        yield running


@pytest.fixture
def seat(server: ServerThread) -> Iterator[Workstation]:
    with Workstation(server.address, "lin.yue") as agent:
        yield agent


@pytest.fixture
def lead(server: ServerThread) -> Iterator[Workstation]:
    with Workstation(server.address, lead_of(server)) as person:
        yield person


def lead_of(server: ServerThread) -> str:
    [(login,), *_] = executed(server.settings, "SELECT login FROM agent WHERE role = 'team_lead' AND team = 'home'")
    return str(login)


def ways(seat: Workstation) -> dict[str, bytes]:
    """Everything through which a customer reaches a workstation."""
    packed = seat.http.get("/sync/v1/snapshot/customers:home").content
    every_bucket: dict[str, str | int] = {"scope": "customers:home", "buckets": 1, "bucket": "0"}
    return {
        "snapshot": orjson.dumps(list(rows_of_snapshot(packed).values())),
        "changes": seat.http.get("/sync/v1/changes", params={"scope": "customers:home", "since": 0}).content,
        "verify": seat.http.get("/sync/v1/verify/rows", params=every_bucket).content,
        "lookup": seat.http.get("/customers", params={"number": PHONE}).content,
    }


def customer(seat: Workstation) -> dict[str, Any]:
    seat.pull("customers:home")
    body: dict[str, Any] = seat.row("customer", "C-1")["body"]
    return body


@pytest.mark.parametrize("way", ["snapshot", "changes", "verify", "lookup"])
def test_no_way_brings_a_whole_number_to_who_sees_them_masked(seat: Workstation, way: str) -> None:
    brought = ways(seat)[way]

    assert b'"138****0001"' in brought
    assert b'"**************1234"' in brought
    assert not [secret for secret in SECRETS if secret.encode() in brought]


@pytest.mark.parametrize("way", ["snapshot", "changes", "verify", "lookup"])
def test_every_way_brings_it_to_who_sees_them_whole(lead: Workstation, way: str) -> None:
    brought = ways(lead)[way]

    assert PHONE.encode() in brought
    assert b"phone_keys" not in brought


def test_masked_and_whole_rows_are_told_apart_by_the_epoch(seat: Workstation, lead: Workstation) -> None:
    masked, whole = seat.hello()["epoch"], lead.hello()["epoch"]
    manifest = seat.http.get("/sync/v1/snapshot/customers:home/manifest").json()

    assert masked != whole
    assert manifest["epoch"] == masked
    assert "match_keys" not in lead.hello()


def test_caller_is_matched_by_the_keyed_hash_and_by_the_ending(seat: Workstation) -> None:
    key = bytes.fromhex(seat.hello()["match_keys"]["home"])
    [keys] = customer(seat)["phone_keys"]

    assert keys["whole"] == number_hash(key, PHONE)
    assert keys["endings"] == {n: number_hash(key, PHONE[-int(n) :]) for n in ("4", "5", "6", "7", "8")}


def test_keys_of_one_segment_say_nothing_of_another(seat: Workstation) -> None:
    keys = seat.hello()["match_keys"]

    assert set(keys) >= {"home", "business"}
    assert len(set(keys.values())) == len(keys)


def test_number_is_told_for_a_reason_that_is_written_down(server: ServerThread, seat: Workstation) -> None:
    asked = {"field": "phones", "position": 0, "purpose": "dial", "reason": "call back as promised"}
    told = seat.http.post("/customers/C-1/reveal", json=asked)
    shown = seat.http.post("/customers/C-1/reveal", json={"field": "id_number", "reason": "identity check"})

    assert (told.json(), shown.json()) == ({"value": PHONE}, {"value": ID_NUMBER})
    lines = executed(
        server.settings,
        "SELECT deed, who, subject, field, reason, device, address FROM audit_line "
        "WHERE deed IN ('dialled', 'revealed') ORDER BY seq",
    )
    where = (seat.device_id, "127.0.0.1")
    assert lines == [
        ("dialled", "lin.yue", "C-1", "phones", "call back as promised", *where),
        ("revealed", "lin.yue", "C-1", "id_number", "identity check", *where),
    ]


@pytest.mark.parametrize(
    ("customer_id", "asked", "refused"),
    [
        ("C-1", {"field": "phones"}, (422, "bad_request")),
        ("C-1", {"field": "phones", "reason": "  "}, (422, "bad_request")),
        ("C-1", {"field": "phones", "reason": "x" * 501}, (422, "bad_request")),
        ("C-1", {"field": "name", "reason": "curious"}, (422, "bad_request")),
        ("C-1", {"field": "phones", "reason": "curious", "purpose": ["look"]}, (422, "bad_request")),
        ("C-1", {"field": "phones", "reason": "curious", "position": -1}, (422, "bad_request")),
        ("C-1", {"field": "phones", "reason": "curious", "more": 1}, (422, "bad_request")),
        ("C-1", {"field": "phones", "reason": "curious", "position": 1}, (404, "not_found")),
        ("C-2", {"field": "id_number", "reason": "curious"}, (404, "not_found")),
        ("C-404", {"field": "phones", "reason": "curious"}, (404, "not_found")),
        ("x" * 200, {"field": "phones", "reason": "curious"}, (404, "not_found")),
    ],
)
def test_question_that_is_not_answered_leaves_no_line(
    server: ServerThread, seat: Workstation, customer_id: str, asked: dict[str, Any], refused: tuple[int, str]
) -> None:
    answer = seat.http.post(f"/customers/{customer_id}/reveal", json=asked)

    assert (answer.status_code, answer.json()["error"]) == refused
    assert executed(server.settings, "SELECT count(*) FROM audit_line WHERE deed = 'revealed'") == [(0,)]


def test_customer_of_a_segment_one_does_not_hold_is_not_revealed(server: ServerThread) -> None:
    appoint(server.settings, "new.one", Role.AGENT)
    with Workstation(server.address, "new.one") as seat:
        answer = seat.http.post("/customers/C-3/reveal", json={"field": "phones", "reason": "curious"})

    assert (answer.status_code, answer.json()) == (404, {"error": "not_found"})


def test_who_asks_for_many_numbers_waits(server: ServerThread, seat: Workstation) -> None:
    asked = {"field": "phones", "reason": "harvest"}
    answers = [seat.http.post("/customers/C-1/reveal", json=asked).status_code for _ in range(62)]

    assert answers[:60] == [200] * 60
    assert answers[61] == 429


def test_masked_workstation_sends_its_own_epoch(seat: Workstation) -> None:
    answer = seat.post([seat.ticket()], epoch=seat.hello()["epoch"])

    assert (answer.status_code, answer.json()["answers"][0]["verdict"]) == (200, "applied")


def test_clash_does_not_tell_a_number(seat: Workstation, lead: Workstation) -> None:
    seen = customer(seat)["phones"]
    [answer] = seat.push(seat.op("customer", "C-1", "update", {"phones": (seen, [*seen, "+8613911112222"])}))

    assert (answer["verdict"], answer["reason"], answer["changed"]) == ("rejected", "not_allowed", {})


def test_answer_of_before_tells_no_number_to_who_sees_them_masked_by_now(
    server: ServerThread, lead: Workstation
) -> None:
    clash = lead.op("customer", "C-1", "update", {"phones": (["+8613700000000"], ["+8613911112222"])})
    [told] = lead.push(clash)
    executed(server.settings, "UPDATE agent SET role = 'agent', queues = '[\"support\"]' WHERE role = 'team_lead'")
    with Workstation(server.address, lead.login, device_id=lead.device_id) as demoted:
        [again] = demoted.push(clash)
        listed = demoted.http.get("/sync/v1/conflicts").content

    assert told["changed"] == {"phones": [PHONE]}
    assert (again["verdict"], again["changed"]) == ("conflict", {})
    assert not [secret for secret in (*SECRETS, "13911112222", "13700000000") if secret.encode() in listed]


@pytest.mark.parametrize("claimed", [PHONE, [5], [{"was": PHONE}], [[PHONE]], ["+"], [""], {"0": PHONE}, 7])
def test_what_an_author_claims_to_have_seen_neither_tells_a_number_nor_breaks_the_list(
    new_site: NewSite, claimed: Any
) -> None:
    settings = new_site([a_customer(1)])
    decide(settings, Policy(masked=frozenset({Role.TEAM_LEAD})))
    with serving(settings) as running, Workstation(running.address, "lin.yue") as author:
        [answer] = author.push(author.op("customer", "C-1", "update", {"phones": (claimed, ["+8613911112222"])}))
        with Workstation(running.address, lead_of(running)) as masked_lead:
            listed = masked_lead.http.get("/sync/v1/conflicts")

    assert answer["verdict"] == "conflict"
    assert listed.status_code == 200
    assert len(listed.json()["conflicts"]) == 1
    assert not [secret for secret in (PHONE[3:], "13911112222") if secret.encode() in listed.content]


def test_deciding_a_clash_tells_no_number(new_site: NewSite) -> None:
    settings = new_site([a_customer(1)])
    decide(settings, Policy(masked=frozenset({Role.TEAM_LEAD})))
    with serving(settings) as running, Workstation(running.address, "lin.yue") as author:
        author.push(author.op("customer", "C-1", "update", {"phones": (["+8613700000000"], ["+8613911112222"])}))
        with Workstation(running.address, lead_of(running)) as masked_lead:
            [conflict] = masked_lead.http.get("/sync/v1/conflicts").json()["conflicts"]
            path = f"/sync/v1/conflicts/{conflict['id']}/resolve"
            moved = masked_lead.http.post(path, json={"take": "theirs", "seen": ["nothing"]})
            mine = masked_lead.http.post(path, json={"take": "mine", "seen": conflict["now"]})
            theirs = masked_lead.http.post(path, json={"take": "theirs", "seen": conflict["now"]})

    assert [answer.status_code for answer in (moved, mine, theirs)] == [409, 403, 200]
    told = b"".join(answer.content for answer in (moved, mine, theirs))
    assert not [secret for secret in (PHONE[3:], "13911112222", "13700000000") if secret.encode() in told]


def test_live_rows_tell_no_number(server: ServerThread, seat: Workstation, lead: Workstation) -> None:
    with listening(server, seat) as ear:
        ear.next("welcome")
        lead.push(lead.op("customer", "C-1", "update", {"phones": ([PHONE], [PHONE, "+8613911112222"])}))
        rows = orjson.dumps(ear.next("rows", scope="customers:home"))

    assert b"139****2222" in rows
    assert not [secret for secret in (*SECRETS, "13911112222") if secret.encode() in rows]


def test_whole_snapshot_is_not_given_by_its_name(seat: Workstation, lead: Workstation) -> None:
    whole = lead.http.get("/sync/v1/snapshot/customers:home/manifest").json()
    wanted = {"If-Match": f'"{whole["sha256"]}"'}
    answer = seat.http.get("/sync/v1/snapshot/customers:home", headers=wanted)
    partly = seat.http.get(
        "/sync/v1/snapshot/customers:home", headers={"Range": "bytes=0-99999", "If-Range": f'"{whole["sha256"]}"'}
    )

    assert (answer.status_code, answer.json()["error"]) == (412, "snapshot_gone")
    assert PHONE.encode() not in orjson.dumps(list(rows_of_snapshot(partly.content).values()))


def test_audit_trail_keeps_no_number_that_was_told(server: ServerThread, seat: Workstation) -> None:
    for purpose in ("look", "dial"):
        seat.http.post("/customers/C-1/reveal", json={"field": "phones", "purpose": purpose, "reason": "identity"})
    seat.http.post("/customers/C-1/reveal", json={"field": "id_number", "reason": "identity"})

    lines = repr(executed(server.settings, "SELECT * FROM audit_line"))
    assert "identity" in lines
    assert not [secret for secret in SECRETS if secret in lines]
    assert seat.http.get("/audit").status_code in (403, 404)


def test_hidden_digits_cannot_be_tried_out_one_after_the_other(seat: Workstation, lead: Workstation) -> None:
    tried = [seat.http.get("/customers", params={"number": f"138{n:04}0001"}).status_code for n in range(62)]
    whole = [lead.http.get("/customers", params={"number": f"138{n:04}0001"}).status_code for n in range(62)]

    assert tried[:60] == [200] * 60
    assert tried[61] == 429
    assert set(whole) == {200}


def test_adding_a_number_does_not_say_whether_it_was_there(seat: Workstation, lead: Workstation) -> None:
    there, new = (
        seat.push(seat.op("customer", "C-1", "append", {"phones": (None, number)}))[0]
        for number in (PHONE, "+8613911112222")
    )

    assert there["version"] + 1 == new["version"]
    assert {name: there[name] for name in ("verdict", "reason", "changed")} == {
        name: new[name] for name in ("verdict", "reason", "changed")
    }


def test_number_that_is_there_already_is_not_added_twice(lead: Workstation) -> None:
    op = lead.op("customer", "C-1", "append", {"phones": (None, PHONE)})
    [answer] = lead.push(op)

    assert (answer["verdict"], customer(lead)["phones"]) == ("applied", [PHONE])


def test_roles_that_say_why_are_told_so(new_site: NewSite) -> None:
    settings = new_site([a_customer(1)])
    decide(settings, Policy(asks_why=frozenset({Role.AGENT})))
    with (
        serving(settings) as running,
        Workstation(running.address, "lin.yue") as agent,
        Workstation(running.address, lead_of(running)) as other,
    ):
        greetings = [agent.hello(), other.hello()]

    assert [greeting.get("asks_why") for greeting in greetings] == [True, None]


def test_masked_agent_adds_a_number_they_were_told(seat: Workstation, lead: Workstation) -> None:
    [answer] = seat.push(seat.op("customer", "C-1", "append", {"phones": (None, "+8613911112222")}))

    assert answer["verdict"] in ("applied", "merged")
    assert customer(lead)["phones"] == [PHONE, "+8613911112222"]
    assert customer(seat)["phones"] == ["138****0001", "139****2222"]


def test_look_at_the_workstation_is_an_op_that_stands_in_the_trail_once(
    server: ServerThread, lead: Workstation
) -> None:
    op = lead.op("customer", "C-1", "reveal", {"revealed": ("phones", "identity check")})
    answers = lead.push(op) + lead.push(op)

    assert [answer["verdict"] for answer in answers] == ["applied", "duplicate"]
    query = "SELECT who, subject, field, reason, device FROM audit_line WHERE deed = 'revealed'"
    assert executed(server.settings, query) == [(lead.login, "C-1", "phones", "identity check", lead.device_id)]


@pytest.mark.parametrize(
    ("row_id", "fields", "reason"),
    [
        ("C-1", {"revealed": ("name", "curious")}, "bad_field"),
        ("C-1", {"revealed": (["phones"], "curious")}, "bad_field"),
        ("C-1", {"revealed": ("phones", "")}, "bad_field"),
        ("C-1", {"revealed": ("phones", 5)}, "bad_field"),
        ("C-1", {}, "bad_field"),
        ("C-1", {"phones": ("phones", "curious")}, "unknown_field"),
        ("C-404", {"revealed": ("phones", "curious")}, "unknown_row"),
    ],
)
def test_garbled_look_is_refused(lead: Workstation, row_id: str, fields: dict[str, Any], reason: str) -> None:
    [answer] = lead.push(lead.op("customer", row_id, "reveal", fields))

    assert (answer["verdict"], answer["reason"]) == ("rejected", reason)


def test_stranger_is_told_nothing(server: ServerThread) -> None:
    asked = {"field": "phones", "reason": "curious"}
    answer = httpx.post(f"{server.address}/customers/C-1/reveal", json=asked, headers={"X-Sync-Protocol": "1"})

    assert (answer.status_code, answer.json()) == (401, {"error": "not_signed_in"})


WRITTEN = "回电13800000009，卡号6222021234567890128，住文三路138号5室，证件330106199001011234"
SHOWN = "回电138****0009，卡号****0128，住文三路****，证件"


def a_ticket(seat: Workstation, **fields: Any) -> dict[str, Any]:
    op: dict[str, Any] = seat.ticket("C-1", **{"description": WRITTEN, "call_ref": None, **fields})
    assert seat.push(op)[0]["verdict"] == "applied"
    return op


@pytest.mark.parametrize("way", ["snapshot", "changes", "verify", "lookup"])
def test_no_way_brings_what_was_written_whole_to_who_sees_numbers_masked(
    seat: Workstation, lead: Workstation, way: str
) -> None:
    a_ticket(lead)
    note = {"text": WRITTEN, "author": lead.login, "at": "2026-11-20T10:00:00.000Z"}
    lead.push(lead.op("customer", "C-1", "append", {"notes": [None, note]}))
    brought = ways(seat)[way].decode()
    assert SHOWN in brought
    assert not [secret for secret in ("13800000009", "6222021234567890128", "138号") if secret in brought]
    assert WRITTEN in ways(lead)[way].decode()


def test_name_of_a_file_tells_no_number_to_who_sees_numbers_masked(seat: Workstation, lead: Workstation) -> None:
    ticket = a_ticket(lead)["id"]
    file = {"id": "f-1", "name": "客户13800000009.png", "media_type": "image/png", "size": 9, "file": "5e" * 32}
    file |= {"added_by": lead.login, "added_at": WRITTEN_AT}
    [answer] = lead.push(lead.op("ticket", ticket, "append", {"attachments": [None, file]}))
    assert answer["verdict"] in ("applied", "merged")
    history = f"/v1/history/ticket/{ticket}"

    for told in (ways(seat)["changes"], seat.http.get(history).content):
        assert "客户138****0009.png" in told.decode()
        assert "13800000009" not in told.decode()
    assert "客户13800000009.png" in ways(lead)["changes"].decode()


def test_masked_person_writes_over_a_text_and_what_was_hidden_stays(seat: Workstation, lead: Workstation) -> None:
    op = a_ticket(lead, description="客户电话13800000009，很急")
    seat.sync()
    seen = seat.row("ticket", op["id"])["body"]["description"]
    assert seen == "客户电话138****0009，很急"
    change = {"description": [seen, f"{seen}。已联系"]}
    [answer] = seat.push(seat.op("ticket", op["id"], "update", change, base_version=1))
    assert answer["verdict"] == "applied"
    lead.sync()
    assert lead.row("ticket", op["id"])["body"]["description"] == "客户电话13800000009，很急。已联系"


def test_masked_person_is_told_no_number_by_a_clash(seat: Workstation, lead: Workstation) -> None:
    op = a_ticket(lead, description="客户电话13800000009")
    change = {"description": ["guessed", "mine"]}
    [answer] = seat.push(seat.op("ticket", op["id"], "update", change, base_version=1))
    assert (answer["verdict"], answer["changed"]["description"]) == ("conflict", "客户电话138****0009")
    [contest] = seat.http.get("/sync/v1/conflicts").json()["conflicts"]
    assert (contest["now"], contest["theirs"]) == ("客户电话138****0009", "客户电话138****0009")
    [again] = seat.push(seat.op("ticket", op["id"], "update", change, base_version=1))
    assert "13800000009" not in str(again)


def test_number_of_a_caller_without_a_name_is_masked(seat: Workstation, lead: Workstation) -> None:
    promised = {
        "kind": "callback", "purpose": "新装报价", "due_at": WRITTEN_AT, "created_at": WRITTEN_AT,
        "created_by": lead.login, "caller_number": "+8613900000009", "team": "home",
    }  # fmt: skip
    lead.push(lead.op("follow_up", "F-1", "create", promised))
    for seated, seen in ((seat, "139****0009"), (lead, "+8613900000009")):
        seated.sync()
        assert seated.row("follow_up", "F-1")["body"]["caller_number"] == seen


# ---- copying --------------------------------------------------------------------------------------------

COPIED = "SELECT deed, who, subject, field, reason, device FROM audit_line WHERE deed LIKE 'copied%'"


def test_copy_stands_in_the_trail_once(server: ServerThread, lead: Workstation) -> None:
    op = lead.op("customer", "C-1", "reveal", {"copied": ("address,phone", "customer")})
    answers = lead.push(op) + lead.push(op)

    assert [answer["verdict"] for answer in answers] == ["applied", "duplicate"]
    said = ("copied", lead.login, "C-1", "address,phone", "customer", lead.device_id)
    assert executed(server.settings, COPIED) == [said]


def test_copy_by_a_role_that_may_not_is_told_all_the_same(server: ServerThread, lead: Workstation) -> None:
    appoint(server.settings, "the.admin", Role.ADMINISTRATOR)
    with Workstation(server.address, "the.admin") as admin:
        [changed] = admin.push(admin.op("desk_policy", "site", "create", {"copies": ["agent"]}))
    [answer] = lead.push(lead.op("customer", "C-1", "reveal", {"copied": ("phone", "customer")}))

    assert (changed["verdict"], answer["verdict"]) == ("applied", "applied")
    assert [line[0] for line in executed(server.settings, COPIED)] == ["copied_unallowed"]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"copied": ("", "customer")}, "bad_field"),
        ({"copied": ("phone,phone", "customer")}, "bad_field"),
        ({"copied": ("name", "customer")}, "bad_field"),
        ({"copied": (["phone"], "customer")}, "bad_field"),
        ({"copied": ("phone", "somewhere")}, "bad_field"),
        ({"copied": ("phone", "customer"), "revealed": ("phones", "curious")}, "bad_field"),
    ],
)
def test_garbled_copy_is_refused(lead: Workstation, fields: dict[str, Any], reason: str) -> None:
    [answer] = lead.push(lead.op("customer", "C-1", "reveal", fields))

    assert (answer["verdict"], answer["reason"]) == ("rejected", reason)
