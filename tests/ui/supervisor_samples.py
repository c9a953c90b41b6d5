"""The pages of those who run the floor, as the gallery draws them."""

from datetime import timedelta
from pathlib import Path
from typing import Final

from agent_desktop.softphone.events import Playing, RecordingPlayed
from agent_desktop.softphone.recording.shape import shaped
from agent_desktop.supervisor.agent_board import Narrowed, OnBoard, Order
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_model.agent import Agent, AgentId, AgentState, QueueId, Role, StateEntry, TeamId
from agent_model.confirmation import Agreement, Confirmed
from agent_model.recorded_call import RecordedCall, RecordedCalls
from agent_model.words import Words
from tests.ui.samples import NOW, Samples

STATES: Final = ("agents", "agents_many", "recordings")
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


def show_recordings(made: MainWindow, samples: Samples) -> None:
    """The second of them is listened to."""
    made.rail.offer(Page.RECORDINGS, is_offered=True)
    page = made.pages.recordings
    page.show_names(samples.directory, (), NOW)
    people, queues = list(samples.directory.people), list(samples.directory.queues)
    page.show_calls(
        RecordedCalls(
            tuple(
                RecordedCall(
                    f"K-{n}", "C-1", f"{FAMILY[n % 10]}{'先生' if n % 2 else '女士'}",
                    "call_in" if n % 3 else "call_out", NOW - timedelta(minutes=17 * n + 4), people[n % len(people)],
                    queues[n % len(queues)], None, SPENT_S[n % 10] + 40, 1, 60 if n == 3 else 100, "",
                )
                for n in range(14)
            ),
            has_more=True,
        )
    )  # fmt: skip
    made.show_page(Page.RECORDINGS)
    page.list.choose("K-1")
    ours, theirs = (bytes(_loud(n, side) for n in range(2850)) for side in (0, 1))
    page.player.offer("")
    page.player.show_played(RecordingPlayed(Path("one.adr"), Playing.GOES_ON, 82.0, 285.0))
    page.player.show_shape(shaped(ours, theirs))


def _loud(slice_: int, side: int) -> int:
    """They take turns of some seconds, with a long silence and some words at once."""
    is_silent = 1200 <= slice_ < 1300
    speaks = (slice_ // 67) % 2 == side or 1900 <= slice_ < 1960
    return 0 if is_silent or not speaks else 12 + slice_ * 7919 % 43


def show_floor(made: MainWindow, samples: Samples, state: str) -> None:
    if state == "recordings":
        show_recordings(made, samples)
        return
    made.rail.offer(Page.AGENTS, is_offered=True)
    page = made.pages.agents
    breaks = {one.id: one.name for one in samples.breaks}
    page.show_names(samples.directory, breaks, breaks, has_teams=False)
    page.show_narrowed(Narrowed(order=Order.STATE))
    page.show_all(people(500 if state == "agents_many" else 12), NOW)
    made.show_page(Page.AGENTS)
    page.table.choose("a-4")
