"""Short messages of leads at this workstation: what was read and when, and writing them for who may."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from agent_desktop.offline.kept import Kept
from agent_model.agent import Agent, Role
from agent_model.floor_message import FloorMessage, MessageDraft, Reached, SentMessage, To
from agent_model.moment import from_text, to_text

WRITERS: Final = frozenset({Role.TEAM_LEAD, Role.DUTY_MANAGER})
"""The server says the same."""
READ: Final = "messages read"
DRAFT: Final = "message draft"
KEPT_FOR: Final = timedelta(days=2)
"""What was read is remembered for so long, so that it is not shown again."""


class MessageServer(Protocol):
    """Raises ServerUnreachable, ServerRefused."""

    def send_message(self, message_id: str, draft: MessageDraft) -> Reached: ...

    def sent_messages(self) -> tuple[SentMessage, ...]: ...


class Messages:
    """`of_server` puts a moment of this computer's clock right. What touches the disk raises OutboxDamaged, StoreBusy
    or DiskFull."""

    def __init__(
        self,
        agent: Agent,
        server: MessageServer,
        kept: Kept,
        clock: Callable[[], datetime],
        of_server: Callable[[datetime], datetime],
        new_id: Callable[[], str],
    ) -> None:
        self._agent, self._server, self._kept = agent, server, kept
        self._clock, self._of_server, self._new_id = clock, of_server, new_id
        self._sending: tuple[MessageDraft, str] | None = None
        self.reader = agent.id
        self.is_offered = agent.role in WRITERS

    def now(self) -> datetime:
        """By the server's clock, as every moment of a message."""
        return self._of_server(self._clock())

    # ---- reading ------------------------------------------------------------------------------------------

    def read(self, message: FloorMessage) -> datetime:
        """Kept before this returns; when, by the server's clock. What was read before was read then."""
        known, now = self._read(), self.now()
        if message.id not in known:
            recent = {id_: one for id_, one in known.items() if now - from_text(one["at"]) < KEPT_FOR}
            known = {**recent, message.id: {"at": to_text(now), "is_told": False}}
            self._kept.keep(READ, json.dumps(known))
        return from_text(known[message.id]["at"])

    def when_read(self, message_id: str) -> datetime | None:
        """None: not yet."""
        one = self._read().get(message_id)
        return None if one is None else from_text(one["at"])

    def untold(self) -> tuple[tuple[str, datetime], ...]:
        """What was read and the server may not know of."""
        return tuple((id_, from_text(one["at"])) for id_, one in self._read().items() if not one["is_told"])

    def told(self, message_id: str) -> None:
        """The server knows that it was read."""
        known = self._read()
        if message_id in known and not known[message_id]["is_told"]:
            self._kept.keep(READ, json.dumps({**known, message_id: {**known[message_id], "is_told": True}}))

    # ---- writing ------------------------------------------------------------------------------------------

    def draft(self) -> MessageDraft:
        """What was being written."""
        try:
            plain = json.loads(self._kept.read(DRAFT) or "{}")
            return MessageDraft(**{**plain, "to": To(plain.get("to", To.TEAM))})
        except (ValueError, TypeError, AttributeError):
            return MessageDraft()  # of another version of the program

    def keep(self, draft: MessageDraft) -> None:
        plain = {
            "to": draft.to.value,
            "whom": draft.whom,
            "words": draft.words,
            "is_urgent": draft.is_urgent,
            "minutes": draft.minutes,
        }
        self._kept.keep(DRAFT, json.dumps(plain))

    def send(self, draft: MessageDraft) -> Reached:
        """Whom it is for. Sent again after an answer that was lost it is the same message. Raises
        ServerUnreachable, ServerRefused."""
        if self._sending is None or self._sending[0] != draft:
            self._sending = draft, self._new_id()
        reached = self._server.send_message(self._sending[1], draft)
        self._sending = None
        return reached

    def sent(self) -> tuple[SentMessage, ...]:
        """Within a day, the newest first. Raises ServerUnreachable, ServerRefused."""
        return self._server.sent_messages()

    def _read(self) -> Mapping[str, Mapping[str, Any]]:
        read: Mapping[str, Mapping[str, Any]] = json.loads(self._kept.read(READ) or "{}")
        return read
