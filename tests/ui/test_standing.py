"""Where the exchange is not as the agent wants it, it stands beside the state, with what to do."""

from collections.abc import Iterator

import pytest

from agent_desktop.ui.background import Background
from agent_desktop.ui.desks.notice_board import NoticeBoard
from agent_desktop.ui.desks.standing import StandingDesk
from agent_desktop.ui.in_step import InStep
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.notices import Notice
from agent_model.confirmation import Agreement, Confirmed
from tests.fakes import SetClock
from tests.ui.samples import ME


class Seated:
    def __init__(self, window: MainWindow) -> None:
        self.background = Background()
        self.bar = window.top_bar
        self.in_step = InStep(self.background, window)
        self.notices = NoticeBoard(window, SetClock(), lambda: False, window)
        self.desk = StandingDesk(window.top_bar, self.in_step, self.notices, ME.id, window)

    def hear(self, agreement: Agreement, why: str = "", *, agent: str = ME.id, is_reachable: bool = True) -> None:
        self.in_step.confirmed.emit(Confirmed(agent, agreement, is_reachable, why))

    @property
    def shown(self) -> str:
        return self.bar.standing.text() if self.bar.standing.isVisible() else ""

    @property
    def going_on(self) -> list[Notice]:
        return [one for one in self.notices.notices if one.over_at is None]


@pytest.fixture
def seated(window: MainWindow) -> Iterator[Seated]:
    made = Seated(window)
    yield made
    assert made.background.close()


def test_difference_is_shown_beside_the_state_until_it_is_mended(seated: Seated) -> None:
    seated.hear(Agreement.DIFFERS)
    assert seated.shown == "Not at the exchange yet"
    assert "you need to do nothing" in seated.bar.standing.toolTip()
    assert seated.going_on == []
    seated.hear(Agreement.KEPT)
    assert seated.shown == ""
    assert seated.bar.state.accessibleDescription() == ""


@pytest.mark.parametrize(
    ("why", "what_to_do"),
    [
        ("no_such_queue", "administrator has to set up the queue"),
        ("no_such_extension", "administrator has to set it up"),
        ("not_reachable", "Look at the line at the top"),
        ("", "Tell your team lead if it stays so"),
    ],
)
def test_what_cannot_be_mended_is_told_with_what_to_do(seated: Seated, why: str, what_to_do: str) -> None:
    seated.hear(Agreement.FLAGGED, why)
    assert seated.shown == "Differs at the exchange"
    assert [what_to_do in one.words for one in seated.going_on] == [True]
    seated.hear(Agreement.KEPT)
    assert seated.going_on == []


def test_telephone_that_the_exchange_lost_is_told(seated: Seated) -> None:
    seated.hear(Agreement.KEPT, is_reachable=False)
    assert seated.shown == ""
    seated.hear(Agreement.KEPT)
    seated.hear(Agreement.KEPT, is_reachable=False)
    assert seated.shown == "Phone not at the exchange"
    assert "callers go to others" in seated.bar.state.accessibleDescription()


def test_what_is_said_of_others_is_not_shown_here(seated: Seated) -> None:
    seated.hear(Agreement.FLAGGED, agent="somebody-else")
    assert seated.shown == ""
    assert seated.going_on == []


def test_nothing_is_claimed_while_the_server_is_away(seated: Seated) -> None:
    seated.hear(Agreement.UNKNOWN)
    assert seated.shown == "Exchange away"
    seated.in_step.live_lost.emit()
    assert seated.shown == ""
