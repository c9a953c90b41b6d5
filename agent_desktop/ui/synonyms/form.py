"""One set of words that mean the same, as a form: a word a line.

Values and wishes of a RowForm.
"""

from collections.abc import Sequence
from dataclasses import replace

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.row_editing.form import RowForm
from agent_desktop.ui.synonyms.words import explain_synonym_fault
from agent_desktop.ui.widgets.controls import Tick
from agent_desktop.ui.widgets.parts import set_property
from agent_desktop.ui.widgets.typing import TextArea, TextLine
from agent_model.synonym import Synonym, SynonymFault

AREA_PX = 150


class SynonymForm(RowForm[Synonym]):
    def __init__(self, look: Look) -> None:
        super().__init__(look, self.tr("Synonyms"), self.tr("Nobody has changed this set yet."))
        self.is_on = Tick(look, self.tr("In force"))
        self.words = TextArea(self.tr("Words, one a line"))
        self.words.setFixedHeight(look.px(AREA_PX))
        self.note = TextLine(self.tr("Note"))
        self.add_to_head(self.is_on)
        grid = self._grid()
        self._cell(grid, 0, 0, self.tr("Words, one a line"), self.words)
        self._cell(grid, 3, 0, self.tr("Note"), self.note)
        self.words.textChanged.connect(self._tell)
        self.note.textChanged.connect(self._tell)
        self.note.returnPressed.connect(self.send)
        self.is_on.toggled.connect(self._tell)

    def _written(self, shown: Synonym) -> Synonym:
        lines = (line.strip() for line in self.words.toPlainText().splitlines())
        words = tuple(dict.fromkeys(line for line in lines if line))
        return replace(shown, words=words, note=self.note.text().strip(), is_on=self.is_on.isChecked())

    def _fill(self, synonym: Synonym) -> None:
        self.words.setPlainText("\n".join(synonym.words))
        self.note.setText(synonym.note)
        self.is_on.setChecked(synonym.is_on)

    def show_faults(self, faults: Sequence[SynonymFault]) -> None:
        wrong = {fault.field for fault in faults}
        set_property(self.words, "fault", "words" in wrong)
        set_property(self.note, "fault", "note" in wrong)
        self._say("\n".join(explain_synonym_fault(fault) for fault in faults))
        if wrong:
            (self.words if "words" in wrong else self.note).setFocus()
