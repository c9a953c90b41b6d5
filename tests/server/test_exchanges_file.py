"""What a site says of its exchanges in exchanges.toml, and what is told of a file that cannot be used."""

import pickle
from pathlib import Path

import pytest

from agent_server import command_line
from agent_server.console import EXIT_REFUSED
from agent_server.switch.asterisk import AsteriskSettings
from agent_server.switch.exchanges_file import EXCHANGES_FILE, BadExchanges, read_exchanges
from agent_server.switch.freeswitch import FreeSwitchSettings
from agent_server.switch.tls import Tls
from tests.lab.authority import write_certificates

SECRET = "a secret that nobody is told"
ASTERISK = f"""
[[exchange]]
kind = "asterisk"
name = "main"
host = "pbx1.internal"
user = "desk"
secret = "{SECRET}"
"""
WHOLE = f"""{ASTERISK}
port = 5039
tls = true
ca = "pbx-ca.pem"
extensions = "1"
context = "agents"

[exchange.queues]
support = "kf-support"

[[exchange]]
kind = "freeswitch"
name = "branch"
host = "10.2.0.5"
password = "{SECRET}"
domain = "branch.internal"
extensions = "2"
"""


def _written(home: Path, text: str, mode: int = 0o600) -> Path:
    path = home / EXCHANGES_FILE
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return home


def test_exchanges_are_as_the_site_says(tmp_path: Path) -> None:
    ca = tmp_path / "pbx-ca.pem"
    ca.write_bytes(write_certificates(tmp_path / "tls").read_bytes())
    found = read_exchanges(_written(tmp_path, WHOLE))
    assert found == (
        AsteriskSettings(
            "main", "pbx1.internal", 5039, "desk", SECRET, Tls(ca), context="agents", extensions="1",
            queues={"support": "kf-support"},
        ),
        FreeSwitchSettings("branch", "10.2.0.5", "branch.internal", password=SECRET, extensions="2"),
    )  # fmt: skip


def test_what_a_site_says_of_callers_and_recordings_is_read(tmp_path: Path) -> None:
    told = f"""{ASTERISK}
token = "{"7c" * 32}"
last_agent_queue = "last"
recordings = "{tmp_path}"
ari = "https://pbx1.internal:8089/ari"
ari_secret = "{SECRET}"

[exchange.priorities]
diamond = 30
en = 5

[exchange.languages]
vip = ["en", "zh"]
"""
    [found] = read_exchanges(_written(tmp_path, told))
    assert isinstance(found, AsteriskSettings)
    assert (found.last_agent_queue, found.recordings) == ("last", str(tmp_path))
    assert (found.priorities, found.languages) == ({"diamond": 30, "en": 5}, {"vip": ("en", "zh")})
    assert (found.ari, found.ari_secret) == ("https://pbx1.internal:8089/ari", SECRET)
    assert found.token not in repr(found)
    assert SECRET not in repr(found)


def test_token_of_one_exchange_is_not_that_of_another(tmp_path: Path) -> None:
    one = f'{ASTERISK}\ntoken = "{"7c" * 32}"\n'
    other = one.replace('"main"', '"branch"') + 'extensions = "2"\n'
    with pytest.raises(BadExchanges, match="token is the same twice"):
        read_exchanges(_written(tmp_path, one + other))


def test_site_without_the_file_has_no_exchange(tmp_path: Path) -> None:
    assert read_exchanges(tmp_path) == ()


def test_exchanges_reach_the_other_processes_of_a_server(tmp_path: Path) -> None:
    found = read_exchanges(_written(tmp_path, f"{ASTERISK}tls = true\n"))
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own


def test_secret_is_not_told_with_the_settings(tmp_path: Path) -> None:
    assert SECRET not in repr(read_exchanges(_written(tmp_path, ASTERISK)))


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("[[exchange]", "it is no TOML"),
        ("\ufeff[[exchange]]", "it is no TOML"),
        ("exchange = 3", "nothing but [[exchange]]"),
        ("[switch]", "nothing but [[exchange]]"),
        ("[[exchange]]\nkind = 'avaya'", "kind is one of: asterisk, freeswitch"),
        ("[[exchange]]\nkind = ['asterisk']", "kind is one of"),
        ("[[exchange]]\nkind = 'asterisk'\nname = 'main'", "missing: host, secret, user"),
        (f"{ASTERISK}password = 'x'", "no such setting: password"),
        (f"{ASTERISK}port = 0", "port is a whole number"),
        (f"{ASTERISK}token = 'short'", "token has 32 signs at least"),
        (f"{ASTERISK}priorities = {{ gold = true }}", "priorities says how urgent"),
        (f"{ASTERISK}priorities = {{ gold = -1 }}", "priorities says how urgent"),
        (f"{ASTERISK}languages = {{ vip = 'en' }}", "languages says what the agents of a queue speak"),
        (f"{ASTERISK}recordings = '/no/such/folder'", "recordings is a folder that is there"),
        (f"{ASTERISK}ari = 'https://pbx1.internal:8089/ari'", "ari and ari_secret come together"),
        (f"{ASTERISK}ari = 'http://pbx1.internal:8088/ari'\nari_secret = 'x'", "begins with https://"),
        (f"{ASTERISK}ari = 'https://desk:x@pbx1.internal/ari'\nari_secret = 'x'", "begins with https://"),
        (f"{ASTERISK}ari = 'https://'\nari_secret = 'x'", "begins with https://"),
        (f"{ASTERISK}ari = 'https://pbx1:many/ari'\nari_secret = 'x'", "begins with https://"),
        (f"{ASTERISK}port = true", "port is a whole number"),
        (f"{ASTERISK}tls = 'yes'", "tls is true or false"),
        (f"{ASTERISK}ca = 'ca.pem'", "tls = true only"),
        (f"{ASTERISK}tls = true\nca = 'nowhere.pem'", "no file of certificates"),
        (f"{ASTERISK}context = \"a\\nb\"", "context is one line"),
        (f"{ASTERISK}[exchange.queues]\na = 'x'\nb = 'x'", "queues is the same twice: x"),
        (f"{ASTERISK}[exchange.queues]\na = 1", "what the exchange calls a queue"),
        (ASTERISK.replace("main", "a name"), "name has letters"),
        (ASTERISK * 2, "name is the same twice: main"),
        (ASTERISK + ASTERISK.replace("main", "other"), "extensions is the same twice: (empty)"),
        ("".join(ASTERISK.replace("main", f"n{at}") for at in range(9)), "at most 8"),
    ],
)  # fmt: skip
def test_file_that_cannot_be_used_says_where_and_why(tmp_path: Path, text: str, fact: str) -> None:
    with pytest.raises(BadExchanges) as refused:
        read_exchanges(_written(tmp_path, text))
    assert fact in str(refused.value)
    assert SECRET not in str(refused.value)


def test_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadExchanges, match="chmod 600"):
        read_exchanges(_written(tmp_path, ASTERISK, 0o640))


def test_server_does_not_start_with_a_bad_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = ["--database", str(tmp_path / "server.db")]
    assert command_line.main(["init", *database]) == 0
    _written(tmp_path, "[[exchange]]")
    assert command_line.main(["run", *database]) == EXIT_REFUSED
    assert "kind is one of" in capsys.readouterr().err
