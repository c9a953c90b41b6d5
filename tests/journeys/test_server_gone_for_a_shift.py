"""The server is away for a shift, and the window is killed meanwhile: everything done arrives once, in order."""

import contextlib
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from agent_model import moment
from demo.beside import beside
from demo.caller import Caller
from demo.people import Person
from demo.ports import free_port
from demo.seat import Seat
from demo.server import DemoServer
from tests.journeys.company import CUSTOMERS, Colleague, phone_of
from tests.journeys.conftest import Ring, Sit
from tests.journeys.other_window import OtherWindow, end_phone
from tests.journeys.sight import is_in_step

EARLY, LATE = CUSTOMERS[40], CUSTOMERS[41]


@pytest.fixture
def other(tmp_path: Path, own_server: DemoServer) -> Iterator[OtherWindow]:
    window = OtherWindow(tmp_path / "other", own_server.address, free_port())
    assert window.until(lambda seen: seen["window"] and seen["categories"])
    assert window.until(lambda _: _knows(window, LATE))
    yield window
    window.close()


def test_server_gone_for_a_shift(sit: Sit, ring: Ring, other: OtherWindow, own_server: DemoServer) -> None:
    own_server.kill()
    began = datetime.now(UTC)
    with Caller(other.sip_address, phone_of(EARLY), {"X-Queue": "billing", "X-Call-Ref": "shift-1"}) as caller:
        assert other.until(lambda seen: seen["ringing"] and seen["customer"] == EARLY.customer.id)
        other.do("press F9")
        assert caller.wait_for("connected")
        assert other.until(lambda seen: seen["talking"])
        for wish in ("press Ctrl+N", "type the first ticket", "press Tab", "type title", "press Down", "press Return"):
            other.do(wish)
        for wish in ("press Tab", "press Tab", "type what was said first", "press Ctrl+Return"):
            other.do(wish)
        assert other.until(lambda _: _commands(other) == ["ticket create"])
        caller.hang_up()
        assert caller.wait_for("ended")
    assert other.until(lambda _: _commands(other) == ["ticket create", "contact create"])

    other.kill()
    end_phone(other)

    seat = sit(home=other.paths.settings.parent, ready=lambda one: one.program.window is not None)
    assert seat.until(lambda: seat.window.right.form.category.count() > 0, 30)
    second = ring(seat, phone_of(LATE), X_Queue="billing", X_Call_Ref="shift-2")
    seat.press("F9")
    assert second.wait_for("connected")
    assert seat.until(lambda: seat.window.customer.customer_id == LATE.customer.id)
    _edit_region(seat, "Far Away")
    _note(seat, "asked to be called after six")
    second.hang_up()
    assert second.wait_for("ended")
    assert seat.until(seat.window.strip.wrap_up.isVisible)
    for keys in ("Ctrl+E", "call-b", "Return", "Ctrl+Return"):
        (seat.type if keys == "call-b" else seat.press)(keys)
    assert seat.until(lambda: "follow_up create" in _commands(other))
    assert seat.until(seat.window.strip.idle.isVisible)
    third = ring(seat, phone_of(EARLY), X_Queue="billing", X_Call_Ref="shift-3")
    seat.press("F9")
    assert third.wait_for("connected")
    assert seat.until(lambda: seat.window.customer.customer_id == EARLY.customer.id)
    _file_ticket(seat, "the second ticket")
    third.hang_up()
    assert third.wait_for("ended")
    made = (
        "customer update",
        "customer append",
        "contact create",
        "contact update",
        "follow_up create",
        "contact update",
        "ticket create",
        "contact create",
    )
    assert seat.until(lambda: _commands(other)[2:] == list(made)), _commands(other)[2:]
    ended = datetime.now(UTC)

    own_server.start()
    seat.window.offline_banner.act.click()

    assert seat.until(lambda: is_in_step(seat) and not _commands(other), 60)
    _everything_is_there_once(own_server)
    log = _log_of(own_server, began)
    of_the_first = ["ticket", "contact"]
    assert [line["entity"] for line in log] == [*of_the_first, *(one.partition(" ")[0] for one in made)]
    times = [line["occurred_at"] for line in log]
    assert times == sorted(times)
    assert all(began <= at <= ended for at in times)


def _everything_is_there_once(server: DemoServer) -> None:
    colleague = Colleague(server.address)
    try:
        [first] = colleague.tickets("queue:billing", "the first ticket")
        [second] = colleague.tickets("queue:billing", "the second ticket")
        assert first["body"]["number"] < second["body"]["number"]
        assert (first["body"]["call_ref"], second["body"]["call_ref"]) == ("shift-1", "shift-3")
        made = ((EARLY, "shift-1"), (LATE, "shift-2"), (EARLY, "shift-3"))
        calls = [_calls(colleague, who, call_ref) for who, call_ref in made]
        assert [len(found) for found in calls] == [1, 1, 1]
        assert calls[1][0]["body"]["wrap_up_code"] == "callback"
        [changed] = colleague.with_number(phone_of(LATE))
        assert changed["body"]["region"] == "Far Away"
        assert [note["text"] for note in changed["body"]["notes"]].count("asked to be called after six") == 1
    finally:
        colleague.close()


def _calls(colleague: Colleague, who: Person, call_ref: str) -> list[dict[str, Any]]:
    return colleague.contacts(who.customer.id, call_ref, who.customer.body["segment"])


def _edit_region(seat: Seat, region: str) -> None:
    editor = seat.window.customer.editor
    seat.press("F2")
    assert seat.until(lambda: editor.lines["name"].hasFocus())
    editor.lines["region"].setFocus()
    seat.press("Ctrl+A")
    seat.type(region)
    seat.press("Ctrl+Return")
    assert seat.until(lambda: not editor.isVisible())


def _note(seat: Seat, text: str) -> None:
    notes = seat.window.customer.notes
    notes.add.click()
    notes.field.setFocus()
    seat.type(text)
    seat.press("Return")


def _file_ticket(seat: Seat, subject: str) -> None:
    form = seat.window.right.form
    assert seat.take_keyboard()
    seat.press("Ctrl+N")
    assert seat.until(form.subject.hasFocus)
    seat.type(subject)
    assert form.subject.text() == subject
    seat.press("Tab")
    seat.type("title")
    seat.press("Down")
    seat.press("Return")
    assert form.category.chosen
    form.description.setFocus()
    seat.type("客户要求修改发票抬头。")
    seat.press("Ctrl+Return")
    assert seat.until(lambda: form.draft.is_empty)


def _commands(window: OtherWindow) -> list[str]:
    """What the outbox on the disk holds, in the order it was done."""
    [outbox] = window.paths.data.glob("*/*/outbox.db")
    with contextlib.closing(beside(outbox)) as database:
        found = database.execute("SELECT plain FROM command ORDER BY device_seq").fetchall()
    return [f"{plain['entity']} {plain['kind']}" for plain in (orjson.loads(text) for (text,) in found)]


def _log_of(server: DemoServer, since: datetime) -> list[dict[str, Any]]:
    """The server's own log of what the agent did in the shift, in the order of the device."""
    query = "SELECT entity, occurred_at FROM op_log WHERE author = 'lin.yue' ORDER BY device_seq"
    with contextlib.closing(sqlite3.connect(f"{server.database.absolute().as_uri()}?mode=ro", uri=True)) as database:
        found = database.execute(query).fetchall()
    lines = [{"entity": entity, "occurred_at": moment.from_text(at)} for entity, at in found]
    return [line for line in lines if line["occurred_at"] >= since]


def _knows(window: OtherWindow, who: Person) -> bool:
    """The workstation has fetched the customers."""
    caches = list(window.paths.data.glob("*/*/cache.db"))
    if not caches:
        return False
    with contextlib.closing(beside(caches[0])) as database:
        return database.execute("SELECT 1 FROM customer WHERE id = ?", (who.customer.id,)).fetchone() is not None
