"""Erasures and copies in the hands of who may ask and who decides: read from the server, asked, decided, proven."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog

from agent_desktop.errors import ServerRefused
from agent_desktop.paths import write_whole
from agent_desktop.sync.privacy import PersonWish, Standing, WishKind
from agent_desktop.ui.desks.page import Ground, PageDesk
from agent_desktop.ui.privacy.page import PrivacyPage, Which
from agent_desktop.ui.privacy.wish_pane import Rights
from agent_desktop.ui.privacy.words import explain_refusal
from agent_desktop.ui.window.rail import Page
from agent_model.agent import Role
from agent_model.customer import CustomerId

MAY_ASK = (Role.TEAM_LEAD, Role.DUTY_MANAGER)
MAY_DECIDE = (Role.DUTY_MANAGER, Role.SECURITY_OFFICER)
MAY_HOLD = (Role.DUTY_MANAGER,)
ASK_EVERY_MS = 1_500
Wishes = tuple[tuple[PersonWish, ...], dict[str, str]]


class PrivacyDesk(PageDesk[PrivacyPage]):
    """The server is the last word on every step; it alone keeps the wishes."""

    def __init__(self, ground: Ground, parent: QObject) -> None:
        role = ground.rooms.agent.role
        rights = Rights(role in MAY_ASK, role in MAY_DECIDE, role in MAY_HOLD)
        super().__init__(Page.PRIVACY, ground, parent, is_offered=rights.may_ask or rights.may_decide)
        self._rights = rights
        self._wishes: dict[str, PersonWish] = {}
        self._people: dict[str, str] = {}
        self._is_in_trouble = False
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(ASK_EVERY_MS)
        self._again.timeout.connect(self._read)

    def _wire(self, page: PrivacyPage) -> None:
        page.name_by(self._names)
        page.asking.setVisible(self._rights.may_ask)
        page.again_wanted.connect(self._look)
        page.shown_changed.connect(self._list)
        page.chosen.connect(self._open)
        page.asking.asked.connect(self._ask)
        page.pane.approved.connect(lambda: self._decide(is_approved=True))
        page.pane.declined.connect(lambda: self._decide(is_approved=False))
        page.pane.hold_wanted.connect(lambda is_held: self._set_hold(is_held=is_held))
        page.pane.certificate_wanted.connect(self._save_certificate)
        page.pane.copy_wanted.connect(self._fetch_copy)

    def _entered(self) -> None:
        self._show_customer()
        self._page.list.setFocus()
        self._look()

    def _left(self) -> None:
        self._again.stop()

    def _show_customer(self) -> None:
        customer_id, book = CustomerId(self._window.customer.customer_id), self._rooms.book
        if not self._rights.may_ask:
            return
        if not customer_id:
            self._page.asking.show_customer("")
            return
        shown = self._page.asking
        self._background.store.do(lambda: book.name_of(customer_id), shown.show_customer, self._failed)

    # ---- what is there ----------------------------------------------------------------------------------

    def _look(self) -> None:
        self._page.show_looking(self.tr("The server is asked what was asked for…"))
        self._read()

    def _read(self) -> None:
        wishes, book = self._rooms.person_wishes, self._rooms.book

        def read() -> Wishes:
            found = wishes.all()
            return found, {wish.customer_id: book.name_of(CustomerId(wish.customer_id)) for wish in found}

        self._background.network.do(read, self._show, self._not_read, replaces="wishes")

    def _show(self, read: Wishes) -> None:
        self._wishes = {wish.id: wish for wish in read[0]}
        self._people = read[1]
        if self._is_in_trouble:
            self._page.say("")
        self._is_in_trouble = False
        self._list()
        if any(wish.is_working for wish in read[0]):
            self._again.start()

    def _not_read(self, error: Exception) -> None:
        if isinstance(error, ServerRefused):
            self._wishes = {}
        self._list()
        self._is_in_trouble = True
        self._failed(error)

    def _list(self) -> None:
        page = self._page
        is_all = page.which.value == Which.ALL
        shown = [wish for wish in self._wishes.values() if is_all or wish.is_waiting]
        wishes = [(wish, self._who(wish)) for wish in shown]
        page.show_wishes(wishes, self._rooms.clock(), self._nobody(is_all=is_all))
        self._open(page.list.current_key)

    def _nobody(self, *, is_all: bool) -> str:
        if not is_all and self._wishes:
            return self.tr("Nothing waits for a decision.")
        if self._rights.may_decide:
            return self.tr("Nobody has asked for an erasure or a copy.")
        return self.tr("You have asked for no erasure and no copy.")

    def _who(self, wish: PersonWish) -> str:
        return self._people.get(wish.customer_id) or wish.customer_id

    def _open(self, wish_id: str) -> None:
        page, wish = self._page, self._wishes.get(wish_id)
        if wish is None:
            return
        is_own = wish.asked_by == self._rooms.agent.id
        page.pane.show_wish(wish, self._who(wish), self._rooms.clock(), is_own=is_own, rights=self._rights)
        if wish.kind is WishKind.ERASURE and wish.is_waiting:
            self._ask_standing(wish)
        elif wish.has_certificate:
            self._ask_certificate(wish)

    def _ask_standing(self, wish: PersonWish) -> None:
        wishes = self._rooms.person_wishes

        def told(standing: Standing) -> None:
            if self._is_open(wish):
                self._page.pane.show_standing(standing, self._rooms.clock())

        self._background.network.do(lambda: wishes.standing(wish), told, self._failed, replaces="standing")

    def _ask_certificate(self, wish: PersonWish) -> None:
        wishes, language, zone = self._rooms.person_wishes, self._language, self._formats.zone_name

        def told(text: str) -> None:
            if self._is_open(wish):
                self._page.pane.show_certificate(text)

        self._background.network.do(
            lambda: wishes.certificate(wish, language, zone), told, self._failed, replaces="certificate"
        )

    @property
    def _language(self) -> str:
        return "zh" if self._formats.language.startswith("zh") else "en"

    def _is_open(self, wish: PersonWish) -> bool:
        return self._page.pane.wish is not None and self._page.pane.wish.id == wish.id

    # ---- what is done -----------------------------------------------------------------------------------

    def _ask(self, kind: str, reason: str) -> None:
        customer_id, wishes = self._window.customer.customer_id, self._rooms.person_wishes

        def asked(wish: PersonWish) -> None:
            self._page.asking.reason.clear()
            self._page.say(self.tr("Asked for. Somebody else has to decide it."), "ok")
            self._taken(wish)

        self._background.network.do(lambda: wishes.ask(WishKind(kind), customer_id, reason), asked, self._failed)

    def _decide(self, *, is_approved: bool) -> None:
        page, wishes = self._page, self._rooms.person_wishes
        wish = page.pane.wish
        if wish is None:
            return
        reason = page.pane.reason.text().strip()

        def decided(found: PersonWish) -> None:
            page.pane.forget_typed(wish.id)
            page.say(self.tr("Approved.") if is_approved else self.tr("Declined. Nothing was done."), "ok")
            self._taken(found)

        def failed(error: Exception) -> None:
            self._failed(error)
            if isinstance(error, ServerRefused):
                self._read()

        self._background.network.do(lambda: wishes.decide(wish, reason, is_approved=is_approved), decided, failed)

    def _set_hold(self, *, is_held: bool) -> None:
        page, wishes = self._page, self._rooms.person_wishes
        wish = page.pane.wish
        if wish is None:
            return
        reason = page.pane.reason.text().strip()

        def done(_: object) -> None:
            page.pane.forget_typed(wish.id)
            page.say(
                self.tr("The hold stands: nothing of the customer is erased until it is lifted.")
                if is_held
                else self.tr("The hold is lifted."),
                "ok",
            )
            self._ask_standing(wish)

        self._background.network.do(
            lambda: wishes.set_hold(wish.customer_id, reason, is_held=is_held), done, self._failed
        )

    def _taken(self, wish: PersonWish) -> None:
        """What the server said of one goes before the next reading of all."""
        self._wishes = {wish.id: wish, **{id_: one for id_, one in self._wishes.items() if id_ != wish.id}}
        self._list()
        self._page.list.choose(wish.id)
        self._read()

    # ---- files ------------------------------------------------------------------------------------------

    def _save_certificate(self) -> None:
        """As text to hand over, or as JSON, which the server's console verifies."""
        page = self._page
        wish = page.pane.wish
        if wish is None:
            return
        kinds = self.tr("Text to print") + " (*.txt);;" + self.tr("To be verified") + " (*.json)"
        target, _ = QFileDialog.getSaveFileName(
            page, self.tr("Save the certificate"), f"erasure-{wish.customer_id}.txt", kinds
        )
        if target:
            self.save_certificate_to(Path(target))

    def save_certificate_to(self, target: Path) -> None:
        page, wishes = self._page, self._rooms.person_wishes
        language, zone = self._language, self._formats.zone_name
        wish = page.pane.wish
        if wish is None:
            return
        if target.suffix == ".json":
            self._save(lambda: wishes.certificate_file(wish), target)
        else:
            self._save(lambda: wishes.certificate(wish, language, zone).encode(), target)

    def _fetch_copy(self) -> None:
        page = self._page
        wish = page.pane.wish
        if wish is None:
            return
        name = f"person-{wish.customer_id}.zip"
        target, _ = QFileDialog.getSaveFileName(page, self.tr("Save the copy"), name, "ZIP (*.zip)")
        if target:
            self.fetch_copy_to(Path(target))

    def fetch_copy_to(self, target: Path) -> None:
        """The server writes down that it was fetched."""
        wishes = self._rooms.person_wishes
        wish = self._page.pane.wish
        if wish is not None:
            self._save(lambda: wishes.copy(wish), target)

    def _save(self, fetch: Callable[[], bytes], target: Path) -> None:
        def saved(_: object) -> None:
            self._page.say(self.tr("Saved as “{path}”.").format(path=target), "ok")

        self._background.network.do(lambda: write_whole(target, fetch()), saved, self._failed)

    def _failed(self, error: Exception) -> None:
        self._page.say(explain_refusal(error), "bad")
