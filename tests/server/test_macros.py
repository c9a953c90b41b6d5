"""Macros on the server: who may change them, what is refused by its field, every version kept, brought by a folder."""

from pathlib import Path
from typing import Any

import pytest

from agent_model.ticket import TicketType
from agent_server.importing.company_folder import BadSource
from agent_server.importing.macro_file import macros
from tests.in_process import COMPANY, ServerThread, import_into
from tests.server.conftest import LEAD, SitAt
from tests.server.test_ticket_work import put_flow
from tests.server.workstation import WRITTEN_AT, Workstation
from tests.server.written_rows import MACROS

MACRO, create, change = MACROS.whole, MACROS.create, MACROS.change


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({"text": {"zh": "{customer.mood}", "en": ""}}, {"text.zh": "unknown_placeholder"}),
        ({"text": {"zh": "{", "en": "x"}}, {"text.zh": "stray_brace"}),
        ({"code": "a b", "title": {"zh": "", "en": "x"}}, {"code": "bad_code", "title.zh": "missing"}),
        ({"status": "closed"}, {"status": "forbidden"}),
        ({"types": [], "status": "closed"}, {"status": "forbidden"}),
        ({"queues": ["nowhere"]}, {"queues": "unknown_queue"}),
    ],
    ids=["placeholder", "brace", "code and title", "closing", "closing any", "queue"],
)
def test_what_is_no_macro_is_refused_by_its_field(
    lead: Workstation, fields: dict[str, Any], faults: dict[str, str]
) -> None:
    answer = create(lead, **fields)
    assert (answer["verdict"], answer["reason"], answer["faults"]) == ("rejected", "bad_macro", faults)


def test_macro_moves_no_ticket_where_every_move_wants_a_reason(lead: Workstation, server: ServerThread) -> None:
    moves = [
        {"before": "new", "after": "in_progress", "needs_reason": True},
        {"before": "in_progress", "after": "closed", "needs_reason": False},
    ]
    states = ["new", "in_progress", "closed"]
    put_flow(server, TicketType.FAULT, states=states, first=["new"], moves=moves)
    assert create(lead)["faults"] == {"status": "forbidden"}
    assert create(lead, types=["fault", "support"])["faults"] == {"status": "forbidden"}
    assert create(lead, types=["support"])["verdict"] == "applied"
    assert create(lead, "m-2", types=[])["verdict"] == "applied"


def test_change_that_makes_it_no_macro_is_refused_and_leaves_it(lead: Workstation) -> None:
    create(lead)
    answer = change(lead, 1, text=[MACRO["text"], {"zh": "{x}", "en": ""}])
    assert (answer["reason"], answer["faults"]) == ("bad_macro", {"text.zh": "unknown_placeholder"})
    lead.sync()
    assert lead.row("macro", "m-1")["version"] == 1


@pytest.mark.parametrize(
    "fields",
    [{"types": ["astrology"]}, {"status": "lost"}, {"comment": "loud"}, {"title": "word"}, {"takes": "yes"}],
    ids=["type", "status", "comment", "title", "takes"],
)
def test_body_of_another_shape_is_refused(lead: Workstation, fields: dict[str, Any]) -> None:
    assert create(lead, **fields)["reason"] == "bad_field"


def test_two_leads_who_change_other_fields_both_have_their_way(lead: Workstation, sit_at: SitAt) -> None:
    create(lead)
    other = sit_at(LEAD)
    assert change(lead, 1, code=["sl", "ok"])["verdict"] == "applied"
    assert change(other, 1, priority=["high", "urgent"])["verdict"] == "merged"
    lead.sync()
    body = lead.row("macro", "m-1")["body"]
    assert (body["code"], body["priority"]) == ("ok", "urgent")


def test_same_command_twice_is_one_macro(lead: Workstation) -> None:
    wish = lead.op("macro", "m-1", "create", MACRO)
    [first], [again] = lead.push(wish), lead.push(wish)
    assert first["verdict"] == "applied"
    assert again["version"] == first["version"]
    assert len(lead.http.get("/sync/v1/macros/m-1/versions").json()["versions"]) == 1


def test_every_version_is_kept_for_who_may_change_it(lead: Workstation, seat: Workstation) -> None:
    create(lead)
    change(lead, 1, code=["sl", "ok"])
    change(lead, 2, is_on=[True, False])
    kept = lead.http.get("/sync/v1/macros/m-1/versions").json()["versions"]
    assert [(one["version"], one["body"]["code"], one["body"]["is_on"]) for one in kept] == [
        (3, "ok", False),
        (2, "ok", True),
        (1, "sl", True),
    ]
    assert seat.http.get("/sync/v1/macros/m-1/versions").status_code == 403


def test_versions_of_a_rule_are_not_those_of_a_macro(lead: Workstation) -> None:
    create(lead)
    assert lead.http.get("/sync/v1/signal-rules/m-1/versions").json() == {"versions": []}


def test_macros_of_the_folder_come_to_every_seat(seat: Workstation, server: ServerThread, tmp_path: Path) -> None:
    (tmp_path / "macros.toml").write_bytes((COMPANY.parent / "macros.toml").read_bytes())
    import_into(server.settings, tmp_path)
    seat.sync()
    found = [row for (entity, _), row in seat.slices["org"].items() if entity == "macro"]
    assert len(found) == 8
    assert all(row["body"]["text"]["zh"] and row["body"]["text"]["en"] for row in found)


@pytest.mark.parametrize(
    "text",
    [
        '[[macro]]\nid = "m"\ncode = "a"\ntitle = {zh = "一", en = "a"}\ntext = {zh = "{mood}"}\n',
        '[[macro]]\nid = "m"\ncode = "a"\ntitle = {zh = "一", en = "a"}\ntext = {zh = "x"}\nmood = "good"\n',
        '[[macro]]\nid = "m"\n',
    ],
    ids=["placeholder", "field", "no text"],
)
def test_folder_with_what_is_no_macro_is_not_imported(tmp_path: Path, text: str) -> None:
    (tmp_path / "macros.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadSource):
        macros(tmp_path)


def test_comment_is_not_said_when_the_change_it_came_with_is_refused(seat: Workstation) -> None:
    made = seat.ticket()
    seat.push(made)
    change = seat.op("ticket", made["id"], "update", {"status": ["new", "closed"]}, base_version=1)
    said = {"author": seat.login, "at": WRITTEN_AT, "text": "已办结", "kind": "to_customer"}
    comment = seat.op("ticket", made["id"], "append", {"comments": [None, said]}, depends_on=change["op_id"])
    answers = seat.push(change, comment)
    assert [answer["verdict"] for answer in answers] == ["rejected", "rejected"]
    assert answers[1]["reason"] == "depends_on_rejected"
