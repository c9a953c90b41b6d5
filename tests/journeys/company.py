"""The company of the journeys: sixty customers, a family that shares a telephone, and what a colleague sees."""

import asyncio
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from agent_model.wire import PROTOCOL, PROTOCOL_HEADER
from agent_server.database import Database, address
from agent_server.importer import import_folder
from agent_server.settings import Settings
from demo.people import Person, people
from demo.server import PASSWORD, DemoServer

CUSTOMERS = tuple(people(60))
SHARED_PHONE = "+8657188886666"
FAMILY = ("C-family-1", "C-family-2")


def phone_of(person: Person) -> str:
    return str(person.customer.body["phones"][0])


def name_of(person: Person) -> str:
    return str(person.customer.body["name"])


def a_customer(customer_id: str, name: str, phone: str) -> dict[str, Any]:
    """A line of customers.jsonl."""
    body = {"id": customer_id, "segment": "home", "name": name, "phones": [phone], "tier": "standard"}
    return {"customer": body, "contacts": [], "tickets": []}


def bring_in(server_home: Path, *customers: Mapping[str, Any]) -> None:
    """Imports customers into a server's database, also while it runs; workstations learn of it with their next sync."""
    source = server_home / f"source-{customers[0]['customer']['id']}"
    source.mkdir()
    lines = "".join(json.dumps(customer, ensure_ascii=False) + "\n" for customer in customers)
    (source / "customers.jsonl").write_text(lines, encoding="utf-8")
    settings = Settings(address(str(server_home / "server.db")), server_home)

    async def bring() -> None:
        database = Database(settings.database)
        try:
            await import_folder(database, source, settings.dial_plan, lambda _so_far: None)
        finally:
            await database.close()

    asyncio.run(bring())


def founded(home: Path) -> Path:
    """Fills a server's folder once; every journey works on a copy."""
    DemoServer(home).fill(len(CUSTOMERS))
    family = [a_customer(FAMILY[0], "林建国", SHARED_PHONE), a_customer(FAMILY[1], "林小燕", SHARED_PHONE)]
    bring_in(home, *family)
    return home


@contextmanager
def serving(company: Path, home: Path) -> Iterator[DemoServer]:
    """A running server on a copy of the company."""
    shutil.copytree(company, home)
    server = DemoServer(home)
    server.start()
    try:
        yield server
    finally:
        server.stop()


class Colleague:
    """Somebody else at work: sees what the server has, over the same protocol as every workstation."""

    def __init__(self, server: str, login: str = "wang.qiang") -> None:
        self._http = httpx.Client(base_url=server, headers={PROTOCOL_HEADER: str(PROTOCOL)}, timeout=20)
        wish = {"login": login, "password": PASSWORD, "device_id": f"desk of {login}"}
        answer = self._http.post("/auth/sign-in", json=wish)
        answer.raise_for_status()
        self._http.headers["Authorization"] = f"Bearer {answer.json()['access']}"

    def close(self) -> None:
        self._http.close()

    def rows(self, scope: str, entity: str) -> list[dict[str, Any]]:
        """Every row of this kind in the scope, as (id, body, …) that the server would send to a fresh workstation."""
        rows: dict[str, dict[str, Any]] = {}
        since, more = 0, True
        while more:
            answer = self._http.get("/sync/v1/changes", params={"scope": scope, "since": since, "limit": 1000})
            answer.raise_for_status()
            page = answer.json()
            rows |= {row["id"]: row for row in page["rows"] if row["entity"] == entity}
            since, more = page["next"], page["more"]
        return list(rows.values())

    def tickets(self, scope: str, subject: str) -> list[dict[str, Any]]:
        return [row for row in self.rows(scope, "ticket") if row["body"]["subject"] == subject]

    def contacts(self, customer_id: str, call_ref: str, segment: str) -> list[dict[str, Any]]:
        """What the customer's timeline says of one call."""
        rows = self.rows(f"customers:{segment}", "contact")
        return [
            row for row in rows if row["body"]["customer_id"] == customer_id and row["body"].get("call_ref") == call_ref
        ]

    def with_number(self, number: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._http.get("/customers", params={"number": number}).json()["customers"]
        return [one["customer"] for one in found]
