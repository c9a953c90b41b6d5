"""How newcomers do, and since when somebody works here (docs/training.md): for who leads them."""

from datetime import date
from typing import Annotated, Final

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, Field

from agent_model.body import to_body
from agent_model.newcomer import Week, WeekFigures
from agent_server.api.administration import actor_of
from agent_server.api.openapi import refusals
from agent_server.api.requests import caller_of, server_of
from agent_server.api.sign_in import Strict
from agent_server.audit import Deed
from agent_server.probation.newcomers import NotADayOfJoining, NotYours, UnknownAgent
from agent_server.refusals import RequestRefused

router = APIRouter()

AgentPath = Annotated[str, Path(min_length=1, max_length=128, pattern=r"^[^\x00]*$")]
NOT_YOURS: Final = {403: ("not_allowed",)}


class Figures(BaseModel):
    handled_per_hour: float | None
    first_contact: float | None
    quality: float | None
    quiz: float | None


class Counts(BaseModel):
    handled: int
    first_contacts: int
    inspections: int
    quizzes: int


class OneWeek(BaseModel):
    number: int
    since: date
    own: Figures
    median: Figures
    colleagues: int
    counts: Counts


class OneNewcomer(BaseModel):
    agent: str
    team: str
    joined_on: date
    weeks: list[OneWeek]


class Told(BaseModel):
    newcomers: list[OneNewcomer]
    has_inspections: bool


class Joined(Strict):
    on: date | None = Field(strict=False)


@router.get("/v1/newcomers", responses=refusals(NOT_YOURS))
async def newcomers(request: Request) -> Told:
    """Reading is on record."""
    caller = await caller_of(request)
    server = server_of(request)
    try:
        found = await server.newcomers.told_to(caller.person, server.inspections)
    except NotYours as error:
        raise RequestRefused(403, "not_allowed") from error
    told = [
        OneNewcomer(agent=one.agent, team=one.team, joined_on=one.joined_on, weeks=[*map(_week, one.weeks)])
        for one in found
    ]
    if told:
        about = " ".join(one.agent for one in told)[:500]
        await server.accounts.audit.note(actor_of(request, caller).act(Deed.NEWCOMERS_READ, about, ""))
    return Told(newcomers=told, has_inspections=server.inspections.exist)


@router.put(
    "/v1/newcomers/{agent_id}",
    status_code=204,
    responses=refusals({**NOT_YOURS, 404: ("unknown_user",), 422: ("not_a_day_of_joining",)}),
)
async def joined(request: Request, agent_id: AgentPath, wish: Joined) -> Response:
    """Since when somebody works here; null takes it back."""
    caller = await caller_of(request)
    act = actor_of(request, caller).act(Deed.JOINING_TOLD, agent_id, "", str(wish.on or ""))
    try:
        await server_of(request).newcomers.joined(caller.person, act, agent_id, wish.on)
    except NotYours as error:
        raise RequestRefused(403, "not_allowed") from error
    except UnknownAgent as error:
        raise RequestRefused(404, "unknown_user") from error
    except NotADayOfJoining as error:
        raise RequestRefused(422, "not_a_day_of_joining") from error
    return Response(status_code=204)


def _week(week: Week) -> OneWeek:
    return OneWeek(
        number=week.number,
        since=week.since,
        own=_figures(week.own),
        median=_figures(week.median),
        colleagues=week.colleagues,
        counts=Counts(**to_body(week.counts)),
    )


def _figures(week: WeekFigures) -> Figures:
    return Figures(
        handled_per_hour=week.handled_per_hour,
        first_contact=week.first_contact,
        quality=week.quality,
        quiz=week.quiz,
    )
