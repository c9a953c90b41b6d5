"""A caller's household complains: who it is, is written during the call, told at once, and reaches everybody."""

from datetime import UTC, datetime
from typing import Any

import pytest

from agent_model.moment import to_text
from demo.seat import Seat
from demo.server import DemoServer
from tests.journeys.company import Colleague, a_customer, bring_in
from tests.journeys.conftest import Ring, Sit
from tests.journeys.sight import is_in_step

ANNA, BORIS, FIRM = "C-rel-1", "C-rel-2", "C-rel-3"
PHONE = "+8618938830001"


def come(server: DemoServer) -> None:
    people = [
        a_customer(ANNA, "安宁", PHONE),
        a_customer(BORIS, "安博", "+8618938830002"),
        a_customer(FIRM, "临江物流有限公司", "+8618938830003"),
    ]
    told: dict[str, Any] = {
        "subject": "包裹丢失", "type": "complaint", "category": "complaint/service", "priority": "high",
        "status": "new", "description": "三周没有回音", "queue": "support", "department": "field",
        "created_at": to_text(datetime.now(UTC)), "created_by": "lin.yue", "number": "TK-990001",
    }  # fmt: skip
    people[1]["tickets"] = [{"entity": "ticket", "id": "T-rel", "version": 1, "body": told}]
    bring_in(server.database.parent, *people)


def related(colleague: Colleague) -> dict[tuple[str, str], dict[str, Any]]:
    rows = colleague.rows("customers:home", "customer_relation")
    return {(row["body"]["customer_id"], row["body"]["other_id"]): row["body"] for row in rows}


def relate(seat: Seat, typed: str, side: int) -> None:
    card = seat.window.customer.relations
    seat.window.customer.tabs.setCurrentIndex(3)
    card.add.click()
    card.form.who.setText("")
    card.form.who.setFocus()
    seat.type(typed)
    assert seat.until(card.form.found.isVisible, 30)
    seat.press("Return")
    card.form.side.setCurrentIndex(side)
    card.form.keep.click()
    assert seat.until(card.form.isHidden, 30)


@pytest.mark.timeout(300)
def test_customer_relations(sit: Sit, ring: Ring, own_server: DemoServer, colleague: Colleague) -> None:
    come(own_server)
    seat = sit()
    pane = seat.window.customer
    caller = ring(seat, PHONE, X_Queue="support", X_Call_Ref="relation-1")
    assert seat.until(lambda: pane.customer_id == ANNA, 30)
    seat.press("F9")
    assert caller.wait_for("connected")
    assert seat.take_keyboard()

    relate(seat, "安博", 0)
    assert seat.until(pane.related.isVisible, 30)
    assert pane.related.words == "Household 安博 has an open complaint: TK-990001 包裹丢失"
    relate(seat, "临江物流", 4)
    assert seat.until(lambda: set(related(colleague)) == {(BORIS, ANNA), (ANNA, FIRM)}, 30)
    assert seat.until(lambda: is_in_step(seat), 30)

    pane.relations.lines.setCurrentIndex(pane.relations.lines.model().index(1, 0))
    pane.relations.remove.click()
    assert seat.until(lambda: related(colleague)[ANNA, FIRM]["is_removed"], 30)
    assert seat.until(lambda: pane.relations.removed != "", 30)
    pane.relations.undo.click()
    assert seat.until(lambda: not related(colleague)[ANNA, FIRM]["is_removed"], 30)

    pane.related.open.click()
    assert seat.until(lambda: seat.workspace.ticket_page.shown is not None, 30)
