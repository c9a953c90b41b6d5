"""Announcements at the desk: the badge, reading with what is asked for, and not being ready before."""

from typing import Any

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from agent_desktop.sync.events import ScopeChanged
from agent_desktop.ui.announcements.page import AnnouncementsPage, Which
from agent_desktop.ui.strip.situation import StripState
from agent_desktop.ui.widgets.found_list import FoundKind
from agent_desktop.ui.window.rail import Page
from agent_model.agent import AgentState
from agent_model.article import ArticleKind
from agent_model.scope import ORG
from tests.desktop.announcements_made import QUESTION, announcement_row
from tests.ui.at_work import comes, talk_with
from tests.ui.desk import focus
from tests.ui.seat import AgentSeat, Telephone

LATER = "2026-11-21T10:30:00.000Z"


def tell(seat: AgentSeat, id_: str = "a-1", version: int = 1, **fields: Any) -> None:
    """The server tells it while the agent is at work."""
    seat.clock.move(minutes=31)
    row = announcement_row(id_, version, **{"at": LATER, **fields})
    seat.mirror.apply(ORG, [row], None)
    seat.workspace.announcements.rows_changed(ScopeChanged(ORG, frozenset({"announcement"}), frozenset({id_})))
    assert seat.pump(lambda: (id_, version) in seen(seat))


def seen(seat: AgentSeat) -> set[tuple[str, int]]:
    return {(one.announcement.id, one.announcement.version) for one in seat.workspace.announcements._told}


def press(seat: AgentSeat, keys: str) -> None:
    seat.window.activateWindow()
    assert QTest.qWaitForWindowActive(seat.window, 5_000)
    QTest.keySequence(focus(), QKeySequence(keys))


def badge(seat: AgentSeat) -> int:
    return seat.window.rail._pages[Page.ANNOUNCEMENTS].count


def opened(seat: AgentSeat) -> AnnouncementsPage:
    press(seat, "Ctrl+Shift+U")
    page = seat.window.pages.announcements
    assert seat.pump(lambda: page.reading.shown is not None)
    return page


def state(seat: AgentSeat) -> tuple[AgentState, str | None]:
    entry = seat.rooms.session.seat.entry
    return entry.state, entry.reason


def test_announcement_is_a_badge_and_takes_neither_page_nor_focus(seat: AgentSeat) -> None:
    before, page = focus(), seat.window.pages.shown
    tell(seat, must_read=True, blocks_ready=True, urgency="urgent")
    assert badge(seat) == 1
    assert (focus(), seat.window.pages.shown) == (before, page)
    assert not seat.window.toasts.findChildren(type(seat.window.top_bar.bell))
    assert state(seat)[0] is AgentState.READY


def test_what_need_not_be_read_counts_as_read_once_it_was_open(seat: AgentSeat) -> None:
    tell(seat)
    page = opened(seat)
    assert seat.pump(lambda: badge(seat) == 0)
    assert page.reading.text.toPlainText() == "From noon on it costs 30."
    assert [one.entity for one in seat.outbox.waiting(5)] == ["announcement_receipt"]


def test_ready_says_what_is_to_be_read_first_and_opens_it(seat: AgentSeat) -> None:
    seat.rooms.session.take_break("meal")
    tell(seat, must_read=True, blocks_ready=True)
    press(seat, "Ctrl+Shift+R")
    assert state(seat) == (AgentState.BREAK, "announcement")
    assert seat.window.pages.shown is Page.ANNOUNCEMENTS
    assert seat.workspace.notices.notices[0].words == "Read “New prices” first: then you are ready."
    assert "Reads announcement" in seat.window.top_bar.state.text()
    press(seat, "Ctrl+Return")
    assert seat.pump(lambda: state(seat)[0] is AgentState.READY)
    assert badge(seat) == 0


def test_everything_that_is_asked_for_is_done_with_the_keyboard(seat: AgentSeat) -> None:
    tell(seat, must_read=True, dwell_s=20, asks_name=True, quiz=[QUESTION])
    reading = opened(seat).reading
    assert not reading.read.isEnabled()
    assert "20 s" in reading.read.text()
    seat.clock.move(seconds=20)
    assert seat.pump(reading.read.isEnabled)
    press(seat, "Ctrl+Return")
    assert reading.fault.full_text == "Answer every question first."
    assert focus() is reading.questions[0]
    QTest.keyClicks(focus(), "2")
    press(seat, "Ctrl+Return")
    assert focus() is reading.name
    QTest.keyClicks(reading.name, "Lin Yue")
    press(seat, "Ctrl+Return")
    assert seat.pump(lambda: reading.fault.full_text.startswith("Not every answer is right."))
    reading.questions[0].setCurrentIndex(2)
    press(seat, "Ctrl+Return")
    assert seat.pump(lambda: badge(seat) == 0)
    [command] = seat.outbox.waiting(5)
    assert (command.fields["answers"].new, command.fields["name"].new, command.fields["tries"].new) == (
        [1],
        "Lin Yue",
        2,
    )


def test_time_it_was_open_counts_in_pieces_and_only_while_it_is(seat: AgentSeat) -> None:
    tell(seat, must_read=True, dwell_s=20)
    reading = opened(seat).reading
    seat.clock.move(seconds=15)
    seat.window.show_page(Page.WORKSPACE)
    seat.clock.move(seconds=60)
    press(seat, "Ctrl+Shift+U")
    assert seat.pump(lambda: "5 s" in reading.read.text())


def test_call_is_never_kept_away_and_the_agent_is_kept_after_it(seat: AgentSeat, chen: Telephone) -> None:
    tell(seat, must_read=True, blocks_ready=True)
    talk_with(seat, chen)
    assert state(seat)[0] is AgentState.ON_CALL
    chen.hang_up()
    comes(seat, StripState.AFTER_CALL_WORK)
    assert seat.pump(lambda: state(seat)[0] is AgentState.AFTER_CALL_WORK)
    seat.clock.move(minutes=5)
    seat.workspace.calls.tick(seat.clock.now)
    assert state(seat) == (AgentState.BREAK, "announcement")
    assert seat.window.pages.shown is Page.WORKSPACE


def test_list_is_narrowed_to_what_is_unread_and_by_words(seat: AgentSeat) -> None:
    tell(seat, "a-1")
    tell(seat, "a-2", title="Fault in the north", must_read=True)
    page = opened(seat)
    page.taken.emit("a-1")
    assert seat.pump(lambda: badge(seat) == 1)
    page.taken.emit("a-2")
    page.kinds.choose(Which.UNREAD)
    page.asked.emit()
    assert [line.title for line in page.lines._lines] == ["Fault in the north"]
    page.kinds.choose(Which.ALL)
    page.search.setText("prices")
    page.asked.emit()
    assert [line.title for line in page.lines._lines] == ["New prices"]
    page.search.setText("nowhere")
    page.asked.emit()
    assert page.nothing.full_text == "No announcement has these words."


def test_reminder_waits_behind_the_bell(seat: AgentSeat) -> None:
    tell(seat, must_read=True)
    tell(seat, version=2, must_read=True, reminded_at=LATER)
    assert seat.workspace.notices.notices[0].words == "You are reminded to read “New prices” (Ctrl+Shift+U)."


@pytest.mark.parametrize("how", ["withdrawn", "over"])
def test_what_holds_no_more_keeps_nobody(seat: AgentSeat, how: str) -> None:
    seat.rooms.session.take_break("meal")
    tell(seat, must_read=True, blocks_ready=True)
    press(seat, "Ctrl+Shift+R")
    fields = {"state": "withdrawn"} if how == "withdrawn" else {"valid_to": "2026-11-21T10:31:00.000Z"}
    seat.mirror.apply(ORG, [announcement_row(version=2, must_read=True, blocks_ready=True, **fields)], None)
    seat.workspace.announcements.read_again()
    assert seat.pump(lambda: state(seat)[0] is AgentState.READY)


def test_announcement_is_found_among_the_articles_and_read_on_its_page(seat: AgentSeat) -> None:
    tell(seat, title="Gigabit plan", must_read=True)
    found = seat.rooms.knowledge.search("gigabit").hits
    assert [(hit.article_id, hit.kind) for hit in found] == [("announcement:a-1", ArticleKind.ANNOUNCEMENT)]
    press(seat, "Ctrl+K")
    QTest.keyClicks(focus(), "gigabit")
    bar = seat.window.top_bar
    assert seat.pump(lambda: bar.found.current is not None and bar.found.current.kind is FoundKind.ANNOUNCEMENT)
    press(seat, "Return")
    reading = seat.window.pages.announcements.reading
    assert seat.pump(lambda: reading.shown is not None and reading.shown.title == "Gigabit plan")


def test_what_was_withdrawn_is_found_no_more_and_new_words_at_once(seat: AgentSeat) -> None:
    tell(seat, title="Gigabit plan")
    search = seat.rooms.knowledge.search
    assert [hit.title for hit in search("gigabit").hits] == ["Gigabit plan"]
    tell(seat, version=2, title="Terabit plan")
    assert seat.pump(lambda: [hit.title for hit in search("terabit").hits] == ["Terabit plan"])
    seat.mirror.apply(ORG, [announcement_row(version=3, title="Terabit plan", state="withdrawn")], None)
    seat.workspace.announcements.read_again()
    assert seat.pump(lambda: not search("terabit").hits)
