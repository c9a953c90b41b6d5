"""A quiz is taken while the server is away: nothing on the disk says what is right; once it is back it is judged."""

from collections.abc import Iterator

import orjson
import pytest

from agent_desktop.sync.events import Offline
from agent_desktop.ui.training.page import TrainingPage
from agent_model.wire import NOUNS, row_to_plain
from demo.seat import Seat
from demo.server import DemoServer
from tests.journeys.conftest import Ring, Sit
from tests.journeys.sight import is_in_step
from tests.journeys.training_people import LEAD, LEARNER, SECRET, at_work, teach
from tests.journeys.weak_line import WeakLine


@pytest.fixture
def line(own_server: DemoServer) -> Iterator[WeakLine]:
    carried = WeakLine(own_server.address)
    yield carried
    carried.close()


def everything_here(seat: Seat) -> str:
    """All that an agent who reads their own cache would find."""
    mirror = seat.workspace._rooms.training._view.mirror
    rows = [row_to_plain(row) for entity in NOUNS for row in mirror.rows(entity)]
    return orjson.dumps(rows).decode()


def begin(seat: Seat) -> TrainingPage:
    seat.press("Ctrl+Shift+Q")
    page = seat.window.pages.training
    assert seat.until(lambda: page.shows(page.duty) and page.duty.begin.isVisible())
    assert seat.take_keyboard()
    page.duty.begin.setFocus()
    seat.press("Return")
    assert seat.until(lambda: page.shows(page.paper))
    return page


def answer(seat: Seat, page: TrainingPage, wanted: str) -> None:
    """The option that begins so, by its number; then on."""
    taking = seat.workspace.training._taking
    assert taking is not None
    options = taking.paper.questions[taking.at].options
    number = next(nth for nth, one in enumerate(options, 1) if one.text.startswith(wanted))
    seat.press(str(number))
    seat.press("Alt+Right")


def test_quiz_offline(sit: Sit, ring: Ring, line: WeakLine, own_server: DemoServer) -> None:
    seat = sit(LEARNER, address=line.address)
    with at_work(own_server.address, LEAD) as lead:
        teach(lead)
        assert seat.until(lambda: seat.workspace.training._duties != {}, 30)
        line.cut()
        seat.window.top_bar.sync.click()
        assert seat.until(lambda: isinstance(seat.workspace.sync.status, Offline), 30)

        # Without the server; a call comes in the middle and changes nothing.
        page = begin(seat)
        answer(seat, page, "b")
        caller = ring(seat, "13900001234")
        seat.press("F9")
        assert caller.wait_for("connected")
        assert seat.until(lambda: "stands still" in page.paper.clock.full_text)
        caller.hang_up()
        assert caller.wait_for("ended")
        seat.press("Ctrl+Shift+Q")
        assert seat.until(lambda: "left" in page.paper.clock.full_text)
        assert seat.take_keyboard()
        answer(seat, page, "b")
        answer(seat, page, "c")
        assert SECRET not in everything_here(seat)
        assert page.paper.bar.value() == 3
        seat.press("Ctrl+Return")
        assert seat.until(lambda: page.shows(page.duty))
        assert page.duty.words.full_text.startswith("Handed in")
        assert SECRET not in everything_here(seat)

        line.mend()
        seat.window.offline_banner.act.click()
        assert seat.until(lambda: is_in_step(seat), 30)
        assert seat.until(lambda: page.shows(page.result), 30)
        assert (page.result.score.full_text, page.result.pill.text()) == ("66 of 100", "Not passed")
        assert SECRET in everything_here(seat)

        lead.sync()
        [result] = [row["body"] for key, row in lead.slices["leads:home"].items() if key[0] == "quiz_result"]
        assert (result["agent"], result["score"], result["is_over_time"]) == (LEARNER, 66, False)
