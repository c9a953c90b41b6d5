"""Somebody asks to be erased: two people see to it, and neither the server nor any workstation knows them any more, the
one that was away at the time included."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from agent_desktop.offline.sealing import Unsealed
from agent_desktop.sync.events import NeedsAttention
from agent_desktop.ui.privacy.page import PrivacyPage
from agent_model.agent import Role
from demo.seat import Seat
from demo.server import DemoServer
from tests.journeys.company import Colleague, a_customer, appoint, bring_in
from tests.journeys.conftest import Ring, Sit, leave
from tests.journeys.sight import is_in_step

WHO, NAME, PHONE = "C-gone", "欧阳忘川", "+8613977770042"
WORD = "忘川的秘密"
DIGITS = PHONE[3:]
TRACES = (NAME.encode(), json.dumps(NAME).strip('"').encode(), WORD.encode(), DIGITS.encode(), DIGITS[::-1].encode())
FOUND_BY = b"wangchuan"


@pytest.mark.timeout(400)
def test_erased_person_is_nowhere_any_more(
    sit: Sit, ring: Ring, own_server: DemoServer, colleague: Colleague, tmp_path: Path
) -> None:
    bring_in(own_server.database.parent, a_customer(WHO, NAME, PHONE))
    near = sit(sealing=Unsealed())
    _talk(near, ring)
    away_home = tmp_path / "away"
    away = sit("wang.qiang", home=away_home, sealing=Unsealed())
    own_server.kill()
    _write_about(away)
    assert leave(away)
    own_server.start()
    assert near.until(lambda: is_in_step(near), 60)
    assert _files_with_traces(own_server.database.parent, tmp_path)

    lead = Colleague(own_server.address, "zhou.min")
    try:
        asked = lead._http.post("/privacy/erasures", json={"customer_id": WHO, "reason": "本人来信要求"})
        assert asked.status_code == 201, asked.text
    finally:
        lead.close()
    certificate = _approved(own_server, asked.json()["id"])
    assert {one["where"]: one["count"] for one in certificate["erased"]}["customer"] == 1

    assert near.until(lambda: near.window.customer.customer_id == "", 30)
    assert near.until(lambda: _told(near, "A customer was erased"), 30)
    assert not _is_found(near)

    back = sit("wang.qiang", home=away_home, sealing=Unsealed())
    assert back.until(lambda: _told(back, "what you had written about them"), 30)
    assert back.until(lambda: is_in_step(back), 30)
    assert not isinstance(back.workspace.sync.status, NeedsAttention)
    assert back._program is not None
    assert leave(back)
    assert leave(near)
    own_server.stop()
    assert _files_with_traces(own_server.database.parent, tmp_path) == {}


@pytest.mark.timeout(400)
def test_two_people_see_to_a_copy_and_an_erasure_at_their_workstations(
    sit: Sit, own_server: DemoServer, tmp_path: Path
) -> None:
    bring_in(own_server.database.parent, a_customer(WHO, NAME, PHONE))
    appoint(own_server.database.parent, "gao.jie", Role.DUTY_MANAGER)
    lead, manager = sit("zhou.min"), sit("gao.jie")
    lead.workspace.on_screen.open_customer(WHO)
    assert lead.until(lambda: lead.window.customer.customer_id == WHO, 30)

    # A copy: asked for by one, approved by another, fetched by the first.
    asking = _opened(lead)
    assert lead.until(lambda: asking.asking.about.full_text == f"Ask for {NAME}", 30)
    _ask(lead, "exports")
    deciding = _opened(manager)
    _approve(manager, f"A copy for {NAME}")
    asking.again.click()
    assert lead.until(asking.pane.copy.isVisible, 30)
    lead.workspace.privacy.fetch_copy_to(tmp_path / "copy.zip")
    assert lead.until(lambda: (tmp_path / "copy.zip").is_file(), 30)
    with zipfile.ZipFile(tmp_path / "copy.zip") as copy:
        assert NAME in copy.read("data.json").decode()

    # An erasure: a hold stands before it, is lifted, and then a second person approves.
    _ask(lead, "erasures")
    assert asking.pane.approve.isHidden()
    deciding.again.click()
    assert manager.until(lambda: len(deciding.list.keys) == 2, 30)
    deciding.list.choose(deciding.list.keys[0])
    assert manager.until(
        lambda: deciding.pane.title.full_text == f"Erase {NAME}" and deciding.pane.hold.isVisible(), 30
    )
    assert deciding.pane.standing.full_text == "No hold and no duty stands before it: everything would go."
    _set_hold(manager, "诉讼中")
    assert manager.until(lambda: deciding.pane.standing.full_text.startswith("Legal hold since"), 30)
    assert not deciding.pane.approve.isEnabled()
    _set_hold(manager, "诉讼结束")
    assert manager.until(lambda: deciding.pane.standing.full_text.startswith("No hold"), 30)
    _approve(manager, f"Erase {NAME}")
    assert manager.until(deciding.pane.certificate.isVisible, 60)
    assert WHO in deciding.pane.certificate.toPlainText()

    proof = tmp_path / "erasure.json"
    manager.workspace.privacy.save_certificate_to(proof)
    assert manager.until(proof.is_file, 30)
    command = [sys.executable, "-m", "agent_server", "erase-customer", "verify", str(proof)]
    done = subprocess.run([*command, "--database", str(own_server.database)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert lead.until(lambda: lead.window.customer.customer_id == "", 30)
    assert manager.until(lambda: deciding.pane.title.full_text == f"Erase {WHO}", 30), "nobody knows the name any more"


def _opened(seat: Seat) -> PrivacyPage:
    assert seat.take_keyboard()
    seat.press("Ctrl+Shift+Y")
    assert seat.until(seat.window.pages.privacy.again.isEnabled, 30)
    return seat.window.pages.privacy


def _ask(seat: Seat, kind: str) -> None:
    page = seat.window.pages.privacy
    assert seat.take_keyboard()
    page.asking.kind.choose(kind)
    page.asking.reason.setFocus()
    seat.type("本人来信要求")
    seat.press("Return")
    assert seat.until(lambda: page.outcome.full_text.startswith("Asked for."), 30)
    page.say("")


def _set_hold(seat: Seat, reason: str) -> None:
    pane = seat.window.pages.privacy.pane
    pane.reason.setText(reason)
    pane.hold.click()


def _approve(seat: Seat, title: str) -> None:
    pane = seat.window.pages.privacy.pane
    assert seat.until(lambda: pane.title.full_text == title and pane.approve.isVisible(), 30)
    assert seat.take_keyboard()
    pane.reason.setFocus()
    seat.type("身份已核实")
    assert seat.until(pane.approve.isEnabled, 30)
    seat.press("Ctrl+Return")
    assert seat.until(pane.approve.isHidden, 30)


def _talk(seat: Seat, ring: Ring) -> None:
    """A call with them that stands in the agent's own day, and a ticket begun."""
    caller = ring(seat, PHONE, X_Queue="support", X_Call_Ref="gone-1")
    assert seat.until(lambda: seat.window.customer.customer_id == WHO)
    assert seat.take_keyboard()
    seat.press("F9")
    assert caller.wait_for("connected")
    caller.hang_up()
    assert caller.wait_for("ended")
    assert seat.until(seat.window.strip.wrap_up.isVisible)
    seat.window.strip.wrap_up.finish.click()
    assert seat.until(lambda: is_in_step(seat), 30)
    seat.workspace.on_screen.open_customer(WHO)
    assert seat.until(lambda: seat.window.customer.customer_id == WHO)


def _write_about(seat: Seat) -> None:
    """A note that waits for the server, and the beginning of a ticket."""
    seat.workspace.on_screen.open_customer(WHO)
    assert seat.until(lambda: seat.window.customer.customer_id == WHO)
    seat.window.customer.note_written.emit(WHO, WORD)
    seat.window.start_ticket()
    seat.window.right.form.insert(WORD)
    seat.workspace.writing.save_now()
    assert seat.until(lambda: seat.workspace._rooms.desk._view.outbox.count_waiting() > 0)


def _approved(server: DemoServer, erasure_id: str) -> dict[str, Any]:
    """By somebody else, at the server's own console; the certificate."""
    command = [sys.executable, "-m", "agent_server", "erase-customer", "approve", erasure_id, "--reason", "核实无误"]
    done = subprocess.run([*command, "--database", str(server.database)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _told(seat: Seat, words: str) -> bool:
    return any(words in notice.words for notice in seat.workspace.notices.notices)


def _is_found(seat: Seat) -> bool:
    return bool(seat.workspace._rooms.finder.find("ouyangwangchuan"))


def _files_with_traces(server_home: Path, seats: Path) -> dict[str, list[bytes]]:
    """Files of the server and of the workstations that hold name, number or word; the source of the import is the
    keeper's own business."""
    found = {}
    for path in (*server_home.rglob("*"), *seats.rglob("*")):
        if path.is_file() and not any(part.startswith("source-") for part in path.parts):
            content = path.read_bytes()
            if hits := [trace for trace in (*TRACES, FOUND_BY) if trace in content]:
                found[path.name] = hits
    return found
