"""The practice: a search, a ticket form and a call in which everything works and nothing is real.

What is done is emitted as `changed(steps)`, all of them so far. `search_wanted(text)` and `article_wanted(id)` where
the knowledge base is needed: it is only read. Values: `show_hits`, `show_article`.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.choice_words import priority_word, type_word
from agent_desktop.ui.knowledge.reader import Reader
from agent_desktop.ui.training.answers import Answer
from agent_desktop.ui.training.words import check_words, step_words
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.controls import Button, Field
from agent_desktop.ui.widgets.lines import Line, Lines
from agent_desktop.ui.widgets.parts import Label
from agent_model.article import Article
from agent_model.practice import MOST_STEPS, Act, Check, step
from agent_model.ticket import Priority, TicketType


class Practice(Answer):
    """Keeps what was done."""

    search_wanted = Signal(str)
    article_wanted = Signal(str)

    def __init__(self, look: Look, check: Check) -> None:
        super().__init__()
        self._look = look
        self.done: tuple[str, ...] = ()
        self._titles: dict[str, str] = {}
        card = QFrame()
        card.setProperty("role", "card")
        card.setAccessibleName(check_words(check))
        px = look.px
        self._body = QVBoxLayout(card)
        self._body.setContentsMargins(px(14), px(10), px(14), px(12))
        self._body.setSpacing(px(8))
        self._body.addWidget(Label("section", check_words(check)))
        self._so_far = Label("hint", wraps=True)
        again = Button(look, self.tr("Start over"), kind="ghost", size="compact")
        again.clicked.connect(self.start_over)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self._so_far, 1)
        self._foot.addWidget(again)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)

    def show_answer(self, answer: tuple[str, ...]) -> None:
        self.done = answer
        self._tell_so_far()

    def start_over(self) -> None:
        """Nothing was done yet."""
        self.done = ()
        self._tell_so_far()
        self.changed.emit(self.done)

    def show_hits(self, hits: Sequence[tuple[str, str]]) -> None:
        """(id, title) of what was found."""

    def show_article(self, article: Article) -> None:
        """What was opened."""

    def _do(self, *steps: str) -> None:
        self.done = (*self.done, *steps)[-MOST_STEPS:]
        self._tell_so_far()
        self.changed.emit(self.done)

    def _tell_so_far(self) -> None:
        words = " → ".join(step_words(one, self._titles) for one in self.done[-8:])
        self._so_far.say(self.tr("Done so far: {steps}").format(steps=words) if words else self.tr("Nothing done yet."))


class FindPractice(Practice):
    def __init__(self, look: Look) -> None:
        super().__init__(look, Check.FIND_ARTICLE)
        self.search = Field(look, self.tr("Search knowledge"), self.tr("What is asked for"), "search")
        self.hits = Lines(look, self.tr("Articles found"))
        self.reader = Reader()
        self.reader.setFixedHeight(look.px(180))
        self.reader.hide()
        for widget in (self.search, self.hits, self.reader):
            self._body.addWidget(widget)
        self._body.addLayout(self._foot)
        self.hits.hide()
        self.search.entered.connect(self._search)
        self.search.stepped.connect(lambda _: self.hits.setFocus())
        self.hits.taken.connect(self._open)

    def start(self) -> None:
        self.search.setFocus()

    def show_hits(self, hits: Sequence[tuple[str, str]]) -> None:
        self._titles |= dict(hits)
        self._tell_so_far()
        self.hits.show_lines([Line(id_, title) for id_, title in hits])

    def show_article(self, article: Article) -> None:
        self.reader.show_body(f"## {article.title}\n\n{article.body}")
        self.reader.setAccessibleName(article.title)
        self.reader.show()

    def _search(self) -> None:
        words = self.search.text().strip()
        if words:
            self._do(step(Act.SEARCHED, words))
            self.search_wanted.emit(words)

    def _open(self, article_id: str) -> None:
        self._do(step(Act.OPENED, article_id))
        self.article_wanted.emit(article_id)


class TicketPractice(Practice):
    def __init__(self, look: Look, categories: Sequence[tuple[str, str]]) -> None:
        super().__init__(look, Check.FILE_TICKET)
        self.type = self._pick(self.tr("Type"), [(one.value, type_word(one)) for one in TicketType])
        self.category = self._pick(self.tr("Category"), categories)
        self.priority = self._pick(self.tr("Priority"), [(one.value, priority_word(one)) for one in Priority])
        self.file = Button(look, self.tr("File in the practice"), "check", size="compact")
        self.file.clicked.connect(self._file)
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        for pick in (self.type, self.category, self.priority):
            row.addWidget(pick, 1)
        row.addWidget(self.file)
        self._body.addLayout(row)
        self._body.addLayout(self._foot)

    def start(self) -> None:
        self.type.setFocus()

    def _pick(self, name: str, options: Sequence[tuple[str, str]]) -> Pick:
        pick = Pick(self._look)
        pick.setAccessibleName(name)
        pick.setMinimumContentsLength(8)
        for value, words in options:
            pick.addItem(words, value)
        return pick

    def _file(self) -> None:
        self._do(
            step(Act.TYPE, str(self.type.currentData())),
            step(Act.CATEGORY, str(self.category.currentData())),
            step(Act.PRIORITY, str(self.priority.currentData())),
            step(Act.FILED),
        )


class CallPractice(Practice):
    """A call that rings and is handled with the buttons of the strip: what is possible follows from what was done."""

    def __init__(self, look: Look, queues: Sequence[tuple[str, str]]) -> None:
        super().__init__(look, Check.HANDLE_CALL)
        self.state = Label("body")
        self.answer = Button(look, self.tr("Answer"), "phone", "answer", "compact")
        self.hold = Button(look, self.tr("Hold"), "pause", size="compact")
        self.mute = Button(look, self.tr("Mute"), "mic-off", size="compact")
        self.to = Pick(look)
        self.to.setAccessibleName(self.tr("Queue to transfer to"))
        for queue, words in queues:
            self.to.addItem(words, queue)
        self.transfer = Button(look, self.tr("Transfer"), "phone-forward", size="compact")
        self.end = Button(look, self.tr("Hang up"), "hang-up", "danger", "compact")
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        row.addWidget(self.state, 1)
        for widget in (self.answer, self.hold, self.mute, self.to, self.transfer, self.end):
            row.addWidget(widget)
        self._body.addLayout(row)
        self._body.addLayout(self._foot)
        self.answer.clicked.connect(lambda: self._do(step(Act.ANSWERED)))
        self.hold.clicked.connect(lambda: self._do(step(Act.RESUMED if self._is_held else Act.HELD)))
        self.mute.clicked.connect(lambda: self._do(step(Act.UNMUTED if self._is_muted else Act.MUTED)))
        self.transfer.clicked.connect(lambda: self._do(step(Act.TRANSFERRED, str(self.to.currentData() or ""))))
        self.end.clicked.connect(lambda: self._do(step(Act.ENDED)))
        self._tell_so_far()

    def start(self) -> None:
        self.answer.setFocus()

    @property
    def _is_held(self) -> bool:
        return self._last(Act.HELD) > self._last(Act.RESUMED)

    @property
    def _is_muted(self) -> bool:
        return self._last(Act.MUTED) > self._last(Act.UNMUTED)

    def _last(self, act: Act) -> int:
        return max((place for place, one in enumerate(self.done) if one == act), default=-1)

    def _tell_so_far(self) -> None:
        super()._tell_so_far()
        is_answered = self._last(Act.ANSWERED) >= 0
        is_over = self._last(Act.ENDED) >= 0 or any(one.startswith(Act.TRANSFERRED) for one in self.done)
        is_live = is_answered and not is_over
        self.answer.setEnabled(not is_answered)
        for widget in (self.hold, self.mute, self.to, self.transfer, self.end):
            widget.setEnabled(is_live)
        self.hold.wear(
            "amber" if self._is_held else "plain", "pause", self.tr("Take back") if self._is_held else self.tr("Hold")
        )
        self.mute.wear(
            "amber" if self._is_muted else "plain", "mic-off", self.tr("Unmute") if self._is_muted else self.tr("Mute")
        )
        if is_over:
            self.state.say(self.tr("The call is over."))
        elif not is_answered:
            self.state.say(self.tr("A call rings."))
        else:
            self.state.say(self.tr("On hold") if self._is_held else self.tr("Connected"))


def practice_for(
    look: Look, check: Check, categories: Sequence[tuple[str, str]], queues: Sequence[tuple[str, str]]
) -> Practice:
    match check:
        case Check.FIND_ARTICLE:
            return FindPractice(look)
        case Check.FILE_TICKET:
            return TicketPractice(look, categories)
        case Check.HANDLE_CALL:
            return CallPractice(look, queues)
