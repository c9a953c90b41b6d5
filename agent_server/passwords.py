"""Passwords: argon2id, checked in a thread, with the same work for a login that does not exist."""

import asyncio
import secrets
from base64 import b64encode

from argon2 import DEFAULT_HASH_LENGTH, DEFAULT_RANDOM_SALT_LENGTH, PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import ARGON2_VERSION

from agent_server.settings import PasswordCost

CHECKS_AT_ONCE = 2


class Passwords:
    """A check takes memory and time on purpose; only a few run at once, so that a flood cannot exhaust the server."""

    def __init__(self, cost: PasswordCost) -> None:
        self._hasher = PasswordHasher(
            time_cost=cost.time, memory_cost=cost.memory_kib, parallelism=cost.lanes, type=Type.ID
        )
        self._nobodys = hash_of_nobody(cost)
        self._turns = asyncio.Semaphore(CHECKS_AT_ONCE)

    def hash(self, password: str) -> str:
        return self._hasher.hash(password)

    async def fits(self, password: str, password_hash: str | None) -> bool:
        """Whether the password belongs to the hash. None stands for nobody: False, after the same work."""
        async with self._turns:
            fits = await asyncio.to_thread(self._check, password, password_hash or self._nobodys)
        return fits and password_hash is not None

    def _check(self, password: str, password_hash: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False


def hash_of_nobody(cost: PasswordCost) -> str:
    """No password fits it; that is found out with the work of any other, and making it takes none."""
    salt, digest = (
        b64encode(secrets.token_bytes(size)).rstrip(b"=").decode()
        for size in (DEFAULT_RANDOM_SALT_LENGTH, DEFAULT_HASH_LENGTH)
    )
    return f"$argon2id$v={ARGON2_VERSION}$m={cost.memory_kib},t={cost.time},p={cost.lanes}${salt}${digest}"
