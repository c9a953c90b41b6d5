"""The audit trail: what stands in it, who reads it, and that nobody changes it unseen."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from agent_model.agent import Role
from agent_server.__main__ import main
from agent_server.audit import HEAD_FILE, Act, Deed, Finding
from agent_server.settings import Settings
from tests.in_process import DATABASE_NAME, PASSWORD, ServerThread, make_site, serving
from tests.server.conftest import SitAt, executed
from tests.server.officers import appoint, at_the_console, findings
from tests.server.workstation import Workstation

PUT_IN = """
    INSERT INTO audit_line
    SELECT 11, at, deed, who, subject, field, reason, device, address, mac FROM audit_line WHERE seq = 10
"""
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@pytest.fixture
def site(tmp_path: Path) -> Settings:
    """A site with ten lines in its trail, the end of which is also written beside the secret."""
    settings = make_site(tmp_path / "site")
    note(settings, 10)
    return settings


def note(settings: Settings, count: int, clock: Callable[[], datetime] = lambda: NOW) -> None:
    acts = [Act(Deed.REVEALED, "lin.yue", f"C-{number}", "phones", "call back") for number in range(count)]

    async def write(_desk: Any, trail: Any) -> None:
        await trail.note(*acts)
        await trail.anchor()

    at_the_console(settings, write, clock)


def deeds(auditor: Workstation) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = auditor.http.get("/audit", params={"limit": 1000}).json()["lines"]
    return lines


def test_who_signed_in_and_failed_to_stands_in_the_trail(server: ServerThread, sit_at: SitAt) -> None:
    appoint(server.settings, "shen.ji", Role.AUDITOR)
    httpx.post(f"{server.address}/auth/sign-in", json={"login": "lin.yue", "password": "x", "device_id": "d"})
    httpx.post(f"{server.address}/auth/sign-in", json={"login": "her password", "password": "x", "device_id": "d"})
    sit_at("lin.yue", "seat 214")

    told = [(line["deed"], line["who"], line["device"], line["address"]) for line in deeds(sit_at("shen.ji"))]

    assert told[1:4] == [
        ("sign_in_failed", "lin.yue", "d", "127.0.0.1"),
        ("sign_in_failed", "", "d", "127.0.0.1"),
        ("signed_in", "lin.yue", "seat 214", "127.0.0.1"),
    ]
    assert findings(server.settings) == []


def test_lines_written_at_once_are_one_chain(server: ServerThread) -> None:
    def fail(number: int) -> int:
        body = {"login": f"login {number}", "password": "x"}
        return httpx.post(f"{server.address}/auth/sign-in", json=body, timeout=60).status_code

    with ThreadPoolExecutor(8) as crowd:
        codes = set(crowd.map(fail, range(24)))

    assert codes == {401}
    assert executed(server.settings, "SELECT count(*), max(seq) FROM audit_line") == [(24, 24)]
    assert findings(server.settings) == []


def test_reading_the_trail_stands_in_it(server: ServerThread, sit_at: SitAt) -> None:
    appoint(server.settings, "shen.ji", Role.AUDITOR)
    auditor = sit_at("shen.ji")
    seen = len(deeds(auditor))

    last = deeds(auditor)[-1]

    assert (last["deed"], last["who"], last["subject"]) == ("audit_read", "shen.ji", f"1..{seen}")


@pytest.mark.parametrize("login", ["lin.yue", "admin", "kong.an"], ids=["agent", "administrator", "security officer"])
def test_nobody_but_the_auditor_reads_it(server: ServerThread, sit_at: SitAt, login: str) -> None:
    appoint(server.settings, "kong.an", Role.SECURITY_OFFICER)
    answer = sit_at(login).http.get("/audit")

    assert (answer.status_code, answer.json()) == (403, {"error": "not_allowed"})


@pytest.mark.parametrize("method", ["PUT", "POST", "PATCH", "DELETE"])
@pytest.mark.parametrize("login", ["admin", "shen.ji"], ids=["administrator", "auditor"])
def test_nobody_erases_it(tmp_path: Path, method: str, login: str) -> None:
    settings = make_site(tmp_path / "site")
    appoint(settings, "shen.ji", Role.AUDITOR)
    with serving(settings) as server, Workstation(server.address, login) as seat:
        answer = seat.http.request(method, "/audit")

    assert (answer.status_code, answer.json()) == (405, {"error": "method_not_allowed"})


def test_snapshot_of_customers_is_an_export(server: ServerThread, sit_at: SitAt) -> None:
    appoint(server.settings, "shen.ji", Role.AUDITOR)
    sit_at().take_snapshot("org")
    sit_at().take_snapshot("customers:home")

    told = [(line["who"], line["subject"]) for line in deeds(sit_at("shen.ji")) if line["deed"] == "exported"]

    assert told == [("lin.yue", "customers:home")]


def test_part_of_a_snapshot_is_an_export_as_well(server: ServerThread, sit_at: SitAt) -> None:
    appoint(server.settings, "shen.ji", Role.AUDITOR)
    sit_at().http.get("/sync/v1/snapshot/customers:home", headers={"Range": "bytes=1-"})

    told = [(line["subject"], line["field"]) for line in deeds(sit_at("shen.ji")) if line["deed"] == "exported"]

    assert told == [("customers:home", "bytes=1-")]


def test_whole_trail_is_said_to_be_whole(site: Settings) -> None:
    assert findings(site) == []


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("UPDATE audit_line SET who = 'wang.qiang' WHERE seq = 4", Finding(4, "changed")),
        ("UPDATE audit_line SET reason = '' WHERE seq = 4", Finding(4, "changed")),
        ("UPDATE audit_line SET at = '2026-11-22T09:00:00.000Z' WHERE seq = 4", Finding(4, "changed")),
        ("DELETE FROM audit_line WHERE seq = 4", Finding(4, "missing")),
        ("DELETE FROM audit_line WHERE seq <= 4", Finding(1, "missing")),
        ("DELETE FROM audit_line WHERE seq > 7", Finding(8, "cut")),
        (
            PUT_IN,
            Finding(11, "changed"),
        ),
        ("DELETE FROM audit_head", Finding(11, "cut")),
    ],
    ids=["who", "why", "when", "one removed", "beginning removed", "end removed", "put in", "head removed"],
)
def test_change_behind_the_servers_back_is_found(site: Settings, statement: str, finding: Finding) -> None:
    executed(site, statement)

    assert finding in findings(site)


def test_end_that_was_cut_off_with_its_head_is_found(site: Settings) -> None:
    executed(site, "DELETE FROM audit_line WHERE seq > 7")
    executed(site, "UPDATE audit_head SET seq = 7, mac = (SELECT mac FROM audit_line WHERE seq = 7)")

    assert findings(site) == [Finding(8, "cut")]


def test_trail_written_anew_with_another_secret_is_found(site: Settings) -> None:
    (site.home / "secret.key").write_text("f" * 64, encoding="ascii")

    assert len(findings(site)) == 10


def test_command_says_which_line(site: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["audit", "verify", "--database", str(site.home / DATABASE_NAME)]
    whole = main(command)
    executed(site, "UPDATE audit_line SET who = 'wang.qiang' WHERE seq = 4")

    assert (whole, main(command)) == (0, 1)
    assert capsys.readouterr().out == "changed\t4\n"


def test_six_months_are_kept_whatever_is_asked(site: Settings) -> None:
    half_a_year = at_the_console(
        site, lambda _desk, trail: trail.prune("console", timedelta(0)), lambda: NOW + timedelta(days=183)
    )

    assert half_a_year == 0
    assert executed(site, "SELECT count(*) FROM audit_line") == [(10,)]


def test_old_lines_go_and_the_chain_tells_so(site: Settings) -> None:
    note(site, 3, lambda: NOW + timedelta(days=300))
    gone = at_the_console(
        site, lambda _desk, trail: trail.prune("console", timedelta(days=200)), lambda: NOW + timedelta(days=300)
    )

    assert gone == 10
    assert executed(site, "SELECT min(seq), max(seq) FROM audit_line") == [(11, 14)]
    assert findings(site) == []
    executed(site, "DELETE FROM audit_line WHERE seq = 11")
    assert Finding(1, "missing") in findings(site)


def test_trail_of_a_restored_backup_says_how_far_it_had_come(site: Settings) -> None:
    [(lost,)] = executed(site, "SELECT mac FROM audit_head")
    executed(site, "DELETE FROM audit_line WHERE seq > 7")
    executed(site, "UPDATE audit_head SET seq = 7, mac = (SELECT mac FROM audit_line WHERE seq = 7)")

    assert main(["restored", "--database", str(site.home / DATABASE_NAME)]) == 0

    assert findings(site) == []
    query = "SELECT seq, subject, reason FROM audit_line WHERE deed = 'restored'"
    assert executed(site, query) == [(8, "10", lost)]


def test_end_of_the_trail_is_written_down_outside_the_database(server: ServerThread, seat: Workstation) -> None:
    server.stop()

    [(seq,)] = executed(server.settings, "SELECT seq FROM audit_head")
    assert f'"seq":{seq}' in (server.settings.home / HEAD_FILE).read_text(encoding="ascii")


def test_changed_role_and_ended_sessions_stand_with_their_reason(server: ServerThread, sit_at: SitAt) -> None:
    appoint(server.settings, "shen.ji", Role.AUDITOR)
    admin = sit_at("admin", "the administrator's desk")
    admin.http.put("/admin/users/lin.yue/role", json={"role": "team_lead", "reason": "promoted"})
    admin.http.post("/admin/users/lin.yue/sessions/end", json={"reason": "left early"})
    admin.http.put("/auth/password", json={"old": PASSWORD, "new": "another password"})

    lines = [line for line in deeds(sit_at("shen.ji")) if line["who"] == "admin"]

    assert [(line["deed"], line["subject"], line["field"], line["reason"]) for line in lines[1:]] == [
        ("role_changed", "lin.yue", "agent > team_lead", "promoted"),
        ("sessions_ended", "lin.yue", "", "left early"),
        ("password_changed", "admin", "", "own"),
    ]
    assert {line["device"] for line in lines} == {"the administrator's desk"}
