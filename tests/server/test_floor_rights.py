"""What is for leads is refused to everybody else, whatever a program sends, and nothing is told without a sign-in."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from starlette.routing import Route

from agent_server.app import create_app
from tests.in_process import ServerThread, make_site, serving
from tests.server.conftest import CUSTOMERS, SitAt, everything_in

Asked = tuple[str, str, dict[str, Any]]
"""Method, path and what is sent with it."""
ID: Final = "a1" * 16
NAMED: Final = {"kind": "agent", "mail_id": ID, "contact_id": "T-1", "mark_id": ID, "alert_id": ID}
DAY: Final = {"first": "2026-11-20", "last": "2026-11-20"}
OF_A_COLLEAGUE: Final = {"agent": "wang.qiang"}
WORDS: Final = {
    "id": ID, "to": "agent", "whom": "wang.qiang", "words": "Come back at two", "is_urgent": False, "minutes": 30,
}  # fmt: skip
SERVED: Final = {**OF_A_COLLEAGUE, "queues": ["support"], "languages": ["zh-CN"], "why": "queue"}
MAIL: Final = {
    "kind": "agent", "at": "08:00", "on": ["mon"], "form": "xlsx", "language": "en", "to": ["lead@example.com"],
}  # fmt: skip
MARK: Final = {"recording": "0" * 64, "at_ms": 0, "note": ""}
ABOUT_A_COLLEAGUE: Final[tuple[Asked, ...]] = (
    ("POST", "/floor/v1/monitoring", {"json": {**OF_A_COLLEAGUE, "how": "listen", "reference": "0" * 32}}),
    ("POST", "/floor/v1/take-over", {"json": OF_A_COLLEAGUE}),
    ("POST", "/floor/v1/hang-up", {"json": OF_A_COLLEAGUE}),
    ("POST", "/floor/v1/calls", {"json": OF_A_COLLEAGUE}),
    ("POST", "/floor/v1/help-answers", {"json": OF_A_COLLEAGUE}),
    ("POST", "/floor/v1/orders", {"json": {**OF_A_COLLEAGUE, "state": "ready", "reason": None, "why": "queue"}}),
    ("PUT", "/floor/v1/serving", {"json": SERVED}),
    ("POST", "/floor/v1/messages", {"json": WORDS}),
)
FOR_LEADS: Final[tuple[Asked, ...]] = (
    *ABOUT_A_COLLEAGUE,
    ("GET", "/floor/v1/care", {}),
    ("GET", "/floor/v1/reports/{kind}", {"params": DAY}),
    ("GET", "/floor/v1/reports/{kind}/file", {"params": {**DAY, "form": "xlsx", "language": "en"}}),
    ("GET", "/floor/v1/report-mails", {}),
    ("PUT", "/floor/v1/report-mails/{mail_id}", {"json": MAIL}),
    ("DELETE", "/floor/v1/report-mails/{mail_id}", {}),
    ("GET", "/floor/v1/messages", {}),
    ("PUT", "/floor/v1/alerts/{alert_id}/taken", {}),
    ("GET", "/floor/v1/recordings/{contact_id}/marks", {}),
    ("PUT", "/floor/v1/recordings/{contact_id}/marks/{mark_id}", {"json": MARK}),
    ("DELETE", "/floor/v1/recordings/{contact_id}/marks/{mark_id}", {}),
)
FOR_PLANNERS: Final[tuple[Asked, ...]] = (
    ("GET", "/floor/v1/shift-plans", {"params": DAY}),
    ("PUT", "/floor/v1/shift-plans", {"json": {"shifts": []}}),
)
"""Who leads, and who looks after the people there are."""
FOR_EVERYBODY: Final[tuple[Asked, ...]] = (
    ("DELETE", "/floor/v1/monitoring", {}),
    ("GET", "/floor/v1/own-figures", {}),
    ("GET", "/floor/v1/honours", {}),
    ("PUT", "/floor/v1/honours/own", {"json": {"is_named": True}}),
    ("GET", "/floor/v1/mood", {}),
    ("POST", "/floor/v1/mood/tokens", {"json": {"round": "home/2026-W47", "blinded": "1"}}),
    ("GET", "/v1/recordings", {}),
)
"""Who is signed in; of themselves, and of what they may hear."""
BY_TOKEN: Final[tuple[Asked, ...]] = (
    ("POST", "/floor/v1/callers", {"data": {"number": "13800000001", "queue": "support"}}),
    ("GET", "/wallboard/live", {}),
)
"""Of exchanges and televisions, which sign in as nobody."""
FOR_ANYBODY: Final[tuple[Asked, ...]] = (
    ("POST", "/floor/v1/mood/answers", {}),
    ("GET", "/wallboard", {}),
)
"""An answer that a signature proves without a name, and a page without figures."""
OF_AGENTS: Final = ("agent", "agent_state", "break_turn", "floor_message", "floor_message_reader")
"""Tables that hold what leads do to agents."""
OF_THE_FLOOR: Final = ("/floor/", "/wallboard", "/v1/recordings")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerThread]:
    """One for all of them: what is refused changes nothing."""
    with serving(make_site(tmp_path_factory.mktemp("floor") / "site", CUSTOMERS)) as running:
        yield running


def test_every_route_of_the_floor_stands_in_a_table(tmp_path: Path) -> None:
    app = create_app(make_site(tmp_path / "site"), lambda: datetime.now(UTC))
    there = {
        (method, route.path)
        for route in app.routes
        if isinstance(route, Route) and route.path.startswith(OF_THE_FLOOR)
        for method in (route.methods or set()) - {"HEAD"}
    }
    tables = FOR_LEADS + FOR_PLANNERS + FOR_EVERYBODY + BY_TOKEN + FOR_ANYBODY
    assert there == {(method, path) for method, path, _ in tables}


def of(*tables: tuple[Asked, ...]) -> pytest.MarkDecorator:
    asked = [one for table in tables for one in table]
    ids = [f"{method} {path}" for method, path, _ in asked]
    return pytest.mark.parametrize(
        ("method", "path", "sent"), [(method, path.format(**NAMED), sent) for method, path, sent in asked], ids=ids
    )


@of(FOR_LEADS)
@pytest.mark.parametrize("login", ["lin.yue", "admin"])
def test_what_is_for_leads_is_refused_to_others(
    sit_at: SitAt, login: str, method: str, path: str, sent: dict[str, Any]
) -> None:
    answer = sit_at(login).http.request(method, path, **sent)
    assert (answer.status_code, answer.json()["error"]) == (403, "not_allowed")


@of(FOR_PLANNERS)
def test_agents_plan_nobody(sit_at: SitAt, method: str, path: str, sent: dict[str, Any]) -> None:
    answer = sit_at("lin.yue").http.request(method, path, **sent)
    assert (answer.status_code, answer.json()["error"]) == (403, "not_allowed")


@of(FOR_LEADS, FOR_PLANNERS, FOR_EVERYBODY, BY_TOKEN)
def test_nothing_is_told_without_a_sign_in(server: ServerThread, method: str, path: str, sent: dict[str, Any]) -> None:
    assert httpx.request(method, server.address + path, **sent).status_code == 401


@of(BY_TOKEN)
def test_who_is_signed_in_is_no_exchange_and_no_television(
    sit_at: SitAt, method: str, path: str, sent: dict[str, Any]
) -> None:
    assert sit_at("lu.hai").http.request(method, path, **sent).status_code == 401


@of(ABOUT_A_COLLEAGUE)
def test_lead_of_another_team_does_nothing_to_an_agent(
    server: ServerThread, sit_at: SitAt, method: str, path: str, sent: dict[str, Any]
) -> None:
    before = everything_in(server.settings)
    answer = sit_at("grace.miller").http.request(method, path, **sent)
    after = everything_in(server.settings)
    assert (answer.status_code, answer.json()["error"]) == (403, "not_allowed")
    assert [after[name] for name in OF_AGENTS] == [before[name] for name in OF_AGENTS]


@pytest.mark.parametrize("to", [{"to": "team", "whom": "home"}, {"to": "all", "whom": ""}], ids=["team", "all"])
def test_lead_of_another_team_writes_to_nobody_there(sit_at: SitAt, to: dict[str, str]) -> None:
    answer = sit_at("grace.miller").http.post("/floor/v1/messages", json={**WORDS, **to})
    assert (answer.status_code, answer.json()["error"]) == (403, "not_allowed")


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
