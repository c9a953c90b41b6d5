"""Few new rows come with the live connection itself, in the same words to everybody who holds the slice."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
from websockets.sync.client import connect

from agent_model.agent import Role
from agent_model.scope import Scope
from agent_server.accounts import Caller
from agent_server.api.live import LARGEST_WAITING, LiveConnection
from agent_server.live import Hub
from agent_server.scopes import Person
from agent_server.sight import Sight
from tests.in_process import COMPANY, ServerThread, import_into, serving
from tests.server.conftest import CUSTOMERS, NewSite, SitAt
from tests.server.test_live import Ear, Listen, live
from tests.server.workstation import Workstation

HOME: Final = Scope("customers:home")
SUPPORT: Final = Scope("queue:support")


@contextmanager
def listening(server: ServerThread, seat: Workstation) -> Iterator[Ear]:
    """To rows as well."""
    url = server.address.replace("http", "ws") + "/sync/v1/live?rows=1"
    with connect(url, additional_headers={"Authorization": f"Bearer {seat.access}"}, open_timeout=10) as socket:
        yield Ear(socket)


@pytest.fixture
def listen(server: ServerThread) -> Iterator[Listen]:
    with ExitStack() as ears:
        yield lambda seat: ears.enter_context(listening(server, seat))


def company_where(folder: Path, login: str, queues: str) -> Path:
    """The demo company, with one agent in other queues."""
    text = COMPANY.read_text(encoding="utf-8")
    person = text.index(f'login = "{login}"') if f'login = "{login}"' in text else text.index(f'id = "{login}"')
    begin = text.index("queues = ", person)
    end = text.index("\n", begin)
    source = folder / "changed"
    source.mkdir()
    (source / "company.toml").write_text(f"{text[:begin]}queues = {queues}{text[end:]}", encoding="utf-8")
    return source


def page_of(seat: Workstation, scope: str, since: int) -> dict[str, Any]:
    page: dict[str, Any] = seat.http.get("/sync/v1/changes", params={"scope": scope, "since": since}).json()
    return page


def test_rows_are_the_page_that_would_be_asked_for(sit_at: SitAt, listen: Listen) -> None:
    writer, reader = sit_at("lin.yue"), sit_at("wang.qiang")
    ear = listen(reader)
    ear.next("welcome")
    greeting = reader.hello()
    since = greeting["scopes"]["customers:home"]

    writer.push(writer.op("customer", "C-1", "update", {"region": [None, "杭州"]}))

    rows = ear.next("rows", scope="customers:home")
    assert (rows["since"], rows["epoch"]) == (since, greeting["epoch"])
    assert rows["page"] == page_of(reader, "customers:home", since)
    assert rows["page"]["rows"][0]["body"]["region"] == "杭州"


def test_rows_follow_one_another_without_a_gap(sit_at: SitAt, listen: Listen) -> None:
    writer = sit_at("lin.yue")
    ear = listen(writer)
    ear.next("welcome")
    reached = writer.hello()["scopes"]["queue:support"]

    for _ in range(3):
        writer.push(writer.ticket())
        rows = ear.next("rows", scope="queue:support")
        assert rows["since"] == reached
        reached = rows["page"]["next"]
    assert reached == writer.hello()["scopes"]["queue:support"]


def test_many_rows_are_a_poke(sit_at: SitAt, listen: Listen) -> None:
    writer = sit_at("lin.yue")
    ear = listen(writer)
    ear.next("welcome")

    writer.push(*(writer.ticket() for _ in range(100)))

    assert ear.next("poke", scope="queue:support")["head"] == writer.hello()["scopes"]["queue:support"]


def test_long_rows_are_a_poke(sit_at: SitAt, listen: Listen) -> None:
    writer = sit_at("lin.yue")
    ear = listen(writer)
    ear.next("welcome")

    writer.push(writer.ticket(description="很" * 40_000))

    assert ear.next("poke", scope="queue:support")


def test_rows_of_a_slice_that_was_lost_are_not_sent(new_site: NewSite, tmp_path: Path) -> None:
    """Somebody leaves a queue: its next ticket is none of theirs, though their session is looked at once a minute."""
    settings = replace(new_site(CUSTOMERS), look_every_s=0.1)
    with ExitStack() as open_:
        server = open_.enter_context(serving(settings))
        leaving, writer = (
            open_.enter_context(Workstation(server.address, login)) for login in ("wang.qiang", "lin.yue")
        )
        ear = open_.enter_context(listening(server, leaving))
        ear.next("welcome")
        writer.push(writer.ticket(queue="billing", customer_id=None))
        ear.next("rows", scope="queue:billing")

        import_into(settings, company_where(tmp_path, "wang.qiang", '["support"]'))
        assert "queue:billing" not in leaving.hello()["scopes"]
        ear.next("poke", scope="org")
        writer.push(writer.ticket(queue="billing", customer_id=None))
        writer.push(writer.ticket(queue="support", customer_id=None))

        heard = [ear.next_of("rows", "poke")]
        while heard[-1]["scope"] != "queue:support":
            heard.append(ear.next_of("rows", "poke"))
    assert [message for message in heard if message["scope"] == "queue:billing" and message["type"] == "rows"] == []


def connection_of(*scopes: Scope) -> tuple[LiveConnection, Hub]:
    """A workstation that is not reading at the moment."""
    person = Person("lin.yue", Role.AGENT, "home", ())
    caller = Caller(person, "session", "device", frozenset(scopes), frozenset())
    hub = Hub()
    return LiveConnection(caller, hub, lambda: None, takes_rows=True), hub


def saying(text: str) -> Callable[[Sight], str]:
    return lambda _sight: text


def waiting_for(connection: LiveConnection) -> list[str]:
    async def reading() -> list[str]:
        connection.offer("end", "", "end")
        texts = []
        while (text := await connection.next()) != "end":
            texts.append(text)
        return texts

    return asyncio.run(reading())


def test_rows_that_pile_up_become_one_poke() -> None:
    connection, hub = connection_of(HOME)
    for head in range(1, 8):
        hub.tell_rows(HOME, head, saying("x" * (LARGEST_WAITING // 4 + 1)))

    assert [json.loads(text) for text in waiting_for(connection)] == [{"type": "poke", "scope": HOME, "head": 7}]


def test_rows_wait_in_their_order() -> None:
    connection, hub = connection_of(HOME, SUPPORT)
    hub.tell_rows(HOME, 1, saying("first"))
    hub.tell_rows(SUPPORT, 1, saying("second"))
    hub.tell_rows(HOME, 2, saying("third"))

    assert waiting_for(connection) == ["first", "second", "third"]


def test_who_may_have_other_rights_is_only_poked() -> None:
    connection, hub = connection_of(HOME)
    hub.tell_rows(HOME, 1, saying("rows"))
    hub.doubt(None)
    hub.tell_rows(HOME, 2, saying("rows"))

    assert [json.loads(text) for text in waiting_for(connection)] == [{"type": "poke", "scope": HOME, "head": 2}]


def test_old_workstation_is_only_poked(sit_at: SitAt, server: ServerThread) -> None:
    writer = sit_at("lin.yue")
    with live(server, writer.access) as socket:
        ear = Ear(socket)
        ear.next("welcome")
        writer.push(writer.ticket())

        assert ear.next_of("rows", "poke")["type"] == "poke"


def test_poke_of_a_slice_that_many_hold_says_how_far_to_spread() -> None:
    connection, hub = connection_of(HOME)
    for _ in range(199):
        crowd, _ = connection_of(HOME)
        hub.subscribe(crowd, crowd.topics)
    hub.poke(HOME, 5)

    [text] = waiting_for(connection)
    assert json.loads(text) == {"type": "poke", "scope": HOME, "head": 5, "spread_ms": 200}
