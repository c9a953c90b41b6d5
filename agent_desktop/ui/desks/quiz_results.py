"""What came of a quiz on its way into a file: a row for each try, each question, or each answer to one."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QObject, Signal

from agent_desktop.teaching.results import OfQuestion, Told
from agent_desktop.ui.desks.page import Ground
from agent_desktop.ui.lists.file_export import Exporter
from agent_desktop.ui.lists.table_export import TableExport
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.teaching.training_pane import TrainingPane

SUBJECT = "quiz_results"
"""What the site's policy calls them."""
Table = tuple[tuple[str, ...], Sequence[tuple[str, ...]]]


class By(StrEnum):
    PERSON = "person"
    QUESTION = "question"
    ANSWER = "answer"


class ResultsOut(QObject):
    saved = Signal()
    told = Signal(str)

    def __init__(
        self, ground: Ground, exporter: Exporter, pane: TrainingPane, worth: Callable[[OfQuestion], str]
    ) -> None:
        super().__init__(pane)
        self._rooms, self._background = ground.rooms, ground.background
        self._names, self._formats = ground.names, ground.formats
        self._pane, self._worth = pane, worth
        self.export = TableExport(self._background, pane.look, SUBJECT, exporter, pane, lambda: pane.export.setFocus())
        self.export.saved.connect(self.saved)
        pane.put_panel(self.export.panel)
        for by, words in (
            (By.PERSON, self.tr("Each try of each person…")),
            (By.QUESTION, self.tr("Each question…")),
            (By.ANSWER, self.tr("Each answer of each person…")),
        ):
            pane.offer_export(words, partial(self.bring_out, by))

    def bring_out(self, by: By) -> None:
        """Of the quiz that is shown."""
        results, quiz, name = (
            self._rooms.results,
            str(self._pane.quiz.currentData() or ""),
            self._pane.quiz.currentText(),
        )

        def offer(found: Told) -> None:
            heads, rows = self._table(by, found)
            words = {
                By.PERSON: self.tr("by person"), By.QUESTION: self.tr("by question"), By.ANSWER: self.tr("by answer"),
            }  # fmt: skip
            self.export.offer(self.tr("Quiz results, {how}").format(how=words[by]), name, heads, rows)

        self._background.store.do(lambda: results.told(quiz), offer, lambda error: self.told.emit(explain(error)))

    def _table(self, by: By, found: Told) -> Table:
        match by:
            case By.PERSON:
                return self._by_person(found)
            case By.QUESTION:
                return self._by_question(found)
            case By.ANSWER:
                return self._by_answer(found)

    def _by_person(self, found: Told) -> Table:
        heads = (
            self.tr("Who"), self.tr("Team"), self.tr("Try"), self.tr("Points of 100"), self.tr("Passed"),
            self.tr("Questions right"), self.tr("Questions that counted"), self.tr("Begun"), self.tr("Handed in"),
            self.tr("Minutes"), self.tr("Late"), self.tr("Over time"),
        )  # fmt: skip
        names, written = self._names(), self._formats.written
        rows: list[tuple[str, ...]] = []
        for one in found.results:
            counted = [mark for mark in one.marks if mark.counts]
            rows.append(
                (
                    names.person(one.agent),
                    names.team(one.team),
                    str(one.nth),
                    str(one.score),
                    self._yes(one.is_passed),
                    str(sum(mark.is_right for mark in counted)),
                    str(len(counted)),
                    written(one.started_at),
                    written(one.finished_at),
                    f"{one.elapsed_s / 60:.1f}",
                    self._yes(one.is_late),
                    self._yes(one.is_over_time),
                )
            )
        return heads, rows

    def _by_question(self, found: Told) -> Table:
        heads = (
            self.tr("Question"), self.tr("Topic"), self.tr("Asked"), self.tr("Right"), self.tr("Share right"),
            self.tr("Best third less worst"), self.tr("To be looked at"),
        )  # fmt: skip
        rows = [
            (
                one.text,
                found.topics.get(one.question, ""),
                str(one.asked),
                str(one.right),
                f"{one.share:.0%}",
                "" if one.tells_apart is None else f"{one.tells_apart:.0%}",
                self._worth(one),
            )
            for one in found.questions
        ]
        return heads, rows

    def _by_answer(self, found: Told) -> Table:
        heads = (
            self.tr("Who"), self.tr("Team"), self.tr("Try"), self.tr("Question"), self.tr("Topic"), self.tr("Right"),
            self.tr("Counts"), self.tr("Points"), self.tr("Seconds"), self.tr("Handed in"),
        )  # fmt: skip
        names, written = self._names(), self._formats.written
        rows = [
            (
                names.person(one.agent),
                names.team(one.team),
                str(one.nth),
                found.texts.get(mark.question, mark.question),
                found.topics.get(mark.question, ""),
                self._yes(mark.is_right),
                self._yes(mark.counts),
                str(mark.points),
                str(mark.took_s),
                written(one.finished_at),
            )
            for one in found.results
            for mark in one.marks
        ]
        return heads, rows

    def _yes(self, is_so: bool) -> str:
        return self.tr("yes") if is_so else self.tr("no")
