"""A message as a lead writes it: for whom, what, how urgent and for how long. `changed(MessageDraft)` with every key,
`wanted(MessageDraft)` to send it; what is typed stays until it was sent."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QSignalBlocker, Signal

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.supervisor.sent_form import SentForm
from agent_desktop.ui.widgets.choice import Choice, Pick
from agent_desktop.ui.widgets.controls import Button, Tick
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.widgets.typing import TextArea
from agent_model.floor_message import LONGEST_WORDS, MessageDraft, To

MINUTES: Final = (5, 15, 30, 60, 240, 480)


class MessageForm(SentForm):
    changed = Signal(object)
    wanted = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setAccessibleName(self.tr("New message"))
        self.whom = Choice(look, self.tr("For whom"), self.tr("Agent or team"))
        self.words = TextArea(self.tr("Message"), self.tr("What they are to know at once"))
        self.words.setFixedHeight(look.px(96))
        self.left = Label("hint", "")
        self.urgent = Tick(look, self.tr("Urgent: shown during calls, too"))
        self.minutes = Pick(look)
        self.minutes.setAccessibleName(self.tr("For how long"))
        for minutes in MINUTES:
            self.minutes.addItem(self._lasts(minutes), minutes)
        title = Label("section", self.tr("New message"))
        go = Button(look, self.tr("Send"), "send", kind="primary", size="compact")
        self.lay_out(go, title, self.whom, self.limited, self.words, self.left, self.minutes, self.urgent)
        self.words.textChanged.connect(self._tell)
        self.whom.picked.connect(lambda _: self._tell())
        self.urgent.toggled.connect(lambda _: self._tell())
        self.minutes.activated.connect(lambda _: self._tell())
        self.show_draft(MessageDraft())

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
            self.object_to(self.words, words.format(count=LONGEST_WORDS))
        elif not draft.is_whole:
            field = self.words if self.whom.chosen else self.whom
            self.object_to(field, self.tr("Say for whom it is, and what they are to know."))
        elif self.go.isEnabled():
            self.go.be_busy(busy=True)
            self.wanted.emit(draft)

    def begin_anew(self) -> None:
        """For the same."""
        self.words.clear()

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
