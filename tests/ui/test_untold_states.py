"""What the agent does without the server is on the disk, and no longer than until it has been told."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from agent_desktop.offline.kept import Kept
from agent_desktop.offline.store import Store
from agent_desktop.sync.live import LiveDown, LiveUp, StatesTaken
from agent_desktop.sync.untold_states import KEPT_AS, UntoldStates
from agent_desktop.ui.background import Background
from agent_desktop.ui.in_step import InStep
from agent_model.agent import AgentState, StateEntry
from tests.fakes import SEALED, SetClock


@pytest.fixture
def background() -> Iterator[Background]:
    made = Background()
    yield made
    made.close()


def test_states_are_kept_while_nobody_hears_of_them(background: Background, tmp_path: Path, qtbot: QtBot) -> None:
    clock, in_step = SetClock(), InStep(background)
    with closing(Store(tmp_path, SEALED)) as store:
        kept = Kept(store)
        in_step.keep_untold(UntoldStates(kept, clock), "lin.yue")
        ready = StateEntry(AgentState.READY, clock())
        in_step.send_state(ready)
        away = StateEntry(AgentState.BREAK, clock.move(minutes=10), "meal")
        in_step.send_state(away)
        qtbot.waitUntil(lambda: '"ready"' in kept.read(KEPT_AS))
        in_step._hear_live(LiveUp())
        in_step._hear_live(StatesTaken(away.since))
        qtbot.waitUntil(lambda: kept.read(KEPT_AS) == "")
        clock.move(minutes=5)
        in_step._hear_live(LiveDown())
        qtbot.waitUntil(lambda: '"break","meal"' in kept.read(KEPT_AS))
        in_step.stop()
        assert background.close()
