"""What has to be typed for a deed about a complaint: one form at a time, in the complaint's panel; Escape puts it away.

`wished(ComplaintWish)`; `typed(values)` as somebody types, to be kept as a draft, which `open` takes back.
"""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent_desktop.tickets.complaint_sheet import ComplaintSheet
from agent_desktop.tickets.draft import Lack
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.messages.trouble import explain_lack
from agent_desktop.ui.ticket.complaint_deeds import ComplaintDeed, ComplaintWish, complaint_deed_word
from agent_desktop.ui.ticket.labelled import labelled
from agent_desktop.ui.ticket.wish_frame import WishFrame
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.typing import TextLine
from agent_model.complaint import LONGEST_CASE_NUMBER, open_dispute
from agent_model.form_value import NotReadable, fen_of
from agent_model.past_moment import read_past

ROWS: Final[Mapping[ComplaintDeed, tuple[str, ...]]] = {
    ComplaintDeed.SOURCE: ("source", "case", "since"),
    ComplaintDeed.DISPUTE: ("department", "reason"),
    ComplaintDeed.ACCEPT: ("reason",),
    ComplaintDeed.DECLINE: ("reason",),
    ComplaintDeed.DECIDE: ("department", "reason"),
    ComplaintDeed.COMPENSATE: ("amount", "fund", "reason"),
    ComplaintDeed.GRANT: ("reason",),
    ComplaintDeed.REFUSE: ("reason",),
    ComplaintDeed.LET_CLOSE: ("reason",),
}
NEEDS_NO_REASON: Final = frozenset({ComplaintDeed.SOURCE, ComplaintDeed.GRANT})


class ComplaintForm(QWidget):
    wished = Signal(object)
    typed = Signal(object)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self._sheet: ComplaintSheet | None = None
        self.deed: ComplaintDeed | None = None
        self.source, self.department, self.fund = Pick(look), Pick(look), Pick(look)
        self.case = TextLine(self.tr("Case number of the source"))
        self.since = TextLine(self.tr("Received there"), self.tr("2026-11-20 14:05, yesterday 9:30"))
        self.amount = TextLine(self.tr("Amount in yuan"), "50.00")
        self.reason = TextLine(self.tr("Reason"), self.tr("Why? Others read it."))
        rows = {
            "source": labelled(look, self.tr("Source"), self.source),
            "case": labelled(look, self.tr("Case number of the source"), self.case),
            "since": labelled(look, self.tr("Received there"), self.since),
            "department": labelled(look, self.tr("Department"), self.department),
            "amount": labelled(look, self.tr("Amount in yuan"), self.amount),
            "fund": labelled(look, self.tr("Fund"), self.fund),
            "reason": labelled(look, self.tr("Reason"), self.reason),
        }
        self.frame = WishFrame(look, rows, self._wish, _named(ComplaintDeed.COMPENSATE))
        self.frame.wished.connect(self.wished)
        self.frame.left.connect(self.put_away)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.px(6), 0, look.px(6))
        column.addWidget(self.frame)
        for line in (self.case, self.since, self.amount, self.reason):
            line.textEdited.connect(lambda _: self.typed.emit(self.begun))
        self.hide()

    @property
    def begun(self) -> Mapping[str, str]:
        """What stands in the form."""
        return {
            "deed": "" if self.deed is None else self.deed.value,
            "case": self.case.text(),
            "since": self.since.text(),
            "amount": self.amount.text(),
            "reason": self.reason.text(),
        }

    def show_sheet(self, sheet: ComplaintSheet) -> None:
        """What is being typed stays."""
        self._sheet = sheet
        language = self._formats.language
        _offer(self.source, [(one.id, one.name.in_language(language)) for one in sheet.sources])
        _offer(self.department, [(one.id, one.name.in_language(language)) for one in sheet.departments])
        _offer(self.fund, [(one.id, one.name.in_language(language)) for one in sheet.funds])

    def open(self, deed: ComplaintDeed, begun: Mapping[str, str]) -> None:
        """Filled with how things are and with what was begun; the first field has the focus."""
        sheet = self._sheet
        if sheet is None:
            return
        self.deed = deed
        told, disputed = sheet.ticket.received_from, open_dispute(sheet.ticket.disputes)
        is_begun = begun.get("deed") == deed
        words = _named(deed)
        self.frame.open(words, words, ROWS[deed])
        self.case.setText(begun.get("case", "") if is_begun else ("" if told is None else told.case_number))
        received_at = None if told is None else told.received_at
        since = "" if received_at is None else f"{self._formats.local(received_at):%Y-%m-%d %H:%M}"
        self.since.setText(begun.get("since", "") if is_begun else since)
        self.amount.setText(begun.get("amount", "") if is_begun else "")
        self.reason.setText(begun.get("reason", "") if is_begun else "")
        _choose(self.source, "" if told is None else told.source)
        proposed = sheet.proposal.department or ""
        _choose(self.department, disputed.department if disputed is not None else proposed)
        self.show()
        places = {"source": self.source, "department": self.department, "amount": self.amount, "reason": self.reason}
        places[ROWS[deed][0]].setFocus()

    def put_away(self) -> None:
        self.deed = None
        self.hide()

    def _wish(self) -> ComplaintWish | str | None:
        """The wish, or what is missing."""
        deed, sheet = self.deed, self._sheet
        if deed is None or sheet is None:
            return None
        reason = self.reason.text().strip()
        if deed not in NEEDS_NO_REASON and not reason:
            return self.tr("Say why: others read it.")
        match deed:
            case ComplaintDeed.SOURCE:
                return self._source(sheet)
            case ComplaintDeed.DISPUTE if self.department.currentData() == sheet.ticket.department:
                return self.tr("Choose the department whose it is instead.")
            case ComplaintDeed.DISPUTE | ComplaintDeed.DECIDE:
                return ComplaintWish(deed, reason, str(self.department.currentData() or ""))
            case ComplaintDeed.ACCEPT | ComplaintDeed.DECLINE:
                disputed = open_dispute(sheet.ticket.disputes)
                return ComplaintWish(deed, reason, "" if disputed is None else disputed.department)
            case ComplaintDeed.COMPENSATE:
                return self._compensation(reason)
            case ComplaintDeed.GRANT | ComplaintDeed.REFUSE:
                given = sheet.given
                return ComplaintWish(deed, reason, "" if given is None else given.id)
            case _:
                return ComplaintWish(deed, reason)

    def _source(self, sheet: ComplaintSheet) -> ComplaintWish | str:
        case, typed = self.case.text().strip(), self.since.text().strip()
        since = read_past(typed, sheet.now, self._formats.local(sheet.now).tzinfo)
        if len(case) > LONGEST_CASE_NUMBER:
            return explain_lack(Lack.TOO_LONG, LONGEST_CASE_NUMBER)
        if typed and since is None:
            return explain_lack(Lack.NOT_PAST)
        return ComplaintWish(ComplaintDeed.SOURCE, case, str(self.source.currentData() or ""), since=since)

    def _compensation(self, reason: str) -> ComplaintWish | str:
        try:
            amount = fen_of(self.amount.text())
        except NotReadable:
            amount = 0
        if amount <= 0:
            return self.tr("Type an amount in yuan, such as 50 or 49.90.")
        return ComplaintWish(ComplaintDeed.COMPENSATE, reason, str(self.fund.currentData() or ""), amount)


def _offer(pick: Pick, options: list[tuple[str, str]]) -> None:
    if [(pick.itemData(at), pick.itemText(at)) for at in range(pick.count())] == options:
        return
    kept = pick.currentData()
    pick.clear()
    for id_, name in options:
        pick.addItem(name, id_)
    _choose(pick, str(kept or ""))


def _choose(pick: Pick, id_: str) -> None:
    pick.setCurrentIndex(max(0, pick.findData(id_)))


def _named(deed: ComplaintDeed) -> str:
    """The form is open: nothing more is to come."""
    return complaint_deed_word(deed).rstrip("…")
