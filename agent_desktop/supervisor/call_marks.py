"""Marks at places of recordings in the hands of who judges calls; what is not saved is kept on this disk."""

import json
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any, Final, Protocol

from agent_desktop.offline.kept import Kept
from agent_model.agent import Agent
from agent_model.body import from_body, to_body
from agent_model.recording_mark import RecordingMark

KEPT_AS: Final = "recording marks"


class Server(Protocol):
    """See `sync.client.SyncClient`. Every method raises ServerUnreachable, ServerRefused."""

    def recording_marks(self, contact_id: str) -> tuple[RecordingMark, ...]: ...

    def put_recording_mark(self, contact_id: str, mark: RecordingMark) -> RecordingMark: ...

    def drop_recording_mark(self, contact_id: str, mark_id: str) -> None: ...


class CallMarks:
    """`new_id` makes 32 hex digits. What touches the disk raises OutboxDamaged, StoreBusy or DiskFull."""

    def __init__(
        self, me: Agent, server: Server, kept: Kept, clock: Callable[[], datetime], new_id: Callable[[], str]
    ) -> None:
        self._me, self._server, self._kept, self._clock, self._new_id = me, server, kept, clock, new_id

    def blank(self, recording: str, at_s: float) -> RecordingMark:
        return RecordingMark(self._new_id(), recording, int(at_s * 1000), "", self._me.id, self._clock())

    def is_own(self, mark: RecordingMark) -> bool:
        return mark.by == self._me.id

    # ---- the server's -----------------------------------------------------------------------------------

    def of(self, contact_id: str) -> tuple[RecordingMark, ...]:
        """Everybody's. Raises as `Server` does."""
        return self._server.recording_marks(contact_id)

    def put(self, contact_id: str, mark: RecordingMark) -> RecordingMark:
        """As the server has it now. Raises as `Server` does."""
        return self._server.put_recording_mark(contact_id, mark)

    def drop(self, contact_id: str, mark_id: str) -> None:
        """Raises as `Server` does."""
        self._server.drop_recording_mark(contact_id, mark_id)

    # ---- what the server has not --------------------------------------------------------------------------

    def unsaved(self, contact_id: str) -> tuple[RecordingMark, ...]:
        """New marks and changed notes of a call that the server does not have."""
        return tuple(
            from_body(RecordingMark, mark_id, 0, one["mark"])
            for mark_id, one in self._read().items()
            if one["contact"] == contact_id
        )

    def keep(self, contact_id: str, mark: RecordingMark) -> None:
        self._write({**self._read(), mark.id: {"contact": contact_id, "mark": to_body(mark)}})

    def saved(self, mark: RecordingMark) -> None:
        """The server has it so; what was written since stays."""
        if any(one["mark"] == to_body(mark) for id_, one in self._read().items() if id_ == mark.id):
            self.let_go(mark.id)

    def let_go(self, mark_id: str) -> None:
        """Nobody wants it."""
        known = self._read()
        if mark_id in known:
            self._write({id_: one for id_, one in known.items() if id_ != mark_id})

    def erase(self, contacts: Collection[str]) -> None:
        """Of calls of somebody who was erased."""
        known = self._read()
        left = {id_: one for id_, one in known.items() if one["contact"] not in contacts}
        if len(left) < len(known):
            self._write(left)

    def _read(self) -> Mapping[str, Any]:
        known: Mapping[str, Any] = json.loads(self._kept.read(KEPT_AS) or "{}")
        return known

    def _write(self, known: Mapping[str, Any]) -> None:
        self._kept.keep(KEPT_AS, json.dumps(known))
