"""The pages of those who run the floor, as the gallery draws them."""

from datetime import timedelta
from typing import Final

from agent_desktop.supervisor.agent_board import Narrowed, OnBoard, Order
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_model.agent import Agent, AgentId, AgentState, QueueId, Role, StateEntry, TeamId
from agent_model.confirmation import Agreement, Confirmed
from agent_model.words import Words
from tests.ui.samples import NOW, Samples

STATES: Final = ("agents", "agents_many")
FAMILY: Final = ("林", "王", "周", "何", "陈", "赵", "吴", "徐", "孙", "马")
GIVEN: Final = ("悦", "强", "敏", "俊", "静", "磊", "婷", "涛", "娜", "浩")
ROMAN: Final = ("Lin", "Wang", "Zhou", "He", "Chen", "Zhao", "Wu", "Xu", "Sun", "Ma")
ROMAN_GIVEN: Final = ("Yue", "Qiang", "Min", "Jun", "Jing", "Lei", "Ting", "Tao", "Na", "Hao")
SPENT_S: Final = (12, 245, 61, 733, 1904, 5, 88, 410, 3700, 27)
DOING: Final = (
    AgentState.ON_CALL,
    AgentState.READY,
    AgentState.AFTER_CALL_WORK,
    AgentState.ON_CALL,
    AgentState.BREAK,
    AgentState.READY,
    AgentState.OFFLINE,
)
QUEUES: Final = (("support", "billing"), ("billing",), ("support", "vip"))


def people(count: int) -> dict[AgentId, OnBoard]:
    return {one.agent.id: one for one in map(_one, range(count))}


def _one(n: int) -> OnBoard:
    name = Words(f"{FAMILY[n % 10]}{GIVEN[n // 10 % 10]}", f"{ROMAN_GIVEN[n // 10 % 10]} {ROMAN[n % 10]}")
    queues = tuple(QueueId(queue) for queue in QUEUES[n % 3])
    languages = ("zh-CN", "en") if n % 4 == 0 else ("zh-CN",)
    agent = Agent(
        AgentId(f"a-{n}"), f"agent.{n}", name, Role.AGENT, f"{2001 + n}", TeamId("home"), queues, languages
    )  # fmt: skip
    state = DOING[n % 7]
    reason = "meal" if state is AgentState.BREAK else None
    agreement = Agreement.FLAGGED if n == 4 else Agreement.KEPT
    return OnBoard(
        agent,
        StateEntry(state, NOW - timedelta(seconds=SPENT_S[n % 10] + n % 50), reason),
        Confirmed(agent.id, agreement, is_reachable=n != 5, why="no_such_queue" if n == 4 else ""),
    )


def show_floor(made: MainWindow, samples: Samples, state: str) -> None:
    made.rail.offer(Page.AGENTS, is_offered=True)
    page = made.pages.agents
    breaks = {one.id: one.name for one in samples.breaks}
    page.show_names(samples.directory, breaks, breaks, has_teams=False)
    page.show_narrowed(Narrowed(order=Order.STATE))
    page.show_all(people(500 if state == "agents_many" else 12), NOW)
    made.show_page(Page.AGENTS)
    page.table.choose("a-4")
