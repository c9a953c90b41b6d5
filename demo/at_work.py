"""Somebody of the demo company at work: tells the server commands and asks for rows, as every workstation does."""

import ssl
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import count
from types import TracebackType
from typing import Any, Self

import httpx

from agent_model.command import CommandKind
from agent_model.moment import to_text
from agent_model.wire import PROTOCOL, PROTOCOL_HEADER
from demo.server import PASSWORD

TIMEOUT_S = 20
ROWS_AT_ONCE = 1000


class AtWork:
    """Signed in until `close`. Raises RuntimeError when the server does not take what is told."""

    def __init__(self, server: str, login: str) -> None:
        headers = {PROTOCOL_HEADER: str(PROTOCOL)}
        trust = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # without the world's certificates, which take their time
        self._http = httpx.Client(base_url=server, headers=headers, timeout=TIMEOUT_S, verify=trust)
        self.login, self._device_id, self._counted = login, f"desk of {login}", count(1)
        wish = {"login": login, "password": PASSWORD, "device_id": self._device_id}
        answer = self._http.post("/auth/sign-in", json=wish)
        answer.raise_for_status()
        self._http.headers["Authorization"] = f"Bearer {answer.json()['access']}"

    def close(self) -> None:
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def create(self, entity: str, row_id: str, body: Mapping[str, Any]) -> None:
        self.tell(entity, row_id, CommandKind.CREATE, **body)

    def tell(self, entity: str, row_id: str, kind: CommandKind, version: int = 0, /, **fields: Any) -> None:
        """One command; the server has written its effect when this returns. What is no pair is a new value."""
        pairs = {name: list(value) if isinstance(value, tuple) else [None, value] for name, value in fields.items()}
        command = {
            "op_id": str(uuid.uuid4()),
            "device_seq": next(self._counted),
            "entity": entity,
            "id": row_id,
            "kind": kind.value,
            "base_version": version,
            "fields": pairs,
            "occurred_at": to_text(datetime.now(UTC)),
            "author": self.login,
        }
        told = self._http.post("/sync/v1/ops", json={"device_id": self._device_id, "ops": [command]})
        told.raise_for_status()
        [answer] = told.json()["answers"]
        if answer["verdict"] not in ("applied", "merged"):
            raise RuntimeError(f"{self.login}, {entity} {row_id}: {answer}")

    def ask(self, path: str, **about: str | int) -> Any:
        answer = self._http.get(path, params=about)
        answer.raise_for_status()
        return answer.json()

    def rows(self, scope: str, entity: str) -> list[dict[str, Any]]:
        """Every row of this kind in the scope, as (id, body, …) that the server would send to a fresh workstation."""
        rows: dict[str, dict[str, Any]] = {}
        since, more = 0, True
        while more:
            page = self.ask("/sync/v1/changes", scope=scope, since=since, limit=ROWS_AT_ONCE)
            rows |= {row["id"]: row for row in page["rows"] if row["entity"] == entity}
            since, more = page["next"], page["more"]
        return list(rows.values())
