"""The customer in the centre: one panel, filled again for every caller, never built again.

Values: `show_recognition(Recognition, now, caller_name, key)`, `show_nothing()`, `show_unopened(keys)`,
`show_waiting(number)` (skeleton),
`show_directory`, `add_earlier(Timeline)`, `ask_why()`, `show_revealed(number, now)`, `hide_revealed()`, `tick(now)`,
`be_wide(is_wide)`.
Wishes: `reveal_wanted(number, reason)`, `field_wanted(field, reason)`, `dial_wanted(number)`,
`new_ticket_wanted`, `ticket_taken(id)`,
`note_written(customer id, text)`, `earlier_wanted(customer id, moment)`, `candidate_chosen(id)`,
`create_wanted(NewCustomer)`, `search_wanted`, `edit_wanted`, `check_wanted`,
`contact_opened(Contact)`, `history_wanted`; `customer_changed(id)` when somebody else is shown,
`customer_shown(id)` whenever what is known of a customer was; `products_withheld(whether)` as the check allows.
"""

from datetime import datetime
from typing import assert_never

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QTabBar, QVBoxLayout, QWidget

from agent_desktop.customers.duplicates import Duplicate
from agent_desktop.customers.own_fields import OwnValues
from agent_desktop.customers.profile import (
    Hidden,
    KeyFigures,
    Known,
    Privacy,
    Profile,
    Recognition,
    Several,
    Timeline,
    TimelineEntry,
    Unknown,
    Withdrawn,
)
from agent_desktop.customers.relations import Related
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.customer.ask_bar import AskBar
from agent_desktop.ui.customer.cards import LeadsCard, NotesCard, ProductsCard, TicketsCard
from agent_desktop.ui.customer.change_card import ChangeCard
from agent_desktop.ui.customer.consent_card import ConsentCard
from agent_desktop.ui.customer.details import Details
from agent_desktop.ui.customer.duplicate_bar import DuplicateBar
from agent_desktop.ui.customer.editor import CustomerEditor
from agent_desktop.ui.customer.entry_card import EntryCard
from agent_desktop.ui.customer.header import CustomerHeader
from agent_desktop.ui.customer.merged_card import MergedCard
from agent_desktop.ui.customer.merging import MergeCard
from agent_desktop.ui.customer.owed import OwedRow
from agent_desktop.ui.customer.related_bar import RelatedBar
from agent_desktop.ui.customer.relation_card import RelationsCard
from agent_desktop.ui.customer.strangers import Blank, Chooser, NewCustomer, Stranger
from agent_desktop.ui.customer.timeline import Shown, TimelineView
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.parts import Rule
from agent_desktop.ui.widgets.skeleton import Skeleton
from agent_desktop.ui.widgets.watermark import Watermark
from agent_model.customer import ContactKind, Customer, CustomerId, SegmentId
from agent_model.identity_rule import Disclosed
from agent_model.phone_number import PhoneNumber, masked
from agent_model.row_change import RowHistory

_TABS = (Shown.ALL, Shown.TICKETS, Shown.ORDERS, None)


class CustomerPane(QFrame):
    reveal_wanted = Signal(str, str)
    field_wanted = Signal(str, str)
    dial_wanted = Signal(str)
    new_ticket_wanted = Signal()
    ticket_taken = Signal(str)
    note_written = Signal(str, str)
    earlier_wanted = Signal(str, object)
    candidate_chosen = Signal(str)
    create_wanted = Signal(object)
    search_wanted = Signal()
    edit_wanted = Signal()
    contact_opened = Signal(object)
    history_wanted = Signal(object)
    check_wanted = Signal()
    customer_changed = Signal(str)
    customer_shown = Signal(str)
    products_withheld = Signal(bool)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self._customer_id = ""
        self._is_wide: bool | None = None
        self.setProperty("ground", "canvas")
        self.setAccessibleName(self.tr("Customer"))
        self.header = CustomerHeader(look, formats)
        self.chooser = Chooser(look)
        self.stranger = Stranger(look)
        self.blank = Blank(look)
        self.skeleton = Skeleton(look)
        self.owed = OwedRow(look)
        self.timeline = TimelineView(look, formats)
        self.tickets = TicketsCard(look)
        self.leads = LeadsCard(look, formats)
        self._has_leads = False
        self.products = ProductsCard(look, formats)
        self.notes = NotesCard(look, formats)
        self.consent = ConsentCard(look, formats)
        self.details = Details(look, formats)
        self.editor = CustomerEditor(look, formats)
        self.merging = MergeCard(look, formats)
        self.merged = MergedCard(look, formats)
        self.changes = ChangeCard(look, formats)
        self.relations = RelationsCard(look, formats)
        self.related = RelatedBar(look)
        self.duplicates = DuplicateBar(look, formats)
        self.asking = AskBar(look)
        self.tabs = QTabBar()
        self.filter = Pick(look)
        self.entry = EntryCard(look, formats)
        self._lay_out()
        self._connect()
        self.be_wide(is_wide=False)
        self.show_nothing()

    def _lay_out(self) -> None:
        px = self._look.px
        self._head_card = Card(self._look)
        self._heads = (self.header, self.chooser, self.stranger, self.blank, self.skeleton)
        self._head_card.body.setContentsMargins(px(16), px(14), px(16), px(12))
        for widget in self._heads:
            self._head_card.body.addWidget(widget)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setAccessibleName(self.tr("Parts of the customer"))
        for words in (self.tr("Timeline"), self.tr("Tickets"), self.tr("Orders"), self.tr("Profile")):
            self.tabs.addTab(words)
        self.filter.setAccessibleName(self.tr("Kind of contact"))
        for shown, words in self._filters():
            self.filter.addItem(words, shown.value)
        self._history = QFrame()
        self._history.setProperty("role", "card")
        inside = QVBoxLayout(self._history)
        inside.setContentsMargins(1, px(4), 1, px(6))
        inside.setSpacing(0)
        bar = QHBoxLayout()
        bar.setContentsMargins(px(8), 0, px(8), 0)
        bar.addWidget(self.tabs)
        bar.addStretch(1)
        bar.addWidget(self.filter)
        inside.addLayout(bar)
        inside.addWidget(Rule())
        inside.addWidget(self.timeline, 1)
        inside.addWidget(self.entry)
        self._profile = QScrollArea()
        self._profile.setWidgetResizable(True)
        self._profile.setFrameShape(QFrame.Shape.NoFrame)
        self._profile.setAccessibleName(self.tr("Profile"))
        in_profile = QWidget()
        self._profile_column = QVBoxLayout(in_profile)
        self._profile_column.setContentsMargins(px(14), px(12), px(14), px(12))
        self._profile_column.setSpacing(px(10))
        self._profile_column.addWidget(self.details)
        self._profile_column.addWidget(self.merged)
        self._profile_column.addWidget(self.changes)
        self._profile_column.addStretch(1)
        self._profile.setWidget(in_profile)
        self._profile.hide()
        inside.addWidget(self._profile, 1)
        self._facts = Card(self._look, self.tr("Profile"))
        self._facts.setParent(self)
        self._facts.hide()
        cards = QWidget()
        self._side = QVBoxLayout(cards)
        self._side.setContentsMargins(0, 0, 0, 0)
        self._side.setSpacing(px(10))
        self._beside = QScrollArea()
        self._beside.setWidgetResizable(True)
        self._beside.setFrameShape(QFrame.Shape.NoFrame)
        self._beside.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._beside.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._beside.setAccessibleName(self.tr("More about the customer"))
        for ground in (cards, self._beside, self._beside.viewport()):
            ground.setProperty("ground", "canvas")
        self._beside.setWidget(cards)
        side_bar = self._beside.verticalScrollBar()  # it stands in the margin, and the cards end where those above do
        side_bar.rangeChanged.connect(lambda _, most: self._side.setContentsMargins(0, 0, 0 if most else px(10), 0))
        self._left = QVBoxLayout()
        self._left.setSpacing(px(10))
        self._left.addWidget(self._history, 1)
        self._left.addWidget(self.editor, 1)
        self._left.addWidget(self.merging, 1)
        columns = QHBoxLayout()
        columns.setSpacing(px(10))
        columns.addLayout(self._left, 3)
        columns.addWidget(self._beside, 2)
        self._columns = columns
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(12), px(2), px(12))
        column.setSpacing(px(10))
        column.addLayout(self._edged(self.owed))
        column.addLayout(self._edged(self._head_card))
        column.addLayout(columns, 1)
        column.addLayout(self._edged(self.related))
        column.addLayout(self._edged(self.duplicates))
        column.addLayout(self._edged(self.asking))
        self._rest = QWidget()
        column.addWidget(self._rest, 1)
        self._rest.hide()
        self.watermark = Watermark(self._look, self)

    def _edged(self, widget: QWidget) -> QHBoxLayout:
        """With the room that the others leave for a bar."""
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, self._look.px(10), 0)
        row.addWidget(widget)
        return row

    def _filters(self) -> tuple[tuple[Shown, str], ...]:
        return (
            (Shown.ALL, self.tr("Everything")),
            (Shown.CALLS, self.tr("Calls")),
            (Shown.MAILS, self.tr("E-mails")),
            (Shown.MESSAGES, self.tr("Chats and messages")),
            (Shown.RATINGS, self.tr("Ratings")),
            (Shown.VISITS, self.tr("Visits")),
            (Shown.NOTES, self.tr("Notes")),
        )

    def _connect(self) -> None:
        self.header.reveal_wanted.connect(self.reveal_wanted)
        self.header.fields.wanted.connect(self.field_wanted)
        self.header.fields.told.connect(self.details.show_told)
        self.details.field_asked.connect(self.header.fields.ask)
        self.header.dial_wanted.connect(self.dial_wanted)
        self.header.edit_wanted.connect(self.edit_wanted)
        self.header.whole_changed.connect(lambda is_whole: self.timeline.be_whole(is_whole=is_whole))
        self.header.whole_changed.connect(lambda is_whole: self.notes.be_whole(is_whole=is_whole))
        self.details.dial_wanted.connect(self.dial_wanted)
        self.tickets.new_ticket_wanted.connect(self.new_ticket_wanted)
        self.tickets.ticket_taken.connect(self.ticket_taken)
        self.leads.ticket_taken.connect(self.ticket_taken)
        self.notes.note_written.connect(lambda text: self.note_written.emit(self._customer_id, text))
        self.timeline.earlier_wanted.connect(lambda moment: self.earlier_wanted.emit(self._customer_id, moment))
        self.chooser.candidate_chosen.connect(self.candidate_chosen)
        self.stranger.create_wanted.connect(self.create_wanted)
        self.stranger.search_wanted.connect(self.search_wanted)
        self.blank.search_wanted.connect(self.search_wanted)
        self.tabs.currentChanged.connect(self._turn_to)
        self.filter.currentIndexChanged.connect(lambda _: self._turn_to(self.tabs.currentIndex()))
        self.timeline.entry_taken.connect(self._open_entry)
        self.changes.wanted.connect(self.history_wanted)
        self.entry.ticket_wanted.connect(self.ticket_taken)
        self.entry.closed.connect(self.timeline.setFocus)

    @property
    def customer_id(self) -> str:
        """Whom the pane shows; empty when nobody is recognised."""
        return self._customer_id

    def show_directory(self, directory: Directory) -> None:
        self.timeline.show_directory(directory)
        self.notes.show_directory(directory)
        self.consent.show_directory(directory)
        self.merged.show_directory(directory)
        self.relations.show_directory(directory)
        self.leads.show_directory(directory)
        self.changes.show_directory(directory)

    def show_recognition(self, recognition: Recognition, now: datetime, caller_name: str = "", key: str = "") -> None:
        """`key` is the call's: what is typed about a caller whom nobody knows belongs to it."""
        match recognition:
            case Known(number, profile):
                self._show_profile(profile, number, now)
            case Several():
                self.chooser.show_several(recognition)
                self._show_head(self.chooser)
            case Unknown():
                self.stranger.show_unknown(recognition, caller_name, key)
                self._show_head(self.stranger)
            case Privacy(number, platform):
                self.stranger.show_privacy(number, platform.in_language(self._formats.language), caller_name, key)
                self._show_head(self.stranger)
            case Withdrawn():
                self._show_profile(_nobody(now), None, now)
                self.blank.say(
                    "user",
                    self.tr("This customer is no longer yours"),
                    self.tr("They belong to other colleagues now. What you wrote is kept."),
                )
                self._show_head(self.blank)
            case Hidden():
                self.stranger.show_hidden(caller_name, key)
                self._show_head(self.stranger)
            case _:
                assert_never(recognition)

    def show_waiting(self, number: PhoneNumber | None) -> None:
        """A skeleton while the local copy is asked; show it only when the answer takes longer than 150 ms."""
        self.skeleton.say(masked(number) if number else "")
        self._show_head(self.skeleton)

    def show_unopened(self, keys: str) -> None:
        """Nobody is shown, yet a call was answered while the agent was writing; `keys` open it."""
        self.blank.say(
            "phone-call",
            self.tr("Your call is open in the list"),
            self.tr("Nothing was moved while you were writing. {keys} shows the caller.").format(keys=keys),
        )
        self._show_head(self.blank)

    def show_nothing(self) -> None:
        self.blank.say(
            "headset",
            self.tr("Nobody on the line"),
            self.tr("When a call comes in, the customer appears here before you answer."),
        )
        self._show_head(self.blank)

    def focus_consent(self) -> None:
        """Where it is to be changed, whatever part of the customer is shown."""
        if self._customer_id:
            self.bring_into_sight(self.consent)
            self.consent.focus_first()

    def bring_into_sight(self, part: QWidget) -> None:
        """What stands beside the customer, or in the profile of a narrow window."""
        if not self._is_wide:
            self.tabs.setCurrentIndex(len(_TABS) - 1)
        area = self._beside if self._is_wide else self._profile
        QTimer.singleShot(0, part, lambda: area.ensureWidgetVisible(part))

    def show_history(self, history: RowHistory, now: datetime, *, is_more: bool) -> None:
        """What the fields went through; the first page comes to the top, for it was asked for at the lower edge."""
        self.changes.show_history(history, now, is_more=is_more)
        if not is_more:
            QTimer.singleShot(0, self.changes, self._bring_changes_up)

    def _bring_changes_up(self) -> None:
        area = self._beside if self._is_wide else self._profile
        area.verticalScrollBar().setValue(self.changes.y())

    def open_editor(self) -> None:
        """The form stands where the timeline was."""
        self._show_parts()

    def close_editor(self) -> None:
        self.editor.put_away()
        self._show_parts()

    def show_own(self, own: OwnValues, directory: Directory) -> None:
        """What the site asks of customers beside what every one has."""
        self.details.show_own(own, directory)

    def show_duplicates(self, duplicates: tuple[Duplicate, ...]) -> None:
        """Who may be the same as who is shown."""
        self.duplicates.show_duplicates(duplicates)
        self._show_parts()

    def show_related(self, related: Related | None) -> None:
        """Who of their household or company has something open."""
        self.related.show_trouble(related)
        self._show_parts()

    def show_question(self, field: str) -> None:
        """What is to be asked now; empty: nothing."""
        if field:
            self.asking.show_question(field)
        else:
            self.asking.put_away()
        self._show_parts()

    def open_merging(self) -> None:
        """The comparison stands where the timeline was."""
        self._show_parts()

    def close_merging(self) -> None:
        self.merging.put_away()
        self._show_parts()

    def add_earlier(self, timeline: Timeline) -> None:
        self.timeline.add_earlier(timeline)

    def ask_why(self) -> None:
        """The site wants a reason before a number is shown."""
        self.header.ask_why()

    def disclose(self, hidden: frozenset[Disclosed], why: str) -> None:
        """Shows what the check of the caller allows; `why` stands where something is hidden."""
        self.header.withhold(hidden, why)
        self.details.withhold(hidden, why)
        self.products.withhold(why if Disclosed.PRODUCTS in hidden else "")
        self.products_withheld.emit(Disclosed.PRODUCTS in hidden)
        self.timeline.withhold_orders(is_withheld=Disclosed.ORDERS in hidden)
        self.tabs.setTabEnabled(2, Disclosed.ORDERS not in hidden)
        self.tabs.setTabToolTip(2, why if Disclosed.ORDERS in hidden else "")
        if Disclosed.ORDERS in hidden and self.tabs.currentIndex() == 2:
            self.tabs.setCurrentIndex(0)

    def show_revealed(self, number: str, now: datetime) -> None:
        self.header.show_revealed(number, now)

    def hide_revealed(self) -> None:
        """Somebody else may look at this screen now."""
        self.header.hide_revealed()
        self.header.fields.hide_field()

    def put_by(self, now: datetime) -> None:
        """What was read beside the profile is not shown until it is read again."""
        self.entry.put_away()
        self.changes.put_away()
        self.duplicates.show_duplicates(())
        self.merged.show_merges((), (), now)
        self.details.show_own(OwnValues(), Directory())

    def tick(self, now: datetime) -> None:
        self.header.tick(now)
        self.tickets.tick(now)

    def be_wide(self, *, is_wide: bool) -> None:
        """Two columns from 1600 on; below, open tickets stand over the timeline, the rest is a tab."""
        if is_wide == self._is_wide:
            return
        self._is_wide = is_wide
        if is_wide:
            for card in (self.tickets, self.leads, self.relations, self.products, self.notes, self.consent):
                self._side.addWidget(card)
            self._facts.body.addWidget(self.details)
            self._side.addWidget(self._facts)
            self._side.addWidget(self.merged)
            self._side.addWidget(self.changes)
            self._side.addStretch(1)
            if self.tabs.currentIndex() == len(_TABS) - 1:
                self.tabs.setCurrentIndex(0)
        else:
            while (item := self._side.takeAt(0)) is not None:
                del item
            self._profile_column.insertWidget(0, self.details)
            self._left.insertWidget(0, self.tickets)
            in_profile: tuple[Card, ...] = (
                self.leads,
                self.relations,
                self.merged,
                self.products,
                self.notes,
                self.consent,
                self.changes,
            )
            for n, part in enumerate(in_profile, start=1):
                self._profile_column.insertWidget(n, part)
        self.tabs.setTabVisible(len(_TABS) - 1, not is_wide)
        self.tabs.updateGeometry()  # Qt does not ask for the room of a tab that comes back
        self._show_parts()
        self._columns.setStretch(1, 2 if is_wide else 0)

    def _show_profile(self, profile: Profile, number: PhoneNumber | None, now: datetime) -> None:
        customer = profile.customer
        is_new = customer.id != self._customer_id
        if is_new:
            self.tabs.setCurrentIndex(0)
            self.filter.setCurrentIndex(0)
            self.notes.put_away()
            self.put_by(now)
        self._customer_id = customer.id
        self.header.show_profile(profile, number, now)
        self.tickets.show_tickets(profile.open_tickets, now)
        self._has_leads = self.leads.show_tickets(profile.open_tickets)
        self.products.show_products(customer.products)
        self.notes.show_notes(customer.notes, now)
        self.consent.show_customer(customer, now)
        self.details.show_customer(customer)
        self.timeline.show_timeline(profile.timeline, now)
        tickets = len(profile.open_tickets)
        orders = sum(
            1 for entry in profile.timeline.entries if entry.contact and entry.contact.kind is ContactKind.ORDER
        )
        self.tabs.setTabText(1, self.tr("Tickets {count}").format(count=tickets) if tickets else self.tr("Tickets"))
        self.tabs.setTabText(2, self.tr("Orders {count}").format(count=orders) if orders else self.tr("Orders"))
        self._show_head(self.header)
        if is_new:
            self.customer_changed.emit(customer.id)
        if customer.id:
            self.customer_shown.emit(customer.id)

    def _show_head(self, shown: QWidget) -> None:
        is_known = shown is self.header
        was_known = bool(self._customer_id)
        if not is_known:
            self._customer_id = ""
            self.header.hide_revealed()
            self.header.signals.clear()
            self.notes.put_away()
        for widget in self._heads:
            widget.setVisible(widget is shown)
        self._show_parts()
        if was_known and not is_known:
            self.customer_changed.emit("")

    def _show_parts(self) -> None:
        is_known, is_merged = bool(self._customer_id), self.merging.is_open
        is_edited = self.editor.is_open or is_merged
        for card in (self.relations, self.products, self.notes, self.consent, self.changes):
            card.setVisible(is_known)
        self.leads.setVisible(is_known and self._has_leads)
        self._history.setVisible(is_known and not is_edited)
        self.tickets.setVisible(is_known and (bool(self._is_wide) or not is_edited))
        self.editor.setVisible(is_known and self.editor.is_open and not is_merged)
        self.merging.setVisible(is_known and is_merged)
        self.asking.setVisible(is_known and not is_edited and bool(self.asking.field))
        self.related.setVisible(is_known and not is_edited and self.related.is_needed)
        self.duplicates.setVisible(is_known and not is_edited and self.duplicates.shown is not None)
        self._facts.setVisible(is_known and bool(self._is_wide))
        self._beside.setVisible(is_known and bool(self._is_wide))
        self._columns.setContentsMargins(0, 0, 0 if self._is_wide else self._look.px(10), 0)
        self._rest.setVisible(not is_known)

    def _turn_to(self, tab: int) -> None:
        shown = _TABS[tab]
        self._profile.setVisible(shown is None)
        self.timeline.setVisible(shown is not None)
        self.filter.setVisible(shown is Shown.ALL)
        if shown is not Shown.ALL:
            self.entry.put_away()
        if shown is not None:
            self.timeline.show_only(Shown(self.filter.currentData()) if shown is Shown.ALL else shown)

    def _open_entry(self, entry: TimelineEntry) -> None:
        """A ticket opens as it was filed; a contact is read whole below."""
        if entry.ticket is not None:
            self.ticket_taken.emit(entry.ticket.id)
        elif entry.contact is not None:
            facts = self.timeline.facts_of(entry.contact)
            self.entry.show_entry(entry.contact, *facts, self.tickets.shown)
            self.contact_opened.emit(entry.contact)


def _nobody(now: datetime) -> Profile:
    """Takes the place of whoever stood here, in every part that is not seen as well."""
    nobody = Customer(CustomerId(""), SegmentId(""), "", ())
    return Profile(nobody, KeyFigures(now, 0, 0, 0, 0, 0, None, 0), (), Timeline(()))


__all__ = ["CustomerPane", "NewCustomer"]
