"""The rail at the left: the pages, and at its foot help and settings. Wishes: `page_wanted(Page)`, `help_wanted`,
`compact_wanted`."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.page import KEYS as KEYS
from agent_desktop.ui.page import Page as Page
from agent_desktop.ui.widgets.controls import Button

BENEATH: Final = {Page.ANNOUNCE: Page.ANNOUNCEMENTS}
"""Pages without a button of their own, each reached from another one."""


HIGH_PX, LOWEST_PX = 32, 24
"""A page's button: who leads has more of them than a small screen is high."""


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
        self.missed = 0
        self._group = QButtonGroup(self)
        self._pages: dict[Page, _RailButton] = {}
        self._beneath: set[Page] = set()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(look.px(8), look.px(4), look.px(7), look.px(4))
        self._column.setSpacing(look.px(1))
        self._add(Page.WORKSPACE, "headset", self.tr("Workspace"))
        self._add(Page.ATTENTION, "inbox", self.tr("Needs attention"))
        self._add(Page.NOTICES, "bell", self.tr("Notices"))
        self._add(Page.ANNOUNCEMENTS, "megaphone", self.tr("Announcements"))
        self._add(Page.HISTORY, "phone-call", self.tr("Call history"))
        self._add(Page.CALLS, "phone", self.tr("Call list"))
        self._add(Page.FOLLOW_UPS, "calendar", self.tr("Callbacks and return visits"))
        self._add(Page.TICKETS, "ticket", self.tr("Tickets"))
        self._add(Page.CUSTOMERS, "users", self.tr("Customers"))
        self._add(Page.WALLBOARD, "gauge", self.tr("Wallboard"), is_offered=False)
        self._add(Page.TRAINING, "cap", self.tr("Training"), is_offered=False)
        self._add(Page.ARTICLES, "book", self.tr("Write articles"), is_offered=False)
        self._add(Page.TEACHING, "chart", self.tr("Teaching"), is_offered=False)
        self._add(Page.SIGNALS, "flag", self.tr("Rules of signals"), is_offered=False)
        self._add(Page.FORMS, "note", self.tr("Forms"), is_offered=False)
        self._add(Page.RULES, "lock", self.tr("Rules of the company"), is_offered=False)
        self._add(Page.SYNONYMS, "swap", self.tr("Synonyms"), is_offered=False)
        self._add(Page.MACROS, "chat", self.tr("Macros"), is_offered=False)
        self._add(Page.IMPORTS, "box", self.tr("Import a table"), is_offered=False)
        self._add(Page.DUPLICATES, "merge", self.tr("Likely duplicates"), is_offered=False)
        self._add(Page.PRIVACY, "user-minus", self.tr("Erasures and copies"), is_offered=False)
        self._add(Page.GAPS, "search-empty", self.tr("Gaps of knowledge"), is_offered=False)
        self._add(Page.OWN_FIGURES, "star", self.tr("My figures"), is_offered=False)
        self._add(Page.AGENTS, "eye", self.tr("Agents"), is_offered=False)
        self._add(Page.BREAKS, "break", self.tr("Breaks of the team"), is_offered=False)
        self._add(Page.RECORDINGS, "voicemail", self.tr("Recordings"), is_offered=False)
        self._column.addStretch(1)
        compact = self._button("compact", self.tr("Compact phone"), "Ctrl+Shift+M")
        compact.clicked.connect(self.compact_wanted)
        self._column.addWidget(compact)
        help_button = self._button("help", self.tr("Keyboard shortcuts"), "F1")
        help_button.clicked.connect(self.help_wanted)
        self._column.addWidget(help_button)
        self._add(Page.SETTINGS, "gear", self.tr("Settings"))
        self._pages[Page.WORKSPACE].setChecked(True)

    def offer(self, page: Page, *, is_offered: bool) -> None:
        """Whether a page is there for this person."""
        if page not in BENEATH:
            self._pages[page].setVisible(is_offered)
        elif is_offered:
            self._beneath.add(page)

    def offers(self, page: Page) -> bool:
        return page in self._beneath if page in BENEATH else not self._pages[page].isHidden()

    def show_page(self, page: Page) -> None:
        self._pages[BENEATH.get(page, page)].setChecked(True)

    def show_attention(self, count: int) -> None:
        """How many changes wait for a decision, in colour, figure and words."""
        button = self._pages[Page.ATTENTION]
        button.show_count(count)
        self._look.dress(button, "inbox", "bad" if count else "sec", 20)
        words = self.tr("{count} waiting").format(count=count)
        button.setAccessibleDescription(words if count else KEYS[Page.ATTENTION])

    def show_missed(self, count: int) -> None:
        """How many missed calls were not looked at yet."""
        button = self._pages[Page.HISTORY]
        self.missed = count
        button.show_count(count)
        words = self.tr("Missed calls: {count}").format(count=count)
        button.setAccessibleDescription(words if count else KEYS[Page.HISTORY])

    def show_overdue(self, count: int) -> None:
        """How many callbacks and return visits are due and not done."""
        button = self._pages[Page.FOLLOW_UPS]
        button.show_count(count)
        words = self.tr("Overdue: {count}").format(count=count)
        button.setAccessibleDescription(words if count else KEYS[Page.FOLLOW_UPS])

    def show_reviews(self, count: int) -> None:
        """How many articles of others wait for a second reader."""
        button = self._pages[Page.ARTICLES]
        button.show_count(count)
        words = self.tr("Waiting for review: {count}").format(count=count)
        button.setAccessibleDescription(words if count else KEYS[Page.ARTICLES])

    def show_announcements(self, count: int, must_read: int) -> None:
        """How many are still to be read, and how many of them must be."""
        button = self._pages[Page.ANNOUNCEMENTS]
        button.show_count(count)
        self._look.dress(button, "megaphone", "bad" if must_read else "sec", 20)
        words = self.tr("Unread: {count}").format(count=count)
        if must_read:
            words = self.tr("Unread: {count}, must be read: {must}").format(count=count, must=must_read)
        button.setAccessibleDescription(words if count else KEYS[Page.ANNOUNCEMENTS])

    def show_training(self, count: int) -> None:
        """How much is to be read and taken."""
        button = self._pages[Page.TRAINING]
        button.show_count(count)
        words = self.tr("To do: {count}").format(count=count)
        button.setAccessibleDescription(words if count else KEYS[Page.TRAINING])

    def _add(self, page: Page, icon: str, name: str, *, is_offered: bool = True) -> None:
        """Some pages are not there until somebody says that they are for this person."""
        button = self._button(icon, name, KEYS.get(page, ""))
        button.setCheckable(True)
        button.clicked.connect(lambda: self.page_wanted.emit(page))
        self._group.addButton(button)
        self._pages[page] = button
        self._column.addWidget(button)
        if not is_offered:
            button.hide()

    def _button(self, icon: str, name: str, keys: str) -> "_RailButton":
        button = _RailButton(self._look, "", icon, kind="ghost", size="compact", name=name, tip=f"{name}  {keys}")
        button.setAccessibleDescription(keys)
        button.setFixedWidth(self._look.px(40))
        button.setMinimumHeight(self._look.px(LOWEST_PX))
        button.setMaximumHeight(self._look.px(HIGH_PX))
        self._look.dress(button, icon, "sec", 20)
        return button


class _RailButton(Button):
    """A page, with how many of its things wait."""

    _count = 0

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(40), self._look.px(HIGH_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(40), self._look.px(LOWEST_PX))

    def show_count(self, count: int) -> None:
        self._count = count
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._count:
            return
        look, words = self._look, str(self._count) if self._count < 100 else "99+"
        font = look.font(11, QFont.Weight.DemiBold)
        side = look.px(16)
        width = max(side, QFontMetrics(font).horizontalAdvance(words) + look.px(8))
        mark = QRectF(self.width() - width, look.px(1), width, side)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("bad_solid"))
        painter.drawRoundedRect(mark, side / 2, side / 2)
        painter.setPen(look.colour("on_accent"))
        painter.setFont(font)
        painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, words)
