"""Announcements on the server: who may tell whom, who holds them, editions, receipts and the board of readers."""

from typing import Any

import pytest

from agent_model.agent import Role
from agent_model.announcement import receipt_id, seal
from agent_server.__main__ import main
from agent_server.settings import Settings
from tests.in_process import ServerThread
from tests.server.conftest import LEAD, SitAt, executed
from tests.server.officers import appoint
from tests.server.workstation import Workstation

EVERYBODY: dict[str, list[str]] = {"teams": [], "queues": [], "roles": [], "sites": []}
MANAGER = "lu.hai"
QUESTION = {"text": "多少钱？", "choices": ["20 元", "30 元"], "seal": seal("a-1", "多少钱？", "30 元")}


def to(**named: list[str]) -> dict[str, list[str]]:
    return {**EVERYBODY, **named}


def announce(by: Workstation, row_id: str = "a-1", **fields: Any) -> dict[str, Any]:
    body = {"title": "资费调整", "body": "30 元", "audience": to(teams=["home"]), "must_read": True, **fields}
    [answer] = by.push(by.op("announcement", row_id, "create", body))
    return answer


def change(by: Workstation, version: int, row_id: str = "a-1", **fields: Any) -> dict[str, Any]:
    pairs = {name: list(pair) for name, pair in fields.items()}
    [answer] = by.push(by.op("announcement", row_id, "update", pairs, base_version=version))
    return answer


def receipt(by: Workstation, edition: int = 1, row_id: str = "a-1", **fields: Any) -> dict[str, Any]:
    body = {
        "announcement": row_id,
        "edition": edition,
        "agent": by.login,
        "delivered_at": "2026-11-22T08:00:00.000Z",
        "opened_at": "2026-11-22T08:01:00.000Z",
        "read_at": "2026-11-22T08:02:00.000Z",
        **fields,
    }
    wish: dict[str, Any] = by.op("announcement_receipt", receipt_id(row_id, edition, by.login), "create", body)
    return wish


def readers(by: Workstation, row_id: str = "a-1") -> dict[str, dict[str, Any]]:
    board = by.http.get(f"/v1/announcements/{row_id}/readers").json()
    return {one["agent"]: one for one in board["readers"]}


def holds(seat: Workstation, row_id: str = "a-1") -> bool:
    seat.sync()
    return any(("announcement", row_id) in held for held in seat.slices.values())


@pytest.mark.parametrize(
    ("audience", "held"),
    [
        (EVERYBODY, {"lin.yue", "emma.clarke", MANAGER}),
        (to(teams=["home"]), {"lin.yue"}),
        (to(queues=["billing"]), {"lin.yue"}),
        (to(sites=["宁波"]), {"emma.clarke"}),
        (to(teams=["home", "business"]), {"lin.yue", "emma.clarke"}),
        (to(roles=["agent"], sites=["宁波"]), {"emma.clarke"}),
        (to(roles=["duty_manager"], sites=["宁波"]), set()),
        (to(teams=["home"], sites=["宁波"]), set()),
    ],
    ids=["everybody", "team", "queue", "site", "either team", "role at a site", "other role there", "team at a site"],
)
def test_announcement_reaches_its_audience_and_nobody_else(
    sit_at: SitAt, audience: dict[str, list[str]], held: set[str]
) -> None:
    manager = sit_at(MANAGER)
    assert announce(manager, audience=audience)["verdict"] == "applied"
    assert {"lin.yue", "emma.clarke"} & readers(manager).keys() == held - {MANAGER}
    holding = {login for login in ("lin.yue", "emma.clarke") if holds(sit_at(login))}
    assert holding >= held - {MANAGER}


def test_announcement_lies_in_the_narrowest_slices_of_its_audience(sit_at: SitAt, seat: Workstation) -> None:
    announce(sit_at(MANAGER), audience=to(roles=["agent"], sites=["宁波"]))
    assert not holds(seat)


def test_who_leaves_the_audience_loses_it(sit_at: SitAt, seat: Workstation) -> None:
    manager = sit_at(MANAGER)
    announce(manager)
    assert holds(seat)
    assert change(manager, 1, audience=[to(teams=["home"]), to(teams=["business"])])["verdict"] == "applied"
    assert not holds(seat)
    seat.take_snapshot("team:home")
    assert not holds(seat)


def test_who_sits_elsewhere_from_now_on_is_told_what_is_told_there(
    server: ServerThread, sit_at: SitAt, seat: Workstation
) -> None:
    announce(sit_at(MANAGER), audience=to(sites=["绍兴"]))
    assert not holds(seat)
    appoint(server.settings, "zhou.admin", Role.ADMINISTRATOR)
    site = "/admin/users/lin.yue/site"
    admin = sit_at("zhou.admin")
    assert admin.http.put(site, json={"site": "绍兴", "reason": "moved"}).status_code == 204
    assert holds(seat)
    assert admin.http.put(site, json={"site": "a\u202eb", "reason": "moved"}).status_code == 422
    assert seat.http.put(site, json={"site": "宁波", "reason": "moved"}).status_code == 403
    assert console(server.settings, "user", "site", "lin.yue") == 0
    there = {"scope": "site:绍兴", "since": "0", "limit": "10"}
    assert seat.http.get("/sync/v1/changes", params=there).status_code == 403
    lines = executed(server.settings, "SELECT field FROM audit_line WHERE deed = 'site_changed' ORDER BY seq")
    assert lines == [("杭州 > 绍兴",), ("绍兴 > ",)]


def console(settings: Settings, *words: str) -> int:
    database = settings.database.render_as_string(hide_password=False)
    return main([*words, "--database", database, "--home", str(settings.home)])


def test_agent_announces_nothing(seat: Workstation) -> None:
    assert announce(seat)["reason"] == "not_allowed"


@pytest.mark.parametrize(
    ("audience", "faults"),
    [
        (EVERYBODY, {"audience": "not_yours"}),
        (to(teams=["home", "business"]), {"audience.teams": "not_yours"}),
        (to(queues=["vip"]), {"audience.queues": "not_yours"}),
        (to(roles=["agent"]), {"audience.roles": "not_yours"}),
        (to(sites=["杭州"]), {"audience.sites": "not_yours"}),
        (to(teams=["nowhere"]), {"audience.teams": "unknown"}),
    ],
    ids=["everybody", "other team", "other queue", "role", "site", "unknown"],
)
def test_lead_tells_the_own_team_and_its_queues_only(
    lead: Workstation, audience: dict[str, list[str]], faults: dict[str, str]
) -> None:
    answer = announce(lead, audience=audience)
    assert (answer["reason"], answer["faults"]) == ("bad_announcement", faults)
    narrowed = to(teams=["home"], queues=["billing"], roles=["agent"], sites=["杭州"])
    assert announce(lead, audience=narrowed)["verdict"] == "applied"


def test_lead_takes_back_nothing_that_the_house_told(sit_at: SitAt, lead: Workstation) -> None:
    announce(sit_at(MANAGER), audience=EVERYBODY)
    assert change(lead, 1, state=["published", "withdrawn"])["reason"] == "not_allowed"


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({"title": " ", "body": ""}, {"title": "missing", "body": "missing"}),
        ({"title": "a\u202eb"}, {"title": "unseen_signs"}),
        ({"must_read": False, "dwell_s": 5}, {"must_read": "not_must_read"}),
        ({"dwell_s": 601}, {"dwell_s": "out_of_range"}),
        ({"quiz": [{**QUESTION, "choices": ["20 元"]}]}, {"quiz": "choices"}),
        ({"quiz": [{**QUESTION, "seal": "x"}]}, {"quiz": "no_right_choice"}),
        ({"quiz": [QUESTION] * 3}, {"quiz": "too_many"}),
        (
            {"valid_from": "2026-11-22T08:00:00.000Z", "valid_to": "2026-11-22T07:00:00.000Z"},
            {"valid_to": "ends_before_it_begins"},
        ),
    ],
    ids=["blank", "unseen", "not must-read", "dwell", "choices", "seal", "questions", "window"],
)
def test_what_is_no_announcement_is_refused_by_its_field(
    lead: Workstation, fields: dict[str, Any], faults: dict[str, str]
) -> None:
    answer = announce(lead, **fields)
    assert (answer["verdict"], answer["reason"], answer["faults"]) == ("rejected", "bad_announcement", faults)


def test_publishing_is_signed_and_audited(server: ServerThread, lead: Workstation) -> None:
    announce(lead)
    change(lead, 1, reminded_at=[None, "2026-11-22T08:00:00.000Z"])
    change(lead, 2, state=["published", "withdrawn"])
    lead.sync()
    body = lead.row("announcement", "a-1")["body"]
    assert (body["author"], body["changed_by"], body["state"], body["edition"]) == (LEAD, LEAD, "withdrawn", 1)
    lines = executed(server.settings, "SELECT deed, who FROM audit_line WHERE subject = 'a-1' ORDER BY seq")
    assert lines == [("announced", LEAD), ("announcement_reminded", LEAD), ("announcement_withdrawn", LEAD)]


def test_receipt_stands_on_the_board_of_who_leads_its_reader(
    sit_at: SitAt, lead: Workstation, seat: Workstation
) -> None:
    announce(sit_at(MANAGER), audience=EVERYBODY)
    [answer] = seat.push(receipt(seat))
    assert answer["verdict"] == "applied"
    board = readers(lead)
    assert board["lin.yue"]["edition"] == 1
    assert board["lin.yue"]["name"] == ""
    assert board["wang.qiang"]["edition"] == 0
    assert "emma.clarke" not in board
    assert "emma.clarke" in readers(sit_at(MANAGER))
    assert seat.http.get("/v1/announcements/a-1/readers").status_code == 403


def test_receipt_is_there_once_from_whichever_workstation(sit_at: SitAt, lead: Workstation, seat: Workstation) -> None:
    announce(lead)
    other = sit_at("lin.yue", "another device")
    seat.push(receipt(seat))
    [answer] = other.push(receipt(other, read_at="2026-11-22T09:00:00.000Z"))
    assert answer["verdict"] == "applied"
    assert executed_count(lead) == 1


def executed_count(lead: Workstation) -> int:
    return sum(one["edition"] > 0 for one in readers(lead).values())


def test_nobody_reads_for_somebody_else(lead: Workstation, seat: Workstation) -> None:
    announce(lead)
    [answer] = lead.push(receipt(lead, agent="lin.yue"))
    assert answer["reason"] == "not_yours"
    wish = receipt(seat)
    [answer] = seat.push({**wish, "id": "mine"})
    assert answer["reason"] == "bad_field"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, "not_read"),
        ({"dwell_s": 2, "name": "林悦"}, "not_read"),
        ({"dwell_s": 2, "name": "王强", "answers": [1]}, "not_read"),
        ({"dwell_s": 2, "name": "林悦", "answers": [0]}, "not_read"),
        ({"dwell_s": 2, "name": "lin  YUE", "answers": [1]}, None),
    ],
    ids=["nothing", "no answers", "other name", "wrong answer", "all of it"],
)
def test_receipt_without_what_was_asked_is_refused(
    lead: Workstation, seat: Workstation, fields: dict[str, Any], reason: str | None
) -> None:
    announce(lead, dwell_s=2, asks_name=True, quiz=[QUESTION])
    [answer] = seat.push(receipt(seat, **fields))
    assert answer["reason"] == reason


def test_nobody_looked_at_a_text_for_longer_than_it_is_there(lead: Workstation, seat: Workstation) -> None:
    announce(lead, dwell_s=600)
    [answer] = seat.push(receipt(seat, dwell_s=600))
    assert answer["reason"] == "not_read"
    [of_author] = lead.push(receipt(lead, dwell_s=600))
    assert of_author["verdict"] == "applied"


def test_number_of_tries_is_none_below_zero(lead: Workstation, seat: Workstation) -> None:
    announce(lead)
    [answer] = seat.push(receipt(seat, tries=-1))
    assert answer["reason"] == "bad_field"


def test_new_text_is_a_new_edition_and_receipts_of_the_old_one_stay(lead: Workstation, seat: Workstation) -> None:
    announce(lead)
    seat.push(receipt(seat))
    change(lead, 1, body=["30 元", "35 元"])
    assert readers(lead)["lin.yue"]["edition"] == 1
    lead.sync()
    assert (
        lead.row("announcement", "a-1")["body"]["edition"],
        lead.row("announcement", "a-1")["body"]["read_from"],
    ) == (2, 1)
    assert change(lead, 2, read_from=[1, 9])["reason"] == "bad_field"
    assert change(lead, 2, body=["35 元", "40 元"], read_from=[1, 3])["verdict"] == "applied"
    assert lead.http.get("/v1/announcements/a-1/readers").json()["read_from"] == 3
    [late] = seat.push(receipt(seat, 2))
    assert late["verdict"] == "applied"
    assert readers(lead)["lin.yue"]["edition"] == 2


def test_receipt_true_to_what_its_reader_had_is_taken(lead: Workstation, seat: Workstation) -> None:
    announce(lead)
    change(lead, 1, dwell_s=[0, 30])
    [answer] = seat.push(receipt(seat))
    assert answer["verdict"] == "applied"


def test_time_that_no_clock_means_is_the_time_of_arrival(lead: Workstation, seat: Workstation) -> None:
    announce(lead)
    seat.push(receipt(seat, read_at="2199-01-01T00:00:00.000Z", opened_at="1999-01-01T00:00:00.000Z"))
    one = readers(lead)["lin.yue"]
    assert one["delivered_at"] <= one["opened_at"] <= one["read_at"] <= one["received_at"]
