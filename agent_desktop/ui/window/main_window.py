"""The whole window: where each pane stands, which key leads where, whose focus is whose. It decides nothing else.

Panes are attributes: `top_bar`, `rail`, `offline_banner`, `phone_banner`, `strip`, `left`, `customer`, `right`
(`right.form`, `right.knowledge`, `right.script`), `toasts`; the other pages are in `pages`.
Own wishes: `reveal_wanted`/`new_ticket_wanted` come from the panes; `closing` before the window goes.
`tick(now)` once a second comes from the window's own clock; `show_page`, `show_directory` serve several panes.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget
from shiboken6 import Shiboken

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.composition import Composition
from agent_desktop.ui.customer.pane import CustomerPane
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.strip.buttons import Deed
from agent_desktop.ui.strip.call_strip import CallStrip
from agent_desktop.ui.ticket.deeds import Deed as TicketDeed
from agent_desktop.ui.widgets.parts import UNBOUNDED
from agent_desktop.ui.window.banner import Banner
from agent_desktop.ui.window.cover import Cover
from agent_desktop.ui.window.left_list import LeftList
from agent_desktop.ui.window.lock import Lock
from agent_desktop.ui.window.pages import Pages
from agent_desktop.ui.window.panels import Panels
from agent_desktop.ui.window.phone_report import PhoneReport
from agent_desktop.ui.window.rail import KEYS, Page, Rail
from agent_desktop.ui.window.right_panel import KNOWLEDGE, TICKET, RightPanel
from agent_desktop.ui.window.shortcut_sheet import ShortcutSheet
from agent_desktop.ui.window.shortcuts import Action, chords
from agent_desktop.ui.window.toasts import Toasts
from agent_desktop.ui.window.top_bar import TopBar
from agent_model.article_feedback import FeedbackKind

if TYPE_CHECKING:
    from agent_desktop.ui.diagnostics.bundle_window import BundleWindow
    from agent_desktop.ui.follow_ups.band import FollowUpBand
    from agent_desktop.ui.ticket.page import TicketPage
    from agent_desktop.ui.window.alert_band import AlertBand
    from agent_desktop.ui.window.message_band import MessageBand
    from agent_desktop.ui.window.update_band import UpdateBand

WIDE_FROM_PX = 1600
NARROW_BELOW_PX = 1300
SMALLEST_SCREEN = (1280, 700)
WHILE_LOCKED = frozenset({Action.ANSWER, Action.HANG_UP, Action.MUTE, Action.HOLD, Action.KEYPAD})
"""Calls go on, whoever sits here."""


class MainWindow(QMainWindow):
    closing = Signal()
    compact_wanted = Signal()
    report_wanted = Signal()
    """The small phone is to stand in for the window."""
    help_flag_wanted = Signal()
    lock_wanted = Signal()
    alert_wanted = Signal()
    """The place of the worst alert of the floor."""
    see_to_alert_wanted = Signal()
    """Somebody is to be said to look after the alert at the top."""
    message_read_wanted = Signal()
    """The message at the top was read."""
    page_shown = Signal(object)
    """The Page that is on the screen now."""
    follow_up_wanted = Signal()
    """A callback is to be made, or the one that is open is to have the keyboard."""
    macro_wanted = Signal()
    guide_wanted = Signal()
    vote_wanted = Signal(object)
    """The FeedbackKind that says whether the article that is read helped."""
    screen_wanted = Signal()
    """The wallboard is to have the whole screen, or the window is to come back."""
    editors_wanted = Signal()
    """They are to be told what is wrong with it, or that there is none."""

    def __init__(self, look: Look, formats: Formats, clock: Callable[[], datetime], composition: Composition) -> None:
        super().__init__()
        self._look, self._formats, self._clock, self._composition = look, formats, clock, composition
        self._sheet: ShortcutSheet | None = None
        self._follow_ups: FollowUpBand | None = None
        self._message_band: MessageBand | None = None
        self._alert_band: AlertBand | None = None
        self._update_band: UpdateBand | None = None
        self.ticket: TicketPage | None = None
        self.shows_ticket = False
        self.fills_screen = False
        self._before_search: QWidget | None = None
        self._is_wide: bool | None = None
        self._reads_large = False
        self._is_locked = False
        self._before_lock: tuple[Page, QWidget | None] = (Page.WORKSPACE, None)
        self._may_close: Callable[[], bool] = _at_once
        with look.bare():
            self._build()
        self._fit(self.width())
        self.left.view.setFocus()

    def _build(self) -> None:
        look, formats = self._look, self._formats
        self.setWindowTitle(self.tr("Agent Desktop"))
        self.setMinimumSize(min(look.px(1120), SMALLEST_SCREEN[0]), min(look.px(640), SMALLEST_SCREEN[1]))
        self.rail = Rail(look)
        self.top_bar = TopBar(look, formats)
        self.offline_banner = Banner(look, formats)
        self.phone_banner = Banner(look, formats)
        self.left = LeftList(look, formats, self._clock)
        self.strip = CallStrip(look, formats)
        self.customer = CustomerPane(look, formats)
        self.cover = Cover(look)
        self.cover.hide()
        self.lock = Lock(look)
        self.lock.hide()
        self.right = RightPanel(look, formats)
        self.toasts = Toasts(look, self.customer)
        self._lay_out()
        panels = (self.top_bar, self.left, self.strip, self.customer, self.right)
        self._panels = Panels(panels, self._composition)
        self._shortcuts = self._bind()
        self.top_bar.state.let_through(self._shortcuts)
        self._connect()
        self._second = QTimer(self)
        self._second.setInterval(1_000)
        self._second.timeout.connect(lambda: self.tick(self._clock()))
        self._second.start()

    def _lay_out(self) -> None:
        at_work = QWidget()
        self._beneath = beneath = QHBoxLayout()
        beneath.setContentsMargins(0, 0, 0, 0)
        beneath.setSpacing(0)
        beneath.addWidget(self.customer, 1)
        beneath.addWidget(self.cover, 1)
        beneath.addWidget(self.lock, 1)
        beneath.addWidget(self.right)
        self._middle = middle = QVBoxLayout()
        middle.setSpacing(0)
        self._band = QWidget()
        self._in_band = QVBoxLayout(self._band)
        self._in_band.setContentsMargins(0, 0, 0, 0)
        middle.addWidget(self.strip)
        middle.addWidget(self._band)
        middle.addLayout(beneath, 1)
        workspace = QHBoxLayout(at_work)
        workspace.setContentsMargins(0, 0, 0, 0)
        workspace.setSpacing(0)
        workspace.addWidget(self.left)
        workspace.addLayout(middle, 1)
        self.pages = Pages(self._look, self._formats, at_work)
        self._column = column = QVBoxLayout()
        column.setSpacing(0)
        for widget in (self.top_bar, self.offline_banner, self.phone_banner):
            column.addWidget(widget)
        column.addWidget(self.pages, 1)
        ground = QFrame()
        ground.setProperty("ground", "canvas")
        row = QHBoxLayout(ground)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        self.setCentralWidget(ground)

    def _connect(self) -> None:
        self.rail.page_wanted.connect(self.show_page)
        self.rail.help_wanted.connect(self.open_sheet)
        self.rail.compact_wanted.connect(self.compact_wanted)
        self.top_bar.search_left.connect(self._leave_search)
        self.top_bar.notices_wanted.connect(lambda: self.show_page(Page.NOTICES))
        self.customer.new_ticket_wanted.connect(self.start_ticket)
        self.customer.tickets.promise_wanted.connect(self.follow_up_wanted)
        self.customer.search_wanted.connect(self._focus_search)
        self.right.knowledge.large_changed.connect(self._read_large)
        self.customer.products_withheld.connect(
            lambda is_withheld: self.right.knowledge.withhold_products(is_withheld=is_withheld)
        )

    @property
    def look(self) -> Look:
        return self._look

    @property
    def is_composing(self) -> bool:
        """An input method has a composition open: nothing may pull the field away from under it."""
        return self._composition.is_open

    @property
    def follow_ups(self) -> "FollowUpBand":
        """Beneath the call strip, where it is for whoever is on the line."""
        if self._follow_ups is None:
            from agent_desktop.ui.follow_ups.band import FollowUpBand

            self._follow_ups = FollowUpBand(self._look)
            self._in_band.addWidget(self._follow_ups)
        return self._follow_ups

    @property
    def message_band(self) -> "MessageBand":
        """Over every page, where it is seen whatever is done."""
        if self._message_band is None:
            from agent_desktop.ui.window.message_band import MessageBand

            self._message_band = MessageBand(self._look)
            self._message_band.read_wanted.connect(self.message_read_wanted)
            self._column.insertWidget(self._column.indexOf(self.pages), self._message_band)
        return self._message_band

    @property
    def alert_band(self) -> "AlertBand":
        """Over every page, too, but not where others read along."""
        if self._alert_band is None:
            from agent_desktop.ui.window.alert_band import AlertBand

            self._alert_band = AlertBand(self._look)
            self._alert_band.go_wanted.connect(self.alert_wanted)
            self._alert_band.see_wanted.connect(self.see_to_alert_wanted)
            self._column.insertWidget(self._column.indexOf(self.phone_banner) + 1, self._alert_band)
            self._guard_bands()
        return self._alert_band

    @property
    def update_band(self) -> "UpdateBand":
        """Over every page, beneath what is more urgent."""
        if self._update_band is None:
            from agent_desktop.ui.window.update_band import UpdateBand

            self._update_band = UpdateBand(self._look)
            self._column.insertWidget(self._column.indexOf(self.pages), self._update_band)
            self._guard_bands()
        return self._update_band

    def _guard_bands(self) -> None:
        """Who is not there looks after nothing."""
        if self._alert_band is not None:
            self._alert_band.setEnabled(not self._is_locked)
            self._alert_band.keep_back(is_kept_back=self.fills_screen)
        if self._update_band is not None:
            self._update_band.setEnabled(not self._is_locked)

    def show_directory(self, directory: Directory) -> None:
        self.customer.show_directory(directory)
        self.right.knowledge.show_directory(directory)

    def show_phone_report(self, text: str) -> None:
        """Beside the window, which goes on."""
        PhoneReport(self._look, text, self).show()

    def open_report(self) -> "BundleWindow":
        """For IT, beside the window."""
        from agent_desktop.ui.diagnostics.bundle_window import BundleWindow

        report = BundleWindow(self._look, self._clock(), self)
        report.show()
        return report

    def cover_customers(self, head: str, words: str, *, can_sign_in: bool) -> None:
        """Nobody sees or finds a customer from now on; strip and ticket form stay as they are."""
        self.show_page(Page.WORKSPACE)
        self.right.knowledge.read_large(is_large=False)
        self._set_covered(is_covered=True)
        self.cover.show_reason(head, words, can_sign_in=can_sign_in)

    def uncover_customers(self) -> None:
        self._set_covered(is_covered=False)

    def lock_customers(self) -> None:
        """Nobody sees customers, or what is written about them, from now on; the strip stays, everything is kept."""
        self._before_lock = (self.pages.shown, self.focusWidget())
        self.fill_screen(is_whole=False)
        self.show_page(Page.WORKSPACE)
        self._is_locked = True
        self.customer.hide_revealed()
        self._hide_customers()
        self.lock.ask()

    def unlock_customers(self) -> None:
        """As it was before, the keyboard where it was."""
        self._is_locked = False
        self._hide_customers()
        page, focus = self._before_lock
        self.show_page(page)
        if focus is not None and Shiboken.isValid(focus) and focus.isVisible():
            focus.setFocus()
        else:
            self.left.view.setFocus()

    def _set_covered(self, *, is_covered: bool) -> None:
        self.cover.setVisible(is_covered)
        self._hide_customers()

    def _hide_customers(self) -> None:
        """What the cover and the lock leave."""
        is_covered = not self.cover.isHidden()
        self.lock.setVisible(self._is_locked and not is_covered)
        self.left.setVisible(not (is_covered or self._is_locked))
        for part in (self.right, self._band):
            part.setVisible(not self._is_locked)
        self._fill_centre()
        for way in (self.top_bar.search, self.rail):
            way.setEnabled(not (is_covered or self._is_locked))
        self._guard_bands()

    def fill_screen(self, *, is_whole: bool) -> None:
        """The page that is shown has the screen to itself, or the window comes back as it was."""
        if is_whole is self.fills_screen:
            return
        self.fills_screen = is_whole
        for part in (self.rail, self.top_bar):
            part.setVisible(not is_whole)
        self._guard_bands()
        self._place_toasts()
        state = self.windowState()
        whole = Qt.WindowState.WindowFullScreen
        self.setWindowState(state | whole if is_whole else state & ~whole)

    def ask_before_closing(self, may_close: Callable[[], bool]) -> None:
        """Whether the window goes when it is closed."""
        self._may_close = may_close

    def show_page(self, page: Page) -> None:
        if not self.cover.isHidden() or self._is_locked or not self.rail.offers(page):
            return
        self.pages.turn_to(page)
        self._place_toasts()
        self.rail.show_page(page)
        self.page_shown.emit(page)

    def tick(self, now: datetime) -> None:
        for pane in (self.top_bar, self.strip, self.left, self.customer):
            pane.tick(now)
        if self.ticket is not None and self.shows_ticket:
            self.ticket.tick(now)
        for banner in (self.offline_banner, self.phone_banner):
            if not banner.isHidden():
                banner.tick(now)

    def start_ticket(self) -> None:
        self.show_page(Page.WORKSPACE)
        self.right.start_ticket()

    def start_wrap_up(self) -> None:
        self.show_page(Page.WORKSPACE)
        self.right.start_wrap_up()

    def start_knowledge(self) -> None:
        self.show_page(Page.WORKSPACE)
        if self.right.tabs.currentIndex() not in (TICKET, KNOWLEDGE):
            self.right.turn_to(KNOWLEDGE)
        self.right.knowledge.start()

    def _take_up_guide(self) -> None:
        self.show_page(Page.WORKSPACE)
        self.guide_wanted.emit()

    def make_ticket_page(self) -> "TicketPage":
        """The page of a ticket, made when the first one is opened; it stands where the customer does."""
        from agent_desktop.ui.ticket.page import TicketPage

        self.ticket = page = TicketPage(self._look, self._formats)
        page.be_wide(is_wide=bool(self._is_wide))
        page.hide()
        self._beneath.insertWidget(1, page, 1)
        self._panels.add(page, before=self.right)
        return page

    def show_ticket(self, page: "TicketPage") -> None:
        """In place of the customer, until `close_ticket`."""
        self.shows_ticket = True
        self.right.knowledge.read_large(is_large=False)
        self._fill_centre()

    def close_ticket(self) -> None:
        if self.ticket is not None and self.shows_ticket:
            had_focus = self.ticket.isAncestorOf(self.focusWidget() or self)
            self.shows_ticket = False
            self._fill_centre()
            if had_focus:
                self.left.view.setFocus()

    def _fill_centre(self) -> None:
        is_taken = not self.cover.isHidden() or self._is_locked or self._reads_large
        if self.ticket is not None:
            self.ticket.setVisible(self.shows_ticket and not is_taken)
        self.customer.setVisible(not self.shows_ticket and not is_taken)
        self._place_toasts()

    def _place_toasts(self) -> None:
        """Over what is looked at; nowhere on a whole screen, where others read along."""
        page = self.pages.currentWidget()
        if page is not None and page is not self.pages.workspace and not self.fills_screen:
            self.toasts.stand_over(page)
        else:
            self.toasts.stand_over(self.ticket if self.ticket is not None and self.shows_ticket else self.customer)

    def _read_large(self, is_large: bool) -> None:
        """An article has the place of customer or ticket too; they come back as they were."""
        if is_large != self._reads_large:
            self._reads_large = is_large
            self._fill_centre()
            self._fit_right()

    def _fit_right(self) -> None:
        width = self._look.px(432 if self._is_wide else 352)
        self.right.setMinimumWidth(width)
        self.right.setMaximumWidth(UNBOUNDED if self._reads_large else width)

    def _print_ticket(self) -> None:
        if self.ticket is not None and self.ticket.isVisible():
            self.ticket.print_wanted.emit()

    def press_ticket(self, deed: TicketDeed) -> None:
        """A deed of the ticket on the screen, by its key."""
        if self.ticket is not None and self.ticket.isVisible():
            self.ticket.press(deed)

    def open_sheet(self) -> None:
        if self._sheet is None:
            self._sheet = ShortcutSheet(self._look, self)
        self._sheet.open_over(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(event.size().width())

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_close():
            event.ignore()
            return
        self._second.stop()
        self.closing.emit()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.tick(self._clock())

    def _fit(self, width: int) -> None:
        px = self._look.px
        is_wide = width >= px(WIDE_FROM_PX)
        if is_wide != self._is_wide:
            self._is_wide = is_wide
            self.left.setFixedWidth(px(280 if is_wide else 256))
            self._fit_right()
            self.customer.be_wide(is_wide=is_wide)
            if self.ticket is not None:
                self.ticket.be_wide(is_wide=is_wide)
        self.top_bar.narrow(is_narrow=width < px(NARROW_BELOW_PX))

    def _bind(self) -> list[QShortcut]:
        deeds: dict[Action, Callable[[], None]] = {
            Action.ANSWER: self.strip.answer,
            Action.HANG_UP: lambda: self.strip.press(Deed.HANG_UP, Deed.END_ALL),
            Action.MUTE: lambda: self.strip.press(Deed.MUTE, Deed.UNMUTE),
            Action.HOLD: lambda: self.strip.press(Deed.HOLD, Deed.RETRIEVE, Deed.CANCEL_CONSULT),
            Action.TRANSFER: self.strip.open_transfer,
            Action.COMPLETE: lambda: self.strip.press(Deed.COMPLETE),
            Action.CONFERENCE: lambda: self.strip.press(Deed.CONFERENCE),
            Action.LEAVE: lambda: self.strip.press(Deed.LEAVE),
            Action.SWITCH: lambda: self.strip.press(Deed.SWITCH),
            Action.RECORD: lambda: self.strip.press(Deed.RECORD, Deed.PAUSE_RECORDING, Deed.RESUME_RECORDING),
            Action.DO_NOT_DISTURB: lambda: self.strip.press(Deed.DO_NOT_DISTURB),
            Action.KEYPAD: lambda: self.strip.press(Deed.KEYPAD),
            Action.DIAL: self.strip.focus_dial,
            Action.WRAP_UP: self.start_wrap_up,
            Action.KNOWLEDGE: self.start_knowledge,
            Action.INSERT: self.right.knowledge.insert_current,
            Action.INSERT_LINK: self.right.knowledge.link_current,
            Action.HELPFUL: partial(self.vote_wanted.emit, FeedbackKind.HELPFUL),
            Action.UNHELPFUL: partial(self.vote_wanted.emit, FeedbackKind.UNHELPFUL),
            Action.TELL_EDITORS: self.editors_wanted.emit,
            Action.MACRO: self.macro_wanted.emit,
            Action.GUIDE: self._take_up_guide,
            Action.SEARCH: self._focus_search,
            Action.PRINT: self._print_ticket,
            Action.NEW_TICKET: self.customer.new_ticket_wanted.emit,
            Action.EDIT: self.customer.edit_wanted.emit,
            Action.SIGNALS: self.customer.header.signals.focus_first,
            Action.CONSENT: self.customer.focus_consent,
            Action.IDENTITY: self.customer.check_wanted.emit,
            Action.ABUSE: self.right.start_abuse,
            Action.FOLLOW_UP: self.follow_up_wanted.emit,
            Action.DUE_LIST: partial(self.show_page, Page.FOLLOW_UPS),
            Action.IMPORTS: partial(self.show_page, Page.IMPORTS),
            Action.DUPLICATES: partial(self.show_page, Page.DUPLICATES),
            Action.PRIVACY: partial(self.show_page, Page.PRIVACY),
            Action.ANNOUNCEMENTS: partial(self.show_page, Page.ANNOUNCEMENTS),
            Action.SYNONYMS: partial(self.show_page, Page.SYNONYMS),
            Action.TRAINING: partial(self.show_page, Page.TRAINING),
            Action.ARTICLES: partial(self.show_page, Page.ARTICLES),
            Action.GAPS: partial(self.show_page, Page.GAPS),
            Action.HELP_FLAG: self.help_flag_wanted.emit,
            Action.ALERT: self.alert_wanted.emit,
            Action.SEE_TO_ALERT: self.see_to_alert_wanted.emit,
            Action.AGENTS: partial(self.show_page, Page.AGENTS),
            Action.BREAKS: partial(self.show_page, Page.BREAKS),
            Action.REPORTS: partial(self.show_page, Page.REPORTS),
            Action.MESSAGES: partial(self.show_page, Page.MESSAGES),
            Action.READ_MESSAGE: self.message_read_wanted.emit,
            Action.RECORDINGS: partial(self.show_page, Page.RECORDINGS),
            Action.OWN_FIGURES: partial(self.show_page, Page.OWN_FIGURES),
            Action.TEACHING: partial(self.show_page, Page.TEACHING),
            Action.WALLBOARD: partial(self.show_page, Page.WALLBOARD),
            Action.WHOLE_SCREEN: self.screen_wanted.emit,
            Action.ASK: self.customer.asking.start,
            Action.SUBMIT: self._submit,
            Action.SAVE_DRAFT: self._keep,
            Action.CLOSE_ITEM: self.left.close_current,
            Action.NEXT_PANEL: self._panels.next,
            Action.PREVIOUS_PANEL: self._panels.previous,
            Action.COMPACT: self.compact_wanted.emit,
            Action.RULES: partial(self.show_page, Page.RULES),
            Action.READY: self.top_bar.state.ready_wanted.emit,
            Action.BREAK: self.top_bar.state.open_menu,
            Action.REVEAL: self.customer.header.ask_reveal,
            Action.LOCK: self.lock_wanted.emit,
            Action.HEALTH: partial(self.show_page, Page.HEALTH),
            Action.REPORT: self.report_wanted.emit,
            Action.HELP: self.open_sheet,
        }
        deeds |= {Action(f"ticket_{deed}"): partial(self.press_ticket, deed) for deed in TicketDeed}
        bound = [self._shortcut(one.keys, deeds[one.action], one.action in WHILE_LOCKED) for one in chords()]
        bound.append(self._shortcut("Ctrl+Enter", self._submit))
        bound += [self._shortcut(f"Ctrl+{n}", lambda n=n: self.left.choose_nth(n)) for n in range(1, 10)]
        bound += [self._shortcut(KEYS[page], partial(self.show_page, page)) for page in list(Page)[:10]]
        return bound

    def _shortcut(self, keys: str, deed: Callable[..., None], goes_locked: bool = False) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setAutoRepeat(False)

        def press() -> None:
            if not self._composition.is_open and (goes_locked or not self._is_locked):
                deed()

        shortcut.activated.connect(press)
        return shortcut

    def _keep(self) -> None:
        """What the page that is shown says, else the ticket that is being written."""
        if not self.pages.keep():
            self.right.form.keep()

    def _submit(self) -> None:
        """What the page that is shown says, or what the keyboard is in: the customer's form, else the ticket."""
        if self.pages.send():
            return
        if self.ticket is not None and self.ticket.isAncestorOf(self.focusWidget() or self):
            self.ticket.submit()
        elif self.customer.editor.isAncestorOf(self.focusWidget() or self):
            self.customer.editor.send()
        elif self.customer.merging.isAncestorOf(self.focusWidget() or self):
            self.customer.merging.send()
        else:
            self.right.form.send()

    def _focus_search(self) -> None:
        """There, and with the same keys back again."""
        if self.top_bar.search.hasFocus():
            self._leave_search()
        else:
            self._before_search = self.focusWidget()
            self.top_bar.open_search()

    def _leave_search(self) -> None:
        before = self._before_search
        if before is None or not Shiboken.isValid(before) or not before.isVisible() or not before.isEnabled():
            before = self.left.view
        before.setFocus()


def _at_once() -> bool:
    """Nobody is to be asked."""
    return True


def composition_of(application: QApplication) -> Composition:
    """The one guard of an application; makes it at first."""
    return application.findChild(Composition) or Composition(application)
