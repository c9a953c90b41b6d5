"""Words that mean the same in an editor's hands, with what each finds now."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextCursor

from agent_desktop.knowledge.synonyms import EDITORS
from agent_desktop.ui.desks.page import Ground
from agent_desktop.ui.desks.rows import RowsDesk
from agent_desktop.ui.synonyms.words import synonym_version_words
from agent_desktop.ui.widgets.lines import Line
from agent_desktop.ui.window.rail import Page
from agent_model.synonym import LONGEST_WORD, MOST_WORDS, Synonym, faults

if TYPE_CHECKING:
    from agent_desktop.ui.synonyms.page import SynonymsPage, WordFound


class SynonymsDesk(RowsDesk[Synonym, "SynonymsPage"]):
    def __init__(self, ground: Ground, parent: QObject) -> None:
        rooms = ground.rooms
        super().__init__(Page.SYNONYMS, rooms.synonyms, ground, parent, is_offered=rooms.agent.role in EDITORS)

    def _wire(self, page: "SynonymsPage") -> None:
        super()._wire(page)
        page.ways.offer(self._window.rail.offers)
        page.ways.page_wanted.connect(self._window.show_page)
        page.form.earlier_wanted.connect(lambda row_id: self._tell_earlier(self._rooms.synonym_versions, row_id))

    def write_for(self, words: tuple[str, ...]) -> None:
        """Turns to the page with a new set that has these words."""
        self._window.show_page(Page.SYNONYMS)
        fresh = self._rooms.synonyms.fresh()
        self._begin(replace(fresh, words=tuple(word[:LONGEST_WORD] for word in words[:MOST_WORDS])))

    def _preview(self, row: Synonym) -> None:
        from agent_desktop.ui.synonyms.page import WordFound

        knowledge = self._rooms.knowledge
        words = () if faults(row) else row.words

        def find() -> list["WordFound"]:
            found = []
            for word in words:
                with_set, without = knowledge.tried(f"{word} ", words), knowledge.tried(f"{word} ", ())
                first = with_set.hits[0].title if with_set.hits else ""
                found.append(WordFound(word, with_set.total, without.total, first))
            return found

        def show(found: list["WordFound"]) -> None:
            if self._page.form.row_id == row.id:
                self._page.show_found(found)

        self._background.library.do(find, show, self._failed, replaces="what synonyms find")

    def _title(self, row: Synonym) -> str:
        return row.words[0] if row.words else self.tr("New set")

    def _version(self, row: Synonym) -> str:
        today = self._formats.local_date(self._rooms.clock())
        return synonym_version_words(row, self._names(), self._formats, today)

    def _line(self, row: Synonym, *, is_draft: bool, is_open: bool) -> Line:
        pill = self.tr("Not saved") if is_draft else "" if row.is_on else self.tr("Off")
        text = " · ".join(row.words) or self.tr("New set")
        return Line(row.id, text, pill=pill, tone="warn" if is_draft else "neutral", is_open=is_open)

    def _saved_words(self) -> str:
        return self.tr("The set is saved. It reaches every search with the next sync.")

    def _start(self) -> None:
        """On a line of its own beneath the words that are there."""
        words = self._page.form.words
        if words.toPlainText() and not words.toPlainText().endswith("\n"):
            words.appendPlainText("")
        words.moveCursor(QTextCursor.MoveOperation.End)
        words.setFocus()
