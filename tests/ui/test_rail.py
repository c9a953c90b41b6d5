"""The rail: every page has a place on a small screen, those of leads and of the company in a list each."""

import itertools

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QMenu

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.page import KEYS, Page
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail_buttons import CountedMenu, RailButton
from tests.ui.rail_samples import group_of, offer_everything

ROOM_PX = 560
"""Of the 768 of a small screen: further pages of the day find their place, too."""
LISTED = (Page.WALLBOARD, Page.AGENTS, Page.BREAKS, Page.REPORTS, Page.MESSAGES, Page.RECORDINGS)


def buttons(window: MainWindow) -> list[RailButton]:
    QCoreApplication.processEvents()
    return [one for one in window.rail.findChildren(RailButton) if one.isVisible()]


def names(window: MainWindow) -> list[str]:
    return [one.accessibleName() for one in buttons(window)]


def opened(window: MainWindow, page: Page) -> CountedMenu:
    """The list in which the page stands."""
    group_of(window, page).click()
    shown = group_of(window, page).list
    assert shown is not None
    assert shown.isVisible()
    return shown


def test_every_page_has_room_on_the_rail_of_a_small_screen(window: MainWindow) -> None:
    offer_everything(window)
    shown = buttons(window)
    places = sorted(button.geometry().top() for button in shown)

    assert window.rail.minimumSizeHint().height() <= ROOM_PX
    assert max(button.geometry().bottom() for button in shown) < window.rail.height()
    assert min(below - above for above, below in itertools.pairwise(places)) >= 40


def test_buttons_stay_large_enough_to_hit_in_the_smallest_window(window: MainWindow) -> None:
    offer_everything(window)
    window.resize(window.minimumSize())
    assert min(min(one.width(), one.height()) for one in buttons(window)) >= 24


def test_agent_sees_no_lists(window: MainWindow) -> None:
    assert not {"Leading the floor", "Knowledge and administration"} & set(names(window))


def test_single_page_of_a_list_has_its_place(window: MainWindow) -> None:
    window.rail.offer(Page.WALLBOARD, is_offered=True)
    alone = names(window)
    window.rail.offer(Page.AGENTS, is_offered=True)
    together = names(window)
    window.rail.offer(Page.WALLBOARD, is_offered=False)

    assert "Wallboard" in alone
    assert "Leading the floor" not in alone
    assert "Leading the floor" in together
    assert not {"Wallboard", "Agents"} & set(together)
    assert "Agents" in names(window)


def test_list_says_name_key_and_what_waits(window: MainWindow) -> None:
    offer_everything(window)
    window.rail.show_reviews(3)
    group, shown = group_of(window, Page.ARTICLES), opened(window, Page.ARTICLES)
    first = shown.actions()[0]

    assert (first.text(), first.shortcut().toString()) == ("Write articles", KEYS[Page.ARTICLES])
    assert first.whatsThis() == "Waiting for review: 3"
    assert not first.icon().isNull()
    assert group.count == 3
    assert group.accessibleDescription() == "Write articles: Waiting for review: 3"


def test_list_without_anything_waiting_says_what_it_is(window: MainWindow) -> None:
    offer_everything(window)
    window.rail.show_reviews(3)
    window.rail.show_reviews(0)

    assert group_of(window, Page.ARTICLES).accessibleDescription() == "Opens a list of pages"


def test_arrow_and_enter_choose_from_the_list(window: MainWindow) -> None:
    offer_everything(window)
    wanted, shown = QSignalSpy(window.rail.page_wanted), opened(window, Page.WALLBOARD)
    QTest.keyClick(shown, Qt.Key.Key_Down)
    QTest.keyClick(shown, Qt.Key.Key_Return)

    assert [wanted.at(n)[0] for n in range(wanted.count())] == [Page.AGENTS]
    assert window.pages.shown is Page.AGENTS
    assert group_of(window, Page.AGENTS).isChecked()


def test_escape_leaves_the_list_and_the_page_as_it_was(window: MainWindow) -> None:
    offer_everything(window)
    wanted, shown = QSignalSpy(window.rail.page_wanted), opened(window, Page.WALLBOARD)
    QTest.keyClick(shown, Qt.Key.Key_Escape)

    assert shown.isHidden()
    assert wanted.count() == 0
    assert window.pages.shown is Page.WORKSPACE
    assert not group_of(window, Page.WALLBOARD).isChecked()


def test_list_begins_at_the_page_that_was_used_last(window: MainWindow) -> None:
    offer_everything(window)
    window.show_page(Page.RECORDINGS)
    window.show_page(Page.WORKSPACE)
    shown = opened(window, Page.RECORDINGS)
    QTest.keyClick(shown, Qt.Key.Key_Return)

    assert window.pages.shown is Page.RECORDINGS


def test_enter_on_the_button_opens_the_list(window: MainWindow) -> None:
    offer_everything(window)
    group = group_of(window, Page.WALLBOARD)
    group.setFocus()
    QTest.keyClick(group, Qt.Key.Key_Return)

    assert group.list is not None
    assert group.list.isVisible()


def test_list_stays_on_the_screen(window: MainWindow) -> None:
    offer_everything(window)
    window.resize(window.minimumSize())
    shown = opened(window, Page.PRIVACY)
    screen = QApplication.primaryScreen().availableGeometry()

    assert screen.contains(shown.geometry()) or shown.height() > screen.height()


@pytest.mark.parametrize("page", LISTED)
def test_keys_lead_to_the_pages_in_lists(window: MainWindow, page: Page) -> None:
    offer_everything(window)
    QTest.keySequence(window, QKeySequence(KEYS[page]))

    assert window.pages.shown is page
    assert group_of(window, page).isChecked()


def test_lists_are_known_to_assistive_technology(window: MainWindow) -> None:
    offer_everything(window)
    shown = QAccessible.queryAccessibleInterface(opened(window, Page.WALLBOARD))
    rows = [shown.child(n) for n in range(shown.childCount())]

    assert shown.role() is QAccessible.Role.PopupMenu
    assert shown.text(QAccessible.Text.Name) == "Leading the floor"
    assert {row.role() for row in rows} == {QAccessible.Role.MenuItem}
    assert [row.text(QAccessible.Text.Name) for row in rows][:2] == ["Wallboard", "Agents"]


def test_what_waits_is_marked_in_the_list_and_on_its_button(window: MainWindow, look: Look) -> None:
    offer_everything(window)
    window.rail.show_reviews(120)
    shown = opened(window, Page.ARTICLES)
    row, on_button = shown.actionGeometry(shown.actions()[0]), group_of(window, Page.ARTICLES).grab().toImage()
    inside = QPoint(row.right() - look.px(8) - 4, row.center().y() + 5)

    assert shown.grab().toImage().pixelColor(inside) == look.colour("bad_solid")
    assert on_button.pixelColor(on_button.width() - 5, 3) == look.colour("bad_solid")


def test_no_list_is_made_before_it_is_opened(window: MainWindow) -> None:
    offer_everything(window)
    assert not window.rail.findChildren(QMenu)
