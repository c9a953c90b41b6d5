"""The company of the journeys: sixty customers, a family that shares a telephone, and what a colleague sees."""

import asyncio
import json
import shutil
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.engine import URL

from agent_model.agent import Role
from agent_server.database import Database, address
from agent_server.importing.folder import import_folder
from agent_server.passwords import Passwords
from agent_server.policy import Policy, write_policy
from agent_server.settings import PasswordCost, Settings
from agent_server.users import Users
from demo import company as company_facts
from demo.at_work import AtWork
from demo.people import Person, people
from demo.server import PASSWORD, DemoServer

CUSTOMERS = tuple(people(60))
SHARED_PHONE = "+8657188886666"
FAMILY = ("C-family-1", "C-family-2")
ARTICLES_EACH = 60
"""In each language: few enough that a workstation needs no process of its own to make their index."""

CHEAP = PasswordCost(time=1, memory_kib=8, lanes=1)


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
    _import(server_home, source)


def _import(server_home: Path, source: Path) -> None:
    async def bring(database: Database) -> None:
        await import_folder(database, source, _settings(server_home).dial_plan, lambda _so_far: None, datetime.now(UTC))

    _at(_settings(server_home).database, bring)


def _at(place: URL, work: Callable[[Database], Awaitable[None]]) -> None:
    async def working() -> None:
        database = Database(place)
        try:
            await work(database)
        finally:
            await database.close()

    asyncio.run(working())


def _settings(server_home: Path) -> Settings:
    return Settings(address(str(server_home / "server.db")), server_home)


def fill(server: DemoServer, database: URL, articles_each: int | None = ARTICLES_EACH) -> None:
    """The company without the family, in an empty database."""
    server.fill(len(CUSTOMERS), articles_each=articles_each, password="")
    _at(database, _let_in)


def founded(home: Path, articles_each: int | None = ARTICLES_EACH) -> Path:
    """Fills a server's folder once; every journey works on a copy."""
    fill(DemoServer(home), _settings(home).database, articles_each)
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


class Colleague(AtWork):
    """Somebody else at work: sees what the server has, over the same protocol as every workstation."""

    def __init__(self, server: str, login: str = "wang.qiang") -> None:
        super().__init__(server, login)

    def readers(self, announcement: str) -> dict[str, dict[str, Any]]:
        """The board of an announcement, by person."""
        return {one["agent"]: one for one in self.ask(f"/v1/announcements/{announcement}/readers")["readers"]}

    def tickets(self, scope: str, subject: str) -> list[dict[str, Any]]:
        return [row for row in self.rows(scope, "ticket") if row["body"]["subject"] == subject]

    def contacts(self, customer_id: str, call_ref: str, segment: str) -> list[dict[str, Any]]:
        """What the customer's timeline says of one call."""
        rows = self.rows(f"customers:{segment}", "contact")
        return [
            row for row in rows if row["body"]["customer_id"] == customer_id and row["body"].get("call_ref") == call_ref
        ]

    def with_number(self, number: str) -> list[dict[str, Any]]:
        return [one["customer"] for one in self.ask("/customers", number=number)["customers"]]


def divide(server_home: Path, login: str, team: str, queues: tuple[str, ...]) -> None:
    """Home customers are the home team's and business customers the business team's, and this agent works in `team`."""
    text = (company_facts.FOLDER / "company.toml").read_text(encoding="utf-8")
    for queue, segment in (("support", "home"), ("billing", "home"), ("vip", "business")):
        text = _with(text, f'id = "{queue}"', "segments", f'["{segment}"]')
    text = _with(text, f'login = "{login}"', "team", f'"{team}"')
    text = _with(text, f'login = "{login}"', "queues", json.dumps(queues))
    source = server_home / f"divided-{team}"
    source.mkdir()
    (source / "company.toml").write_text(text, encoding="utf-8")
    _import(server_home, source)


def _with(text: str, place: str, name: str, value: str) -> str:
    """The first `name` behind `place` with another value."""
    begin = text.index(f"\n{name} = ", text.index(place)) + 1
    return f"{text[:begin]}{name} = {value}{text[text.index(chr(10), begin) :]}"


def mask_agents(server_home: Path) -> None:
    """From its next start on, the server tells agents no numbers."""
    _at(_settings(server_home).database, lambda database: _decide(database, Policy(masked=frozenset({Role.AGENT}))))


async def _decide(database: Database, policy: Policy) -> None:
    async with database.writing() as connection:
        await write_policy(database, connection, policy)


def employ(server_home: Path, login: str, queue: str) -> None:
    """Somebody of the field department, who works a queue of its own; signs in with everybody's password."""
    _hire(
        server_home,
        login,
        f"""
[[queue]]
id = "{queue}"
name = {{ zh = "装维派单", en = "Field Dispatch" }}
team = "home"
segments = ["home", "business"]
[[person]]
login = "{login}"
name = {{ zh = "丁伟", en = "Ding Wei" }}
role = "department"
extension = "1300"
team = "home"
queues = ["{queue}"]
""",
    )


def appoint(server_home: Path, login: str, role: Role) -> None:
    """Somebody of the home team; signs in with everybody's password."""
    _hire(
        server_home,
        login,
        f"""
[[person]]
login = "{login}"
name = {{ zh = "高洁", en = "Gao Jie" }}
role = "{role}"
extension = "1301"
team = "home"
queues = ["support"]
""",
    )


def _hire(server_home: Path, login: str, text: str) -> None:
    source = server_home / f"employed-{login}"
    source.mkdir()
    (source / "company.toml").write_text(text, encoding="utf-8")
    _import(server_home, source)
    _at(_settings(server_home).database, _let_in)


async def _let_in(database: Database) -> None:
    """Everybody with everybody's password, at so low a cost that no journey waits for it."""
    await Users(database, Passwords(CHEAP)).set_missing_passwords(PASSWORD)
