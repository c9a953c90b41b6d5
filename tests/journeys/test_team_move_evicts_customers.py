"""An agent changes teams: the old team's customers go from screen and cache, the words stay, the new ones are known."""

import json

import pytest

from agent_desktop.offline.store import Store
from agent_model.phone_number import PhoneNumber, masked, on_record
from demo.people import Person
from demo.seat import Seat
from demo.server import DemoServer
from tests.journeys.company import CUSTOMERS, divide, mask_agents, name_of, phone_of
from tests.journeys.conftest import Ring, Sit
from tests.journeys.sight import is_in_step, notices, open_items, words
from tests.ui.said import everything_said

HOME = [person for person in CUSTOMERS if person.customer.body["segment"] == "home"]
BUSINESS = [person for person in CUSTOMERS if person.customer.body["segment"] == "business"]
HELD = {
    "customers": "SELECT 1 FROM customer WHERE instr(scopes, ?) > 0",
    "contacts": "SELECT 1 FROM contact WHERE instr(scopes, ?) > 0",
    "tickets": "SELECT 1 FROM ticket WHERE instr(scopes, ?) > 0",
    "other": "SELECT 1 FROM other WHERE instr(scopes, ?) > 0",
}
THEIRS = {
    "their rows": "SELECT 1 FROM customer WHERE id IN (SELECT value FROM json_each(?))",
    "their contacts": "SELECT 1 FROM contact WHERE customer_id IN (SELECT value FROM json_each(?))",
    "their numbers": "SELECT 1 FROM customer_number WHERE customer_id IN (SELECT value FROM json_each(?))",
    "their tickets, but the agent's own": (
        "SELECT 1 FROM ticket WHERE customer_id IN (SELECT value FROM json_each(?)) AND scopes <> '|own:lin.yue|'"
    ),
}
pytestmark = pytest.mark.timeout(300)


def test_team_move_evicts_customers(sit: Sit, ring: Ring, own_server: DemoServer) -> None:
    server_home, old, new = own_server.database.parent, HOME[3], BUSINESS[2]
    divide(server_home, "lin.yue", "home", ("support", "billing"))
    seat = sit()
    assert seat.until(lambda: customers_of(seat, "home") == len(HOME) + 2, 60)
    assert customers_of(seat, "business") == 0
    seat.workspace.on_screen.open_customer(old.customer.id)
    assert seat.until(lambda: seat.window.customer.customer_id == old.customer.id)
    seat.press("Ctrl+N")
    seat.type("half a sentence about")
    search(seat, name_of(old))
    assert seat.until(lambda: name_of(old) in found(seat))

    divide(server_home, "lin.yue", "business", ("vip",))
    seat.window.top_bar.sync.click()

    assert seat.until(lambda: customers_of(seat, "business") == len(BUSINESS), 60)
    assert seat.until(lambda: left_behind(seat, "home") == [], 60)
    assert seat.until(lambda: name_of(old) not in found(seat))
    assert seat.until(lambda: "This customer is no longer yours" in words(seat.window.customer))
    seat.window.top_bar.search.clear()
    assert name_of(old) not in everything_said(seat.window)
    assert seat.window.right.form.subject.text() == "half a sentence about"
    assert [item.title for item in open_items(seat)] == ["Customer"]
    assert "This customer is no longer here. Search again, or ask your team lead." in notices(seat)
    ring(seat, phone_of(new), X_Queue="vip", X_Call_Ref="journey-171")
    assert seat.until(lambda: name_of(new) in words(seat.window.strip.ringing))
    assert seat.window.right.form.subject.text() == "half a sentence about"
    ring(seat, phone_of(old), X_Queue="vip", X_Call_Ref="journey-172")
    assert seat.until(lambda: masked(PhoneNumber(phone_of(old))) in [item.title for item in open_items(seat)])
    assert name_of(old) not in everything_said(seat.window)


def test_masked_rows_take_the_place_of_plain_ones(sit: Sit, ring: Ring, own_server: DemoServer) -> None:
    person = HOME[5]
    seat = sit()
    seat.workspace.on_screen.open_customer(person.customer.id)
    assert seat.until(lambda: seat.window.customer.customer_id == person.customer.id)
    seat.press("Ctrl+N")
    seat.type("half a sentence about")
    assert in_the_cache(seat, person)
    held = customers_of(seat, "home")

    own_server.stop()
    mask_agents(own_server.database.parent)
    own_server.start()
    seat.window.top_bar.sync.click()

    header = seat.window.customer.header
    assert seat.until(lambda: on_record(header.number or "") is not None, 90)
    assert not any(in_the_cache(seat, one) for one in CUSTOMERS)
    assert seat.window.right.form.subject.text() == "half a sentence about"
    assert masked(PhoneNumber(phone_of(person))) in words(header)
    assert seat.until(lambda: customers_of(seat, "home") == held and is_in_step(seat), 90)
    own_server.stop()
    ring(seat, phone_of(HOME[6]), X_Queue="support", X_Call_Ref="journey-173")
    assert seat.until(lambda: name_of(HOME[6]) in words(seat.window.strip.ringing))
    assert phone_of(HOME[6])[3:] not in everything_said(seat.window)


def store_of(seat: Seat) -> Store:
    return seat.workspace._rooms.book._view.mirror._store


def customers_of(seat: Seat, segment: str) -> int:
    with store_of(seat).reading() as connection:
        query = "SELECT count(*) FROM customer WHERE json_extract(body, '$.segment') = ?"
        return int(connection.execute(query, (segment,)).fetchone()[0])


def left_behind(seat: Seat, segment: str) -> list[str]:
    """What of a segment's slice is still in the sealed cache, and of its customers wherever they stand."""
    scope, ids = f"customers:{segment}", json.dumps([person.customer.id for person in HOME])
    with store_of(seat).reading() as connection:
        left = [what for what, query in HELD.items() if connection.execute(query, (f"|{scope}|",)).fetchone()]
        left += [what for what, query in THEIRS.items() if connection.execute(query, (ids,)).fetchone()]
        left += ["cursor"] * len(connection.execute("SELECT 1 FROM cursor WHERE scope = ?", (scope,)).fetchall())
    return left


def in_the_cache(seat: Seat, person: Person) -> bool:
    """Whether the number stands anywhere in it, also backwards."""
    forms = [phone_of(person), phone_of(person)[::-1]]
    with store_of(seat).reading() as connection:
        bodies = "SELECT count(*) FROM customer WHERE instr(body, ?) > 0"
        marks = "SELECT count(*) FROM customer_number WHERE reversed = ?"
        return any(connection.execute(query, (form,)).fetchone()[0] for query in (bodies, marks) for form in forms)


def search(seat: Seat, text: str) -> None:
    seat.press("Ctrl+K")
    seat.type(text)


def found(seat: Seat) -> list[str]:
    return [one.title for one in seat.window.top_bar.found._found]
