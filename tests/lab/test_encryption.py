"""SRTP with a real exchange: what the phone offers, what it takes, and when the lock is shown."""

from dataclasses import replace

import pytest

from agent_desktop.softphone.account import Account, Keying, MediaEncryption, Transport
from tests.lab.agents import Agents, account
from tests.lab.asterisk import Asterisk

OFF, PREFERRED, REQUIRED = MediaEncryption


def encrypting(
    asterisk: Asterisk,
    user: str,
    how: MediaEncryption,
    keying: Keying = Keying.SDES,
    transport: Transport = Transport.TLS,
) -> Account:
    return replace(account(asterisk, user, transport), media_encryption=how, keying=keying)


@pytest.mark.parametrize(
    ("user", "how", "is_encrypted"),
    [
        ("1001", OFF, False),
        ("1001", PREFERRED, False),
        ("1011", PREFERRED, True),
        ("1011", REQUIRED, True),
        ("1012", OFF, False),
        ("1012", PREFERRED, True),
        ("1012", REQUIRED, True),
    ],
    ids=lambda value: str(value),
)
def test_call_is_as_encrypted_as_both_sides_want(
    asterisk: Asterisk, agents: Agents, user: str, how: MediaEncryption, is_encrypted: bool
) -> None:
    station = agents.sign_in(encrypting(asterisk, user, how), says_hz=440)
    call = agents.dial(station, "600")
    agents.talk(2)
    assert station.call(call.id).is_encrypted is is_encrypted
    agents.hang_up(station, call)
    heard = agents.heard_by(user)
    assert any(abs(each.peak_hz - 440) < 8 for each in heard), heard


@pytest.mark.parametrize("how", [PREFERRED, REQUIRED], ids=str)
def test_keys_may_come_by_handshake_beside_the_media(asterisk: Asterisk, agents: Agents, how: MediaEncryption) -> None:
    station = agents.sign_in(encrypting(asterisk, "1013", how, Keying.DTLS), says_hz=440)
    call = agents.dial(station, "600")
    agents.until(lambda: station.call(call.id).is_encrypted)
    agents.talk(2)
    agents.hang_up(station, call)
    heard = agents.heard_by("1013")
    assert any(abs(each.peak_hz - 440) < 8 for each in heard), heard


@pytest.mark.parametrize(("user", "keying"), [("1011", Keying.SDES), ("1013", Keying.DTLS)], ids=["sdes", "dtls"])
def test_customers_call_comes_encrypted(asterisk: Asterisk, agents: Agents, user: str, keying: Keying) -> None:
    station = agents.sign_in(encrypting(asterisk, user, REQUIRED, keying), says_hz=440)
    asterisk.customer_calls(f"4{user}", does="tone")
    call = agents.answer(station)
    agents.until(lambda: station.call(call.id).is_encrypted)
    agents.talk(2)
    agents.hang_up(station, call)
    heard = agents.heard_by(user)
    assert any(abs(each.peak_hz - 700) < 8 for each in heard), heard


def test_held_call_stays_encrypted(asterisk: Asterisk, agents: Agents) -> None:
    station = agents.sign_in(encrypting(asterisk, "1011", REQUIRED))
    call = agents.dial(station, "601")
    station.phone.hold(call.id)
    agents.until(lambda: station.call(call.id).held_here)
    station.phone.resume(call.id)
    agents.until(lambda: not station.call(call.id).held_here)
    assert station.call(call.id).is_encrypted


def test_phone_that_must_encrypt_takes_no_call_without(asterisk: Asterisk, agents: Agents) -> None:
    station = agents.sign_in(encrypting(asterisk, "1001", REQUIRED))
    with asterisk.sip_messages() as messages:
        asterisk.customer_calls("41001")
        agents.until(lambda: any("SIP/2.0 488" in each for each in messages()))
    assert station.incoming() == []
