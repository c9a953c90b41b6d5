"""The rail of who may open everything, with one of its lists, as the gallery draws it."""

from typing import Final

from PySide6.QtCore import QPoint, Qt

from agent_desktop.ui.page import Page
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail_buttons import GroupButton

STATES: Final = ("rail_floor", "rail_company")


def offer_everything(made: MainWindow) -> None:
    for page in Page:
        made.rail.offer(page, is_offered=True)


def group_of(made: MainWindow, page: Page) -> GroupButton:
    """That by which the page is reached."""
    return next(one for one in made.rail.findChildren(GroupButton) if page in one.pages)


def show_rail(made: MainWindow, state: str) -> None:
    offer_everything(made)
    made.rail.show_reviews(3)
    made.rail.show_overdue(2)
    made.show()
    group = group_of(made, Page.WALLBOARD if state == "rail_floor" else Page.ARTICLES)
    group.click()
    assert group.list is not None
    high, place = group.list.height(), group.mapTo(made, QPoint(group.width() + 6, 0))
    group.list.setWindowFlags(Qt.WindowType.Widget)
    group.list.setParent(made)
    group.list.move(place.x(), min(place.y(), made.height() - high))
    group.list.show()
