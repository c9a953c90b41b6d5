"""Recordings as the phone leaves them, and the worker that brings them to a server."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from agent_desktop.data_key import DataKey
from agent_desktop.recordings import Begun, Recordings
from agent_desktop.softphone.call import Call, CallId, CallState, Direction
from agent_desktop.softphone.invite import InviteFacts
from agent_desktop.softphone.recording.sealed import SealedFile
from agent_desktop.sync.client import ServerClient
from agent_desktop.sync.handover import seal_file_key
from agent_desktop.sync.tus import FileTransfer
from agent_desktop.sync.uploads import RecordingsWaiting, UploadProgress, Uploads

LONG_AGO = timedelta(days=1)


class Shelf:
    """The recordings of an agent in `folder`, and `uploads` to bring them away. `told` is what the screen heard;
    `busy` says that commands wait."""

    def __init__(
        self,
        folder: Path,
        client: ServerClient,
        agent_id: str,
        key: DataKey | None = None,
        kept_for: timedelta = timedelta(days=7),
        epoch: str = "first life",
    ) -> None:
        self.now = datetime.now(UTC)
        self.epoch = epoch
        self.busy = False
        self.told: list[RecordingsWaiting] = []
        self._client = client
        self._agent_id = agent_id
        own_key = (key or DataKey(bytes(32))).derive("recordings")
        self.recordings = Recordings(folder, own_key, lambda: self.now, kept_for=kept_for)
        self.uploads = Uploads(
            FileTransfer(client), self.recordings, self._sealed, lambda: self.epoch, lambda: self.busy, self._hear
        )

    def record(self, name: str = "a1", size: int = 200_000, *, contact: str | None = "K-1", ends: bool = True) -> Begun:
        """A sealed file such as the phone writes; without an end it is one that is being written, or was cut."""
        call = Call(
            CallId(name),
            Direction.INCOMING,
            CallState.CONNECTED,
            "+8613812345678",
            "张三",
            self.now,
            invite=InviteFacts(call_ref=f"pbx1-{name}", queue="support"),
        )
        begun = self.recordings.begin(call)
        with SealedFile(begun.path, begun.key, b"{}") as file:
            for start in range(0, size, 10_000):
                file.add(os.urandom(min(10_000, size - start)))
            if ends:
                file.finish(b"{}")
        if contact is not None:
            self.recordings.link(CallId(name), contact)
        self.now += timedelta(milliseconds=1)
        return begun

    def age(self, path: Path, by: timedelta = LONG_AGO) -> None:
        """As if it had not been written for so long."""
        then = (self.now - by).timestamp()
        os.utime(path, (then, then))

    def step(self, times: int = 200) -> float:
        """Until the worker wants to rest, `times` steps at most; for how long it wants to."""
        for _ in range(times):
            delay_s = self.uploads.step()
            if delay_s > 1.0:
                return delay_s
        return 0.0

    def left(self) -> set[str]:
        """Calls whose recordings still lie here."""
        return {kept.call_id for kept in self.recordings.all()}

    def _hear(self, told: RecordingsWaiting | UploadProgress) -> None:
        if isinstance(told, RecordingsWaiting):
            self.told.append(told)

    def _sealed(self, sha256: str, key: bytes) -> bytes | None:
        recipient = self._client.recipient
        if recipient is None:
            return None
        return seal_file_key(recipient, self._agent_id, self._client.device_id, sha256, key)
