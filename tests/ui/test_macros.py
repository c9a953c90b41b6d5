"""Macros where one writes: offered beneath the cursor as one types, filled in, and done with their changes as one."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QSignalSpy, QTest

from agent_desktop.offline.pending import State
from agent_desktop.ui.ticket.comments import CommentsPanel
from agent_desktop.ui.ticket.page import TicketPage
from agent_desktop.ui.widgets.text_list import TextList
from agent_desktop.ui.widgets.typing import TextArea
from agent_model.command import Command, CommandKind
from agent_model.scope import Scope
from agent_model.ticket import CommentKind, Priority
from agent_model.wire import Row
from tests.desktop.rows import category_row, customer_row, ticket_row
from tests.ui.desk import focus
from tests.ui.samples import ME
from tests.ui.seat import CHEN, AgentSeat
from tests.ui.test_composition import commit, compose
from tests.ui.test_ticket_page import TICKET, opened

ORG, HOME = Scope("org"), Scope("customers:home")
LINE = Row(
    "called_number",
    "95000",
    1,
    {"number": "95000", "queue": "billing", "brand": {"zh": "海岚", "en": "Hailan"}, "greeting": {"zh": "", "en": ""}},
)


def macro(code: str, zh: str = "标题", en: str = "", text: str = "", **fields: Any) -> Row:
    body = {
        "code": code,
        "title": {"zh": zh, "en": en or code},
        "text": {"zh": text or f"正文{code}", "en": text or f"Text {code}"},
        "types": [],
        "queues": [],
        "status": None,
        "priority": None,
        "takes": False,
        "comment": None,
        "is_on": True,
        **fields,
    }
    return Row("macro", f"m-{code}", 1, body)


MACROS = (
    macro("sl", "已受理", "Received", "{customer.name}您好，{ticket.number}", comment="to_customer"),
    macro("jj", "加急处理", "Hurry", "加急", status="in_progress", priority="high", takes=True, comment="to_customer"),
    macro("gb", "办结", "Done", "办结", status="closed"),
    macro("wb", "未办", "Open", "{customer.title}，{customer.phone}，{agent.name}，{queue.brand}，{queue.name}"),
    macro("zx", "只给咨询", "Inquiries only", types=["inquiry"]),
    macro("vip", "只给贵宾", "VIP only", queues=["vip"]),
    macro("off", "停用", "Off", is_on=False),
)


@pytest.fixture
def page(seat: AgentSeat) -> TicketPage:
    seat.mirror.apply(ORG, [*MACROS, LINE, category_row()], None)
    seat.mirror.apply(HOME, [CHEN, customer_row("C-2"), ticket_row("1", **TICKET)], None)
    seat.workspace._read_company()
    seat.window.activateWindow()
    assert QTest.qWaitForWindowActive(seat.window, 5_000)
    assert seat.pump(lambda: len(seat.workspace.macros._offered) == 5)
    return opened(seat, "1")


@pytest.fixture
def area(seat: AgentSeat, page: TicketPage) -> TextArea:
    """The comment, with the cursor in it."""
    comments = page.panel(CommentsPanel)
    comments.start()
    assert seat.pump(comments.area.hasFocus)
    return comments.area


def texts(area: TextArea) -> TextList:
    found = area.findChildren(TextList)
    assert len(found) == 1
    return found[0]


def shown(area: TextArea) -> list[str]:
    picker = texts(area)
    return list(picker.list.shown) if picker.list.isVisible() else []


def write(words: str) -> None:
    QTest.keyClicks(focus(), words)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focus(), key, modifier)


def sent(seat: AgentSeat) -> list[Command]:
    return [entry.command for entry in seat.outbox.entries(State.WAITING, entity="ticket")]


# ---- offering ---------------------------------------------------------------------------------------------------


def test_slash_at_the_start_of_a_word_offers_what_is_for_this_ticket(area: TextArea) -> None:
    write("/")
    assert shown(area) == ["m-jj", "m-sl", "m-wb"]
    assert focus() is area


def test_slash_inside_a_word_is_a_slash(area: TextArea) -> None:
    write("2026/11")
    assert shown(area) == []


def test_slash_in_text_that_is_shown_and_not_typed_opens_nothing(area: TextArea) -> None:
    area.setPlainText("/s")
    assert shown(area) == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("/sl", ["m-sl"]),
        ("/Rec", ["m-sl"]),
        ("/yishou", ["m-sl"]),
        ("/ysl", ["m-sl"]),
        ("/jiaji", ["m-jj"]),
        ("ok /w", ["m-wb"]),
        ("/zx", []),
        ("/vip", []),
        ("/off", []),
        ("/gb", []),
    ],
    ids=["code", "title", "pinyin", "initials", "other pinyin", "later", "other type", "other queue", "off", "closing"],
)
def test_what_is_typed_after_it_narrows_the_list(area: TextArea, typed: str, found: list[str]) -> None:
    write(typed)
    assert shown(area) == found


def test_chinese_title_and_the_sign_a_chinese_keyboard_has_there_do_as_well(area: TextArea) -> None:
    commit(area, "、")
    commit(area, "加急")
    assert shown(area) == ["m-jj"]


def test_escape_leaves_what_was_typed_and_the_page(seat: AgentSeat, page: TicketPage, area: TextArea) -> None:
    write("/s")
    press(Qt.Key.Key_Escape)
    write("l")
    assert (area.toPlainText(), shown(area)) == ("/sl", [])
    assert page.isVisible()
    write(" /s")
    assert shown(area) == ["m-sl"]


def test_arrow_keys_choose_another_one(area: TextArea) -> None:
    write("/")
    press(Qt.Key.Key_Down)
    assert texts(area).list.current == "m-sl"
    press(Qt.Key.Key_Up)
    assert texts(area).list.current == "m-jj"


def test_nothing_opens_or_is_taken_while_an_input_method_composes(area: TextArea) -> None:
    write("/")
    compose(area, "jia")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Down)
    assert area.toPlainText() == "/"
    assert texts(area).list.current == "m-jj"
    commit(area, "加急")
    assert shown(area) == ["m-jj"]


def test_list_goes_when_the_keyboard_goes_elsewhere(area: TextArea, page: TicketPage) -> None:
    write("/")
    page.head.back.setFocus()
    assert not texts(area).list.isVisible()
    assert area.toPlainText() == "/"


def test_enter_without_a_list_is_a_new_line(area: TextArea) -> None:
    write("/nothing")
    press(Qt.Key.Key_Return)
    assert area.toPlainText() == "/nothing\n"


def test_key_opens_the_list_where_the_cursor_is(seat: AgentSeat, area: TextArea) -> None:
    commit(area, "请看：")
    QTest.keySequence(area, QKeySequence("Ctrl+/"))
    assert shown(area) == ["m-jj", "m-sl", "m-wb"]
    write("sl")
    press(Qt.Key.Key_Return)
    assert area.toPlainText() == "请看：Chen Siyuan您好，TK-1"


def test_key_where_nothing_is_written_says_where_macros_go(seat: AgentSeat, page: TicketPage) -> None:
    told = QSignalSpy(seat.workspace.macros.told)
    page.head.back.setFocus()
    QTest.keySequence(seat.window, QKeySequence("Ctrl+/"))
    assert told.count() == 1
    assert "put the cursor there first" in told.at(0)[0]


# ---- filling ----------------------------------------------------------------------------------------------------


def test_enter_inserts_the_text_with_its_placeholders_filled(area: TextArea) -> None:
    write("ok /sl")
    press(Qt.Key.Key_Return)
    assert area.toPlainText() == "ok Chen Siyuan您好，TK-1"
    area.undo()
    assert area.toPlainText() == "ok /sl"


def test_what_is_not_known_is_told_stays_to_be_seen_and_is_written_over(seat: AgentSeat, area: TextArea) -> None:
    told = QSignalSpy(seat.workspace.macros.told)
    write("/wb")
    press(Qt.Key.Key_Return)
    assert area.toPlainText() == "{customer.title}，138****6721，林悦，海岚，账单咨询"
    assert told.at(0)[0] == "Not known here, fill it in yourself: Customer: form of address."
    commit(area, "女士")
    assert area.toPlainText().startswith("女士，")


def test_whole_number_is_in_no_text(seat: AgentSeat, area: TextArea) -> None:
    write("/wb")
    press(Qt.Key.Key_Return)
    assert "0000" not in area.toPlainText()


# ---- with its changes -------------------------------------------------------------------------------------------


def test_changes_of_a_macro_are_told_and_go_with_the_comment_as_one(
    seat: AgentSeat, page: TicketPage, area: TextArea
) -> None:
    comments = page.panel(CommentsPanel)
    write("/jj")
    press(Qt.Key.Key_Return)
    assert comments.brought_words == "With it: Status: In progress · Priority: High · Mine"
    assert comments.begun.kind is CommentKind.TO_CUSTOMER
    assert sent(seat) == []
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert seat.pump(lambda: len(sent(seat)) == 2)
    change, said = sent(seat)
    assert (change.kind, said.kind) == (CommandKind.UPDATE, CommandKind.APPEND)
    assert said.depends_on == change.op_id
    assert {name: one.new for name, one in change.fields.items()} == {
        "status": "in_progress",
        "status_reason": None,
        "priority": "high",
        "owner": ME.id,
    }
    assert said.fields["comments"].new["text"] == "加急"
    assert seat.pump(lambda: comments.brought_words == "")


def test_only_the_comment_goes_when_the_changes_are_left_out(seat: AgentSeat, page: TicketPage, area: TextArea) -> None:
    comments = page.panel(CommentsPanel)
    write("/jj")
    press(Qt.Key.Key_Return)
    comments.leave_out.click()
    comments.submit()
    assert seat.pump(lambda: len(sent(seat)) == 1)
    assert sent(seat)[0].kind is CommandKind.APPEND


def test_what_a_macro_brings_is_kept_with_the_draft(seat: AgentSeat, page: TicketPage, area: TextArea) -> None:
    write("/jj")
    press(Qt.Key.Key_Return)
    seat.workspace.ticket_page.close()
    again = opened(seat, "1").panel(CommentsPanel)
    assert seat.pump(lambda: again.begun.text == "加急")
    assert again.brought_words == "With it: Status: In progress · Priority: High · Mine"


def test_move_that_the_flow_does_not_have_from_here_is_told_and_left(seat: AgentSeat, page: TicketPage) -> None:
    seat.mirror.apply(HOME, [ticket_row("4", **(TICKET | {"status": "resolved", "owner": ME.id}))], None)
    seat.mirror.apply(ORG, [macro("tx", "等待", text="等", status="waiting_customer")], None)
    seat.workspace.macros.read_again()
    assert seat.pump(lambda: len(seat.workspace.macros._offered) == 6)
    comments = opened(seat, "4").panel(CommentsPanel)
    comments.start()
    told = QSignalSpy(seat.workspace.macros.told)
    write("/tx")
    press(Qt.Key.Key_Return)
    assert comments.begun.text == "等"
    assert comments.brought_words == ""
    assert "cannot go there from here: Status: Waiting for customer" in told.at(0)[0]


def test_ticket_that_is_being_written_takes_the_priority(seat: AgentSeat, page: TicketPage) -> None:
    seat.workspace.ticket_page.close()
    seat.window.start_ticket()
    form = seat.window.right.form
    form.description.setFocus()
    told = QSignalSpy(seat.workspace.macros.told)
    write("/jj")
    press(Qt.Key.Key_Return)
    assert (form.draft.description, form.draft.priority) == ("加急", Priority.HIGH)
    assert "by a comment on the filed ticket" in told.at(0)[0]


def test_category_of_the_ticket_being_written_says_what_is_offered(seat: AgentSeat, page: TicketPage) -> None:
    seat.workspace.ticket_page.close()
    seat.window.start_ticket()
    form = seat.window.right.form
    form.description.setFocus()
    write("/zx")
    assert shown(form.description) == ["m-zx"]
    form.category.choose("fault-slow")
    form.description.clear()
    write("/zx")
    assert shown(form.description) == []
