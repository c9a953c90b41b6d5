"""What a workstation says of the time in which nobody heard of it: the states its agent was in, by its own clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Final

from agent_model.agent import AgentState, Spent, StateEntry
from agent_model.moment import from_text
from agent_server.board import UnknownState, read_reason, read_wish
from agent_server.probation.presence import LONGEST

MOST: Final = 700
OLDEST: Final = timedelta(days=7)
"""Nobody works longer than this without the server (`agent_desktop.sync.lease`)."""


@dataclass(frozen=True, slots=True)
class ToldStates:
    """What is over, in order, and the state since then. All of it by the clock of the server."""

    spent: Sequence[Spent]
    entry: StateEntry

    @property
    def begin(self) -> datetime:
        return self.spent[0].since if self.spent else self.entry.since

    def until(self, now: datetime) -> Sequence[Spent]:
        """All of it as over, with the state of now."""
        return (*self.spent, Spent(self.entry.state, self.entry.reason or "", self.entry.since, now))


def read_told(message: Mapping[str, Any], now: datetime) -> ToldStates:
    """`now` of the message is what the workstation's clock showed when it was sent: what it is ahead is taken off.
    No state of it is told from the future, of longer ago than OLDEST, or for longer than LONGEST. Raises
    UnknownState."""
    entry = read_wish(message, now)
    try:
        ahead = from_text(message["now"]) - now
        since = from_text(message["since"]) - ahead
        lines = message["spent"]
        if not isinstance(lines, list) or len(lines) > MOST:
            raise UnknownState("spent")
        spent = [_read(line, ahead) for line in lines]
    except (KeyError, ValueError, TypeError, OverflowError) as error:
        raise UnknownState(str(error)) from error
    if any(before.until > after.since for before, after in pairwise(spent)):
        raise UnknownState("order")
    since = min(max(since, now - LONGEST, *(one.until for one in spent[-1:])), now)
    kept = [replace(one, until=min(one.until, since, one.since + LONGEST)) for one in spent if one.since > now - OLDEST]
    return ToldStates([one for one in kept if one.since < one.until], replace(entry, since=since))


def _read(line: Any, ahead: timedelta) -> Spent:
    state, reason, since, until = line
    return Spent(AgentState(state), read_reason(reason) or "", from_text(since) - ahead, from_text(until) - ahead)
