"""Puts the chosen agent into a state, or into queues and out of them; what is typed stays until it was done."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal

from agent_desktop.supervisor.acts import LEAST_WHY, LONGEST_WHY, Order, Serve
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.choice_words import native_language
from agent_desktop.ui.company_rules.words import steering_word
from agent_desktop.ui.supervisor.order_words import not_offered_words
from agent_desktop.ui.supervisor.sent_form import SentForm
from agent_desktop.ui.supervisor.words import state_word
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.widgets.typing import TextLine
from agent_model.agent import Agent, AgentState
from agent_model.floor_policy import TELLABLE, Steering

CHOICES = (AgentState.READY, AgentState.AFTER_CALL_WORK)
ORDERED = (Steering.STATE, Steering.SIGN_OUT, Steering.SERVING)


class OrderForm(SentForm):
    """Wishes: `wanted(Order | Serve)`, `why_changed(words)`."""

    wanted = Signal(object)
    why_changed = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._agent: Agent | None = None
        self._breaks: Mapping[str, str] = {}
        self._queues: Mapping[str, str] = {}
        self._languages: Sequence[str] = ()
        self._allowed: frozenset[Steering] = frozenset(Steering)
        self._told: frozenset[Steering] = frozenset(TELLABLE)
        self.setAccessibleName(self.tr("State and queues"))
        self.state = Pick(look)
        self.state.setAccessibleName(self.tr("State and queues"))
        self.why = TextLine(self.tr("Reason"))
        self.why.setMaxLength(LONGEST_WHY)
        go = Button(look, self.tr("Set"), "check", size="compact")
        self.lay_out(go, Label("row", self.tr("State and queues")), self.limited, self.state, self.why)
        self.why.textChanged.connect(self.why_changed)
        self.state.currentIndexChanged.connect(lambda _: self._say_who_reads())
        self._fill()

    def offer(self, breaks: Mapping[str, str], queues: Mapping[str, str], languages: Sequence[str]) -> None:
        """`breaks` are those one can be sent into, `queues` those that may be given and taken, by id."""
        self._breaks, self._queues, self._languages = breaks, queues, languages
        self._fill()

    def allow(self, allowed: Collection[Steering]) -> None:
        """What the site lets the lead do with the agent who is shown; the rest is not offered, and it says so."""
        if self._allowed == frozenset(allowed):
            return
        self._allowed = frozenset(allowed)
        words = not_offered_words([steering_word(act) for act in ORDERED if act not in self._allowed])
        self.limited.say(words)
        self.limited.setVisible(bool(words))
        for part in (self.state, self.why, self.go, self.key):
            part.setVisible(not self._allowed.isdisjoint(ORDERED))
        self._fill()

    def tell(self, told: Collection[Steering]) -> None:
        """Of which acts the site has the agent told by whom and why."""
        self._told = frozenset(told)
        self._say_who_reads()

    def show_agent(self, agent: Agent) -> None:
        if self._agent is None or agent.id != self._agent.id:
            self.say("")
        if agent != self._agent:
            self._agent = agent
            self._fill()

    def _fill(self) -> None:
        before = self.state.currentText()
        self.state.clear()
        if Steering.STATE in self._allowed:
            for state in CHOICES:
                self.state.addItem(state_word(state), (state, None))
            for id_, name in self._breaks.items():
                self.state.addItem(self.tr("Break: {reason}").format(reason=name), (AgentState.BREAK, id_))
        if Steering.SIGN_OUT in self._allowed:
            self.state.addItem(self.tr("Sign out of the queues"), (AgentState.OFFLINE, None))
        if self._agent is not None and Steering.SERVING in self._allowed:
            self._offer_serving(self._agent)
        self.state.setCurrentIndex(max(0, self.state.findText(before)))

    def _offer_serving(self, agent: Agent) -> None:
        for id_, name in self._queues.items():
            is_served = id_ in agent.queues
            words = self.tr("Take from the queue {queue}") if is_served else self.tr("Add to the queue {queue}")
            queues = tuple(one for one in (*agent.queues, id_) if not (is_served and one == id_))
            self.state.addItem(words.format(queue=name), Serve(agent.id, queues, agent.languages, ""))
        for language in self._languages:
            is_spoken = language in agent.languages
            if is_spoken and len(agent.languages) == 1:
                continue
            words = self.tr("Speaks no more: {language}") if is_spoken else self.tr("Speaks: {language}")
            spoken = tuple(one for one in (*agent.languages, language) if not (is_spoken and one == language))
            named = words.format(language=native_language(language))
            self.state.addItem(named, Serve(agent.id, agent.queues, spoken, ""))

    @property
    def _is_told(self) -> bool:
        """Whether the agent reads why what is chosen is done."""
        match self.state.currentData():
            case Serve():
                return Steering.SERVING in self._told
            case (AgentState.OFFLINE, _):
                return Steering.SIGN_OUT in self._told
            case _:
                return Steering.STATE in self._told

    def _say_who_reads(self) -> None:
        hint = self.tr("Reason, which the agent is told") if self._is_told else self.tr("Reason, for the record alone")
        self.why.setPlaceholderText(hint)
        self.why.setAccessibleDescription(hint)

    def show_why(self, words: str) -> None:
        with QSignalBlocker(self.why):
            self.why.setText(words)

    def send(self) -> None:
        wanted = self.state.currentData()
        if self._agent is None or wanted is None:
            return
        if isinstance(wanted, Serve):
            order: Order | Serve = replace(wanted, why=self.why.text())
        else:
            order = Order(self._agent.id, AgentState(wanted[0]), wanted[1], self.why.text())
        if not order.has_why:
            words = self.tr("Say why, in {count} characters or more: it stands on record, the agent is not told.")
            if self._is_told:
                words = self.tr("Say why, in {count} characters or more: the agent is told.")
            self.object_to(self.why, words.format(count=LEAST_WHY))
            return
        self.go.be_busy(busy=True)
        self.wanted.emit(order)

    def begin_anew(self) -> None:
        self.why.clear()
