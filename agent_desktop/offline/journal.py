"""The second copy of what waits to be sent: a file that only grows, until everything in it has been dealt with."""

import contextlib
import errno
import logging
import os
import struct
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import orjson

from agent_desktop.errors import DiskFull, FolderNotWritable
from agent_desktop.offline.sealing import Sealing
from agent_desktop.paths import put_in_place

log = logging.getLogger(__name__)

NAME: Final = "outbox.journal"
_MARK: Final = b"\xadJ\x1e\x01"
_LENGTH: Final = struct.Struct(">I")
_HEAD: Final = len(_MARK) + _LENGTH.size


class Journal:
    """Records of `mark, length, sealed JSON`: a command as the outbox holds it, or the ids of commands that are done.

    A record that was cut or changed is passed over; the next one is found by its mark.
    """

    def __init__(self, folder: Path, sealing: Sealing) -> None:
        self._path = folder / NAME
        self._sealing = sealing
        self._writing = threading.RLock()

    @contextlib.contextmanager
    def adding(self) -> Iterator[None]:
        """What is added inside the block is taken back when the block fails: the agent was told that nothing was saved.

        Taken before the outbox's own transaction, so that the transaction has ended when this ends.
        """
        with self._writing:
            length = self._length()
            try:
                yield
            except BaseException:
                with contextlib.suppress(OSError):
                    if self._length() > length:
                        os.truncate(self._path, length)
                raise

    def add(self, command: bytes) -> None:
        """On the disk when this returns. Raises DiskFull, FolderNotWritable."""
        try:
            self._append({"command": orjson.Fragment(command)}, is_flushed=True)
        except OSError as error:
            raise _in_our_words(self._path, error) from error

    def done(self, op_ids: Sequence[str], *, is_all: bool) -> None:
        """These have been dealt with; `is_all` when nothing else has to be, and the file starts again.

        That it cannot be written harms nobody: at worst the server is sent a command a second time, and says so.
        """
        with self._writing:
            try:
                if not is_all:
                    self._append({"done": list(op_ids)}, is_flushed=False)
                elif self._length():
                    os.truncate(self._path, 0)
            except OSError as error:
                log.info("journal not written: %s", error)

    def erase(self, op_ids: Sequence[str]) -> None:
        """The file anew without these and without all that is done. Raises DiskFull, FolderNotWritable."""
        with self._writing:
            kept = [command for command in self.waiting() if command["op_id"] not in set(op_ids)]
            records = [self._sealing.seal(orjson.dumps({"command": command})) for command in kept]
            beside = self._path.with_name(self._path.name + ".new")
            try:
                with beside.open("wb") as file:
                    file.write(b"".join(_MARK + _LENGTH.pack(len(one)) + one for one in records))
                    file.flush()
                    os.fsync(file.fileno())
                put_in_place(beside, self._path)
            except OSError as error:
                raise _in_our_words(self._path, error) from error

    def waiting(self) -> list[dict[str, Any]]:
        """The commands that were not done, in the order they were added."""
        commands: dict[str, dict[str, Any]] = {}
        done: set[str] = set()
        for record in self._records():
            done.update(record.get("done", ()))
            if "command" in record:
                commands[record["command"]["op_id"]] = record["command"]
        return [command for op_id, command in commands.items() if op_id not in done]

    def _append(self, record: dict[str, Any], *, is_flushed: bool) -> None:
        sealed = self._sealing.seal(orjson.dumps(record))
        with self._path.open("ab") as file:
            file.write(_MARK + _LENGTH.pack(len(sealed)) + sealed)
            file.flush()
            if is_flushed:
                os.fsync(file.fileno())

    def _length(self) -> int:
        try:
            return self._path.stat().st_size
        except FileNotFoundError:
            return 0

    def _records(self) -> Iterator[dict[str, Any]]:
        try:
            written = self._path.read_bytes()
        except FileNotFoundError:
            return
        at = written.find(_MARK)
        while at >= 0:
            record, end = self._record(written, at)
            if record is not None:
                yield record
            at = written.find(_MARK, end)

    def _record(self, written: bytes, at: int) -> tuple[dict[str, Any] | None, int]:
        """What stands there, or nothing; and where to look further."""
        start = at + _HEAD
        if start > len(written):
            return None, start
        (length,) = _LENGTH.unpack(written[at + len(_MARK) : start])
        note = self._sealing.unseal(written[start : start + length])
        try:
            record = None if note is None else orjson.loads(note)
        except ValueError:
            record = None
        return (record, start + length) if isinstance(record, dict) else (None, at + 1)


def _in_our_words(path: Path, error: OSError) -> DiskFull | FolderNotWritable:
    kind = DiskFull if error.errno == errno.ENOSPC else FolderNotWritable
    return kind(path, str(error))
