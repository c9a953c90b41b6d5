"""Secrets this workstation may keep, and only in a keyring of the operating system that is trusted.

Here a secret lies only while its agent is signed in: the token that signs them in again, and the key of what they keep
on this disk. Trusted are Windows Credential Manager, Secret Service and KWallet. Anything else, a plain-text backend
above all, counts as no keyring: then nothing is kept and the password is asked for again. A keyring that asks a person
first is waited for when somebody is signed in as before; everything else goes on without it after PATIENCE_S.
"""

import hashlib
from typing import Final, Protocol, runtime_checkable

from agent_desktop.errors import KeyringLocked, KeyringMissing
from agent_desktop.keyring_worker import KeyringWorker

SERVICE = "agent-desktop"
_KEY, _OLD_RECORDINGS = "key:", "recordings:"
PATIENCE_S: Final = 5.0
TRUSTED = ("keyring.backends.Windows", "keyring.backends.SecretService", "keyring.backends.kwallet")


@runtime_checkable
class Vault(Protocol):
    """What a keyring backend offers."""

    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...

    def delete_password(self, service: str, username: str) -> None: ...


class Credentials:
    """Of each agent who is signed in here, by server and login. Everything raises KeyringLocked, KeyringMissing."""

    def __init__(self, vault: Vault | None = None) -> None:
        self._vault = vault
        self._worker = KeyringWorker()

    @property
    def is_prompting(self) -> bool:
        """The keyring waits for a person."""
        return self._worker.is_prompting

    def go_without(self) -> None:
        """Nobody waits for the keyring any more, until it has answered."""
        self._worker.go_without()

    def backend(self) -> str:
        """Which keyring it is that keeps them."""
        return self._worker.do(lambda: type(self._open()).__module__.rpartition(".")[2], PATIENCE_S)

    def refresh_token(self, server: str, login: str) -> str | None:
        """Waits as long as the keyring does."""
        return self._get(server, login, patience_s=None)

    def keep_refresh_token(self, server: str, login: str, token: str) -> None:
        self._set(server, login, token)

    def data_key(self, server: str, login: str) -> bytes | None:
        """What `keep_data_key` was given."""
        kept = self._get(f"{_KEY}{server}", login)
        return None if kept is None else bytes.fromhex(kept)

    def keep_data_key(self, server: str, login: str, secret: bytes) -> None:
        self._set(f"{_KEY}{server}", login, secret.hex())

    def forget(self, server: str, login: str) -> None:
        """Token and key are gone: the agent has signed out. Nothing there is fine."""
        self._delete(server, login)
        self._delete(f"{_KEY}{server}", login)

    def phone_password(self, registrar: str, user: str) -> str | None:
        """The password of the telephone account."""
        return self._get(f"sip:{registrar}", user)

    def keep_phone_password(self, registrar: str, user: str, password: str) -> None:
        self._set(f"sip:{registrar}", user, password)

    def old_recordings_key(self, server: str, login: str) -> bytes | None:
        """The 32 bytes with which an earlier version sealed the cards of this person's recordings."""
        kept = self._get(f"{_OLD_RECORDINGS}{server}", login)
        return None if kept is None else bytes.fromhex(kept)

    def forget_old_recordings_key(self, server: str, login: str) -> None:
        self._delete(f"{_OLD_RECORDINGS}{server}", login)

    def _get(self, server: str, login: str, patience_s: float | None = PATIENCE_S) -> str | None:
        def get() -> str | None:
            vault = self._open()
            with _translated():
                return vault.get_password(SERVICE, _entry(server, login))

        return self._worker.do(get, patience_s)

    def _set(self, server: str, login: str, secret: str) -> None:
        def keep() -> None:
            vault = self._open()
            with _translated():
                vault.set_password(SERVICE, _entry(server, login), secret)

        self._worker.do(keep, PATIENCE_S)

    def _delete(self, server: str, login: str) -> None:
        def delete() -> None:
            vault = self._open()
            with _translated():
                if vault.get_password(SERVICE, _entry(server, login)) is not None:
                    vault.delete_password(SERVICE, _entry(server, login))

        self._worker.do(delete, PATIENCE_S)

    def _open(self) -> Vault:
        if self._vault is None:
            self._vault = _system_vault()
        return self._vault


def _entry(server: str, login: str) -> str:
    """A name that tells a curious reader of the keyring neither the server nor the person."""
    return hashlib.sha256(f"{server}\n{login}".encode()).hexdigest()[:32]


def _system_vault() -> Vault:
    import keyring

    found = keyring.get_keyring()
    for backend in (found, *getattr(found, "backends", ())):
        if type(backend).__module__ in TRUSTED and isinstance(backend, Vault):
            return backend
    raise KeyringMissing(type(found).__module__)


class _translated:  # noqa: N801 - reads as a word where it is used
    """Keyring's errors become ours."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _traceback: object) -> None:
        if error is None or isinstance(error, (KeyringLocked, KeyringMissing)):
            return
        import keyring.errors

        if isinstance(error, (keyring.errors.KeyringLocked, keyring.errors.InitError)):
            raise KeyringLocked(str(error)) from error
        if isinstance(error, (keyring.errors.KeyringError, OSError)) or _is_a_backends_own(error):
            raise KeyringMissing(type(error).__name__) from error


def _is_a_backends_own(error: BaseException) -> bool:
    """Backends let errors of their own libraries through: D-Bus that went away, a secret too long for Windows."""
    return type(error).__module__.partition(".")[0] in ("secretstorage", "jeepney", "dbus", "win32ctypes", "pywintypes")
