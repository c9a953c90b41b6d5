"""How long somebody may come in without the server, counted from its last word; see decision 0009."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from agent_desktop.data_key import DataKey, sealed, unsealed
from agent_desktop.errors import LeaseOver
from agent_desktop.paths import write_whole
from agent_desktop.sync.handover import Recipient
from agent_model import moment
from agent_model.agent import Agent
from agent_model.body import from_body, to_body

CLOCK_SLACK: Final = timedelta(minutes=10)
"""A clock that is put right by so little is no reason to turn somebody away."""


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
        if now < seen - CLOCK_SLACK or now - word > timedelta(hours=self._lease_h):
            raise LeaseOver(self._lease_h)
        self._write(plain["agent"], word, max(now, seen))
        return from_body(Agent, plain["agent"]["id"], 0, plain["agent"]["body"])

    def _write(self, agent: dict[str, Any], word: datetime, seen: datetime) -> None:
        plain = {"agent": agent, "word_at": moment.to_text(word), "seen_at": moment.to_text(seen)}
        write_whole(self._path, sealed(self._key, json.dumps(plain).encode()).hex())

    def _read(self) -> dict[str, Any] | None:
        try:
            plain = unsealed(self._key, bytes.fromhex(self._path.read_text(encoding="ascii")))
        except (OSError, ValueError):
            return None
        return None if plain is None else dict(json.loads(plain))
