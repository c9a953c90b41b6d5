"""A workstation without its window, as a process that may be killed: `python -m tests.chaos.workstation JSON`.

Everything it tells the agent was saved is a line of `saved.jsonl`, written after the outbox has it. It writes until
there are enough lines, sends and fetches all the while, and ends by itself once it was told to rest and is at rest.
"""

import hashlib
import json
import random
import sys
import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from agent_desktop.data_key import DataKey
from agent_desktop.errors import AnswerGarbled, ServerRefused, ServerUnreachable
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.outbox import Outbox, new_op_id
from agent_desktop.offline.pending import State
from agent_desktop.offline.sealing import Sealed
from agent_desktop.offline.store import Store
from agent_desktop.offline.view import View
from agent_desktop.sync.client import ServerClient
from agent_desktop.sync.cycle import SyncCycle
from agent_desktop.sync.events import NeedsAttention, Synced, SyncStatus
from agent_model import moment
from agent_model.command import Command, CommandKind, FieldChange
from agent_model.wire import Row

SAVED: Final = "saved.jsonl"
REST: Final = "rest"
HELD: Final = "held.json"
LONGEST_WAIT_S: Final = 0.5
"""Between two rounds, whatever the cycle would wait: there is little time to meet with many accidents."""
KEY: Final = DataKey(bytes(range(32)))


class Worker:
    """One agent who never stops working, and the program they work with."""

    def __init__(self, folder: Path, address: str, login: str, password: str, pace_s: float, enough: int) -> None:
        self._folder = folder
        self._login = login
        self._pace_s = pace_s
        self._enough = enough
        self._chance = random.Random()
        self._client = ServerClient(address, lambda _token: None)
        self._sign_in(password)
        self._store = Store(folder / "disk", Sealed(KEY))
        self._store.open_cache()
        self._mirror, self._outbox = Mirror(self._store), Outbox(self._store, login)
        self._view = View(self._mirror, self._outbox)
        self._status: SyncStatus | None = None
        self._is_over = threading.Event()
        self._cycle = SyncCycle(
            self._client, self._mirror, self._outbox, _now, self._told, lambda _changed: None, self._is_over.is_set
        )

    def run(self) -> None:
        syncing = threading.Thread(target=self._sync)
        syncing.start()
        with (self._folder / SAVED).open("a+", encoding="utf-8") as saved:
            saved.seek(0)
            done = sum(1 for _ in saved)
            while done < self._enough:
                command = self._work()
                if command is not None:
                    leaves_text = command.kind is not CommandKind.UPDATE
                    line = {"op_id": command.op_id, "text": _text_of(command), "leaves_text": leaves_text}
                    saved.write(json.dumps(line) + "\n")
                    saved.flush()
                    done += 1
                time.sleep(self._pace_s)
        syncing.join()
        (self._folder / HELD).write_text(json.dumps(self._held()), encoding="utf-8")
        self._client.close()
        self._store.close()

    def _sign_in(self, password: str) -> None:
        while True:
            try:
                self._client.sign_in(self._login, password, self._folder.name)
            except (ServerUnreachable, AnswerGarbled, ServerRefused):
                time.sleep(0.2)
            else:
                return

    def _sync(self) -> None:
        """Until it is told to rest, and then until two rounds in a row left nothing to do."""
        calm = 0
        while calm < 2:
            following = self._cycle.run()
            at_rest = isinstance(self._status, (Synced, NeedsAttention)) and not self._outbox.count_waiting()
            calm = calm + 1 if at_rest and (self._folder / REST).exists() else 0
            time.sleep(min(following.delay_s, LONGEST_WAIT_S) * self._chance.random())

    def _told(self, status: SyncStatus) -> None:
        self._status = status

    # ---- what an agent does ---------------------------------------------------------------------------

    def _work(self) -> Command | None:
        customers = self._mirror.rows("customer")
        if not customers:
            return None
        customer = self._view.row("customer", self._chance.choice(customers).id)
        assert customer is not None
        act = self._chance.choice((self._note, self._file, self._log, self._region))
        return act(customer, new_op_id())

    def _note(self, customer: Row, text: str) -> Command:
        note = {"text": text, "author": self._login, "at": moment.to_text(_now())}
        return self._put("customer", customer.id, CommandKind.APPEND, {"notes": (None, note)}, customer.version)

    def _file(self, customer: Row, text: str) -> Command | None:
        categories = self._mirror.rows("ticket_category")
        if not categories:
            return None
        category = self._chance.choice(categories)
        fields = {
            "subject": text,
            "type": category.body["type"],
            "category": category.id,
            "priority": "normal",
            "status": "new",
            "description": text,
            "queue": category.body["queue"],
            "department": category.body["department"],
            "created_at": moment.to_text(_now()),
            "created_by": self._login,
            "customer_id": customer.id,
        }
        return self._put("ticket", f"T-{text}", CommandKind.CREATE, _new(fields))

    def _log(self, customer: Row, text: str) -> Command:
        fields = {
            "customer_id": customer.id,
            "kind": "call_in",
            "at": moment.to_text(_now()),
            "title": text,
            "agent": self._login,
        }
        return self._put(
            "contact", f"K-{text}", CommandKind.CREATE, {name: (None, new) for name, new in fields.items()}
        )

    def _region(self, customer: Row, text: str) -> Command:
        seen = customer.body.get("region")
        return self._put("customer", customer.id, CommandKind.UPDATE, {"region": (seen, text)}, customer.version)

    def _put(
        self, entity: str, id_: str, kind: CommandKind, fields: Mapping[str, tuple[Any, Any]], base_version: int = 0
    ) -> Command:
        changes = {name: FieldChange(old, new) for name, (old, new) in fields.items()}
        return self._outbox.put(entity, id_, kind, changes, _now(), base_version=base_version)

    def _held(self) -> dict[str, Any]:
        """What lies here at rest: a digest of every scope, and the commands the agent must decide about."""
        scopes = {}
        for scope in self._mirror.cursors():
            lines: list[tuple[str, str, int, Any]] = []
            for entity, rows in self._mirror.versions(scope):
                bodies = {id_: self._mirror.row(entity, id_) for id_, _ in rows}
                lines += [(entity, id_, version, row.body if (row := bodies[id_]) else None) for id_, version in rows]
            scopes[scope] = hashlib.sha256(json.dumps(sorted(lines, key=lambda line: line[:2])).encode()).hexdigest()
        left = {entry.command.op_id: entry.state.value for entry in self._outbox.entries()}
        parked = [op_id for op_id, state in left.items() if state == State.PARKED]
        return {"scopes": scopes, "parked": parked, "waiting": len(left) - len(parked)}


def _text_of(command: Command) -> str:
    """By which the effect of a command is found again."""
    if command.kind is CommandKind.APPEND:
        return str(command.fields["notes"].new["text"])
    if command.kind is CommandKind.UPDATE:
        return str(command.fields["region"].new)
    return command.id


def _new(fields: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {name: (None, value) for name, value in fields.items()}


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    wish = json.loads(sys.argv[1])
    Worker(Path(wish.pop("folder")), **wish).run()
