"""Bringing a call to somebody, by keyboard alone: the panel stands beside the call, takes nothing and loses nothing."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication

from agent_desktop.softphone.call import TransferPurpose
from agent_desktop.softphone.events import Lamp
from agent_desktop.ui.strip.buttons import Deed
from agent_desktop.ui.strip.targets import Target, TargetKind, matching
from agent_desktop.ui.strip.transfer_panel import TransferPanel
from agent_desktop.ui.window.main_window import MainWindow
from tests.ui import desk
from tests.ui.samples import NOW, Samples
from tests.ui.strips import scenes
from tests.ui.test_composition import commit, compose
from tests.ui.test_panes import texts

EN = Samples("en")
SCENES = scenes(EN)
CTRL = Qt.KeyboardModifier.ControlModifier
PLACES = (TransferPurpose.SURVEY, TransferPurpose.PIN_CHECK, TransferPurpose.PARK)


def said(spy: QSignalSpy) -> list[list[object]]:
    return [spy.at(n) for n in range(spy.count())]


@pytest.fixture
def panel(window: MainWindow) -> TransferPanel:
    """In a call, the agent writing; Ctrl+T was pressed."""
    window.strip.offer_targets(EN.targets)
    window.strip.offer_places(PLACES)
    SCENES["connected"].show(window.strip)
    window.right.form.description.setFocus()
    QTest.keyClick(window.right.form.description, Qt.Key.Key_T, CTRL)
    return window.strip.panel


def test_ctrl_t_opens_the_panel_where_one_can_type_at_once(panel: TransferPanel) -> None:
    assert panel.isVisible()
    assert QApplication.focusWidget() is panel.field
    assert "Transfer Chen Siyuan" in texts(panel)


def test_return_consults_first_and_ctrl_return_transfers_at_once(window: MainWindow, panel: TransferPanel) -> None:
    consults, transfers = (
        QSignalSpy(window.strip.wishes.consult_wanted),
        QSignalSpy(window.strip.wishes.transfer_wanted),
    )
    submits = QSignalSpy(window.right.form.submit_wanted)
    QTest.keyClicks(panel.field, "1007")
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    QTest.keyClick(panel.field, Qt.Key.Key_Return, CTRL)

    assert said(consults) == [["call-1", "1007"]]
    assert said(transfers) == [["call-1", "1007"]]
    assert submits.count() == 0


def test_ctrl_return_transfers_from_the_buttons_of_the_panel_too(window: MainWindow, panel: TransferPanel) -> None:
    transfers, submits = (
        QSignalSpy(window.strip.wishes.transfer_wanted),
        QSignalSpy(window.right.form.submit_wanted),
    )
    panel.field.setText("1007")
    panel.consult.setFocus()
    QTest.keyClick(panel.consult, Qt.Key.Key_Return, CTRL)

    assert said(transfers) == [["call-1", "1007"]]
    assert submits.count() == 0


def test_panel_opened_by_transfer_sends_the_call_on_with_return(window: MainWindow) -> None:
    SCENES["connected"].show(window.strip)
    window.strip.buttons[Deed.TRANSFER].click()
    transfers = QSignalSpy(window.strip.wishes.transfer_wanted)
    QTest.keyClicks(window.strip.panel.field, "1007")
    QTest.keyClick(window.strip.panel.field, Qt.Key.Key_Return)

    assert said(transfers) == [["call-1", "1007"]]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("zhou", "1007"),
        ("周", "1007"),
        ("Jun", "1010"),
        ("hejun", "1010"),
        ("bill", "600"),
        ("liu", "+8613900008765"),
        ("0571 8888 6666", "0571 8888 6666"),
        ("nobody", "nobody"),
    ],
)
def test_part_of_a_name_leads_to_the_number_and_a_number_to_itself(
    window: MainWindow, panel: TransferPanel, typed: str, number: str
) -> None:
    spy = QSignalSpy(window.strip.wishes.consult_wanted)
    panel.field.setText(typed)
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    assert said(spy) == [["call-1", number]]


def test_arrow_keys_choose_another_suggestion(window: MainWindow, panel: TransferPanel) -> None:
    spy = QSignalSpy(window.strip.wishes.consult_wanted)
    QTest.keyClick(panel.field, Qt.Key.Key_Down)
    QTest.keyClick(panel.field, Qt.Key.Key_Down)
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    QTest.keyClick(panel.field, Qt.Key.Key_Up)
    QTest.keyClick(panel.field, Qt.Key.Key_Return)

    assert [number for _, number in said(spy)] == ["+8613900008765", "1001"]


def test_suggestion_that_is_clicked_waits_for_the_agent_to_say_how(window: MainWindow, panel: TransferPanel) -> None:
    wishes = window.strip.wishes
    spies = [QSignalSpy(wishes.consult_wanted), QSignalSpy(wishes.transfer_wanted)]
    index = panel.suggestions.model().index(2, 0)
    QTest.mouseClick(
        panel.suggestions.viewport(), Qt.MouseButton.LeftButton, pos=panel.suggestions.visualRect(index).center()
    )
    before = [spy.count() for spy in spies]
    panel.transfer.click()

    assert before == [0, 0]
    assert said(spies[1]) == [["call-1", "1007"]]


def test_favourites_and_the_last_called_come_first_while_nothing_is_typed() -> None:
    kinds = [target.kind for target in matching(EN.targets, "")]
    assert kinds == [
        TargetKind.FAVOURITE, TargetKind.RECENT, TargetKind.PERSON, TargetKind.PERSON, TargetKind.QUEUE,
    ]  # fmt: skip


def test_number_typed_whole_comes_before_those_that_begin_with_it() -> None:
    targets = tuple(Target(number, "Line", TargetKind.PERSON) for number in ("10071", "1007", "21007"))
    assert [one.number for one in matching(targets, "1007")] == ["1007", "10071"]


def test_one_who_is_favourite_and_colleague_is_offered_once() -> None:
    twice = (Target("1007", "Zhou Min", TargetKind.PERSON), Target("1007", "Zhou Min", TargetKind.FAVOURITE))
    assert [one.kind for one in matching(twice, "")] == [TargetKind.FAVOURITE]


@pytest.mark.parametrize(
    ("lamp", "words"), [(Lamp.FREE, "Free"), (Lamp.RINGING, "Rings"), (Lamp.IN_CALL, "In a call"), (Lamp.UNKNOWN, "")]
)
def test_suggestion_says_what_the_other_telephone_does(panel: TransferPanel, lamp: Lamp, words: str) -> None:
    assert panel._row(Target("1007", "Zhou Min", TargetKind.PERSON, lamp=lamp)).at_right == words


@pytest.mark.parametrize("purpose", PLACES)
def test_places_of_the_site_are_one_press_away(
    window: MainWindow, panel: TransferPanel, purpose: TransferPurpose
) -> None:
    spy = QSignalSpy(window.strip.wishes.place_wanted)
    panel.places[purpose].click()
    assert said(spy) == [["call-1", purpose]]


def test_places_that_the_site_has_not_set_up_are_not_shown(window: MainWindow, panel: TransferPanel) -> None:
    window.strip.offer_places((TransferPurpose.PARK,))
    shown = [purpose for purpose, button in panel.places.items() if button.isVisible()]
    assert shown == [TransferPurpose.PARK]


def test_panel_takes_neither_the_call_nor_its_keys(window: MainWindow, panel: TransferPanel) -> None:
    wishes = window.strip.wishes
    holds, mutes, answers = (
        QSignalSpy(wishes.hold_wanted), QSignalSpy(wishes.mute_wanted), QSignalSpy(wishes.answer_wanted),
    )  # fmt: skip
    QTest.keyClick(panel.field, Qt.Key.Key_M, CTRL)
    QTest.keyClick(panel.field, Qt.Key.Key_H, CTRL)
    window.strip.show_calls((*SCENES["connected"].faces, EN.ringing), NOW)
    QTest.keyClick(panel.field, Qt.Key.Key_F9)

    assert (mutes.count(), holds.count(), said(answers)) == (1, 1, [["call-2"]])
    assert panel.isVisible()
    assert QApplication.focusWidget() is panel.field


def test_escape_closes_the_panel_ends_no_call_and_gives_the_focus_back(
    window: MainWindow, panel: TransferPanel
) -> None:
    spy = QSignalSpy(window.strip.wishes.hang_up_wanted)
    QTest.keyClick(panel.field, Qt.Key.Key_Escape)

    assert not panel.isVisible()
    assert spy.count() == 0
    assert QApplication.focusWidget() is window.right.form.description


def test_what_is_typed_outlives_the_call_and_waits_for_the_next_one(window: MainWindow, panel: TransferPanel) -> None:
    wishes = QSignalSpy(window.strip.wishes.consult_wanted)
    QTest.keyClicks(panel.field, "0571 88")
    window.strip.show_calls((), NOW)
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    stays = (panel.isVisible(), panel.field.text(), panel.consult.isEnabled())
    QTest.keyClick(panel.field, Qt.Key.Key_Escape)
    SCENES["connected"].show(window.strip)
    window.strip.open_transfer()

    assert stays == (True, "0571 88", False)
    assert any("The call is over." in text for text in texts(panel)) is False
    assert (panel.field.text(), panel.consult.isEnabled(), wishes.count()) == ("0571 88", True, 0)


def test_panel_with_nothing_in_it_goes_with_its_call(window: MainWindow, panel: TransferPanel) -> None:
    window.strip.show_calls((), NOW)
    assert not panel.isVisible()


def test_panel_goes_when_the_transfer_is_under_way(window: MainWindow, panel: TransferPanel) -> None:
    QTest.keyClicks(panel.field, "1007")
    panel.done()
    SCENES["consult_dialling"].show(window.strip)

    assert not panel.isVisible()
    assert panel.field.text() == ""


def test_nothing_typed_is_said_and_something_wrong_stays_to_be_mended(window: MainWindow, panel: TransferPanel) -> None:
    spy = QSignalSpy(window.strip.wishes.consult_wanted)
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    first = texts(panel)
    panel.field.setText("whoever")
    panel.show_trouble("“whoever” is not a telephone number. Check what you typed.")

    assert spy.count() == 0
    assert "Enter a number, an extension or a name first." in first
    assert "“whoever” is not a telephone number. Check what you typed." in texts(panel)
    assert panel.field.text() == "whoever"


def test_name_is_composed_in_chinese_before_anything_happens(window: MainWindow, panel: TransferPanel) -> None:
    spies = [QSignalSpy(window.strip.wishes.consult_wanted), QSignalSpy(window.strip.wishes.transfer_wanted)]
    compose(panel.field, "zhou")
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    QTest.keyClick(panel.field, Qt.Key.Key_Return, CTRL)
    QTest.keyClick(panel.field, Qt.Key.Key_Escape)
    meanwhile = ([spy.count() for spy in spies], panel.isVisible())
    commit(panel.field, "周敏")
    QTest.keyClick(panel.field, Qt.Key.Key_Return)

    assert meanwhile == ([0, 0], True)
    assert said(spies[0]) == [["call-1", "1007"]]


def test_panel_is_gone_through_by_tab_in_the_order_it_is_read(panel: TransferPanel) -> None:
    visited = []
    for _ in range(5):
        QTest.keyClick(desk.focus(), Qt.Key.Key_Tab)
        visited.append(desk.focus().accessibleName())
    assert visited == ["Consult first", "Transfer now", "Survey", "PIN check", "Park"]


def test_panel_stands_under_the_strip_inside_the_window(window: MainWindow, panel: TransferPanel) -> None:
    QCoreApplication.processEvents()
    top = window.strip.mapTo(window, window.strip.rect().bottomLeft()).y()
    assert panel.geometry().top() > top
    assert window.rect().contains(panel.geometry())


@pytest.mark.parametrize("name", ["idle", "call_rings", "call_dials", "consult_talking", "transfer_asked", "ending"])
def test_ctrl_t_does_nothing_where_no_call_can_be_brought_anywhere(window: MainWindow, name: str) -> None:
    SCENES[name].show(window.strip)
    QTest.keyClick(window, Qt.Key.Key_T, CTRL)
    assert not window.strip.panel.isVisible()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("transfer_asked", "Transferring to Zhou Min (1007)…"),
        ("transfer_ringing", "Zhou Min (1007) rings…"),
        ("transfer_failed", "Zhou Min (1007) is busy. The caller is on hold here."),
        ("consult_failed", "Zhou Min (1007) is busy. The caller is on hold here."),
        ("consult_talking", "Asked about Chen Siyuan"),
        ("conference", "In conference with Zhou Min (1007)"),
    ],
)
def test_strip_says_how_the_transfer_stands(window: MainWindow, name: str, words: str) -> None:
    SCENES[name].show(window.strip)
    assert words in texts(window.strip)
