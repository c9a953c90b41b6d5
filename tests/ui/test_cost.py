"""What the screen may cost: nothing leaks over a thousand callers, and Qt gives back what it borrows."""

import gc
import sys
import time
from collections.abc import Callable
from dataclasses import replace

import psutil
import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from agent_desktop.customers.profile import Known, Profile
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.customer.pane import CustomerPane
from agent_model.customer import CustomerId
from tests.ui import desk
from tests.ui.samples import NOW, Samples


def test_python_keeps_its_none_while_qt_repaints(look: Look, keep: Callable[[QWidget], QWidget]) -> None:
    """Some PySide6 releases lose a reference to None on every call and end in an abort on Python 3.11."""
    widget = keep(QWidget())
    before = sys.getrefcount(None)
    for _ in range(300):
        widget.update()
    assert abs(sys.getrefcount(None) - before) <= 20


def callers(count: int) -> list[Profile]:
    profile = Samples("en").profile
    return [
        replace(profile, customer=replace(profile.customer, id=CustomerId(f"C-{n}"), name=f"Caller {n}"))
        for n in range(count)
    ]


@pytest.mark.timeout(300)
def test_a_thousand_callers_leave_no_memory_and_no_widget_behind(
    look: Look, keep: Callable[[QWidget], QWidget]
) -> None:
    pane = CustomerPane(look, desk.formats("en"))
    keep(pane)
    pane.resize(700, 650)
    pane.show()
    profiles = callers(50)

    def pop(times: int) -> float:
        began = time.process_time()
        for n in range(times):
            profile = profiles[n % len(profiles)]
            pane.show_recognition(Known(profile.customer.phones[0], profile), NOW)
            QCoreApplication.processEvents()
            pane.grab()
        return (time.process_time() - began) / times

    pop(100)
    gc.collect()
    widgets, memory = len(pane.findChildren(QWidget)), psutil.Process().memory_info().rss
    each_s = pop(1_000)
    gc.collect()

    assert len(pane.findChildren(QWidget)) == widgets
    assert psutil.Process().memory_info().rss - memory < 4_000_000
    assert each_s < 0.060, f"{each_s * 1000:.1f} ms of CPU for one caller"
