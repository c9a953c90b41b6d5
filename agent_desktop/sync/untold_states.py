"""What states the agent was in while the server did not hear of it: kept, sealed, until it has been told."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import orjson

from agent_desktop.offline.kept import Kept
from agent_model.agent import AgentState, Spent, StateEntry
from agent_model.moment import from_text, to_text

KEPT_AS: Final = "untold states"
MOST: Final = 700
"""Of some days without the server: as much as it takes at once. The oldest go first."""


class UntoldStates:
    """`enter` every state that begins. `to_tell` is what the server is told before anything else when it is back;
    `taken` and `heard` are its answers. `save`, in the lane of the store, keeps what it was not told. All others may be
    called from any thread.
    """

    def __init__(self, kept: Kept, clock: Callable[[], datetime]) -> None:
        """With what was not told before the program ended. Raises OutboxDamaged, StoreBusy."""
        self._kept, self._clock = kept, clock
        self._lock = threading.Lock()
        self._on_disk = kept.read(KEPT_AS)
        self._spent: list[Spent] = _read(self._on_disk)
        self._entry: StateEntry | None = None
        self._is_live = False
        self._is_telling = False

    def enter(self, entry: StateEntry) -> None:
        """Also of a state that goes on, which changes nothing. Until the first one nobody was here."""
        with self._lock:
            before, self._entry = self._entry, entry
            if before is None and self._spent:
                before = StateEntry(AgentState.OFFLINE, self._spent[-1].until)
            if before is None or (before.state, before.reason, before.since) == (
                entry.state,
                entry.reason,
                entry.since,
            ):
                return
            self._put(before, entry.since)

    def heard(self, entry: StateEntry) -> None:
        """The server has this agent in a state: the one of now, then it heard of all before it."""
        with self._lock:
            ours = self._entry
            is_ours = ours is not None and (ours.state, ours.reason) == (entry.state, entry.reason)
            if self._is_live and is_ours and not self._is_telling:
                self._spent.clear()

    def to_tell(self) -> dict[str, Any] | None:
        """The message of it; None before the first state."""
        with self._lock:
            self._is_telling = True
            entry = self._entry
            if entry is None:
                return None
            return {
                "type": "states",
                "now": to_text(self._clock()),
                "spent": _lines(self._spent),
                "state": entry.state.value,
                "since": to_text(entry.since),
                "reason": entry.reason,
                "until": None if entry.until is None else to_text(entry.until),
            }

    def taken(self, since: datetime) -> None:
        """The server has what was over when that state began."""
        with self._lock:
            self._is_live, self._is_telling = True, False
            self._spent = [one for one in self._spent if one.until > since]

    def lost(self) -> None:
        """From now on nobody hears of it."""
        with self._lock:
            self._is_live = self._is_telling = False

    def save(self) -> None:
        """With the state of now as far as it goes. Raises DiskFull, OutboxDamaged, StoreBusy."""
        with self._lock:
            spent = list(self._spent)
            entry, now = self._entry, self._clock()
            if self._is_live:
                spent = []
            elif entry is not None and entry.since < now:
                spent.append(Spent(entry.state, entry.reason or "", entry.since, now))
        text = orjson.dumps(_lines(spent)).decode() if spent else ""
        if text != self._on_disk:
            self._kept.keep(KEPT_AS, text)
            self._on_disk = text

    def _put(self, before: StateEntry, until: datetime) -> None:
        """A clock that was set back makes a state that lasted no time."""
        since = max([before.since, *(one.until for one in self._spent[-1:])])
        if since < until:
            self._spent.append(Spent(before.state, before.reason or "", since, until))
        elif self._entry is not None and until < since:
            self._entry = replace(self._entry, since=since)
        del self._spent[:-MOST]


def _is_another(before: StateEntry, entry: StateEntry) -> bool:
    return (before.state, before.reason, before.since) != (entry.state, entry.reason, entry.since)


def _lines(spent: Sequence[Spent]) -> list[list[str]]:
    return [[one.state.value, one.reason, to_text(one.since), to_text(one.until)] for one in spent]


def _read(text: str) -> list[Spent]:
    lines = orjson.loads(text) if text else []
    return [
        Spent(AgentState(state), reason, from_text(since), from_text(until)) for state, reason, since, until in lines
    ]
