"""The bytes of uploaded files below the home folder: pieces as they came, and whole files made of them.

    files/unfinished/UPLOAD/PIECE      flushed to the disk, and never written again
    files/whole/XX/UPLOAD              put there in one step, once its hash was right

Nothing here says what counts: that is the database's business (`uploads`). So a piece that nobody names is only litter.
"""

import contextlib
import errno
import hashlib
import os
import time
from collections.abc import AsyncIterator, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from starlette.concurrency import run_in_threadpool

from agent_server.refusals import RequestRefused

FOLDER: Final = "files"
WRITTEN_AT_ONCE: Final = 256 * 1024
NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class Checksum:
    """What the sender says of a piece; `algorithm` is one of hashlib's names."""

    algorithm: str
    digest: bytes


class FileStore:
    """Several processes may share the folder: no two of them ever write into one file."""

    def __init__(self, home: Path) -> None:
        self._unfinished = home / FOLDER / "unfinished"
        self._whole = home / FOLDER / "whole"

    def whole(self, upload_id: str) -> Path:
        """Where the file lies once it is whole."""
        return self._whole / upload_id[:2] / upload_id

    async def take_in(
        self, upload_id: str, name: str, body: AsyncIterator[bytes], most: int, declared: Checksum | None
    ) -> int:
        """How many bytes came; they are on the disk then. Of a body that is cut or refused nothing stays.

        Raises RequestRefused: too_large (over `most`), checksum_mismatch, no_room, try_again.
        """
        path = self._unfinished / upload_id / name
        sum_so_far = hashlib.new(declared.algorithm if declared else "sha256", usedforsecurity=False)
        size, waiting, is_kept = 0, bytearray(), False
        with _disk_troubles():
            file = await run_in_threadpool(_new_file, path)
            try:
                async for part in body:
                    size += len(part)
                    if size > most:
                        raise RequestRefused(413, "too_large", most=most)
                    sum_so_far.update(part)
                    waiting += part
                    if len(waiting) >= WRITTEN_AT_ONCE:
                        await run_in_threadpool(_write, file, bytes(waiting))
                        waiting.clear()
                if declared is not None and sum_so_far.digest() != declared.digest:
                    raise RequestRefused(460, "checksum_mismatch")
                await run_in_threadpool(_write_and_flush, file, bytes(waiting), path.parent)
                is_kept = size > 0
            finally:
                os.close(file)
                if not is_kept:
                    self.drop_pieces(upload_id, [name])
        return size

    def put(self, upload_id: str, content: bytes) -> None:
        """A whole file that came in another way. Raises OSError."""
        path, beside = self.whole(upload_id), self._unfinished / upload_id / f"whole-{os.urandom(8).hex()}"
        _make_folder(beside.parent)
        _make_folder(path.parent)
        try:
            with beside.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
            _flush_folder(path.parent)
        finally:
            beside.unlink(missing_ok=True)
            with contextlib.suppress(OSError):
                beside.parent.rmdir()

    async def make_whole(self, upload_id: str, names: Sequence[str], sha256: str) -> bool:
        """Puts the pieces together; false, and nothing is there, when they are not the file with this hash.

        Raises RequestRefused: no_room, try_again.
        """
        with _disk_troubles():
            return await run_in_threadpool(self._put_together, upload_id, names, sha256)

    def drop_pieces(self, upload_id: str, names: Sequence[str]) -> None:
        """These and no others: new ones may be coming in."""
        folder = self._unfinished / upload_id
        for name in names:
            with contextlib.suppress(OSError):
                (folder / name).unlink()
        with contextlib.suppress(OSError):
            folder.rmdir()

    def drop(self, upload_id: str) -> None:
        """The file and every piece of it. Raises OSError for one that cannot be removed."""
        self.whole(upload_id).unlink(missing_ok=True)
        folder = self._unfinished / upload_id
        for path in list(folder.iterdir()) if folder.is_dir() else ():
            path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            folder.rmdir()

    def begun(self) -> list[str]:
        """Uploads with a folder for their pieces."""
        try:
            return sorted(folder.name for folder in self._unfinished.iterdir())
        except FileNotFoundError:
            return []

    def tidy(self, upload_id: str, named: Collection[str], older_than_s: float) -> None:
        """Removes pieces that are not `named` and were not written lately, and their folder when none is left."""
        folder, since = self._unfinished / upload_id, time.time() - older_than_s
        with contextlib.suppress(OSError):
            for path in list(folder.iterdir()):
                if path.name not in named and path.stat().st_mtime < since:
                    path.unlink()
            if folder.stat().st_mtime < since:
                folder.rmdir()

    def _put_together(self, upload_id: str, names: Sequence[str], sha256: str) -> bool:
        path = self.whole(upload_id)
        beside = self._unfinished / upload_id / f"whole-{os.urandom(8).hex()}"
        digest = hashlib.sha256()
        try:
            with beside.open("xb") as whole:
                for name in names:
                    with (self._unfinished / upload_id / name).open("rb") as piece:
                        while part := piece.read(WRITTEN_AT_ONCE):
                            digest.update(part)
                            whole.write(part)
                whole.flush()
                os.fsync(whole.fileno())
            if digest.hexdigest() != sha256:
                return False
            _make_folder(path.parent)
            beside.replace(path)
            _flush_folder(path.parent)
        finally:
            beside.unlink(missing_ok=True)
        return True


@contextlib.contextmanager
def _disk_troubles() -> Iterator[None]:
    """The disk's errors as refusals."""
    try:
        yield
    except OSError as error:
        if error.errno in NO_ROOM:
            raise RequestRefused(507, "no_room", retry_after_s=300) from error
        raise RequestRefused(503, "try_again", retry_after_s=5) from error


def _new_file(path: Path) -> int:
    _make_folder(path.parent)
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)


def _write(file: int, part: bytes) -> None:
    rest = memoryview(part)
    while rest:
        rest = rest[os.write(file, rest) :]


def _write_and_flush(file: int, part: bytes, folder: Path) -> None:
    _write(file, part)
    os.fsync(file)
    _flush_folder(folder)


def _make_folder(folder: Path) -> None:
    """With the names of new folders on the disk, down to this one."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    _flush_folder(folder.parent)


def _flush_folder(folder: Path) -> None:
    """So that a name in it outlives the power; Windows does so by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
