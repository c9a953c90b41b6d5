"""How long somebody may come in without the server, counted from its last word; see decision 0009."""

import json
import logging
import threading
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from agent_desktop.data_key import DataKey, sealed, unsealed
from agent_desktop.errors import LeaseOver, StoreError
from agent_desktop.paths import write_whole
from agent_desktop.sync.handover import Recipient
from agent_model import moment
from agent_model.agent import Agent
from agent_model.body import from_body, to_body

log = logging.getLogger(__name__)

CLOCK_SLACK: Final = timedelta(minutes=10)
"""A clock that is put right by so little is no reason to turn somebody away."""


SEEN_EVERY: Final = timedelta(minutes=5)
"""So often at most the latest moment is written down while somebody works."""


class Lease:
    """Beside the agent's databases, sealed with their key: who they are, and when the server spoke last.

    `clock` is aware UTC. A clock behind the latest moment that was ever seen here ends the lease: whoever sets it back
    does not get in for longer.
    """

    def __init__(self, path: Path, key: DataKey, clock: Callable[[], datetime], lease_h: int) -> None:
        self._path = path
        self._key = key.derive("lease")
        self._clock = clock
        self._lease_h = lease_h
        self._last: dict[str, Any] | None = None
        self._using = threading.Lock()

    @property
    def hours(self) -> int:
        """How long it lasts altogether."""
        return self._lease_h

    def renew(self, agent: Agent, recipient: Recipient | None) -> None:
        """The server has just spoken. Raises DiskFull, FolderNotWritable."""
        known = {"id": agent.id, "body": to_body(agent), "recipient": None if recipient is None else asdict(recipient)}
        self._write(known, self._clock(), self._clock())

    def recipient(self) -> Recipient | None:
        """As it was when the lease was renewed."""
        plain = self._read()
        known = plain and plain["agent"].get("recipient")
        return Recipient(**known) if known else None

    def agent(self) -> Agent | None:
        """Who may come in now; None when nobody is known. Raises LeaseOver, and as `renew`."""
        plain = self._read()
        if plain is None:
            return None
        now, word, seen = self._clock(), moment.from_text(plain["word_at"]), moment.from_text(plain["seen_at"])
        if self._left(now, word, seen) < timedelta(0):
            raise LeaseOver(self._lease_h)
        self._write(plain["agent"], word, max(now, seen))
        return from_body(Agent, plain["agent"]["id"], 0, plain["agent"]["body"])

    def left(self) -> timedelta:
        """How long it still lasts, for somebody who is at work; negative when it is over. Called now and then, it
        remembers how late it has become."""
        plain = self._last or self._read()
        if plain is None:
            return timedelta(-1)
        now, word, seen = self._clock(), moment.from_text(plain["word_at"]), moment.from_text(plain["seen_at"])
        if now - seen > SEEN_EVERY:
            try:
                self._write(plain["agent"], word, now)
            except StoreError as error:
                log.info("the latest moment was not written down: %s", error)
        return self._left(now, word, seen)

    def _left(self, now: datetime, word: datetime, seen: datetime) -> timedelta:
        return timedelta(-1) if now < seen - CLOCK_SLACK else word + timedelta(hours=self._lease_h) - now

    def _write(self, agent: dict[str, Any], word: datetime, seen: datetime) -> None:
        plain = {"agent": agent, "word_at": moment.to_text(word), "seen_at": moment.to_text(seen)}
        with self._using:
            write_whole(self._path, sealed(self._key, json.dumps(plain).encode()).hex())
            self._last = plain

    def _read(self) -> dict[str, Any] | None:
        try:
            plain = unsealed(self._key, bytes.fromhex(self._path.read_text(encoding="ascii")))
        except (OSError, ValueError):
            return None
        return None if plain is None else dict(json.loads(plain))
