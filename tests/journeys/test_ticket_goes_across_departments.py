"""A ticket goes to another department and comes back, one of the two without the server for a while."""

from collections.abc import Iterator

import pytest

from agent_desktop.sync.events import Offline
from agent_desktop.ui.ticket.comments import CommentsPanel
from agent_desktop.ui.ticket.deeds import Deed
from agent_desktop.ui.ticket.page import TicketPage
from agent_desktop.ui.ticket.trail import TrailPanel
from agent_desktop.ui.window.rail import Page
from agent_model.ticket import CommentKind, Ticket, TicketStatus
from demo.people import Person
from demo.seat import Seat
from demo.server import DemoServer
from tests.journeys.company import CUSTOMERS, employ, phone_of
from tests.journeys.conftest import Sit
from tests.journeys.sight import is_in_step, notices, words
from tests.journeys.weak_line import WeakLine

WHO = CUSTOMERS[41]
SUBJECT = "No light on the modem"


@pytest.fixture
def server_of_journey(own_server: DemoServer) -> DemoServer:
    employ(own_server._home, "ding.wei", "dispatch")
    return own_server


@pytest.fixture
def line(server_of_journey: DemoServer) -> Iterator[WeakLine]:
    carried = WeakLine(server_of_journey.address)
    yield carried
    carried.close()


def test_ticket_goes_across_departments(sit: Sit, line: WeakLine) -> None:
    agent, handler = sit("lin.yue"), sit("ding.wei", address=line.address)

    # The agent files it and gives it to the field department, by keys.
    ticket = file_a_ticket(agent)
    page = open_ticket(agent, ticket)
    agent.press("Alt+W")
    assert agent.until(lambda: is_sent(agent))
    hand_over(agent, page, "dispatch", "field", "Needs somebody at the house")
    assert agent.until(lambda: "Field Dispatch" in words(page.head))
    assert agent.until(lambda: is_sent(agent), 30)

    # The department finds it in its queue, takes it, and loses the server.
    assert handler.until(lambda: (found := the_ticket(handler, ticket)) is not None and found.queue == "dispatch", 30)
    theirs = open_from_list(handler, ticket)
    handler.press("Alt+T")
    assert handler.until(lambda: is_sent(handler), 30)
    assert handler.until(lambda: "Owner: Ding Wei" in "\n".join(theirs.panel(TrailPanel).said), 30)
    line.cut()
    handler.window.top_bar.sync.click()
    assert handler.until(lambda: isinstance(handler.workspace.sync.status, Offline), 30)
    move(handler, theirs, TicketStatus.IN_PROGRESS)
    comment(handler, theirs, "An engineer comes tomorrow at nine.", CommentKind.TO_CUSTOMER)
    assert handler.until(lambda: "Not sent yet" in words(theirs.panel(CommentsPanel)))
    hand_over(handler, theirs, "support", "care", "The fibre is joined again")
    assert handler.until(lambda: "Technical Support" in words(theirs.head))
    assert handler.until(lambda: "As it was read" in theirs.panel(TrailPanel).state.full_text, 30)
    assert handler.until(lambda: "Ding Wei · not sent yet" in words(theirs.panel(TrailPanel)))

    # Meanwhile the agent raises it: nobody's change undoes another's.
    raise_it(agent, page)
    assert agent.until(lambda: is_sent(agent), 30)
    line.mend()
    handler.window.top_bar.sync.click()
    assert handler.until(lambda: is_in_step(handler) and is_sent(handler), 30)

    # It is back: the agent is told, reads what was said, resolves and closes it.
    assert agent.until(lambda: "Technical Support" in words(page.head), 30)
    assert agent.until(lambda: "An engineer comes tomorrow at nine." in words(page), 30)
    told = "Ding Wei commented on ticket"
    assert agent.until(lambda: any(one.startswith(told) for one in notices(agent)), 30), notices(agent)
    back = the_ticket(agent, ticket)
    assert back is not None
    assert (back.status, back.priority.value, back.department, back.owner) == ("in_progress", "urgent", "care", None)
    assert [one.by for one in back.hand_overs] == ["lin.yue", "ding.wei"]
    agent.press("Alt+T")
    assert agent.until(lambda: is_sent(agent), 30)
    move(agent, page, TicketStatus.RESOLVED)
    move(agent, page, TicketStatus.CLOSED)
    assert agent.until(lambda: is_sent(agent), 30)
    closed = the_ticket(agent, ticket)
    assert closed is not None
    assert (closed.status, closed.owner) == (TicketStatus.CLOSED, "lin.yue")
    assert agent.workspace._rooms.desk.refused() == ()
    assert handler.workspace._rooms.desk.refused() == ()

    # The trail knows all of it, and who.
    trail = page.panel(TrailPanel)
    assert agent.until(lambda: "Status: Resolved → Closed" in "\n".join(trail.said), 30), trail.said
    said = "\n".join(trail.said)
    assert "To Field Dispatch · Field Service: Needs somebody at the house" in said
    assert "To Technical Support · Customer Care: The fibre is joined again" in said
    assert agent.until(lambda: "Ding Wei" in words(trail)), words(trail)


def the_ticket(seat: Seat, ticket: Ticket) -> Ticket | None:
    return seat.workspace._rooms.desk.ticket(ticket.id)


def is_sent(seat: Seat) -> bool:
    return not seat.workspace._rooms.desk._view.outbox.count_waiting()


def press(seat: Seat, keys: str) -> None:
    assert seat.take_keyboard()
    seat.press(keys)


def file_a_ticket(seat: Seat, who: Person = WHO) -> Ticket:
    press(seat, "Ctrl+K")
    seat.type(phone_of(who)[-7:])
    assert seat.until(seat.window.top_bar.found.isVisible)
    seat.press("Return")
    assert seat.until(lambda: seat.window.customer.customer_id == who.customer.id)
    filed: list[Ticket] = []
    seat.workspace.writing.filed.connect(filed.append)
    press(seat, "Ctrl+N")
    seat.type(SUBJECT)
    form = seat.window.right.form
    form.category.choose("billing/amount")
    form.category.picked.emit("billing/amount")
    form.description.setFocus()
    seat.type("Dark since this morning.")
    seat.press("Ctrl+Return")
    assert seat.until(lambda: bool(filed)), words(form)
    assert seat.until(lambda: is_sent(seat), 30)
    return filed[0]


def open_ticket(seat: Seat, ticket: Ticket) -> TicketPage:
    seat.window.customer.ticket_taken.emit(ticket.id)
    return shown_page(seat, ticket)


def open_from_list(seat: Seat, ticket: Ticket) -> TicketPage:
    press(seat, f"Alt+{list(Page).index(Page.TICKETS) + 1}")
    seat.workspace.list_desks.ticket_opened.emit(ticket.id)
    return shown_page(seat, ticket)


def shown_page(seat: Seat, ticket: Ticket) -> TicketPage:
    assert seat.until(lambda: seat.window.ticket is not None and seat.window.ticket.ticket_id == ticket.id)
    page = seat.window.ticket
    assert page is not None
    assert seat.take_keyboard()
    return page


def hand_over(seat: Seat, page: TicketPage, queue: str, department: str, reason: str) -> None:
    press(seat, "Alt+H")
    assert seat.until(page.form.isVisible)
    page.form.queue.choose(queue)
    page.form.department.choose(department)
    page.form.reason.setFocus()
    seat.type(reason)
    seat.press("Return")
    assert seat.until(lambda: not page.form.isVisible()), page.form.frame.fault.full_text


def move(seat: Seat, page: TicketPage, status: TicketStatus) -> None:
    page.press(Deed.MOVE)
    index = [one.after for one in page.head.offered_moves].index(status)
    page.head.moves.actions()[index].trigger()
    page.head.moves.hide()
    desk = seat.workspace.ticket_page
    assert seat.until(lambda: desk.sheet is not None and desk.sheet.ticket.status is status)


def comment(seat: Seat, page: TicketPage, text: str, kind: CommentKind) -> None:
    comments = page.panel(CommentsPanel)
    press(seat, "Alt+C")
    assert seat.until(lambda: comments.area.hasFocus())
    comments.kind.choose(kind.value)
    seat.type(text)
    seat.press("Ctrl+Return")
    assert seat.until(lambda: text in words(comments))


def raise_it(seat: Seat, page: TicketPage) -> None:
    press(seat, "Alt+E")
    assert seat.until(page.form.isVisible)
    page.form.priority.setCurrentIndex(page.form.priority.findData("urgent"))
    seat.press("Ctrl+Return")
    assert seat.until(lambda: not page.form.isVisible())
