"""The page of a ticket at the desk: opened from everywhere, worked on by keyboard, kept on the disk, told of later."""

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from agent_desktop.offline.pending import State
from agent_desktop.sync.events import ScopeChanged
from agent_desktop.ui.customer.entry_card import EntryCard
from agent_desktop.ui.ticket.comments import CommentsPanel
from agent_desktop.ui.ticket.deeds import Deed
from agent_desktop.ui.ticket.page import TicketPage
from agent_desktop.ui.ticket.relations import LinksPanel, SubtasksPanel
from agent_desktop.ui.ticket.trail import TrailPanel
from agent_desktop.ui.window.notices import Weight
from agent_desktop.ui.window.rail import Page
from agent_model.body import to_body
from agent_model.command import Command, CommandKind
from agent_model.form import FieldKind
from agent_model.moment import to_text
from agent_model.row_change import RowChange, RowHistory
from agent_model.scope import Scope
from agent_model.ticket import CommentKind, TicketId
from agent_model.wire import Row
from tests.desktop.rows import contact_row, customer_row, ticket_row
from tests.model.forms_made import a_field, a_form
from tests.ui.desk import focus
from tests.ui.samples import ME, NOW
from tests.ui.seat import CHEN, ZHOU, AgentSeat
from tests.ui.test_panes import texts

ORG, HOME = Scope("org"), Scope("customers:home")
VIP = Row("queue", "vip", 1, {"name": {"zh": "贵宾", "en": "VIP Line"}, "team": "home", "segments": ["home"]})
NETWORK = Row("department", "network", 1, {"name": {"zh": "网络部", "en": "Network"}})
CARE = Row("department", "care", 1, {"name": {"zh": "客服部", "en": "Care"}})
TICKET: dict[str, Any] = {"queue": "billing", "department": "care", "created_by": ME.id, "created_at": to_text(NOW)}


@pytest.fixture
def page(seat: AgentSeat) -> TicketPage:
    """Of ticket TK-1, which Chen has; TK-2 is another one of hers, TK-3 somebody else's."""
    for row in (VIP, NETWORK, CARE):
        seat.mirror.apply(ORG, [row], None)
    seat.mirror.apply(HOME, [CHEN, customer_row("C-2")], None)
    seat.mirror.apply(
        HOME, [ticket_row("1", **TICKET), ticket_row("2", **TICKET), ticket_row("3", "C-2", **TICKET)], None
    )
    seat.workspace._read_company()
    seat.window.activateWindow()
    assert QTest.qWaitForWindowActive(seat.window, 5_000)
    return opened(seat, "1")


def opened(seat: AgentSeat, ticket_id: str) -> TicketPage:
    seat.workspace.ticket_page.open(ticket_id)
    assert seat.pump(lambda: seat.window.ticket is not None and seat.window.ticket.ticket_id == ticket_id)
    assert seat.window.ticket is not None
    return seat.window.ticket


def sent(seat: AgentSeat) -> list[Command]:
    return [entry.command for entry in seat.outbox.entries(State.WAITING, entity="ticket")]


def news(command: Command) -> dict[str, Any]:
    return {name: change.new for name, change in command.fields.items()}


def came(seat: AgentSeat, row: Row) -> None:
    seat.mirror.apply(HOME, [row], None)
    seat.workspace.ticket_page.rows_changed(ScopeChanged(HOME, frozenset({"ticket"}), frozenset({row.id})))


def press(page: TicketPage, keys: Qt.Key) -> None:
    QTest.keyClick(page.window(), keys, Qt.KeyboardModifier.AltModifier)


def test_page_stands_where_the_customer_was_and_escape_leads_back(seat: AgentSeat, page: TicketPage) -> None:
    assert page.isVisible()
    assert not seat.window.customer.isVisible()
    assert {"TK-1", "网络很慢", "Billing", "Care"} <= texts(page)
    assert page.head.customer.text() == "Chen Siyuan"
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    assert seat.window.customer.isVisible()
    assert not page.isVisible()


def test_customer_of_the_ticket_is_one_press_away(seat: AgentSeat, page: TicketPage) -> None:
    page.head.customer.click()
    assert seat.pump(lambda: seat.window.customer.customer_id == "C-1")
    assert seat.window.customer.isVisible()


def e_mail(seat: AgentSeat) -> EntryCard:
    """One of Chen's, read whole in the timeline."""
    mail = contact_row("mail", to_text(NOW), kind="email", title="Invoice", text="Where is my invoice?")
    seat.mirror.apply(HOME, [mail], None)
    seat.workspace.ticket_page.leave()
    seat.workspace.on_screen.open_customer("C-1")
    pane = seat.window.customer
    assert seat.pump(lambda: any(one.contact is not None and one.contact.id == "mail" for one in pane.timeline.entries))
    [entry] = [one for one in pane.timeline.entries if one.contact is not None]
    pane.timeline.entry_taken.emit(entry)
    return pane.entry


def test_comment_on_a_ticket_begins_at_an_e_mail(seat: AgentSeat, page: TicketPage) -> None:
    entry = e_mail(seat)
    entry.comment.click()
    [menu] = entry.findChildren(QMenu)
    assert [action.text().partition(" ")[0] for action in menu.actions()] == ["TK-1", "TK-2"]
    menu.hide()
    menu.actions()[1].trigger()

    area = page.panel(CommentsPanel).area
    assert seat.pump(lambda: page.ticket_id == "2")
    assert seat.pump(lambda: seat.window.focusWidget() is area)
    assert area.toPlainText() == "About “E-mail · Invoice” of 2026-11-21 10:41: "
    assert seat.pump(lambda: seat.rooms.work.sheet(TicketId("2")).draft is not None)  # type: ignore[union-attr]


def test_comment_that_is_begun_is_not_begun_again(seat: AgentSeat, page: TicketPage) -> None:
    area = page.panel(CommentsPanel).area
    area.setPlainText("Asked Billing")
    entry = e_mail(seat)
    entry.comment_wanted.emit("1", "About this: ")

    assert seat.pump(lambda: page.ticket_id == "1" and area.hasFocus())
    assert area.toPlainText() == "Asked Billing"


def test_taking_it_is_one_command_and_stands_there_at_once(seat: AgentSeat, page: TicketPage) -> None:
    press(page, Qt.Key.Key_T)
    assert seat.pump(lambda: len(sent(seat)) == 1)
    assert news(sent(seat)[0]) == {"owner": ME.id}
    assert seat.pump(lambda: not page.head.deeds[Deed.TAKE].isVisible())
    assert "Not sent yet: 1. Others see it once the server has it." in texts(page)


def test_only_what_the_flow_allows_is_offered(seat: AgentSeat, page: TicketPage) -> None:
    page.press(Deed.MOVE)
    assert [action.text() for action in page.head.moves.actions()] == [
        "In progress", "Waiting for customer", "Resolved",
    ]  # fmt: skip
    page.head.moves.actions()[2].trigger()
    page.head.moves.hide()
    assert seat.pump(lambda: bool(sent(seat)))
    assert news(sent(seat)[0]) == {"status": "resolved", "status_reason": None}
    assert seat.pump(lambda: page.head.status.text() == "Resolved")


def test_move_that_wants_a_reason_asks_for_it(seat: AgentSeat, page: TicketPage) -> None:
    moves = [{"before": "new", "after": "resolved", "needs_reason": True},
             {"before": "resolved", "after": "closed", "needs_reason": False}]  # fmt: skip
    flow = {"type": "fault", "states": ["new", "resolved", "closed"], "first": ["new"], "moves": moves}
    seat.mirror.apply(ORG, [Row("ticket_flow", "fault", 1, flow)], None)
    page = opened(seat, "2")
    page.press(Deed.MOVE)
    [action] = page.head.moves.actions()
    assert action.text() == "Resolved…"
    action.trigger()
    page.head.moves.hide()
    assert page.form.isVisible()
    page.form.frame.submit()
    assert page.form.frame.fault.full_text == "Say why: the next one reads it."
    assert sent(seat) == []
    page.form.reason.setText("Reset the port")
    QTest.keyClick(page.form.reason, Qt.Key.Key_Return)
    assert seat.pump(lambda: bool(sent(seat)))
    assert news(sent(seat)[0]) == {"status": "resolved", "status_reason": "Reset the port"}
    assert seat.pump(lambda: not page.form.isVisible())


def test_hand_over_moves_everything_in_one_command_with_its_reason(seat: AgentSeat, page: TicketPage) -> None:
    press(page, Qt.Key.Key_H)
    assert page.form.isVisible()
    page.form.queue.choose("vip")
    page.form.department.choose("network")
    page.form.owner.choose(ZHOU.id)
    page.form.frame.submit()
    assert page.form.frame.fault.full_text == "Say why: the next one reads it."
    page.form.reason.setText("The line itself")
    page.form.frame.submit()
    assert seat.pump(lambda: bool(sent(seat)))
    [command] = sent(seat)
    assert command.kind is CommandKind.APPEND
    moved = news(command)["hand_overs"]
    assert moved["before"] == {"queue": "billing", "department": "care", "owner": None}
    assert moved["after"] == {"queue": "vip", "department": "network", "owner": ZHOU.id}
    assert seat.pump(lambda: {"VIP Line", "Network", "Zhou Min"} <= texts(page.head))
    assert "Hand-over: To VIP Line · Network · Zhou Min: The line itself" in page.panel(TrailPanel).said


def test_escape_puts_the_form_away_and_nothing_is_sent(seat: AgentSeat, page: TicketPage) -> None:
    press(page, Qt.Key.Key_H)
    QTest.keyClick(page.form.reason, Qt.Key.Key_Escape)
    assert not page.form.isVisible()
    assert page.isVisible()
    assert sent(seat) == []


def test_comment_to_the_customer_is_marked_so(seat: AgentSeat, page: TicketPage) -> None:
    comments = page.panel(CommentsPanel)
    press(page, Qt.Key.Key_C)
    assert comments.area.hasFocus()
    comments.kind.choose("to_customer")
    QTest.keyClicks(comments.area, "Fixed now")
    QTest.keyClick(comments.area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert seat.pump(lambda: bool(sent(seat)))
    told = news(sent(seat)[0])["comments"]
    assert (told["author"], told["text"], told["kind"]) == (ME.id, "Fixed now", "to_customer")
    assert seat.pump(lambda: "Fixed now" in texts(comments))
    assert {"To the customer", "Not sent yet"} <= texts(comments)
    assert comments.area.toPlainText() == ""


def test_comment_that_is_being_written_is_on_the_disk_and_comes_back(seat: AgentSeat, page: TicketPage) -> None:
    comments = page.panel(CommentsPanel)
    QTest.keyClicks(comments.area, "Half a sent")
    assert seat.pump(lambda: (kept := seat.rooms.work.draft(TicketId("1"))) is not None and kept.text == "Half a sent")
    opened(seat, "2")
    assert comments.area.toPlainText() == ""
    opened(seat, "1")
    assert seat.pump(lambda: comments.area.toPlainText() == "Half a sent")


def test_words_that_are_typed_stay_when_the_ticket_changes_beneath(seat: AgentSeat, page: TicketPage) -> None:
    comments = page.panel(CommentsPanel)
    QTest.keyClicks(comments.area, "Half")
    press(page, Qt.Key.Key_H)
    page.form.reason.setText("because")
    seat.mirror.apply(HOME, [ticket_row("1", version=2, **{**TICKET, "subject": "Changed by Zhou"})], None)
    seat.workspace.ticket_page.rows_changed(ScopeChanged(HOME, frozenset({"ticket"}), frozenset({"1"})))
    assert seat.pump(lambda: "Changed by Zhou" in texts(page))
    assert (comments.area.toPlainText(), page.form.reason.text()) == ("Half", "because")


def test_watching_begins_and_ends_with_one_key(seat: AgentSeat, page: TicketPage) -> None:
    press(page, Qt.Key.Key_W)
    assert seat.pump(lambda: bool(sent(seat)))
    assert news(sent(seat)[0]) == {"watchers": [ME.id]}
    assert seat.pump(lambda: page.head.deeds[Deed.WATCH].text().strip() == "Stop watching")


def test_subtask_stands_below_its_ticket_and_leads_there(seat: AgentSeat, page: TicketPage) -> None:
    press(page, Qt.Key.Key_B)
    QTest.keyClicks(page.form.subject, "Visit the cabinet")
    page.form.queue.choose("vip")
    page.form.frame.submit()
    below = page.panel(SubtasksPanel)
    assert seat.pump(lambda: below.isVisible())
    [command] = sent(seat)
    assert command.kind is CommandKind.CREATE
    assert {name: news(command)[name] for name in ("parent", "queue", "customer_id")} == {
        "parent": "1", "queue": "vip", "customer_id": "C-1",
    }  # fmt: skip
    below.lines.taken.emit(command.id)
    assert seat.pump(lambda: page.ticket_id == command.id)
    assert "Visit the cabinet" in texts(page.head)
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    assert seat.pump(lambda: page.ticket_id == "1")


def test_link_is_made_by_the_number_of_the_other(seat: AgentSeat, page: TicketPage) -> None:
    press(page, Qt.Key.Key_L)
    page.form.number.setText("TK-99")
    page.form.frame.submit()
    assert seat.pump(lambda: page.form.frame.fault.full_text == "No ticket TK-99 is on this workstation.")
    page.form.number.setText("tk-3")
    page.form.frame.submit()
    assert seat.pump(lambda: bool(sent(seat)))
    assert news(sent(seat)[0]) == {"links": [{"kind": "related", "ticket": "3"}]}
    assert seat.pump(lambda: page.panel(LinksPanel).isVisible())


def test_link_that_somebody_made_is_removed_on_the_page_and_a_merge_is_not(seat: AgentSeat, page: TicketPage) -> None:
    links = [{"kind": "merged", "ticket": "2"}, {"kind": "related", "ticket": "3"}]
    seat.mirror.apply(HOME, [ticket_row("4", **{**TICKET, "links": links})], None)
    panel = opened(seat, "4").panel(LinksPanel)
    assert not panel.remove.isEnabled()
    panel.lines.setFocus()
    panel.lines.setCurrentIndex(panel.lines.model().index(0, 0))
    QTest.keyClick(panel.lines, Qt.Key.Key_Delete)
    assert not panel.remove.isEnabled()
    panel.lines.setCurrentIndex(panel.lines.model().index(1, 0))
    assert panel.remove.isEnabled()
    QTest.keyClick(panel.lines, Qt.Key.Key_Delete)
    assert seat.pump(lambda: bool(sent(seat)))
    assert [news(one) for one in sent(seat)] == [{"links": links[:1]}]


def test_notice_about_a_ticket_opens_it_and_escape_leads_back(seat: AgentSeat, page: TicketPage) -> None:
    seat.workspace.ticket_page.close()
    seat.workspace.notices.tell("Zhou Min gave you ticket TK-2.", Weight.INFO, ticket="2")
    seat.workspace.notices.tell("About nothing.", Weight.INFO)
    seat.window.show_page(Page.NOTICES)
    notices = seat.window.pages.notices.list
    notices.setFocus()
    notices.setCurrentIndex(notices.model().index(0, 0))
    QTest.keyClick(notices, Qt.Key.Key_Return)
    assert not seat.window.shows_ticket
    notices.setCurrentIndex(notices.model().index(1, 0))
    QTest.keyClick(notices, Qt.Key.Key_Return)
    assert seat.pump(lambda: page.ticket_id == "2" and page.isVisible())
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    assert seat.window.pages.notices.isVisible()


def test_merge_goes_into_an_open_ticket_of_the_same_customer(seat: AgentSeat, page: TicketPage) -> None:
    press(page, Qt.Key.Key_G)
    page.form.number.setText("TK-3")
    page.form.frame.submit()
    said = "A ticket is merged into an open one of the same customer."
    assert seat.pump(lambda: page.form.frame.fault.full_text == said)
    page.form.number.setText("TK-2")
    page.form.frame.submit()
    assert seat.pump(lambda: bool(sent(seat)))
    assert news(sent(seat)[0]) == {"merged_into": "2"}


def test_comments_of_a_merged_ticket_are_read_in_the_one_it_went_into(seat: AgentSeat, page: TicketPage) -> None:
    said = {"author": ZHOU.id, "at": to_text(NOW), "text": "Said before the merge", "kind": "internal"}
    seat.mirror.apply(
        HOME,
        [
            ticket_row("2", version=2, **{**TICKET, "status": "closed", "merged_into": "4", "comments": [said]}),
            ticket_row("4", **{**TICKET, "links": [{"kind": "merged", "ticket": "2"}]}),
        ],
        None,
    )
    page = opened(seat, "4")
    assert seat.pump(lambda: {"Said before the merge", "from TK-2"} <= texts(page))


def test_edit_sends_what_was_changed_and_nothing_else(seat: AgentSeat, page: TicketPage) -> None:
    press(page, Qt.Key.Key_E)
    page.form.subject.setText("Line is slow at night")
    page.form.priority.setCurrentIndex(page.form.priority.findData("urgent"))
    page.form.frame.submit()
    assert seat.pump(lambda: bool(sent(seat)))
    assert news(sent(seat)[0]) == {"subject": "Line is slow at night", "priority": "urgent"}


def test_edit_leaves_alone_what_a_colleague_changed_meanwhile(seat: AgentSeat, page: TicketPage) -> None:
    press(page, Qt.Key.Key_E)
    QTest.keyClicks(page.form.subject, " at night")
    theirs = {"priority": "urgent", "subject": "Changed by Zhou", "description": "He called again"}
    came(seat, ticket_row("1", version=2, **{**TICKET, **theirs}))
    assert seat.pump(lambda: "Changed by Zhou" in texts(page))
    page.form.frame.submit()

    assert seat.pump(lambda: bool(sent(seat)))
    [command] = sent(seat)
    assert news(command) == {"subject": "网络很慢 at night"}
    assert command.fields["subject"].old == "网络很慢"


def test_what_is_typed_for_a_deed_is_on_the_disk_and_comes_back(seat: AgentSeat, page: TicketPage) -> None:
    press(page, Qt.Key.Key_H)
    QTest.keyClicks(page.form.reason, "Fiber team knows it")
    press(page, Qt.Key.Key_E)
    QTest.keyClicks(page.form.description, "Again ")
    assert seat.pump(lambda: set(seat.rooms.work.begun(TicketId("1"))) == {"hand_over", "edit"})
    came(seat, ticket_row("1", version=2, **{**TICKET, "subject": "Changed by Zhou"}))
    opened(seat, "2")
    press(page, Qt.Key.Key_H)
    assert page.form.reason.text() == ""

    opened(seat, "1")
    press(page, Qt.Key.Key_E)
    page.form.frame.submit()
    assert seat.pump(lambda: bool(sent(seat)))
    assert set(news(sent(seat)[0])) == {"description"}
    press(page, Qt.Key.Key_H)
    assert page.form.reason.text() == "Fiber team knows it"
    page.form.queue.choose("vip")
    page.form.frame.submit()
    assert seat.pump(lambda: len(sent(seat)) == 2)
    assert seat.pump(lambda: not seat.rooms.work.begun(TicketId("1")))


def test_trail_says_when_it_was_read_while_the_server_is_away(seat: AgentSeat, page: TicketPage) -> None:
    trail = page.panel(TrailPanel)
    assert seat.pump(lambda: "server" in trail.state.full_text)
    change = RowChange(2, "priority", "normal", "high", ZHOU.id, NOW, NOW - timedelta(hours=1))
    seat.server.histories["2"] = RowHistory((change, RowChange(1, "", None, None, ME.id, NOW, NOW)))
    page = opened(seat, "2")
    assert seat.pump(lambda: trail.said == ("Priority: Normal → High", "Written"))
    assert trail.state.isHidden()
    del seat.server.histories["2"]
    opened(seat, "1")
    opened(seat, "2")
    assert seat.pump(lambda: trail.state.full_text.startswith("As it was read"))
    assert trail.said == ("Priority: Normal → High", "Written")


def test_ticket_that_is_not_here_says_so(seat: AgentSeat, page: TicketPage) -> None:
    seat.workspace.ticket_page.open("unheard-of")
    assert seat.pump(lambda: page.blank.isVisible())
    assert "This ticket is not on this workstation. Escape leads back." in texts(page)
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert seat.pump(lambda: page.ticket_id == "1")


def test_page_in_sight_hides_with_the_customers_when_they_are_covered(seat: AgentSeat, page: TicketPage) -> None:
    seat.window.cover_customers("Locked", "By IT", can_sign_in=False)
    assert not page.isVisible()
    seat.window.uncover_customers()
    assert page.isVisible()
    assert not seat.window.customer.isVisible()


def test_search_opens_the_ticket(seat: AgentSeat, page: TicketPage) -> None:
    seat.workspace.ticket_page.close()
    seat.workspace.looking_up.ticket_chosen.emit("3")
    assert seat.pump(lambda: page.isVisible() and page.ticket_id == "3")


def test_list_opens_the_ticket_and_escape_leads_back_to_it(seat: AgentSeat, page: TicketPage) -> None:
    seat.workspace.ticket_page.close()
    seat.window.show_page(Page.TICKETS)
    seat.workspace.list_desks.ticket_opened.emit("3")
    assert seat.pump(lambda: page.isVisible() and page.ticket_id == "3")
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    assert seat.pump(lambda: seat.window.pages.lists[Page.TICKETS].isVisible())


def test_every_deed_can_be_reached_with_the_tabulator(seat: AgentSeat, page: TicketPage) -> None:
    page.head.back.setFocus()
    reached = set()
    for _ in range(40):
        QTest.keyClick(focus(), Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    assert {button for button in page.head.deeds.values() if button.isVisible()} <= reached
    assert page.panel(CommentsPanel).area in reached


@pytest.mark.parametrize("kind", CommentKind)
def test_kind_of_a_draft_comes_back_with_it(seat: AgentSeat, page: TicketPage, kind: CommentKind) -> None:
    comments = page.panel(CommentsPanel)
    comments.kind.choose(kind.value)
    QTest.keyClicks(comments.area, "x")
    assert seat.pump(lambda: seat.rooms.work.draft(TicketId("1")) is not None)
    opened(seat, "2")
    opened(seat, "1")
    assert seat.pump(lambda: comments.kind.value == kind.value)


def test_answers_are_changed_by_the_edition_the_ticket_was_written_with(seat: AgentSeat, page: TicketPage) -> None:
    first = a_form(a_field("amount", FieldKind.MONEY), a_field("since", FieldKind.DATE))
    newer = a_form(a_field("other"), edition=2)
    rows = [Row("ticket_form", form.id, 1, to_body(form)) for form in (first, newer)]
    seat.mirror.apply(ORG, rows, None)
    details = {"form": "fault.1", "values": {"amount": 12_800, "since": "2026-11-20"}, "facts": {}}
    seat.mirror.apply(HOME, [ticket_row("5", **{**TICKET, "details": details})], None)
    page = opened(seat, "5")
    press(page, Qt.Key.Key_E)
    assert [row.key for row in page.form.asked.rows] == ["amount", "since"]
    amount = page.form.asked.rows[0].entry
    amount.put("a lot")
    amount.edited.emit()
    page.form.frame.submit()
    assert page.form.frame.fault.full_text == "Look at the fields that are marked."
    amount.put("256")
    amount.edited.emit()
    page.form.frame.submit()
    assert seat.pump(lambda: bool(sent(seat)))
    wanted = {"form": "fault.1", "values": {"amount": 25_600, "since": "2026-11-20"}, "facts": {}}
    assert news(sent(seat)[0]) == {"details": wanted}
