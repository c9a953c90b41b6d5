"""Accounts at real exchanges: every way to be registered, and staying it whatever happens to the exchange."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from agent_desktop.softphone.account import Account, Registered, Transport
from tests.lab.agents import Agents, account
from tests.lab.asterisk import Asterisk
from tests.lab.kamailio import DigestAlgorithm, Kamailio
from tests.softphone.stations import Station

OVER_IPV6 = "[::1]"


def at(station: Station) -> str:
    """The registrar that has this phone, empty when there is none."""
    now = station.phone.snapshot().registration
    return now.registrar if isinstance(now, Registered) else ""


def is_lost(station: Station) -> bool:
    return not isinstance(station.phone.snapshot().registration, Registered)


def at_kamailio(kamailio: Kamailio, transport: Transport = Transport.UDP) -> Account:
    return Account(
        "1001", "127.0.0.1", "pass-1001", kamailio.address, transport=transport, bound_to="127.0.0.1", keep_alive_s=1
    )


def with_second(asterisk: Asterisk, second: str, transport: Transport = Transport.UDP) -> Account:
    return replace(account(asterisk, "1001", transport), second_registrar=second, keep_alive_s=1)


@pytest.mark.parametrize("transport", Transport, ids=str)
def test_call_comes_and_goes_over_every_transport(asterisk: Asterisk, agents: Agents, transport: Transport) -> None:
    station = agents.sign_in(account(asterisk, "1001", transport))
    assert at(station) == station.phone.snapshot().registration.registrar  # type: ignore[union-attr]
    asterisk.customer_calls("41001")
    agents.hang_up(station, agents.answer(station))
    agents.hang_up(station, agents.dial(station, "601"))


def test_authorities_of_the_operating_system_are_trusted(
    asterisk: Asterisk, agents: Agents, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(asterisk.trusted_ca))
    wanted = replace(account(asterisk, "1001", Transport.TLS), trusted_ca=None)
    assert at(agents.sign_in(wanted)) == wanted.registrar


def test_certificate_may_name_an_address(asterisk: Asterisk, agents: Agents) -> None:
    there = f"127.0.0.1:{asterisk.tls_port}"
    station = agents.sign_in(replace(account(asterisk, "1001", Transport.TLS), registrar=there, domain="127.0.0.1"))
    assert at(station) == there


@pytest.mark.parametrize("algorithm", DigestAlgorithm, ids=str)
def test_registrar_may_ask_for_md5_and_sha_256(
    kamailio: Callable[..., Kamailio], agents: Agents, algorithm: DigestAlgorithm
) -> None:
    assert at(agents.sign_in(at_kamailio(kamailio(algorithm))))


@pytest.mark.parametrize("user", ["1007", "1008"], ids=["sha-256", "either"])
def test_call_is_let_in_by_sha_256(agents: Agents, user: str) -> None:
    station = agents.sign_in(user)
    agents.hang_up(station, agents.dial(station, "601"))


@pytest.mark.parametrize("transport", [Transport.UDP, Transport.TCP], ids=str)
def test_call_comes_and_goes_over_ipv6(asterisk: Asterisk, agents: Agents, transport: Transport) -> None:
    there = f"{OVER_IPV6}:{asterisk.sip_port}"
    station = agents.sign_in(
        replace(account(asterisk, "1031", transport), domain=there, registrar=there, bound_to="::1"), says_hz=440
    )
    call = agents.dial(station, "600")
    agents.talk(2)
    agents.hang_up(station, call)
    asterisk.customer_calls("41031")
    agents.hang_up(station, agents.answer(station))
    heard = agents.heard_by("1031")
    assert any(abs(each.peak_hz - 440) < 8 for each in heard), heard


def test_outbound_proxy_carries_everything(
    asterisk: Asterisk, kamailio: Callable[..., Kamailio], agents: Agents
) -> None:
    proxy = kamailio()
    with asterisk.sip_messages() as messages:
        station = agents.sign_in(replace(account(asterisk, "1032"), proxy=proxy.address))
        agents.hang_up(station, agents.dial(station, "601"))
        asterisk.customer_calls("41032")
        agents.hang_up(station, agents.answer(station))
        ways = {each.partition("\n")[0].rpartition(":")[2] for each in messages() if "sip:1032@" in each}
    assert ways == {str(proxy.sip_port)}


@pytest.mark.parametrize("transport", Transport, ids=str)
def test_restarted_exchange_that_forgot_the_phone_has_it_again(
    asterisk: Asterisk, agents: Agents, transport: Transport
) -> None:
    station = agents.sign_in(account(asterisk, "1001", transport))
    asterisk.restart()
    agents.until(lambda: asterisk.contact("1001") is not None, patience_s=15)
    asterisk.customer_calls("41001")
    agents.hang_up(station, agents.answer(station))


@pytest.mark.parametrize("transport", Transport, ids=str)
def test_registrar_that_is_away_is_noticed_and_found_again(
    kamailio: Callable[..., Kamailio], agents: Agents, transport: Transport
) -> None:
    switch = kamailio()
    station = agents.sign_in(at_kamailio(switch))
    switch.kill()
    agents.until(lambda: is_lost(station), patience_s=15)
    switch.start()
    agents.until(lambda: at(station) == switch.address, patience_s=15)


@pytest.mark.parametrize("transport", Transport, ids=str)
def test_frozen_exchange_is_noticed_and_the_second_takes_over_and_gives_back(
    asterisk: Asterisk, kamailio: Callable[..., Kamailio], agents: Agents, transport: Transport
) -> None:
    second = kamailio()
    address = f"localhost:{second.tls_port}" if transport is Transport.TLS else second.address
    wanted = with_second(asterisk, address, transport)
    station = agents.sign_in(wanted)
    assert at(station) == wanted.registrar
    asterisk.freeze()
    agents.until(lambda: at(station) == address, patience_s=15)
    asterisk.thaw()
    agents.until(lambda: at(station) == wanted.registrar, patience_s=15)


def test_changed_network_is_registered_from_at_once_and_the_call_goes_on(asterisk: Asterisk, agents: Agents) -> None:
    station = agents.sign_in("1001", says_hz=440)
    call = agents.dial(station, "600")
    with asterisk.sip_messages() as messages:
        station.phone.look_at_network()
        agents.until(lambda: any("\nREGISTER " in each for each in messages()))
        agents.until(lambda: any("\nINVITE " in each and "Call-ID" in each for each in messages()))
    agents.talk(2)
    agents.hang_up(station, call)
    heard = agents.heard_by("1001")
    assert any(abs(each.peak_hz - 440) < 8 for each in heard[-3:]), heard


def test_two_phones_of_one_account_notice_each_other(asterisk: Asterisk, agents: Agents) -> None:
    shared = replace(account(asterisk, "1033"), keep_alive_s=1)
    one, other = agents.sign_in(shared), agents.sign_in(shared)
    agents.until(lambda: elsewhere(one) == elsewhere(other) == ("127.0.0.1",))
    other.phone.set_account(None)
    agents.until(lambda: elsewhere(one) == ())


def elsewhere(station: Station) -> tuple[str, ...] | None:
    now = station.phone.snapshot().registration
    return now.elsewhere if isinstance(now, Registered) else None
