"""A customer calls: who they are is on the screen while it rings; the call is handled by keys alone."""

from PySide6.QtWidgets import QApplication, QListView, QWidget

from agent_desktop.customers.profile import Known
from demo.server import DemoServer
from tests.journeys.company import CUSTOMERS, Colleague, name_of, phone_of
from tests.journeys.conftest import Ring, Sit
from tests.journeys.sight import calls, open_items, ringing, rows, talking, words


def test_customer_is_on_the_screen_while_it_rings(sit: Sit, ring: Ring) -> None:
    customer, seat = CUSTOMERS[0], sit()

    ring(seat, phone_of(customer), X_Queue="support", X_Call_Ref="journey-1")

    pane = seat.window.customer
    assert seat.until(lambda: pane.customer_id == customer.customer.id)
    assert ringing(seat)
    assert name_of(customer) in words(pane.header)
    assert pane.timeline.isVisible()
    assert seat.until(lambda: name_of(customer) in words(seat.window.strip.ringing))
    assert [item.title for item in open_items(seat)] == [name_of(customer)]


def test_open_tickets_products_and_history_come_with_the_customer(sit: Sit, ring: Ring) -> None:
    customer = max(CUSTOMERS, key=lambda person: sum(row.body["status"] == "new" for row in person.tickets))
    seat = sit()

    ring(seat, phone_of(customer), X_Queue="support", X_Call_Ref="journey-2")
    assert seat.until(lambda: seat.window.customer.customer_id == customer.customer.id)

    item = seat.workspace.items.current
    assert item is not None
    assert isinstance(item.recognition, Known)
    profile = item.recognition.profile
    still_open = {row.id for row in customer.tickets if row.body["status"] not in ("resolved", "closed")}
    assert {ticket.id for ticket in profile.open_tickets} == still_open
    assert profile.timeline.entries
    assert all(ticket.subject in _lines(seat.window.customer.tickets) for ticket in profile.open_tickets[:1])


def test_call_is_answered_held_muted_dialled_into_and_ended_by_keys(sit: Sit, ring: Ring) -> None:
    seat = sit()
    caller = ring(seat, phone_of(CUSTOMERS[1]), X_Queue="support", X_Call_Ref="journey-3")

    seat.press("F9")
    assert caller.wait_for("connected")
    assert seat.until(lambda: seat.window.strip.talking.isVisible())
    seat.press("Ctrl+H")
    assert seat.until(
        lambda: any(event["is"] == "CallChanged" and event["call"]["held_there"] for event in caller.events)
    )
    assert seat.until(lambda: talking(seat)[0].held_here)
    seat.press("Ctrl+H")
    assert seat.until(lambda: not talking(seat)[0].held_here)
    seat.press("Ctrl+M")
    assert seat.until(lambda: talking(seat)[0].muted)
    seat.press("Ctrl+M")
    assert seat.until(lambda: not talking(seat)[0].muted)
    seat.press("Ctrl+D")
    assert seat.until(lambda: QApplication.activePopupWidget() is not None)
    seat.press("7")
    assert seat.until(lambda: [event["digit"] for event in caller.events if event["is"] == "DigitReceived"] == ["7"])
    seat.press("Esc")
    seat.press("Ctrl+Shift+H")

    assert caller.wait_for("ended")
    assert seat.until(lambda: not calls(seat))


def test_answered_call_is_on_the_timeline_for_everybody(sit: Sit, ring: Ring, colleague: Colleague) -> None:
    customer, seat = CUSTOMERS[2], sit()
    caller = ring(seat, phone_of(customer), X_Queue="support", X_Call_Ref="journey-4")
    seat.press("F9")
    assert caller.wait_for("connected")
    caller.hang_up()

    segment = customer.customer.body["segment"]
    assert seat.until(lambda: colleague.contacts(customer.customer.id, "journey-4", segment))
    [contact] = colleague.contacts(customer.customer.id, "journey-4", segment)
    assert (contact["body"]["kind"], contact["body"]["agent"]) == ("call_in", "lin.yue")


def test_exchange_that_names_the_customer_is_believed(sit: Sit, ring: Ring) -> None:
    customer, seat = CUSTOMERS[3], sit()

    ring(seat, "", X_Customer_Id=customer.customer.id, X_Call_Ref="journey-5")

    assert seat.until(lambda: seat.window.customer.customer_id == customer.customer.id)


def test_withheld_number_is_said(sit: Sit, ring: Ring) -> None:
    seat = sit()

    ring(seat, "", X_Call_Ref="journey-6", P_Asserted_Identity="<sip:anonymous@anonymous.invalid>")

    assert seat.until(lambda: "withholds the number" in words(seat.window.customer))


def test_missed_call_is_listed_and_can_be_called_back(
    sit: Sit, ring: Ring, colleague: Colleague, server: DemoServer
) -> None:
    customer, seat = CUSTOMERS[4], sit()
    caller = ring(seat, phone_of(customer), X_Queue="support", X_Call_Ref="journey-7")
    assert seat.until(lambda: seat.window.customer.customer_id == customer.customer.id)

    caller.hang_up()

    assert seat.until(lambda: not open_items(seat))
    assert seat.until(lambda: name_of(customer) in rows(seat))
    assert "Missed" in " ".join(line.detail for line in seat.window.left._calls)
    segment = customer.customer.body["segment"]
    assert seat.until(lambda: colleague.contacts(customer.customer.id, "journey-7", segment))
    [contact] = colleague.contacts(customer.customer.id, "journey-7", segment)
    assert contact["body"]["kind"] == "call_missed"


def test_second_call_waits_while_the_first_goes_on(sit: Sit, ring: Ring) -> None:
    seat = sit()
    first = ring(seat, phone_of(CUSTOMERS[5]), X_Queue="support", X_Call_Ref="journey-8")
    seat.press("F9")
    assert first.wait_for("connected")

    second = ring(seat, phone_of(CUSTOMERS[6]), X_Queue="billing", X_Call_Ref="journey-9")

    strip = seat.window.strip
    assert seat.until(lambda: name_of(CUSTOMERS[6]) in words(strip.second))
    assert strip.talking.isVisible()
    assert [call.held_here for call in talking(seat)] == [False]
    assert seat.window.customer.customer_id == CUSTOMERS[5].customer.id
    seat.press("F9")
    assert second.wait_for("connected")
    assert seat.until(lambda: len(talking(seat)) == 2)
    assert seat.until(lambda: sorted(call.held_here for call in talking(seat)) == [False, True])
    assert seat.until(lambda: seat.window.customer.customer_id == CUSTOMERS[6].customer.id)
    seat.press("Ctrl+Shift+H")
    assert second.wait_for("ended")
    assert seat.until(lambda: len(calls(seat)) == 1)
    assert first.states[-1] == "connected"


def _lines(widget: QWidget) -> str:
    said = [words(widget)]
    for view in widget.findChildren(QListView):
        model = view.model()
        said += [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    return "\n".join(said)
