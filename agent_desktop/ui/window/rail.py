"""The rail at the left: the pages of the day, lists of those that lead the floor and of those that run the company, and
at its foot help and settings. Wishes: `page_wanted(Page)`, `help_wanted`, `compact_wanted`."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.page import KEYS as KEYS
from agent_desktop.ui.page import Page as Page
from agent_desktop.ui.window.rail_buttons import GroupButton, RailButton

BENEATH: Final = {Page.ANNOUNCE: Page.ANNOUNCEMENTS, Page.HEALTH: Page.SETTINGS}
"""Pages without a button of their own, each reached from another one."""


class Rail(QFrame):
    page_wanted = Signal(object)
    help_wanted = Signal()
    compact_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("ground", "surface")
        self.setProperty("edge", "right")
        self.setFixedWidth(look.px(56))
        self.setAccessibleName(self.tr("Pages"))
        self._one_of = QButtonGroup(self)
        self._pages: dict[Page, RailButton] = {}
        self._offered: set[Page] = set()
        self._groups: dict[GroupButton, tuple[Page, ...]] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(look.px(8), look.px(4), look.px(7), look.px(4))
        self._column.setSpacing(look.px(2))
        self._add_day()
        self._add_floor()
        self._add_company()
        self._column.addStretch(1)
        compact = RailButton(look, "compact", self.tr("Compact phone"), "Ctrl+Shift+M")
        compact.clicked.connect(self.compact_wanted)
        self._column.addWidget(compact)
        help_button = RailButton(look, "help", self.tr("Keyboard shortcuts"), "F1")
        help_button.clicked.connect(self.help_wanted)
        self._column.addWidget(help_button)
        self._add(Page.SETTINGS, "gear", self.tr("Settings"))
        self._pages[Page.WORKSPACE].setChecked(True)

    def _add_day(self) -> None:
        self._add(Page.WORKSPACE, "headset", self.tr("Workspace"))
        self._add(Page.ATTENTION, "inbox", self.tr("Needs attention"))
        self._add(Page.NOTICES, "bell", self.tr("Notices"))
        self._add(Page.ANNOUNCEMENTS, "megaphone", self.tr("Announcements"))
        self._add(Page.HISTORY, "phone-call", self.tr("Call history"))
        self._add(Page.CALLS, "phone", self.tr("Call list"))
        self._add(Page.FOLLOW_UPS, "calendar", self.tr("Callbacks and return visits"))
        self._add(Page.TICKETS, "ticket", self.tr("Tickets"))
        self._add(Page.CUSTOMERS, "users", self.tr("Customers"))
        self._add(Page.TRAINING, "cap", self.tr("Training"), is_offered=False)
        self._add(Page.OWN_FIGURES, "star", self.tr("My figures"), is_offered=False)

    def _add_floor(self) -> None:
        self._group(
            "floor",
            self.tr("Leading the floor"),
            (Page.WALLBOARD, "gauge", self.tr("Wallboard")),
            (Page.AGENTS, "eye", self.tr("Agents")),
            (Page.BREAKS, "break", self.tr("Breaks of the team")),
            (Page.REPORTS, "chart", self.tr("Reports")),
            (Page.MESSAGES, "send", self.tr("Messages")),
            (Page.RECORDINGS, "voicemail", self.tr("Recordings")),
        )

    def _add_company(self) -> None:
        self._group(
            "building",
            self.tr("Knowledge and administration"),
            (Page.ARTICLES, "book", self.tr("Write articles")),
            (Page.GAPS, "search-empty", self.tr("Gaps of knowledge")),
            (Page.SYNONYMS, "swap", self.tr("Synonyms")),
            (Page.TEACHING, "chart", self.tr("Teaching")),
            (Page.MACROS, "chat", self.tr("Macros")),
            (Page.SIGNALS, "flag", self.tr("Rules of signals")),
            (Page.FORMS, "note", self.tr("Forms")),
            (Page.RULES, "lock", self.tr("Rules of the company")),
            (Page.IMPORTS, "box", self.tr("Import a table")),
            (Page.DUPLICATES, "merge", self.tr("Likely duplicates")),
            (Page.PRIVACY, "user-minus", self.tr("Erasures and copies")),
        )

    def offer(self, page: Page, *, is_offered: bool) -> None:
        """Whether a page is there for this person."""
        if is_offered:
            self._offered.add(page)
        else:
            self._offered.discard(page)
        self._lay_out()

    def offers(self, page: Page) -> bool:
        return page in self._offered

    def show_page(self, page: Page) -> None:
        page = BENEATH.get(page, page)
        self._pages[page].setChecked(True)
        for group in self._groups:
            group.show_page(page)

    @property
    def missed(self) -> int:
        """Missed calls that were not looked at yet."""
        return self._pages[Page.HISTORY].count

    def show_attention(self, count: int) -> None:
        """How many changes wait for a decision."""
        words = self.tr("{count} waiting").format(count=count)
        self._pages[Page.ATTENTION].show_count(count, words, is_urgent=count > 0)

    def show_missed(self, count: int) -> None:
        """How many missed calls were not looked at yet."""
        self._pages[Page.HISTORY].show_count(count, self.tr("Missed calls: {count}").format(count=count))

    def show_overdue(self, count: int) -> None:
        """How many callbacks and return visits are due and not done."""
        self._pages[Page.FOLLOW_UPS].show_count(count, self.tr("Overdue: {count}").format(count=count))

    def show_reviews(self, count: int) -> None:
        """How many articles of others wait for a second reader."""
        self._pages[Page.ARTICLES].show_count(count, self.tr("Waiting for review: {count}").format(count=count))
        for group in self._groups:
            group.count_again()

    def show_announcements(self, count: int, must_read: int) -> None:
        """How many are still to be read, and how many of them must be."""
        words = self.tr("Unread: {count}").format(count=count)
        if must_read:
            words = self.tr("Unread: {count}, must be read: {must}").format(count=count, must=must_read)
        self._pages[Page.ANNOUNCEMENTS].show_count(count, words, is_urgent=must_read > 0)

    def show_training(self, count: int) -> None:
        """How much is to be read and taken."""
        self._pages[Page.TRAINING].show_count(count, self.tr("To do: {count}").format(count=count))

    def _add(self, page: Page, icon: str, name: str, *, is_offered: bool = True) -> None:
        """Some pages are not there until somebody says that they are for this person."""
        button = RailButton(self._look, icon, name, KEYS.get(page, ""))
        button.setCheckable(True)
        button.clicked.connect(lambda: self.page_wanted.emit(page))
        self._one_of.addButton(button)
        self._pages[page] = button
        self._column.addWidget(button)
        button.setHidden(not is_offered)
        if is_offered:
            self._offered.add(page)

    def _group(self, icon: str, name: str, *pages: tuple[Page, str, str]) -> None:
        """None of its pages is there until somebody says so; one alone has the place itself."""
        group = GroupButton(self._look, icon, name)
        group.page_wanted.connect(self.page_wanted)
        group.hide()
        self._column.addWidget(group)
        self._groups[group] = tuple(page for page, _, _ in pages)
        for page, own_icon, own_name in pages:
            self._add(page, own_icon, own_name, is_offered=False)

    def _lay_out(self) -> None:
        grouped: set[Page] = set()
        for group, pages in self._groups.items():
            offered = {page: self._pages[page] for page in pages if page in self._offered}
            group.setHidden(len(offered) < 2)
            group.show_pages(offered)
            if len(offered) > 1:
                grouped |= offered.keys()
        for page, button in self._pages.items():
            button.setHidden(page not in self._offered or page in grouped)
