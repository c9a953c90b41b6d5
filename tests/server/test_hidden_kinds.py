"""Which kinds of secret each role is told, as the rules of the desks say: enforced at once, by every way there is."""

from collections.abc import Iterator
from typing import Any

import pytest

from agent_model.agent import Role
from agent_model.secret import typed_hashes
from agent_server.policy import Policy
from tests.in_process import ServerThread, a_customer, serving
from tests.server.conftest import NewSite, executed
from tests.server.officers import appoint, decide
from tests.server.test_masking import PHONE, lead_of, ways
from tests.server.test_rows_on_the_live_connection import listening
from tests.server.workstation import WRITTEN_AT, Workstation

ID_NUMBER = "33010619900101123X"
NAME = "欧阳若兰"
EMAIL = "ruolan.ouyang@example.com"
TOLD = f"{NAME}来电，邮箱{EMAIL}，回电13800000009，卡号6222021234567890128，住文三路138号5室，证件{ID_NUMBER}"
IN_CLEAR = {
    "phone": (PHONE[3:], "13800000009"),
    "id_card": (ID_NUMBER,),
    "bank_card": ("6222021234567890128",),
    "address": ("138号5室",),
    "name": (NAME,),
    "email": (EMAIL,),
}
EVERY = tuple(IN_CLEAR)
TICKET = "5f0c2b7e-0000-4000-8000-000000000001"


@pytest.fixture
def server(new_site: NewSite) -> Iterator[ServerThread]:
    settings = new_site([a_customer(1, id_number=ID_NUMBER, name=NAME, email=EMAIL), a_customer(2, email=None)])
    appoint(settings, "the.admin", Role.ADMINISTRATOR)
    with serving(settings) as running:
        yield running


@pytest.fixture
def seat(server: ServerThread) -> Iterator[Workstation]:
    with Workstation(server.address, "lin.yue") as agent:
        yield agent


@pytest.fixture
def lead(server: ServerThread) -> Iterator[Workstation]:
    with Workstation(server.address, lead_of(server)) as person:
        secrets_of(person)
        yield person


@pytest.fixture
def admin(server: ServerThread) -> Iterator[Workstation]:
    with Workstation(server.address, "the.admin") as person:
        yield person


def secrets_of(lead: Workstation) -> None:
    """Seeds every kind wherever people write."""
    note = {"text": TOLD, "author": lead.login, "at": WRITTEN_AT}
    comment = {"text": TOLD, "author": lead.login, "at": WRITTEN_AT}
    ops: list[Any] = [
        {**lead.ticket("C-1", subject=TOLD, description=TOLD, call_ref=None), "id": TICKET},
        lead.op("ticket", TICKET, "append", {"comments": [None, comment]}, base_version=1),
        lead.op("ticket", TICKET, "update", {"description": [TOLD, f"{TOLD}。"]}, base_version=2),
        lead.op("customer", "C-1", "append", {"notes": [None, note]}, base_version=1),
        lead.op("customer", "C-1", "update", {"name": ["Somebody", f"{NAME}女士"]}, base_version=1),
    ]
    answers = lead.push(*ops)
    assert [answer["verdict"] for answer in answers] == [*["applied"] * 4, "conflict"], answers


def rule(admin: Workstation, role: str = "agent", *kinds: str, version: int = 0) -> None:
    hidden = {kind: [role] if kind in kinds else [] for kind in EVERY}
    if version:
        before = admin.row("desk_policy", "site")["body"]["hidden"]
        op = admin.op("desk_policy", "site", "update", {"hidden": [before, hidden]}, base_version=version)
    else:
        op = admin.op("desk_policy", "site", "create", {"hidden": hidden})
    [answer] = admin.push(op)
    assert answer["verdict"] == "applied", answer
    admin.pull("org")


def everything(seat: Workstation) -> dict[str, str]:
    paths = {
        "history of the customer": "/v1/history/customer/C-1",
        "history of the ticket": f"/v1/history/ticket/{TICKET}",
        "conflicts": "/sync/v1/conflicts",
    }
    told = {way: brought.decode() for way, brought in ways(seat).items()}
    return told | {way: seat.http.get(path).text for way, path in paths.items()}


def leaks(seat: Workstation, *kinds: str) -> list[tuple[str, str]]:
    brought = everything(seat)
    assert all(NAME[0] in brought[way] for way in brought if way != "conflicts"), "nothing was brought"
    return [(way, kind) for way, text in brought.items() for kind in kinds if any(s in text for s in IN_CLEAR[kind])]


@pytest.mark.parametrize("kind", EVERY)
def test_kind_that_is_kept_back_is_nowhere_and_the_others_are_whole(
    seat: Workstation, lead: Workstation, admin: Workstation, kind: str
) -> None:
    rule(admin, "agent", kind)
    others = [one for one in EVERY if one != kind]

    assert seat.hello()["hidden"] == [kind]
    assert leaks(seat, kind) == []
    assert {way for way, _ in leaks(seat, *others)} >= {"snapshot", "changes", "verify", "lookup"}
    assert {one for _, one in leaks(seat, *others)} == set(others)
    assert {one for _, one in leaks(lead, *EVERY)} == set(EVERY)


def test_everything_is_kept_back_from_who_is_so_ruled(seat: Workstation, lead: Workstation, admin: Workstation) -> None:
    rule(admin, "agent", *EVERY)

    assert leaks(seat, *EVERY) == []


def test_lead_is_told_nothing_by_the_conflicts_of_the_team(lead: Workstation, admin: Workstation) -> None:
    assert leaks(lead, "name")
    rule(admin, "team_lead", *EVERY)

    assert leaks(lead, *EVERY) == []
    assert "欧***" in everything(lead)["conflicts"]


def test_nobody_has_anything_kept_back_before_somebody_says_so(seat: Workstation, lead: Workstation) -> None:
    assert "hidden" not in seat.hello()
    assert "match_keys" not in seat.hello()
    assert {kind for _, kind in leaks(seat, *EVERY)} == set(EVERY)


def test_rule_holds_from_its_transaction_on_and_each_way_of_seeing_has_its_epoch(
    seat: Workstation, lead: Workstation, admin: Workstation
) -> None:
    epochs = [seat.hello()["epoch"]]
    rule(admin, "agent", "phone")
    epochs.append(seat.hello()["epoch"])
    keys = "match_keys" in seat.hello()
    rule(admin, "agent", "name", version=1)
    epochs.append(seat.hello()["epoch"])
    manifest = seat.http.get("/sync/v1/snapshot/customers:home/manifest").json()
    stale = seat.post([seat.ticket()], epoch=epochs[0])

    assert len(set(epochs)) == 3
    assert (keys, "match_keys" in seat.hello()) == (True, False)
    assert manifest["epoch"] == epochs[-1]
    assert (stale.status_code, stale.json()["error"]) == (409, "another_epoch")
    assert lead.hello()["epoch"] == epochs[0]


def test_who_listens_is_told_masked_rows_once_the_rule_has_changed(
    server: ServerThread, seat: Workstation, lead: Workstation, admin: Workstation
) -> None:
    with listening(server, seat) as ear:
        ear.next("welcome")
        rule(admin, "agent", *EVERY)
        ear.next("poke", scope="org")
        told = ""
        for n in range(40):
            subject = f"{TOLD} {n}"
            lead.push(lead.ticket("C-1", subject=subject, call_ref=None))
            message = ear.next_of("rows", "poke")
            told += str(message)
            if message["type"] == "rows" and message["scope"] == "customers:home":
                break

    assert "欧***" in told
    assert not [secret for secrets in IN_CLEAR.values() for secret in secrets if secret in told]


def test_what_was_hidden_in_a_text_stays_when_it_is_written_over(
    seat: Workstation, lead: Workstation, admin: Workstation
) -> None:
    rule(admin, "agent", *EVERY)
    seat.sync()
    row = seat.row("ticket", TICKET)
    seen = row["body"]["description"]
    change = {"description": [seen, f"{seen}已联系"]}
    [answer] = seat.push(seat.op("ticket", TICKET, "update", change, base_version=row["version"]))
    lead.sync()

    assert answer["verdict"] == "applied"
    assert lead.row("ticket", TICKET)["body"]["description"] == f"{TOLD}。已联系"


def test_name_that_is_kept_back_is_told_for_a_reason_and_changed_by_nobody_who_does_not_see_it(
    seat: Workstation, lead: Workstation, admin: Workstation
) -> None:
    asked = {"field": "name", "reason": "greeting"}
    before = lead.http.post("/customers/C-1/reveal", json=asked).status_code
    rule(admin, "agent", "name")
    seat.sync()
    seen = seat.row("customer", "C-1")["body"]["name"]
    told = seat.http.post("/customers/C-1/reveal", json=asked).json()
    [answer] = seat.push(seat.op("customer", "C-1", "update", {"name": [seen, "别人"]}, base_version=9))

    assert before == 422
    assert seen == "欧***"
    assert told == {"value": NAME}
    assert (answer["verdict"], answer["reason"], answer["changed"]) == ("rejected", "not_allowed", {})


def test_customer_is_found_by_the_number_a_caller_tells_while_name_and_number_are_kept_back(
    seat: Workstation, lead: Workstation, admin: Workstation
) -> None:
    rule(admin, "agent", "phone", "name")
    [found] = seat.http.get("/customers", params={"number": PHONE}).json()["customers"]

    assert (found["customer"]["id"], found["customer"]["body"]["name"]) == ("C-1", "欧***")
    assert found["customer"]["body"]["phones"] == ["138****0001"]
    assert len(found["customer"]["body"]["phone_keys"]) == 1


def test_hidden_name_and_address_are_found_by_who_types_them_whole(
    seat: Workstation, lead: Workstation, admin: Workstation
) -> None:
    rule(admin, "agent", "name", "email")
    seat.sync()
    body, keys = seat.row("customer", "C-1")["body"], seat.hello()["word_keys"]
    typed = {text: typed_hashes(keys, text) for text in (NAME, f" {EMAIL.upper()} ", "欧阳若")}

    assert (body["name"], body["email"]) == ("欧***", "r***@example.com")
    assert [text for text, hashes in typed.items() if {*hashes} & {*body["word_keys"]}] == [NAME, f" {EMAIL.upper()} "]
    assert "word_keys" not in lead.hello()


def test_address_that_is_kept_back_is_told_on_record_and_asked_for_where_there_is_none(
    server: ServerThread, seat: Workstation, lead: Workstation, admin: Workstation
) -> None:
    rule(admin, "agent", "email")
    seat.sync()
    told = seat.http.post("/customers/C-1/reveal", json={"field": "email", "reason": "sending the contract"}).json()
    seen = seat.row("customer", "C-1")["body"]["email"]
    changed = seat.push(
        seat.op("customer", "C-1", "update", {"email": [seen, "other@example.com"]}, base_version=9),
        seat.op("customer", "C-2", "update", {"email": [None, "new@example.com"]}, base_version=1),
    )
    trail = executed(server.settings, "SELECT who, subject, field, reason FROM audit_line WHERE deed = 'revealed'")

    assert told == {"value": EMAIL}
    assert [answer["verdict"] for answer in changed] == ["rejected", "applied"]
    assert trail == [("lin.yue", "C-1", "email", "sending the contract")]


def test_merge_does_not_name_who_went(seat: Workstation, lead: Workstation, admin: Workstation) -> None:
    rule(admin, "agent", "name")
    seat.sync()
    merge = {"customer_id": "C-2", "gone": "C-1", "taken": []}
    [answer] = seat.push(seat.op("customer_merge", "C-1.1", "create", merge))
    brought = seat.http.get("/sync/v1/changes", params={"scope": "customers:home", "since": 0}).text

    assert NAME not in str(answer)
    assert NAME not in brought


def test_console_hides_what_no_rule_of_the_desks_shows(new_site: NewSite) -> None:
    settings = new_site([a_customer(1, id_number=ID_NUMBER, name=NAME)])
    decide(settings, Policy(masked=frozenset({Role.AGENT})))
    appoint(settings, "the.admin", Role.ADMINISTRATOR)
    with serving(settings) as running, Workstation(running.address, "the.admin") as admin:
        rule(admin, "agent", "name")
        with Workstation(running.address, "lin.yue") as seat:
            hidden = seat.hello()["hidden"]

    assert sorted(hidden) == sorted({*EVERY} - {"email"})


def test_only_an_administrator_says_what_is_kept_back_and_it_stands_in_the_trail(
    server: ServerThread, seat: Workstation, lead: Workstation, admin: Workstation
) -> None:
    rule(admin, "agent", "phone")
    nobody: dict[str, list[str]] = {kind: [] for kind in EVERY}
    refused = [
        person.push(person.op("desk_policy", "site", "update", {"hidden": [None, nobody]}, base_version=1))[0]
        for person in (seat, lead)
    ]
    garbled = {"hidden": [None, {**nobody, "phone": ["boss"]}]}
    [wrong] = admin.push(admin.op("desk_policy", "site", "update", garbled, base_version=1))
    trail = executed(server.settings, "SELECT who, field FROM audit_line WHERE deed = 'policy_changed'")

    assert [answer["reason"] for answer in refused] == ["not_allowed", "not_allowed"]
    assert wrong["verdict"] in ("rejected", "conflict")
    assert trail == [("the.admin", "desk_policy")]
