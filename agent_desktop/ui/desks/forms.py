"""Forms in an administrator's hands: read, edited, kept on the disk within 800 ms, published."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from agent_desktop.ui.desks.page import Ground, PageDesk
from agent_desktop.ui.forms.editor_page import FormsPage
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.unsaved import Unsaved
from agent_desktop.ui.window.rail import Page
from agent_model.agent import Role
from agent_model.form import Form
from agent_model.form_draft import Editing, FormDraft, NotPublishable
from agent_model.ticket import TicketType


class FormsDesk(PageDesk[FormsPage]):
    def __init__(self, ground: Ground, parent: QObject) -> None:
        super().__init__(Page.FORMS, ground, parent, is_offered=ground.rooms.agent.role is Role.ADMINISTRATOR)
        self._unsaved: Unsaved[FormDraft] = Unsaved(self)
        self._unsaved.due.connect(self._save)

    def save_now(self) -> None:
        self._unsaved.save_now()

    def read_again(self) -> None:
        """Editions came: what is being edited stays as it is."""
        if self._is_wired and (draft := self._page.draft) is not None and self._page.discard.isHidden():
            self._read(draft.type)

    def _save(self, draft: FormDraft) -> None:
        save = self._rooms.customer_forms.save if draft.type is None else self._rooms.desk.forms.save
        self._background.store.do(lambda: save(draft), None, self._not_kept)

    def _wire(self, page: FormsPage) -> None:
        page.type_taken.connect(self._take)
        page.edited.connect(self._edited)
        page.publish_wanted.connect(self._publish)
        page.discard_wanted.connect(self._discard)
        page.show_directory(self._names())
        self._read(TicketType.INQUIRY)

    def _entered(self) -> None:
        """What is being edited stays as it is."""

    def _left(self) -> None:
        self.save_now()

    def _take(self, type_: TicketType | None) -> None:
        self.save_now()
        self._read(type_)

    def _read(self, type_: TicketType | None) -> None:
        """None: the fields of customers."""
        tickets, customers = self._rooms.desk.forms, self._rooms.customer_forms

        def read() -> Editing:
            if type_ is None:
                return Editing(customers.draft(), customers.editions())
            return Editing(tickets.draft(type_), tuple(one for one in tickets.shelf().editions if one.type is type_))

        self._background.store.do(read, self._show, self._failed)

    def _show(self, read: Editing) -> None:
        is_begun = read.draft.saved_at is not None
        self._page.show_form(read.draft, self._standing(read.draft, is_begun=is_begun), read.keys, is_begun=is_begun)

    def _standing(self, draft: FormDraft, *, is_begun: bool) -> str:
        if not draft.base:
            words = self.tr("Nothing has been published yet.")
        else:
            words = self.tr("Edition {edition} is in use.").format(edition=draft.base)
        return f"{words} {self.tr('Your changes are kept here until you publish them.')}" if is_begun else words

    def _edited(self, draft: FormDraft) -> None:
        self._unsaved.keep(draft)
        self._page.show_standing(self._standing(draft, is_begun=True), is_begun=True)

    def _publish(self) -> None:
        draft, tickets, customers = self._page.draft, self._rooms.desk.forms, self._rooms.customer_forms
        if draft is None:
            return
        self.save_now()
        publish: Callable[[], Form] = lambda: (customers if draft.type is None else tickets).publish(draft)  # noqa: E731
        self._background.store.do(publish, lambda form: self._published(draft.type, form), self._not_published)

    def _published(self, type_: TicketType | None, form: Form) -> None:
        words = self.tr("Edition {edition} is on its way to everybody. Tickets that were filed keep theirs.")
        if type_ is None:
            words = self.tr("Edition {edition} is on its way to everybody. What customers have stays.")
        self._page.show_form(
            FormDraft(type_, form.edition, form.fields),
            self.tr("Edition {edition} is in use.").format(edition=form.edition),
            frozenset(field.key for field in form.fields),
            is_begun=False,
        )
        self._page.say(words.format(edition=form.edition), "ok")
        self.saved.emit()

    def _not_published(self, error: Exception) -> None:
        if isinstance(error, NotPublishable):
            self._page.show_faults(error.faults)
        else:
            self._page.say(explain(error), "bad")

    def _discard(self) -> None:
        draft, tickets, customers = self._page.draft, self._rooms.desk.forms, self._rooms.customer_forms
        self._unsaved.forget()
        if draft is None:
            return
        type_ = draft.type
        discard: Callable[[], None] = customers.discard if type_ is None else lambda: tickets.discard(type_)
        self._background.store.do(discard, lambda _: self._read(type_), self._failed)

    def _not_kept(self, error: Exception) -> None:
        self._page.say(explain(error), "bad")
