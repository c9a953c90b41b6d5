"""Macros in a team lead's hands: written with a preview on a real ticket, kept as drafts, earlier versions taken up."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget

from agent_desktop.offline.pending import State
from agent_desktop.tickets.macros import MacroBook, matching
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.desks.macros import MacrosDesk
from agent_desktop.ui.desks.page import Ground
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.macros.form import MacroForm
from agent_desktop.ui.window.rail import Page
from agent_model.agent import Role
from agent_model.macro import Macro, MacroFault, MacroWrong
from agent_model.moment import to_text
from agent_model.row_draft import NotWhole, RowDraft
from agent_model.scope import Scope
from agent_model.ticket import CommentKind, Priority, TicketStatus, TicketType
from agent_model.words import Words
from tests.desktop.rows import contact_row, ticket_row
from tests.ui.desk import focus, formats
from tests.ui.samples import ME, NOW
from tests.ui.seat import CHEN, AgentSeat
from tests.ui.test_macros import macro
from tests.ui.test_ticket_page import TICKET

MACRO = Macro(
    "m-1",
    "sl",
    Words("已受理", "Received"),
    Words("{customer.name}您好", "Dear {customer.name}"),
    (TicketType.FAULT,),
    ("vip",),
    TicketStatus.IN_PROGRESS,
    Priority.HIGH,
    takes=True,
    comment=CommentKind.TO_CUSTOMER,
    version=2,
)

DIRECTORY = Directory(queues={"vip": "VIP"})


@pytest.fixture
def form(look: Look, keep: Callable[[QWidget], QWidget]) -> MacroForm:
    made = MacroForm(look)
    keep(made)
    made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made, 5_000)
    return made


def test_form_gives_back_what_it_was_shown(form: MacroForm) -> None:
    form.offer_queues([("vip", "VIP"), ("billing", "Billing")])
    form.show_row(MACRO, "Received", "", is_begun=False)
    assert form.row == MACRO
    assert form.types.accessibleDescription() == "Fault"
    assert form.queues.accessibleDescription() == "VIP"


def test_queue_that_is_gone_is_still_seen_and_kept(form: MacroForm) -> None:
    form.offer_queues([("billing", "Billing")])
    form.show_row(MACRO, "Received", "", is_begun=False)
    assert form.row is not None
    assert form.row.queues == ("vip",)
    assert form.queues.accessibleDescription() == "vip"


def test_placeholder_is_put_where_the_cursor_was(form: MacroForm) -> None:
    form.show_row(MACRO, "Received", "", is_begun=False)
    area = form.areas["text.en"]
    area.setFocus()
    QTest.keyClicks(area, "X")
    form.placeholders.setCurrentIndex(form.placeholders.findData("ticket.number"))
    form.placeholders.activated.emit(form.placeholders.currentIndex())
    assert area.toPlainText() == "X{ticket.number}Dear {customer.name}"
    assert focus() is area


def test_faults_are_said_by_field_and_the_first_is_gone_to(form: MacroForm) -> None:
    form.show_row(MACRO, "Received", "", is_begun=False)
    form.show_faults([MacroFault("text.zh", MacroWrong.UNKNOWN_PLACEHOLDER, "mood")])
    assert form.faults.full_text == "Text, Chinese: there is no placeholder “mood”. Choose one from the list."
    assert focus() is form.areas["text.zh"]


def test_earlier_version_is_written_into_the_form_and_not_saved(form: MacroForm) -> None:
    form.show_row(MACRO, "Received", "", is_begun=False)
    told: list[Macro] = []
    form.changed.connect(told.append)
    form.show_earlier([("Version 1", replace(MACRO, code="alt", version=1))])
    menu = form.findChild(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert menu is not None
    menu.actions()[0].trigger()
    menu.close()
    assert [(one.code, one.version) for one in told] == [("alt", 2)]


# ---- the room -----------------------------------------------------------------------------------------------------


@pytest.fixture
def book(seat: AgentSeat) -> MacroBook:
    seat.mirror.apply(Scope("org"), [macro("sl", "已受理", "Received"), macro("off", is_on=False)], None)
    return seat.rooms.macros


def sent(seat: AgentSeat) -> list[tuple[str, dict[str, object]]]:
    commands = [entry.command for entry in seat.outbox.entries(State.WAITING, entity="macro")]
    return [(one.kind.value, {name: change.new for name, change in one.fields.items()}) for one in commands]


def test_new_macro_is_in_force_here_at_once_and_waits_to_be_sent(seat: AgentSeat, book: MacroBook) -> None:
    fresh = replace(book.fresh(), code="xx", title=Words("新", "New"), text=Words("新", ""))
    book.save(RowDraft(fresh, None))
    [(kind, fields)] = sent(seat)
    assert kind == "create"
    assert "changed_by" not in fields
    assert [one.macro.code for one in book.in_force()] == ["sl", "xx"]


def test_only_what_was_changed_is_sent_and_the_same_is_not_sent_again(seat: AgentSeat, book: MacroBook) -> None:
    seen = next(one for one in book.all() if one.code == "sl")
    book.save(RowDraft(replace(seen, priority=Priority.HIGH), seen))
    assert book.save(RowDraft(replace(seen, priority=Priority.HIGH), seen)) is None
    assert sent(seat) == [("update", {"priority": "high"})]


def test_what_is_no_macro_is_kept_as_a_draft_and_not_sent(seat: AgentSeat, book: MacroBook) -> None:
    draft = RowDraft(replace(book.fresh(), code="{", title=Words("新", "")), None)
    book.keep(draft)
    with pytest.raises(NotWhole):
        book.save(draft)
    assert sent(seat) == []
    assert book.drafts() == (draft,)


def test_code_is_likelier_than_a_title(book: MacroBook, seat: AgentSeat) -> None:
    seat.mirror.apply(Scope("org"), [macro("a1", "三两", "sl in its title")], None)
    assert [one.macro.code for one in matching(book.in_force(), "sl", None, None)] == ["sl", "a1"]


def test_preview_fills_the_text_in_on_a_real_ticket(seat: AgentSeat, book: MacroBook) -> None:
    contact = contact_row("k-1", to_text(NOW))
    seat.mirror.apply(Scope("customers:home"), [CHEN, ticket_row("1", **TICKET), contact], None)
    [example] = book.examples()
    sheet = seat.rooms.work.sheet(example)
    tried = replace(MACRO, text=Words("{customer.name} {ticket.number}", "{customer.title}"))
    text, beside = seat.workspace.macros.tried(tried, sheet)
    assert text == "Chen Siyuan TK-1\n\n{customer.title}"
    assert "Customer: form of address" in beside
    assert "On this ticket it changes: Status: In progress · Priority: High · Mine" in beside


def test_page_of_macros_is_not_offered_to_an_agent(seat: AgentSeat) -> None:
    assert not seat.window.rail.offers(Page.MACROS)


def test_lead_writes_a_macro_that_is_kept_as_it_is_typed_and_saved_with_the_keyboard(
    seat: AgentSeat, book: MacroBook
) -> None:
    rooms = replace(seat.rooms, agent=replace(ME, role=Role.TEAM_LEAD))
    seat.window.page_shown.disconnect(seat.workspace.macro_pages._turned_to)
    tried = seat.workspace.macros.tried
    desk = MacrosDesk(Ground(rooms, seat.background, seat.window, lambda: DIRECTORY, formats("en")), tried, seat.window)
    told: list[str] = []
    desk.told.connect(told.append)
    seat.window.show_page(Page.MACROS)
    page = seat.window.pages.macros
    assert seat.pump(lambda: page.form.row_id)
    page.new.click()
    QTest.keyClicks(focus(), "ok")
    desk.save_now()
    assert seat.pump(lambda: [draft.row.code for draft in book.drafts()] == ["ok"])
    page.form.send()
    assert seat.pump(lambda: page.form.faults.isVisible())
    for name in ("title.zh", "title.en"):
        page.form.lines[name].setText("OK")
    page.form.areas["text.en"].setPlainText("All well, {agent.name}")
    assert page.preview.full_text == "All well, Lin Yue"
    page.form.send()
    assert seat.pump(lambda: told)
    assert [kind for kind, _ in sent(seat)] == ["create"]
    assert book.drafts() == ()
