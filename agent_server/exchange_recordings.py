"""Recordings that an exchange made of calls: fetched from its folder, sealed, kept as those of the phones are.

A recording is a WAV that is called as the call is referred to (CALL_REF.wav). It is taken when the call's line of the
timeline is there, for whose line it is; only then, and once it is safe here, it is deleted where it lay in clear.
"""

import asyncio
import hashlib
import io
import logging
import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Protocol

import orjson
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from agent_model.moment import to_text
from agent_server.database import Database
from agent_server.file_store import FileStore
from agent_server.handover import Handover
from agent_server.privacy.tombstones import CALL, erased_among
from agent_server.recordings import KIND
from agent_server.rounds import Rounds
from agent_server.sealed_file import sealed
from agent_server.tables import contact, upload

log = logging.getLogger("agent_server.exchange_recordings")

QUIET_FOR: Final = timedelta(seconds=10)
"""So long nothing was written to a recording that is whole."""
LONGEST: Final = timedelta(days=1)
LATE: Final = timedelta(hours=1)
"""So long before a recording ended, or by the exchange's clock after it, its call has begun: only lines of then are
looked at."""
AT_ONCE: Final = 50
LARGEST: Final = 1024 * 1024 * 1024
RATE_HZ: Final = 16_000
CHANNELS: Final = 2
BLOCK_S: Final = 1
_COMPRESSION: Final = 0.95
"""As the phones have it: 37 kbit/s."""
_KEY_BYTES: Final = 32


class RecordingExchange(Protocol):
    """What the site says of an exchange that records."""

    @property
    def name(self) -> str: ...

    @property
    def recordings(self) -> str:
        """The folder; empty: it records nothing for us."""


class ExchangeRecordings:
    """Any number of processes may run it: of one recording that two have taken, one is kept. `leads` tells whether this
    one should look."""

    def __init__(
        self,
        database: Database,
        exchanges: Sequence[RecordingExchange],
        store: FileStore,
        handover: Handover,
        leads: Callable[[], bool],
        every_s: float,
        now: Callable[[], datetime],
    ) -> None:
        self._database, self._store, self._handover = database, store, handover
        self._folders = [(one.name, Path(one.recordings)) for one in exchanges if one.recordings]
        self._leads, self._now = leads, now
        self._left: set[Path] = set()
        """Recordings that could not be taken, told once."""
        self.rounds = Rounds(self.run, every_s, log, "not every recording of the exchange was fetched")

    async def run(self) -> None:
        """Fetches what is whole and whose call is known."""
        if not self._leads():
            return
        for name, folder in self._folders:
            for path in await asyncio.to_thread(_whole, folder):
                try:
                    await self._fetch(name, path)
                except (OSError, ValueError, RuntimeError) as error:  # libsndfile's is one of these
                    if path not in self._left:
                        log.warning("the recording %s of exchange %s is left there: %s", path.name, name, error)
                    self._left.add(path)

    async def _fetch(self, exchange: str, path: Path) -> None:
        reference, device = path.stem, f"exchange {exchange}"
        ended = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        query = (
            select(contact.c.id, contact.c.agent, contact.c.at, contact.c.queue)
            .where(
                contact.c.at.between(to_text(ended - LONGEST), to_text(ended + LATE)),
                contact.c.call_ref == reference,
                contact.c.agent.is_not(None),
            )
            .order_by(contact.c.at, contact.c.id)
            .limit(1)
        )
        async with self._database.reading() as connection:
            call = (await connection.execute(query)).first()
            keys = {(CALL, reference)} | ({("contact", call.id)} if call is not None else set())
            is_erased = bool(await erased_among(connection, keys))
            is_here = await connection.scalar(
                select(upload.c.id).where(upload.c.device_id == device, upload.c.call_ref == reference)
            )
        if call is None and not is_erased:
            return
        if call is not None and not (is_erased or is_here):
            await self._keep(device, reference, call, path)
        await asyncio.to_thread(path.unlink, missing_ok=True)

    async def _keep(self, device: str, reference: str, call: Any, path: Path) -> None:
        key, upload_id = os.urandom(_KEY_BYTES), secrets.token_hex(16)
        about = {"call_id": reference, "call_ref": reference, "queue": call.queue, "began_at": call.at}
        written = await asyncio.to_thread(_sealed, path, key, about)
        sha256 = hashlib.sha256(written).hexdigest()
        await asyncio.to_thread(self._store.put, upload_id, written)
        now = to_text(self._now())
        line = {
            "id": upload_id, "agent_id": call.agent, "device_id": device, "sha256": sha256, "kind": KIND,
            "length": len(written), "received": len(written), "call_ref": reference, "contact": call.id,
            "key": self._handover.sealed_key_of_file(call.agent, device, sha256, key).hex(),
            "began_at": call.at, "created_at": now, "expires_at": now, "finished_at": now,
        }  # fmt: skip
        try:
            async with self._database.writing() as connection:
                await connection.execute(insert(upload).values(**line))
        except IntegrityError:
            await asyncio.to_thread(self._store.drop, upload_id)
            raise


def _whole(folder: Path) -> list[Path]:
    """The oldest first. Raises OSError."""
    before = (datetime.now(UTC) - QUIET_FOR).timestamp()
    found = [(path.stat(), path) for path in folder.glob("*.wav") if path.is_file() and not path.is_symlink()]
    quiet = [(stat.st_mtime, path) for stat, path in found if stat.st_mtime < before and 0 < stat.st_size <= LARGEST]
    return [path for _, path in sorted(quiet)[:AT_ONCE]]


def _sealed(path: Path, key: bytes, about: dict[str, Any]) -> bytes:
    """As a phone seals one: Opus in Ogg, two channels. Raises OSError, RuntimeError."""
    pages, seconds = _opus(path)
    pieces = [orjson.dumps(about), pages, orjson.dumps({"seconds": round(seconds, 2), "pauses": []})]
    return sealed(key, pieces)


def _opus(path: Path) -> tuple[bytes, float]:
    import soundfile

    made = io.BytesIO()
    with soundfile.SoundFile(path) as heard:
        seconds = heard.frames / heard.samplerate
        with soundfile.SoundFile(
            made, "w", RATE_HZ, CHANNELS, format="OGG", subtype="OPUS", compression_level=_COMPRESSION
        ) as written:
            for block in _blocks(heard):
                written.write(block)
    return made.getvalue(), seconds


def _blocks(heard: Any) -> Iterator[Any]:
    """A second at a time, both channels at our rate; what one channel has, both have."""
    import numpy as np

    while len(block := heard.read(heard.samplerate * BLOCK_S, dtype="float32", always_2d=True)):
        count = round(len(block) * RATE_HZ / heard.samplerate)
        at = np.arange(count) * heard.samplerate / RATE_HZ
        channels = [np.interp(at, np.arange(len(block)), block[:, min(one, block.shape[1] - 1)]) for one in (0, 1)]
        yield np.stack(channels, axis=1).astype("float32")
