"""A team lead goes through those who may be one person: by keys alone, with the server and without it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from agent_desktop.errors import ServerRefused
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.customer.duplicates_page import Because, DuplicatesPage
from agent_desktop.ui.window.rail import Page
from agent_model.agent import Role
from agent_model.command import CommandKind
from agent_model.customer import CustomerId
from agent_model.scope import Scope
from agent_model.wire import Gone
from tests.desktop.rows import customer_row
from tests.ui.desk import focus
from tests.ui.seat import AgentSeat

HOME = Scope("customers:home")
BARE: dict[str, Any] = {"email": None, "company": None, "region": None}
ROWS = [
    customer_row("C-2", **BARE | {"name": "Chen Siyuan", "phones": ["+8613800006721"]}),
    customer_row("C-3", **BARE | {"name": "He Jing", "phones": ["+8613800000003"], "email": "he@x.cn"}),
    customer_row("C-4", **BARE | {"name": "Lin Yan", "phones": ["+8613800000004"], "email": "he@x.cn"}),
]
PAIRS = ((CustomerId("C-1"), CustomerId("C-2")), (CustomerId("C-3"), CustomerId("C-4")))


@pytest.fixture
def seat(look: Look, tmp_path: Path) -> Iterator[AgentSeat]:
    made = AgentSeat(tmp_path, look, role=Role.TEAM_LEAD)
    made.mirror.apply(HOME, ROWS, None)
    yield made
    made.close()


def opened(seat: AgentSeat) -> DuplicatesPage:
    seat.window.activateWindow()
    QTest.keyClick(seat.window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    page = seat.window.pages.duplicates
    assert seat.pump(page.again.isEnabled)
    return page


def rows(page: DuplicatesPage) -> list[str]:
    return [page.list.words_of(key) for key in page.list.keys]


def test_agent_is_not_offered_the_page(look: Look, tmp_path: Path) -> None:
    made = AgentSeat(tmp_path, look)
    try:
        assert not made.window.rail.offers(Page.DUPLICATES)
        made.window.show_page(Page.DUPLICATES)
        assert made.window.right.isVisible()
    finally:
        made.close()


def test_pairs_stand_with_reasons_and_how_sure_it_is(seat: AgentSeat) -> None:
    seat.server.pairs = PAIRS
    page = opened(seat)
    assert seat.pump(lambda: len(page.list.keys) == 2)
    assert rows(page) == [
        "Chen Siyuan · Chen Siyuan, the same number, the same name, almost certain",
        "He Jing · Lin Yan, the same e-mail address, perhaps",
    ]
    page.because.choose(Because.EMAIL)
    page.because.chosen.emit(Because.EMAIL)
    assert page.list.keys == ("C-3\nC-4",)
    page.because.choose(Because.NAME)
    page.because.chosen.emit(Because.NAME)
    assert page.list.keys == ("C-1\nC-2",)


def test_delete_tells_two_people_apart_and_goes_on_with_the_next(seat: AgentSeat) -> None:
    seat.server.pairs = PAIRS
    page = opened(seat)
    assert seat.pump(lambda: len(page.list.keys) == 2)
    QTest.keyClick(focus(), Qt.Key.Key_Delete)
    assert seat.pump(lambda: page.list.keys == ("C-3\nC-4",))
    [told] = seat.outbox.waiting(9)
    assert (told.entity, told.kind, told.fields["apart"].new) == ("customer", CommandKind.APPEND, "C-2")
    assert page.outcome.full_text.endswith("are two people. Nobody is asked about them again.")
    assert page.key == "C-3\nC-4"


def test_enter_compares_and_ctrl_enter_merges(seat: AgentSeat) -> None:
    seat.server.pairs = PAIRS
    page = opened(seat)
    assert seat.pump(lambda: len(page.list.keys) == 2)
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert seat.pump(lambda: page.merging.is_open)
    QTest.keyClick(focus(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert seat.pump(lambda: page.list.keys == ("C-3\nC-4",))
    [merge] = seat.outbox.waiting(9)
    assert (merge.entity, merge.fields["gone"].new) == ("customer_merge", "C-2")
    assert focus() is page.list


def test_escape_goes_back_to_the_list_and_changes_nothing(seat: AgentSeat) -> None:
    seat.server.pairs = PAIRS
    page = opened(seat)
    assert seat.pump(lambda: len(page.list.keys) == 2)
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert seat.pump(lambda: page.merging.is_open)
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    assert focus() is page.list
    assert seat.outbox.waiting(9) == []


def test_without_the_server_the_page_says_so_and_shows_what_is_found_here(seat: AgentSeat) -> None:
    page = opened(seat)
    assert seat.pump(lambda: page.list.keys[:1] == ("C-1\nC-2",))
    assert page.outcome.full_text.startswith("The server does not answer. These are the pairs that can be found")


def test_pair_that_is_not_here_is_counted(seat: AgentSeat) -> None:
    seat.server.pairs = ((CustomerId("C-1"), CustomerId("C-77")),)
    page = opened(seat)
    assert seat.pump(page.outcome.isVisible)
    assert page.outcome.full_text == "Not on this workstation yet, and so not in the list: 1 pairs."


def test_who_lost_the_right_sees_no_pairs_and_a_sentence(seat: AgentSeat) -> None:
    seat.server.pairs = ServerRefused(403, "not_allowed")
    page = opened(seat)
    assert seat.pump(page.outcome.isVisible)
    assert page.list.keys == ()
    assert page.outcome.full_text.startswith("You may no longer go through duplicates.")


def test_nobody_alike_is_said(seat: AgentSeat) -> None:
    seat.server.pairs = ()
    seat.mirror.apply(HOME, (), None, deleted=[Gone("customer", id_) for id_ in ("C-2", "C-4")])
    page = opened(seat)
    assert seat.pump(lambda: page.nothing.full_text.startswith("Nobody looks like anybody else."))
    assert page.nothing.isVisible()
