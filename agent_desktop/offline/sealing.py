"""The seam at which what lies on the disk is encrypted: which SQLite opens a file, what seals what stands beside."""

from functools import cached_property
from types import ModuleType
from typing import Any, Protocol

from agent_desktop.data_key import DataKey, sealed, unsealed


class Sealing(Protocol):
    """`dbapi` is the SQLite module; `unlock` runs first on every new connection. `key_id` names the key, empty for
    none. `seal` and `unseal` are for small things in other files; None is what cannot be opened."""

    @property
    def dbapi(self) -> ModuleType: ...

    @property
    def key_id(self) -> str: ...

    def unlock(self, connection: Any) -> None: ...

    def seal(self, note: bytes) -> bytes: ...

    def unseal(self, written: bytes) -> bytes | None: ...


class Sealed:
    """SQLCipher with a raw key: every page encrypted and authenticated, nothing stretched when a file is opened."""

    def __init__(self, key: DataKey) -> None:
        self.key_id = key.id
        self._pages = key.derive("databases").hex()
        self._notes = key.derive("journal")

    @cached_property
    def dbapi(self) -> ModuleType:
        return _sqlcipher()

    def unlock(self, connection: Any) -> None:
        connection.execute(f"PRAGMA key=\"x'{self._pages}'\"").close()
        connection.execute("PRAGMA cipher_log_level=NONE").close()

    def seal(self, note: bytes) -> bytes:
        return sealed(self._notes, note)

    def unseal(self, written: bytes) -> bytes | None:
        return unsealed(self._notes, written)

    def export_from(self, plain: Any, path: str) -> None:
        """Copies the open plain database, table by table, into a new sealed file."""
        plain.execute("ATTACH DATABASE ? AS sealed KEY ?", (path, f"x'{self._pages}'"))
        (form,) = plain.execute("PRAGMA user_version").fetchone()
        plain.execute("SELECT sqlcipher_export('sealed')").close()
        plain.execute(f"PRAGMA sealed.user_version={form:d}").close()
        plain.execute("DETACH DATABASE sealed")


class Unsealed:
    """Plain SQLite files: readable by whoever reads the disk. Only where a test or a benchmark wants to look inside.
    The SQLite is the one that `Sealed` has, without a key."""

    key_id = ""

    @cached_property
    def dbapi(self) -> ModuleType:
        return _sqlcipher()

    def unlock(self, connection: Any) -> None:
        """Nothing to say."""

    def seal(self, note: bytes) -> bytes:
        return note

    def unseal(self, written: bytes) -> bytes | None:
        return written


def _sqlcipher() -> ModuleType:
    from sqlcipher3 import dbapi2

    module: ModuleType = dbapi2
    return module
