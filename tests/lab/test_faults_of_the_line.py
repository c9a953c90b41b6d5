"""What goes wrong between the phone and a real exchange, each caused by the real peer and told apart."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from agent_desktop.softphone.account import (
    Account,
    MediaEncryption,
    RegistrarUnreachable,
    RegistrationRefused,
    Transport,
    Trouble,
)
from agent_desktop.softphone.call import Call, EndReason
from agent_desktop.softphone.events import CommandRefused, Refusal
from tests.lab.agents import Agents, account
from tests.lab.asterisk import Asterisk
from tests.lab.kamailio import Kamailio
from tests.softphone.stations import Station, Stations

NOBODY = "127.0.0.1:9"


def tried(agents: Agents, wanted: Account) -> Station:
    """Until it is known to be refused, or unreachable."""
    station = agents.start(wanted.user)
    station.phone.set_account(wanted)
    agents.until(lambda: isinstance(station.phone.snapshot().registration, RegistrationRefused | RegistrarUnreachable))
    return station


def trouble(station: Station) -> Trouble:
    now = station.phone.snapshot().registration
    assert isinstance(now, RegistrarUnreachable), now
    return now.trouble


def turned_away(agents: Agents, station: Station, number: str) -> Call:
    call_id = station.phone.dial(number)
    return Stations(station).until_call(station, call_id, lambda call: call.is_over)


def over_tls(asterisk: Asterisk, port: int) -> Account:
    return replace(account(asterisk, "1001", Transport.TLS), registrar=f"localhost:{port}", domain="localhost")


@pytest.mark.parametrize("transport", Transport, ids=str)
def test_wrong_password(asterisk: Asterisk, agents: Agents, transport: Transport) -> None:
    station = tried(agents, replace(account(asterisk, "1001", transport), password="wrong"))
    now = station.phone.snapshot().registration
    assert isinstance(now, RegistrationRefused)
    assert now.code == 401


def test_account_the_switch_does_not_have(asterisk: Asterisk, agents: Agents) -> None:
    station = tried(agents, replace(account(asterisk, "1001"), user="1999"))
    assert isinstance(station.phone.snapshot().registration, RegistrationRefused)


def test_account_of_somebody_else(kamailio: Callable[..., Kamailio], agents: Agents) -> None:
    switch = kamailio()
    other = Account("1002", "127.0.0.1", "pass-1001", switch.address, auth_user="1001", bound_to="127.0.0.1")
    now = tried(agents, other).phone.snapshot().registration
    assert isinstance(now, RegistrationRefused)
    assert now.code == 403


@pytest.mark.parametrize("transport", Transport, ids=str)
def test_name_that_nobody_knows(asterisk: Asterisk, agents: Agents, transport: Transport) -> None:
    nowhere = replace(account(asterisk, "1001", transport), registrar="pbx.invalid")
    assert trouble(tried(agents, nowhere)) is Trouble.UNKNOWN_HOST


def test_host_without_a_way_to_it(asterisk: Asterisk, agents: Agents) -> None:
    away = replace(account(asterisk, "1001"), registrar="192.0.2.99")  # and the phone keeps to 127.0.0.1
    assert trouble(tried(agents, away)) is Trouble.NO_ROUTE


def test_host_that_does_not_answer(asterisk: Asterisk, agents: Agents) -> None:
    assert trouble(tried(agents, replace(account(asterisk, "1001"), registrar=NOBODY))) is Trouble.NO_ANSWER


@pytest.mark.parametrize("transport", [Transport.TCP, Transport.TLS], ids=str)
def test_host_that_takes_no_connection(asterisk: Asterisk, agents: Agents, transport: Transport) -> None:
    closed = replace(account(asterisk, "1001", transport), registrar=NOBODY)
    assert trouble(tried(agents, closed)) is Trouble.CONNECTION_REFUSED


def test_expired_certificate(asterisk: Asterisk, agents: Agents) -> None:
    station = tried(agents, over_tls(asterisk, asterisk.tls_expired_port))
    assert trouble(station) is Trouble.CERTIFICATE_EXPIRED


def test_certificate_for_another_name(asterisk: Asterisk, agents: Agents) -> None:
    station = tried(agents, over_tls(asterisk, asterisk.tls_of_another_port))
    assert trouble(station) is Trouble.CERTIFICATE_OF_ANOTHER


def test_certificate_by_an_authority_nobody_trusts(asterisk: Asterisk, agents: Agents) -> None:
    station = tried(agents, over_tls(asterisk, asterisk.tls_untrusted_port))
    assert trouble(station) is Trouble.CERTIFICATE_UNTRUSTED


def test_certificate_of_the_site_without_the_sites_authority(asterisk: Asterisk, agents: Agents) -> None:
    station = tried(agents, replace(over_tls(asterisk, asterisk.tls_port), trusted_ca=None))
    assert trouble(station) is Trouble.CERTIFICATE_UNTRUSTED


@pytest.mark.parametrize(
    ("number", "reason", "code"),
    [
        ("1999", EndReason.NOT_FOUND, 404),
        ("7404", EndReason.NOT_FOUND, 404),
        ("7486", EndReason.BUSY, 486),
        ("7600", EndReason.BUSY, 600),
        ("7403", EndReason.FORBIDDEN, 403),
        ("7603", EndReason.DECLINED, 603),
        ("7480", EndReason.NO_ANSWER, 480),
        ("7488", EndReason.INCOMPATIBLE, 488),
        ("7503", EndReason.UNREACHABLE, 503),
        ("7408", EndReason.UNREACHABLE, 408),
        ("7500", EndReason.FAILED, 500),
    ],
    ids=lambda value: str(value),
)
def test_call_that_does_not_come_about(agents: Agents, number: str, reason: EndReason, code: int) -> None:
    end = turned_away(agents, agents.sign_in("1001"), number).end
    assert end is not None
    assert (end.reason, end.sip_code) == (reason, code)


def test_exchange_that_falls_silent_while_a_number_is_dialled(asterisk: Asterisk, agents: Agents) -> None:
    station = agents.sign_in(replace(account(asterisk, "1001"), keep_alive_s=1))
    asterisk.freeze()
    try:
        end = turned_away(agents, station, "601").end
        assert end is not None
        assert end.reason is EndReason.UNREACHABLE
        again = station.phone.dial("601")
        agents.until(lambda: any(isinstance(told, CommandRefused) and told.call_id == again for told in station.told))
        assert [told.refusal for told in station.told if isinstance(told, CommandRefused)] == [Refusal.NO_LINE]
    finally:
        asterisk.thaw()


def test_no_codec_in_common(agents: Agents) -> None:
    end = turned_away(agents, agents.sign_in("1043"), "601").end
    assert end is not None
    assert (end.reason, end.sip_code) == (EndReason.INCOMPATIBLE, 488)


def test_no_encryption_in_common(asterisk: Asterisk, agents: Agents) -> None:
    careful = replace(account(asterisk, "1001"), media_encryption=MediaEncryption.REQUIRED)
    end = turned_away(agents, agents.sign_in(careful), "601").end
    assert end is not None
    assert (end.reason, end.sip_code) == (EndReason.INCOMPATIBLE, 488)
