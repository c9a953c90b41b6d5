"""From one page of those who write knowledge to another: articles, what is missing, words that mean the same."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.page import KEYS, Page
from agent_desktop.ui.widgets.controls import Button

PAGES: Final = (Page.ARTICLES, Page.GAPS, Page.SYNONYMS)


class EditorWays(QWidget):
    """`page_wanted(Page)` for another of them; `offer` says which there are for this person."""

    page_wanted = Signal(object)

    def __init__(self, look: Look, here: Page) -> None:
        super().__init__()
        self._here = here
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(4))
        names = {
            Page.ARTICLES: self.tr("Articles"),
            Page.GAPS: self.tr("Gaps"),
            Page.SYNONYMS: self.tr("Synonyms"),
        }
        self.buttons = {page: Button(look, names[page], kind="ghost", size="compact") for page in PAGES}
        for page, button in self.buttons.items():
            button.setCheckable(True)
            button.setChecked(page is here)
            button.setToolTip(KEYS[page])
            button.setAccessibleDescription(KEYS[page])
            button.clicked.connect(partial(self._press, page))
            row.addWidget(button)
        self.offer(lambda page: page is here)

    def offer(self, is_offered: Callable[[Page], bool]) -> None:
        """Nothing is shown where there is one of them only."""
        offered = [page for page in PAGES if is_offered(page)]
        for page, button in self.buttons.items():
            button.setVisible(page in offered and len(offered) > 1)

    def _press(self, page: Page) -> None:
        self.buttons[page].setChecked(page is self._here)
        if page is not self._here:
            self.page_wanted.emit(page)
