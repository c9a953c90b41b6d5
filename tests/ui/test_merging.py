"""Two customers who may be one: offered below, compared by keys, merged by a person alone, parted; what changed."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QSignalSpy, QTest

from agent_desktop.customers.profile import EntryKind, Known, TimelineEntry, Unknown
from agent_desktop.ui.customer.merging import MergeCard
from agent_desktop.ui.customer.timeline import Shown
from agent_desktop.ui.widgets.lines import Lines
from agent_desktop.ui.window.main_window import MainWindow
from agent_model.command import CommandKind
from agent_model.customer import Contact, ContactKind
from agent_model.phone_number import PhoneNumber
from agent_model.row_change import IMPORTED, RowChange, RowHistory
from agent_model.scope import Scope
from agent_model.ticket import TicketType
from tests.desktop.rows import customer_row
from tests.ui import merge_samples
from tests.ui.desk import focus
from tests.ui.samples import NOW, Samples, ago
from tests.ui.seat import CHEN, AgentSeat
from tests.ui.test_panes import texts

EN = Samples("en")
TWIN = customer_row("C-2", name="Chen Siyuan", company="Yunlan", phones=["+8613800006721", "+8657188886666"])


@pytest.fixture
def card(window: MainWindow) -> MergeCard:
    """Open, the keyboard in it."""
    merge_samples.show(window, EN, "merge")
    QCoreApplication.processEvents()
    return window.customer.merging


def taken(card: MergeCard) -> frozenset[str]:
    assert card.comparison is not None
    return card.comparison.taken


def test_duplicate_is_offered_with_its_reasons_below_what_is_read(window: MainWindow) -> None:
    bar, head = window.customer.duplicates, window.customer.header
    before = head.geometry()
    window.customer.show_duplicates(merge_samples.duplicates(EN))
    QCoreApplication.processEvents()
    assert bar.words == "The same as Siyuan Chen? They have a name that is read the same, the same company"
    assert bar.isVisible()
    assert head.geometry() == before
    compared, apart = QSignalSpy(bar.compare_wanted), QSignalSpy(bar.apart_wanted)
    bar.compare.click()
    bar.apart.click()
    assert (compared.at(0), apart.at(0)) == (["C-20871"], ["C-20871"])


def test_fields_are_chosen_by_arrow_keys(card: MergeCard) -> None:
    assert taken(card) == {"region"}
    assert focus().accessibleName() == "Name: Chen Siyuan"
    QTest.keyClick(focus(), Qt.Key.Key_Right)
    assert focus().accessibleName() == "Name: Siyuan Chen"
    QTest.keyClick(focus(), Qt.Key.Key_Down)
    QTest.keyClick(focus(), Qt.Key.Key_Down)
    assert focus().accessibleName() == "Region: Ningbo, Zhejiang"
    QTest.keyClick(focus(), Qt.Key.Key_Left)
    assert taken(card) == {"name"}


def test_only_what_differs_is_asked(card: MergeCard) -> None:
    assert {"Name", "E-mail", "Region", "Tier", "Identity verified"} <= texts(card)
    assert "The same in both: Company · Language" in texts(card)
    assert "Language" not in texts(card)


def test_other_one_may_stay_and_the_choice_stands(card: MergeCard) -> None:
    card.turn.click()
    assert {"Siyuan Chen stays", "Chen Siyuan goes into it"} <= texts(card)
    assert taken(card) == {"name", "email", "tier", "is_verified"}


def test_ctrl_return_merges_and_files_no_ticket(window: MainWindow, card: MergeCard) -> None:
    merged, filed = QSignalSpy(card.merge_wanted), QSignalSpy(window.right.form.submit_wanted)
    QTest.keyClick(focus(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (merged.count(), filed.count()) == (1, 0)


def test_escape_leaves_everything_as_it_was(window: MainWindow, card: MergeCard) -> None:
    left = QSignalSpy(card.left)
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    assert left.count() == 1


def test_numbers_stay_masked_in_the_comparison(card: MergeCard) -> None:
    assert not [words for words in texts(card) if "13800006721" in words or "57188886666" in words]


def test_merge_is_told_with_its_time_and_what_stayed_after_undoing(window: MainWindow) -> None:
    merge_samples.show(window, EN, "merged")
    first, parted = window.customer.merged.lines[:2]
    assert first.words.endswith("can be undone until 19 Dec")
    assert not first.undo.isHidden()
    assert parted.words.endswith("It was written after the merge and stays here: Note, Contact × 1")
    assert parted.undo.isHidden()
    wanted = QSignalSpy(window.customer.merged.undo_wanted)
    first.undo.click()
    assert wanted.at(0) == [first.merge]


def twin_is_there(seat: AgentSeat) -> None:
    seat.mirror.apply(Scope("customers:home"), [TWIN], None)
    seat.window.show()
    seat.workspace.on_screen.open_customer("C-1")
    assert seat.pump(lambda: seat.window.customer.duplicates.isVisible())


def test_merging_at_the_desk_is_one_command_and_says_that_it_waits(seat: AgentSeat) -> None:
    twin_is_there(seat)
    pane = seat.window.customer
    pane.duplicates.compare.click()
    assert seat.pump(lambda: pane.merging.isVisible())
    pane.merging.merge.click()
    assert seat.pump(lambda: bool(seat.outbox.waiting(5)))
    [command] = seat.outbox.waiting(5)
    assert (command.entity, command.kind) == ("customer_merge", CommandKind.CREATE)
    assert (command.fields["customer_id"].new, command.fields["gone"].new) == ("C-1", "C-2")
    assert command.fields["taken"].new == ["company"]
    assert seat.pump(lambda: not pane.merging.isVisible())
    assert seat.pump(lambda: pane.merged.lines[0].words == "Being merged: the server has not done it yet.")


def test_duplicate_whose_name_is_read_only_later_is_offered_then(seat: AgentSeat) -> None:
    alike = customer_row("C-3", name="Chen Siyuan", company="Yunlan", phones=[])
    mine = customer_row("C-1", 2, name="Chen Siyuan", company="Yunlan", phones=["+8613800006721"])
    seat.window.show()
    seat.workspace.on_screen.open_customer("C-1")
    assert seat.pump(lambda: seat.window.customer.customer_id == "C-1")
    seat.mirror.apply(Scope("customers:home"), [mine, alike], None)
    seat.workspace.looking_up.learning.begin()
    assert seat.pump(lambda: seat.window.customer.duplicates.isVisible())


def test_who_is_somebody_else_is_not_asked_about_again(seat: AgentSeat) -> None:
    twin_is_there(seat)
    seat.window.customer.duplicates.apart.click()
    assert seat.pump(lambda: not seat.window.customer.duplicates.isVisible())
    [command] = seat.outbox.waiting(5)
    assert (command.kind, command.fields["apart"].new) == (CommandKind.APPEND, "C-2")


def test_new_customer_who_is_there_already_is_offered_while_typing(seat: AgentSeat) -> None:
    while seat.rooms.finder.learn():
        pass
    pane = seat.window.customer
    seat.window.show()
    pane.show_recognition(Unknown(PhoneNumber("+8613755550123")), NOW)
    pane.stranger.name.setFocus()
    QTest.keyClicks(pane.stranger.name, "Chen Siyuan")
    assert seat.pump(lambda: pane.stranger.alike.isVisible())
    assert focus() is pane.stranger.name
    wanted = QSignalSpy(pane.stranger.attach_wanted)
    model = pane.stranger.alike.model()
    pane.stranger.alike.setFocus()
    pane.stranger.alike.setCurrentIndex(model.index(0, 0))
    QTest.keyClick(pane.stranger.alike, Qt.Key.Key_Return)
    assert wanted.count() == 1
    assert wanted.at(0) == [CHEN.id]


def test_history_is_asked_for_only_when_wanted_and_says_when_the_server_is_away(seat: AgentSeat) -> None:
    pane = seat.window.customer
    seat.workspace.on_screen.open_customer("C-1")
    assert seat.pump(lambda: pane.customer_id == "C-1")
    assert pane.changes.lines == ()
    pane.changes.ask.click()
    assert seat.pump(lambda: not pane.changes._nothing.isHidden())
    at = ago(days=2)
    seat.server.histories["C-1"] = RowHistory(
        (
            RowChange(3, "company", "Yunlan", "Yunlan Ltd", "a-1007", at, at),
            RowChange(2, "tags", None, ["VIP"], IMPORTED, at, at),
            RowChange(1, "", None, None, "", at, at),
        )
    )
    pane.changes.ask.click()
    assert seat.pump(lambda: len(pane.changes.lines) == 6)
    told: list[str] = list(pane.changes.lines)
    assert told[::2] == [
        "Company: Yunlan → Yunlan Ltd", "Tags: VIP was added", "The customer was made, or came here."
    ]  # fmt: skip
    assert [words.split(" · ")[0] for words in told[1::2]] == ["Zhou Min", "Import", "the server"]


def test_history_comes_into_sight_when_it_is_there(window: MainWindow) -> None:
    pane = window.customer
    pane.tabs.setCurrentIndex(3)
    QCoreApplication.processEvents()
    below = pane.changes.visibleRegion().boundingRect().height()
    pane.show_history(merge_samples.history(EN), NOW, is_more=False)
    for _ in range(3):
        QCoreApplication.processEvents()
    assert pane.changes.visibleRegion().boundingRect().height() > max(below, 80)


@pytest.mark.parametrize(
    ("shown", "kinds"),
    [
        (Shown.CALLS, {ContactKind.CALL_IN, ContactKind.CALL_OUT, ContactKind.CALL_MISSED}),
        (Shown.MAILS, {ContactKind.EMAIL}),
        (Shown.RATINGS, {ContactKind.SURVEY}),
    ],
    ids=["calls", "mails", "ratings"],
)
def test_timeline_shows_one_kind_of_contact_when_asked(
    window: MainWindow, shown: Shown, kinds: set[ContactKind]
) -> None:
    pane = window.customer
    pane.filter.setCurrentIndex(pane.filter.findData(shown.value))
    entries = [entry for entry in pane.timeline.entries if entry.contact and entry.contact.kind in kinds]
    model = pane.timeline.model()
    rows = [model.index(n, 0) for n in range(model.rowCount())]
    lines = [row for row in rows if row.flags() & Qt.ItemFlag.ItemIsSelectable]
    assert len(lines) == len(entries)


def test_kind_that_is_not_on_this_page_asks_for_earlier_ones(window: MainWindow) -> None:
    pane = window.customer
    asked = QSignalSpy(pane.earlier_wanted)
    pane.timeline.show_timeline(replace(EN.profile.timeline, earlier_than=ago(days=90)), NOW)
    pane.filter.setCurrentIndex(pane.filter.findData(Shown.VISITS.value))
    assert asked.count() >= 1


def test_email_is_read_whole_below_the_timeline_and_escape_goes_back(window: MainWindow) -> None:
    pane = window.customer
    text = "\n".join(f"第 {n} 行" for n in range(30))
    mail = Contact("k-mail", EN.customer.id, ContactKind.EMAIL, ago(days=1), "Broadband", text)
    opened = QSignalSpy(pane.contact_opened)
    pane.timeline.entry_taken.emit(TimelineEntry(EntryKind.CONTACT, mail.at, contact=mail))
    assert opened.at(0) == [mail]
    assert pane.entry.text == text
    assert pane.entry.hasFocus()
    QTest.keyClick(pane.entry, Qt.Key.Key_Escape)
    assert pane.entry.isHidden()
    assert pane.timeline.hasFocus()


def test_ticket_of_the_timeline_opens_as_it_was_filed(window: MainWindow) -> None:
    pane = window.customer
    entry = next(entry for entry in pane.timeline.entries if entry.ticket is not None)
    taken = QSignalSpy(pane.ticket_taken)
    pane.timeline.entry_taken.emit(entry)
    assert entry.ticket is not None
    assert taken.at(0) == [entry.ticket.id]


def test_open_opportunities_stand_in_a_card_of_their_own(window: MainWindow) -> None:
    pane = window.customer
    assert pane.leads.isHidden()
    lead = replace(EN.profile.open_tickets[0], type=TicketType.LEAD, subject="Second leased line")
    pane.show_recognition(Known(None, replace(EN.profile, open_tickets=(lead,))), NOW)
    assert not pane.leads.isHidden()
    taken = QSignalSpy(pane.ticket_taken)
    [lines] = pane.leads.findChildren(Lines)
    lines.taken.emit(lead.id)
    assert taken.at(0) == [lead.id]
    pane.show_recognition(Known(None, EN.profile), NOW)
    assert pane.leads.isHidden()
