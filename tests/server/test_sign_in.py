"""Who gets in, for how long, and what a stolen token is worth."""

from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import select

from agent_server.passwords import Passwords, hash_of_nobody
from agent_server.settings import PasswordCost
from agent_server.tables import metadata
from tests.in_process import PASSWORD, ServerThread, serving
from tests.server.conftest import NewSite, executed
from tests.server.workstation import Workstation

DEVICES = "/sync/v1/devices"
CLOSED = (
    "/sync/v1/hello",
    "/sync/v1/changes?scope=org&since=0",
    "/sync/v1/snapshot/org/manifest",
    "/sync/v1/snapshot/org",
    "/customers?number=10086",
)


def sign_in(address: str, login: str, password: str) -> httpx.Response:
    return httpx.post(f"{address}/auth/sign-in", json={"login": login, "password": password, "device_id": "d"})


def test_health_needs_no_sign_in(server: ServerThread) -> None:
    answer = httpx.get(f"{server.address}/health")

    assert answer.json()["status"] == "ok"
    assert set(answer.json()) == {"status", "version", "epoch", "server_time"}


def test_sign_in_tells_who_signed_in(server: ServerThread) -> None:
    answer = sign_in(server.address, "Lin.Yue", PASSWORD).json()

    assert answer["agent"]["id"] == "lin.yue"
    assert answer["agent"]["body"]["name"] == {"zh": "林悦", "en": "Lin Yue"}
    assert answer["access_expires_s"] == 900
    assert answer["device_id"] == "d"


def test_workstation_without_device_is_given_one(server: ServerThread) -> None:
    answer = httpx.post(f"{server.address}/auth/sign-in", json={"login": "lin.yue", "password": PASSWORD})

    assert len(answer.json()["device_id"]) == 36


def test_unknown_login_and_wrong_password_read_the_same(server: ServerThread) -> None:
    wrong = sign_in(server.address, "lin.yue", "wrong")
    unknown = sign_in(server.address, "nobody", "wrong")

    assert (wrong.status_code, wrong.json()) == (401, {"error": "wrong_password"})
    assert (unknown.status_code, unknown.json()) == (wrong.status_code, wrong.json())


def test_unknown_login_takes_the_work_of_a_known_one() -> None:
    cost = PasswordCost(time=2, memory_kib=64, lanes=2)
    nobodys = hash_of_nobody(cost)

    assert extract_parameters(nobodys) == extract_parameters(Passwords(cost).hash(PASSWORD))
    with pytest.raises(VerifyMismatchError):  # the work was done: a hash that cannot be read is another error
        PasswordHasher().verify(nobodys, PASSWORD)


@pytest.mark.parametrize("login", ["lin.yue", "nobody"])
def test_repeated_failures_make_everybody_wait(server: ServerThread, login: str) -> None:
    codes = [sign_in(server.address, login, "wrong").status_code for _ in range(5)]
    waiting = sign_in(server.address, login, PASSWORD)

    assert codes == [401] * 5
    assert waiting.status_code == 429
    assert waiting.json()["error"] == "too_many_attempts"
    assert 0 < waiting.json()["retry_after_s"] <= 61
    assert sign_in(server.address, "wang.qiang", PASSWORD).status_code == 200


def test_locked_account_is_told_only_to_who_knows_the_password(server: ServerThread) -> None:
    executed(server.settings, "UPDATE account SET is_locked = TRUE WHERE agent_id = 'lin.yue'")

    assert sign_in(server.address, "lin.yue", "wrong").json() == {"error": "wrong_password"}
    assert sign_in(server.address, "lin.yue", PASSWORD).json() == {"error": "account_locked"}


def test_passwords_and_tokens_are_not_in_the_database(server: ServerThread, seat: Workstation) -> None:
    kept = repr([executed(server.settings, select(table)) for table in metadata.tables.values()])

    assert seat.device_id in kept
    assert PASSWORD not in kept
    assert seat.refresh not in kept


def test_refresh_gives_new_tokens_and_spends_the_old(server: ServerThread, seat: Workstation) -> None:
    answer = httpx.post(
        f"{server.address}/auth/refresh", json={"refresh": seat.refresh, "device_id": seat.device_id}
    ).json()

    assert answer["refresh"] != seat.refresh
    assert answer["agent"]["id"] == "lin.yue"
    seat.http.headers["Authorization"] = f"Bearer {answer['access']}"
    assert seat.hello()["protocol"] == 1


def test_refresh_token_used_twice_ends_the_session(server: ServerThread, seat: Workstation) -> None:
    path = f"{server.address}/auth/refresh"
    second = httpx.post(path, json={"refresh": seat.refresh}).json()["refresh"]

    reused = httpx.post(path, json={"refresh": seat.refresh})

    assert (reused.status_code, reused.json()) == (401, {"error": "refresh_reused"})
    assert httpx.post(path, json={"refresh": second}).json() == {"error": "refresh_expired"}
    assert seat.http.get("/sync/v1/hello").json() == {"error": "not_signed_in"}


def test_refresh_token_of_another_device_is_refused(server: ServerThread, seat: Workstation) -> None:
    answer = httpx.post(f"{server.address}/auth/refresh", json={"refresh": seat.refresh, "device_id": "elsewhere"})

    assert (answer.status_code, answer.json()) == (401, {"error": "refresh_expired"})


def test_sign_out_ends_the_session_and_knows_no_unknown_token(server: ServerThread, seat: Workstation) -> None:
    assert httpx.post(f"{server.address}/auth/sign-out", json={"refresh": "unknown"}).status_code == 204
    assert httpx.post(f"{server.address}/auth/sign-out", json={"refresh": seat.refresh}).status_code == 204

    assert seat.http.get("/sync/v1/hello").status_code == 401


def test_access_token_runs_out(new_site: NewSite) -> None:
    settings = replace(new_site(), access_life=timedelta(seconds=-1))
    with serving(settings) as server, Workstation(server.address, "lin.yue") as seat:
        answer = seat.http.get("/sync/v1/hello")

    assert (answer.status_code, answer.json()) == (401, {"error": "not_signed_in"})


@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer x.y.z", "Basic bGlu"], ids=["none", "empty", "garbled", "basic"]
)
def test_routes_are_closed_without_a_token(server: ServerThread, authorization: str) -> None:
    headers = {"X-Sync-Protocol": "1"} | ({"Authorization": authorization} if authorization else {})
    with httpx.Client(base_url=server.address, headers=headers) as stranger:
        answers = [stranger.get(path) for path in CLOSED] + [stranger.post("/sync/v1/ops"), stranger.post(DEVICES)]

    assert [(answer.status_code, answer.json()) for answer in answers] == [(401, {"error": "not_signed_in"})] * 7


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'{"login": 1, "password": "x"}', b'{"login": "a\\u0000", "password": "x"}', b'{"login": "a"}'],
    ids=["nothing", "cut", "list", "number", "nul", "half"],
)
def test_garbled_sign_in_is_refused_with_a_code(unharmed_server: ServerThread, body: bytes) -> None:
    answer = httpx.post(
        f"{unharmed_server.address}/auth/sign-in", content=body, headers={"Content-Type": "application/json"}
    )

    assert answer.status_code == 422
    assert answer.json()["error"] == "bad_request"
