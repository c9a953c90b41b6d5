"""What the phone notices of the network, and whom it trusts there."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from agent_desktop.softphone.account import Account
from agent_desktop.softphone.call import CallState, EndReason
from agent_desktop.softphone.link import PhoneLink
from agent_desktop.softphone.pjsip.account import account_config
from agent_desktop.softphone.pjsip.network import Hosts, Names, NetworkWatch, host_of, way_to
from agent_desktop.trust import trusted_authorities
from tests.softphone.slow_names_phone import TAKES_S
from tests.softphone.stations import Station, Stations, direct, end, set_up, started

HOUR_S = 3600.0
LOOK_S = 5.0


class Elsewhere:
    """A computer that is moved about and put to sleep."""

    def __init__(self) -> None:
        self.now = 0.0
        self.ways: dict[str, str | None] = {"10.0.0.1": "10.0.0.7", "10.1.0.1": "10.0.0.7"}
        self.watch = NetworkWatch(lambda host: self.ways[host], lambda: self.now)

    def notices(self, *hosts: str) -> bool:
        self.now += LOOK_S
        return self.watch.has_changed(hosts)


@pytest.fixture
def computer() -> Elsewhere:
    there = Elsewhere()
    assert not there.notices("10.0.0.1")
    return there


def test_same_network_is_no_news(computer: Elsewhere) -> None:
    assert not computer.notices("10.0.0.1")


@pytest.mark.parametrize("way", ["192.168.1.7", None], ids=["another", "none"])
def test_other_way_to_the_switch_is_noticed_once(computer: Elsewhere, way: str | None) -> None:
    computer.ways["10.0.0.1"] = way
    assert computer.notices("10.0.0.1")
    assert not computer.notices("10.0.0.1")


def test_switch_that_was_not_looked_at_before_is_no_news(computer: Elsewhere) -> None:
    computer.ways["10.1.0.1"] = "192.168.1.7"
    assert not computer.notices("10.0.0.1", "10.1.0.1")


def test_switch_is_remembered_as_soon_as_it_is_known(computer: Elsewhere) -> None:
    assert not computer.watch.has_changed(("10.1.0.1",))
    computer.ways["10.1.0.1"] = "192.168.1.7"
    assert computer.notices("10.1.0.1")


def test_computer_that_slept_is_noticed(computer: Elsewhere) -> None:
    computer.now += HOUR_S
    assert computer.notices("10.0.0.1")
    assert not computer.notices("10.0.0.1")


def test_way_is_the_computers_own_address() -> None:
    assert way_to("127.0.0.1") == "127.0.0.1"


def test_there_is_no_way_out_from_loopback() -> None:
    assert way_to("192.0.2.1", bound_to="127.0.0.1") is None


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("pbx.example", "pbx.example"),
        ("pbx.example:5070", "pbx.example"),
        ("[::1]:5070", "::1"),
        ("[::1]", "::1"),
        ("fd00::2", "fd00::2"),
    ],
)
def test_host_of_an_address(address: str, host: str) -> None:
    assert host_of(address) == host


def looked_up(host: str) -> tuple[str, ...]:
    known: list[tuple[str, ...]] = []
    woken = threading.Event()
    names = Names(woken.set)
    names.look_up(host, known.append)
    if not known:
        assert woken.wait(60)
        names.deliver()
    return known[0]


def test_name_is_looked_up_with_the_older_family_first() -> None:
    assert looked_up("localhost")[0] == "127.0.0.1"


@pytest.mark.parametrize("host", ["pbx.invalid", "", "a..b", "x" * 300])
def test_name_that_nobody_knows_has_no_address(host: str) -> None:
    assert looked_up(host) == ()


def test_everybody_who_waits_for_a_name_is_told() -> None:
    told: list[tuple[str, ...]] = []
    woken = threading.Event()
    names = Names(woken.set)
    waiting: list[Callable[[tuple[str, ...]], None]] = [told.append, told.append]
    for each in waiting:
        names.look_up("localhost", each)
    assert woken.wait(60)
    names.deliver()
    assert len(told) == 2


def with_addresses(*known: str) -> Hosts:
    hosts = Hosts()
    hosts.known = known
    return hosts


def test_every_address_of_the_switch_has_its_turn_until_one_works() -> None:
    hosts = with_addresses("10.0.0.1", "10.0.0.2")
    assert hosts.choose("") == "10.0.0.1"
    hosts.failed()
    assert hosts.choose("") == "10.0.0.2"
    hosts.worked()
    hosts.known = ("10.0.0.3", "10.0.0.2")
    assert hosts.choose("") == "10.0.0.2"
    hosts.failed()
    assert hosts.choose("") == "10.0.0.3"
    hosts.failed()
    assert hosts.choose("") == "10.0.0.3", "from the first again"


@pytest.mark.parametrize(
    ("bound_to", "chosen"), [("", "10.0.0.1"), ("192.168.1.7", "10.0.0.1"), ("fd00::7", "fd00::1")]
)
def test_address_is_of_the_family_that_the_phone_keeps_to(bound_to: str, chosen: str) -> None:
    assert with_addresses("10.0.0.1", "fd00::1").choose(bound_to) == chosen


def test_no_address_is_of_the_phones_family() -> None:
    assert with_addresses("10.0.0.1").choose("fd00::7") == ""


@pytest.mark.parametrize(
    ("next_hop", "is_on"), [("10.0.0.1", True), ("fd00::1", True), ("127.0.0.1", False), ("::1", False)]
)
def test_ice_is_left_out_on_loopback(next_hop: str, is_on: bool) -> None:
    wanted = Account("100", "pbx.example", registrar="pbx.example", ice=True)
    assert account_config(wanted, "pbx.example", next_hop, 0).natConfig.iceEnabled is is_on


def test_sites_authority_stands_beside_the_systems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "system.pem").write_text("of the system")
    (tmp_path / "site.pem").write_text("of the site")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "system.pem"))
    assert trusted_authorities(tmp_path / "site.pem").split("\n") == ["of the system", "of the site"]
    assert trusted_authorities(None) == "of the system"


def test_systems_authorities_are_found() -> None:
    assert trusted_authorities(None).count("BEGIN CERTIFICATE") > 10


def test_sites_file_that_is_not_there_is_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert trusted_authorities(tmp_path / "none.pem") == trusted_authorities(None)
    assert "cannot be read" in caplog.text
    caplog.clear()


def start_with_slow_names(run_folder: Path) -> subprocess.Popen[bytes]:
    run_folder.mkdir(parents=True)
    words = [sys.executable, "-m", "tests.softphone.slow_names_phone", str(run_folder)]
    return subprocess.Popen(words, stdout=subprocess.PIPE)


@pytest.mark.parametrize("host", ["slow.example", "dead.example"])
def test_phone_goes_on_while_a_name_is_looked_up(tmp_path: Path, host: str) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    station = set_up(Station(PhoneLink(here, start_with_slow_names), here), Account("100", "127.0.0.1"))
    other = set_up(started(there), direct("200"))
    both = Stations(station, other)
    talking, heard = both.connect(station, other)
    asked_at = time.monotonic()
    dialled = station.phone.dial(f"sip:200@{host}:{other.phone.snapshot().sip_port}")
    both.until_call(station, dialled, lambda call: call.state is CallState.DIALLING)
    station.phone.mute(talking)
    both.until_call(station, talking, lambda call: call.muted)
    station.phone.hold(talking)
    both.until_call(other, heard, lambda call: call.held_there)
    assert time.monotonic() - asked_at < TAKES_S
    if host == "slow.example":
        both.until_call(station, dialled, lambda call: call.rings_there)
        station.phone.hang_up(dialled)
        both.until(lambda: not other.incoming())
        began = time.monotonic()
        again = station.phone.dial(f"sip:200@{host}:{other.phone.snapshot().sip_port}")
        both.until_call(station, again, lambda call: call.rings_there)
        assert time.monotonic() - began < TAKES_S, "what is known is not asked for again"
    else:
        end_of = both.until_call(station, dialled, lambda call: call.is_over).end
        assert end_of is not None
        assert end_of.reason is EndReason.UNREACHABLE
    station.phone.quit()
    both.until(lambda: not station.phone.is_there)
    station.link.close()
    end(other, there)
