"""Recordings that an exchange made of calls: fetched from where it laid them, sealed, kept as those of the phones are.

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
from datetime import datetime, timedelta
from typing import Any, BinaryIO, Final

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
from agent_server.rows import is_among
from agent_server.sealed_file import sealed
from agent_server.switch.recorded import RecordingPlace
from agent_server.tables import contact, upload

log = logging.getLogger("agent_server.exchange_recordings")

LATEST: Final = timedelta(days=31)
"""So long after a call its recording is still looked for."""
AT_ONCE: Final = 50
RATE_HZ: Final = 16_000
CHANNELS: Final = 2
BLOCK_S: Final = 1
_COMPRESSION: Final = 0.95
"""As the phones have it: 37 kbit/s."""
_KEY_BYTES: Final = 32


class ExchangeRecordings:
    """`places`: where the site's exchanges lay them. Any number of processes may run it: of one recording that two have
    taken, one is kept. `leads` tells whether this one should look."""

    def __init__(
        self,
        database: Database,
        places: Sequence[RecordingPlace],
        store: FileStore,
        handover: Handover,
        leads: Callable[[], bool],
        every_s: float,
        now: Callable[[], datetime],
    ) -> None:
        self._database, self._store, self._handover = database, store, handover
        self._places = places
        self._leads, self._now = leads, now
        self._left: set[tuple[str, str]] = set()
        """Recordings that could not be taken, told once and tried after all others."""
        self._away: set[str] = set()
        """Exchanges whose recordings could not be reached, told once until they are again."""
        self.rounds = Rounds(self.run, every_s, log, "not every recording of the exchange was fetched")

    async def run(self) -> None:
        """Fetches what is whole and whose call is known."""
        if not self._leads():
            return
        for place in self._places:
            try:
                references = await place.references()
            except OSError as error:
                if place.exchange not in self._away:
                    log.warning("the recordings of exchange %s cannot be fetched: %s", place.exchange, error)
                self._away.add(place.exchange)
                continue
            self._away.discard(place.exchange)
            await self._fetch_from(place, references)

    async def _fetch_from(self, place: RecordingPlace, references: Sequence[str]) -> None:
        calls = await self._calls(place.exchange, references)
        known = [one for one in references if one in calls]
        known.sort(key=lambda one: (place.exchange, one) in self._left)
        for reference in known[:AT_ONCE]:
            try:
                await self._fetch(place, reference, calls[reference])
            except (OSError, ValueError, RuntimeError) as error:  # libsndfile's is one of these
                left = place.exchange, reference
                if left not in self._left:
                    log.warning("the recording %s.wav of exchange %s is left there: %s", reference, left[0], error)
                self._left.add(left)

    async def _calls(self, exchange: str, references: Sequence[str]) -> dict[str, Any]:
        """The line of each that was recorded; None: nothing is to be kept of it, it was erased or is here."""
        query = (
            select(contact.c.id, contact.c.agent, contact.c.at, contact.c.queue, contact.c.call_ref)
            .where(contact.c.at >= to_text(self._now() - LATEST), contact.c.agent.is_not(None))
            .order_by(contact.c.at, contact.c.id)
        )
        async with self._database.reading() as connection:
            calls: dict[str, Any] = {}
            for row in await connection.execute(query.where(is_among(connection, contact.c.call_ref, references))):
                calls.setdefault(row.call_ref, row)
            keys = {(CALL, one) for one in references} | {("contact", row.id) for row in calls.values()}
            erased = await erased_among(connection, keys)
            here = await connection.scalars(
                select(upload.c.call_ref).where(
                    upload.c.device_id == _device(exchange), is_among(connection, upload.c.call_ref, references)
                )
            )
            done = {one for one in here if one in calls}
        done |= {one for one, row in calls.items() if ("contact", row.id) in erased}
        done |= {row_id for entity, row_id in erased if entity == CALL}
        return calls | dict.fromkeys(done)

    async def _fetch(self, place: RecordingPlace, reference: str, call: Any) -> None:
        if call is not None:
            sound = await place.sound(reference)
            if sound is None:
                return
            with sound:
                await self._keep(_device(place.exchange), reference, call, sound)
        await place.drop(reference)

    async def _keep(self, device: str, reference: str, call: Any, sound: BinaryIO) -> None:
        key, upload_id = os.urandom(_KEY_BYTES), secrets.token_hex(16)
        about = {"call_id": reference, "call_ref": reference, "queue": call.queue, "began_at": call.at}
        written = await asyncio.to_thread(_sealed, sound, key, about)
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


def _device(exchange: str) -> str:
    return f"exchange {exchange}"


def _sealed(sound: BinaryIO, key: bytes, about: dict[str, Any]) -> bytes:
    """As a phone seals one: Opus in Ogg, two channels. Raises OSError, RuntimeError."""
    pages, seconds = _opus(sound)
    pieces = [orjson.dumps(about), pages, orjson.dumps({"seconds": round(seconds, 2), "pauses": []})]
    return sealed(key, pieces)


def _opus(sound: BinaryIO) -> tuple[bytes, float]:
    import soundfile

    made = io.BytesIO()
    with soundfile.SoundFile(sound) as heard:
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
