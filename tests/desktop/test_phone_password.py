"""The telephone account's password: into the keyring from the command line, out of it when the desk opens."""

import pytest

from agent_desktop.app import _keep_phone_password
from agent_desktop.credentials import Credentials
from agent_desktop.settings import Settings
from demo.seat import MemoryVault

REGISTERED = Settings(sip_registrar="pbx.example.org", sip_user="1001")


def test_password_given_on_the_command_line_is_in_the_keyring() -> None:
    credentials = Credentials(MemoryVault())
    assert _keep_phone_password(credentials, REGISTERED, "s3cret") == 0
    assert credentials.phone_password("pbx.example.org", "1001") == "s3cret"


def test_account_that_no_policy_names_is_named_beside_it() -> None:
    credentials = Credentials(MemoryVault())
    assert _keep_phone_password(credentials, Settings(sip_registrar="pbx.example.org"), "s3cret", "8123") == 0
    assert credentials.phone_password("pbx.example.org", "8123") == "s3cret"


@pytest.mark.parametrize("settings", [Settings(), Settings(sip_user="1001"), Settings(sip_registrar="pbx.example.org")])
def test_without_an_account_it_says_what_to_set_first(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert _keep_phone_password(Credentials(MemoryVault()), settings, "s3cret") == 1
    assert "sip.registrar" in capsys.readouterr().err
