"""What has to be typed for a deed, beneath the head of the page: one form at a time, Escape puts it away."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from agent_desktop.ui.customer.field_words import field_word
from agent_desktop.ui.customer.words import link_word, priority_word, status_word
from agent_desktop.ui.formats import Formats
from agent_desktop.ui.forms.fields_pane import FieldsPane
from agent_desktop.ui.forms.words import explain_value
from agent_desktop.ui.look import Look
from agent_desktop.ui.ticket.deeds import (
    AddSubtask,
    Deed,
    Edit,
    HandOverTo,
    LinkTo,
    MergeInto,
    MoveTo,
    Wish,
    deed_word,
)
from agent_desktop.ui.ticket.labelled import labelled
from agent_desktop.ui.ticket.panel import Seen, TicketPanel
from agent_desktop.ui.ticket.wish_frame import WishFrame
from agent_desktop.ui.widgets.choice import Choice, Pick
from agent_desktop.ui.widgets.typing import TextArea, TextLine
from agent_model.blank import is_blank
from agent_model.body import to_body
from agent_model.form import Fact
from agent_model.form_filling import Filling
from agent_model.form_value import typed
from agent_model.ticket import Details, LinkKind, Place, Priority, TicketStatus

NOBODY: Final = "-"
ASKED: Final = "asked"
ROWS: Final[Mapping[Deed, tuple[str, ...]]] = {
    Deed.MOVE: ("reason",),
    Deed.HAND_OVER: ("queue", "department", "owner", "reason"),
    Deed.SUBTASK: ("subject", "queue", "department"),
    Deed.LINK: ("link", "number"),
    Deed.MERGE: ("number",),
    Deed.EDIT: ("subject", "category", "priority", "description"),
}


@dataclass(frozen=True, slots=True)
class _Told:
    """What a form asked, on its way into a body."""

    details: Details


class DeedForm(TicketPanel):
    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__(look, formats)
        self._seen: Seen | None = None
        self.deed: Deed | None = None
        self._status = TicketStatus.NEW
        self._asked = ""
        self.subject = TextLine(field_word("subject"))
        self.reason = TextLine(self.tr("Reason"), self.tr("Why? Others read it."))
        self.number = TextLine(self.tr("Ticket number"), "TK-")
        self.description = TextArea(field_word("description"))
        self.description.setFixedHeight(look.px(84))
        self.queue = Choice(look, field_word("queue"), self.tr("Type a part of it"))
        self.department = Choice(look, field_word("department"), self.tr("Type a part of it"))
        self.owner = Choice(look, field_word("owner"), self.tr("Type a part of it"))
        self.category = Choice(look, field_word("category"), self.tr("Type a part of it"))
        self.priority, self.link = Pick(look), Pick(look)
        self.asked = FieldsPane(look, formats.language)
        for one in Priority:
            self.priority.addItem(priority_word(one), one.value)
        for kind in (LinkKind.RELATED, LinkKind.DUPLICATE):
            self.link.addItem(link_word(kind), kind.value)
        rows = {
            "subject": labelled(look, field_word("subject"), self.subject),
            "link": labelled(look, self.tr("Kind of link"), self.link),
            "number": labelled(look, self.tr("Ticket number"), self.number),
            "queue": labelled(look, field_word("queue"), self.queue),
            "department": labelled(look, field_word("department"), self.department),
            "owner": labelled(look, field_word("owner"), self.owner),
            "category": labelled(look, field_word("category"), self.category),
            "priority": labelled(look, field_word("priority"), self.priority),
            "description": labelled(look, field_word("description"), self.description),
            "reason": labelled(look, self.tr("Reason"), self.reason),
            ASKED: self.asked,
        }
        self.frame = WishFrame(look, rows, self._wish, deed_word(Deed.HAND_OVER))
        self.frame.wished.connect(self.wished)
        self.frame.left.connect(self.put_away)
        self.body.addWidget(self.frame)
        self.hide()

    def show_ticket(self, seen: Seen) -> None:
        """What is being typed stays; the ticket beneath may have changed."""
        self._seen = seen
        places = seen.places
        self.queue.offer(places.queues)
        self.department.offer(places.departments)
        self.owner.offer(((NOBODY, self.tr("Whoever takes it")), *places.people))
        self.category.offer(places.categories)

    def open(self, deed: Deed, status: TicketStatus | None) -> None:
        """The form of a deed, filled with how things are; the first field has the focus."""
        seen = self._seen
        if seen is None:
            return
        ticket = seen.sheet.ticket
        self.deed, self._status = deed, status or ticket.status
        is_edit = deed is Deed.EDIT
        self.subject.setText(ticket.subject if is_edit else "")
        self.description.setPlainText(ticket.description)
        self.category.choose(ticket.category)
        self.priority.setCurrentIndex(self.priority.findData(ticket.priority.value))
        self.queue.choose(ticket.queue)
        self.department.choose(ticket.department)
        self.owner.choose(NOBODY)
        self.asked.offer_products(tuple(seen.names.products.items()))
        self.asked.show_filling(self._filling(seen) if is_edit else None)
        title = deed_word(deed) if status is None else status_word(status)[0]
        self.frame.open(title, deed_word(deed), (*ROWS[deed], *([ASKED] if self.asked.rows else [])))
        self.reason.clear()
        self.number.clear()
        self.show()
        self._place(ROWS[deed][0]).setFocus()

    def put_away(self) -> None:
        self.deed = None
        self.hide()

    def leave(self) -> None:
        self._seen = None
        self.put_away()

    def _wish(self) -> Wish | str | None:
        """The wish, or what is missing."""
        deed, seen = self.deed, self._seen
        if deed is None or seen is None:
            return None
        reason, subject, number = (line.text().strip() for line in (self.reason, self.subject, self.number))
        if deed in (Deed.MOVE, Deed.HAND_OVER) and not reason:
            return self.tr("Say why: the next one reads it.")
        if deed in (Deed.LINK, Deed.MERGE) and not number:
            return self.tr("Type the number of the other ticket.")
        if deed in (Deed.SUBTASK, Deed.EDIT) and is_blank(subject):
            return self.tr("Type a subject.")
        match deed:
            case Deed.MOVE:
                return MoveTo(self._status, reason)
            case Deed.HAND_OVER:
                return HandOverTo(self._where(), reason)
            case Deed.SUBTASK:
                return AddSubtask(subject, self._where())
            case Deed.LINK:
                return LinkTo(number, LinkKind(self.link.currentData()))
            case Deed.MERGE:
                return MergeInto(number)
            case _:
                return self._edit(seen, subject)

    def _filling(self, seen: Seen, typed_now: Mapping[str, str] | None = None) -> Filling | None:
        """What was asked by the ticket's own edition, filled with what it has; None where that is not here whole."""
        ticket = seen.sheet.ticket
        form = None if ticket.details is None else seen.shelf.of(ticket.details.form)
        if ticket.details is None or form is None or not seen.sheet.has_whole_numbers:
            return None
        values = ticket.details.values
        fields = ((field, values[field.key]) for field in form.fields if field.key in values)
        kept = {field.key: typed(field, value, seen.locale) for field, value in fields}
        facts = {
            **ticket.details.facts,
            Fact.CATEGORY.value: ticket.category,
            Fact.PRIORITY.value: ticket.priority.value,
        }
        return Filling(form, kept if typed_now is None else typed_now, facts, seen.locale)

    def _edit(self, seen: Seen, subject: str) -> Edit | str:
        ticket = seen.sheet.ticket
        was: dict[str, Any] = {
            "subject": ticket.subject,
            "category": ticket.category,
            "priority": ticket.priority.value,
            "description": ticket.description,
        }
        wanted: dict[str, Any] = {
            "subject": subject,
            "category": self.category.chosen or ticket.category,
            "priority": self.priority.currentData(),
            "description": self.description.toPlainText().strip(),
        }
        filling = self._filling(seen, self.asked.typed)
        if filling is not None and ticket.details is not None:
            if half := self.asked.half_cards():
                self.asked.show_faults(half)
                return self.tr("A card number is not whole.")
            if faults := filling.faults:
                fields = ((key, filling.form.field(key)) for key in faults)
                self.asked.show_faults({key: explain_value(faults[key], its) for key, its in fields if its is not None})
                return self.tr("Look at the fields that are marked.")
            was["details"], wanted["details"] = to_body(ticket)["details"], to_body(_Told(filling.details))["details"]
        return Edit(was, wanted)

    def _where(self) -> Place:
        owner = self.owner.chosen
        return Place(self.queue.chosen, self.department.chosen, None if owner in ("", NOBODY) else owner)

    def _place(self, name: str) -> QWidget:
        places: dict[str, QWidget] = {
            "subject": self.subject,
            "link": self.link,
            "number": self.number,
            "queue": self.queue,
            "reason": self.reason,
        }
        return places[name]
