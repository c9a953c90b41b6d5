"""A copy of one person's data: who gets it, what is in it, and how it looks to who may not see numbers."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

from agent_model.agent import Role
from agent_server.__main__ import main
from agent_server.policy import Policy
from agent_server.settings import Settings
from tests.in_process import ServerThread, a_customer, serving
from tests.server.conftest import NewSite, SitAt, executed
from tests.server.officers import appoint, decide
from tests.server.test_erasing import leave_traces, mark, send, upload
from tests.server.workstation import Workstation

NAME, PHONE = "欧阳忘川", "+8613977770042"
WHO = a_customer(42, name=NAME, phones=[PHONE], company="=cmd|' /C calc'!A0")


@pytest.fixture
def settings(new_site: NewSite) -> Settings:
    made = new_site((WHO, a_customer(43, name="另一位")))
    appoint(made, "an.quan", Role.SECURITY_OFFICER)
    return made


@pytest.fixture
def server(settings: Settings, request: pytest.FixtureRequest) -> Iterator[ServerThread]:
    if "masked" in request.node.name:
        decide(settings, Policy(masked=frozenset({Role.TEAM_LEAD})))
    with serving(settings) as running:
        yield running


def approved(sit_at: SitAt) -> tuple[Workstation, str]:
    lead, officer = sit_at("zhou.min"), sit_at("an.quan")
    asked = lead.http.post("/privacy/exports", json={"customer_id": "C-42", "reason": "本人要求副本"})
    assert asked.status_code == 201, asked.text
    export_id = asked.json()["id"]
    assert fetch(lead, export_id).json()["error"] == "not_yet"
    answer = officer.http.post(f"/privacy/exports/{export_id}/approve", json={"reason": "身份已核实"})
    assert answer.status_code == 200, answer.text
    return lead, export_id


def fetch(seat: Workstation, export_id: str) -> httpx.Response:
    return seat.http.get(f"/privacy/exports/{export_id}/file")


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as whole:
        return {name: whole.read(name) for name in whole.namelist()}


def test_copy_holds_everything_about_the_person_and_nobody_else(
    server: ServerThread, seat: Workstation, sit_at: SitAt
) -> None:
    leave_traces(seat)
    sound = b"sound"
    place = upload(seat, sound).headers["Location"]
    assert send(seat, place, 0, sound).status_code == 204
    assert mark(sit_at("zhou.min"), sound, "坐席没有核实身份").status_code == 200
    lead, export_id = approved(sit_at)

    files = unpacked(fetch(lead, export_id).content)

    told: dict[str, Any] = orjson.loads(files["data.json"])
    assert told["rows"]["customer"][0]["phones"] == [PHONE]
    assert (len(told["rows"]["contact"]), len(told["rows"]["ticket"])) == (1, 2)
    assert files[f"recordings/{place.rpartition('/')[2]}.adr"] == sound
    [noted] = told["recordings"][0]["marks"]
    assert (noted["at_ms"], noted["note"], noted["by"]) == (1500, "坐席没有核实身份", "zhou.min")
    page, table = files["zh/person.html"].decode(), files["en/ticket.csv"].decode("utf-8-sig")
    assert NAME in page
    assert f"{export_id} · zhou.min · an.quan" in page
    assert "background-image" in page
    assert "zhou.min" in page.partition("background-image")[2].partition(")}")[0]
    assert "忘川的秘密" in table
    assert not any("另一位".encode() in content for content in files.values())
    deeds = executed(server.settings, "SELECT deed, who FROM audit_line WHERE deed LIKE 'export%' ORDER BY seq")
    assert ("exported", "zhou.min") in deeds


def test_masked_person_gets_masked_numbers(server: ServerThread, sit_at: SitAt) -> None:
    lead, export_id = approved(sit_at)
    files = unpacked(fetch(lead, export_id).content)
    assert not any(PHONE[3:].encode() in content for content in files.values())
    assert NAME.encode() in files["data.json"]


def test_copy_is_for_who_asked_alone(server: ServerThread, sit_at: SitAt) -> None:
    appoint(server.settings, "gao.jie", Role.DUTY_MANAGER)
    _, export_id = approved(sit_at)
    assert fetch(sit_at("gao.jie"), export_id).status_code == 404
    assert fetch(sit_at("lin.yue"), export_id).json()["error"] == "not_allowed"


def test_who_asked_does_not_approve_at_the_console_either(settings: Settings, tmp_path: Path, capsys: Any) -> None:
    where = ["--database", settings.database.render_as_string(hide_password=False), "--home", str(settings.home)]
    assert main(["export-customer", "ask", "C-42", "--reason", "本人要求副本", *where]) == 0
    export_id = orjson.loads(capsys.readouterr().out)["id"]
    assert main(["export-customer", "approve", export_id, "--reason", "身份已核实", *where]) == 1
    assert "somebody else" in capsys.readouterr().err
    executed(settings, "UPDATE person_export SET state = 'approved', decided_at = '2999-01-01T00:00:00.000Z'")
    assert main(["export-customer", "fetch", export_id, str(tmp_path / "copy.zip"), *where]) == 0
    assert main(["export-customer", "fetch", export_id, str(tmp_path / "copy.zip"), *where]) == 1
    assert orjson.loads(unpacked((tmp_path / "copy.zip").read_bytes())["data.json"])["customer_id"] == "C-42"
