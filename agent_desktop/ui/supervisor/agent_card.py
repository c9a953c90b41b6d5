"""The agent of the board who is chosen: what they do since when, what the exchange says, where they work."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from agent_desktop.supervisor.agent_board import OnBoard
from agent_desktop.ui.alert_words import ALERT_MARKS, SEEN_MARK, alert_words, seen_words
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.choice_words import native_language
from agent_desktop.ui.company_rules.words import steering_word
from agent_desktop.ui.supervisor.agents_model import Naming
from agent_desktop.ui.supervisor.call_acts import CallActs
from agent_desktop.ui.supervisor.order_form import OrderForm
from agent_desktop.ui.supervisor.order_words import not_offered_words
from agent_desktop.ui.supervisor.words import TONES, doing_word, exchange_words, gone_words, plan_words
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label, Pill, Rule
from agent_model.agent import AgentState
from agent_model.floor_policy import TELLABLE, Steering

COME_KEYS: Final = "Alt+Z"
WRITE_KEYS: Final = "Alt+M"


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
        self.caller = Label("meta", "", wraps=True)
        self.plan = Label("meta", "", wraps=True)
        self.help = Label("row", "", "bad", wraps=True)
        self.come = Button(look, self.tr("I am coming"), "check", kind="primary")
        self.come.setToolTip(COME_KEYS)
        self.come.setAccessibleDescription(COME_KEYS)
        self.alert = Label("row", "", wraps=True)
        self.seen = Label("meta", "", wraps=True)
        self.see = Button(look, self.tr("I see to it"), "eye", size="compact")
        self.see.setToolTip(COME_KEYS)
        self.see.setAccessibleDescription(COME_KEYS)
        self.write = Button(look, self.tr("Message"), "send", size="compact")
        self.write.setToolTip(WRITE_KEYS)
        self.write.setAccessibleDescription(WRITE_KEYS)
        self.exchange = Label("hint", "", wraps=True)
        self.work = Label("hint", "", wraps=True)
        self.acts = CallActs(look)
        self.order = OrderForm(look)
        self.nothing = Label("hint", self.tr("Choose an agent in the list."), wraps=True)
        self.body.setSpacing(look.px(8))
        self._words = (
            self.name,
            self.place,
            self.state,
            self.since,
            self.caller,
            self.plan,
            self.help,
            self.come,
            self.alert,
            self.seen,
            self.see,
            self.exchange,
            self.work,
            self.write,
        )
        for part in (*self._words, self.nothing):
            self.body.addWidget(part)
        self.body.addWidget(Rule())
        self.body.addWidget(self.acts)
        self.body.addWidget(self.order)
        self.body.addStretch(1)
        self.show_nobody()

    def show_nobody(self) -> None:
        self._one = None
        for part in (*self._words, self.acts, self.order):
            part.hide()
        self.nothing.show()

    def show_agent(self, one: OnBoard, naming: Naming, now: datetime) -> None:
        self._one, self._naming = one, naming
        agent, directory = one.agent, naming.directory
        self.nothing.hide()
        self.acts.show_agent(agent)
        self.order.show()
        self.order.show_agent(agent)
        self.name.say(naming.name(one))
        place = self.tr("Extension {extension} · {team}")
        self.place.say(place.format(extension=agent.extension, team=directory.team(agent.team)))
        self.state.show_as(doing_word(one, naming.breaks), TONES[one.state])
        said = "" if one.confirmed is None else exchange_words(one.confirmed)
        self.exchange.say(gone_words() if one.is_gone else said, "")
        queues = ", ".join(directory.queue(queue) for queue in agent.queues)
        self.work.say(
            self.tr("Queues: {queues}. Speaks: {languages}.").format(
                queues=queues or self.tr("none"), languages=", ".join(map(native_language, agent.languages))
            )
        )
        self.caller.setVisible(one.caller is not None)
        self.plan.setVisible(one.adherence is not None)
        is_here = one.state is not AgentState.OFFLINE
        for part in (self.name, self.place, self.state, self.work, self.write):
            part.show()
        self.exchange.setVisible(is_here and (one.is_gone or one.confirmed is not None))
        self.since.setVisible(is_here)
        self.help.setVisible(one.help is not None)
        self.come.setVisible(one.help is not None and not one.help.by)
        self._show_alert(one, naming)
        self.tick(now)

    def _show_alert(self, one: OnBoard, naming: Naming) -> None:
        alert = one.alert
        seen = "" if alert is None else seen_words(alert, naming.directory, naming.formats)
        self.seen.say(seen)
        if alert is not None:
            mark, tone = ALERT_MARKS[alert.grade]
            mark = SEEN_MARK if seen else mark
            self.alert.say(f"{mark} {alert_words(alert, naming.directory, naming.formats)}", "" if seen else tone)
        self.alert.setVisible(alert is not None)
        self.seen.setVisible(bool(seen))
        self.see.setVisible(alert is not None and not seen)

    def allow(self, allowed: Collection[Steering], told: Collection[Steering] = TELLABLE) -> None:
        """What the site lets the lead do with the agent who is shown, beside calls, and what of it the agent is told
        by whom and why."""
        self.order.allow(allowed)
        self.order.tell(told)
        may_write = Steering.MESSAGE in allowed
        self.write.setEnabled(may_write)
        hint = WRITE_KEYS if may_write else not_offered_words([steering_word(Steering.MESSAGE)])
        self.write.setToolTip(hint)
        self.write.setAccessibleDescription(hint)

    def tick(self, now: datetime) -> None:
        one, naming = self._one, self._naming
        if one is None or naming is None:
            return
        if one.caller is not None and one.caller.since is not None:
            talked = naming.formats.duration((now - one.caller.since).total_seconds())
            number = one.caller.number or self.tr("Number withheld")
            words = self.tr("Talks with {number} · {queue} · {duration}")
            if one.caller.is_held:
                words = self.tr("Holds {number} · {queue} · {duration}")
            queue = naming.directory.queue(one.caller.queue) if one.caller.queue else self.tr("no queue")
            self.caller.say(words.format(number=number, queue=queue, duration=talked))
        if one.adherence is not None:
            tone = "bad" if one.adherence.is_late else "warn" if one.is_out_of_plan else ""
            self.plan.say(plan_words(one.adherence, now, naming.formats), tone)
        if one.help is not None and one.help.since is not None:
            asked = naming.formats.duration((now - one.help.since).total_seconds())
            words = self.tr("Asks for help, for {duration}.").format(duration=asked)
            if one.help.by:
                words += " " + self.tr("{name} comes.").format(name=naming.directory.person(one.help.by))
            self.help.say(words)
        if one.since is None:
            return
        spent = naming.formats.duration((now - one.since).total_seconds())
        words = self.tr("Since {clock}, for {duration}")
        words = words.format(clock=naming.formats.clock(one.since), duration=spent)
        if one.is_over and one.due_at is not None:
            over = naming.formats.duration((now - one.due_at).total_seconds())
            words += " · " + self.tr("{duration} too long").format(duration=over)
        self.since.say(words, "bad" if one.is_over else "")
