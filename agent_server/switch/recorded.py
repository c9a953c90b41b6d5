"""Where an exchange lays what it records, until it is fetched."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO, Final, Protocol

QUIET_FOR: Final = timedelta(seconds=10)
"""So long nothing was written to a recording that is whole."""
LARGEST: Final = 1024 * 1024 * 1024


class RecordingPlace(Protocol):
    """WAV files, each called as its call is referred to. Everything raises OSError: the place is not reached, or does
    not let us in."""

    @property
    def exchange(self) -> str:
        """As the site calls it."""
        ...

    async def references(self) -> Sequence[str]:
        """Of the calls that recordings lie there of, the oldest first where the place knows."""
        ...

    async def sound(self, reference: str) -> BinaryIO | None:
        """The recording of a call, for the caller to close; None: it is being written to, or not there any more."""
        ...

    async def drop(self, reference: str) -> None:
        """Deletes it, if it is there."""
        ...


class RecordingFolder:
    """A folder of the exchange that this machine sees."""

    def __init__(self, exchange: str, folder: Path) -> None:
        self._exchange, self._folder = exchange, folder

    @property
    def exchange(self) -> str:
        return self._exchange

    async def references(self) -> Sequence[str]:
        return await asyncio.to_thread(self._whole)

    def _whole(self) -> list[str]:
        before = (datetime.now(UTC) - QUIET_FOR).timestamp()
        found = [(path.stat(), path) for path in self._folder.glob("*.wav") if path.is_file() and not path.is_symlink()]
        quiet = [(stat.st_mtime, path) for stat, path in found if stat.st_mtime < before]
        return [path.stem for _, path in sorted(quiet)]

    async def sound(self, reference: str) -> BinaryIO | None:
        path = self._folder / f"{reference}.wav"
        if path.stat().st_size > LARGEST:
            raise OSError(f"it is larger than {LARGEST} bytes")
        return path.open("rb")

    async def drop(self, reference: str) -> None:
        await asyncio.to_thread((self._folder / f"{reference}.wav").unlink, missing_ok=True)
