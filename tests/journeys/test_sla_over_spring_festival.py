"""A complaint on the eve of Spring Festival 2026 is due at the right moment, on the workstation and on the server."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from agent_desktop import resources
from agent_desktop.customers.book import CustomerBook
from agent_desktop.customers.profile import Known, Profile
from agent_desktop.tickets.draft import TicketDraft
from agent_desktop.tickets.promises import TicketPromises
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.language import speak
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.application import dressed_application
from agent_desktop.ui.customer.pane import CustomerPane
from agent_model.customer import CustomerId
from agent_model.moment import from_text
from agent_model.phone_number import DialPlan
from agent_model.ticket import Ticket, TicketType
from agent_server.__main__ import main
from agent_server.settings import Settings
from tests.desktop.sync.seat import Seat, seat
from tests.fakes import SetClock, counting_ids
from tests.in_process import DATABASE_NAME, ServerThread, a_customer, make_site, serving
from tests.server.workstation import Workstation

SHANGHAI = ZoneInfo("Asia/Shanghai")
POLICY = """
[[calendar]]
id = "office"
name = { zh = "工作时间", en = "Business hours" }
zone = "Asia/Shanghai"
holidays = "cn"
hours = { mon-fri = ["09:00-12:00", "13:00-18:00"] }

[[target]]
hours = 16
calendar = "office"
types = ["complaint"]
warn = ["80%"]
escalate = ["100%"]

[[target]]
hours = 48
calendar = "always"
warn = ["80%"]
"""


def in_shanghai(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


EVE = in_shanghai(2, 14, 16)
"""A Saturday on which everybody works, because the nine days from Sunday on are free."""


@pytest.fixture
def clock() -> SetClock:
    return SetClock(EVE.astimezone(UTC))


@pytest.fixture
def site(tmp_path: Path) -> Settings:
    """What an administrator has put in force, with the holidays that come with the server."""
    settings = replace(make_site(tmp_path / "site", [a_customer(1)]), clocks_every_s=0.05)
    policy = tmp_path / "sla.toml"
    policy.write_text(POLICY, encoding="utf-8")
    assert main(["sla", "policy", str(policy), "--database", str(settings.home / DATABASE_NAME)]) == 0
    return settings


@pytest.fixture
def server(site: Settings, clock: SetClock) -> Iterator[ServerThread]:
    with serving(site, now=clock) as running:
        yield running


@pytest.fixture
def desk(server: ServerThread, clock: SetClock, tmp_path: Path) -> Iterator[Seat]:
    taken = seat(tmp_path / "seat", server.address)
    taken.clock.now = clock.now
    taken.sync()
    yield taken
    taken.close()


def file(desk: Seat, kind: TicketType) -> Ticket:
    category = next(one for one in desk.desk.categories() if one.type is kind)
    draft = TicketDraft(kind, "C-1", subject=kind, category=category.id, description="客户说已经三天")
    return desk.desk.file(desk.drafts.save(draft))


def profile_at(desk: Seat) -> Profile:
    promises = TicketPromises(desk.view, desk.clock)
    book = CustomerBook(desk.view, DialPlan(), desk.clock, counting_ids("new-"), promises.with_clocks)
    profile = book.profile(CustomerId("C-1"))
    assert profile is not None
    return profile


def due_at(desk: Seat) -> dict[str, datetime | None]:
    return {ticket.id: ticket.due_at for ticket in profile_at(desk).open_tickets}


def on_the_server(server: ServerThread, until: Callable[[dict[str, Any]], bool] = bool) -> dict[str, Any]:
    """What a colleague is told of the tickets, as soon as it is so."""
    with Workstation(server.address, "wang.qiang") as colleague:
        deadline = time.monotonic() + 30
        while True:
            colleague.pull("customers:home")
            held = colleague.slices["customers:home"].items()
            told = {row_id: row["body"] for (entity, row_id), row in held if entity == "ticket"}
            if until(told) or time.monotonic() > deadline:
                return told


def steps(ticket: dict[str, Any]) -> list[str]:
    return [one["step"]["kind"] for clock in ticket["clocks"]["clocks"] for one in clock["taken"]]


def test_complaint_on_the_eve_is_due_after_the_holidays_and_a_fault_within_them(
    desk: Seat, server: ServerThread
) -> None:
    desk.network.lose_request = lambda _request: True
    complaint, fault = file(desk, TicketType.COMPLAINT), file(desk, TicketType.FAULT)
    desk.sync()
    due = {
        complaint.id: in_shanghai(2, 25, 16),  # 2 h on Saturday, nine free days, 8 h on Tuesday, 6 h on Wednesday
        fault.id: in_shanghai(2, 16, 16),
    }
    assert due_at(desk) == due

    desk.network.lose_request = lambda _request: False
    desk.sync()

    told = on_the_server(server)
    assert {row_id: from_text(body["due_at"]) for row_id, body in told.items()} == due
    assert {body["clocks"]["policy"] for body in told.values()} == {"sla-1"}
    assert due_at(desk) == due


def test_complaint_before_the_second_make_up_day_counts_its_hours(desk: Seat, server: ServerThread) -> None:
    desk.clock.now = in_shanghai(2, 27, 17).astimezone(UTC)
    desk.network.lose_request = lambda _request: True
    complaint = file(desk, TicketType.COMPLAINT)

    assert due_at(desk) == {complaint.id: in_shanghai(3, 2, 17)}  # 1 h on Friday, 8 h on Saturday, 7 h on Monday


def test_nobody_is_warned_of_a_complaint_while_everybody_is_free(
    desk: Seat, server: ServerThread, clock: SetClock
) -> None:
    complaint, fault = file(desk, TicketType.COMPLAINT), file(desk, TicketType.FAULT)
    desk.sync()
    clock.now = in_shanghai(2, 23, 23, 59).astimezone(UTC)
    holidays = on_the_server(server, lambda told: told[fault.id]["step_at"] is None)
    clock.now = in_shanghai(2, 25, 16).astimezone(UTC)
    after = on_the_server(server, lambda told: told[complaint.id]["step_at"] is None)

    assert steps(holidays[fault.id]) == ["warn"]
    assert steps(holidays[complaint.id]) == []
    assert from_text(holidays[complaint.id]["step_at"]) == in_shanghai(2, 25, 11, 48)
    assert steps(after[complaint.id]) == ["warn", "escalate"]


def test_agent_reads_both_times_beside_each_other(desk: Seat, qapp: QApplication) -> None:
    file(desk, TicketType.COMPLAINT)
    file(desk, TicketType.FAULT)
    application = dressed_application()
    speak(application, resources.folder(), "zh_CN")
    pane = CustomerPane(Look(resources.folder(), "light"), Formats("zh_CN", SHANGHAI))
    try:
        pane.show_recognition(Known(None, profile_at(desk)), desk.clock.now)
        pane.tick(in_shanghai(2, 17, 16).astimezone(UTC))
        model = pane.tickets._lines.model()
        said = {
            str(model.data(model.index(row, 0), Qt.ItemDataRole.AccessibleTextRole)).rpartition(", ")[2]
            for row in range(model.rowCount())
        }
        assert said == {"剩 8 天", "超时 1 天"}
    finally:
        pane.deleteLater()
