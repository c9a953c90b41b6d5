"""What a workstation is given when it begins to sign on, and brings back with the code: a promise to ourselves.

It says which workstation began, the digest of what only that one knows (PKCE, RFC 7636), the nonce that the provider's
answer has to name, and where the browser goes back to. It is signed, lasts a few minutes and counts once.
"""

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import jwt
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.moment import to_text
from agent_server.database import Database
from agent_server.tables import sign_on_spent

ALGORITHM: Final = "HS256"
AUDIENCE: Final = "agent-desktop sign-on"
LASTS: Final = timedelta(minutes=10)
_CHALLENGE: Final = re.compile(r"[A-Za-z0-9_-]{43}")
_VERIFIER: Final = re.compile(r"[A-Za-z0-9._~-]{43,128}")


class BadTicket(Exception):
    """It is not ours, too old, spent, or another workstation's."""


@dataclass(frozen=True, slots=True)
class Ticket:
    id: str
    workstation: str
    challenge: str
    nonce: str
    redirect: str
    began_at: datetime

    def fits(self, verifier: str) -> bool:
        """Whether who shows this began the sign-on."""
        if not _VERIFIER.fullmatch(verifier):
            return False
        digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode("ascii")).digest()).rstrip(b"=").decode()
        return hmac.compare_digest(digest, self.challenge)


def is_challenge(text: str) -> bool:
    """SHA-256, in base64url without padding."""
    return _CHALLENGE.fullmatch(text) is not None


class Tickets:
    """The key is made of the server's secret, so that no ticket is ever an access token, or the other way round."""

    def __init__(self, database: Database, secret: str, now: Callable[[], datetime]) -> None:
        self._database = database
        self._key = hmac.digest(secret.encode(), b"sign-on ticket", "sha256")
        self._now = now

    def new(self, workstation: str, challenge: str, redirect: str) -> Ticket:
        began_at = datetime.fromtimestamp(int(self._now().timestamp()), UTC)
        return Ticket(secrets.token_urlsafe(24), workstation, challenge, secrets.token_urlsafe(32), redirect, began_at)

    def signed(self, ticket: Ticket) -> str:
        began = int(ticket.began_at.timestamp())
        claims = {
            "jti": ticket.id,
            "aud": AUDIENCE,
            "iat": began,
            "workstation": ticket.workstation,
            "challenge": ticket.challenge,
            "nonce": ticket.nonce,
            "redirect": ticket.redirect,
        }
        return jwt.encode(claims, self._key, algorithm=ALGORITHM)

    def opened(self, text: str) -> Ticket:
        """Raises BadTicket."""
        try:
            claims: dict[str, Any] = jwt.decode(
                text, self._key, algorithms=[ALGORITHM], audience=AUDIENCE, options={"verify_iat": False}
            )
            began_at = datetime.fromtimestamp(claims["iat"], UTC)
            ticket = Ticket(
                claims["jti"], claims["workstation"], claims["challenge"], claims["nonce"], claims["redirect"], began_at
            )
        except (jwt.PyJWTError, KeyError, TypeError, ValueError, OverflowError) as error:
            raise BadTicket("it is not ours") from error
        if not began_at <= self._now() < began_at + LASTS:
            raise BadTicket("it is too old")
        return ticket

    async def spend(self, connection: AsyncConnection, ticket: Ticket) -> None:
        """Raises BadTicket when it was spent before."""
        now, table = self._now(), sign_on_spent
        await connection.execute(delete(table).where(table.c.until < to_text(now)))
        line = {"id": ticket.id, "until": to_text(ticket.began_at + LASTS)}
        done = await connection.execute(self._database.insert_new(table, ("id",)).values(line))
        if done.rowcount == 0:
            raise BadTicket("it was shown before")
