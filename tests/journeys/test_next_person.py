"""People who swap seats on one account of the machine: the next one reads nothing of the one before and sends nothing
as them, and what was unsent is not lost."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from agent_desktop.data_key import KeySlots, Way
from demo.caller import Caller
from demo.ports import free_port
from demo.seat import MemoryVault, Seat
from demo.server import PASSWORD, DemoServer
from tests.journeys.company import CUSTOMERS, Colleague, name_of, phone_of
from tests.journeys.conftest import Sit
from tests.journeys.other_window import OtherWindow, phone_pid, subject_on_disk
from tests.journeys.sight import is_asking, is_in_step, words
from tests.journeys.test_ticket_written_offline_reaches_server_once import file_ticket

SCOPE = "queue:billing"
pytestmark = pytest.mark.timeout(300)
TYPED = "letter about the neighbour"


def test_next_person_reads_nothing_of_a_window_that_died_in_a_call(
    sit: Sit, server: DemoServer, tmp_path: Path
) -> None:
    """The window is killed in the middle of a call, so that whatever a program leaves behind is there."""
    home = tmp_path / "seat"
    customer = CUSTOMERS[31]
    with _dying_in_a_call(home, server, customer, TYPED):
        left = _in_clear(home)
        assert {"cache.db", "outbox.db", "outbox.journal"} & {path.name for path in home.rglob("*")}
    assert left == []
    vault = MemoryVault()

    seat = sit(login="wang.qiang", home=home, vault=vault, ready=is_in_step)

    [before] = [folder for folder in _folders(home) if KeySlots(folder).open(Way.PASSWORD, PASSWORD) != _key(seat)]
    assert before != seat.workspace._rooms.drafts._outbox._store.folder
    assert seat.workspace._rooms.drafts.all() == ()
    assert not any(TYPED in words(window) for window in (seat.window, seat.window.right.form))
    assert _in_clear(home) == []


def test_outbox_of_an_absent_author_is_delivered_in_his_name_and_never_sent_by_the_next_person(
    sit: Sit, own_server: DemoServer, tmp_path: Path
) -> None:
    home, vault = tmp_path / "seat", MemoryVault()
    first = sit(home=home, vault=vault)
    own_server.kill()
    file_ticket(first, "left by the one before")
    unsent = first.program._desk.leaving.unsent()  # type: ignore[union-attr]
    assert unsent > 0

    first.window.top_bar.state.sign_off_wanted.emit()
    assert first.until(lambda: _sheet_is_open(first))
    sheet = first.program.signing_off.sheet  # type: ignore[union-attr]
    assert sheet is not None
    assert f"Not sent yet: {unsent}" in words(sheet)
    assert "sealed for the server" in words(sheet)
    sheet.leave.click()
    assert first.until(lambda: first.program._has_left, 20)
    assert first.stop()
    assert vault._kept == {}
    [batch] = home.rglob("*.handover")
    assert b"left by the one before".hex() not in batch.read_text()

    own_server.start()
    second = sit(login="wang.qiang", home=home, vault=vault)
    assert second.until(lambda: len(_left(own_server)) == 1, 30)
    [ticket] = _left(own_server)
    assert ticket["body"]["created_by"] == "lin.yue"
    assert second.until(lambda: not list(home.rglob("*.handover")))
    assert second.workspace._rooms.desk._view.outbox.entries() == []
    assert second.stop()

    again = sit(home=home, vault=vault)
    assert again.until(lambda: again.program._desk.leaving.unsent() == 0, 30)  # type: ignore[union-attr]
    assert _left(own_server) == [ticket]


def test_staying_after_the_warning_loses_nothing(sit: Sit, own_server: DemoServer) -> None:
    seat = sit()
    own_server.kill()
    file_ticket(seat, "sent after all")

    seat.window.top_bar.state.sign_off_wanted.emit()
    assert seat.until(lambda: _sheet_is_open(seat))
    seat.program.signing_off.sheet.stay.click()  # type: ignore[union-attr]
    own_server.start()
    seat.window.top_bar.sync.click()

    assert seat.until(lambda: is_in_step(seat) and len(_tickets(own_server, "sent after all")) == 1, 30)
    assert not seat.program._has_left


def test_who_signed_off_is_asked_for_the_password(sit: Sit, tmp_path: Path) -> None:
    home, vault = tmp_path / "seat", MemoryVault()
    first = sit(home=home, vault=vault)
    first.window.top_bar.state.sign_off_wanted.emit()
    assert first.until(lambda: first.program._has_left, 20)
    assert first.stop()

    sit(home=home, vault=vault, password=None, ready=is_asking)


@contextlib.contextmanager
def _dying_in_a_call(home: Path, server: DemoServer, customer: Any, typed: str) -> Iterator[None]:
    window = OtherWindow(home, server.address, free_port())
    try:
        assert window.until(lambda seen: seen["window"] and seen["categories"])
        headers = {"X-Queue": "support", "X-Call-Ref": "journey-91"}
        with Caller(window.sip_address, phone_of(customer), headers) as caller:
            assert window.until(lambda seen: seen["ringing"] and seen["customer"] == customer.customer.id)
            window.do("press F9")
            assert caller.wait_for("connected")
            window.do("press Ctrl+N")
            window.do(f"type {typed}")
            assert window.until(lambda _: subject_on_disk(window.paths) == typed)
            window.kill()
            yield
            caller.hang_up()
            assert caller.wait_for("ended")
    finally:
        window.close()
        with contextlib.suppress(AssertionError, psutil.NoSuchProcess):
            phone = psutil.Process(phone_pid(window.paths))
            phone.terminate()
            phone.wait(10)


def _in_clear(home: Path) -> list[str]:
    """Files that tell a customer's name or number, or what was typed."""
    secrets = [TYPED.encode()]
    for person in CUSTOMERS:
        phone = phone_of(person)
        secrets += [name_of(person).encode(), phone.encode(), phone.removeprefix("+86").encode()]
        secrets += [name_of(person).encode("unicode_escape"), name_of(person).encode("utf-16-le")]
    found = []
    for path in home.rglob("*"):
        if path.is_file():
            written = path.read_bytes()
            found += [f"{path.relative_to(home)}: {secret!r}" for secret in secrets if secret in written]
    return found


def _sheet_is_open(seat: Seat) -> bool:
    signing_off = seat.program.signing_off
    return signing_off is not None and signing_off.sheet is not None and signing_off.sheet.isVisible()


def _folders(home: Path) -> list[Path]:
    return [path.parent for path in home.rglob("keys.json")]


def _key(seat: Seat) -> Any:
    return KeySlots(seat.workspace._rooms.drafts._outbox._store.folder).open(Way.PASSWORD, PASSWORD)


def _left(server: DemoServer) -> list[dict[str, Any]]:
    return _tickets(server, "left by the one before")


def _tickets(server: DemoServer, subject: str) -> list[dict[str, Any]]:
    colleague = Colleague(server.address)
    try:
        return colleague.tickets(SCOPE, subject)
    finally:
        colleague.close()
