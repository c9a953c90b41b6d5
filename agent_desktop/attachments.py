"""Files that belong to tickets: sealed on this workstation until the server has them, opened from here or from there.

Beside every file lies its card: the key and which ticket it belongs to, sealed with a key that follows from the agent's
own (decision 0009). The bytes travel as recordings do; that the ticket has the file is a command of its own.
"""

import errno
import hashlib
import json
import logging
import mimetypes
import os
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from agent_desktop.errors import DiskFull, FolderNotWritable
from agent_desktop.offline.pending import State
from agent_desktop.offline.view import View
from agent_desktop.paths import write_whole
from agent_desktop.softphone.recording.sealed import (
    KEY_BYTES,
    NotSealedError,
    SealedFile,
    Wholeness,
    WrongKeyError,
    seal_note,
    unseal,
    unseal_note,
)
from agent_desktop.sync.uploads import Found, Outgoing
from agent_model import moment
from agent_model.attachment import Attachment, AttachmentId, is_name
from agent_model.body import from_body, to_body
from agent_model.command import CommandKind, FieldChange, OpId
from agent_model.desk_policy import SITE, AttachmentRule, DeskPolicy
from agent_model.ticket import Ticket

log = logging.getLogger(__name__)

_FILE, _CARD = ".att", ".card"
PIECE: Final = 256 * 1024
UNKNOWN: Final = "application/octet-stream"


class Why(StrEnum):
    """Why a file is not attached."""

    TOO_LARGE = "too_large"
    TYPE = "type"
    TOO_MANY = "too_many"
    EMPTY = "empty"
    GONE = "gone"
    """The ticket is no longer here."""


class NotAttachedError(Exception):
    """`rule` is what the site allows."""

    def __init__(self, why: Why, rule: AttachmentRule) -> None:
        super().__init__(why)
        self.why = why
        self.rule = rule


class AwayError(Exception):
    """The file does not lie here, and the server cannot be asked, or has lost it."""


@dataclass(frozen=True, slots=True)
class _Card:
    key: str
    ticket: str
    id: str
    sent_at: str | None = None
    sent_epoch: str | None = None


class Attachments:
    """Of one agent. `own_key` is the 32 bytes that seal the cards; `fetch(ticket, attachment)` asks the server. What
    the server has stays for `kept_for` more. Raises StoreError where nothing else is said."""

    def __init__(
        self,
        folder: Path,
        own_key: bytes,
        view: View,
        author: str,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        fetch: Callable[[str, str], bytes],
        kept_for: timedelta = timedelta(days=7),
    ) -> None:
        self._folder = folder
        self._own_key = own_key
        self._view = view
        self._author = author
        self._clock = clock
        self._new_id = new_id
        self._fetch = fetch
        self._kept_for = kept_for

    def rule(self) -> AttachmentRule:
        row = self._view.mirror.row("desk_policy", SITE)
        return (DeskPolicy() if row is None else from_body(DeskPolicy, row.id, row.version, row.body)).attachments

    def of(self, ticket_id: str) -> tuple[Attachment, ...]:
        """Those of the ticket, also those that were attached just now."""
        row = self._view.row("ticket", ticket_id)
        if row is None:
            return ()
        return from_body(Ticket, row.id, row.version, row.body).attachments

    def attach(self, ticket_id: str, name: str, content: bytes) -> Attachment:
        """Sealed on this disk, and on its way, when this returns. Raises NotAttachedError: then nothing was done."""
        media_type, rule = media_type_of(name, content), self.rule()
        row = self._view.row("ticket", ticket_id)
        lacks = {
            Why.GONE: row is None,
            Why.EMPTY: not content,
            Why.TOO_LARGE: len(content) > rule.largest,
            Why.TYPE: not rule.takes(media_type),
            Why.TOO_MANY: len(self.of(ticket_id)) >= rule.most,
        }
        why = next((why for why, is_so in lacks.items() if is_so), None)
        if why is not None or row is None:
            raise NotAttachedError(why or Why.GONE, rule)
        id_, key = AttachmentId(f"A-{self._new_id()}"), os.urandom(KEY_BYTES)
        path = self._folder / f"{id_}{_FILE}"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._write(path, _Card(key.hex(), ticket_id, id_))
            digest = _seal(path, key, content)
            made = Attachment(id_, safe_name(name), media_type, len(content), digest, self._author, self._clock())
            plain = {"id": made.id, **to_body(made)}
            self._view.outbox.put(
                "ticket",
                ticket_id,
                CommandKind.APPEND,
                {"attachments": FieldChange(None, plain)},
                made.added_at,
                base_version=row.version,
                depends_on=self._creation(ticket_id),
            )
        except BaseException:
            _remove(path)
            raise
        return made

    def open(self, ticket_id: str, attachment: Attachment) -> bytes:
        """Its bytes, from here or from the server. Raises AwayError, and as requests to the server do."""
        path = self._folder / f"{attachment.id}{_FILE}"
        try:
            opened = unseal(path, bytes.fromhex(self._read(path).key))
            if opened.wholeness is Wholeness.WHOLE:
                return opened.content
        except (OSError, NotSealedError, WrongKeyError) as error:
            log.info("attachment %s is not here: %s", attachment.id, type(error).__name__)
        content = self._fetch(ticket_id, attachment.id)
        if len(content) != attachment.size:
            raise AwayError(attachment.id)
        return content

    def is_here(self, attachment: Attachment) -> bool:
        """Whether it is opened without the server."""
        return (self._folder / f"{attachment.id}{_FILE}").exists()

    # ---- to the server ----------------------------------------------------------------------------------

    def outgoing(self, epoch: str) -> Found:
        due, unreadable = [], 0
        for path in sorted(self._folder.glob(f"*{_FILE}")):
            try:
                card = self._read(path)
            except (OSError, NotSealedError, WrongKeyError) as error:
                log.info("attachment %s cannot be opened: %s", path.name, type(error).__name__)
                unreadable += 1
                continue
            if card.sent_at is None or epoch not in ("", card.sent_epoch):
                due.append(Outgoing(path, bytes.fromhex(card.key), {"kind": "attachment", "ticket": card.ticket}))
            elif self._clock() - moment.from_text(card.sent_at) > self._kept_for:
                _remove(path)
        return Found(due, unreadable)

    def arrived(self, sent: Outgoing, epoch: str) -> None:
        try:
            card = self._read(sent.path)
        except (OSError, NotSealedError, WrongKeyError) as error:
            log.info("attachment %s lost its card: %s", sent.path.name, type(error).__name__)
            return
        self._write(sent.path, replace(card, sent_at=moment.to_text(self._clock()), sent_epoch=epoch))

    def unwanted(self, sent: Outgoing) -> None:
        """Whom its ticket is of was erased: nothing of it stays."""
        _remove(sent.path)

    def erase(self, tickets: Collection[str]) -> None:
        """Every file of these tickets."""
        for path in self._folder.glob(f"*{_FILE}"):
            try:
                if self._read(path).ticket in tickets:
                    _remove(path)
            except (OSError, NotSealedError, WrongKeyError) as error:
                log.info("attachment %s cannot be opened: %s", path.name, type(error).__name__)

    def _creation(self, ticket_id: str) -> OpId | None:
        """The command that makes the ticket, where it waits as well."""
        for entry in self._view.outbox.entries(State.WAITING, entity="ticket"):
            if entry.command.id == ticket_id and entry.command.kind is CommandKind.CREATE:
                return entry.command.op_id
        return None

    def _read(self, path: Path) -> _Card:
        note = unseal_note(self._own_key, path.name, path.with_suffix(_CARD).read_text(encoding="ascii"))
        try:
            return _Card(**json.loads(note))
        except (ValueError, TypeError) as error:
            raise NotSealedError(path.name) from error

    def _write(self, path: Path, card: _Card) -> None:
        note = json.dumps(asdict(card)).encode()
        write_whole(path.with_suffix(_CARD), seal_note(self._own_key, path.name, note))


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.with_suffix(_CARD).unlink(missing_ok=True)


def media_type_of(name: str, content: bytes) -> str:
    """By its first bytes where they say it, else by its name; what a name claims and the bytes deny is neither."""
    for start, kind in _STARTS:
        if content.startswith(start):
            return kind if kind != "application/zip" else _packed(name)
    guessed = mimetypes.guess_type(name)[0] or UNKNOWN
    return UNKNOWN if guessed in {kind for _, kind in _STARTS} else guessed


def safe_name(name: str) -> str:
    """The last part of it, without what some system does not take."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join("_" if sign in ':*?"<>|' or ord(sign) < 32 else sign for sign in last).strip()
    stem, dot, ending = plain.rpartition(".")
    short = plain if len(plain) <= 120 else f"{(stem or plain)[:100]}{dot}{ending[:10]}"
    return short if is_name(short) else "file"


_STARTS: Final = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"),
)


def _packed(name: str) -> str:
    """An office file is a zip; by its name it is told which."""
    guessed = mimetypes.guess_type(name)[0] or ""
    return guessed if guessed.startswith("application/vnd.openxmlformats") else "application/zip"


def _seal(path: Path, key: bytes, content: bytes) -> str:
    """The SHA-256 of what lies on the disk then. Raises StoreError."""
    try:
        with SealedFile(path, key, b"{}") as file:
            for at in range(0, len(content), PIECE):
                file.add(content[at : at + PIECE])
            file.finish(b"{}")
        with path.open("rb") as written:
            return hashlib.file_digest(written, "sha256").hexdigest()
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(path, str(error)) from error
        raise FolderNotWritable(path.parent, str(error)) from error
