"""The lab itself: what the other lab tests may take for granted."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from agent_desktop.softphone.account import Account, Transport
from agent_desktop.softphone.audio import NativeSink, NativeSource, Sound
from agent_desktop.softphone.events import LevelsMeasured
from tests.lab.__main__ import directory
from tests.lab.agents import Agents, account
from tests.lab.ami import Manager, ManagerRefusedError
from tests.lab.asterisk import HOLD_HZ, Asterisk
from tests.lab.baresip import Baresip, NotAnsweredError
from tests.lab.kamailio import DigestAlgorithm, Kamailio
from tests.lab.peers import PeersMissingError
from tests.lab.pulse import PulseAudio
from tests.lab.sipp import SCENARIOS, Sipp, headers
from tests.softphone.tones import Heard, is_tone, listen, write_tone


def hears(heard: list[Heard], hertz: float) -> bool:
    """Somewhere in the middle of it, for a second."""
    return len(heard) >= 4 and is_tone(heard[2], hertz) and is_tone(heard[3], hertz)


def turned_away(phone: Baresip, number: str) -> str:
    """What the exchange says to this call."""
    with pytest.raises(NotAnsweredError) as refusal:
        phone.dial(number)
    return str(refusal.value)


def transfer(manager: Manager, number: str) -> None:
    """What a REFER by the agent in the first call that is connected does."""
    both = manager.wait_for("BridgeEnter", lambda each: each["BridgeNumChannels"] == ["2"])
    entered = manager.wait_for("BridgeEnter", lambda each: each["BridgeUniqueid"] == both["BridgeUniqueid"])
    agent = next(each for each in (*both["Channel"], *entered["Channel"]) if each.startswith("PJSIP/"))
    manager.ask("BlindTransfer", Channel=agent, Context="agents", Exten=number)


def leads_somewhere(asterisk: Asterisk, number: str) -> bool:
    try:
        asterisk.cli(f"dialplan show {number}@leads")
    except ManagerRefusedError:
        return False
    return True


@pytest.mark.parametrize("transport", Transport, ids=str)
def test_our_phone_registers(asterisk: Asterisk, agents: Agents, transport: Transport) -> None:
    agents.sign_in(account(asterisk, "1001", transport))
    contact = asterisk.contact("1001")
    assert contact is not None
    assert ("transport=" in contact.lower()) is (transport is not Transport.UDP)


def test_our_phone_registers_with_sha_256(agents: Agents) -> None:
    agents.sign_in("1007")


def test_601_is_a_tone(agents: Agents) -> None:
    phone = agents.sign_in("1001")
    call = agents.dial(phone, "601")
    agents.talk(2.2)
    agents.hang_up(phone, call)
    heard = agents.heard_by("1001")
    assert hears(heard, 1004), heard


def test_600_is_an_echo(agents: Agents) -> None:
    phone = agents.sign_in("1001", says_hz=440)
    call = agents.dial(phone, "600")
    agents.talk(2.2)
    agents.hang_up(phone, call)
    heard = agents.heard_by("1001")
    assert hears(heard, 440), heard


def test_customer_comes_with_what_the_exchange_knows(asterisk: Asterisk, agents: Agents) -> None:
    phone = agents.sign_in("1001")
    asterisk.customer_calls("41001", facts={"CUSTOMER_ID": "C-客户 007;x", "CALL_REF": "ref-1"})
    invite = agents.rings(phone).invite
    assert (invite.customer_id, invite.call_ref) == ("C-客户 007;x", "ref-1")
    assert (invite.asserted_number, invite.asserted_name) == ("13812345678", "张三")
    assert (invite.queue, invite.ivr_path, invite.called_number) == ("service", "main>2", "4008100200")
    assert invite.user_to_user == "637573742d303034373131;encoding=hex"


def test_customer_in_the_queue_reaches_who_joined_it_and_hears_music_on_hold(
    asterisk: Asterisk, baresip: Callable[..., Baresip], agents: Agents
) -> None:
    customer = baresip("9001", asterisk.address)
    phone = agents.sign_in("1003")
    asterisk.add_to_queue("1003")
    customer.tell("dial", "4000")
    call = agents.answer(phone)
    customer.wait_for("CALL_ESTABLISHED")  # before that the exchange has nobody to play music to
    phone.phone.hold(call.id)
    agents.until(lambda: phone.call(call.id).held_here)
    agents.talk(2.5)
    agents.hang_up(phone, call)
    customer.close()
    heard = listen(customer.heard)
    assert any(is_tone(each, HOLD_HZ) for each in heard), heard


def test_customer_from_outside_talks_to_another_makers_phone(
    asterisk: Asterisk, baresip: Callable[..., Baresip], sipp: Callable[..., Sipp]
) -> None:
    agent = baresip("1002", asterisk.address, answers=True)
    known = {"caller": "+8613900001111", "customer_id": "C-1", "call_ref": "r-1", "user_to_user": "aa;encoding=hex"}
    with asterisk.sip_messages() as messages:
        customer = sipp(SCENARIOS / "calls_from_outside.xml", asterisk.address, user="41002", values=known)
        rings = agent.wait_for("CALL_ESTABLISHED")
        customer.finish()
        told = next(headers(each) for each in messages() if "\nINVITE sip:1002-" in each)
    assert rings["peeruri"].startswith("sip:+8613900001111@")
    assert (told["x-customer-id"], told["x-call-ref"], told["user-to-user"]) == ("C-1", "r-1", "aa;encoding=hex")


def test_call_to_the_outside_shows_our_number(
    asterisk: Asterisk, baresip: Callable[..., Baresip], sipp: Callable[..., Sipp]
) -> None:
    outside = sipp(SCENARIOS / "answers.xml", port=asterisk.trunk_port)
    agent = baresip("1002", asterisk.address)
    agent.dial("013800138000")
    agent.hang_up()
    outside.finish()
    invite = outside.received()[0]
    assert invite.startswith("INVITE sip:13800138000@")
    assert "<sip:4008100200@" in headers(invite)["from"]
    assert headers(invite)["p-asserted-identity"].startswith("<sip:4008100200@")


def test_every_refusal_can_be_dialled(asterisk: Asterisk, baresip: Callable[..., Baresip]) -> None:
    phone = baresip("1002", asterisk.address)
    codes = ("403", "404", "408", "410", "480", "484", "486", "488", "500", "502", "503", "600", "603")
    said = [turned_away(phone, f"7{code}")[:3] for code in codes]
    assert said == list(codes)


@pytest.mark.parametrize(("user", "encryption"), [("1011", "srtp-mand"), ("1014", "dtls_srtp")], ids=["sdes", "dtls"])
def test_who_must_encrypt_is_refused_without(
    asterisk: Asterisk, baresip: Callable[..., Baresip], user: str, encryption: str
) -> None:
    phone = baresip(user, asterisk.address, options=(f"mediaenc={encryption}",))
    phone.dial("601")
    phone.close()
    assert turned_away(baresip(user, asterisk.address), "601").startswith("488")


def test_every_number_of_the_directory_is_there(asterisk: Asterisk) -> None:
    rows = re.findall(r"^\| (`[^|]*) \|", directory().partition("## Numbers")[2], re.MULTILINE)
    numbers = re.findall(r"`([*0-9]+)", " ".join(rows))
    assert len(numbers) > 30
    assert [each for each in numbers if not leads_somewhere(asterisk, "0123" if each == "0" else each)] == []


def test_missing_peers_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AGENT_DESKTOP_CACHE", str(tmp_path))
    with pytest.raises(PeersMissingError, match="make lab"):
        Asterisk(tmp_path)


def test_survey_tells_the_score(asterisk: Asterisk, baresip: Callable[..., Baresip]) -> None:
    agent = baresip("1002", asterisk.address, answers=True)
    with asterisk.manager() as manager:
        asterisk.customer_calls("41002", does="score", facts={"CALL_REF": "ref-9"})
        agent.wait_for("CALL_ESTABLISHED")
        transfer(manager, "5700")
        score = manager.wait_for_user_event("SurveyScore")
    assert (score["Score"], score["CallRef"], score["Agent"]) == ("5", "ref-9", "1002")


@pytest.mark.parametrize(("does", "verified"), [("pin", "yes"), ("wrong-pin", "no")], ids=["right", "wrong"])
def test_pin_check_brings_the_caller_back(
    asterisk: Asterisk, baresip: Callable[..., Baresip], does: str, verified: str
) -> None:
    agent = baresip("1002", asterisk.address, answers=True)
    with asterisk.manager() as manager, asterisk.sip_messages() as messages:
        asterisk.customer_calls("41002", does=does, facts={"CALL_REF": "ref-9"})
        agent.wait_for("CALL_ESTABLISHED")
        transfer(manager, "5800")
        assert manager.wait_for_user_event("PinChecked")["Verified"] == verified
        agent.wait_for("CALL_ESTABLISHED")
        told = [headers(each) for each in messages() if "\nINVITE sip:1002-" in each][-1]
        assert not [each for each in manager.seen if "2468" in str(each)]
    assert (told["x-verified"], told["x-call-ref"]) == (verified, "ref-9")


def test_message_left_lights_the_lamp(asterisk: Asterisk) -> None:
    with asterisk.manager() as manager:
        asterisk.leave_message("1004")
        lamp = manager.wait_for("MessageWaiting", lambda each: each["Mailbox"] == ["1004@default"])
    assert lamp["New"] == ["1"]


def test_restarted_exchange_has_forgotten_who_was_registered(
    asterisk: Asterisk, baresip: Callable[..., Baresip]
) -> None:
    baresip("1002", asterisk.address)
    assert asterisk.contact("1002") is not None
    ports, pid = (asterisk.sip_port, asterisk.tls_port), asterisk.pid
    asterisk.restart()
    assert asterisk.contact("1002") is None
    assert (asterisk.sip_port, asterisk.tls_port) == ports
    assert asterisk.pid != pid


@pytest.mark.parametrize("algorithm", DigestAlgorithm, ids=str)
@pytest.mark.parametrize("transport", Transport, ids=str)
def test_our_phone_registers_at_kamailio(
    asterisk: Asterisk,
    kamailio: Callable[..., Kamailio],
    agents: Agents,
    transport: Transport,
    algorithm: DigestAlgorithm,
) -> None:
    running = kamailio(algorithm)
    at = f"localhost:{running.tls_port}" if transport is Transport.TLS else running.address
    wanted = Account("2001", at, "pass-2001", at, transport=transport, bound_to="127.0.0.1")
    agents.sign_in(replace(wanted, trusted_ca=asterisk.trusted_ca))


def test_our_phone_calls_through_the_proxy(
    asterisk: Asterisk, kamailio: Callable[..., Kamailio], agents: Agents
) -> None:
    running = kamailio()
    phone = agents.sign_in(replace(account(asterisk, "1001"), proxy=running.address))
    call = agents.dial(phone, "601")
    assert asterisk.contact("1001") is not None
    agents.hang_up(phone, call)


def test_phones_at_kamailio_call_each_other(
    asterisk: Asterisk, kamailio: Callable[..., Kamailio], baresip: Callable[..., Baresip], agents: Agents
) -> None:
    running = kamailio()
    other = baresip("2002", running.address, answers=True)
    phone = agents.sign_in(Account("2001", running.address, "pass-2001", running.address, bound_to="127.0.0.1"))
    call = agents.dial(phone, "2002")
    assert other.wait_for("CALL_ESTABLISHED")["peeruri"].startswith("sip:2001@")
    agents.hang_up(phone, call)


def test_exchange_that_a_test_left_frozen_with_a_full_queue_is_idle_for_the_next(exchange: Asterisk) -> None:
    exchange.add_to_queue("1001")
    exchange.freeze()
    exchange.make_idle()
    assert "No Members" in exchange.cli("queue show service")
    exchange.kill()
    exchange.make_idle()
    assert exchange.channels() == []


def test_headset_hears_and_speaks(asterisk: Asterisk, pulse: PulseAudio, agents: Agents) -> None:
    pulse.plug_in("headset")
    headset = NativeSource("headset-microphone"), NativeSink("headset")
    sound = Sound(*headset, echo_cancelling=False, noise_suppression=False)
    phone = agents.sign_in("1001", sound=sound)
    call = agents.dial(phone, "600")
    pulse.speak("headset", write_tone(pulse.folder / "said.wav", 440, seconds=20))
    with pulse.listening("headset", pulse.folder / "heard.wav") as wav:
        agents.until(lambda: any(isinstance(each, LevelsMeasured) and each.heard > 0.1 for each in phone.told))
        agents.talk(1.6)
    agents.hang_up(phone, call)
    heard = listen(wav)[-3:-1]
    assert [abs(each.peak_hz - 440) < 8 and each.rms > 200 for each in heard] == [True] * 2, heard
