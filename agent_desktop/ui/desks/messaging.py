"""Messages in the hands of who leads: written, sent, and their receipts as they come."""

from dataclasses import replace

from PySide6.QtCore import QObject

from agent_desktop.ui.desks.page import Ground, PageDesk
from agent_desktop.ui.in_step import InStep
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.supervisor.agents_page import AgentsPage
from agent_desktop.ui.supervisor.messages_page import MessagesPage
from agent_desktop.ui.supervisor.order_words import explain_refusal
from agent_desktop.ui.unsaved import Unsaved
from agent_desktop.ui.window.rail import Page
from agent_model.agent import SERVING_ROLES, Agent, Role
from agent_model.floor_message import MessageDraft, Reached, Receipt, SentMessage, To
from agent_model.floor_policy import FloorPolicy, Steering


class MessagingDesk(PageDesk[MessagesPage]):
    def __init__(self, ground: Ground, in_step: InStep, parent: QObject) -> None:
        self._messages = ground.rooms.messages
        super().__init__(Page.MESSAGES, ground, parent, is_offered=self._messages.is_offered)
        self._sent: tuple[SentMessage, ...] = ()
        self._wanted = ""
        self._typed: Unsaved[MessageDraft] = Unsaved(self)
        self._typed.due.connect(self._keep)
        if self._messages.is_offered:
            in_step.message_read.connect(self._read)
            in_step.live_came.connect(self._ask_again)

    def wire(self, page: AgentsPage) -> None:
        """The agent board leads here, to the agent who is chosen there."""
        page.message_wanted.connect(self.write_to)

    def write_to(self, agent: str) -> None:
        self._wanted = f"{To.AGENT}:{agent}"
        self._window.show_page(Page.MESSAGES)

    def save_now(self) -> None:
        self._typed.save_now()

    def _wire(self, page: MessagesPage) -> None:
        page.form.changed.connect(self._typed.keep)
        page.form.wanted.connect(self._send)
        self._background.store.do(self._messages.draft, page.form.show_draft, self._not_read)

    def _entered(self) -> None:
        self._page.show_names(self._names())
        organisation, policy = self._rooms.organisation, self._rooms.monitoring.policy
        self._background.store.do(
            lambda: (organisation.agents(), policy()), lambda read: self._offer(*read), self._not_read
        )
        self._ask_again()

    def _left(self) -> None:
        self._typed.save_now()

    def _offer(self, agents: tuple[Agent, ...], policy: FloorPolicy) -> None:
        me, names = self._rooms.agent, self._names()
        sees_all = me.role is Role.DUTY_MANAGER
        serving = [one for one in agents if one.role in SERVING_ROLES and one.team]
        led = [one for one in serving if one.id != me.id and (sees_all or one.team == me.team)]
        mine = [one for one in led if Steering.MESSAGE in self._rooms.monitoring.steered(policy, one)]
        teams = sorted({one.team for one in mine}, key=names.team)
        people = sorted((one.id for one in mine), key=names.person)
        called = {f"{To.TEAM}:{team}": names.team(team) for team in teams}
        called |= {f"{To.AGENT}:{one}": names.person(one) for one in people}
        form = self._page.form
        form.offer(teams, people, called, has_all=sees_all and bool(mine))
        left_out = self.tr("{count} people are not offered: the site does not let you write to them.")
        form.limited.say(left_out.format(count=len(led) - len(mine)))
        form.limited.setVisible(len(mine) < len(led))
        if self._wanted:
            form.write_to(self._wanted)
        elif form.whom.chosen:
            form.words.setFocus()
        else:
            form.whom.setFocus()
        self._wanted = ""

    def _send(self, draft: MessageDraft) -> None:
        self._background.network.do(
            lambda: self._messages.send(draft), self._done, lambda error: self._page.form.failed(explain_refusal(error))
        )

    def _done(self, reached: Reached) -> None:
        words = self.tr("Sent to {count}. At the right stands who has read it.").format(count=reached.readers)
        if reached.left_out:
            left_out = self.tr("{count} there were left out: the site does not let you write to them.")
            words += " " + left_out.format(count=reached.left_out)
        self._page.form.done(words)
        self._ask_again()

    def _ask_again(self) -> None:
        if self._is_wired:
            self._background.network.do(self._messages.sent, self._show, self._not_read, replaces="messages sent")

    def _show(self, sent: tuple[SentMessage, ...]) -> None:
        self._sent = sent
        self._page.say("")
        self._page.show_sent(sent, self._messages.now())

    def _read(self, receipt: Receipt) -> None:
        """Somebody has read one of them."""
        self._sent = tuple(
            replace(one, receipts=tuple(receipt if line.agent == receipt.agent else line for line in one.receipts))
            if one.message.id == receipt.message
            else one
            for one in self._sent
        )
        if self._is_wired:
            self._page.show_sent(self._sent, self._messages.now())

    def _keep(self, draft: MessageDraft) -> None:
        self._background.store.do(lambda: self._messages.keep(draft), failed=self._not_read)

    def _not_read(self, error: Exception) -> None:
        self._page.say(explain(error), "bad")
