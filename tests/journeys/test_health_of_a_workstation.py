"""Something seems wrong: the agent looks at the health page, has the log say more, and is told of the crash before."""

import logging
from collections.abc import Iterator

import pytest

from agent_desktop.diagnostics.health import Part
from agent_desktop.ui.diagnostics.health_page import HealthPage
from agent_desktop.ui.messages.trouble import after_a_crash
from agent_desktop.ui.window.notices import Weight
from agent_desktop.ui.window.rail import Page
from demo.seat import Seat
from tests.journeys.conftest import Sit
from tests.journeys.sight import notices


@pytest.fixture
def root() -> Iterator[logging.Logger]:
    found = logging.getLogger()
    level = found.level
    yield found
    found.setLevel(level)


def states(page: HealthPage) -> dict[Part, str]:
    return {part: row.state.full_text for part, row in page.rows.items()}


def opened(seat: Seat) -> HealthPage:
    seat.take_keyboard()
    seat.press("Ctrl+Shift+6")
    assert seat.window.pages.shown is Page.HEALTH
    return seat.window.pages.health


def test_health_of_a_workstation(sit: Sit, root: logging.Logger) -> None:
    seat = sit("lin.yue")
    page = opened(seat)
    assert seat.until(lambda: "Looking…" not in states(page).values())
    told = states(page)
    well = (Part.SERVER, Part.CLOCK, Part.LINE, Part.DATABASE, Part.UNSENT, Part.KEYRING, Part.POLICY)
    assert {part: told[part] for part in well} == dict.fromkeys(well, "All right")
    assert page.rows[Part.SERVER].found.full_text.startswith("Version ")
    assert page.rows[Part.DATABASE].found.full_text.startswith("Encrypted, ")
    assert page.echo_call.isHidden()

    page.log_more.setFocus()
    seat.press("Space")
    assert root.level == logging.DEBUG
    assert page.log_more.isChecked()
    seat.press("Space")
    assert root.level == logging.INFO
    assert not page.log_more.isChecked()

    seat.program.tell_at_work(after_a_crash(), Weight.WARNING)
    assert any("Ctrl+F1" in notice for notice in notices(seat))
