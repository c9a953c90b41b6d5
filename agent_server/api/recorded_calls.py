"""Recorded calls, as those who may listen to them look for them."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import AwareDatetime, BaseModel

from agent_model.recorded_call import RecordedCall, Sought
from agent_server.api.administration import actor_of
from agent_server.api.openapi import refusals
from agent_server.api.requests import caller_of, server_of
from agent_server.audit import Deed
from agent_server.recorded_calls import recorded_calls

router = APIRouter()

Id = Annotated[str, Query(max_length=128, pattern=r"^[^\x00]*$")]
Seconds = Annotated[int, Query(ge=0, le=86_400)]
Place = Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$")]


class OneCall(BaseModel):
    contact: str
    customer: str
    customer_name: str
    kind: str
    at: datetime
    agent: str
    queue: str | None
    wrap_up_code: str | None
    duration_s: int | None
    recordings: int
    arrived: int
    place: str


class Told(BaseModel):
    calls: list[OneCall]
    has_more: bool


@router.get("/v1/recordings", responses=refusals({}))
async def listed(
    request: Request,
    since: AwareDatetime | None = None,
    until: AwareDatetime | None = None,
    agent: Id = "",
    queue: Id = "",
    at_least_s: Seconds = 0,
    before: Place = "",
) -> Told:
    """The latest first. Who looked for what stands in the audit trail; what opens one is told of each call by itself,
    on record, too."""
    caller = await caller_of(request)
    server = server_of(request)
    sought = Sought(since, until, agent, queue, at_least_s, before)
    found = await recorded_calls(server.database, caller, sought)
    if found.calls:
        whose = agent or caller.person.team
        line = actor_of(request, caller).act(Deed.RECORDINGS_LISTED, whose, str(len(found.calls)))
        await server.accounts.audit.note(line)
    return Told(calls=[_one(call) for call in found.calls], has_more=found.has_more)


def _one(call: RecordedCall) -> OneCall:
    return OneCall(**{name: getattr(call, name) for name in OneCall.model_fields})
