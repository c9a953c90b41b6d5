"""Macros where one writes: the note, a ticket's description, a comment. Offered as one types, filled in, inserted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QObject, Signal

from agent_desktop.knowledge.answers import plain
from agent_desktop.tickets.macros import Offered, matching
from agent_desktop.tickets.work import TicketSheet
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.background import Background
from agent_desktop.ui.company import Company
from agent_desktop.ui.desks.identity import IdentityDesk
from agent_desktop.ui.desks.script import CalledLines
from agent_desktop.ui.macros.words import Matter, brings_words, filled_with, language_of, placeholder_word
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.open_items import OpenItems
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.ticket.comments import CommentsPanel
from agent_desktop.ui.ticket.page import TicketPage
from agent_desktop.ui.widgets.text_list import TextList, TextRow
from agent_desktop.ui.widgets.typing import TextArea
from agent_desktop.ui.window.main_window import MainWindow
from agent_model.article import Article
from agent_model.braces import fill, named
from agent_model.identity_rule import Disclosed
from agent_model.macro import PLACEHOLDERS, Macro, Placeholder
from agent_model.organisation import CalledNumber, Queue
from agent_model.ticket import TicketType
from agent_model.words import Words

DETAIL_SIGNS: Final = 60
NOTHING_HIDDEN: Final[frozenset[Disclosed]] = frozenset()


@dataclass(frozen=True, slots=True)
class _Place:
    """A place to write. `ticket` is the one on the page, None where there is none yet; `finish` takes the macro's
    changes and says what of them is not done."""

    texts: TextList
    type: Callable[[], TicketType | None]
    matter: Callable[[], Matter]
    finish: Callable[[Macro], str]


class MacroDesk(QObject):
    told = Signal(str)

    def __init__(
        self,
        rooms: Rooms,
        background: Background,
        window: MainWindow,
        items: OpenItems,
        identity: IdentityDesk,
        lines: CalledLines,
        formats: Formats,
        sheet: Callable[[], TicketSheet | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._background = background
        self._window = window
        self._items = items
        self._identity = identity
        self._lines = lines
        self._formats = formats
        self._sheet = sheet
        self._offered: tuple[Offered, ...] = ()
        self._queues: Mapping[str, Queue] = {}
        self._numbers: tuple[CalledNumber, ...] = ()
        self._types: Mapping[str, TicketType] = {}
        self._places: list[_Place] = []
        right = window.right
        self._add(right.wrap_up.note, lambda: None, self._matter_of_call, _nothing_left)
        self._add(right.form.description, self._type_written, self._matter_of_call, self._into_form)
        window.macro_wanted.connect(self.open)

    def wire(self, page: TicketPage) -> None:
        comments = page.panel(CommentsPanel)
        self._add(
            comments.area,
            lambda: None if (sheet := self._sheet()) is None else sheet.ticket.type,
            self._matter_of_ticket,
            lambda macro: self._into_comment(comments, macro),
        )

    def learn(self, company: Company) -> None:
        """What the company is now; its macros are read with that."""
        self._queues = {queue.id: queue for queue in company.queues}
        self._numbers, self._types = company.numbers, company.forms.types
        self.read_again()

    def read_again(self) -> None:
        self._background.store.do(self._rooms.macros.in_force, self._read, self._failed, replaces="macros in force")

    def open(self) -> None:
        """By its key, where the keyboard is."""
        place = next((one for one in self._places if one.texts.area.hasFocus()), None)
        if place is None:
            self.told.emit(self.tr("Macros go into a note, a description or a comment: put the cursor there first."))
        else:
            place.texts.open()

    # ---- offering -----------------------------------------------------------------------------------------

    def _add(
        self,
        area: TextArea,
        type_: Callable[[], TicketType | None],
        matter: Callable[[], Matter],
        finish: Callable[[Macro], str],
    ) -> None:
        place = _Place(TextList(self._window.look, area), type_, matter, finish)
        place.texts.asked.connect(lambda typed: self._offer(place, typed))
        place.texts.taken.connect(lambda key: self._insert(place, key))
        self._places.append(place)

    def _read(self, offered: tuple[Offered, ...]) -> None:
        self._offered = offered

    def _offer(self, place: _Place, typed: str) -> None:
        queue = place.matter().queue
        found = matching(self._offered, typed, place.type(), None if queue is None else queue.id)
        place.texts.show_rows([self._row(one.macro) for one in found])

    def _row(self, macro: Macro) -> TextRow:
        own = self._formats.language
        text = " ".join(macro.text.in_language(own).split())
        detail = text if len(text) <= DETAIL_SIGNS else f"{text[:DETAIL_SIGNS]}…"
        return TextRow(macro.id, macro.title.in_language(own), detail, macro.code)

    # ---- inserting ----------------------------------------------------------------------------------------

    def _insert(self, place: _Place, key: str) -> None:
        macro = next((one.macro for one in self._offered if one.macro.id == key), None)
        if macro is None:
            return
        matter = place.matter()
        formats = Formats(language_of(macro, matter, self._formats.language), self._formats.zone)
        text = fill(macro.text.in_language(formats.language), filled_with(matter, formats, self._rooms.plan))
        left = [name for name in dict.fromkeys(named(text)) if name in PLACEHOLDERS]
        place.texts.insert(text, f"{{{left[0]}}}" if left else "")
        told = [self._still_open(left)] if left else []
        told += [said] if (said := place.finish(macro)) else []
        if told:
            self.told.emit(" ".join(told))

    def filled(self, answer: Article) -> str:
        """A standard answer, whole, with what is known of the call on the screen in the place of its placeholders."""
        formats = Formats("zh_CN" if answer.language.lower().startswith("zh") else "en", self._formats.zone)
        text = fill(plain(answer.body), filled_with(self._matter_of_call(), formats, self._rooms.plan))
        left = [name for name in dict.fromkeys(named(text)) if name in PLACEHOLDERS]
        if left:
            self.told.emit(self._still_open(left))
        return text

    def _still_open(self, left: list[str]) -> str:
        words = ", ".join(placeholder_word(Placeholder(name)) for name in left)
        return self.tr("Not known here, fill it in yourself: {words}.").format(words=words)

    def tried(self, macro: Macro, sheet: TicketSheet | None) -> tuple[str, str]:
        """How a macro reads on a ticket in each of its languages, and what it leaves open and changes there."""
        matter = self._matter_of(sheet)
        parts, left = [], []
        for language in ("zh_CN", "en"):
            text = macro.text.in_language(language) if _is_in(macro, language) else ""
            if text.strip():
                said = filled_with(matter, Formats(language, self._formats.zone), self._rooms.plan)
                parts.append(fill(text, said))
                left += [name for name in named(parts[-1]) if name in PLACEHOLDERS]
        beside = [self._still_open(list(dict.fromkeys(left)))] if left else []
        brings = {} if sheet is None else sheet.brought(macro, self._rooms.agent.id)
        if brings:
            beside.append(self.tr("On this ticket it changes: {changes}").format(changes=brings_words(brings)))
        return "\n\n".join(parts), "\n".join(beside)

    def _into_form(self, macro: Macro) -> str:
        """A ticket that is yet to be filed takes the priority; the rest is for one that is there."""
        form = self._window.right.form
        if macro.priority is not None:
            form.choose_priority(macro.priority)
        if macro.status is None and not macro.takes:
            return ""
        return self.tr("Status and owner are changed by a comment on the filed ticket.")

    def _into_comment(self, comments: CommentsPanel, macro: Macro) -> str:
        sheet = self._sheet()
        if sheet is None:
            return ""
        brings = sheet.brought(macro, self._rooms.agent.id)
        if macro.comment is not None:
            comments.kind.choose(macro.comment.value)
        comments.bring(brings)
        if macro.status in (None, sheet.ticket.status) or "status" in brings:
            return ""
        words = self.tr("The ticket stays as it is, it cannot go there from here: {status}.")
        return words.format(status=brings_words({"status": str(macro.status)}))

    # ---- what it is about ---------------------------------------------------------------------------------

    def _type_written(self) -> TicketType | None:
        return self._types.get(self._window.right.form.draft.category)

    def _matter_of_call(self) -> Matter:
        item, form = self._items.current, self._window.right.form
        queue = self._queues.get((item.queue if item is not None else None) or "")
        matter = Matter(self._rooms.agent, self._rooms.clock(), subject=form.draft.subject, queue=queue)
        if item is None:
            return matter
        line = None if item.call is None else self._lines.of(item.call.invite)
        brand = self._brand_of(queue) if line is None else line.brand
        customer = self._items.customer_of(item)
        hidden = NOTHING_HIDDEN if customer is None else self._identity.hidden_of(customer.id)
        return replace(matter, customer=customer, brand=brand, hidden=hidden)

    def _matter_of_ticket(self) -> Matter:
        return self._matter_of(self._sheet())

    def _matter_of(self, sheet: TicketSheet | None) -> Matter:
        matter = Matter(self._rooms.agent, self._rooms.clock())
        if sheet is None:
            return matter
        queue = self._queues.get(sheet.ticket.queue)
        customer = sheet.customer
        hidden = NOTHING_HIDDEN if customer is None else self._identity.hidden_of(customer.id)
        return replace(
            matter, customer=customer, ticket=sheet.ticket, queue=queue, brand=self._brand_of(queue), hidden=hidden
        )

    def _brand_of(self, queue: Queue | None) -> Words | None:
        """That of the first number that leads into the queue."""
        return next((one.brand for one in self._numbers if queue is not None and one.queue == queue.id), None)

    def _failed(self, error: Exception) -> None:
        self.told.emit(explain(error))


def _is_in(macro: Macro, language: str) -> bool:
    return bool((macro.text.zh if language == "zh_CN" else macro.text.en).strip())


def _nothing_left(_: Macro) -> str:
    """A note changes no ticket."""
    return ""
