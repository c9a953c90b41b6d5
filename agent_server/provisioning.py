"""What an administrator has workstations set up with: kept as serials, and signed whenever a workstation asks for it.

A signature is of Ed25519, by a key of its own beside the secret key; workstations keep to the first one they meet.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.moment import to_text
from agent_server.administration import Actor
from agent_server.audit import AuditTrail, Deed, fields_of
from agent_server.database import Database
from agent_server.tables import provisioning

KEY_FILE: Final = "provisioning.key"
FORMAT: Final = 1
MOST_KEYS: Final = 200
LONGEST_TEXT: Final = 2000
LARGEST_NUMBER: Final = 2**31
MOST_TEXTS: Final = 50
LEAST_DAYS, MOST_DAYS, USUAL_DAYS = 1, 366, 30
LOCAL: Final = ("server", "provisioning", "person")
"""Groups of keys that say whom a workstation trusts, or are a person's own: no server decides them."""
_KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,31}(\.[a-z][a-z0-9_]{0,31})?")
_LINE: Final = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff]*")


class BadProvisioning(Exception):
    """What is wrong: the name of a key, or `keys`."""


@dataclass(frozen=True, slots=True)
class Provisioned:
    """What stands since `made_at`; a signature of it lasts `valid_days`."""

    serial: int
    keys: Mapping[str, Any]
    valid_days: int
    made_at: str
    made_by: str


class Provisioning:
    def __init__(self, database: Database, audit: AuditTrail, home: Path, now: Callable[[], datetime]) -> None:
        self._database, self._audit, self._home, self._now = database, audit, home, now

    async def decide(self, actor: Actor, keys: Mapping[str, Any], valid_days: int, reason: str) -> int:
        """From now on every workstation is set up so; its serial. Raises BadProvisioning."""
        require_good(keys)
        make_key(self._home)
        async with self._database.writing() as connection:
            before = await _newest(connection)
            serial = 1 if before is None else before.serial + 1
            line = {
                "serial": serial,
                "content": orjson.dumps(dict(keys)).decode(),
                "valid_days": valid_days,
                "made_at": to_text(self._now()),
                "made_by": actor.id,
            }
            await connection.execute(insert(provisioning).values(**line))
            told = {} if before is None else before.keys
            changed = [name for name in {**told, **keys} if told.get(name) != keys.get(name)]
            await self._audit.append(
                connection, actor.act(Deed.PROVISIONING_SET, str(serial), reason, fields_of(changed))
            )
        return serial

    async def standing(self) -> Provisioned | None:
        async with self._database.reading() as connection:
            return await _newest(connection)

    async def serial(self) -> int:
        """0: nothing was ever decided."""
        async with self._database.reading() as connection:
            return int(await connection.scalar(select(func.max(provisioning.c.serial))) or 0)

    async def signed(self) -> dict[str, str] | None:
        """The document as a workstation is told it: its text, the signature over its bytes, the public key."""
        stands = await self.standing()
        key = read_key(self._home)
        if stands is None or key is None:
            return None
        now = self._now()
        document = orjson.dumps(
            {
                "format": FORMAT,
                "serial": stands.serial,
                "issued_at": to_text(now),
                "expires_at": to_text(now + timedelta(days=stands.valid_days)),
                "keys": stands.keys,
            }
        )
        return {
            "document": document.decode(),
            "signature": key.sign(document).hex(),
            "key": key.public_key().public_bytes_raw().hex(),
        }


def require_good(keys: Mapping[str, Any]) -> None:
    """By shape; whether a workstation knows a key, its version decides, and says. Raises BadProvisioning."""
    if len(keys) > MOST_KEYS:
        raise BadProvisioning("keys")
    for name, value in keys.items():
        is_named = _KEY.fullmatch(name) is not None and name.partition(".")[0] not in LOCAL
        if not is_named or not _is_value(value):
            raise BadProvisioning(name)


def _is_value(value: object) -> bool:
    match value:
        case bool() | None:
            return True
        case int():
            return abs(value) <= LARGEST_NUMBER
        case str():
            return len(value) <= LONGEST_TEXT and _LINE.fullmatch(value) is not None
        case list():
            return len(value) <= MOST_TEXTS and all(isinstance(one, str) and _is_value(one) for one in value)
        case _:
            return False


async def _newest(connection: AsyncConnection) -> Provisioned | None:
    row = (await connection.execute(select(provisioning).order_by(provisioning.c.serial.desc()).limit(1))).first()
    if row is None:
        return None
    return Provisioned(row.serial, orjson.loads(row.content), row.valid_days, row.made_at, row.made_by)


def make_key(home: Path) -> None:
    """A new key, readable by its owner alone, unless there is one."""
    path = home / KEY_FILE
    if path.exists():
        return
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(path, flags, 0o600), "w", encoding="ascii") as file:
        file.write(Ed25519PrivateKey.generate().private_bytes_raw().hex())


def read_key(home: Path) -> Ed25519PrivateKey | None:
    """None where there is none that can be read."""
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex((home / KEY_FILE).read_text("ascii").strip()))
    except (OSError, ValueError):
        return None


def public_key(home: Path) -> str:
    """As policy names it (`provisioning.key`); empty where there is none."""
    key = read_key(home)
    return "" if key is None else key.public_key().public_bytes_raw().hex()
