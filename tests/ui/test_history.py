"""The call history: every call of the agent, found as one types, called back with one key, and without the server."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from agent_desktop.day import PAGE, OwnCall, Which
from agent_desktop.softphone.call import EndReason
from agent_desktop.softphone.commands import Header
from agent_desktop.softphone.events import QualityMeasured
from agent_desktop.softphone.policy import CallPolicy
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.history.page import HistoryPage
from agent_desktop.ui.history.rows import columns
from agent_desktop.ui.history.words import outcome_word
from agent_desktop.ui.strip.buttons import Deed
from agent_desktop.ui.window.rail import Page
from agent_model.customer import ContactKind
from tests.ui.at_work import press
from tests.ui.samples import NOW
from tests.ui.seat import AgentSeat, Telephone
from tests.ui.test_panes import texts

CHEN = "+8613800006721"


@pytest.fixture
def chen(seat: AgentSeat) -> Telephone:
    """With the number as it is dialled."""
    return seat.telephone(CHEN)


def kept(seat: AgentSeat, key: str, kind: ContactKind, name: str, number: str, ended: str) -> None:
    seat.clock.move(seconds=1)
    handled_s = None if kind is ContactKind.CALL_MISSED or ended == "busy" else 60.0
    seat.rooms.day.add(OwnCall(key, kind, seat.clock.now, name, number, "billing", None, handled_s, "", ended))


@pytest.fixture
def three(seat: AgentSeat) -> None:
    kept(seat, "a", ContactKind.CALL_IN, "陈思远", CHEN, "hung_up_there")
    kept(seat, "b", ContactKind.CALL_OUT, "Maria Lopez", "+34612345521", "busy")
    kept(seat, "c", ContactKind.CALL_MISSED, "", "+8613900002204", "missed")


def opened(seat: AgentSeat) -> HistoryPage:
    seat.window.show_page(Page.HISTORY)
    assert seat.pump(lambda: bool(seat.window.pages.history.lines))
    return seat.window.pages.history


def titles(page: HistoryPage) -> list[str]:
    return [line.title for line in page.lines]


@pytest.mark.usefixtures("three")
def test_calls_stand_there_the_latest_first_with_what_became_of_them(seat: AgentSeat) -> None:
    lines = opened(seat).lines
    assert [(line.title, line.detail, line.outcome, line.duration) for line in lines] == [
        ("139****2204", "", "Missed", "—"),
        ("Maria Lopez", "+34****5521", "Busy", "—"),
        ("陈思远", "138****6721", "Answered", "01:00"),
    ]


@pytest.mark.usefixtures("three")
def test_number_is_masked_wherever_it_is_said(seat: AgentSeat) -> None:
    spoken = " ".join(line.spoken for line in opened(seat).lines)
    assert "13800006721" not in spoken
    assert "13900002204" not in spoken


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(("typed", "found"), [("csy", "陈思远"), ("lopez", "Maria Lopez"), ("2204", "139****2204")])
def test_call_is_found_as_one_types(seat: AgentSeat, typed: str, found: str) -> None:
    page = opened(seat)
    QTest.keyClicks(page.search, typed)
    assert seat.pump(lambda: titles(page) == [found])


@pytest.mark.usefixtures("three")
def test_kinds_are_chosen_by_arrow_keys(seat: AgentSeat) -> None:
    page = opened(seat)
    chosen = next(one for one in page.kinds.findChildren(QPushButton) if one.isChecked())
    QTest.keyClick(chosen, Qt.Key.Key_Right)
    assert seat.pump(lambda: titles(page) == ["139****2204"])
    assert page.which is Which.MISSED


def test_page_says_why_it_is_empty(seat: AgentSeat) -> None:
    seat.window.show_page(Page.HISTORY)
    page = seat.window.pages.history
    assert seat.pump(lambda: any("No calls yet" in label for label in texts(page)))
    page.search.setText("nobody")
    assert seat.pump(lambda: any("No call was found" in label for label in texts(page)))


@pytest.mark.usefixtures("three")
def test_return_calls_back(seat: AgentSeat, chen: Telephone) -> None:
    page = opened(seat)
    QTest.keyClicks(page.search, "csy")
    assert seat.pump(lambda: titles(page) == ["陈思远"])
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert seat.pump(lambda: chen.rings)


@pytest.mark.usefixtures("three")
def test_click_on_the_telephone_calls_back_and_elsewhere_only_chooses(
    seat: AgentSeat, chen: Telephone, look: Look
) -> None:
    page = opened(seat)
    row = page.list.visualRect(page.list.calls.index(2))
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, row.center().y()))
    assert page.list.currentIndex().row() == 2
    assert not chen.rings
    at = columns(row, look).call.center()
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert seat.pump(lambda: chen.rings)


@pytest.mark.usefixtures("three")
def test_nobody_is_called_who_is_about_to_make_room_for_what_is_typed(seat: AgentSeat) -> None:
    page = opened(seat)
    wanted: list[str] = []
    page.call_wanted.connect(wanted.append)
    QTest.keyClicks(page.search, "c")
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert wanted == []


def test_missed_calls_are_counted_on_the_rail_until_they_are_seen(seat: AgentSeat, chen: Telephone) -> None:
    chen.call("1001")
    assert seat.pump(lambda: bool(seat.window.strip.faces))
    chen.hang_up()
    assert seat.pump(lambda: seat.window.rail.missed == 1)
    seat.clock.move(minutes=1)
    opened(seat)
    assert seat.pump(lambda: seat.window.rail.missed == 0)
    assert seat.window.pages.history.lines[0].outcome == "Missed"


TURNED = [
    (CallPolicy(do_not_disturb=True), CHEN, (), "Turned away: do not disturb", 1),
    (CallPolicy(do_not_disturb=True), CHEN, (("X-Queue", "billing"),), "Turned away: do not disturb", 0),
    (CallPolicy(rejects_anonymous=True), "", (), "Turned away: number withheld", 0),
]


@pytest.mark.parametrize(("policy", "caller", "headers", "words", "missed"), TURNED, ids=["alone", "queue", "hidden"])
def test_call_that_the_phone_turned_away_stands_there_with_its_reason(
    seat: AgentSeat, policy: CallPolicy, caller: str, headers: tuple[Header, ...], words: str, missed: int
) -> None:
    telephone = seat.telephone(caller)
    seat.rooms.phone.set_policy(policy)
    telephone.call("1001", *headers)
    assert seat.pump(lambda: not telephone.live)
    assert seat.pump(lambda: bool(seat.rooms.day.calls()))

    assert seat.pump(lambda: seat.window.rail.missed == missed)
    assert [line.outcome for line in opened(seat).lines] == [words]
    assert list(seat.workspace.items) == []


def test_call_turned_away_because_of_another_is_missed(seat: AgentSeat, chen: Telephone) -> None:
    other = seat.telephone("13900002204")
    seat.rooms.phone.set_policy(CallPolicy(call_waiting=False))
    chen.call("1001")
    press(seat, Deed.ANSWER)
    assert seat.pump(lambda: Deed.HOLD in seat.window.strip.buttons)
    other.call("1001")

    assert seat.pump(lambda: seat.window.rail.missed == 1)
    assert seat.rooms.day.calls()[0].ended == "lines_busy"


def test_call_that_ends_while_one_looks_joins_the_list(seat: AgentSeat, chen: Telephone) -> None:
    seat.window.show_page(Page.HISTORY)
    chen.call("1001")
    assert seat.pump(lambda: bool(seat.window.strip.faces))
    seat.clock.move(minutes=1)
    chen.hang_up()
    assert seat.pump(lambda: [line.outcome for line in seat.window.pages.history.lines] == ["Missed"])
    assert seat.pump(lambda: seat.window.rail.missed == 0)


def test_how_a_call_sounded_and_what_it_showed_stands_with_it(seat: AgentSeat, chen: Telephone) -> None:
    chen.call("1001")
    press(seat, Deed.ANSWER)
    assert seat.pump(lambda: Deed.HOLD in seat.window.strip.buttons)
    call_id = seat.window.strip.faces[0].call.id
    seat.workspace.hear_phone(QualityMeasured(call_id, 4.2, 0.0, 3.0, mos_there=2.4))
    press(seat, Deed.HANG_UP)
    page = opened(seat)
    assert (page.lines[0].title, page.lines[0].outcome, page.lines[0].quality) == ("Chen Siyuan", "Answered", "Poor")


def test_more_calls_come_when_one_scrolls_to_the_end(seat: AgentSeat) -> None:
    for n in range(PAGE + 5):
        kept(seat, f"{n:03}", ContactKind.CALL_IN, f"Caller {n}", "1003", "hung_up_there")
    page = opened(seat)
    assert len(page.lines) == PAGE
    bar = page.list.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert seat.pump(lambda: len(page.lines) == PAGE + 5)
    assert page.lines[-1].title == "Caller 0"


@pytest.mark.parametrize("kind", [ContactKind.CALL_IN, ContactKind.CALL_OUT, ContactKind.CALL_MISSED])
@pytest.mark.parametrize("ended", [*EndReason, "", "of a later version"], ids=str)
def test_every_end_has_a_word(kind: ContactKind, ended: str) -> None:
    handled_s = 5.0 if kind is ContactKind.CALL_IN else None
    words, _ = outcome_word(OwnCall("a", kind, NOW, "", "1", "", None, handled_s, "", str(ended)))
    assert words
