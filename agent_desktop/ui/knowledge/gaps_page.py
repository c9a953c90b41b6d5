"""Where who writes the knowledge base sees what it lacks: what waits for an answer, and questions with counts.

Values: `show_waiting`, `show_gaps`, `show_words`, `say`, `show_looking`, `show_directory`. Wishes:
`again_wanted(days)`, `settle_wanted(gap, verdict, reason)`, `answer_wanted(feedback, state, words, article)`,
`article_wanted(id)`, `writing_wanted(article, question)`, `synonym_wanted(words)`, those of its `ways`,
`key_chosen(key)` for what was typed about it before, `words_changed(key, words)`.
By keys alone: arrows go through the list, Enter goes to the form at the right, Ctrl+Enter sends it; Alt+R reads the
article, Alt+A writes one, Alt+M begins a set of words that mean the same.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.editor_ways import EditorWays
from agent_desktop.ui.knowledge.feedback_words import feedback_title, kind_word, reason_word
from agent_desktop.ui.page import Page
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.choice import Choice
from agent_desktop.ui.widgets.controls import Button, KeyHint, Segments
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.widgets.row_list import RowList
from agent_desktop.ui.widgets.rows import Row
from agent_desktop.ui.widgets.typing import TextArea, TextLine
from agent_model.article_feedback import LONGEST_WORDS, ArticleFeedback, FeedbackState, FlagReason
from agent_model.gap import Gap, GapKind, GapVerdict

DAYS: Final = (7, 30, 90)
ANY: Final = ""


class View(StrEnum):
    """What is gone through: what people told, or a kind of gap."""

    WAITING = "waiting"
    NOTHING_FOUND = "nothing_found"
    NOT_HELPFUL = "not_helpful"
    ANSWERED_APART = "answered_apart"


class GapsPage(QFrame):
    again_wanted = Signal(int)
    settle_wanted = Signal(object, object, str)
    answer_wanted = Signal(object, object, str, str)
    article_wanted = Signal(str)
    writing_wanted = Signal(str, str)
    """An article (empty: a new one) is to be written, about this question."""
    synonym_wanted = Signal(object)
    """A set is to be begun with these words."""
    key_chosen = Signal(str)
    words_changed = Signal(str, str)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self._directory = Directory()
        self._titles: Mapping[str, str] = {}
        self._waiting: dict[str, ArticleFeedback] = {}
        self._gaps: dict[str, Gap] = {}
        self._shown = ""
        self._now = datetime.now().astimezone()
        self.setProperty("ground", "canvas")
        self.setAccessibleName(self.tr("Gaps of knowledge"))
        self.view = Segments(
            self.tr("What is listed"),
            (
                (View.WAITING, self.tr("Told by agents"), "accent"),
                *((View(kind.value), kind_word(kind), "accent") for kind in GapKind),
            ),
        )
        self.view.choose(View.WAITING)
        self.days = Segments(
            self.tr("Of how many days"),
            tuple((str(days), self.tr("{count} days").format(count=days), "accent") for days in DAYS),
        )
        self.days.choose(str(DAYS[1]))
        self.queue = Choice(look, self.tr("Queue"), self.tr("All queues"))
        self.language = Choice(look, self.tr("Language"), self.tr("All languages"))
        self.again = Button(look, self.tr("Look again"), "sync", size="compact")
        self.outcome = Label("meta", "", wraps=True)
        self.list = RowList(look, self.tr("Gaps of knowledge"))
        self.nothing = Label("hint", "", wraps=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.beside = Card(look)
        self.question = Label("section", "", wraps=True)
        self.counts = Label("meta", "", wraps=True)
        self.details = Label("hint", "", wraps=True)
        self.read = Button(look, self.tr("Read the article"), "book", kind="link")
        self.write = Button(look, self.tr("Write it"), "pencil", kind="link")
        self.synonym = Button(look, self.tr("Add a synonym"), "search", kind="link")
        self.words = TextArea(self.tr("Answer or reason"), self.tr("Answer or reason"))
        self.article = TextLine(self.tr("Article that answers it"), self.tr("Article that answers it, such as kb:0198"))
        for way, keys in self._keys_of_ways.items():
            way.setToolTip(keys)
            way.setAccessibleDescription(keys)
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(way.click)
        self.ways = EditorWays(look, Page.GAPS)
        self.yes = Button(look, self.tr("Done"), "check", kind="primary")
        self.no = Button(look, self.tr("Ignore"), "close", kind="ghost")
        self._lay_out()
        self._connect()
        self._show_rows()

    def _lay_out(self) -> None:
        px = self._look.px
        top, filters, foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        top.setSpacing(px(12))
        top.addWidget(Label("name", self.tr("Gaps of knowledge")))
        top.addWidget(self.ways)
        top.addStretch(1)
        top.addWidget(self.view)
        filters.setSpacing(px(10))
        for field in (self.queue, self.language):
            field.setFixedWidth(px(190))
            filters.addWidget(field)
        filters.addWidget(self.days)
        filters.addStretch(1)
        filters.addWidget(self.again)
        left = Card(self._look)
        left.setFixedWidth(px(470))
        left.body.addWidget(self.list, 1)
        left.body.addWidget(self.nothing, 1)
        inside = self.beside.body
        inside.setSpacing(px(8))
        for label in (self.question, self.counts, self.details):
            inside.addWidget(label)
        links = QHBoxLayout()
        links.addWidget(self.read)
        links.addWidget(self.write)
        links.addWidget(self.synonym)
        links.addStretch(1)
        inside.addLayout(links)
        inside.addWidget(self.words)
        inside.addWidget(self.article)
        self.words.setFixedHeight(px(110))
        foot.setSpacing(px(8))
        for widget in (self.yes, KeyHint("Ctrl ↵"), self.no):
            foot.addWidget(widget)
        foot.addStretch(1)
        inside.addLayout(foot)
        inside.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(px(10))
        columns.addWidget(left)
        columns.addWidget(self.beside, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(10))
        column.addLayout(top)
        column.addLayout(filters)
        column.addWidget(self.outcome)
        column.addLayout(columns, 1)
        self.outcome.hide()

    def _connect(self) -> None:
        self.view.chosen.connect(lambda _: self._show_rows())
        self.days.chosen.connect(lambda days: self.again_wanted.emit(int(days)))
        self.queue.picked.connect(lambda _: self._show_rows())
        self.language.picked.connect(lambda _: self._show_rows())
        self.again.clicked.connect(lambda: self.again_wanted.emit(self.chosen_days))
        self.list.chosen.connect(lambda _: self._show_chosen())
        self.list.taken.connect(lambda _: self.words.setFocus())
        self.read.clicked.connect(self._read)
        self.write.clicked.connect(self._write)
        self.synonym.clicked.connect(self._begin_set)
        self.words.textChanged.connect(lambda: self.words_changed.emit(self._shown, self.words.toPlainText()))
        self.yes.clicked.connect(self.send)
        self.no.clicked.connect(self._decline)

    @property
    def chosen_days(self) -> int:
        return int(self.days.value)

    def send(self) -> None:
        """The answer to what somebody told, or that the question is done."""
        words = self.words.toPlainText().strip()
        if (told := self._waiting.get(self.list.current_key)) is not None:
            article = self.article.text().strip().removeprefix("kb:").strip()
            if not words and not article:
                self.say(self.tr("Say what you have done about it, or name the article that answers it."), "warn")
                return
            self.answer_wanted.emit(told, FeedbackState.ANSWERED, words[:LONGEST_WORDS], article)
        elif (gap := self._gaps.get(self.list.current_key)) is not None:
            self.settle_wanted.emit(gap, GapVerdict.DONE, words[:LONGEST_WORDS])

    def show_directory(self, directory: Directory) -> None:
        self._directory = directory
        self.queue.offer([(ANY, self.tr("All queues")), *directory.queues.items()])

    def show_looking(self) -> None:
        self.again.be_busy(busy=True)

    def show_words(self, key: str, words: str) -> None:
        """What was typed about the one that is chosen and not sent."""
        if key == self._shown and words and not self.words.toPlainText():
            with QSignalBlocker(self.words):
                self.words.setPlainText(words)

    def show_waiting(self, waiting: Sequence[ArticleFeedback], titles: Mapping[str, str], now: datetime) -> None:
        """What people told and wants an answer; `titles` are those of the articles that it is about."""
        self._now = now
        self._titles = {**self._titles, **titles}
        self._waiting = {one.id: one for one in waiting}
        self._show_rows()

    def show_gaps(self, gaps: Sequence[Gap], titles: Mapping[str, str]) -> None:
        self.again.be_busy(busy=False)
        self._titles = {**self._titles, **titles}
        self._gaps = {gap.key: gap for gap in gaps}
        languages = sorted({language for gap in gaps for language in gap.languages})
        chosen = self.language.chosen
        self.language.offer([(ANY, self.tr("All languages")), *((one, one) for one in languages)])
        self.language.choose(chosen if chosen in languages else ANY)
        self._show_rows()

    def say(self, words: str, tone: str = "") -> None:
        self.outcome.say(words, tone)
        self.outcome.setVisible(bool(words))

    def _decline(self) -> None:
        words = self.words.toPlainText().strip()
        if not words:
            self.say(self.tr("Say why nothing is to be done."), "warn")
            self.words.setFocus()
        elif (told := self._waiting.get(self.list.current_key)) is not None:
            self.answer_wanted.emit(told, FeedbackState.CLOSED, words[:LONGEST_WORDS], "")
        elif (gap := self._gaps.get(self.list.current_key)) is not None:
            self.settle_wanted.emit(gap, GapVerdict.IGNORED, words[:LONGEST_WORDS])

    def _read(self) -> None:
        if (article := self._article) is not None:
            self.article_wanted.emit(article)

    def _write(self) -> None:
        told, gap = self._waiting.get(self._shown), self._gaps.get(self._shown)
        question = "" if told is None else told.question or ""
        question = question if gap is None else gap.question
        self.writing_wanted.emit(self._article or "", question)

    @property
    def _keys_of_ways(self) -> Mapping[Button, str]:
        return {self.read: "Alt+R", self.write: "Alt+A", self.synonym: "Alt+M"}

    def _begin_set(self) -> None:
        """With the question as it was written, each way."""
        told, gap = self._waiting.get(self._shown), self._gaps.get(self._shown)
        words = [] if told is None or told.question is None else [told.question]
        self.synonym_wanted.emit(tuple(words if gap is None else (gap.question, *gap.variants)))

    @property
    def _article(self) -> str | None:
        """The one that what is shown is about."""
        told, gap = self._waiting.get(self._shown), self._gaps.get(self._shown)
        if gap is not None and gap.answers:
            return gap.answers[0].article
        return None if told is None else told.article

    def _show_rows(self) -> None:
        view = View(self.view.value)
        is_waiting = view is View.WAITING
        if is_waiting:
            rows = [(one.id, self._row_of_feedback(one)) for one in self._waiting.values() if self._is_of_filter(one)]
        else:
            kind = GapKind(view.value)
            found = [(gap, self._count(gap)) for gap in self._gaps.values() if gap.kind is kind]
            counted = sorted(((gap, count) for gap, count in found if count), key=lambda one: -one[1])
            rows = [(gap.key, self._row_of_gap(gap, count)) for gap, count in counted]
        self.days.setEnabled(not is_waiting)
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self.nothing.say(self._none(is_waiting=is_waiting))
        self._show_chosen()

    def _none(self, *, is_waiting: bool) -> str:
        if is_waiting:
            return self.tr("Nothing waits for an answer.")
        return self.tr("No question is without its answer here.")

    def _is_of_filter(self, one: ArticleFeedback) -> bool:
        is_of_queue = not self.queue.chosen or one.queue == self.queue.chosen
        return is_of_queue and (not self.language.chosen or one.language == self.language.chosen)

    def _count(self, gap: Gap) -> int:
        """How often it was asked, as far as the filters go; no more than in either of the two."""
        queue, language = self.queue.chosen, self.language.chosen
        of_queue = gap.queues.get(queue, 0) if queue else gap.searches
        return min(of_queue, gap.languages.get(language, 0) if language else gap.searches)

    def _row_of_feedback(self, one: ArticleFeedback) -> Row:
        title = feedback_title(one, self._title_of(one.article))
        reason = self.tr("Found nothing") if one.reason is None else reason_word(one.reason)
        words = f"{reason} · {one.words}" if one.words else reason
        icon, token = ("search", "accent_text") if one.reason is None else ("flag", "warn")
        return Row(title, words, icon, token, at_right=self._day(one))

    def _row_of_gap(self, gap: Gap, count: int) -> Row:
        agents = self.tr("Agents: {count}").format(count=self._formats.count(gap.agents))
        again = self.tr("again")
        words = f"{agents} · {again}" if gap.is_again else agents
        if gap.variants:
            words = f"{words} · {' / '.join(gap.variants)}"
        times = self.tr("{count} times").format(count=self._formats.count(count))
        return Row(
            gap.question, words, "help", "muted", at_right=times, right_token="warn" if gap.is_again else "muted"
        )

    def _show_chosen(self) -> None:
        key = self.list.current_key
        told, gap = self._waiting.get(key), self._gaps.get(key)
        if key != self._shown:
            self._shown = key
            with QSignalBlocker(self.words):
                self.words.clear()
            self.article.clear()
            self.key_chosen.emit(key)
        self.beside.setVisible(told is not None or gap is not None)
        self.article.setVisible(told is not None)
        if told is not None:
            self._show_feedback(told)
        elif gap is not None:
            self._show_gap(gap)

    def _show_feedback(self, one: ArticleFeedback) -> None:
        self.question.say(feedback_title(one, self._title_of(one.article)))
        who = self._directory.person(one.by)
        about = [who, self._day(one), *([self._directory.queue(one.queue)] if one.queue else [])]
        self.counts.say(" · ".join(about))
        reason = self.tr("Found nothing") if one.reason is None else reason_word(FlagReason(one.reason))
        self.details.say(" · ".join(filter(None, (reason, one.words))))
        self.read.setVisible(one.article is not None)
        self.yes.wear("primary", "check", self.tr("Answered"))
        self.no.wear("ghost", "close", self.tr("Nothing to do"))

    def _show_gap(self, gap: Gap) -> None:
        self.question.say(gap.question)
        count = self._formats.count
        queues = [f"{self._directory.queue(queue)} {count(times)}" for queue, times in gap.queues.items()]
        self.counts.say(
            " · ".join(
                [
                    self.tr("Searches: {count}").format(count=count(gap.searches)),
                    self.tr("Agents: {count}").format(count=count(gap.agents)),
                    *queues,
                ]
            )
        )
        answers = [f"{self._title_of(one.article)} · {count(one.count)}" for one in gap.answers]
        also = [self.tr("Also written: {words}").format(words=" / ".join(gap.variants))] if gap.variants else []
        self.details.say("\n".join([*answers, *also]))
        self.read.setVisible(bool(gap.answers))
        self.yes.wear("primary", "check", self.tr("Done"))
        self.no.wear("ghost", "close", self.tr("Ignore"))

    def _title_of(self, article: str | None) -> str:
        if article is None:
            return ""
        return self._titles.get(article) or f"kb:{article}"

    def _day(self, one: ArticleFeedback) -> str:
        return self._formats.moment(one.at, self._now)
