"""A workstation as the server sees it: signed in, pulling its slices into a mirror, pushing commands."""

import hashlib
import sqlite3
import ssl
import uuid
from collections.abc import Mapping
from typing import Any

import httpx
import orjson
import zstandard

from agent_model.wire import PROTOCOL, PROTOCOL_HEADER
from tests.in_process import PASSWORD

WRITTEN_AT = "2026-11-21T10:00:00.000Z"

Key = tuple[str, str]


class Workstation:
    """Keeps what each slice holds in `slices`, and its cursor in `cursors`, as the protocol says."""

    def __init__(self, address: str, login: str, device_id: str | None = None, password: str = PASSWORD) -> None:
        self.login = login
        headers = {PROTOCOL_HEADER: str(PROTOCOL)}
        # Nobody shows a certificate over http, and loading the world's takes longer than signing in.
        trust = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.http = httpx.Client(base_url=address, headers=headers, timeout=20, verify=trust)
        self.device_id = device_id or f"device of {login}"
        self.slices: dict[str, dict[Key, dict[str, Any]]] = {}
        self.cursors: dict[str, int] = {}
        self._device_seq = 0
        answer = self.http.post(
            "/auth/sign-in", json={"login": login, "password": password, "device_id": self.device_id}
        )
        assert answer.status_code == 200, answer.text
        self.refresh = answer.json()["refresh"]
        self.access = answer.json()["access"]
        self.http.headers["Authorization"] = f"Bearer {self.access}"

    def close(self) -> None:
        self.http.close()

    def __enter__(self) -> "Workstation":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def hello(self) -> dict[str, Any]:
        greeting: dict[str, Any] = _good(self.http.get("/sync/v1/hello"))
        return greeting

    def take_snapshot(self, scope: str) -> None:
        manifest = _good(self.http.get(f"/sync/v1/snapshot/{scope}/manifest"))
        packed = self.http.get(f"/sync/v1/snapshot/{scope}", headers={"If-Match": manifest["etag"]}).content
        assert hashlib.sha256(packed).hexdigest() == manifest["sha256"]
        self.slices[scope] = rows_of_snapshot(packed)
        self.cursors[scope] = manifest["base_seq"]

    def pull(self, scope: str, limit: int = 1000) -> None:
        more = True
        while more:
            since = self.cursors.get(scope, 0)
            page = _good(self.http.get("/sync/v1/changes", params={"scope": scope, "since": since, "limit": limit}))
            held = self.slices.setdefault(scope, {})
            for row in page["rows"]:
                held[row["entity"], row["id"]] = row
            for entity, row_id in page["evicted"] + page["deleted"]:
                held.pop((entity, row_id), None)
            self.cursors[scope] = page["next"]
            more = page["more"]

    def sync(self) -> None:
        for scope in self.hello()["scopes"]:
            self.pull(scope)

    def row(self, entity: str, row_id: str) -> dict[str, Any]:
        """The newest version of a row among the slices."""
        found = [held[entity, row_id] for held in self.slices.values() if (entity, row_id) in held]
        return max(found, key=lambda row: row["version"])

    def op(self, entity: str, row_id: str, kind: str, fields: Mapping[str, Any], **more: Any) -> dict[str, Any]:
        """A command as it crosses the wire; `fields` are (old, new) or, to create, the new values."""
        self._device_seq += 1
        pairs = {name: [None, value] for name, value in fields.items()} if kind == "create" else dict(fields)
        return {
            "op_id": str(uuid.uuid4()),
            "device_seq": self._device_seq,
            "entity": entity,
            "id": row_id,
            "kind": kind,
            "base_version": 0,
            "fields": pairs,
            "occurred_at": WRITTEN_AT,
            "author": self.login,
            "depends_on": None,
            **more,
        }

    def ticket(self, customer_id: str | None = "C-1", more: Any = None, **fields: Any) -> Any:
        """The command that files a ticket."""
        body = {
            "subject": "网速慢",
            "type": "fault",
            "category": "fault/broadband/slow",
            "priority": "normal",
            "status": "new",
            "description": "晚上更慢",
            "queue": "support",
            "department": "field",
            "created_at": WRITTEN_AT,
            "created_by": self.login,
            "customer_id": customer_id,
            **fields,
        }
        return self.op("ticket", str(uuid.uuid4()), "create", body, **(more or {}))

    def post(self, ops: list[Any], **more: Any) -> httpx.Response:
        return self.http.post("/sync/v1/ops", json={"device_id": self.device_id, "ops": ops, **more})

    def push(self, *ops: Any) -> list[dict[str, Any]]:
        answers: list[dict[str, Any]] = _good(self.post(list(ops)))["answers"]
        return answers


def rows_of_snapshot(packed: bytes) -> dict[Key, dict[str, Any]]:
    """The rows of a snapshot file."""
    plain = sqlite3.connect(":memory:")
    try:
        plain.deserialize(zstandard.ZstdDecompressor().decompress(packed))
        return {
            (entity, row_id): {"entity": entity, "id": row_id, "version": version, "body": orjson.loads(body)}
            for entity, row_id, version, body in plain.execute("SELECT entity, id, version, body FROM row")
        }
    finally:
        plain.close()


def _good(answer: httpx.Response) -> Any:
    assert answer.status_code == 200, answer.text
    return answer.json()
