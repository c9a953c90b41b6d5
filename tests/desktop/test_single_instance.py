"""One window per person: the claim, and what a second start hands over."""

import json
import os
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from agent_desktop.errors import WindowSilent
from agent_desktop.single_instance import (
    FILE_NAME,
    Claim,
    Knock,
    claim,
    claim_or_knock,
    knock,
)

HOLDER = "import sys, time; from pathlib import Path; from agent_desktop.single_instance import claim;"
HOLDER += "held = claim(Path(sys.argv[1])); print(held is not None, flush=True); time.sleep(600)"


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Claim]:
    first = claim(tmp_path)
    assert first is not None
    yield first
    first.close()


@pytest.fixture
def next_knock(held: Claim) -> Iterator["Future[Knock | None]"]:
    """What the first window reads next."""
    with ThreadPoolExecutor(1) as reader:
        yield reader.submit(held.read)
        held.stop_reading()


def test_second_start_finds_the_claim_taken(held: Claim, tmp_path: Path) -> None:
    assert claim(tmp_path) is None


def test_claim_is_free_again_when_the_first_window_has_closed(tmp_path: Path) -> None:
    first = claim(tmp_path)
    assert first is not None
    first.close()

    second = claim(tmp_path)

    assert second is not None
    second.close()


def test_window_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        assert claim(tmp_path) is None
        process.kill()
        process.wait()

        assert not knock(tmp_path, Knock("tel:1001"))
        second = claim(tmp_path)

    assert second is not None
    second.close()


def test_link_of_a_second_start_reaches_the_first(next_knock: "Future[Knock | None]", tmp_path: Path) -> None:
    wish = Knock("tel:+8613800006721\n机", "token-of-the-desktop")

    assert knock(tmp_path, wish)
    assert next_knock.result(10) == wish


def test_who_does_not_know_the_token_is_not_heard(next_knock: "Future[Knock | None]", tmp_path: Path) -> None:
    port = json.loads((tmp_path / FILE_NAME).read_bytes())["port"]
    with socket.create_connection(("127.0.0.1", port), timeout=10) as stranger:
        stranger.sendall(b'{"token": "", "link": "tel:1", "permission": ""}\n')
        assert stranger.recv(10) == b""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as stranger:
        stranger.sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert stranger.recv(10) == b""

    assert knock(tmp_path, Knock("tel:2"))
    assert next_knock.result(10) == Knock("tel:2")


def test_flood_of_a_knock_is_cut_off(next_knock: "Future[Knock | None]", tmp_path: Path) -> None:
    assert not knock(tmp_path, Knock("1" * 1_000_000))
    assert knock(tmp_path, Knock("tel:2"))
    assert next_knock.result(10) == Knock("tel:2")


def test_nobody_else_may_read_where_to_knock(held: Claim, tmp_path: Path) -> None:
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600


def test_knock_where_nobody_lives_is_said_at_once(tmp_path: Path) -> None:
    assert not knock(tmp_path / "nobody", Knock())
    (tmp_path / FILE_NAME).write_text("no json")
    assert not knock(tmp_path, Knock())


def test_second_start_becomes_the_first_when_the_window_was_just_closing(tmp_path: Path) -> None:
    first = claim(tmp_path)
    assert first is not None
    with ThreadPoolExecutor(1) as starter:
        start = starter.submit(claim_or_knock, tmp_path, Knock("tel:1"), 60)
        first.close()
        second = start.result(60)

    assert second is not None
    second.close()


def test_window_that_hears_nothing_is_not_waited_for_long(held: Claim, tmp_path: Path) -> None:
    held._listening.close()

    with pytest.raises(WindowSilent):
        claim_or_knock(tmp_path, Knock("tel:1"), 0.0)


def test_reading_ends_when_it_is_told_to(held: Claim) -> None:
    with ThreadPoolExecutor(1) as reader:
        reading = reader.submit(held.read)
        held.stop_reading()

        assert reading.result(10) is None


def test_claim_is_not_inherited_by_children(held: Claim) -> None:
    assert not os.get_inheritable(held._descriptor)
