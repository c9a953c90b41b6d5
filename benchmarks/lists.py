"""How long a person waits for a list of 100,000 tickets: to be opened, sorted otherwise, scrolled; cache encrypted."""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from agent_desktop.customers.book import CustomerBook
from agent_desktop.lists import ListedTicket, NounList, SavedViews, listed_ticket
from agent_desktop.offline.kept import Kept
from agent_desktop.offline.listing import Listing
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.store import Store
from agent_desktop.offline.view import View
from agent_desktop.resources import folder as resources
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.background import Background
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.lists.desk import ListDesk
from agent_desktop.ui.lists.kinds import ListKind, tickets
from agent_desktop.ui.lists.page import ListPage
from agent_model import moment, scope
from agent_model.phone_number import DialPlan
from agent_model.scope import Scope
from agent_model.wire import Row
from benchmarks._rig.sealed import open_store
from demo.people import TODAY, people

CUSTOMERS = 2_000
A_WRITE = 5_000
STEPS = 400
STEP_PX = 700
PATIENCE_S = 30.0
SORTED_BY = ("priority", "subject", "due", "owner", "status", "number", "created", "queue")


def main(argv: list[str]) -> int:
    options = _options(argv)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="bench-lists-") as folder:
        store = open_store(Path(folder))
        _fill(store, options.rows)
        figures = _measured(store, options.rows)
        store.close()
    if not options.json:
        print("\n".join(f"{name:>16} {figure}" for name, figure in figures.items()))
    print(json.dumps(figures))
    return 0


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks lists", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--json", action="store_true", help="print nothing but one JSON object")
    return parser.parse_args(argv)


def _fill(store: Store, rows: int) -> None:
    mirror = Mirror(store)
    everybody = list(people(CUSTOMERS))
    home = Scope(scope.customers("home"))
    mirror.apply(home, [person.customer for person in everybody], None)
    made: list[Row] = []
    for ticket in _tickets([row for person in everybody for row in person.tickets], rows):
        made.append(ticket)
        if len(made) == A_WRITE:
            mirror.apply(home, made, None)
            made = []
    mirror.apply(home, made, None)


def _tickets(of_people: list[Row], count: int) -> Iterator[Row]:
    """Those of the demo's people again and again, each another one of another day."""
    for n in range(count):
        like = of_people[n * 7 % len(of_people)]
        at = TODAY - timedelta(minutes=n * 7919 % 700_000)
        body = dict(like.body) | {"number": f"TK-{100_000 + n}", "updated_at": moment.to_text(at)}
        yield replace(like, id=f"T-{n:07d}", body=body)


def _measured(store: Store, rows: int) -> dict[str, float]:
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    look = Look(resources(), "light")
    look.wear(application)
    view = View(Mirror(store), Outbox(store, "bench"))
    book = CustomerBook(view, DialPlan(), _now, str)
    nouns = NounList(Listing(store, view, "ticket"), listed_ticket(book.name_of))
    while nouns.learn():
        """What a workstation has done long ago."""
    background = Background()
    kind = tickets(Formats("zh_CN"), Directory, _now, "bench")
    kind = replace(kind, first=replace(kind.first, only={}))
    try:
        return _at_the_list(look, background, nouns, SavedViews(Kept(store)), kind, rows)
    finally:
        background.close()


def _at_the_list(
    look: Look,
    background: Background,
    nouns: NounList[ListedTicket],
    saved: SavedViews,
    kind: ListKind[ListedTicket],
    rows: int,
) -> dict[str, float]:
    desk = ListDesk(background, nouns, saved, kind, QCoreApplication.instance() or QApplication([]))
    began = time.perf_counter()
    page = ListPage(look, kind)
    page.resize(1366 - 56, 768 - 52)
    page.show()
    desk.turn_to(page)
    _until(lambda: _is_painted(page))
    open_ms = (time.perf_counter() - began) * 1000
    _until(lambda: page.table.lines.rowCount() == rows)
    whole_ms = (time.perf_counter() - began) * 1000
    sorts_ms = [_sort_ms(page, column, rows) for column in SORTED_BY for _ in range(2)]
    frames_ms, waits_ms = _scrolled(page)
    page.close()
    page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return {
        "rows": rows,
        "open_ms": round(open_ms, 1),
        "whole_ms": round(whole_ms, 1),
        "sort_ms": round(_p95(sorts_ms), 1),
        "sort_p50_ms": round(median(sorts_ms), 1),
        "scroll_p95_ms": round(_p95(frames_ms), 2),
        "scroll_max_ms": round(max(frames_ms), 1),
        "line_wait_p95_ms": round(_p95(waits_ms), 1),
    }


def _sort_ms(page: ListPage, column: str, rows: int) -> float:
    before = page.table.lines.places
    began = time.perf_counter()
    page.table.sort_wanted.emit(column)
    _until(lambda: page.table.lines.places is not before and _is_painted(page))
    took_ms = (time.perf_counter() - began) * 1000
    _until(lambda: page.table.lines.rowCount() == rows)
    return took_ms


def _scrolled(page: ListPage) -> tuple[list[float], list[float]]:
    """Milliseconds that the window is busy with each step of a wheel that is turned on and on, every fourth of them a
    jump to somewhere else; and how long the lines there keep one waiting."""
    bar = page.table.verticalScrollBar()
    frames_ms, waits_ms = [], []
    for step in range(STEPS):
        to = bar.value() + STEP_PX if step % 4 else step * 104_729 % max(1, bar.maximum())
        began = time.perf_counter()
        bar.setValue(to if to < bar.maximum() else 0)
        page.table.viewport().repaint()
        QCoreApplication.processEvents()
        frames_ms.append((time.perf_counter() - began) * 1000)
        _until(lambda: _is_painted(page))
        waits_ms.append((time.perf_counter() - began) * 1000)
    return frames_ms, waits_ms


def _is_painted(page: ListPage) -> bool:
    """Whether every row that is looked at has its line."""
    table = page.table
    top, bottom = table.rowAt(0), table.rowAt(table.viewport().height() - 1)
    bottom = table.lines.rowCount() - 1 if bottom < 0 else bottom
    if top < 0 or not table.isVisible() or any(table.lines.entry(row) is None for row in range(top, bottom + 1)):
        return False
    table.viewport().repaint()
    return True


def _until(so: Callable[[], bool]) -> None:
    """Without keeping whoever works for it from the processor."""
    deadline, tick = time.monotonic() + PATIENCE_S, QTimer()
    tick.start(2)
    while not so():
        if time.monotonic() > deadline:
            raise TimeoutError("the list did not come")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _now() -> datetime:
    return datetime.now(UTC)


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1]
