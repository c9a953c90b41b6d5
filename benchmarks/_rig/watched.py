"""The real workstation with a stop-watch: run in the place of `agent-desktop`, it writes down when things happened.

`python -m benchmarks._rig.watched RECORD [agent-desktop's own arguments]`. RECORD gets a line of JSON an observation;
moments are seconds of the system's clock, the one the phone process stamps a call with.
"""

import functools
import json
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from agent_desktop.app import main
from agent_desktop.customers.profile import Known
from agent_desktop.customers.screen_pop import ScreenPop
from agent_desktop.offline.mirror import Mirror
from agent_desktop.softphone import link
from agent_desktop.softphone.call import CallState
from agent_desktop.softphone.events import CallChanged
from agent_desktop.sync.client import ServerClient
from agent_desktop.ui.customer.pane import CustomerPane

BEAT_MS = 20


class Record:
    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8")
        self._lock = threading.Lock()

    def note(self, what: str, **facts: Any) -> None:
        line = json.dumps({"what": what, "at": time.time(), **facts}) + "\n"
        with self._lock:
            self._file.write(line)
            if what != "beat":  # they come often, and leave with the next of another kind
                self._file.flush()


class PaintWatch(QObject):
    """Notes `painted` with the names of the parts, once the window has painted them and been shown."""

    def __init__(self, pane: CustomerPane, record: Record) -> None:
        super().__init__(pane)
        self._record = record
        self._parts: dict[QObject, str] = {}
        self._painted: set[str] = set()
        self._after = QTimer(self)
        self._after.setSingleShot(True)
        self._after.timeout.connect(self._note)
        for name, part in (("header", pane.header), ("tickets", pane.tickets), ("timeline", pane.timeline)):
            for widget in (part, *part.findChildren(QWidget)):
                self._watch(widget, name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Paint and watched in self._parts:
            self._painted.add(self._parts[watched])
            self._after.start(0)  # comes when the whole window is painted and flushed
        elif event.type() is QEvent.Type.ChildPolished:
            child = event.child()  # type: ignore[attr-defined]
            if isinstance(child, QWidget) and child not in self._parts:
                self._watch(child, self._parts[watched])
        return False

    def _watch(self, widget: QWidget, name: str) -> None:
        self._parts[widget] = name
        widget.installEventFilter(self)

    def _note(self) -> None:
        self._record.note("painted", parts=sorted(self._painted))
        self._painted.clear()


class Beat(QObject):
    """Notes how late the event loop comes to a timer that is due every 20 ms."""

    def __init__(self, parent: QObject, record: Record) -> None:
        super().__init__(parent)
        self._record = record
        self._last_s = time.perf_counter()
        timer = QTimer(self)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(self._beat)
        timer.start(BEAT_MS)

    def _beat(self) -> None:
        now = time.perf_counter()
        self._record.note("beat", lag_ms=max(0.0, (now - self._last_s) * 1000 - BEAT_MS))
        self._last_s = now


def watch(record: Record) -> None:
    """Puts the stop-watch around what the workstation does. Nothing is changed but the time it takes."""

    def pane_made(pane: CustomerPane, _result: None, _took_ms: float) -> None:
        PaintWatch(pane, record)
        Beat(pane, record)

    def shown(_pane: CustomerPane, recognition: Any, *_rest: Any) -> None:
        who = recognition.profile.customer.id if isinstance(recognition, Known) else ""
        record.note("shown", kind=type(recognition).__name__, customer=who)

    def heard(event: object, _took_ms: float) -> None:
        if isinstance(event, CallChanged) and event.call.state is CallState.RINGING:
            call = event.call
            record.note("rang", call=call.id, number=call.remote_number, sent_at=call.started_at.timestamp())

    after(CustomerPane, "__init__", lambda args, result, took_ms: pane_made(args[0], result, took_ms))
    after(CustomerPane, "show_recognition", lambda args, _result, _took_ms: shown(*args))
    after(ScreenPop, "recognise", lambda _args, _result, took_ms: record.note("recognised", took_ms=took_ms))
    after(link, "read_event", lambda _args, result, took_ms: heard(result, took_ms))
    after(
        ServerClient,
        "changes",
        lambda _args, page, took_ms: record.note("page", took_ms=took_ms, rows=len(page.rows), more=page.more),
    )
    after(Mirror, "apply", lambda args, _result, took_ms: record.note("applied", took_ms=took_ms, rows=len(args[2])))


def after(owner: Any, name: str, told: Callable[[tuple[Any, ...], Any, float], None]) -> None:
    """`told(arguments, result, milliseconds)` each time a function was called."""
    inner = getattr(owner, name)

    @functools.wraps(inner)
    def timed(*args: Any, **named: Any) -> Any:
        began = time.perf_counter()
        result = inner(*args, **named)
        told(args, result, (time.perf_counter() - began) * 1000)
        return result

    setattr(owner, name, timed)


if __name__ == "__main__":
    watch(Record(Path(sys.argv.pop(1))))
    sys.exit(main(sys.argv[1:]))
