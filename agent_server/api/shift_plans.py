"""Plans of shifts, for who leads and for programs that plan (docs/api.md)."""

from datetime import date
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, BeforeValidator, Field, StringConstraints

from agent_model.shift_plan import MOST_SPANS, NoShift, Planned, PlannedSpan, Shift, clock_min, clock_text, laid_out
from agent_server.api.administration import actor_of
from agent_server.api.openapi import refusals
from agent_server.api.requests import caller_of, server_of
from agent_server.api.sign_in import Strict
from agent_server.refusals import RequestRefused

router = APIRouter()

MOST_AT_ONCE: Final = 2_000
MOST_DAYS: Final = 62
AgentWord = Annotated[str, StringConstraints(min_length=1, max_length=128, pattern=r"^[^\x00]*$")]
Clock = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,2}:[0-5][0-9]$")]
TeamId = Annotated[str, Query(max_length=128, pattern=r"^[^\x00]*$")]


def _day(said: object) -> object:
    """Numbers are no days."""
    if isinstance(said, str | date):
        return said
    raise ValueError("day")


class SaidSpan(Strict):
    """By the clock of the site; `26:00` is two in the morning of the day after, as is an end before its
    beginning."""

    what: Annotated[Planned, Field(strict=False)]
    since: Clock
    until: Clock


class SaidShift(Strict):
    """A day of an agent, by login, extension or name. Without spans nothing is planned for it any more."""

    agent: AgentWord
    day: Annotated[date, BeforeValidator(_day), Field(strict=False)]
    spans: list[SaidSpan] = Field(max_length=MOST_SPANS)


class Said(Strict):
    shifts: list[SaidShift] = Field(max_length=MOST_AT_ONCE)
    is_tried: bool = False


class OneRefused(BaseModel):
    nth: int
    code: str


class Outcome(BaseModel):
    new: int
    changed: int
    same: int
    cleared: int
    refused: list[OneRefused]


class PlannedShifts(BaseModel):
    """`zone` is the clock of the site."""

    zone: str
    shifts: list[SaidShift]


@router.put("/floor/v1/shift-plans", responses=refusals({403: ("not_allowed",)}))
async def put(request: Request, wish: Said) -> Outcome:
    """Plan days of agents, each in place of what was planned for it. What is refused stays as it was."""
    caller = await caller_of(request)
    server = server_of(request)
    refused: dict[int, str] = {}
    shifts: dict[int, Shift] = {}
    for nth, one in enumerate(wish.shifts):
        try:
            shifts[nth] = Shift(one.agent, one.day, laid_out([_span(span) for span in one.spans]))
        except NoShift as error:
            refused[nth] = error.fault.value
    actor = actor_of(request, caller)
    taken = await server.shift_plans.put(actor, caller.person, [*shifts.values()], is_tried=wish.is_tried)
    places = [*shifts]
    refused |= {places[nth]: code.value for nth, code in taken.refused.items()}
    return Outcome(
        new=taken.new,
        changed=taken.changed,
        same=taken.same,
        cleared=taken.cleared,
        refused=[OneRefused(nth=nth, code=code) for nth, code in sorted(refused.items())],
    )


@router.get("/floor/v1/shift-plans", responses=refusals({403: ("not_allowed",), 422: ("not_these_days",)}))
async def planned(request: Request, first: date, last: date, team: TeamId = "") -> PlannedShifts:
    """What is planned for the people one leads, from a day to another."""
    caller = await caller_of(request)
    server = server_of(request)
    if not 0 <= (last - first).days < MOST_DAYS:
        raise RequestRefused(422, "not_these_days")
    found = await server.shift_plans.between(caller.person, first, last, team)
    return PlannedShifts(zone=server.settings.site_zone.key, shifts=[_told(one) for one in found])


def _span(said: SaidSpan) -> PlannedSpan:
    try:
        return PlannedSpan(said.what, clock_min(said.since), clock_min(said.until))
    except ValueError:
        return PlannedSpan(said.what, -1, -1)


def _told(shift: Shift) -> SaidShift:
    spans = [
        SaidSpan(what=one.what, since=clock_text(one.since_min), until=clock_text(one.until_min)) for one in shift.spans
    ]
    return SaidShift(agent=shift.agent, day=shift.day, spans=spans)
