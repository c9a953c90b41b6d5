"""What workstations are set up with: decided by administrators and at the console, signed, told to whoever is in."""

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from agent_model.agent import Role
from agent_server.__main__ import main
from agent_server.provisioning import KEY_FILE
from agent_server.settings import Settings
from tests.in_process import DATABASE_NAME, ServerThread, make_site, serving
from tests.server.conftest import executed
from tests.server.officers import appoint, findings
from tests.server.workstation import Workstation

Run = Callable[..., int]
ROUTE = "/sync/v1/provisioning"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = make_site(tmp_path / "site")
    appoint(made, "guan.li", Role.ADMINISTRATOR)
    return made


@pytest.fixture
def run(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Run:
    def running(*arguments: str) -> int:
        monkeypatch.setattr("sys.stdin", io.StringIO(""))
        return main([*arguments, "--database", str(settings.home / DATABASE_NAME)])

    return running


@pytest.fixture
def server(settings: Settings) -> Iterator[ServerThread]:
    with serving(settings) as running:
        yield running


@pytest.fixture
def administrator(server: ServerThread) -> Iterator[httpx.Client]:
    with Workstation(server.address, "guan.li") as seat:
        yield seat.http


@pytest.fixture
def agent(server: ServerThread) -> Iterator[Workstation]:
    with Workstation(server.address, "lin.yue") as seat:
        yield seat


def decided(administrator: httpx.Client, keys: dict[str, Any], **more: Any) -> httpx.Response:
    content = json.dumps({"keys": keys, "reason": "new exchange", **more})
    return administrator.put("/admin/provisioning", content=content, headers={"Content-Type": "application/json"})


def document(told: dict[str, str]) -> dict[str, Any]:
    """What is signed. Raises InvalidSignature."""
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(told["key"]))
    key.verify(bytes.fromhex(told["signature"]), told["document"].encode())
    content: dict[str, Any] = json.loads(told["document"])
    return content


def test_what_an_administrator_decides_is_signed_for_every_workstation(
    settings: Settings, administrator: httpx.Client, agent: Workstation
) -> None:
    assert "provisioning" not in agent.hello()
    assert agent.http.get(ROUTE).status_code == 404

    first = decided(administrator, {"sip.domain": "sip.example.org"})
    second = decided(administrator, {"sip.domain": "sip.example.org", "sip.port": 5070}, valid_days=7)

    assert (first.json(), second.json()) == ({"serial": 1}, {"serial": 2})
    assert agent.hello()["provisioning"] == 2
    content = document(agent.http.get(ROUTE).json())
    assert (content["serial"], content["keys"]) == (2, {"sip.domain": "sip.example.org", "sip.port": 5070})
    assert content["issued_at"] < content["expires_at"]
    stands = administrator.get("/admin/provisioning").json()
    assert (stands["serial"], stands["valid_days"], stands["made_by"]) == (2, 7, "guan.li")
    lines = "SELECT who, subject, field, reason FROM audit_line WHERE deed = 'provisioning_set' ORDER BY seq"
    assert executed(settings, lines) == [
        ("guan.li", "1", "sip.domain", "new exchange"),
        ("guan.li", "2", "sip.port", "new exchange"),
    ]
    assert findings(settings) == []


def test_key_stays_the_same_and_is_its_owners_alone(
    settings: Settings, administrator: httpx.Client, agent: Workstation
) -> None:
    decided(administrator, {"sip.port": 5070})
    one = agent.http.get(ROUTE).json()["key"]
    decided(administrator, {})
    assert agent.http.get(ROUTE).json()["key"] == one
    assert (settings.home / KEY_FILE).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "keys",
    [
        {"server.url": "https://elsewhere.example"},
        {"provisioning.key": "00"},
        {"person.login": "lin.yue"},
        {"Sip.Domain": "x"},
        {"sip.domain": "a\nb"},
        {"sip.domain": "a" * 2001},
        {"sip.realm": "\ud800"},
        {"sip.port": 1.5},
        {"sip.port": 2**40},
        {"sip.domain": {"a": 1}},
        {"url_handlers": ["tel", 1]},
        {f"sip.k{number}": 1 for number in range(201)},
    ],
    ids=lambda keys: next(iter(keys)),
)
def test_what_no_server_may_set_is_refused_whole(
    administrator: httpx.Client, agent: Workstation, keys: dict[str, Any]
) -> None:
    answer = decided(administrator, {"ui.theme": "dark", **keys})
    assert (answer.status_code, answer.json()["error"]) == (422, "bad_request")
    assert agent.http.get(ROUTE).status_code == 404


def test_agents_neither_read_nor_write_what_administrators_decide(
    administrator: httpx.Client, agent: Workstation
) -> None:
    decided(administrator, {"ui.theme": "dark"})
    answers = [agent.http.get("/admin/provisioning"), decided(agent.http, {"ui.theme": "light"})]
    assert [answer.json()["error"] for answer in answers] == ["not_allowed"] * 2
    assert httpx.get(f"{agent.http.base_url}{ROUTE}", headers={"X-Sync-Protocol": "1"}).status_code == 401


def test_console_sets_shows_and_clears(
    settings: Settings, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "keys.json"
    file.write_text('{"$schema": "x", "sip.transport": "tls", "url_handlers": ["tel"]}', encoding="utf-8")
    codes = [run("provisioning", "set", str(file), "--valid-days", "10", "--reason", "new exchange")]
    codes.append(run("provisioning", "show"))
    shown = json.loads(capsys.readouterr().out.removeprefix("1\n"))
    codes += [run("provisioning", "clear"), run("provisioning", "show"), run("provisioning", "key")]
    cleared, _, key = capsys.readouterr().out.removeprefix("2\n").partition("\n")

    assert codes == [0] * 5
    assert shown == {"sip.transport": "tls", "url_handlers": ["tel"]}
    assert (cleared, len(key.strip())) == ("{}", 64)
    lines = "SELECT subject, field, reason FROM audit_line WHERE deed = 'provisioning_set' ORDER BY seq"
    told = executed(settings, lines)
    assert told == [("1", "sip.transport,url_handlers", "new exchange"), ("2", "sip.transport,url_handlers", "")]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "cannot be read"),
        ("{", "is not JSON"),
        ("[]", "is not a JSON object"),
        ('{"server.url": "https://x"}', "server.url cannot be set by a server"),
    ],
)
def test_file_that_is_no_good_is_said(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | None, sentence: str
) -> None:
    file = tmp_path / "keys.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    assert run("provisioning", "set", str(file)) == 1
    assert sentence in capsys.readouterr().err
