import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import keyring
import keyring.errors
import pytest
from keyring.backends import null

from agent_desktop.credentials import TRUSTED, Credentials
from agent_desktop.errors import KeyringLocked, KeyringMissing
from tests.fakes import FailingKeyring, OpenKeyring, locked_keyring

SERVER, LOGIN = "https://desk.example", "lin.yue"


def test_token_is_kept_by_server_and_login() -> None:
    credentials = Credentials(OpenKeyring())
    credentials.keep_refresh_token(SERVER, LOGIN, "one")
    credentials.keep_refresh_token("https://other.example", LOGIN, "two")
    assert credentials.refresh_token(SERVER, LOGIN) == "one"
    assert credentials.refresh_token(SERVER, "wang.lei") is None


def test_keyring_shows_neither_server_nor_person() -> None:
    vault = OpenKeyring()
    Credentials(vault).keep_refresh_token(SERVER, LOGIN, "one")
    ((_service, entry),) = vault.kept
    assert "desk" not in entry
    assert "lin" not in entry


def test_forgotten_token_is_gone_and_forgetting_nothing_is_fine() -> None:
    credentials = Credentials(OpenKeyring())
    credentials.keep_refresh_token(SERVER, LOGIN, "one")
    credentials.forget(SERVER, LOGIN)
    credentials.forget(SERVER, LOGIN)
    assert credentials.refresh_token(SERVER, LOGIN) is None


def test_key_is_kept_as_long_as_somebody_is_signed_in() -> None:
    vault = OpenKeyring()
    credentials = Credentials(vault)
    credentials.keep_refresh_token(SERVER, LOGIN, "one")
    credentials.keep_data_key(SERVER, LOGIN, b"k" * 32)
    assert credentials.data_key(SERVER, LOGIN) == b"k" * 32
    assert credentials.data_key(SERVER, "wang.lei") is None
    credentials.forget(SERVER, LOGIN)
    assert vault.kept == {}


def test_locked_keyring_is_said() -> None:
    credentials = Credentials(locked_keyring())
    with pytest.raises(KeyringLocked):
        credentials.refresh_token(SERVER, LOGIN)
    with pytest.raises(KeyringLocked):
        credentials.keep_refresh_token(SERVER, LOGIN, "one")


class PromptDismissedException(Exception):
    """As Secret Service's own library raises it."""


PromptDismissedException.__module__ = "secretstorage.exceptions"


@pytest.mark.parametrize(
    "error",
    [keyring.errors.PasswordSetError("x"), OSError("too long"), PromptDismissedException()],
    ids=["keyring's own", "system's", "library's"],
)
def test_keyring_that_fails_counts_as_none(error: Exception) -> None:
    with pytest.raises(KeyringMissing):
        Credentials(FailingKeyring(error)).keep_refresh_token(SERVER, LOGIN, "one")


def test_mistake_of_ours_is_not_taken_for_the_keyrings() -> None:
    with pytest.raises(ZeroDivisionError):
        Credentials(FailingKeyring(ZeroDivisionError())).refresh_token(SERVER, LOGIN)


class _Plain(OpenKeyring):
    """A backend nobody vouches for."""


class _Trusted(OpenKeyring):
    """One of the operating system's."""


_Trusted.__module__ = TRUSTED[0]


@pytest.mark.parametrize("backend", [null.Keyring, _Plain], ids=["null", "plain text"])
def test_backend_nobody_vouches_for_is_refused(monkeypatch: pytest.MonkeyPatch, backend: type[object]) -> None:
    monkeypatch.setattr(keyring, "get_keyring", backend)
    with pytest.raises(KeyringMissing):
        Credentials().keep_refresh_token(SERVER, LOGIN, "one")


def test_trusted_backend_is_taken_from_a_chain(monkeypatch: pytest.MonkeyPatch) -> None:
    trusted = _Trusted()
    monkeypatch.setattr(keyring, "get_keyring", lambda: SimpleNamespace(backends=[_Plain(), trusted]))
    Credentials().keep_refresh_token(SERVER, LOGIN, "one")
    assert list(trusted.kept.values()) == ["one"]


class PromptingKeyring(OpenKeyring):
    """Answers once a person has."""

    def __init__(self) -> None:
        super().__init__()
        self.has_answered = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        assert self.has_answered.wait(60)
        return super().get_password(service, username)


def test_keyring_that_prompts_is_noticed_and_waited_for() -> None:
    vault = PromptingKeyring()
    credentials = Credentials(vault)
    credentials.keep_refresh_token(SERVER, LOGIN, "one")
    with ThreadPoolExecutor(1) as pool:
        token = pool.submit(credentials.refresh_token, SERVER, LOGIN)
        _until(lambda: credentials.is_prompting)
        vault.has_answered.set()
        assert token.result(60) == "one"
    assert not credentials.is_prompting


def test_who_goes_without_the_keyring_waits_no_more_and_what_was_kept_meanwhile_is_there_later() -> None:
    vault = PromptingKeyring()
    credentials = Credentials(vault)
    with ThreadPoolExecutor(1) as pool:
        token = pool.submit(credentials.refresh_token, SERVER, LOGIN)
        _until(lambda: credentials.is_prompting)
        credentials.go_without()
        with pytest.raises(KeyringLocked):
            token.result(60)
    with pytest.raises(KeyringLocked):
        credentials.keep_refresh_token(SERVER, LOGIN, "two")
    vault.has_answered.set()
    _until(lambda: vault.kept)
    assert credentials.refresh_token(SERVER, LOGIN) == "two"


def _until(fact: Callable[[], object]) -> None:
    end = time.monotonic() + 60
    while not fact():
        assert time.monotonic() < end
        time.sleep(0.01)
