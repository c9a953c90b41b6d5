"""One field that two people changed: what stood there, both texts, and the choice between them, by keys alone.

Value: `show_contest(Contest, now)`. Wishes: `mine_wanted`, `theirs_wanted`, `both_wanted`, `third_wanted(text)`,
`third_typed(text)` at every change, `seen_wanted`, `again_wanted`, `give_up_wanted`, each about the card's contest.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.compared import Compared
from agent_desktop.ui.widgets.controls import Button, KeyHint
from agent_desktop.ui.widgets.differences import differing
from agent_desktop.ui.widgets.parts import Glyph, Label
from agent_desktop.ui.widgets.typing import TextArea


class Third(StrEnum):
    """What there is besides the two texts."""

    NOTHING = "nothing"
    TYPED = "typed"
    BOTH = "both"


class Stage(StrEnum):
    """OPEN for the person, WAITING for the server, OVER: somebody else decided, GONE: the server offers it no more."""

    OPEN = "open"
    WAITING = "waiting"
    OVER = "over"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Contest:
    """Everything in words. `now` is None while `theirs` still stands; names are empty where nobody knows.

    `own_text` is the third text as far as it was written, `own_start` what it begins with,
    `news` what became of the last choice.
    """

    key: str
    title: str
    field: str
    base: str
    mine: str
    theirs: str
    now: str | None
    mine_by: str
    theirs_by: str
    is_own: bool
    at: datetime
    stage: Stage = Stage.OPEN
    third: Third = Third.NOTHING
    own_text: str = ""
    own_start: str = ""
    news: str = ""


class ConflictCard(QFrame):
    mine_wanted = Signal(str)
    theirs_wanted = Signal(str)
    both_wanted = Signal(str)
    third_wanted = Signal(str, str)
    third_typed = Signal(str, str)
    seen_wanted = Signal(str)
    again_wanted = Signal(str)
    give_up_wanted = Signal(str)
    stepped = Signal(int)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self._contest: Contest | None = None
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = Label("section", elides=True)
        self._moment = Label("hint")
        self._what = Label("body", wraps=True)
        self._news = Label("body", "", "warn", wraps=True)
        names = (self.tr("Before"), self.tr("Mine"), self.tr("Theirs"), self.tr("Now"))
        self._heads = [Label("meta", wraps=True) for _ in names]
        self.texts = [Compared(look, name) for name in names]
        self.mine = Button(look, self.tr("Keep mine"), "user", size="compact")
        self.theirs = Button(look, self.tr("Keep theirs"), "users", size="compact")
        self.third = Button(look, self.tr("Write another"), "pencil", size="compact")
        self.both = Button(look, self.tr("Keep both"), "plus", size="compact")
        self.seen = Button(look, self.tr("I have seen it"), "check", size="compact")
        self.again = Button(look, self.tr("Send again"), "sync", size="compact")
        self.give_up = Button(look, self.tr("Give it up"), "close", size="compact")
        self.field = TextArea(self.tr("The text that is to stand"))
        self.field.setFixedHeight(look.px(84))
        self.save = Button(look, self.tr("Let this text stand"), "check", kind="primary", size="compact")
        self.leave = Button(look, self.tr("Back"), size="compact")
        self._keys: dict[Button, KeyHint] = {}
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        px = self._look.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(12), px(14), px(12))
        column.setSpacing(px(6))
        head = QHBoxLayout()
        head.addWidget(Glyph(self._look, "merge", "warn", 18))
        head.addWidget(self._title, 1)
        head.addWidget(self._moment)
        column.addLayout(head)
        column.addWidget(self._what)
        column.addWidget(self._news)
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(10))
        grid.setVerticalSpacing(px(2))
        for n, (words, text) in enumerate(zip(self._heads, self.texts, strict=True)):
            grid.addWidget(words, 0, n, Qt.AlignmentFlag.AlignBottom)
            grid.addWidget(text, 1, n, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(n, 1)
        self._grid = grid
        column.addLayout(grid)
        actions = QHBoxLayout()
        actions.setSpacing(px(8))
        buttons = (self.mine, self.theirs, self.both, self.third, self.seen, self.again, self.give_up)
        for button in buttons:
            actions.addWidget(button)
            keys = {self.mine: "1", self.theirs: "2", self.both: "3", self.third: "3"}.get(button)
            if keys:
                button.setAccessibleDescription(keys)
                self._keys[button] = KeyHint(keys)
                actions.addWidget(self._keys[button])
        actions.addStretch(1)
        self._actions = QWidget()
        self._actions.setLayout(actions)
        actions.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._actions)
        self._writing = QWidget()
        inside = QVBoxLayout(self._writing)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.field)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.save)
        row.addWidget(KeyHint("Ctrl ↵"))
        row.addWidget(self.leave)
        row.addWidget(KeyHint("Esc"))
        row.addStretch(1)
        inside.addLayout(row)
        self._writing.hide()
        column.addWidget(self._writing)

    def _connect(self) -> None:
        for button, wish in (
            (self.mine, self.mine_wanted),
            (self.theirs, self.theirs_wanted),
            (self.both, self.both_wanted),
            (self.seen, self.seen_wanted),
            (self.again, self.again_wanted),
            (self.give_up, self.give_up_wanted),
        ):
            button.clicked.connect(lambda _=False, wish=wish: wish.emit(self.key))
        self.third.clicked.connect(self.write)
        self.save.clicked.connect(self.send)
        self.leave.clicked.connect(self.put_away)
        self.field.textChanged.connect(lambda: self.third_typed.emit(self.key, self.field.toPlainText()))

    @property
    def key(self) -> str:
        return self._contest.key if self._contest else ""

    @property
    def is_writing(self) -> bool:
        """A third text is being written."""
        return not self._writing.isHidden()

    def show_contest(self, contest: Contest, now: datetime) -> None:
        """What is being written stays."""
        before, self._contest = self._contest, contest
        self._title.say(f"{contest.title} · {contest.field}")
        self.setAccessibleName(self._title.full_text)
        self._moment.say(self._formats.moment(contest.at, now))
        self._moment.setToolTip(self._formats.full(contest.at))
        self._what.say(self._sentence(contest))
        self.setAccessibleDescription(f"{self._what.full_text} {contest.news}")
        self._news.say(contest.news)
        self._news.setVisible(bool(contest.news))
        if before is None or _texts(before) != _texts(contest):
            self._compare(contest)
        can_choose = contest.stage in (Stage.OPEN, Stage.WAITING)
        self._what.setVisible(can_choose)
        for button, is_there in (
            (self.mine, can_choose),
            (self.theirs, can_choose),
            (self.both, can_choose and contest.third is Third.BOTH),
            (self.third, can_choose and contest.third is Third.TYPED),
            (self.seen, contest.stage is Stage.OVER),
            (self.again, contest.stage is Stage.GONE),
            (self.give_up, contest.stage is Stage.GONE),
        ):
            button.setVisible(is_there)
            if button in self._keys:
                self._keys[button].setVisible(is_there)
        if before is None and contest.own_text and contest.stage is Stage.OPEN:
            self._fill(contest.own_text)
            self._writing.show()
            self._actions.hide()

    def _sentence(self, contest: Contest) -> str:
        who = contest.theirs_by or self.tr("somebody else")
        if contest.is_own:
            words = self.tr("You and {who} changed this at the same time. Nothing was overwritten: decide what stands.")
            return words.format(who=who)
        words = self.tr(
            "{author} and {who} changed this at the same time. Nothing was overwritten: decide what stands."
        )
        return words.format(author=contest.mine_by, who=who)

    def _compare(self, contest: Contest) -> None:
        mine_by = self.tr("Mine") if contest.is_own else contest.mine_by
        theirs = self.tr("Theirs · {who}").format(who=contest.theirs_by) if contest.theirs_by else self.tr("Theirs")
        has_moved = contest.now is not None
        now_there = (
            self.tr("Now there · {who}").format(who=contest.theirs_by) if contest.theirs_by else self.tr("Now there")
        )
        for head, words in zip(
            self._heads,
            (self.tr("Before"), mine_by, self.tr("Theirs") if has_moved else theirs, now_there),
            strict=True,
        ):
            head.say(words)
        base, mine, other, now = self.texts
        gone_in_mine, new_in_mine = differing(contest.base, contest.mine)
        gone_in_theirs, new_in_theirs = differing(contest.base, contest.theirs)
        gone = [first or second for first, second in zip(gone_in_mine, gone_in_theirs, strict=True)]
        base.show_text(contest.base, gone, is_gone=True)
        mine.show_text(contest.mine, new_in_mine, is_gone=False)
        other.show_text(contest.theirs, new_in_theirs, is_gone=False)
        if contest.now is not None:
            now.show_text(contest.now, differing(contest.theirs, contest.now)[1], is_gone=False)
        self._heads[3].setVisible(has_moved)
        now.setVisible(has_moved)
        self._grid.setColumnStretch(3, 1 if has_moved else 0)

    # ---- by hand ------------------------------------------------------------------------------------------

    def write(self) -> None:
        """A third text, beginning with the author's."""
        if self._contest is None or self.third.isHidden():
            return
        if not self.field.toPlainText():
            self._fill(self._contest.own_text or self._contest.own_start or self._contest.mine)
        self._writing.show()
        self._actions.hide()
        self.field.setFocus()

    def send(self) -> None:
        self._writing.hide()
        self._actions.show()
        self.third_wanted.emit(self.key, self.field.toPlainText())
        self.setFocus()

    def put_away(self) -> None:
        """What was written stays, and is there again."""
        self._writing.hide()
        self._actions.show()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, is_control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if self.is_writing:
            if key == Qt.Key.Key_Escape:
                self.put_away()
            elif is_control and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.send()
            else:
                super().keyPressEvent(event)
            return
        chosen = {Qt.Key.Key_1: self.mine, Qt.Key.Key_2: self.theirs, Qt.Key.Key_3: self.third}.get(Qt.Key(key))
        if chosen is self.third and self.third.isHidden():
            chosen = self.both
        if chosen is not None and not chosen.isHidden():
            chosen.click()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def _fill(self, text: str) -> None:
        with QSignalBlocker(self.field):
            self.field.setPlainText(text)
        self.field.moveCursor(self.field.textCursor().MoveOperation.End)


def _texts(contest: Contest) -> tuple[object, ...]:
    return contest.base, contest.mine, contest.theirs, contest.now, contest.theirs_by, contest.mine_by
