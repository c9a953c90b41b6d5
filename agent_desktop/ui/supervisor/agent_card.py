"""The agent of the board who is chosen: what they do since when, what the exchange says, where they work."""

from datetime import datetime

from agent_desktop.supervisor.agent_board import OnBoard
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.supervisor.agents_model import Naming
from agent_desktop.ui.supervisor.call_acts import CallActs
from agent_desktop.ui.supervisor.order_form import OrderForm
from agent_desktop.ui.supervisor.words import TONES, doing_word, exchange_words, gone_words
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.parts import Label, Pill, Rule
from agent_model.agent import AgentState


class AgentCard(Card):
    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._one: OnBoard | None = None
        self._naming: Naming | None = None
        self.setAccessibleName(self.tr("The chosen agent"))
        self.name = Label("name", "", elides=True)
        self.place = Label("meta", "", wraps=True)
        self.state = Pill(look)
        self.since = Label("row", "")
        self.exchange = Label("hint", "", wraps=True)
        self.work = Label("hint", "", wraps=True)
        self.acts = CallActs(look)
        self.order = OrderForm(look)
        self.nothing = Label("hint", self.tr("Choose an agent in the list."), wraps=True)
        self.body.setSpacing(look.px(8))
        for part in (self.name, self.place, self.state, self.since, self.exchange, self.work, self.nothing):
            self.body.addWidget(part)
        self.body.addWidget(Rule())
        self.body.addWidget(self.acts)
        self.body.addWidget(self.order)
        self.body.addStretch(1)
        self.show_nobody()

    def show_nobody(self) -> None:
        self._one = None
        for part in (self.name, self.place, self.state, self.since, self.exchange, self.work):
            part.hide()
        self.acts.hide()
        self.order.hide()
        self.nothing.show()

    def show_agent(self, one: OnBoard, naming: Naming, now: datetime) -> None:
        self._one, self._naming = one, naming
        agent, directory = one.agent, naming.directory
        self.nothing.hide()
        self.acts.show_agent(agent)
        self.order.show()
        self.order.show_agent(agent.id)
        self.name.say(naming.name(one))
        place = self.tr("Extension {extension} · {team}")
        self.place.say(place.format(extension=agent.extension, team=directory.team(agent.team)))
        self.state.show_as(doing_word(one, naming.breaks), TONES[one.state])
        said = "" if one.confirmed is None else exchange_words(one.confirmed)
        self.exchange.say(gone_words() if one.is_gone else said, "")
        queues = ", ".join(directory.queue(queue) for queue in agent.queues)
        self.work.say(
            self.tr("Queues: {queues}. Speaks: {languages}.").format(
                queues=queues or self.tr("none"), languages=", ".join(agent.languages)
            )
        )
        is_here = one.state is not AgentState.OFFLINE
        for part in (self.name, self.place, self.state, self.work):
            part.show()
        self.exchange.setVisible(is_here and (one.is_gone or one.confirmed is not None))
        self.since.setVisible(is_here)
        self.tick(now)

    def tick(self, now: datetime) -> None:
        one, naming = self._one, self._naming
        if one is None or naming is None or one.since is None:
            return
        spent = naming.formats.duration((now - one.since).total_seconds())
        words = self.tr("Since {clock}, for {duration}")
        self.since.say(words.format(clock=naming.formats.clock(one.since), duration=spent))
