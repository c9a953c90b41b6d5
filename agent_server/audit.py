"""Who was let in, read what is sensitive, changed a right: a chain of lines in which every later change shows.

Each line carries an HMAC over itself and the line before, with a key made of the server's secret. The newest line is
also written into a file beside the secret, so that an end that was cut off shows as well.
"""

import asyncio
import contextlib
import hashlib
import hmac
import os
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import orjson
from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.moment import to_text
from agent_server.database import Database
from agent_server.tables import audit_head, audit_line

HEAD_FILE: Final = "audit.head"
KEPT_AT_LEAST: Final = timedelta(days=184)
BEFORE_ALL: Final = "0" * 64
LINES_A_STEP: Final = 1000
LONGEST_REASON: Final = 500
LONGEST_FIELD: Final = 64


class Deed(StrEnum):
    """What a line tells."""

    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT = "signed_out"
    SESSIONS_ENDED = "sessions_ended"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a deed, not a secret
    USER_ADDED = "user_added"
    USER_CHANGED = "user_changed"
    ROLE_CHANGED = "role_changed"
    SITE_CHANGED = "site_changed"
    ACCOUNT_LOCKED = "account_locked"
    ACCOUNT_UNLOCKED = "account_unlocked"
    IDENTITY_BOUND = "identity_bound"
    IDENTITY_UNBOUND = "identity_unbound"
    SECOND_FACTOR_SET = "second_factor_set"
    SECOND_FACTOR_RESET = "second_factor_reset"
    RECOVERY_CODE_USED = "recovery_code_used"
    POLICY_CHANGED = "policy_changed"
    PROVISIONING_SET = "provisioning_set"
    QUESTION_CHANGED = "question_changed"
    QUIZ_CHANGED = "quiz_changed"
    REVEALED = "revealed"
    DIALLED = "dialled"
    COPIED = "copied"
    COPIED_UNALLOWED = "copied_unallowed"
    DEVICE_LOCKED = "device_locked"
    DEVICE_WIPED = "device_wiped"
    DEVICE_ACTIVATED = "device_activated"
    TELEVISION_ADDED = "television_added"
    TELEVISION_REVOKED = "television_revoked"
    ARTICLE_PUBLISHED = "article_published"
    ARTICLE_WITHDRAWN = "article_withdrawn"
    ASSIGNMENT_CHANGED = "assignment_changed"
    CONFLICT_RESOLVED = "conflict_resolved"
    CUSTOMERS_MERGED = "customers_merged"
    MERGE_UNDONE = "merge_undone"
    ERASURE_ASKED = "erasure_asked"
    ERASURE_DECLINED = "erasure_declined"
    ERASURE_APPROVED = "erasure_approved"
    ERASED = "erased"
    HELD = "held"
    RELEASED = "released"
    CUSTOMER_FORM_PUBLISHED = "customer_form_published"
    FORM_PUBLISHED = "form_published"
    JOINING_TOLD = "joining_told"
    NEWCOMERS_READ = "newcomers_read"
    CARE_READ = "care_read"
    REPORT_READ = "report_read"
    REPORT_TAKEN = "report_taken"
    REPORT_MAIL_SET = "report_mail_set"
    REPORT_MAIL_DROPPED = "report_mail_dropped"
    SHIFTS_PLANNED = "shifts_planned"
    COMPENSATED = "compensated"
    COMPENSATION_REFUSED = "compensation_refused"
    ANNOUNCED = "announced"
    ANNOUNCEMENT_CHANGED = "announcement_changed"
    ANNOUNCEMENT_WITHDRAWN = "announcement_withdrawn"
    ANNOUNCEMENT_REMINDED = "announcement_reminded"
    ATTACHMENT_OPENED = "attachment_opened"
    RECORDINGS_LISTED = "recordings_listed"
    RECORDING_GIVEN = "recording_given"
    RECORDING_MARKED = "recording_marked"
    RECORDING_MARK_CHANGED = "recording_mark_changed"
    RECORDING_MARK_REMOVED = "recording_mark_removed"
    RECORDING_MARKS_READ = "recording_marks_read"
    HEARD = "heard"
    HEARD_UNALLOWED = "heard_unallowed"
    EXPORTED = "exported"
    EXPORTED_UNALLOWED = "exported_unallowed"
    EXPORT_ASKED = "export_asked"
    EXPORT_APPROVED = "export_approved"
    EXPORT_REFUSED = "export_refused"
    IMPORTED = "imported"
    SEARCHES_READ = "searches_read"
    HELP_ANSWERED = "help_answered"
    ALERT_TAKEN = "alert_taken"
    STATE_FORCED = "state_forced"
    MESSAGE_SENT = "message_sent"
    SERVING_CHANGED = "serving_changed"
    MONITORED = "monitored"
    TAKEN_OVER = "taken_over"
    CALL_ENDED = "call_ended"
    CALL_PLACED = "call_placed"
    FLOOR_ACT_FAILED = "floor_act_failed"
    AUDIT_READ = "audit_read"
    AUDIT_PRUNED = "audit_pruned"
    RESTORED = "restored"


def fields_of(names: Iterable[str]) -> str:
    """Fields that were changed, as a line has room for them."""
    return ",".join(sorted(names))[:LONGEST_FIELD]


@dataclass(frozen=True, slots=True)
class Act:
    """One thing somebody did: who (an agent's id, `console:NAME` or nobody known), to what, why, from where."""

    deed: str
    who: str
    subject: str = ""
    field: str = ""
    reason: str = ""
    device: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An act in the chain."""

    seq: int
    at: str
    act: Act
    mac: str

    def to_plain(self) -> dict[str, Any]:
        act = {f.name: getattr(self.act, f.name) for f in fields(self.act)}
        return {"seq": self.seq, "at": self.at, **act, "mac": self.mac}


@dataclass(frozen=True, slots=True)
class Finding:
    """Where the chain is not whole: `changed` (or put in) at a line, `missing` from a line on, `cut` at the end."""

    seq: int
    what: str


class AuditTrail:
    """Works inside the caller's write transaction. Append after everything else: the newest line is held till then."""

    def __init__(self, database: Database, secret: str, home: Path, now: Callable[[], datetime]) -> None:
        self._database = database
        self._key = hmac.digest(secret.encode(), b"audit trail", "sha256")
        self._file = home / HEAD_FILE
        self._now = now

    async def append(self, connection: AsyncConnection, *acts: Act) -> None:
        """Add lines to the chain."""
        if not acts:
            return
        head = (await connection.execute(select(audit_head.c.seq, audit_head.c.mac).with_for_update())).one()
        seq, mac, at = int(head.seq), str(head.mac), to_text(self._now())
        lines = []
        for act in acts:
            seq += 1
            plain = Line(seq, at, act, "").to_plain()
            mac = self._mac(mac, plain)
            lines.append({**plain, "mac": mac})
        await connection.execute(audit_line.insert(), lines)
        await connection.execute(update(audit_head).values(seq=seq, mac=mac))

    async def note(self, *acts: Act) -> None:
        """Add lines to the chain, alone."""
        async with self._database.writing() as connection:
            await self.append(connection, *acts)

    async def lines(self, since: int, limit: int) -> list[Line]:
        """Lines after the number `since`, the oldest first."""
        query = select(audit_line).where(audit_line.c.seq > since).order_by(audit_line.c.seq).limit(limit)
        async with self._database.reading() as connection:
            return [_line(row) for row in await connection.execute(query)]

    async def newest(self) -> tuple[Line, bool] | None:
        """The newest line, and whether it was made with this key; None while there is none."""
        async with self._database.reading() as connection:
            row = (await connection.execute(select(audit_line).order_by(audit_line.c.seq.desc()).limit(1))).first()
            if row is None:
                return None
            line = _line(row)
            before = await _mac_of(connection, line.seq - 1) or (await self._beginning(connection))[1]
        return line, hmac.compare_digest(self._mac(before, line.to_plain()), line.mac)

    async def verify(self) -> list[Finding]:
        """Where the chain is not what was written; nothing when it is whole."""
        found = []
        async with self._database.reading() as connection:
            following, mac = await self._beginning(connection)
            async for line in _in_order(connection):
                if line.seq != following:
                    found.append(Finding(following, "missing"))
                elif not hmac.compare_digest(self._mac(mac, line.to_plain()), line.mac):
                    found.append(Finding(line.seq, "changed"))
                following, mac = line.seq + 1, line.mac
            head = (await connection.execute(select(audit_head))).first()
            kept = self._anchored()
            if head is None or (int(head.seq), head.mac) != (following - 1, mac) or kept[0] >= following:
                found.append(Finding(following, "cut"))
            elif kept[0] and await _mac_of(connection, kept[0]) not in (None, kept[1]):
                found.append(Finding(kept[0], "changed"))
        return found

    async def prune(self, who: str, kept: timedelta) -> int:
        """Remove lines older than `kept`, six months at least; how many. The chain tells that they were removed."""
        oldest = to_text(self._now() - max(kept, KEPT_AT_LEAST))
        async with self._database.writing() as connection:
            last = await connection.scalar(select(func.max(audit_line.c.seq)).where(audit_line.c.at < oldest))
            if last is None:
                return 0
            mac = await _mac_of(connection, int(last))
            gone = await connection.execute(delete(audit_line).where(audit_line.c.seq <= last))
            await self.append(connection, Act(Deed.AUDIT_PRUNED, who, subject=str(last), reason=str(mac)))
            return int(gone.rowcount)

    async def restored(self, who: str) -> None:
        """Say in the chain that it goes on from a backup, and how far it had come before. It ends here from now on."""
        seq, mac = self._anchored()
        await self.note(Act(Deed.RESTORED, who, subject=str(seq), reason=mac))
        await asyncio.to_thread(self._file.unlink, missing_ok=True)
        await self.anchor()

    async def anchor(self) -> None:
        """Write down outside the database how far the chain has come."""
        async with self._database.reading() as connection:
            head = (await connection.execute(select(audit_head))).first()
        if head is not None and int(head.seq) > self._anchored()[0]:
            content = orjson.dumps({"seq": int(head.seq), "mac": head.mac})
            await asyncio.to_thread(_write, self._file, content)

    def _anchored(self) -> tuple[int, str]:
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            kept = orjson.loads(self._file.read_bytes())
            return int(kept["seq"]), str(kept["mac"])
        return 0, BEFORE_ALL

    async def _beginning(self, connection: AsyncConnection) -> tuple[int, str]:
        """The number of the first line there should be, and the code of the line before."""
        first = await connection.scalar(select(func.min(audit_line.c.seq)))
        query = select(audit_line.c.reason).where(
            audit_line.c.deed == Deed.AUDIT_PRUNED.value, audit_line.c.subject == str(int(first or 1) - 1)
        )
        pruned = await connection.scalar(query)
        return (1, BEFORE_ALL) if pruned is None else (int(first or 1), str(pruned))

    def _mac(self, before: str, plain: dict[str, Any]) -> str:
        told = orjson.dumps([before, *(value for name, value in plain.items() if name != "mac")])
        return hmac.new(self._key, told, hashlib.sha256).hexdigest()


def _line(row: Any) -> Line:
    act = Act(row.deed, row.who, row.subject, row.field, row.reason, row.device, row.address)
    return Line(int(row.seq), row.at, act, row.mac)


async def _in_order(connection: AsyncConnection) -> AsyncIterator[Line]:
    after = 0
    while True:
        query = select(audit_line).where(audit_line.c.seq > after).order_by(audit_line.c.seq).limit(LINES_A_STEP)
        rows = (await connection.execute(query)).all()
        for row in rows:
            yield _line(row)
        if not rows:
            return
        after = int(rows[-1].seq)


async def _mac_of(connection: AsyncConnection, seq: int) -> str | None:
    found = await connection.scalar(select(audit_line.c.mac).where(audit_line.c.seq == seq))
    return None if found is None else str(found)


def _write(path: Path, content: bytes) -> None:
    fresh = path.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    fresh.replace(path)
