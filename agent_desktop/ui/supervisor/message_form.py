"""A message as a lead writes it: for whom, what, how urgent and for how long. `changed(MessageDraft)` with every key,
`wanted(MessageDraft)` to send it; what is typed stays until it was sent."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.choice import Choice, Pick
from agent_desktop.ui.widgets.controls import Button, KeyHint, Tick
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.widgets.typing import TextArea
from agent_model.floor_message import LONGEST_WORDS, MessageDraft, To

MINUTES: Final = (5, 15, 30, 60, 240, 480)


class MessageForm(QFrame):
    changed = Signal(object)
    wanted = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        px = look.px
        self._px = px
        self.setAccessibleName(self.tr("New message"))
        self.whom = Choice(look, self.tr("For whom"), self.tr("Agent or team"))
        self.words = TextArea(self.tr("Message"), self.tr("What they are to know at once"))
        self.words.setFixedHeight(px(96))
        self.left = Label("hint", "")
        self.urgent = Tick(look, self.tr("Urgent: shown during calls, too"))
        self.minutes = Pick(look)
        self.minutes.setAccessibleName(self.tr("For how long"))
        for minutes in MINUTES:
            self.minutes.addItem(self._lasts(minutes), minutes)
        self.go = Button(look, self.tr("Send"), "send", kind="primary", size="compact")
        self.outcome = Label("hint", "", wraps=True)
        self.outcome.hide()
        self.limited = Label("hint", "", wraps=True)
        self.limited.hide()
        self._lay_out()
        self.words.textChanged.connect(self._tell)
        self.whom.picked.connect(lambda _: self._tell())
        self.urgent.toggled.connect(lambda _: self._tell())
        self.minutes.activated.connect(lambda _: self._tell())
        self.go.clicked.connect(self.send)
        self.show_draft(MessageDraft())

    def _lay_out(self) -> None:
        column, foot = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._px(8))
        parts: tuple[QWidget, ...] = (
            Label("section", self.tr("New message")),
            self.whom,
            self.limited,
            self.words,
            self.left,
            self.minutes,
            self.urgent,
        )
        for part in parts:
            column.addWidget(part)
        foot.setSpacing(self._px(8))
        foot.addWidget(self.go)
        foot.addWidget(KeyHint("Ctrl ↵"))
        foot.addStretch(1)
        column.addLayout(foot)
        column.addWidget(self.outcome)

    @property
    def draft(self) -> MessageDraft:
        to, _, whom = self.whom.chosen.partition(":")
        return MessageDraft(
            To(to) if to else To.TEAM,
            whom,
            self.words.toPlainText(),
            self.urgent.isChecked(),
            int(self.minutes.currentData()),
        )

    def offer(self, teams: Sequence[str], people: Sequence[str], names: Mapping[str, str], *, has_all: bool) -> None:
        """Whom one may write to; `names` of teams and people by `team:…` and `agent:…`."""
        everybody = [(f"{To.ALL}:", self.tr("Everybody"))] if has_all else []
        keys = [*(f"{To.TEAM}:{team}" for team in teams), *(f"{To.AGENT}:{one}" for one in people)]
        self.whom.offer([*everybody, *((key, names[key]) for key in keys)])

    def show_draft(self, draft: MessageDraft) -> None:
        """Without emitting."""
        with QSignalBlocker(self.words), QSignalBlocker(self.urgent):
            self.words.setPlainText(draft.words)
            self.urgent.setChecked(draft.is_urgent)
        self.whom.choose(f"{draft.to}:{draft.whom}" if draft.whom or draft.to is To.ALL else "")
        self.minutes.setCurrentIndex(max(0, self.minutes.findData(draft.minutes)))
        self._count()

    def write_to(self, key: str) -> None:
        """For somebody who was chosen elsewhere; the words stay."""
        self.whom.choose(key)
        self._tell()
        self.words.setFocus()

    def send(self) -> None:
        draft = self.draft
        if len(draft.words) > LONGEST_WORDS:
            words = self.tr("At most {count} characters: a message is read in passing. Announcements may be longer.")
            self._object(words.format(count=LONGEST_WORDS), self.words)
        elif not draft.is_whole:
            field = self.words if self.whom.chosen else self.whom
            self._object(self.tr("Say for whom it is, and what they are to know."), field)
        elif self.go.isEnabled():
            self.go.be_busy(busy=True)
            self.wanted.emit(draft)

    def done(self, words: str) -> None:
        """It was sent: the next one is for the same, and begun anew."""
        self.go.be_busy(busy=False)
        self.words.clear()
        self.say(words, "ok")

    def failed(self, words: str) -> None:
        self.go.be_busy(busy=False)
        self.say(words, "bad")

    def say(self, words: str, tone: str = "") -> None:
        self.outcome.say(words, tone)
        self.outcome.setVisible(bool(words))

    def _object(self, words: str, field: QWidget) -> None:
        self.say(words, "warn")
        field.setFocus()

    def _tell(self) -> None:
        self._count()
        self.changed.emit(self.draft)

    def _count(self) -> None:
        left = LONGEST_WORDS - len(self.words.toPlainText())
        self.left.say(self.tr("{count} characters left").format(count=left), "bad" if left < 0 else "")

    def _lasts(self, minutes: int) -> str:
        if minutes < 60:
            return self.tr("Waits {minutes} min to be read").format(minutes=minutes)
        return self.tr("Waits {hours} h to be read").format(hours=minutes // 60)
