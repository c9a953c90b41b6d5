"""An administrator rules what is kept back from agents: a workstation follows, at work and after it was cut off."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from agent_desktop.offline.store import Store
from agent_desktop.ui.window.rail import Page
from agent_model.agent import Role
from agent_model.phone_number import PhoneNumber, masked, on_record
from agent_model.secret import hidden_name
from demo.seat import Seat
from demo.server import DemoServer
from tests.journeys.company import CUSTOMERS, fill, name_of, phone_of, serving
from tests.journeys.conftest import Sit
from tests.journeys.sight import is_in_step, words
from tests.postgresql import Cluster
from tests.ui.said import everything_said

HOME = [person for person in CUSTOMERS if person.customer.body["segment"] == "home"]
pytestmark = pytest.mark.timeout(300)


@pytest.fixture(params=["sqlite", "postgresql"])
def own_server(request: pytest.FixtureRequest, company: Path, tmp_path: Path) -> Iterator[DemoServer]:
    if request.param == "sqlite":
        with serving(company, tmp_path / "server") as server:
            yield server
        return
    with Cluster() as cluster:
        database = cluster.new_database()
        server = DemoServer(tmp_path / "server", str(database))
        fill(server, database)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def test_rule_of_an_administrator_takes_numbers_and_names_from_a_workstation(sit: Sit, own_server: DemoServer) -> None:
    person, other = HOME[5], HOME[6]
    agent, admin = sit(), sit("admin")
    agent.workspace.on_screen.open_customer(person.customer.id)
    assert agent.until(lambda: agent.window.customer.customer_id == person.customer.id)
    header = agent.window.customer.header
    assert agent.take_keyboard()
    agent.press("Ctrl+N")
    agent.type("half a sentence about")
    assert kept(agent, phone_of(person)[3:])

    keep_back(admin, "hidden.phone")

    assert agent.until(lambda: on_record(header.number or "") is not None, 90)
    assert agent.until(lambda: kept(agent, name_of(person)), 90), "nothing was fetched anew"
    assert agent.until(lambda: is_in_step(agent))
    assert not kept(agent, phone_of(person)[3:])
    assert masked(PhoneNumber(phone_of(person))) in words(header)
    assert agent.window.right.form.subject.text() == "half a sentence about"

    own_server.stop()
    assert agent.take_keyboard()
    agent.press("Ctrl+K")
    agent.type(phone_of(other)[-4:])
    assert agent.until(lambda: other.customer.id in found(agent), 30)
    assert phone_of(other)[3:] not in everything_said(agent.window)
    go_back(agent)
    own_server.start()

    admin.window.top_bar.sync.click()
    assert admin.until(lambda: is_in_step(admin), 60)
    named: list[bool] = []
    agent.workspace._in_step.sight_changed.connect(lambda _: named.append(name_of(person) in words(header)))
    assert name_of(person) in words(header)
    keep_back(admin, "hidden.name")
    agent.window.top_bar.sync.click()

    assert agent.until(lambda: named, 90)
    assert named == [False], "the name stood there until everything was fetched anew"
    assert agent.until(lambda: kept(agent, hidden_name(name_of(person))), 90), "nothing was fetched anew"
    assert agent.until(lambda: is_in_step(agent))
    assert not kept(agent, name_of(person))
    assert agent.until(lambda: hidden_name(name_of(person)) in words(header))
    assert agent.until(lambda: name_of(person) not in everything_said(agent.window))
    assert agent.take_keyboard()
    agent.press("Ctrl+K")
    agent.type(name_of(other))
    assert agent.until(lambda: other.customer.id in found(agent), 60), "the caller says the name"
    go_back(agent)

    header.reveal_name.click()
    assert agent.until(lambda: name_of(person) in words(header), 30)
    header.fields.hide_field()
    assert name_of(person) not in words(header)
    assert agent.window.right.form.subject.text() == "half a sentence about"


def keep_back(admin: Seat, path: str) -> None:
    """On the page of the rules, from agents."""
    admin.window.show_page(Page.RULES)
    page = admin.window.pages.rules
    page.kinds.setCurrentIndex(page.kinds.findData("desk_policy"))
    assert admin.until(lambda: page.form.rule is not None and page.form.rule.entity == "desk_policy")
    page.form.places[path].ticks[Role.AGENT].setChecked(True)  # type: ignore[union-attr]
    QTest.qWait(0)
    page.form.send()
    assert admin.until(lambda: is_in_step(admin) and not page.form.discard.isVisible(), 30)


def go_back(seat: Seat) -> None:
    """From the search to what was being written."""
    seat.window.top_bar.search.clear()
    seat.press("Ctrl+K")
    assert seat.until(lambda: not found(seat))


def kept(seat: Seat, text: str) -> bool:
    """Whether it stands in a row about a customer that the workstation has."""
    store: Store = seat.workspace._rooms.book._view.mirror._store
    with store.reading() as connection:
        tables = ("customer", "contact", "ticket", "other")
        queries = [f"SELECT count(*) FROM {table} WHERE instr(body, ?) > 0" for table in tables]  # noqa: S608
        return any(connection.execute(query, (text,)).fetchone()[0] for query in queries)


def found(seat: Seat) -> list[str]:
    shown = seat.window.top_bar.found
    return [one.id for one in shown._found] if shown.isVisible() else []
