"""A second factor: codes that a telephone makes every 30 s (TOTP, RFC 6238), and recovery codes for a lost one."""

import base64
import hmac
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

import pyotp
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.moment import to_text
from agent_server.database import Database
from agent_server.refresh_tokens import digest_of
from agent_server.tables import recovery_code, second_factor

ISSUER: Final = "Agent Desktop"
STEP_S: Final = 30
STEPS_OFF: Final = 1
"""How many steps a telephone's clock may be ahead or behind (RFC 6238 §5.2)."""

RECOVERY_CODES: Final = 10
NEVER: Final = -1


class FactorIsSet(Exception):
    """The person has a second factor; only the security officer takes it away."""


class Checked(Enum):
    """What came of a code."""

    NOT_SET = "not set"
    RIGHT = "right"
    RECOVERED = "recovered"
    WRONG = "wrong"
    USED = "used"
    """Right, and shown before."""

    @property
    def is_refused(self) -> bool:
        return self in (Checked.WRONG, Checked.USED)


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What a telephone is told: the secret in base32, and the same as an otpauth URI for a QR code."""

    secret: str
    uri: str


class SecondFactors:
    """Secrets are kept sealed with a key made of the server's secret; of recovery codes only digests are kept."""

    def __init__(self, database: Database, secret: str, now: Callable[[], datetime]) -> None:
        self._database = database
        self._seal = AESGCM(hmac.digest(secret.encode(), b"second factor", "sha256"))
        self._now = now

    async def is_set(self, connection: AsyncConnection, agent_id: str) -> bool:
        query = select(second_factor.c.confirmed_at).where(second_factor.c.agent_id == agent_id)
        return await connection.scalar(query) is not None

    async def enrol(self, connection: AsyncConnection, agent_id: str, login: str) -> Enrolment:
        """A new secret, which counts once a code of it was shown. Raises FactorIsSet."""
        if await self.is_set(connection, agent_id):
            raise FactorIsSet(agent_id)
        secret = pyotp.random_base32()
        line = {"agent_id": agent_id, "secret": self._sealed(agent_id, secret), "confirmed_at": None, "step": NEVER}
        await connection.execute(self._database.insert_or_update(second_factor, ("agent_id",)), [line])
        return Enrolment(secret, pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER))

    async def confirm(self, connection: AsyncConnection, agent_id: str, code: str) -> list[str] | None:
        """Recovery codes, once: from now on a code is needed. None when the code is wrong. Raises FactorIsSet."""
        if await self.is_set(connection, agent_id):
            raise FactorIsSet(agent_id)
        if await self._look_at(connection, agent_id, code) is not Checked.RIGHT:
            return None
        confirmed = update(second_factor).where(second_factor.c.agent_id == agent_id)
        await connection.execute(confirmed.values(confirmed_at=to_text(self._now())))
        codes = [_new_recovery_code() for _ in range(RECOVERY_CODES)]
        await connection.execute(delete(recovery_code).where(recovery_code.c.agent_id == agent_id))
        lines = [{"digest": _recovery_digest(agent_id, code), "agent_id": agent_id} for code in codes]
        await connection.execute(recovery_code.insert(), lines)
        return codes

    async def check(self, connection: AsyncConnection, agent_id: str, code: str) -> Checked:
        """Whether the code is one of now. Each code, of either kind, is right once."""
        if not await self.is_set(connection, agent_id):
            return Checked.NOT_SET
        found = await self._look_at(connection, agent_id, code)
        if found is not Checked.WRONG:
            return found
        digest = _recovery_digest(agent_id, code)
        used = await connection.execute(delete(recovery_code).where(recovery_code.c.digest == digest))
        return Checked.RECOVERED if used.rowcount == 1 else Checked.WRONG

    async def reset(self, connection: AsyncConnection, agent_id: str) -> bool:
        """Take the factor away; whether there was one."""
        await connection.execute(delete(recovery_code).where(recovery_code.c.agent_id == agent_id))
        gone = await connection.execute(delete(second_factor).where(second_factor.c.agent_id == agent_id))
        return gone.rowcount > 0

    async def _look_at(self, connection: AsyncConnection, agent_id: str, code: str) -> Checked:
        sealed = await connection.scalar(select(second_factor.c.secret).where(second_factor.c.agent_id == agent_id))
        secret = None if sealed is None else self._opened(agent_id, str(sealed))
        step = None if secret is None else step_of(secret, code, self._now())
        if step is None:
            return Checked.WRONG
        newer = update(second_factor).where(second_factor.c.agent_id == agent_id, second_factor.c.step < step)
        is_new = (await connection.execute(newer.values(step=step))).rowcount == 1
        return Checked.RIGHT if is_new else Checked.USED

    def _sealed(self, agent_id: str, secret: str) -> str:
        nonce = os.urandom(12)
        return base64.b64encode(nonce + self._seal.encrypt(nonce, secret.encode(), agent_id.encode())).decode()

    def _opened(self, agent_id: str, sealed: str) -> str | None:
        try:
            packed = base64.b64decode(sealed)
            return self._seal.decrypt(packed[:12], packed[12:], agent_id.encode()).decode()
        except (InvalidTag, ValueError):
            return None


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The step of 30 s that a code of six digits belongs to, among the present one and its neighbours."""
    if len(code) != 6 or not (code.isascii() and code.isdigit()):
        return None
    totp = pyotp.TOTP(secret, interval=STEP_S)
    for off in range(-STEPS_OFF, STEPS_OFF + 1):
        at = now + timedelta(seconds=off * STEP_S)
        if hmac.compare_digest(totp.at(at), code):
            return totp.timecode(at)
    return None


def _new_recovery_code() -> str:
    text = base64.b32encode(secrets.token_bytes(10)).decode().lower()
    return "-".join((text[:4], text[4:8], text[8:12], text[12:16]))


def _recovery_digest(agent_id: str, code: str) -> str:
    letters = "".join(filter(str.isalnum, code)).lower()
    return digest_of(f"{agent_id}\x00{letters}")
