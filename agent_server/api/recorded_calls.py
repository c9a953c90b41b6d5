"""Recorded calls, as those who may listen to them look for them, and the marks that were set in them."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from agent_model.plain_line import plain_line
from agent_model.recorded_call import RecordedCalls, Sought
from agent_model.recording_mark import LATEST_MS, LONGEST_NOTE, RecordingMark
from agent_server.api.administration import actor_of
from agent_server.api.openapi import refusals
from agent_server.api.requests import caller_of, reader_of, server_of
from agent_server.api.sign_in import Strict
from agent_server.audit import Deed
from agent_server.recorded_calls import recorded_calls
from agent_server.recording_marks import Place as PlaceInRecording

router = APIRouter()

Id = Annotated[str, Query(max_length=128, pattern=r"^[^\x00]*$")]
Seconds = Annotated[int, Query(ge=0, le=86_400)]
Place = Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$")]
ContactId = Annotated[str, Path(max_length=128, pattern=r"^[^\x00]*$")]
MarkId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
MARKS = "/floor/v1/recordings/{contact_id}/marks"
MAY_NOT = {403: ("not_allowed", "recording_not_allowed"), 404: ("not_found",)}


class MarkWanted(Strict):
    """`recording` is the SHA-256 of its sealed bytes. Where a mark is set already its place stays."""

    recording: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    at_ms: int = Field(ge=0, le=LATEST_MS)
    note: Annotated[str, StringConstraints(max_length=LONGEST_NOTE)] = ""


class OneMark(BaseModel):
    id: str
    recording: str
    at_ms: int
    note: str
    by: str
    made_at: datetime


class Marks(BaseModel):
    marks: list[OneMark]


@router.get("/v1/recordings", responses=refusals({}))
async def listed(
    request: Request,
    since: AwareDatetime | None = None,
    until: AwareDatetime | None = None,
    agent: Id = "",
    queue: Id = "",
    at_least_s: Seconds = 0,
    before: Place = "",
) -> RecordedCalls:
    """The latest first. Who looked for what stands in the audit trail; what opens one is told of each call by itself,
    on record, too."""
    caller = await reader_of(request)
    server = server_of(request)
    sought = Sought(since, until, agent, queue, at_least_s, before)
    found = await recorded_calls(server.database, caller, sought)
    if found.calls:
        whose = agent or caller.person.team
        line = actor_of(request, caller).act(Deed.RECORDINGS_LISTED, whose, str(len(found.calls)))
        await server.accounts.audit.note(line)
    return found


@router.get(MARKS, responses=refusals(MAY_NOT))
async def marks(request: Request, contact_id: ContactId) -> Marks:
    """What was marked in the recordings of a call, by whom and when. Where there is something, who read it stands in
    the audit trail."""
    caller = await caller_of(request)
    found = await server_of(request).recording_marks.of(actor_of(request, caller), caller, contact_id)
    return Marks(marks=[_mark(one) for one in found])


@router.put(MARKS + "/{mark_id}", responses=refusals({**MAY_NOT, 409: ("too_many_marks",)}))
async def put_mark(request: Request, contact_id: ContactId, mark_id: MarkId, wish: MarkWanted) -> OneMark:
    """Set a mark, or change the note of an own one."""
    caller = await caller_of(request)
    actor, place = actor_of(request, caller), PlaceInRecording(wish.recording, wish.at_ms)
    known = server_of(request).recording_marks
    return _mark(await known.put(actor, caller, contact_id, mark_id, place, plain_line(wish.note)))


@router.delete(MARKS + "/{mark_id}", status_code=204, responses=refusals(MAY_NOT))
async def drop_mark(request: Request, contact_id: ContactId, mark_id: MarkId) -> Response:
    """Take an own mark away; one that is not there is gone already."""
    caller = await caller_of(request)
    await server_of(request).recording_marks.drop(actor_of(request, caller), caller, contact_id, mark_id)
    return Response(status_code=204)


def _mark(mark: RecordingMark) -> OneMark:
    return OneMark(**{name: getattr(mark, name) for name in OneMark.model_fields})
