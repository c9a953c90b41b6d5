"""The head of the customer: who it is, how to reach them, and the five figures that matter.

Wishes: `reveal_wanted(number, reason)`, `dial_wanted(number)`: E.164, or the name of a number that only the server has.
"""

from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from agent_desktop.customers.profile import KeyFigures, Profile
from agent_desktop.ui.appearance.formats import NOTHING, Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.customer.field_look import KEPT_BACK, FieldLook, eye
from agent_desktop.ui.customer.identity_card import CheckShown, IdentityCard
from agent_desktop.ui.customer.signal_row import SignalRow
from agent_desktop.ui.customer.words import native_language, tenure
from agent_desktop.ui.strip.party import tier_tone, tier_word
from agent_desktop.ui.widgets.controls import Button, Field
from agent_desktop.ui.widgets.parts import Avatar, Glyph, Label, Pill, Rule, Shrinking
from agent_model.customer import Customer, Tier
from agent_model.identity_rule import Disclosed
from agent_model.phone_number import PhoneNumber, masked

REVEALED_FOR = timedelta(seconds=30)
TAGS_SHOWN = 3


class CustomerHeader(QFrame):
    reveal_wanted = Signal(str, str)
    dial_wanted = Signal(str)
    edit_wanted = Signal()
    whole_changed = Signal(bool)
    """Whether the agent looks at what is hidden otherwise, on record."""

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self._customer_id = ""
        self._number: PhoneNumber | None = None
        self._is_asking = False
        self._hidden: frozenset[Disclosed] = frozenset()
        self._why_hidden, self._region = "", ""
        self._revealed_until: datetime | None = None
        self._called = ""
        self._avatar = Avatar(look, 52, "vio")
        self._name = Shrinking("name")
        self._tier, self._verified = Pill(look), Pill(look)
        self._pending = Pill(look)
        self._tags = [Pill(look) for _ in range(TAGS_SHOWN)]
        self._phone = Label("meta")
        self.reveal = Button(look, "", "eye", kind="ghost", name=self.tr("Show the whole number"), size="compact")
        self.reveal.setToolTip(self.tr("Shows the whole number for 30 s. It is recorded that you looked."))
        self.why = Field(look, self.tr("Reason"), self.tr("Why do you need the number? Enter shows it"), "eye")
        self.fields = FieldLook(look)
        tip = self.tr("Shows it for 30 s. It is recorded that you looked.")
        self.reveal_name = eye(look, self.tr("Show the whole name"), tip)
        self.dial = Button(look, self.tr("Call"), "phone")
        self.edit = Button(look, "", "pencil", name=self.tr("Edit the customer"))
        self.edit.setToolTip(self.tr("Edit the customer  F2"))
        self._facts = {"building": Shrinking("meta"), "map-pin": Label("meta"), "language": Label("meta")}
        self._glyphs = {icon: Glyph(look, icon) for icon in self._facts}
        self.check_button = Button(look, self.tr("Not checked"), "id-check", size="compact")
        self.check_button.setToolTip(self.tr("Check who is calling  Ctrl+Shift+K"))
        self.check_button.hide()
        self.check = IdentityCard(look)
        self.signals = SignalRow(look)
        self._figures = [_Figure(words) for words in self._figure_words()]
        self.reveal.clicked.connect(self.ask_reveal)
        self.why.entered.connect(self._say_why)
        self.why.left.connect(self.hide_revealed)
        self.reveal_name.clicked.connect(lambda: self.fields.ask("name"))
        self.fields.told.connect(self._name_told)
        self.dial.clicked.connect(self._dial)
        self.check_button.clicked.connect(self._toggle_check)
        self.check.closed.connect(self._check_closed)
        self.edit.clicked.connect(self.edit_wanted)
        self._lay_out()

    def _figure_words(self) -> tuple[str, ...]:
        return (
            self.tr("Customer value"),
            self.tr("Contacts, 30 days"),
            self.tr("Open tickets"),
            self.tr("Satisfaction"),
            self.tr("Customer for"),
        )

    def _lay_out(self) -> None:
        px = self._look.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        head = QHBoxLayout()
        head.setSpacing(px(14))
        head.addWidget(self._avatar)
        names = QVBoxLayout()
        names.setSpacing(px(6))
        first = QHBoxLayout()
        first.setSpacing(px(8))
        for widget in (self._name, self.reveal_name, self._tier, self._verified, *self._tags, self._pending):
            first.addWidget(widget)
        first.addStretch(1)
        second = QHBoxLayout()
        second.setSpacing(px(5))
        second.addWidget(Glyph(self._look, "phone"))
        second.addWidget(self._phone)
        second.addWidget(self.reveal)
        for icon, label in self._facts.items():
            second.addSpacing(px(5))
            second.addWidget(self._glyphs[icon])
            second.addWidget(label)
        second.addStretch(1)
        names.addLayout(first)
        names.addLayout(second)
        head.addLayout(names, 1)
        head.addWidget(self.edit)
        head.addWidget(self.dial)
        column.addLayout(head)
        column.addWidget(self.why)
        self.why.hide()
        column.addWidget(self.fields)
        beside = QHBoxLayout()
        beside.setSpacing(px(8))
        beside.addWidget(self.signals, 1)
        beside.addWidget(self.check_button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(beside)
        column.addWidget(self.check)
        column.addWidget(Rule())
        figures = QHBoxLayout()
        figures.setSpacing(px(14))
        for n, figure in enumerate(self._figures):
            if n:
                figures.addWidget(Rule(upright=True, length_px=px(38)))
            figures.addLayout(figure, 1)
        column.addLayout(figures)

    @property
    def number(self) -> PhoneNumber | None:
        return self._number

    def show_profile(self, profile: Profile, number: PhoneNumber | None, now: datetime) -> None:
        customer = profile.customer
        self._show_customer(customer)
        self._pending.show_as(self.tr("Not sent yet") if profile.has_pending else "", "warn")
        number = number or (customer.phones[0] if customer.phones else None)
        if customer.id != self._customer_id:
            self.fields.hide_field()
            self.signals.clear()
            self.show_check(None)
        if (customer.id, number) != (self._customer_id, self._number):
            self._customer_id = customer.id
            self._show_number(number)
        self._show_figures(profile.figures, customer, now)

    def show_check(self, shown: CheckShown | None) -> None:
        """How far the check of the caller is; None: nobody is on the line who could be asked."""
        self.check_button.setVisible(shown is not None)
        if shown is None:
            self.check.clear()
            return
        icon = "check-circle" if shown.is_checked else "warning" if shown.is_bad else "id-check"
        self.check_button.wear("amber" if shown.is_bad else "plain", icon, shown.level)
        self.check_button.setAccessibleName(self.tr("Identity check: {level}").format(level=shown.level))
        self.check.show_check(shown)

    def withhold(self, hidden: frozenset[Disclosed], why: str) -> None:
        """What is not told before the caller was checked."""
        self._hidden, self._why_hidden = hidden, why
        self.signals.withhold(why if Disclosed.PRODUCTS in hidden else "")
        if Disclosed.EMAIL in hidden and self.fields.asked == "email":
            self.fields.hide_field()
        if Disclosed.PHONES in hidden:
            self.hide_revealed()
        self._show_region()
        self._offer_reveal()

    def open_check(self) -> None:
        self.check.begin()

    def _toggle_check(self) -> None:
        if self.check.isVisible():
            self.check.close_card()
        else:
            self.check.begin()

    def _check_closed(self, had_focus: bool) -> None:
        if had_focus:
            self.check_button.setFocus()

    def ask_reveal(self) -> None:
        """Asks for the whole number, or puts it away again."""
        if self._is_asking or self._revealed_until is not None:
            self.hide_revealed()
        elif self._number is not None and Disclosed.PHONES not in self._hidden:
            self._is_asking = True
            self.reveal_wanted.emit(self._number, "")

    def ask_why(self) -> None:
        """It is shown once a reason was given."""
        if self._is_asking:
            self.why.show()
            self.why.setFocus()

    def show_revealed(self, number: str, now: datetime) -> None:
        """The whole number, for 30 s; nothing when it is not waited for any more."""
        if self._is_asking:
            self._show_number(self._number)
            self._phone.say(number)
            self._revealed_until = now + REVEALED_FOR
            self._name_reveal(self.tr("Hide the number"))
            self.whole_changed.emit(self._revealed_until is not None)

    @property
    def is_whole(self) -> bool:
        """The number is looked at, on record."""
        return self._revealed_until is not None

    @property
    def shown_number(self) -> str:
        """As it stands there; empty where there is none."""
        return "" if self._number is None else self._phone.full_text

    def hide_revealed(self) -> None:
        self._show_number(self._number)

    def tick(self, now: datetime) -> None:
        self.fields.tick(now)
        if self._revealed_until is not None and now >= self._revealed_until:
            self.hide_revealed()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.hide_revealed()
        self.fields.hide_field()

    def _say_why(self) -> None:
        reason = self.why.text().strip()
        if reason and self._number is not None:
            self.reveal_wanted.emit(self._number, reason)

    def _name_reveal(self, words: str) -> None:
        self.reveal.setAccessibleName(words)

    def _show_customer(self, customer: Customer) -> None:
        self._avatar.show_name(customer.name, "vio" if customer.tier is Tier.DIAMOND else "accent")
        if self._called != customer.name:
            self._called = customer.name
            self._name_told("name", "")
        self.reveal_name.setVisible(KEPT_BACK in customer.name)
        tier = "" if customer.tier is Tier.STANDARD else tier_word(customer.tier)
        self._tier.show_as(tier, tier_tone(customer.tier))
        self._verified.show_as(self.tr("Verified") if customer.is_verified else "", "ok")
        for n, pill in enumerate(self._tags):
            pill.show_as(customer.tags[n] if n < len(customer.tags) else "", "neutral")
        texts = {
            "building": customer.company or "",
            "language": self._language(customer.language),
        }
        for icon, text in texts.items():
            self._facts[icon].say(text)
            self._facts[icon].setVisible(bool(text))
            self._glyphs[icon].setVisible(bool(text))
        self._region = customer.region or ""
        self._show_region()

    def _name_told(self, field: str, text: str) -> None:
        if field == "name":
            self._name.say(text or self._called)

    def _show_region(self) -> None:
        text = "" if Disclosed.REGION in self._hidden else self._region
        self._facts["map-pin"].say(text)
        self._facts["map-pin"].setVisible(bool(text))
        self._glyphs["map-pin"].setVisible(bool(text))

    def _offer_reveal(self) -> None:
        is_hidden = Disclosed.PHONES in self._hidden
        self.reveal.setEnabled(self._number is not None and not is_hidden)
        shows = self.tr("Shows the whole number for 30 s. It is recorded that you looked.")
        self.reveal.setToolTip(self._why_hidden if is_hidden else shows)

    def _language(self, tag: str) -> str:
        return self.tr("Mandarin") if tag.lower().startswith("zh") else native_language(tag)

    def _show_number(self, number: PhoneNumber | None) -> None:
        was_whole = self._revealed_until is not None
        self._number, self._revealed_until, self._is_asking = number, None, False
        if was_whole:
            self.whole_changed.emit(self._revealed_until is not None)
        self.why.clear()
        self.why.hide()
        self._name_reveal(self.tr("Show the whole number"))
        self._phone.say(masked(number) if number else NOTHING)
        self._offer_reveal()
        self.dial.offer(is_possible=number is not None, why_not=self.tr("There is no number to call."))

    def _show_figures(self, figures: KeyFigures, customer: Customer, now: datetime) -> None:
        formats = self._formats
        value, contacts, tickets, satisfaction, age = self._figures
        value.show(formats.money(figures.value_fen // 100 * 100), self.tr("Last 12 months"))
        change = figures.contacts_30d - figures.contacts_before_30d
        if change == 0:
            contacts.show(formats.count(figures.contacts_30d), self.tr("As last month"))
        else:
            words = self.tr("{change} on last month").format(change=f"{change:+d}".replace("-", "−"))
            contacts.show(formats.count(figures.contacts_30d), words, "warn" if change > 0 else "")
        if figures.due_soon:
            tickets.show(
                formats.count(figures.open_tickets), self.tr("{count} due soon").format(count=figures.due_soon), "bad"
            )
        else:
            tickets.show(formats.count(figures.open_tickets), self.tr("None due soon"))
        rated = (
            self.tr("Ratings: {count}").format(count=figures.ratings) if figures.ratings else self.tr("No rating yet")
        )
        score = NOTHING if figures.satisfaction is None else f"{formats.decimal(figures.satisfaction)} / 5"
        satisfaction.show(score, rated)
        since = self.tr("Since {month}").format(month=formats.month(customer.since)) if customer.since else ""
        age.show(tenure(customer.since, formats.local_date(now)), since)

    def _dial(self) -> None:
        if self._number is not None:
            self.dial_wanted.emit(self._number)


class _Figure(QVBoxLayout):
    """A figure with its name above and one remark below."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setSpacing(1)
        self._figure = Label("figure", NOTHING, elides=True)
        self._remark = Label("meta", elides=True)
        self.addWidget(Label("meta", words, elides=True))
        self._figure.setFixedHeight(self._figure.fontMetrics().height() + 8)
        self.addWidget(self._figure)
        self.addWidget(self._remark)

    def show(self, figure: str, remark: str, tone: str = "") -> None:
        self._figure.say(figure)
        self._remark.say(remark, tone)
