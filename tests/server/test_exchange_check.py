"""Whether a site's exchanges are as they have to be, said on the command line."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from agent_server.command_line import main
from agent_server.console import EXIT_NOT_READY, EXIT_REFUSED
from agent_server.switch.exchanges_file import EXCHANGES_FILE
from tests.in_process import DATABASE_NAME, make_site
from tests.server.freeswitch_server import DOMAIN, PASSWORD, FreeSwitchServer


@contextmanager
def served(server: FreeSwitchServer) -> Iterator[FreeSwitchServer]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="scripted exchange")
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(server.start(), loop).result(10)
        yield server
        asyncio.run_coroutine_threadsafe(server.stop(), loop).result(10)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return make_site(tmp_path / "site").home


def checks(home: Path, exchanges: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    path = home / EXCHANGES_FILE
    path.write_text(exchanges, encoding="utf-8")
    path.chmod(0o600)
    done = main(["exchange-check", "--database", str(home / DATABASE_NAME)])
    return done, capsys.readouterr().out.splitlines()


def freeswitch(port: int, more: str = "", password: str = PASSWORD) -> str:
    return f"""
[[exchange]]
kind = "freeswitch"
name = "fs"
host = "127.0.0.1"
port = {port}
domain = "{DOMAIN}"
password = "{password}"
{more}
"""


def test_agent_to_whom_nobody_is_led_is_said(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with served(FreeSwitchServer(("last-1002@default",), ("1001", "1002"))) as server:
        _, said = checks(home, freeswitch(server.port, 'last_agent_queue = "last"'), capsys)
    told = [one for one in said if "last_agent_queue" in one]
    assert "! fs: it has no queue last-1001 (last_agent_queue): callers are not led to who knows them" in told
    assert not any("last-1002" in one for one in told)


def test_what_a_freeswitch_lacks_is_said_sentence_by_sentence(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    server = FreeSwitchServer(("kf-support@default", "billing@default"), ("1001", "1002"))
    server.modules.discard("mod_hash")
    with served(server):
        done, said = checks(
            home, freeswitch(server.port, 'extensions = "1"\nqueues = { support = "kf-support" }'), capsys
        )
    assert done == EXIT_NOT_READY
    assert any(one.startswith("  fs: FreeSWITCH Version 1.10.12") for one in said)
    assert "! fs: mod_hash is not loaded" in said
    assert "! fs: it has no telephone 1003, which is zhao.min's" in said
    assert not any("telephone 1001" in one or "kf-support" in one or "no queue billing" in one for one in said)
    missing = "make it there, or say under [exchange.queues] what it is called"
    assert f"! fs: it has no queue vip, which agents serve as vip: {missing}" in said
    assert said[-1].startswith("  fs: 2 of its ")


def test_exchange_that_is_not_there_is_said(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done, said = checks(home, freeswitch(9), capsys)
    assert done == EXIT_NOT_READY
    assert ["port 9 is not reached: no event socket answers" in one for one in said] == [True]


def test_wrong_password_is_said_without_it(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with served(FreeSwitchServer((), ())) as server:
        done, said = checks(home, freeswitch(server.port, password="not that one"), capsys)
    assert done == EXIT_NOT_READY
    assert any("is not reached: sign-in refused" in one for one in said)
    assert "not that one" not in "".join(said)


def test_extension_that_is_at_no_exchange_is_said(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, said = checks(home, freeswitch(9, 'extensions = "14"'), capsys)
    assert "! 1001 (lin.yue) begins as no exchange's extensions do: calls do not reach them" in said


def test_way_that_others_can_read_is_said(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, said = checks(home, freeswitch(9).replace('"127.0.0.1"', '"pbx.invalid"'), capsys)
    assert "! fs: without tls its secret and every number can be read on the way to pbx.invalid port 9" in said


def test_site_without_an_exchange_is_told_where_to_say_it(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["exchange-check", "--database", str(home / DATABASE_NAME)]) == EXIT_REFUSED
    assert "there is no exchanges.toml in" in capsys.readouterr().err
