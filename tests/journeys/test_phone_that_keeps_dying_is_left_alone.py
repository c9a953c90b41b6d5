"""The phone is killed: once, it comes back by itself; twice in a row, the agent is asked, and told what IT needs."""

import os
import signal

from PySide6.QtWidgets import QApplication

from agent_desktop.softphone.run_folder import find
from agent_desktop.ui.window.phone_report import PhoneReport
from demo.seat import Seat
from tests.journeys.company import CUSTOMERS, phone_of
from tests.journeys.conftest import Ring, Sit
from tests.journeys.sight import ringing


def kill_phone(seat: Seat) -> None:
    there = find(seat.paths.run)
    assert there is not None
    os.kill(there.pid, signal.SIGKILL)


def test_second_death_in_a_row_shows_the_way_out_instead_of_a_loop(sit: Sit, ring: Ring) -> None:
    seat = sit()
    phone, banner = seat.workspace._rooms.phone, seat.window.phone_banner
    kill_phone(seat)
    assert seat.until(lambda: not phone.is_there)
    assert seat.until(lambda: phone.is_there)
    assert banner.isHidden()

    kill_phone(seat)
    assert seat.until(banner.report.isVisible)
    assert "stopped twice" in banner.words
    banner.report.click()
    assert seat.until(lambda: any(isinstance(each, PhoneReport) for each in QApplication.topLevelWidgets()))
    [report] = [each for each in QApplication.topLevelWidgets() if isinstance(each, PhoneReport)]
    assert "Agent Desktop" in report.text.toPlainText()
    report.close()
    assert not phone.is_there

    banner.act.click()
    assert seat.until(lambda: phone.is_there and banner.isHidden())
    ring(seat, phone_of(CUSTOMERS[26]), X_Queue="support", X_Call_Ref="journey-81")
    assert ringing(seat)
