"""Codes at sign-in: enrolling, one use each, recovery, and who may take a factor away."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pyotp
import pytest

from agent_model.agent import Role
from agent_server.policy import Policy
from agent_server.second_factor import step_of
from tests.in_process import PASSWORD, ServerThread, make_site, serving
from tests.server.conftest import executed
from tests.server.officers import appoint, decide
from tests.server.workstation import Workstation

RFC_6238_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.fixture
def client(server: ServerThread) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.address) as made:
        yield made


def ask(client: httpx.Client, path: str, login: str = "lin.yue", **more: Any) -> tuple[int, dict[str, Any]]:
    answer = client.post(path, json={"login": login, "password": PASSWORD, **more})
    return answer.status_code, answer.json()


def sign_in(client: httpx.Client, login: str = "lin.yue", **more: Any) -> tuple[int, str]:
    status, content = ask(client, "/auth/sign-in", login, **more)
    return status, content.get("error", "")


def enrolled(client: httpx.Client, login: str = "lin.yue") -> tuple[pyotp.TOTP, list[str]]:
    """A telephone that makes the person's codes, and their recovery codes. The code of a minute ago was shown."""
    _, made = ask(client, "/auth/second-factor/enrol", login)
    phone = pyotp.TOTP(made["secret"])
    early = phone.at(datetime.now(UTC) - timedelta(seconds=30))
    status, told = ask(client, "/auth/second-factor/confirm", login, code=early)
    assert status == 200, told
    return phone, told["recovery_codes"]


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    assert step_of(RFC_6238_SECRET, code, datetime.fromtimestamp(seconds, UTC)) == seconds // 30


@pytest.mark.parametrize(("off_s", "is_right"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_telephones_clock_may_be_off_by_half_a_minute(off_s: int, is_right: bool) -> None:
    now = datetime(2026, 11, 22, 8, 0, 10, tzinfo=UTC)
    code = pyotp.TOTP(RFC_6238_SECRET).at(now + timedelta(seconds=off_s))

    assert (step_of(RFC_6238_SECRET, code, now) is not None) == is_right


@pytest.mark.parametrize("code", ["", "28708", "2870822", "２８７０８２", "abcdef"])
def test_what_is_no_code_is_wrong(code: str) -> None:
    assert step_of(RFC_6238_SECRET, code, datetime.fromtimestamp(59, UTC)) is None


def test_nobody_is_asked_for_a_code_until_they_have_one(client: httpx.Client) -> None:
    assert sign_in(client) == (200, "")
    ask(client, "/auth/second-factor/enrol")

    assert sign_in(client) == (200, "")


def test_uri_is_what_telephones_read(client: httpx.Client) -> None:
    _, made = ask(client, "/auth/second-factor/enrol")

    assert made["uri"] == f"otpauth://totp/Agent%20Desktop:lin.yue?secret={made['secret']}&issuer=Agent%20Desktop"


def test_who_has_a_factor_is_asked_for_its_code(client: httpx.Client) -> None:
    phone, _ = enrolled(client)

    assert sign_in(client) == (401, "second_factor_needed")
    assert sign_in(client, code="000000") == (401, "wrong_code")
    assert sign_in(client, code=phone.now()) == (200, "")


def test_code_is_right_once(client: httpx.Client) -> None:
    phone, _ = enrolled(client)
    code = phone.now()

    assert [sign_in(client, code=code) for _ in range(2)] == [(200, ""), (401, "code_used")]


def test_older_code_is_wrong_after_a_newer_one(client: httpx.Client) -> None:
    phone, _ = enrolled(client)
    older, newer = phone.now(), phone.at(datetime.now(UTC) + timedelta(seconds=30))

    assert [sign_in(client, code=code) for code in (newer, older)] == [(200, ""), (401, "code_used")]


def test_wrong_password_is_told_before_any_code_is_looked_at(client: httpx.Client) -> None:
    phone, _ = enrolled(client)
    answer = client.post("/auth/sign-in", json={"login": "lin.yue", "password": "wrong", "code": phone.now()})

    assert answer.json() == {"error": "wrong_password"}


def test_guessed_codes_make_wait_like_guessed_passwords(client: httpx.Client) -> None:
    enrolled(client)
    told = [sign_in(client, code=f"00000{number}")[1] for number in range(6)]

    assert told == ["wrong_code"] * 5 + ["too_many_attempts"]


def test_recovery_code_is_right_once_however_it_is_typed(client: httpx.Client) -> None:
    _, codes = enrolled(client)

    assert len(set(codes)) == 10
    assert sign_in(client, code=codes[0].upper().replace("-", " ")) == (200, "")
    assert sign_in(client, code=codes[0]) == (401, "wrong_code")
    assert sign_in(client, code=codes[1]) == (200, "")


def test_recovery_code_of_somebody_else_is_wrong(client: httpx.Client) -> None:
    _, codes = enrolled(client)
    enrolled(client, "wang.qiang")

    assert sign_in(client, "wang.qiang", code=codes[0]) == (401, "wrong_code")


def test_set_factor_is_not_set_again_by_who_knows_the_password(client: httpx.Client) -> None:
    enrolled(client)

    assert ask(client, "/auth/second-factor/enrol") == (409, {"error": "second_factor_is_set"})
    assert ask(client, "/auth/second-factor/confirm", code="000000") == (409, {"error": "second_factor_is_set"})


def test_security_officer_takes_it_away_and_the_trail_says_why(server: ServerThread, client: httpx.Client) -> None:
    appoint(server.settings, "kong.an", Role.SECURITY_OFFICER)
    enrolled(client)
    with Workstation(server.address, "kong.an") as officer:
        path = "/admin/users/lin.yue/second-factor/reset"
        assert officer.http.post(path, json={"reason": "telephone lost"}).status_code == 204

    assert sign_in(client) == (200, "")
    query = "SELECT who, subject, reason FROM audit_line WHERE deed = 'second_factor_reset'"
    assert executed(server.settings, query) == [("kong.an", "lin.yue", "telephone lost")]


def test_secret_and_recovery_codes_are_not_readable_in_the_database(server: ServerThread, client: httpx.Client) -> None:
    phone, codes = enrolled(client)
    kept = str(executed(server.settings, "SELECT secret FROM second_factor"))
    kept += str(executed(server.settings, "SELECT digest FROM recovery_code"))

    assert not [text for text in (phone.secret, *codes) if text in kept]


def test_role_that_needs_a_factor_gets_in_with_one_only(tmp_path: Path) -> None:
    settings = make_site(tmp_path / "site")
    decide(settings, Policy(second_factor=frozenset({Role.ADMINISTRATOR})))
    with serving(settings) as server, httpx.Client(base_url=server.address) as client:
        before = sign_in(client, "admin")
        phone, _ = enrolled(client, "admin")
        after = sign_in(client, "admin", code=phone.now())
        others = sign_in(client, "lin.yue")

    assert (before, after, others) == ((403, "second_factor_not_set"), (200, ""), (200, ""))
