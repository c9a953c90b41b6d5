"""How much and how often anybody may send, and what an answer does not give away."""

from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from agent_server.request_limits import REMEMBERED, Rate, RequestLimits
from agent_server.settings import Settings
from tests.in_process import PASSWORD, ServerProcess, make_site, serving
from tests.server.conftest import executed
from tests.server.workstation import Workstation


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return make_site(tmp_path / "site")


def test_burst_is_answered_and_then_so_many_a_second() -> None:
    at = [100.0]
    limits = RequestLimits(Rate(2.0, 3), lambda: at[0])

    burst = [limits.wait_s("a") for _ in range(4)]
    at[0] += 0.5
    later = [limits.wait_s("a") for _ in range(2)]

    assert burst == [0.0, 0.0, 0.0, 0.5]
    assert later == [0.0, 0.5]


def test_whoever_pauses_may_send_a_burst_again_and_others_never_wait_for_them() -> None:
    at = [100.0]
    limits = RequestLimits(Rate(2.0, 3), lambda: at[0])
    told = [limits.wait_s("a") for _ in range(9)]
    at[0] += 10

    assert any(told)
    assert [limits.wait_s("a") for _ in range(3)] + [limits.wait_s("b")] == [0.0] * 4


def test_memory_of_who_asked_is_bounded() -> None:
    limits = RequestLimits(Rate(1.0, 1), lambda: 0.0)
    waits = [limits.wait_s(str(number)) for number in range(REMEMBERED + 10)]

    assert set(waits) == {0.0}
    assert len(limits._full_at) == REMEMBERED


def test_session_that_asks_without_end_waits_and_another_does_not(settings: Settings) -> None:
    slow = replace(settings, requests_per_s=0.01, requests_burst=5)
    with (
        serving(slow) as server,
        Workstation(server.address, "lin.yue") as busy,
        Workstation(server.address, "lin.yue", "another seat") as calm,
    ):
        answers = [busy.http.get("/sync/v1/hello") for _ in range(7)]
        other = calm.http.get("/sync/v1/hello")

    assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 2
    assert answers[-1].json()["error"] == "too_many_requests"
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 101
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/auth/sign-in", {"login": "lin.yue", "password": PASSWORD}),
        ("/auth/refresh", {"refresh": "unknown"}),
        ("/auth/sign-out", {"refresh": "unknown"}),
        ("/auth/second-factor/enrol", {"login": "lin.yue", "password": PASSWORD}),
        ("/auth/second-factor/confirm", {"login": "lin.yue", "password": PASSWORD, "code": "000000"}),
    ],
)
def test_address_that_signs_in_without_end_waits(settings: Settings, path: str, body: dict[str, str]) -> None:
    settings = replace(settings, sign_ins_per_s=0.01, sign_ins_burst=3, refreshes_per_s=0.01, refreshes_burst=3)
    with serving(settings) as server:
        answers = [httpx.post(server.address + path, json=body) for _ in range(4)]

    assert 429 not in [answer.status_code for answer in answers[:3]]
    assert (answers[3].status_code, answers[3].json()["error"]) == (429, "too_many_requests")


@pytest.mark.parametrize("path", ["/sync/v1/verify", "/sync/v1/verify/rows"])
def test_who_has_whole_scopes_counted_without_end_waits(settings: Settings, path: str) -> None:
    settings = replace(settings, verifications_per_s=0.01, verifications_burst=3)
    with serving(settings) as server, Workstation(server.address, "lin.yue") as seat:
        asked = {"scope": "own:lin.yue", "bucket": "0"}
        answers = [seat.http.get(path, params=asked) for _ in range(4)]
        other = seat.http.get("/sync/v1/hello")

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[3].json()["error"] == "too_many_requests"
    assert other.status_code == 200


DAY = {"first": "2026-11-20", "last": "2026-11-20"}


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("/floor/v1/own-figures", {}),
        ("/floor/v1/honours", {}),
        ("/floor/v1/care", {}),
        ("/floor/v1/reports/agent", DAY),
        ("/floor/v1/reports/agent/file", DAY),
        ("/floor/v1/messages", {}),
        ("/v1/recordings", {}),
    ],
)
def test_who_has_the_floor_added_up_without_end_waits(settings: Settings, path: str, params: dict[str, str]) -> None:
    settings = replace(settings, floor_reads_per_s=0.01, floor_reads_burst=3)
    with (
        serving(settings) as server,
        Workstation(server.address, "zhou.min") as lead,
        Workstation(server.address, "zhou.min", "another seat") as same,
        Workstation(server.address, "lu.hai") as other,
    ):
        answers = [lead.http.get(path, params=params) for _ in range(3)]
        too_many, orders = same.http.get(path, params=params), same.http.get("/floor/v1/mood")
        others = other.http.get(path, params=params)

    assert [answer.status_code for answer in answers] == [200] * 3
    assert (too_many.status_code, too_many.json()["error"]) == (429, "too_many_requests")
    assert int(too_many.headers["Retry-After"]) >= 1
    assert (orders.status_code, others.status_code) == (200, 200)


def test_refreshes_do_not_use_up_what_passwords_may(settings: Settings) -> None:
    with serving(replace(settings, sign_ins_per_s=0.01, sign_ins_burst=1)) as server:
        refreshed = [httpx.post(f"{server.address}/auth/refresh", json={"refresh": "x"}) for _ in range(5)]
        body = {"login": "lin.yue", "password": PASSWORD}
        signed_in = httpx.post(f"{server.address}/auth/sign-in", json=body)

    assert [answer.status_code for answer in refreshed] == [401] * 5
    assert signed_in.status_code == 200


@pytest.mark.parametrize("path", ["/health", "/sync/v1/hello", "/auth/sign-in", "/nowhere"])
def test_headers_that_are_too_long_are_refused(settings: Settings, path: str) -> None:
    with serving(settings) as server:
        answer = httpx.get(server.address + path, headers={f"X-{number}": "x" * 4000 for number in range(5)})

    assert (answer.status_code, answer.json()) == (431, {"error": "headers_too_large"})


def test_body_that_is_too_large_is_refused_before_it_is_read(settings: Settings) -> None:
    with serving(settings) as server, Workstation(server.address, "lin.yue") as seat:
        answer = seat.http.post("/sync/v1/ops", content=b" " * (4 * 1024 * 1024 + 1))
        after = seat.http.get("/sync/v1/hello").status_code

    assert (answer.status_code, answer.json(), after) == (413, {"error": "too_large"}, 200)


@pytest.mark.parametrize("path", ["/health", "/auth/sign-in", "/nowhere"])
def test_answer_does_not_say_what_the_server_is_made_of(settings: Settings, path: str) -> None:
    with ServerProcess(settings) as server:
        answer = httpx.get(server.address + path)

    assert not {"server", "x-powered-by", "date"} & set(answer.headers)
    assert "uvicorn" not in str(answer.headers).lower()


def test_wrong_method_says_which_are_right(settings: Settings) -> None:
    with serving(settings) as server:
        answer = httpx.delete(f"{server.address}/auth/sign-in")

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


@pytest.mark.parametrize(
    ("proxy", "written"), [("127.0.0.1", "203.0.113.9"), ("10.9.9.9", "127.0.0.1")], ids=["trusted", "stranger"]
)
def test_audit_trail_names_the_address_a_trusted_proxy_tells(settings: Settings, proxy: str, written: str) -> None:
    with ServerProcess(settings, "--proxy", proxy) as server:
        body = {"login": "lin.yue", "password": PASSWORD}
        httpx.post(f"{server.address}/auth/sign-in", json=body, headers={"X-Forwarded-For": "203.0.113.9"})

    assert executed(settings, "SELECT address FROM audit_line WHERE deed = 'signed_in'") == [(written,)]
