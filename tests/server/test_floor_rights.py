"""What is for leads is refused to everybody else, whatever a program sends, and nothing is told without a sign-in."""

from typing import Any, Final

import httpx
import pytest

from tests.in_process import ServerThread
from tests.server.conftest import SitAt

DAY: Final = {"first": "2026-11-20", "last": "2026-11-20"}
OF_A_COLLEAGUE: Final = {"agent": "wang.qiang"}
FOR_LEADS: Final[tuple[tuple[str, str, dict[str, Any]], ...]] = (
    ("GET", "/floor/v1/care", {}),
    ("GET", "/floor/v1/reports/agent", {"params": DAY}),
    ("GET", "/floor/v1/reports/agent/file", {"params": {**DAY, "form": "xlsx", "language": "en"}}),
    ("POST", "/floor/v1/monitoring", {"json": {**OF_A_COLLEAGUE, "how": "listen", "reference": "0" * 32}}),
    ("POST", "/floor/v1/take-over", {"json": OF_A_COLLEAGUE}),
    ("POST", "/floor/v1/hang-up", {"json": OF_A_COLLEAGUE}),
    ("POST", "/floor/v1/calls", {"json": OF_A_COLLEAGUE}),
    ("POST", "/floor/v1/help-answers", {"json": OF_A_COLLEAGUE}),
    ("POST", "/floor/v1/orders", {"json": {**OF_A_COLLEAGUE, "state": "ready", "reason": None, "why": "queue"}}),
)
FOR_AGENTS: Final[tuple[tuple[str, str, dict[str, Any]], ...]] = (
    ("GET", "/floor/v1/own-figures", {}),
    ("GET", "/floor/v1/honours", {}),
    ("PUT", "/floor/v1/honours/own", {"json": {"is_named": True}}),
    ("GET", "/floor/v1/mood", {}),
)
each = pytest.mark.parametrize(("method", "path", "sent"), FOR_LEADS, ids=[path for _, path, _ in FOR_LEADS])
everything = pytest.mark.parametrize(
    ("method", "path", "sent"), FOR_LEADS + FOR_AGENTS, ids=[path for _, path, _ in FOR_LEADS + FOR_AGENTS]
)


@each
@pytest.mark.parametrize("login", ["lin.yue", "admin"])
def test_what_is_for_leads_is_refused_to_others(
    sit_at: SitAt, login: str, method: str, path: str, sent: dict[str, Any]
) -> None:
    answer = sit_at(login).http.request(method, path, **sent)
    assert (answer.status_code, answer.json()["error"]) == (403, "not_allowed")


@everything
def test_nothing_is_told_without_a_sign_in(server: ServerThread, method: str, path: str, sent: dict[str, Any]) -> None:
    assert httpx.request(method, server.address + path, **sent).status_code == 401


def test_lead_is_told_nothing_of_another_team(sit_at: SitAt) -> None:
    asked = {**DAY, "team": "business"}
    answer = sit_at("zhou.min").http.get("/floor/v1/reports/agent", params=asked)
    assert (answer.status_code, answer.json()["error"]) == (403, "not_allowed")


@pytest.mark.parametrize("path", ["/floor/v1/own-figures?agent=wang.qiang", "/floor/v1/own-figures/wang.qiang"])
def test_nobody_asks_for_anothers_figures(sit_at: SitAt, path: str) -> None:
    own, other = sit_at("lin.yue").http.get("/floor/v1/own-figures"), sit_at("lin.yue").http.get(path)
    assert other.status_code == 404 or other.json() == own.json()


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"why": "x" * 100_000}, id="a reason without end"),
        pytest.param({"agent": "x" * 100_000}, id="an agent without end"),
        pytest.param({"agent": "wang.qiang\u202e"}, id="signs that turn the line around"),
        pytest.param({"agent": ["wang.qiang"]}, id="several agents"),
        pytest.param({"who": "me"}, id="a field that is none"),
    ],
)
def test_order_that_cannot_be_is_refused_and_changes_nothing(sit_at: SitAt, other: dict[str, Any]) -> None:
    order = {**OF_A_COLLEAGUE, "state": "ready", "reason": None, "why": "queue"}
    assert sit_at("zhou.min").http.post("/floor/v1/orders", json=order | other).status_code in (403, 404, 413, 422)


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param({"level": 6}, id="more than there is"),
        pytest.param({"level": 4.5}, id="between two"),
        pytest.param({"level": True}, id="a yes"),
        pytest.param({"signature": "f" * 1025}, id="a signature without end"),
        pytest.param({"token": "0" * 63}, id="half a token"),
        pytest.param({"agent": "lin.yue"}, id="a name beside it"),
    ],
)
def test_answer_of_the_week_takes_nothing_else(server: ServerThread, sent: dict[str, Any]) -> None:
    answer = {"round": "home/2026-W47", "token": "0" * 64, "signature": "0" * 64, "level": 4} | sent
    assert httpx.post(f"{server.address}/floor/v1/mood/answers", json=answer).status_code == 422
