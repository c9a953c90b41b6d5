"""Pictures and other files of articles on this workstation: sealed, read without the server, added by who writes.

A file is called as its bytes say (`agent_model.article_file`), so it lies here once and is never changed. Its key
follows from the agent's own and from its name (decision 0009). What was added here travels as recordings do; what
others added comes piece by piece, behind everything that somebody waits for.
"""

import errno
import hmac
import logging
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from agent_desktop.errors import (
    AnswerGarbled,
    ClientTooOld,
    DeskError,
    DeviceBlocked,
    DiskFull,
    FolderNotWritable,
    ServerRefused,
    ServerUnreachable,
    SignInExpired,
)
from agent_desktop.offline.view import View
from agent_desktop.softphone.recording.sealed import NotSealedError, SealedFile, Wholeness, WrongKeyError, unseal
from agent_desktop.sync.uploads import Found, Outgoing
from agent_model.article_file import PICTURES, ArticleFile, FileState, id_of, kind_of
from agent_model.article_policy import SITE as ARTICLES
from agent_model.article_policy import ArticlePolicy
from agent_model.body import from_body
from agent_model.desk_policy import SITE, AttachmentRule, DeskPolicy

log = logging.getLogger(__name__)

PIECE: Final = 256 * 1024
LARGEST_AHEAD: Final = 4 * 1024 * 1024
"""Bytes of a file that comes before anybody asks for it."""
LOOK_EVERY_S: Final = 5.0
BUSY_S: Final = 2.0
RETRY_S: Final = 30.0
STALE: Final = timedelta(days=7)
"""How long a file stays here that no article has any more."""
_HERE, _LEAVING = ".kbf", ".out"


class Why(StrEnum):
    """Why a file is not added."""

    TOO_LARGE = "too_large"
    TYPE = "type"
    EMPTY = "empty"


class NotAddedError(Exception):
    """`rule` is what the site allows."""

    def __init__(self, why: Why, rule: AttachmentRule) -> None:
        super().__init__(why)
        self.why = why
        self.rule = rule


class FileAway(DeskError):
    """It is not here, and nobody can be asked for it: `state` says how far it has come."""

    def __init__(self, state: FileState) -> None:
        super().__init__(state)
        self.state = state


@dataclass(slots=True)
class _Coming:
    file: ArticleFile
    got: bytearray = field(default_factory=bytearray)


class ArticleFiles:
    """Of one agent. `own_key` is the 32 bytes that the keys of files follow from; `fetch(id, start, most)` asks the
    server for a piece; `is_busy` says whether commands wait, which go first; `added` is called when there is one more
    to send. Raises StoreError where nothing else is said."""

    def __init__(
        self,
        folder: Path,
        own_key: bytes,
        view: View,
        clock: Callable[[], datetime],
        fetch: Callable[[str, int, int], bytes],
        is_busy: Callable[[], bool],
        added: Callable[[], None] = lambda: None,
    ) -> None:
        self._folder = folder
        self._own_key = own_key
        self._view = view
        self._clock = clock
        self._fetch = fetch
        self._is_busy = is_busy
        self._added = added
        self._coming: _Coming | None = None
        self._refused: dict[str, int] = {}

    def rule(self) -> AttachmentRule:
        """What files of tickets may be, those of articles may be as well."""
        row = self._view.mirror.row("desk_policy", SITE)
        return (DeskPolicy() if row is None else from_body(DeskPolicy, row.id, row.version, row.body)).attachments

    def add(self, content: bytes) -> str:
        """Its id: it is sealed on this disk, and on its way, when this returns. Raises NotAddedError."""
        kind, rule = kind_of(content), self.rule()
        if not content:
            raise NotAddedError(Why.EMPTY, rule)
        if kind is None or not rule.takes(kind):
            raise NotAddedError(Why.TYPE, rule)
        if len(content) > rule.largest:
            raise NotAddedError(Why.TOO_LARGE, rule)
        file_id = id_of(content)
        known = self.file(file_id)
        is_there = known is not None and known.state is not FileState.COMING
        if self.here(file_id) is None or not is_there:
            self._seal(file_id, content, _HERE if is_there else _LEAVING)
            self._added()
        return file_id

    def file(self, file_id: str) -> ArticleFile | None:
        """What the server says of it."""
        row = self._view.mirror.row("article_file", file_id)
        return None if row is None else from_body(ArticleFile, row.id, row.version, row.body)

    def here(self, file_id: str) -> bytes | None:
        """Its bytes, without the server; None where they are not on this disk."""
        for ending in (_HERE, _LEAVING):
            try:
                opened = unseal(self._folder / f"{file_id}{ending}", self._key(file_id))
            except FileNotFoundError:
                continue
            except (OSError, NotSealedError, WrongKeyError) as error:
                log.info("file %s of articles cannot be opened: %s", file_id, type(error).__name__)
                continue
            if opened.wholeness is Wholeness.WHOLE and id_of(opened.content) == file_id:
                return opened.content
        return None

    def read(self, file_id: str) -> bytes:
        """From here, else from the server, and here from then on. Raises FileAway, and as requests to the server."""
        content = self.here(file_id)
        if content is not None:
            return content
        known = self.file(file_id) or ArticleFile(file_id)
        if not known.is_given(opens_unscanned=self.rule().opens_unscanned):
            raise FileAway(known.state)
        coming = _Coming(known)
        while not self._take_piece(coming):
            pass
        return bytes(coming.got)

    # ---- to the server ----------------------------------------------------------------------------------

    def outgoing(self, epoch: str) -> Found:  # noqa: ARG002 - as a shelf: the server keeps a file for good
        paths = sorted(self._folder.glob(f"*{_LEAVING}"))
        return Found([Outgoing(path, self._key(path.stem), {"kind": "article_file"}) for path in paths])

    def arrived(self, sent: Outgoing, epoch: str) -> None:  # noqa: ARG002 - as a shelf
        try:
            sent.path.replace(sent.path.with_suffix(_HERE))
        except OSError as error:
            raise FolderNotWritable(self._folder, str(error)) from error

    def unwanted(self, sent: Outgoing) -> None:
        """Nobody is erased with a file of articles: it is let go as it was asked."""
        sent.path.unlink(missing_ok=True)

    # ---- from the server --------------------------------------------------------------------------------

    def step(self) -> float:
        """One short thing: a piece of a file, or a look for the next. Seconds until it wants to be called again."""
        if self._is_busy():
            return BUSY_S
        coming = self._coming
        try:
            if coming is None:
                self._coming = coming = self._next()
                return LOOK_EVERY_S if coming is None else 0.0
            if self._take_piece(coming):
                self._coming = None
            return 0.0
        except (SignInExpired, DeviceBlocked, ClientTooOld):
            self._coming = None
            return RETRY_S
        except ServerRefused as error:
            log.info("the server does not give file %s: %s", coming.file.id if coming else "", error)
            if coming is not None:
                self._refused[coming.file.id] = coming.file.version
            self._coming = None
            return LOOK_EVERY_S
        except (ServerUnreachable, AnswerGarbled):
            self._coming = None
            return RETRY_S

    def _next(self) -> _Coming | None:
        """Pictures before other files, small ones before large ones, as many as the company has room for."""
        rule, room = self.rule(), self._room()
        rows = self._view.mirror.rows("article_file")
        files = [from_body(ArticleFile, row.id, row.version, row.body) for row in rows]
        held = {path.stem: path.stat().st_size for path in self._held()}
        self._tidy({file.id for file in files}, held)
        left = room - sum(held.values())
        wanted = (
            file
            for file in files
            if file.id not in held
            and 0 < file.size <= min(LARGEST_AHEAD, left)
            and self._refused.get(file.id) != file.version
            and file.is_given(opens_unscanned=rule.opens_unscanned)
        )
        first = min(wanted, key=lambda file: (file.media_type not in PICTURES, file.size), default=None)
        return None if first is None else _Coming(first)

    def _room(self) -> int:
        row = self._view.mirror.row("article_policy", ARTICLES)
        policy = ArticlePolicy() if row is None else from_body(ArticlePolicy, row.id, row.version, row.body)
        return policy.files_kept_mb * 1024 * 1024

    def _held(self) -> list[Path]:
        return [path for path in self._folder.glob("*") if path.suffix in (_HERE, _LEAVING)]

    def _tidy(self, known: set[str], held: Iterable[str]) -> None:
        before = (self._clock() - STALE).timestamp()
        for file_id in set(held) - known:
            path = self._folder / f"{file_id}{_HERE}"
            if path.exists() and path.stat().st_mtime < before:
                path.unlink(missing_ok=True)

    def _take_piece(self, coming: _Coming) -> bool:
        """Whether it is whole, and here."""
        file = coming.file
        piece = self._fetch(file.id, len(coming.got), PIECE)
        coming.got += piece
        if piece and len(coming.got) < file.size:
            return False
        content = bytes(coming.got)
        if id_of(content) != file.id:
            raise AnswerGarbled(file.id, "a file differs from its name")
        self._seal(file.id, content, _HERE)
        return True

    def _key(self, file_id: str) -> bytes:
        return hmac.digest(self._own_key, file_id.encode(), "sha256")

    def _seal(self, file_id: str, content: bytes, ending: str) -> None:
        path = self._folder / f"{file_id}{ending}"
        beside = path.with_suffix(f".{os.urandom(4).hex()}")
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                with SealedFile(beside, self._key(file_id), b"{}") as file:
                    for at in range(0, len(content), PIECE):
                        file.add(content[at : at + PIECE])
                    file.finish(b"{}")
                beside.replace(path)
            finally:
                beside.unlink(missing_ok=True)
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise DiskFull(path, str(error)) from error
            raise FolderNotWritable(self._folder, str(error)) from error
