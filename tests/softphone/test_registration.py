"""Registering at a switch, staying registered, and trusting nobody else."""

import re
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest

from agent_desktop.softphone.account import (
    Account,
    NotRegistered,
    Registered,
    RegistrarUnreachable,
    Registration,
    RegistrationRefused,
    Transport,
    Trouble,
)
from agent_desktop.softphone.audio import NullSink, SilentSource, Sound, WavSink, WavSource
from agent_desktop.softphone.call import CallState
from agent_desktop.softphone.events import LevelsMeasured, RegistrationChanged
from tests.softphone.registrar import Registrar
from tests.softphone.stations import Station, Stations, direct, end, set_up, started
from tests.softphone.strangers import Stranger, answer_to, offer, port_of
from tests.softphone.tones import write_tone

ASKS = 'Authenticate: Digest realm="lab", nonce="n", algorithm=MD5'


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    running = started(tmp_path)
    yield running
    end(running, tmp_path)


@pytest.fixture
def running() -> Iterator[ExitStack]:
    """For registrars that a test starts itself."""
    with ExitStack() as leaving:
        yield leaving


def account(registrar: Registrar) -> Account:
    return Account("100", "127.0.0.1", "right", registrar.address, bound_to="127.0.0.1", register_every_s=90)


def lively(registrar: Registrar, second: Registrar | None = None) -> Account:
    """One that looks every second whether its registrar is there."""
    return replace(account(registrar), keep_alive_s=1, second_registrar=second.address if second is not None else None)


def mistyped(registrar: Registrar) -> Account:
    return replace(account(registrar), password="wrong")


def standing(station: Station) -> Registration:
    return station.phone.snapshot().registration


def at(station: Station) -> str:
    now = standing(station)
    return now.registrar if isinstance(now, Registered) else ""


def registered(station: Station, wanted: Account) -> Station:
    set_up(station, wanted)
    Stations(station).until(lambda: at(station) == wanted.registrar)
    return station


def trouble(station: Station) -> Trouble | None:
    now = standing(station)
    return now.trouble if isinstance(now, RegistrarUnreachable) else None


@pytest.mark.parametrize("transport", [Transport.UDP, Transport.TCP], ids=["udp", "tcp"])
def test_right_password_registers(registrar: Registrar, station: Station, transport: Transport) -> None:
    registered(station, replace(account(registrar), transport=transport))
    now = standing(station)
    assert isinstance(now, Registered)
    assert timedelta(seconds=50) < now.until - datetime.now(UTC) <= timedelta(seconds=60), "what was granted counts"
    assert registrar.registered == ["100 60"]


def test_wrong_password_is_refused_with_its_code(registrar: Registrar, station: Station) -> None:
    set_up(station, mistyped(registrar))
    Stations(station).until(lambda: isinstance(standing(station), RegistrationRefused))
    refused = standing(station)
    assert isinstance(refused, RegistrationRefused)
    assert refused.code == 401
    assert registrar.registered == []


def test_right_password_after_a_wrong_one_registers(registrar: Registrar, station: Station) -> None:
    set_up(station, mistyped(registrar))
    Stations(station).until(lambda: isinstance(standing(station), RegistrationRefused))
    station.phone.set_account(account(registrar))
    Stations(station).until(lambda: isinstance(standing(station), Registered))


def test_giving_up_the_account_unregisters(registrar: Registrar, station: Station) -> None:
    registered(station, account(registrar))
    station.phone.set_account(None)
    Stations(station).until(lambda: standing(station) == NotRegistered())
    Stations(station).until(lambda: registrar.registered[-1:] == ["100 0"])


def test_other_account_is_registered_after_goodbye_to_the_one_before(station: Station, running: ExitStack) -> None:
    registrar = Registrar({"100": "right", "200": "right"})
    registrar.start()
    running.callback(registrar.close)
    registered(station, account(registrar))
    station.phone.set_account(replace(account(registrar), user="200"))
    Stations(station).until(lambda: registrar.registered == ["100 60", "100 0", "200 60"])
    Stations(station).until(lambda: at(station) == registrar.address)


def test_ending_the_phone_unregisters(registrar: Registrar, station: Station, tmp_path: Path) -> None:
    registered(station, account(registrar))
    end(station, tmp_path)
    assert registrar.registered[-1] == "100 0"


def test_silent_registrar_is_unreachable_within_seconds(registrar: Registrar, station: Station) -> None:
    set_up(station, replace(account(registrar), registrar="127.0.0.1:9"))
    Stations(station).until(lambda: trouble(station) is Trouble.NO_ANSWER)


def test_registrar_in_distress_is_not_taken_for_a_refusal(registrar: Registrar, station: Station) -> None:
    registrar.fails_with = "503 Service Unavailable"
    set_up(station, account(registrar))
    Stations(station).until(lambda: trouble(station) is Trouble.SERVER_FAILURE)
    now = standing(station)
    assert isinstance(now, RegistrarUnreachable)
    assert now.code == 503


def test_port_that_another_program_has_is_told_and_used_when_it_is_free(registrar: Registrar, station: Station) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind(("127.0.0.1", 0))
        wanted = replace(account(registrar), local_port=other.getsockname()[1])
        set_up(station, wanted)
        Stations(station).until(lambda: trouble(station) is Trouble.PORT_TAKEN)
    Stations(station).until(lambda: at(station) == registrar.address)
    assert station.phone.snapshot().sip_port == wanted.local_port


def test_quiet_registrar_is_asked_whether_it_is_there_and_still_knows_us(
    registrar: Registrar, station: Station
) -> None:
    registered(station, lively(registrar))
    asked = len(registrar.asked)
    Stations(station).until(lambda: {"OPTIONS", "REGISTER"} <= set(registrar.methods()[asked:]))
    changes = [event for event in station.told if isinstance(event, RegistrationChanged)]
    assert isinstance(changes[-1].registration, Registered)
    assert len([event for event in changes if isinstance(event.registration, Registered)]) == 1, "no news is not told"


def elsewhere(station: Station) -> tuple[str, ...] | None:
    now = standing(station)
    return now.elsewhere if isinstance(now, Registered) else None


def test_account_that_is_in_use_elsewhere_is_noticed_and_so_is_its_end(registrar: Registrar, station: Station) -> None:
    registered(station, lively(registrar))
    assert elsewhere(station) == ()
    registrar.also = "Contact: <sip:100@192.0.2.7:5062;transport=tcp>;expires=60, <sip:100@[2001:db8::7]>;expires=9\r\n"
    Stations(station).until(lambda: elsewhere(station) == ("192.0.2.7", "[2001:db8::7]"))
    registrar.also = ""
    Stations(station).until(lambda: elsewhere(station) == ())


def test_phone_that_died_is_not_taken_for_another_one(registrar: Registrar, station: Station, tmp_path: Path) -> None:
    registered(station, account(registrar))
    first = re.search(r"Contact: <sip:[^>]*;(line=\w+)", registrar.asked[-1])
    assert first is not None
    registrar.also = f"Contact: <sip:100@127.0.0.1:9;{first.group(1)}>;expires=60\r\n"
    end(station, tmp_path)
    again = started(tmp_path)
    registered(again, account(registrar))
    assert elsewhere(again) == ()
    again.link.close()


def test_registrar_that_was_restarted_in_a_moment_has_us_again(station: Station, running: ExitStack) -> None:
    before = Registrar({"100": "right"})
    before.start()
    registered(station, lively(before))
    after = before.restarted()
    running.callback(after.close)
    Stations(station).until(lambda: after.registered[:1] == ["100 60"])


def test_registrar_that_falls_silent_is_noticed_and_found_again(registrar: Registrar, station: Station) -> None:
    registered(station, lively(registrar))
    registrar.is_silent = True
    Stations(station).until(lambda: trouble(station) is Trouble.NO_ANSWER)
    registrar.is_silent = False
    Stations(station).until(lambda: at(station) == registrar.address)
    now = standing(station)
    assert isinstance(now, Registered)
    assert now.took_ms > 0, "so long there was no line"


@pytest.fixture
def second(running: ExitStack) -> Registrar:
    other = Registrar({"100": "right"})
    other.start()
    running.callback(other.close)
    return other


def test_second_registrar_is_left_alone_while_the_first_answers(
    registrar: Registrar, second: Registrar, station: Station
) -> None:
    registered(station, lively(registrar, second))
    Stations(station).until(lambda: "OPTIONS" in registrar.methods())
    assert second.asked == []


def test_second_registrar_takes_over_and_gives_back(registrar: Registrar, second: Registrar, station: Station) -> None:
    registered(station, lively(registrar, second))
    registrar.is_silent = True
    Stations(station).until(lambda: at(station) == second.address)
    registrar.is_silent = False
    Stations(station).until(lambda: at(station) == registrar.address)
    Stations(station).until(lambda: second.registered[-1:] == ["100 0"])
    now = standing(station)
    assert isinstance(now, Registered)
    assert now.took_ms < 2000, "there was a line all the time"


def hears(station: Station) -> bool:
    """Something, in what it told last."""
    measured = [event for event in station.told[-20:] if isinstance(event, LevelsMeasured)]
    return bool(measured) and measured[-1].heard > 0.05


def test_call_goes_on_while_the_registrars_change(
    registrar: Registrar, second: Registrar, station: Station, running: ExitStack, tmp_path: Path
) -> None:
    registered(station, lively(registrar, second))
    station.phone.set_sound(Sound(SilentSource(), WavSink(tmp_path / "heard.wav")))
    tone = WavSource(write_tone(tmp_path / "tone.wav", 440))
    caller = started(tmp_path / "caller")
    running.callback(end, caller, tmp_path / "caller")
    set_up(caller, direct("200"), Sound(tone, NullSink()))
    both = Stations(station, caller)
    both.connect(caller, station)
    both.until(lambda: hears(station))
    registrar.is_silent = True
    both.until(lambda: at(station) == second.address)
    station.told.clear()
    both.until(lambda: hears(station))
    registrar.is_silent = False
    both.until(lambda: at(station) == registrar.address)
    station.told.clear()
    both.until(lambda: hears(station))
    assert station.phone.snapshot().calls[0].state is CallState.CONNECTED


def test_phone_that_starts_while_the_first_is_away_goes_to_the_second(
    registrar: Registrar, second: Registrar, station: Station
) -> None:
    registrar.is_silent = True
    set_up(station, lively(registrar, second))
    Stations(station).until(lambda: at(station) == second.address)


def test_refused_password_is_not_carried_to_the_second(
    registrar: Registrar, second: Registrar, station: Station
) -> None:
    set_up(station, replace(lively(registrar, second), password="wrong"))
    Stations(station).until(lambda: isinstance(standing(station), RegistrationRefused))
    assert second.asked == []


def test_both_registrars_away_is_the_trouble_of_the_first(station: Station) -> None:
    lost = Account("100", "127.0.0.1", "right", "pbx.invalid", second_registrar="127.0.0.1:9", bound_to="127.0.0.1")
    set_up(station, lost)
    Stations(station).until(lambda: trouble(station) is Trouble.UNKNOWN_HOST)


def test_changed_network_is_registered_from_at_once(registrar: Registrar, station: Station) -> None:
    registered(station, account(registrar))
    asked = len(registrar.registered)
    station.phone.look_at_network()
    Stations(station).until(lambda: registrar.registered[asked:] == ["100 60"], patience_s=3)
    assert at(station) == registrar.address


def test_registered_phone_calls_through_its_registrar_whatever_the_address(
    registrar: Registrar, station: Station
) -> None:
    registered(station, account(registrar))
    station.phone.dial("sip:800@192.0.2.9")
    Stations(station).until(lambda: "INVITE" in registrar.methods())
    invite = next(each for each in registrar.asked if each.startswith("INVITE "))
    assert invite.startswith("INVITE sip:800@192.0.2.9")
    assert "\nRoute:" not in invite


def test_codecs_are_offered_in_the_accounts_order(registrar: Registrar, station: Station) -> None:
    registered(station, replace(account(registrar), codecs=("PCMU", "g722")))
    station.phone.dial("600")
    Stations(station).until(lambda: "INVITE" in registrar.methods())
    invite = next(each for each in registrar.asked if each.startswith("INVITE "))
    offered = re.search(r"^m=audio \d+ RTP/AVP ([\d ]+)", invite, re.MULTILINE)
    assert offered is not None
    assert offered.group(1).split()[:2] == ["0", "9"]
    assert "opus" not in invite


def test_stranger_cannot_ring_a_registered_phone(registrar: Registrar, station: Station) -> None:
    registered(station, account(registrar))
    with Stranger() as stranger:
        stranger.calls(station.phone.snapshot().sip_port)
        assert stranger.final() == "SIP/2.0 403 Forbidden"
    assert station.incoming() == []


def test_stranger_can_where_the_account_lets_him(registrar: Registrar, station: Station) -> None:
    registered(station, replace(account(registrar), only_from_switch=False))
    with Stranger() as stranger:
        stranger.calls(station.phone.snapshot().sip_port)
        Stations(station).until(lambda: len(station.incoming()) == 1)


def test_call_from_the_switch_rings(registrar: Registrar, station: Station) -> None:
    registered(station, account(registrar))
    with Stranger("127.0.0.1") as behind_the_registrar:
        behind_the_registrar.calls(station.phone.snapshot().sip_port)
        Stations(station).until(lambda: len(station.incoming()) == 1)


def behind(proxy: Stranger) -> Account:
    """Calls through this one, without being registered."""
    return Account("100", "127.0.0.1", "right", proxy=proxy.address, bound_to="127.0.0.1")


def test_switch_that_asks_for_the_password_is_answered(station: Station) -> None:
    with Stranger("127.0.0.1") as switch:
        set_up(station, behind(switch))
        station.phone.dial("800")
        invite = switch.next("INVITE ")
        switch.send(answer_to(invite, "407 Proxy Authentication Required", f"Proxy-{ASKS}"), port_of(invite))
        assert "Proxy-Authorization: Digest" in switch.next("INVITE ")


def test_stranger_who_asks_for_the_password_is_not_answered(station: Station) -> None:
    """He is the other side of a call that the switch has connected, and so gets what is said in it directly."""
    with Stranger() as stranger, Stranger("127.0.0.1") as switch:
        set_up(station, behind(switch))
        call_id = station.phone.dial("800")
        invite = switch.next("INVITE ")
        contact = f"Contact: <sip:800@{stranger.address}>"
        switch.send(answer_to(invite, "200 OK", contact, body=offer(stranger.address)), port_of(invite))
        stranger.next("ACK ")
        Stations(station).until_call(station, call_id, lambda call: call.state is CallState.CONNECTED)
        station.phone.hold(call_id)
        held = stranger.next("INVITE ")
        stranger.send(answer_to(held, "401 Unauthorized", f"WWW-{ASKS}"), port_of(held))
        stranger.next("ACK ")
        Stations(station).for_a_while(1)
        assert not [each for each in stranger.waiting() if "Authorization" in each]


class Stun(Stranger):
    """Tells everybody that they are somebody else, in the old words (RFC 3489 §11.2.1) and the new (RFC 8489 §14.2)."""

    SEEN_AS = "203.0.113.5"

    def __init__(self) -> None:
        super().__init__("127.0.0.1")
        self.answered = 0
        self._thread = Thread(target=self._serve, name="stun")
        self._thread.start()

    def close(self) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as bell:
            bell.sendto(b"end", ("127.0.0.1", int(self.address.rpartition(":")[2])))
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        self._socket.settimeout(None)
        while True:
            request, sender = self._socket.recvfrom(1024)
            if request == b"end":
                return
            plain = (40000).to_bytes(2, "big") + socket.inet_aton(self.SEEN_AS)
            cookie = b"\x21\x12\xa4\x42"
            veiled = bytes(a ^ b for a, b in zip(plain, cookie[:2] + cookie, strict=True))
            told = b"\x00\x01\x00\x08\x00\x01" + plain + b"\x00\x20\x00\x08\x00\x01" + veiled
            self._socket.sendto(b"\x01\x01" + len(told).to_bytes(2, "big") + request[4:20] + told, sender)
            self.answered += 1


def test_stun_server_tells_where_the_sound_is_to_go(station: Station, running: ExitStack) -> None:
    stun = Stun()
    running.callback(stun.close)
    with Stranger("127.0.0.1") as switch:
        set_up(station, replace(behind(switch), stun_server=stun.address))
        Stations(station).until(lambda: stun.answered > 1)
        station.phone.dial("800")
        assert f"\nc=IN IP4 {stun.SEEN_AS}" in switch.next("INVITE ")


def test_stun_server_that_is_away_holds_no_call_up(station: Station) -> None:
    with Stranger("127.0.0.1") as switch:
        set_up(station, replace(behind(switch), stun_server="127.0.0.1:9"))
        station.phone.dial("800")
        began = time.monotonic()
        assert "\nc=IN IP4 127.0.0.1" in switch.next("INVITE ")
        assert time.monotonic() - began < 2, "PJSIP alone would wait four seconds"
