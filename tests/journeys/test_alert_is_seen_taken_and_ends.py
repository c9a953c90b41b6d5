"""A caller is kept on hold for too long: both who lead see it wherever they are, one takes it by one key, the other
reads who did, and when the caller is taken back it is gone, and in the report."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from agent_desktop.supervisor.reports import Days
from agent_desktop.ui.supervisor.agents_model import Column
from agent_desktop.ui.window.rail import Page
from agent_model.floor_report import ReportKind
from demo.seat import Seat
from tests.in_process import PASSWORD, make_site, serving
from tests.journeys.conftest import Sit
from tests.journeys.sight import words
from tests.server.centre import SUPPORT_PHONE, Centre, Clock


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Centre]:
    clock = Clock()
    site = replace(make_site(tmp_path / "floor"), has_simulated_switch=True)
    with serving(site, now=clock) as running, ExitStack() as leaving:
        yield Centre(running, clock, leaving)


def band(seat: Seat) -> str:
    return seat.window.alert_band.words


def of_alerts(seat: Seat) -> list[tuple[str, bool]]:
    """Who looks after each, and whether it is over."""
    return [(one.seen, one.over_at is not None) for one in seat.workspace.notices.notices if one.alert]


def attention(seat: Seat) -> str:
    model = seat.window.pages.agents.model
    row = model.row_of("lin.yue")
    return model.cell(row, Column.EXCHANGE).text if row >= 0 else ""


def listed(seat: Seat) -> list[str]:
    """What stands in the report."""
    model = seat.window.pages.reports.table.model()
    cells = [model.index(row, n) for row in range(model.rowCount()) for n in range(model.columnCount())]
    return [str(cell.data()) for cell in cells]


def test_alert_is_seen_taken_and_ends(sit: Sit, centre: Centre) -> None:
    lead, manager = (sit(login, address=centre.server.address, password=PASSWORD) for login in ("zhou.min", "lu.hai"))
    assert manager.take_keyboard()
    manager.press("Ctrl+Shift+8")
    assert lead.take_keyboard()
    lead.press("Ctrl+Shift+3")
    report = lead.window.pages.reports
    assert lead.until(lambda: "Nothing happened" in words(report))
    report.days.choose(Days.OTHER)  # of the site, whose day may have begun where this machine's has not
    for field, day in ((report.first, -1), (report.last, 1)):
        field.setText((centre.clock() + timedelta(days=day)).date().isoformat())
    report.kind.setCurrentIndex(report.kind.findData(ReportKind.ALERTS.value))
    report.kind.activated.emit(report.kind.currentIndex())
    centre.holds()

    centre.clock.passes(120)
    words_of_it = "Watch: Long hold: Lin Yue, 02:00 (from 02:00)"
    assert lead.until(lambda: band(lead) == band(manager) == words_of_it), (band(lead), band(manager))
    assert (lead.window.pages.shown, manager.window.pages.shown) == (Page.REPORTS, Page.MESSAGES)

    lead.press("Shift+F12")
    assert manager.until(lambda: band(manager) == "")
    [(seen, is_over)] = of_alerts(manager)
    assert (seen.startswith("Seen by Zhou Min since "), is_over) == (True, False)
    assert lead.until(lambda: of_alerts(lead) == [(seen, False)])
    assert band(lead) == ""
    lead.press("Ctrl+Shift+9")
    assert lead.window.pages.shown is Page.AGENTS
    card = lead.window.pages.agents.card
    assert lead.until(lambda: (attention(lead), card.seen.full_text) == ("✓ Long hold", seen))

    centre.let(lambda: centre.exchange.resumes(SUPPORT_PHONE))
    assert lead.until(lambda: attention(lead) == "" and of_alerts(lead) == [(seen, True)])
    assert manager.until(lambda: of_alerts(manager) == [(seen, True)])
    lead.press("Ctrl+Shift+3")
    assert lead.until(lambda: "Zhou Min" in listed(lead)), words(report)
