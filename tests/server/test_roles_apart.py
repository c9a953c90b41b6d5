"""Administrator, security officer and auditor: three people, each with a wall round what is theirs."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from agent_model.agent import Role
from agent_server.__main__ import main
from tests.in_process import DATABASE_NAME, PASSWORD, ServerThread, a_customer, make_site, serving
from tests.server.conftest import executed
from tests.server.officers import appoint
from tests.server.workstation import Workstation

WHY = {"reason": "asked for"}
NEW = {"reason": "asked for", "password": "another password"}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerThread]:
    settings = make_site(tmp_path / "site", [a_customer(1)])
    appoint(settings, "kong.an", Role.SECURITY_OFFICER)
    appoint(settings, "wei.an", Role.SECURITY_OFFICER)
    appoint(settings, "shen.ji", Role.AUDITOR)
    with serving(settings) as running:
        yield running


@pytest.fixture
def ask(server: ServerThread) -> Iterator[Workstation]:
    """Anybody's client, until they sign in."""
    with Workstation(server.address, "lin.yue") as seat:
        yield seat


def asked(server: ServerThread, login: str, method: str, path: str, body: dict[str, str]) -> tuple[int, str]:
    with Workstation(server.address, login) as seat:
        answer = seat.http.request(method, path, json=body)
    return answer.status_code, answer.json().get("error", "") if answer.content else ""


@pytest.mark.parametrize(
    ("login", "extra"),
    [
        ("admin", {"role:administrator", "editors"}),
        ("kong.an", {"role:security_officer"}),
        ("shen.ji", {"role:auditor"}),
    ],
    ids=["admin", "officer", "auditor"],
)
def test_none_of_the_three_sees_a_customer(server: ServerThread, login: str, extra: set[str]) -> None:
    with Workstation(server.address, login) as seat:
        scopes = seat.hello()["scopes"]
        found = seat.http.get("/customers", params={"number": "13800000001"})
        shown = seat.http.post("/customers/C-1/reveal", json={"field": "phones", "reason": "curious"})

    held = {scope for scope in scopes if not scope.startswith("site:")}
    assert held == {"org", f"own:{login}"} | extra
    assert (found.json(), shown.json()) == ({"error": "not_allowed"}, {"error": "not_allowed"})


@pytest.mark.parametrize(
    ("login", "method", "path", "body"),
    [
        ("lin.yue", "PUT", "/admin/users/wang.qiang/role", {"role": "team_lead", **WHY}),
        ("lin.yue", "POST", "/admin/users/wang.qiang/lock", WHY),
        ("shen.ji", "POST", "/admin/users/wang.qiang/lock", WHY),
        ("shen.ji", "POST", "/admin/users/lin.yue/sessions/end", WHY),
        ("shen.ji", "PUT", "/admin/users/lin.yue/password", NEW),
        ("kong.an", "PUT", "/admin/users/lin.yue/password", NEW),
        ("kong.an", "POST", "/admin/users/lin.yue/lock", WHY),
        ("kong.an", "PUT", "/admin/users/lin.yue/role", {"role": "team_lead", **WHY}),
        ("admin", "PUT", "/admin/users/lin.yue/role", {"role": "auditor", **WHY}),
        ("admin", "PUT", "/admin/users/lin.yue/role", {"role": "administrator", **WHY}),
        ("admin", "PUT", "/admin/users/shen.ji/role", {"role": "agent", **WHY}),
        ("admin", "PUT", "/admin/users/shen.ji/password", NEW),
        ("admin", "PUT", "/admin/users/kong.an/password", NEW),
        ("admin", "POST", "/admin/users/shen.ji/lock", WHY),
        ("admin", "POST", "/admin/users/kong.an/sessions/end", WHY),
        ("admin", "POST", "/admin/users/lin.yue/second-factor/reset", WHY),
        ("shen.ji", "POST", "/admin/users/lin.yue/second-factor/reset", WHY),
        ("admin", "PUT", "/admin/users/admin/role", {"role": "agent", **WHY}),
        ("kong.an", "PUT", "/admin/users/kong.an/role", {"role": "agent", **WHY}),
        ("kong.an", "POST", "/admin/users/kong.an/second-factor/reset", WHY),
    ],
)
def test_wall_stands(server: ServerThread, login: str, method: str, path: str, body: dict[str, str]) -> None:
    before = executed(server.settings, "SELECT login, role, version FROM agent ORDER BY id")

    assert asked(server, login, method, path, body) == (403, "not_allowed")
    assert executed(server.settings, "SELECT login, role, version FROM agent ORDER BY id") == before
    assert executed(server.settings, "SELECT count(*) FROM account WHERE is_locked") == [(0,)]


@pytest.mark.parametrize(
    ("subject", "role"),
    [("admin", "auditor"), ("admin", "security_officer"), ("shen.ji", "administrator"), ("wei.an", "auditor")],
)
def test_nobody_goes_from_one_of_the_three_to_another(server: ServerThread, subject: str, role: str) -> None:
    told = asked(server, "kong.an", "PUT", f"/admin/users/{subject}/role", {"role": role, **WHY})

    assert told == (409, "roles_kept_apart")
    assert main(["user", "role", subject, role, "--database", str(server.settings.home / DATABASE_NAME)]) == 1


@pytest.mark.parametrize(
    ("login", "method", "path", "body"),
    [
        ("admin", "PUT", "/admin/users/lin.yue/role", {"role": "team_lead", **WHY}),
        ("admin", "PUT", "/admin/users/lin.yue/password", NEW),
        ("admin", "POST", "/admin/users/lin.yue/lock", WHY),
        ("admin", "POST", "/admin/users/lin.yue/unlock", WHY),
        ("kong.an", "PUT", "/admin/users/lin.yue/role", {"role": "auditor", **WHY}),
        ("kong.an", "PUT", "/admin/users/shen.ji/password", NEW),
        ("kong.an", "POST", "/admin/users/admin/lock", WHY),
        ("kong.an", "POST", "/admin/users/lin.yue/second-factor/reset", WHY),
    ],
)
def test_what_is_theirs_is_done(server: ServerThread, login: str, method: str, path: str, body: dict[str, str]) -> None:
    assert asked(server, login, method, path, body) == (204, "")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "/admin/users/lin.yue/role", {"role": "return_visit", **WHY}),
        ("PUT", "/admin/users/lin.yue/password", NEW),
        ("POST", "/admin/users/lin.yue/lock", WHY),
        ("POST", "/admin/users/lin.yue/sessions/end", WHY),
    ],
    ids=["role", "password", "lock", "end"],
)
def test_every_token_of_the_person_is_void_at_once(
    server: ServerThread, ask: Workstation, method: str, path: str, body: dict[str, str]
) -> None:
    with Workstation(server.address, "lin.yue", "another seat") as other:
        asked(server, "admin", method, path, body)
        answers = [seat.http.get("/sync/v1/hello").status_code for seat in (ask, other)]
        token = {"refresh": other.refresh, "device_id": "another seat"}
        refreshed = other.http.post("/auth/refresh", json=token).json()

    assert answers == [401, 401]
    assert refreshed == {"error": "refresh_expired"}


def test_sessions_are_ended_from_the_console(server: ServerThread, ask: Workstation) -> None:
    assert main(["sessions", "end", "lin.yue", "--database", str(server.settings.home / DATABASE_NAME)]) == 0

    assert ask.http.get("/sync/v1/hello").json() == {"error": "not_signed_in"}


def test_own_password_ends_the_other_sessions_only(server: ServerThread, ask: Workstation) -> None:
    with Workstation(server.address, "lin.yue", "another seat") as other:
        wrong = ask.http.put("/auth/password", json={"old": "wrong", "new": "another password"})
        right = ask.http.put("/auth/password", json={"old": PASSWORD, "new": "another password"})
        after = (ask.http.get("/sync/v1/hello").status_code, other.http.get("/sync/v1/hello").status_code)

    assert (wrong.json(), right.status_code, after) == ({"error": "wrong_password"}, 204, (200, 401))
    body = {"login": "lin.yue", "password": "another password"}
    assert httpx.post(f"{server.address}/auth/sign-in", json=body).status_code == 200


def test_administrator_adds_who_works_and_the_security_officer_the_others(server: ServerThread) -> None:
    person = {"name_zh": "新", "name_en": "New", "team": "home", "password": "a new password"}
    body = {"login": "new.one", "role": "agent", **person}
    officer = {"login": "new.officer", "role": "auditor", **person}

    assert asked(server, "kong.an", "POST", "/admin/users", body) == (403, "not_allowed")
    assert asked(server, "admin", "POST", "/admin/users", officer) == (403, "not_allowed")
    assert asked(server, "admin", "POST", "/admin/users", body) == (201, "")
    assert asked(server, "kong.an", "POST", "/admin/users", officer) == (201, "")
    assert asked(server, "admin", "POST", "/admin/users", body) == (409, "user_exists")
    assert asked(server, "admin", "POST", "/admin/users/nobody/lock", WHY) == (404, "unknown_user")
