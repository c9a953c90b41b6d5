"""What is done when a caller abuses the agent: the mark, what to say step by step, the break after it.

Value: `show_sheet`. Wishes: `marked(abuse)`, `said`, `rest_wanted`.
"""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.care.words import abuse_word, step_word
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label, Pill, set_property
from agent_model.abusive_call import Abuse, AbuseStep

KINDS_A_ROW = 2


@dataclass(frozen=True, slots=True)
class AbuseSheet:
    """One call. `said` are the steps with the time of each, `to_say` what the next is in the language of the line;
    `rest_min` is how long the break is that may be taken now, `rested` when it was."""

    abuse: Abuse | None = None
    said: tuple[tuple[AbuseStep, str], ...] = ()
    next_step: AbuseStep | None = None
    to_say: str = ""
    is_up: bool = True
    rest_min: int | None = None
    rested: str = ""


class AbuseCard(Card):
    marked = Signal(object)
    said = Signal()
    rest_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, self.tr("Abusive caller"))
        px = look.px
        self._pill = Pill(look, "", "bad")
        self.add_to_head(self._pill)
        self._hint = Label("meta", self.tr("What did the caller do? Your team lead sees the mark."), wraps=True)
        self.body.addWidget(self._hint)
        self.kinds: dict[Abuse, Button] = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, px(4), 0, px(4))
        grid.setSpacing(px(6))
        for place, abuse in enumerate(Abuse):
            button = Button(look, abuse_word(abuse), size="compact")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, abuse=abuse: self._choose(abuse))
            self.kinds[abuse] = button
            grid.addWidget(button, *divmod(place, KINDS_A_ROW))
        self.body.addLayout(grid)
        self._steps = QWidget()
        steps = QVBoxLayout(self._steps)
        steps.setContentsMargins(0, px(4), 0, 0)
        steps.setSpacing(px(6))
        self._done = Label("meta", wraps=True)
        self._next = Label("row", wraps=True)
        self._words = Label("body", wraps=True)
        self.say = Button(look, " ", "check", kind="primary")
        self.say.clicked.connect(self.said)
        self.end = Button(look, self.tr("Said, end the call"), "hang-up", kind="danger")
        self.end.clicked.connect(self.said)
        self.rest = Button(look, " ", "break")
        self.rest.clicked.connect(self.rest_wanted)
        self._rested = Label("meta", wraps=True)
        for widget in (self._done, self._next, self._words, self.say, self.end, self.rest, self._rested):
            steps.addWidget(widget)
        self.body.addWidget(self._steps)
        self._sheet: AbuseSheet | None = None
        self.show_sheet(None)

    def show_sheet(self, sheet: AbuseSheet | None) -> None:
        """None: there is no call that could be marked."""
        had_focus = self.isAncestorOf(self.focusWidget() or self) and any(
            button.hasFocus() for button in (*self.kinds.values(), self.say, self.end, self.rest)
        )
        self._sheet = sheet
        self.setVisible(sheet is not None)
        if sheet is None:
            return
        for abuse, button in self.kinds.items():
            button.setChecked(abuse is sheet.abuse)
            set_property(button, "kind", "amber" if abuse is sheet.abuse else "plain")
        self._pill.show_as("" if sheet.abuse is None else abuse_word(sheet.abuse), "bad")
        self._hint.setVisible(sheet.abuse is None)
        self._steps.setVisible(sheet.abuse is not None)
        is_step_due = sheet.next_step is not None and sheet.is_up
        is_last = sheet.next_step is AbuseStep.ENDED
        self._done.say("\n".join(f"{at}  {step_word(step)}" for step, at in sheet.said))
        self._done.setVisible(bool(sheet.said))
        if sheet.next_step is not None:
            self._next.say(self._heading(sheet.next_step))
            self._words.say(sheet.to_say)
            self.say.wear("primary", "check", self.tr("Said"))
            self.say.setAccessibleName(self.tr("{step} was said").format(step=step_word(sheet.next_step)))
        self._next.setVisible(is_step_due)
        self._words.setVisible(is_step_due)
        self.say.setVisible(is_step_due and not is_last)
        self.end.setVisible(is_step_due and is_last)
        self.rest.setVisible(sheet.rest_min is not None)
        if sheet.rest_min is not None:
            now, after = self.tr("Take a break of {minutes} min"), self.tr("Then a break of {minutes} min")
            self.rest.wear("plain", "break", (after if sheet.is_up else now).format(minutes=sheet.rest_min))
        self._rested.say(self.tr("Break after this call since {time}").format(time=sheet.rested))
        self._rested.setVisible(bool(sheet.rested))
        if had_focus:
            self._go_on()

    def focus_first(self) -> None:
        """What is to be done next of the call; nothing where there is none."""
        if self._sheet is not None:
            self._go_on()

    def _go_on(self) -> None:
        following = (self.say, self.end, self.rest)
        shown = next((button for button in following if not button.isHidden()), None)
        if self._sheet is None or self._sheet.abuse is None or shown is None:
            shown = self.kinds[Abuse.INSULT if self._sheet is None or self._sheet.abuse is None else self._sheet.abuse]
        shown.setFocus()

    def _choose(self, abuse: Abuse) -> None:
        """What is marked stays marked until the mark is on the disk."""
        sheet = self._sheet
        for one, button in self.kinds.items():
            button.setChecked(sheet is not None and one is sheet.abuse)
        self.marked.emit(abuse)

    def _heading(self, step: AbuseStep) -> str:
        match step:
            case AbuseStep.FIRST_WARNING:
                return self.tr("First warning: say this")
            case AbuseStep.SECOND_WARNING:
                return self.tr("Second warning: say this")
            case AbuseStep.ENDED:
                return self.tr("Say this, then end the call")
