"""One person stands in the book twice: seen while they call, merged by keys, found by either id, and parted again."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from agent_model.moment import to_text
from demo.seat import Seat
from demo.server import DemoServer
from tests.journeys.company import FAMILY, Colleague, a_customer, bring_in
from tests.journeys.conftest import Ring, Sit
from tests.journeys.sight import is_in_step

STAYS, GOES = "C-merge-1", "C-merge-2"
STAYS_PHONE, GOES_PHONE = "+8618938820001", "+8618938820002"


def come(server: DemoServer) -> None:
    day_ago = to_text(datetime.now(UTC) - timedelta(days=1))
    contact: dict[str, Any] = {"customer_id": GOES, "kind": "email", "at": day_ago, "title": "宽带断线"}
    both = []
    for customer_id, name, phone in ((STAYS, "陆晓舟", STAYS_PHONE), (GOES, "陆小舟", GOES_PHONE)):
        told = a_customer(customer_id, name, phone)
        told["customer"] |= {"company": "临江物流有限公司"}
        both.append(told)
    both[1]["customer"] |= {"email": "lu@linjiang.example"}
    both[1]["contacts"] = [{"entity": "contact", "id": "K-merge", "version": 1, "body": contact}]
    bring_in(server.database.parent, *both)


def owner_of(colleague: Colleague, contact_id: str) -> str:
    [row] = [row for row in colleague.rows("customers:home", "contact") if row["id"] == contact_id]
    return str(row["body"]["customer_id"])


def customers(colleague: Colleague) -> dict[str, Any]:
    rows = colleague.rows("customers:home", "customer")
    return {row["id"]: row["body"] for row in rows if row["id"] in (STAYS, GOES)}


def finish(seat: Seat, caller: Any) -> None:
    caller.hang_up()
    assert caller.wait_for("ended")
    assert seat.until(seat.window.strip.wrap_up.isVisible)
    seat.window.strip.wrap_up.finish.click()


@pytest.mark.timeout(300)
def test_merge_and_undo(sit: Sit, ring: Ring, own_server: DemoServer, colleague: Colleague) -> None:
    come(own_server)
    seat = sit()
    pane = seat.window.customer

    caller = ring(seat, STAYS_PHONE, X_Queue="support", X_Call_Ref="merge-1")
    assert seat.until(lambda: pane.customer_id == STAYS, 30)
    assert seat.until(pane.duplicates.isVisible, 40)
    assert pane.duplicates.words == "The same as 陆小舟? They have a name that is read the same, the same company"
    seat.press("F9")
    assert caller.wait_for("connected")
    pane.duplicates.compare.click()
    assert seat.until(pane.merging.isVisible, 30)
    assert pane.merging.comparison is not None
    assert pane.merging.comparison.taken == {"email"}
    assert seat.take_keyboard()
    pane.merging.start()
    seat.press("Right")
    assert pane.merging.comparison.taken == {"email", "name"}
    seat.press("Left")
    seat.press("Ctrl+Return")
    assert seat.until(lambda: list(customers(colleague)) == [STAYS], 30)
    assert owner_of(colleague, "K-merge") == STAYS
    whole = customers(colleague)[STAYS]
    assert (whole["name"], whole["email"]) == ("陆晓舟", "lu@linjiang.example")
    assert whole["phones"] == [STAYS_PHONE, GOES_PHONE]
    finish(seat, caller)

    assert seat.until(lambda: is_in_step(seat), 30)
    caller = ring(seat, "+8618938829999", X_Queue="support", X_Customer_Id=GOES, X_Call_Ref="merge-2")
    assert seat.until(lambda: pane.customer_id == STAYS, 30), "the old id leads to who stays"
    seat.press("F9")
    assert caller.wait_for("connected")

    assert seat.until(lambda: pane.merged.isVisibleTo(pane) or not pane.merged.isHidden(), 30)
    line = pane.merged.lines[0]
    assert seat.until(lambda: not line.undo.isHidden(), 30)
    line.undo.click()
    finish(seat, caller)
    assert seat.until(lambda: set(customers(colleague)) == {STAYS, GOES}, 30)
    assert owner_of(colleague, "K-merge") == GOES
    apart = customers(colleague)
    assert [body["phones"] for body in (apart[STAYS], apart[GOES])] == [[STAYS_PHONE], [GOES_PHONE]]
    assert (apart[STAYS]["email"], apart[GOES]["email"]) == (None, "lu@linjiang.example")
    assert seat.until(lambda: is_in_step(seat), 30)
    ring(seat, GOES_PHONE, X_Queue="support", X_Call_Ref="merge-3")
    assert seat.until(lambda: pane.customer_id == GOES, 30)


@pytest.mark.timeout(300)
def test_lead_goes_through_the_duplicates_of_everybody(sit: Sit, own_server: DemoServer, colleague: Colleague) -> None:
    come(own_server)
    seat = sit("zhou.min")
    household, twins = "\n".join(FAMILY), f"{STAYS}\n{GOES}"
    assert seat.take_keyboard()
    seat.press("Ctrl+Shift+O")
    page = seat.window.pages.duplicates
    assert seat.until(lambda: {household, twins} <= set(page.list.keys), 60)
    assert page.list.words_of(household).endswith("the same number, perhaps")
    assert page.list.words_of(twins).endswith("a name that is read the same, the same company, likely")

    page.list.choose(household)
    page.list.setFocus()
    seat.press("Delete")
    assert seat.until(lambda: household not in page.list.keys, 30)

    page.list.choose(twins)
    seat.press("Return")
    assert seat.until(lambda: page.merging.is_open, 30)
    seat.press("Ctrl+Return")
    assert seat.until(lambda: list(customers(colleague)) == [STAYS], 30)
    family = {row["id"]: row["body"]["apart"] for row in colleague.rows("customers:home", "customer")}
    assert family[FAMILY[0]] == [FAMILY[1]]
    assert seat.until(lambda: is_in_step(seat), 30)
    seat.window.pages.duplicates.again.click()
    assert seat.until(page.again.isEnabled, 30)
    assert not {household, twins} & set(page.list.keys)
