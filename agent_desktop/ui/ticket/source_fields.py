"""By which door a complaint came in, its number there, and since when they have it: in the ticket's form.

Values: `offer((id, name)…)`, `show_draft(TicketDraft)`, `ask(is_asked)`, `put_since(words)`, `show_faults`. Wishes:
`edited` at every change by the person, `since_settled` once a moment is typed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent_desktop.tickets.draft import Lack, TicketDraft
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.messages.trouble import explain_lack
from agent_desktop.ui.ticket.labelled import labelled
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.parts import Label, set_property
from agent_desktop.ui.widgets.typing import TextLine
from agent_model.complaint import LONGEST_CASE_NUMBER


class SourceFields(QWidget):
    edited = Signal()
    since_settled = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.source = Pick(look)
        self.case = TextLine(self.tr("Case number of the source"), self.tr("The number it has there"))
        self.since = TextLine(self.tr("Received there"), self.tr("2026-11-20 14:05, yesterday 9:30; empty: now"))
        self._fields: dict[str, QWidget] = {"source_case": self.case, "source_since": self.since}
        self._faults = {name: Label("hint", "", "bad", wraps=True) for name in self._fields}
        self._awaited = ""
        self._told = {
            "source_case": labelled(look, self.tr("Case number of the source"), self.case),
            "source_since": labelled(look, self.tr("Received there"), self.since),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(3))
        column.addWidget(labelled(look, self.tr("Source of the complaint"), self.source))
        for name, row in self._told.items():
            column.addWidget(row)
            column.addWidget(self._faults[name])
        self.offer(())
        self.show_faults({})
        self.source.currentIndexChanged.connect(self._turned)
        for line in (self.case, self.since):
            line.textChanged.connect(lambda _: self.edited.emit())
        self.since.editingFinished.connect(self.since_settled)
        self.hide()

    def offer(self, sources: Sequence[tuple[str, str]]) -> None:
        """The company's sources as (id, name); what was chosen stays, also before they are known."""
        kept = self.chosen
        with QSignalBlocker(self.source):
            self.source.clear()
            self.source.addItem(self.tr("The customer, to us directly"), "")
            for id_, name in sources:
                self.source.addItem(name, id_)
        self._choose(kept)

    @property
    def chosen(self) -> str:
        return str(self.source.currentData() or self._awaited)

    def into(self, draft: TicketDraft) -> TicketDraft:
        """The draft with what is told here."""
        told: dict[str, Any] = {
            "source": self.chosen,
            "source_case": self.case.text(),
            "source_since": self.since.text(),
        }
        return replace(draft, **told)

    def show_draft(self, draft: TicketDraft) -> None:
        """Fills without emitting; a text that is the same keeps its cursor."""
        for line, text in ((self.case, draft.source_case), (self.since, draft.source_since)):
            if line.text() != text:
                with QSignalBlocker(line):
                    line.setText(text)
        self._choose(draft.source)

    def put_since(self, words: str) -> None:
        """The moment as it was understood."""
        if words != self.since.text():
            self.since.setText(words)

    def show_faults(self, lacks: Mapping[str, Lack]) -> QWidget | None:
        """A sentence under each field that does not do; where the first of them is typed."""
        for name, label in self._faults.items():
            lack = lacks.get(name)
            label.say("" if lack is None else explain_lack(lack, LONGEST_CASE_NUMBER))
            set_property(self._fields[name], "fault", lack is not None)
        self._ask_more()
        return next((self._fields[name] for name in self._fields if name in lacks), None)

    def _choose(self, id_: str) -> None:
        with QSignalBlocker(self.source):
            row = self.source.findData(id_)
            self._awaited = "" if row >= 0 else id_
            self.source.setCurrentIndex(max(0, row))
        self._ask_more()

    def _turned(self, _: int) -> None:
        self._awaited = ""
        self._ask_more()
        self.edited.emit()

    def _ask_more(self) -> None:
        for name, row in self._told.items():
            row.setVisible(bool(self.chosen))
            self._faults[name].setVisible(bool(self.chosen and self._faults[name].full_text))
