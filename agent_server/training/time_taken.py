"""Whether a paper took longer than allowed: by its own clock, by the times, and by the calls the server knows of."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from agent_model.attempt import Sheet
from agent_model.customer import ContactKind
from agent_model.moment import from_text, to_text
from agent_model.quiz_paper import QuizPaper
from agent_server import tables
from agent_server.changeset import Changeset

OVER_TIME: Final = timedelta(seconds=30)
"""What a paper may take longer than allowed: clocks differ, and the last answer is still typed."""
UNTOLD: Final = timedelta(minutes=2)
"""Of pauses without a line of the timeline: whoever called could not be named."""
LONGEST_CALL: Final = timedelta(hours=12)
CALLS: Final = (ContactKind.CALL_IN.value, ContactKind.CALL_OUT.value)


async def is_over_time(changes: Changeset, paper: QuizPaper, started: datetime, sheet: Sheet) -> bool:
    """A call pauses: as long as its line of the timeline says, whatever the workstation tells of pauses."""
    if paper.time_limit_s == 0:
        return False
    allowed = timedelta(seconds=paper.time_limit_s) + OVER_TIME
    between = sheet.at - started
    known = await _in_calls(changes, paper.agent, started, sheet.at)
    paused = min(timedelta(seconds=sheet.paused_s), known + UNTOLD, between)
    return timedelta(seconds=sheet.elapsed_s) > allowed or between - paused > allowed


async def _in_calls(changes: Changeset, agent: str, since: datetime, until: datetime) -> timedelta:
    """How much of a span somebody spent in calls, those of this transaction too; two at once count once."""
    line = tables.contact.c
    theirs = (line.agent == agent) & line.kind.in_(CALLS) & line.duration_s.is_not(None)
    near = (line.at >= to_text(since - LONGEST_CALL)) & (line.at < to_text(until))
    rows = await changes.connection.execute(select(line.id, line.at, line.duration_s).where(theirs & near))
    told = {row.id: (row.at, row.duration_s) for row in rows}
    for made in changes.held("contact"):
        if made.body["agent"] == agent and made.body["kind"] in CALLS and made.body["duration_s"] is not None:
            told[made.id] = (made.body["at"], made.body["duration_s"])
    total, reached = timedelta(), since
    for at, duration_s in sorted((from_text(at), duration_s) for at, duration_s in told.values()):
        end = min(at + timedelta(seconds=duration_s), until)
        if end > max(at, reached):
            total += end - max(at, reached)
            reached = end
    return total
