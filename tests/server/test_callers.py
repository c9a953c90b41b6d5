"""An exchange asks who is calling: how urgent they are, and who knows them."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs

import httpx
import pytest

from agent_model.moment import to_text
from agent_server.switch.asterisk import AsteriskSettings
from tests.in_process import ServerThread, a_customer, make_site, serving
from tests.server.test_commands import contact
from tests.server.test_live import Ear, live
from tests.server.workstation import Workstation

TOKEN = "7c" * 32
SHARED = "+861088880000"
CUSTOMERS = (
    a_customer(1, tier="diamond", phones=["+8613800000001", SHARED]),
    a_customer(2, language="en", phones=["+8613800000002", SHARED]),
    a_customer(3, tier="gold", language="en"),
)
MAIN = AsteriskSettings(
    "main", "127.0.0.1", 9, extensions="1", token=TOKEN, queues={"support": "kf-support"},
    priorities={"diamond": 30, "gold": 20, "en": 5},
)  # fmt: skip
BRANCH = replace(MAIN, name="branch", extensions="2", token="8d" * 32)


@pytest.fixture
def server(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[ServerThread]:
    settings = replace(make_site(tmp_path / "site", CUSTOMERS), exchanges=(MAIN, BRANCH))
    with serving(settings) as running:
        yield running
    said = caplog.get_records("call")
    assert all("is not reached" in one.getMessage() for one in said), "nothing stands behind these exchanges"
    said.clear()


@pytest.fixture
def ready(server: ServerThread) -> Iterator[Workstation]:
    with ExitStack() as leaving:
        seat = leaving.enter_context(Workstation(server.address, "lin.yue"))
        ear = Ear(leaving.enter_context(live(server, seat.access)))
        ear.say({"type": "state", "state": "ready", "reason": None, "until": None})
        assert ear.heard_until_pong() is not None
        yield seat


def asks(server: ServerThread, number: str, queue: str = "kf-support", token: str = TOKEN) -> dict[str, str]:
    answer = httpx.post(
        f"{server.address}/floor/v1/callers",
        data={"number": number, "queue": queue},
        headers={"Authorization": f"Bearer {token}"},
    )
    assert answer.status_code == 200, answer.text
    return {name: values[0] for name, values in parse_qs(answer.text, keep_blank_values=True).items()}


def spoke(seat: Workstation, hours_ago: float, **fields: str) -> None:
    at = to_text(datetime.now(UTC) - timedelta(hours=hours_ago))
    [answer] = seat.push(contact(seat, at=at, **fields))
    assert answer["verdict"] == "applied"


@pytest.mark.parametrize(
    ("number", "known"),
    [
        ("13800000001", {"priority": "30", "tier": "diamond", "language": "zh-CN", "extension": ""}),
        ("0086 138 0000 0002", {"priority": "5", "tier": "standard", "language": "en", "extension": ""}),
        ("13800000003", {"priority": "25", "tier": "gold", "language": "en", "extension": ""}),
        ("01088880000", {"priority": "30", "tier": "", "language": "", "extension": ""}),
        ("13999999999", {"priority": "0", "tier": "", "language": "", "extension": ""}),
        ("anonymous", {"priority": "0", "tier": "", "language": "", "extension": ""}),
    ],
    ids=["tier", "language", "both", "several people", "nobody", "no number"],
)
def test_exchange_is_told_how_urgent_a_caller_is(server: ServerThread, number: str, known: dict[str, str]) -> None:
    assert asks(server, number) == known


def test_who_spoke_with_them_last_and_is_ready_is_told(server: ServerThread, ready: Workstation) -> None:
    spoke(ready, 2)
    assert asks(server, "13800000001")["extension"] == "1001"
    assert asks(server, "13800000001", queue="elsewhere")["extension"] == "", "who knows them serves another queue"
    assert asks(server, "13800000001", token=BRANCH.token)["extension"] == "", "1001 is registered at the other one"
    with Workstation(server.address, "wang.qiang") as colleague:
        spoke(colleague, 1)
    assert asks(server, "13800000001")["extension"] == "", "who knows them has gone home"


def test_who_spoke_with_them_long_ago_is_nobody_they_know(server: ServerThread, ready: Workstation) -> None:
    spoke(ready, 24 * 31)
    spoke(ready, 1, kind="note")
    assert asks(server, "13800000001")["extension"] == ""


@pytest.mark.parametrize("given", ["", "Bearer", f"Bearer {TOKEN[1:]}", f"Basic {TOKEN}", "Bearer \u00fc"])
def test_who_has_no_token_is_told_nothing(server: ServerThread, given: str) -> None:
    answer = httpx.post(
        f"{server.address}/floor/v1/callers", data={"number": "1", "queue": "x"},
        headers={b"Authorization": given.encode()},
    )  # fmt: skip
    assert (answer.status_code, answer.json()["error"]) == (401, "not_signed_in")


@pytest.mark.parametrize(
    "body",
    ["", "number=1", "number=1&queue=", "number=1&number=2&queue=x", "number=%00&queue=x", f"number={'1' * 65}&queue=x",
     "number=1&queue=x&more=1", "\udcff"],
    ids=["nothing", "no queue", "empty queue", "twice", "unseen", "long", "more", "no text"],
)  # fmt: skip
def test_what_is_no_such_question_is_refused(server: ServerThread, body: str) -> None:
    answer = httpx.post(
        f"{server.address}/floor/v1/callers",
        content=body.encode("utf-8", "surrogateescape"),
        headers={"Authorization": f"Bearer {TOKEN}"},
    )
    assert (answer.status_code, answer.json()["error"]) == (422, "bad_request")
