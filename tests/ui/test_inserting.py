"""What knowledge says goes where the agent writes, over nothing, and can be taken away again."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from agent_desktop.ui.ticket.comments import CommentsPanel
from agent_desktop.ui.window.rail import Page
from agent_desktop.ui.window.right_panel import TICKET
from agent_model.scope import Scope
from agent_model.wire import Row
from tests.desktop.rows import customer_row, ticket_row
from tests.ui.desk import focus
from tests.ui.seat import CHEN, AgentSeat
from tests.ui.test_composition import commit
from tests.ui.test_ticket_page import TICKET as A_TICKET
from tests.ui.test_ticket_page import opened

MODEM = Row(
    "article",
    "a-modem",
    1,
    {
        "title": "光猫闪红灯",
        "body": "## 处理\n\n1. **拔下**电源。\n2. 等 30 秒。\n\n另见 [断流](kb:a-drops)。",
        "category": "宽带",
        "product": None,
        "queue": None,
        "language": "zh-CN",
        "keywords": [],
        "updated_at": "2026-11-20T01:00:00+00:00",
    },
)
DROPS = Row(
    "article", "a-drops", 1, {**MODEM.body, "title": "晚间断流", "body": "升级固件，见 kb:a-modem 和 kb:a-gone。"}
)
ANSWER = "处理\n1. 拔下电源。\n2. 等 30 秒。\n\n另见 断流 (kb:a-drops)。"


@pytest.fixture
def desk_seat(seat: AgentSeat) -> AgentSeat:
    seat.mirror.apply(Scope("org"), [MODEM, DROPS], None)
    seat.mirror.apply(Scope("customers:home"), [CHEN, customer_row("C-2"), ticket_row("1", **A_TICKET)], None)
    seat.window.activateWindow()
    assert QTest.qWaitForWindowActive(seat.window, 5_000)
    return seat


def find(seat: AgentSeat, typed: str, article_id: str) -> None:
    knowledge = seat.window.right.knowledge
    press(seat, "F3")
    assert knowledge.search.hasFocus()
    commit(knowledge.search, typed)
    assert seat.pump(lambda: knowledge.shows_found and knowledge.hits.current_id == article_id)


def press(seat: AgentSeat, keys: str) -> None:
    QTest.keySequence(seat.window, keys)


def test_answer_comes_into_the_description_and_undo_takes_it_away(desk_seat: AgentSeat) -> None:
    description = desk_seat.window.right.form.description
    description.setFocus()
    QTest.keyClicks(description, "Customer says: red light")
    find(desk_seat, "红灯", "a-modem")
    press(desk_seat, "Ctrl+I")

    assert desk_seat.pump(description.hasFocus)
    assert description.toPlainText() == f"Customer says: red light\n{ANSWER}"
    QTest.keyClick(description, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert description.toPlainText() == "Customer says: red light"


def test_answer_stands_on_lines_of_its_own_at_the_cursor_and_replaces_nothing(desk_seat: AgentSeat) -> None:
    description = desk_seat.window.right.form.description
    description.setFocus()
    description.setPlainText("before behind")
    cursor = description.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(6, cursor.MoveMode.KeepAnchor)
    description.setTextCursor(cursor)
    desk_seat.workspace.inserting.insert("an answer")
    QTest.keyClicks(description, ", and")

    assert description.toPlainText() == "before\nan answer, and\n behind"


def test_link_comes_by_its_own_key(desk_seat: AgentSeat) -> None:
    find(desk_seat, "红灯", "a-modem")
    press(desk_seat, "Ctrl+L")

    description = desk_seat.window.right.form.description
    assert desk_seat.pump(lambda: description.toPlainText() == "光猫闪红灯 (kb:a-modem)")


def test_answer_goes_into_the_comment_that_was_being_written(desk_seat: AgentSeat) -> None:
    comments = opened(desk_seat, "1").panel(CommentsPanel)
    comments.start()
    assert desk_seat.pump(comments.area.hasFocus)
    QTest.keyClicks(comments.area, "Told him")
    find(desk_seat, "红灯", "a-modem")
    press(desk_seat, "Ctrl+I")

    assert desk_seat.pump(lambda: comments.area.toPlainText() == f"Told him\n{ANSWER}")
    assert comments.area.hasFocus()
    assert desk_seat.window.right.form.draft.is_empty


def test_answer_goes_into_the_note_of_the_call_that_was_being_written(desk_seat: AgentSeat) -> None:
    seat, note = desk_seat, desk_seat.window.right.wrap_up.note
    seat.telephone("13800006721").call("1001")
    assert seat.pump(lambda: seat.window.right.is_of_call)
    note.setFocus()
    find(seat, "红灯", "a-modem")
    press(seat, "Ctrl+I")

    assert seat.pump(lambda: note.toPlainText() == ANSWER)
    assert note.hasFocus()


def test_what_is_marked_of_the_open_article_is_inserted_and_the_ticket_is_in_sight(desk_seat: AgentSeat) -> None:
    knowledge = desk_seat.window.right.knowledge
    find(desk_seat, "红灯", "a-modem")
    QTest.keyClick(knowledge.search, Qt.Key.Key_Return)
    assert desk_seat.pump(lambda: knowledge.article_id == "a-modem")
    assert not desk_seat.window.right.form.isVisible()
    reader = focus()
    QTest.keyClick(reader, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    marked = knowledge.article.marked
    press(desk_seat, "Ctrl+I")

    description = desk_seat.window.right.form.description
    assert desk_seat.pump(lambda: description.toPlainText() == marked)
    assert "拔下电源" in marked
    assert desk_seat.window.right.tabs.currentIndex() == TICKET
    assert description.isVisible()


def test_links_lead_from_article_to_article_and_back_again(desk_seat: AgentSeat) -> None:
    knowledge = desk_seat.window.right.knowledge
    find(desk_seat, "红灯", "a-modem")
    QTest.keyClick(knowledge.search, Qt.Key.Key_Return)
    assert desk_seat.pump(lambda: knowledge.article_id == "a-modem")
    QTest.keyClick(focus(), Qt.Key.Key_Tab)
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert desk_seat.pump(lambda: knowledge.article_id == "a-drops")
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    assert desk_seat.pump(lambda: knowledge.article_id == "a-modem")
    QTest.keyClick(focus(), Qt.Key.Key_Escape)

    assert desk_seat.pump(lambda: knowledge.article_id is None)
    assert knowledge.search.hasFocus()


def test_link_to_an_article_that_is_gone_says_so_and_stays(desk_seat: AgentSeat) -> None:
    knowledge = desk_seat.window.right.knowledge
    find(desk_seat, "断流", "a-drops")
    QTest.keyClick(knowledge.search, Qt.Key.Key_Return)
    assert desk_seat.pump(lambda: knowledge.article_id == "a-drops")
    QTest.keyClick(focus(), Qt.Key.Key_Tab)
    QTest.keyClick(focus(), Qt.Key.Key_Tab)
    QTest.keyClick(focus(), Qt.Key.Key_Return)

    assert desk_seat.pump(lambda: knowledge.article.told == "This article was withdrawn.")
    assert knowledge.article_id == "a-drops"


def test_id_of_an_article_that_is_typed_opens_it(desk_seat: AgentSeat) -> None:
    knowledge = desk_seat.window.right.knowledge
    press(desk_seat, "F3")
    QTest.keyClicks(knowledge.search, "kb:a-drops")
    QTest.keyClick(knowledge.search, Qt.Key.Key_Return)

    assert desk_seat.pump(lambda: knowledge.article_id == "a-drops")


def test_id_of_an_article_in_the_search_at_the_top_opens_it_in_the_pane_from_any_page(desk_seat: AgentSeat) -> None:
    window = desk_seat.window
    window.show_page(Page.NOTICES)
    press(desk_seat, "Ctrl+K")
    assert window.top_bar.search.hasFocus()
    QTest.keyClicks(window.top_bar.search, "kb:a-drops")
    assert desk_seat.pump(lambda: window.top_bar.found.isVisible())
    QTest.keyClick(window.top_bar.search, Qt.Key.Key_Return)

    assert desk_seat.pump(lambda: window.right.knowledge.article_id == "a-drops")
    assert window.right.knowledge.isVisible()


def test_favourite_and_what_was_read_stand_in_the_list_of_the_next_matter(desk_seat: AgentSeat) -> None:
    knowledge = desk_seat.window.right.knowledge
    find(desk_seat, "红灯", "a-modem")
    QTest.keyClick(knowledge.search, Qt.Key.Key_Return)
    assert desk_seat.pump(lambda: knowledge.article_id == "a-modem")
    knowledge.article.star.click()
    assert desk_seat.pump(lambda: desk_seat.rooms.reading_list.at_hand().favourites == ("a-modem",))
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    QTest.keyClick(knowledge.search, Qt.Key.Key_Escape)

    assert desk_seat.pump(lambda: knowledge.hits.ids == ("a-modem",))


def test_article_that_changes_while_it_is_read_changes_in_place(desk_seat: AgentSeat) -> None:
    knowledge = desk_seat.window.right.knowledge
    find(desk_seat, "红灯", "a-modem")
    QTest.keyClick(knowledge.search, Qt.Key.Key_Return)
    assert desk_seat.pump(lambda: knowledge.article_id == "a-modem")
    changed = replace(MODEM, version=2, body={**MODEM.body, "body": "换一台。"})
    desk_seat.mirror.apply(Scope("org"), [changed], None)
    desk_seat.workspace.looking_up.articles_changed(frozenset({"a-modem"}))

    assert desk_seat.pump(lambda: knowledge.article.text == "换一台。")


def test_long_article_is_read_in_the_whole_window_and_the_ticket_keeps_its_text(desk_seat: AgentSeat) -> None:
    window = desk_seat.window
    knowledge, beside_px = window.right.knowledge, window.right.width()
    window.right.form.description.setPlainText("half a sentence")
    find(desk_seat, "红灯", "a-modem")
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert desk_seat.pump(lambda: knowledge.article_id == "a-modem")
    QTest.keyClick(focus(), Qt.Key.Key_Return)

    assert desk_seat.pump(lambda: window.right.width() > 2 * beside_px)
    assert window.strip.isVisible()
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    assert window.customer.isVisible()
    assert desk_seat.pump(lambda: window.right.width() == beside_px)
    left: list[bool] = []
    knowledge.article_left.connect(lambda: left.append(True))
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    assert left == [True]
    assert window.right.form.description.toPlainText() == "half a sentence"


def test_answer_taken_from_the_whole_window_shows_where_it_went(desk_seat: AgentSeat) -> None:
    window = desk_seat.window
    find(desk_seat, "红灯", "a-modem")
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert desk_seat.pump(lambda: window.right.knowledge.article_id == "a-modem")
    window.right.knowledge.article.large.click()
    was_seen = window.customer.isVisible()
    press(desk_seat, "Ctrl+I")

    assert desk_seat.pump(window.right.form.description.hasFocus)
    assert (was_seen, window.customer.isVisible()) == (False, True)


def test_customer_who_is_opened_takes_the_window_back(desk_seat: AgentSeat) -> None:
    window = desk_seat.window
    find(desk_seat, "红灯", "a-modem")
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert desk_seat.pump(lambda: window.right.knowledge.article_id == "a-modem")
    window.right.knowledge.article.large.click()

    desk_seat.workspace.on_screen.open_customer("C-1")

    assert window.customer.isVisible()


def test_return_at_a_link_follows_it(desk_seat: AgentSeat) -> None:
    knowledge = desk_seat.window.right.knowledge
    find(desk_seat, "红灯", "a-modem")
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert desk_seat.pump(lambda: knowledge.article_id == "a-modem")
    QTest.keyClick(focus(), Qt.Key.Key_Tab)
    QTest.keyClick(focus(), Qt.Key.Key_Return)

    assert desk_seat.pump(lambda: knowledge.article_id == "a-drops")
    assert desk_seat.window.customer.isVisible()
