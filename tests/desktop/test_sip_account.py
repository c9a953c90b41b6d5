"""The telephone account as an administrator writes it into the settings."""

from dataclasses import replace
from pathlib import Path

import pytest

from agent_desktop.app import sip_account
from agent_desktop.settings import Settings
from agent_desktop.softphone.account import Account, DigitMode, Keying, MediaEncryption, Transport

REGISTERED = Settings(sip_registrar="pbx.example.org:5070")


def test_without_a_registrar_calls_come_straight_in_on_this_machine_only() -> None:
    made = sip_account(Settings(), "1001", "")
    assert (made.user, made.domain, made.registrar, made.bound_to) == ("1001", "127.0.0.1", None, "127.0.0.1")


def test_what_is_left_out_is_as_the_account_has_it() -> None:
    expected = Account("1001", "pbx.example.org", "secret", "pbx.example.org:5070")
    assert sip_account(REGISTERED, "1001", "secret") == expected


def test_everything_can_be_set() -> None:
    settings = replace(
        REGISTERED,
        sip_user="4711",
        sip_domain="example.org",
        sip_transport="tls",
        sip_port=5080,
        sip_auth_user="agent",
        sip_second_registrar="pbx2.example.org",
        sip_proxy="edge.example.org",
        sip_keep_alive_s=0,
        sip_only_from_switch=False,
        sip_ca_file="/etc/site.pem",
        sip_encryption="required",
        sip_keying="dtls",
        sip_codecs="PCMA, PCMU",
        sip_digits="info",
        sip_stun_server="stun.example.org",
        sip_ice=True,
        sip_shown_number_header="X-Outbound-Number",
    )
    assert sip_account(settings, "1001", "secret") == Account(
        user="4711",
        domain="example.org",
        password="secret",
        registrar="pbx.example.org:5070",
        proxy="edge.example.org",
        transport=Transport.TLS,
        auth_user="agent",
        local_port=5080,
        second_registrar="pbx2.example.org",
        keep_alive_s=0,
        only_from_switch=False,
        trusted_ca=Path("/etc/site.pem"),
        media_encryption=MediaEncryption.REQUIRED,
        keying=Keying.DTLS,
        codecs=("PCMA", "PCMU"),
        digit_mode=DigitMode.INFO,
        stun_server="stun.example.org",
        ice=True,
        shown_number_header="X-Outbound-Number",
    )


@pytest.mark.parametrize(
    ("registrar", "domain"),
    [
        ("pbx.example.org", "pbx.example.org"),
        ("192.0.2.1:5070", "192.0.2.1"),
        ("[2001:db8::1]:5070", "[2001:db8::1]"),
        ("[2001:db8::1]", "[2001:db8::1]"),
    ],
)
def test_domain_is_the_registrars_host_where_none_is_set(registrar: str, domain: str) -> None:
    assert sip_account(Settings(sip_registrar=registrar), "1001", "").domain == domain
