"""What has to be typed for a deed, beneath the head of the page: one form at a time, Escape puts it away.

`typed(begun)` as somebody types: what was begun by deed, to be kept as a draft, which the deed's form takes back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.customer.field_words import field_word
from agent_desktop.ui.customer.words import link_word, priority_word, status_word
from agent_desktop.ui.forms.fields_pane import FieldsPane
from agent_desktop.ui.forms.words import explain_value
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

DEEDS: Final[Mapping[type, Deed]] = {
    MoveTo: Deed.MOVE,
    HandOverTo: Deed.HAND_OVER,
    AddSubtask: Deed.SUBTASK,
    LinkTo: Deed.LINK,
    MergeInto: Deed.MERGE,
    Edit: Deed.EDIT,
}


@dataclass(frozen=True, slots=True)
class _Told:
    """What a form asked, on its way into a body."""

    details: Details


class DeedForm(TicketPanel):
    typed = Signal(object)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__(look, formats)
        self._seen: Seen | None = None
        self._was: Mapping[str, Any] = {}
        self._begun: dict[str, Mapping[str, Any]] = {}
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
        for line in (self.subject, self.reason, self.number):
            line.textEdited.connect(lambda _: self._edited())
        self.description.textChanged.connect(self._edited)
        self.asked.edited.connect(self._edited)
        self.body.addWidget(self.frame)
        self.hide()

    def show_ticket(self, seen: Seen) -> None:
        """What is being typed stays; the ticket beneath may have changed."""
        if self._seen is None:
            self._begun = dict(seen.sheet.begun)
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
        self.deed, self._status = None, status or ticket.status
        is_edit = deed is Deed.EDIT
        begun = self._begun.get(deed.value, {})
        self._was = begun.get("was") or {name: to_body(ticket)[name] for name in (*ROWS[Deed.EDIT], "details")}
        self.subject.setText(begun.get("subject", ticket.subject if is_edit else ""))
        self.description.setPlainText(begun.get("description", ticket.description))
        self.category.choose(begun.get("category") or ticket.category)
        self.priority.setCurrentIndex(self.priority.findData(begun.get("priority", ticket.priority.value)))
        self.queue.choose(begun.get("queue") or ticket.queue)
        self.department.choose(begun.get("department") or ticket.department)
        self.owner.choose(begun.get("owner") or NOBODY)
        self.asked.offer_products(tuple(seen.names.products.items()))
        self.asked.show_filling(self._filling(seen, begun.get("asked")) if is_edit else None)
        title = deed_word(deed) if status is None else status_word(status)[0]
        self.frame.open(title, deed_word(deed), (*ROWS[deed], *([ASKED] if self.asked.rows else [])))
        self.reason.setText(begun.get("reason", ""))
        self.number.setText(begun.get("number", ""))
        self.deed = deed
        self.show()
        self._place(ROWS[deed][0]).setFocus()

    @property
    def begun(self) -> Mapping[str, Mapping[str, Any]]:
        return dict(self._begun)

    def put_away(self) -> None:
        """What was typed comes back with the same deed."""
        self.deed = None
        self.hide()

    def send(self, wish: Wish) -> None:
        """It goes to the disk as what it is: no draft of it any more."""
        if self._begun.pop(str(DEEDS.get(type(wish))), None) is not None:
            self.typed.emit(self.begun)

    def refuse(self, wish: Wish, words: str) -> None:
        """Nothing was kept: what was typed stays where it is."""
        if self.deed is DEEDS.get(type(wish)):
            self._edited()
        self.frame.fault.say(words)

    def done(self, wish: Wish) -> None:
        """Another form may have been opened meanwhile: that one stays."""
        if self.deed is DEEDS.get(type(wish)):
            self.put_away()

    def leave(self) -> None:
        self._seen, self._begun = None, {}
        self.put_away()

    def _edited(self) -> None:
        if self.deed is None:
            return
        self._begun[self.deed.value] = {
            "was": self._was,
            "subject": self.subject.text(),
            "description": self.description.toPlainText(),
            "category": self.category.chosen,
            "priority": self.priority.currentData(),
            "queue": self.queue.chosen,
            "department": self.department.chosen,
            "owner": self.owner.chosen,
            "reason": self.reason.text(),
            "number": self.number.text(),
            "asked": dict(self.asked.typed),
        }
        self.typed.emit(self.begun)

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
        """Against what stood there when the form was opened: what somebody else changed since is theirs, and where
        both changed the same, they are asked."""
        ticket, was = seen.sheet.ticket, {name: self._was[name] for name in ROWS[Deed.EDIT]}
        wanted: dict[str, Any] = {
            "subject": subject,
            "category": self.category.chosen or was["category"],
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
            was["details"], wanted["details"] = self._was["details"], to_body(_Told(filling.details))["details"]
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
