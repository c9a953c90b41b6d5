"""The phone process and the window each survive the other."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

import pytest

from agent_desktop.softphone.account import Account, Registered
from agent_desktop.softphone.call import CallState, EndReason
from agent_desktop.softphone.control import REFUSED
from agent_desktop.softphone.events import PhoneLost, PhoneReady, PhoneTaken
from agent_desktop.softphone.host import Host
from agent_desktop.softphone.link import LOG_NAME, PhoneAwayError, PhoneLink
from agent_desktop.softphone.run_folder import FILE_NAME, find
from agent_desktop.softphone.simulated import SimulatedEngine
from agent_desktop.softphone.simulated_switch import SimulatedSwitch
from tests.softphone.conftest import Pair
from tests.softphone.registrar import Registrar
from tests.softphone.stations import Station, Stations, direct, end, set_up, started


def kill(run_folder: Path) -> None:
    there = find(run_folder)
    assert there is not None
    os.kill(there.pid, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)


on_pjsip = pytest.mark.parametrize("pair", ["pjsip"], indirect=True)


@on_pjsip
def test_phone_killed_in_a_call_is_noticed_at_once_and_ends_the_call(pair: Pair, tmp_path: Path) -> None:
    _, into = pair.both.connect(pair.there, pair.here)
    began = time.monotonic()
    kill(tmp_path / "here")
    Stations(pair.here).until(lambda: any(isinstance(event, PhoneLost) for event in pair.here.told))
    noticed_s = time.monotonic() - began
    call = pair.here.call(into)
    assert noticed_s < 1
    assert call.end is not None
    assert call.end.reason is EndReason.PHONE_CRASHED
    with pytest.raises(PhoneAwayError):
        pair.here.phone.dial("100")
    Stations(pair.here).until(lambda: pair.here.phone.is_there)


def test_phone_that_crashed_registers_again(registrar: Registrar, tmp_path: Path) -> None:
    station = started(tmp_path)
    set_up(station, Account("100", "127.0.0.1", "right", registrar.address, bound_to="127.0.0.1"))
    Stations(station).until(lambda: isinstance(station.phone.snapshot().registration, Registered))
    kill(tmp_path)
    Stations(station).until(lambda: not station.phone.is_there)
    Stations(station).until(lambda: isinstance(station.phone.snapshot().registration, Registered))
    assert registrar.registered == ["100 60", "100 60"]
    end(station, tmp_path)


@on_pjsip
def test_call_outlives_the_window_and_is_found_again(pair: Pair, tmp_path: Path) -> None:
    out, into = pair.both.connect(pair.there, pair.here)
    before = pair.here.call(into)
    pair.here.link.close()
    Stations(pair.there).for_a_while(0.3)
    window = Station(PhoneLink(tmp_path / "here"))
    Stations(window).until(lambda: window.phone.is_there)
    assert window.phone.snapshot().calls == (before,)
    assert pair.there.call(out).state is CallState.CONNECTED
    window.phone.hang_up(into)
    Stations(window, pair.there).until_call(pair.there, out, lambda call: call.is_over)
    window.link.close()


def test_second_window_takes_the_phone_over(tmp_path: Path) -> None:
    first = set_up(started(tmp_path), direct("100"))
    second = Station(PhoneLink(tmp_path))
    Stations(second).until(lambda: second.phone.is_there)
    Stations(first).until(lambda: PhoneTaken() in first.told)
    assert not first.phone.is_there
    assert first.link.read_event(0.05) is None
    with pytest.raises(PhoneAwayError):
        first.phone.dial("1")
    first.link.close()
    end(second, tmp_path)


@pytest.mark.parametrize("said", [b"0" * 64 + b"\n", b"\n", b"GET / HTTP/1.1\r\n"], ids=["wrong", "empty", "browser"])
def test_wrong_token_is_refused(tmp_path: Path, said: bytes) -> None:
    station = set_up(started(tmp_path), direct("100"))
    there = find(tmp_path)
    assert there is not None
    with socket.create_connection(("127.0.0.1", there.port), timeout=5) as stranger:
        stranger.sendall(said)
        assert stranger.makefile("rb").read() == REFUSED
    station.phone.refresh_devices()
    Stations(station).until(lambda: station.phone.is_there)
    end(station, tmp_path)


def test_token_is_for_the_owner_only_and_not_among_the_arguments(tmp_path: Path) -> None:
    station = set_up(started(tmp_path), direct("100"))
    there = find(tmp_path)
    assert there is not None
    mode = stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode)
    command_line = Path(f"/proc/{there.pid}/cmdline").read_bytes()
    assert mode == 0o600
    assert there.token.encode() not in command_line
    end(station, tmp_path)


def test_stale_whereabouts_do_not_keep_a_phone_from_starting(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
    (tmp_path / FILE_NAME).write_text(
        json.dumps({"pid": 1, "port": port, "token": "old", "proof": "old"}), encoding="ascii"
    )
    station = set_up(started(tmp_path), direct("100"))
    assert station.phone.is_there
    end(station, tmp_path)


def test_phone_without_window_and_call_ends_itself(tmp_path: Path) -> None:
    found: list[bool] = []
    host = Host(
        lambda tell: SimulatedEngine(SimulatedSwitch(), tell),
        tmp_path,
        linger_s=0.05,
        is_there=lambda: found.append(find(tmp_path) is not None),
    )
    host.run()
    assert found == [True]
    assert find(tmp_path) is None


def test_phone_that_cannot_start_is_tried_again_later(tmp_path: Path) -> None:
    attempts: list[Path] = []

    def cannot(folder: Path) -> NoReturn:
        attempts.append(folder)
        raise FileNotFoundError(2, "no such program")

    link = PhoneLink(tmp_path, start=cannot)
    first, second = link.read_event(1), link.read_event(1)
    assert isinstance(first, PhoneLost)
    assert isinstance(second, PhoneLost)
    assert (first.stays_away, second.stays_away) == (False, True)
    assert link.read_event(0.01) is None
    assert len(attempts) == 2
    link.start_again()
    assert isinstance(link.read_event(1), PhoneLost)
    assert len(attempts) == 3
    link.close()


def test_phone_that_dies_twice_in_ten_seconds_stays_away_until_somebody_asks(tmp_path: Path) -> None:
    station = set_up(started(tmp_path), direct("100"))
    kill(tmp_path)
    Stations(station).until(lambda: bool(station.losses()) and station.phone.is_there)
    kill(tmp_path)
    Stations(station).until(lambda: len(station.losses()) == 2)
    assert [each.stays_away for each in station.losses()] == [False, True]
    Stations(station).for_a_while(0.5)
    assert not station.phone.is_there
    station.link.start_again()
    Stations(station).until(lambda: station.phone.is_there)
    end(station, tmp_path)


class Hasty:
    """A clock that runs as others do until it is told to run four times as fast."""

    def __init__(self) -> None:
        self._since: float | None = None

    def __call__(self) -> float:
        now = time.monotonic()
        return now if self._since is None else now + 3 * (now - self._since)

    def hurry(self) -> None:
        self._since = time.monotonic()


def test_phone_that_hangs_is_ended_and_another_takes_its_place(tmp_path: Path) -> None:
    clock = Hasty()
    station = set_up(Station(PhoneLink(tmp_path, clock=clock)), direct("100"))
    clock.hurry()
    hanging = find(tmp_path)
    assert hanging is not None
    os.kill(hanging.pid, signal.SIGSTOP)
    Stations(station).until(lambda: bool(station.losses()))
    assert "hangs" in station.losses()[0].detail
    Stations(station).until(lambda: station.phone.is_there)
    another = find(tmp_path)
    assert another is not None
    assert another.pid != hanging.pid
    end(station, tmp_path)


@on_pjsip
def test_phone_that_hangs_in_a_call_is_waited_for(pair: Pair, tmp_path: Path) -> None:
    pair.here.link.close()
    clock = Hasty()
    window = Station(PhoneLink(tmp_path / "here", clock=clock), tmp_path / "here")
    both = Stations(window, pair.there)
    both.until(lambda: window.phone.is_there)
    _, into = both.connect(pair.there, window)
    clock.hurry()
    os.kill(window.pid, signal.SIGSTOP)
    both.for_a_while(5.0)
    os.kill(window.pid, signal.SIGCONT)
    both.for_a_while(1.0)
    assert not window.losses()
    assert window.call(into).state is CallState.CONNECTED
    window.link.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal that asks for a traceback")
def test_phone_that_hangs_writes_down_where(tmp_path: Path) -> None:
    def start_hanging(run_folder: Path) -> subprocess.Popen[bytes]:
        words = [sys.executable, "-m", "tests.softphone.hanging_phone", str(run_folder)]
        with (tmp_path / LOG_NAME).open("wb") as log:
            return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=log)

    clock = Hasty()
    station = Station(PhoneLink(tmp_path, start=start_hanging, clock=clock), tmp_path)
    Stations(station).until(lambda: station.phone.is_there)
    clock.hurry()
    Stations(station).until(lambda: bool(station.losses()))
    assert "hangs" in station.losses()[0].detail
    assert "in hang_for_ever" in station.log()
    station.link.close()


@pytest.mark.parametrize(("times", "survives"), [(5, True), (1_000, False)], ids=["a few times", "for ever"])
def test_fault_of_the_phone_ends_a_call_only_when_it_does_not_pass(tmp_path: Path, times: int, survives: bool) -> None:
    here, there = tmp_path / "here", tmp_path / "there"

    def start_faulty(run_folder: Path) -> subprocess.Popen[bytes]:
        run_folder.mkdir(exist_ok=True)
        words = [sys.executable, "-m", "tests.softphone.faulty_phone", str(run_folder), str(times)]
        with (run_folder / LOG_NAME).open("wb") as log:
            return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=log)

    station = set_up(Station(PhoneLink(here, start_faulty), here), direct("100"))
    other = set_up(started(there), direct("200"))
    both = Stations(station, other)
    talking, heard = both.connect(station, other)
    if survives:
        both.until(lambda: station.log().count("RuntimeError: a fault") == times)
        station.phone.hold(talking)
        both.until_call(other, heard, lambda call: call.held_there)
        assert not station.losses()
    else:
        both.until(lambda: bool(station.losses()))
        assert "RuntimeError: a fault" in station.log()
        both.until(lambda: station.phone.is_there)
    station.phone.quit()
    station.link.close()
    end(other, there)


def test_quiet_phone_that_works_is_left_alone(tmp_path: Path) -> None:
    clock = Hasty()
    station = set_up(Station(PhoneLink(tmp_path, clock=clock)), direct("100"))
    clock.hurry()
    before = find(tmp_path)
    Stations(station).for_a_while(5.0)
    assert find(tmp_path) == before
    assert not station.losses()
    end(station, tmp_path)


def test_event_lines_keep_their_order_for_a_slow_reader(tmp_path: Path) -> None:
    station = set_up(started(tmp_path), direct("100"))
    until_now = len(station.told)
    for _ in range(300):
        station.phone.refresh_devices()
    Stations(station).until(lambda: len(station.told) - until_now == 300)
    assert not any(isinstance(event, PhoneReady | PhoneLost) for event in station.told[until_now:])
    end(station, tmp_path)


def test_phone_that_was_never_reached_does_not_stay(tmp_path: Path) -> None:
    children: list[subprocess.Popen[bytes]] = []

    def start_mute(_: Path) -> subprocess.Popen[bytes]:
        words = [sys.executable, "-c", "import sys, time; print(flush=True); time.sleep(60)"]
        children.append(subprocess.Popen(words, stdout=subprocess.PIPE))
        return children[-1]

    link = PhoneLink(tmp_path / "run", start=start_mute)
    assert isinstance(link.read_event(5.0), PhoneLost)
    link.close()
    assert [phone.poll() is not None for phone in children] == [True]
