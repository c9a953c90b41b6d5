"""The wallboard on a television: who may see it, what it is told, and how it looks in a browser."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from agent_model.agent import QueueId, TeamId
from agent_model.alert import Alert, AlertKind
from agent_model.floor_bound import Grade
from agent_model.moment import to_text
from agent_model.organisation import Queue
from agent_model.words import Words
from agent_server.__main__ import main
from agent_server.api.wallboard import alerts_shown
from tests.browser import Page, browsing
from tests.in_process import DATABASE_NAME, ServerThread, make_site, serving
from tests.server.centre import SUPPORT_PHONE, Centre, Clock, write
from tests.server.conftest import LEAD


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerThread]:
    with serving(replace(make_site(tmp_path / "site"), has_simulated_switch=True, figures_every_s=0.2)) as running:
        yield running


def console(server: ServerThread, *words: str) -> int:
    return main(["television", *words, "--database", str(server.settings.home / DATABASE_NAME)])


@pytest.fixture
def token(server: ServerThread, capsys: pytest.CaptureFixture[str]) -> str:
    return given(server, capsys)


def given(server: ServerThread, capsys: pytest.CaptureFixture[str]) -> str:
    assert console(server, "add", "Hall 2") == 0
    return capsys.readouterr().out.strip().partition("#")[2]


def told(lines: Iterator[str]) -> Any:
    return json.loads(next(line for line in lines if line.startswith("data: "))[6:])


def test_television_is_told_the_figures_live_and_nothing_of_customers(server: ServerThread, token: str) -> None:
    with ExitStack() as leaving:
        stream = leaving.enter_context(
            httpx.stream("GET", f"{server.address}/wallboard/live", headers={"Authorization": f"Bearer {token}"})
        )
        lines = stream.iter_lines()
        board = told(lines)
        while not board["is_reached"]:
            board = told(lines)

    assert stream.headers["content-type"].startswith("text/event-stream")
    assert {"at", "is_reached", "figures", "seats", "queues", "trend", "target", "alerts"} == board.keys()
    assert {"name", "figures", "ready", "at_work", "grade"} == board["queues"][0].keys()
    assert len(board["figures"]) == 13


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Centre]:
    site, clock = replace(make_site(tmp_path / "centre"), has_simulated_switch=True, figures_every_s=0.2), Clock()
    with serving(site, now=clock) as running, ExitStack() as leaving:
        yield Centre(running, clock, leaving)


def test_television_is_told_what_stands_and_not_of_whom(centre: Centre, capsys: pytest.CaptureFixture[str]) -> None:
    lead, token = centre.seat(LEAD), given(centre.server, capsys)
    write(lead, "long_call", limit=60)
    leads = centre.ear(lead)
    centre.talks()
    centre.clock.passes(60)
    began = to_text(centre.clock())
    alert = leads.next("alert", rule="long_call")
    with watching(centre, token) as lines:
        board = next(one for one in map(json.loads, lines) if one["alerts"])
        [shown] = board["alerts"]
        centre.let(lambda: centre.exchange.hangs_up(SUPPORT_PHONE))
        over = next(one for one in map(json.loads, lines) if not one["alerts"])

    assert alert["agent"] == "lin.yue"
    assert (shown["name"], shown["grade"], shown["since"]) == (alert["name"], "warn", began)
    assert (shown["queue"], [team["en"] for team in shown["teams"]], shown["agents"]) == (None, ["Home Care 1"], 1)
    assert [word for word in ("lin.yue", "Lin Yue", "林悦", "1380013") if word in json.dumps(board)] == []
    assert over["alerts"] == []


def test_agents_of_a_team_are_told_together_and_queues_by_their_names() -> None:
    known = {"billing": Queue(QueueId("billing"), Words("账单咨询", "Billing"), TeamId("home"), ())}
    teams = {"home": Words("家庭组", "Home"), "night": Words("夜班", "Night")}

    lines = alerts_shown(
        [
            (frozenset({"home", "night"}), standing(AlertKind.LONG_WAIT, Grade.BAD, 9, queue="billing")),
            (frozenset({"home", "night"}), standing(AlertKind.BAD_LINES, Grade.BAD, 8)),
            (frozenset({"home"}), standing(AlertKind.LONG_HOLD, Grade.WARN, 7, agent="a")),
            (frozenset({"home"}), standing(AlertKind.LONG_HOLD, Grade.WARN, 5, agent="b")),
            (frozenset({"night"}), standing(AlertKind.LONG_HOLD, Grade.WARN, 4, agent="c")),
        ],
        known,
        teams,
    )

    told = [(one["queue"], [team["en"] for team in one["teams"]], one["agents"], one["since"][11:16]) for one in lines]
    assert told == [
        ({"zh": "账单咨询", "en": "Billing"}, [], 0, "09:09"),
        (None, ["Home", "Night"], 0, "09:08"),
        (None, ["Home"], 2, "09:05"),
        (None, ["Night"], 1, "09:04"),
    ]


def standing(kind: AlertKind, grade: Grade, minute: int, queue: str = "", agent: str = "") -> Alert:
    began_at = datetime(2026, 11, 23, 9, minute, tzinfo=UTC)
    return Alert(f"al-{minute}", kind.value, Words("名", "Name"), kind, grade, 1, 1, began_at, queue, agent)


@contextmanager
def watching(centre: Centre, token: str) -> Iterator[Iterator[str]]:
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.stream("GET", f"{centre.server.address}/wallboard/live", headers=headers) as stream:
        yield (line[6:] for line in stream.iter_lines() if line.startswith("data: "))


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer wrong", "Basic x", f"Bearer {'x' * 4000}"])
def test_who_has_no_token_is_told_nothing(server: ServerThread, given: str) -> None:
    answer = httpx.get(f"{server.address}/wallboard/live", headers={"Authorization": given})

    assert (answer.status_code, answer.json()["error"]) == (401, "not_signed_in")


def test_revoked_television_is_told_nothing_more(server: ServerThread, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.stream("GET", f"{server.address}/wallboard/live", headers=headers) as stream:
        lines = stream.iter_lines()
        told(lines)

        assert console(server, "revoke", "Hall 2") == 0

        rest = [*lines]
        assert stream.is_stream_consumed
        assert all(line == "" or line.startswith("data: ") for line in rest)
    assert httpx.get(f"{server.address}/wallboard/live", headers=headers).status_code == 401


def test_server_ends_while_a_television_listens(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(replace(make_site(tmp_path / "site"), figures_every_s=60.0)) as server, ExitStack() as leaving:
        assert console(server, "add", "Hall 3") == 0
        token = capsys.readouterr().out.strip().partition("#")[2]
        headers = {"Authorization": f"Bearer {token}"}
        stream = leaving.enter_context(httpx.stream("GET", f"{server.address}/wallboard/live", headers=headers))
        lines = stream.iter_lines()
        told(lines)

        server.stop()

        assert all(line == "" or line.startswith("data: ") for line in lines)
        assert stream.is_stream_consumed


def test_console_names_each_television_once_and_lists_them(
    server: ServerThread, token: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert console(server, "add", "Hall 2") == 1
    assert console(server, "revoke", "Hall 9") == 1
    assert console(server, "list") == 0
    listed = capsys.readouterr().out

    assert listed.startswith("Hall 2\t")
    assert token not in listed


def test_page_runs_its_own_script_and_reaches_nobody_else(server: ServerThread) -> None:
    answer = httpx.get(f"{server.address}/wallboard")

    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "connect-src 'self'" in answer.headers["content-security-policy"]
    assert "://" not in answer.text.replace("http://www.w3.org/2000/svg", "")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with browsing(tmp_path_factory.mktemp("chromium")) as page:
        yield page


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", ("实时大屏", "服务水平", "技术支持", "实时 ·")), ("en", ("Wallboard", "Service level", "Live ·"))],
    ids=["zh", "en"],
)
def test_browser_shows_the_figures(
    server: ServerThread, token: str, browser: Page, language: str, words: tuple[str, ...]
) -> None:
    browser.open(f"{server.address}/wallboard?lang={language}#{token}")
    browser.until("newest && newest.is_reached && document.querySelectorAll('[data-figure]').length === 13")

    assert [word for word in words if word not in browser.text()] == []
    assert browser.picture()[:8] == b"\x89PNG\r\n\x1a\n"


def test_browser_shows_newer_figures_by_itself(server: ServerThread, token: str, browser: Page) -> None:
    browser.open(f"{server.address}/wallboard?lang=en#{token}")
    browser.until("newest")
    first = browser.value("newest.at")

    browser.until(f"newest.at > '{first}'")

    assert "As of" not in browser.text()


@pytest.mark.parametrize(
    ("language", "wait", "calls"),
    [
        ("zh", ("✕ 告警", "等待过长", "账单咨询", "起"), ("▲ 关注", "长通话", "家庭")),
        ("en", ("✕ Alarm", "Long wait", "Billing", "since"), ("▲ Watch", "Long", "Home")),
    ],
    ids=["zh", "en"],
)
def test_browser_shows_alerts_while_they_stand(
    centre: Centre,
    browser: Page,
    capsys: pytest.CaptureFixture[str],
    language: str,
    wait: tuple[str, ...],
    calls: tuple[str, ...],
) -> None:
    token = given(centre.server, capsys)
    write(centre.seat(LEAD), "long_call", limit=60)
    centre.talks()
    caller = centre.asks()
    centre.clock.passes(130)
    browser.open(f"{centre.server.address}/wallboard?lang={language}#{token}")
    browser.until("document.querySelectorAll('.alert').length === 2")
    first, second = browser.value("[...document.querySelectorAll('.alert')].map(one => one.innerText)")
    sizes = ((1366, 768), (1920, 1080))
    fits = [browser.picture(*size) and browser.value(FITS) for size in sizes]
    centre.let(lambda: centre.exchange.gives_up(caller))
    browser.until("document.querySelectorAll('.alert').length === 1")
    centre.let(lambda: centre.exchange.hangs_up(SUPPORT_PHONE))
    browser.until("document.querySelectorAll('.alert').length === 0")

    assert [word for word in wait if word not in first] == []
    assert [word for word in calls if word not in second] == []
    assert fits == [True, True]
    assert not browser.value("document.body.classList.contains('alarmed')")


FITS = (
    "Math.max(...[...document.querySelectorAll('.card')].map(one => one.getBoundingClientRect().bottom)) <= innerHeight"
    " && document.documentElement.scrollWidth <= innerWidth"
)


def test_browser_says_that_its_token_is_not_valid(server: ServerThread, browser: Page) -> None:
    browser.open(f"{server.address}/wallboard?lang=en#wrong")

    browser.until("document.body.innerText.includes('not valid')")


@pytest.mark.parametrize(("width_px", "height_px"), [(1366, 768), (1920, 1080)], ids=str)
def test_page_fits_the_screen(server: ServerThread, token: str, browser: Page, width_px: int, height_px: int) -> None:
    browser.open(f"{server.address}/wallboard?lang=en#{token}")
    browser.until("document.querySelectorAll('#queues tr').length > 0")
    browser.picture(width_px, height_px)

    lowest, widest = browser.value(
        "[Math.max(...[...document.querySelectorAll('.card')].map(one => one.getBoundingClientRect().bottom)),"
        " document.documentElement.scrollWidth]"
    )

    assert lowest <= height_px
    assert widest <= width_px
