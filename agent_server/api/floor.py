"""Leads in agents' calls (docs/api.md, docs/floor.md): who may, `floor.monitoring` says."""

from typing import Annotated, Final

from fastapi import APIRouter, Request, Response
from pydantic import Field, StringConstraints

from agent_server.api.administration import actor_of
from agent_server.api.openapi import refusals
from agent_server.api.requests import caller_of, server_of
from agent_server.api.sign_in import Strict
from agent_server.switch.port import Monitoring

router = APIRouter()

AgentName = Annotated[str, StringConstraints(min_length=1, max_length=128, pattern=r"^[^\x00]*$")]
Reference = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
NOT_AS_THINGS_STAND: Final = (
    "no_extension", "exchange_gone", "another_exchange", "no_such_extension", "no_such_call", "not_reachable", "busy",
    "not_possible",
)  # fmt: skip
REFUSED: Final = {403: ("not_allowed",), 404: ("unknown_agent",), 409: NOT_AS_THINGS_STAND}


class Whom(Strict):
    agent: AgentName


class HowWhom(Whom):
    how: Annotated[Monitoring, Field(strict=False)]
    reference: Reference
    """Chosen by the workstation: what its telephone will be told to call the call by (X-Call-Ref)."""


@router.post("/floor/v1/monitoring", status_code=204, responses=refusals(REFUSED))
async def monitor(request: Request, wish: HowWhom) -> Response:
    """Be let into an agent's call, or change how one is in it; answered when the exchange has confirmed it."""
    caller = await caller_of(request)
    actor = actor_of(request, caller)
    await server_of(request).monitoring.monitor(actor, caller.person, wish.agent, wish.how, wish.reference)
    return Response(status_code=204)


@router.delete("/floor/v1/monitoring", status_code=204, responses=refusals({409: NOT_AS_THINGS_STAND}))
async def leave(request: Request) -> Response:
    """Be in nobody's call any more."""
    caller = await caller_of(request)
    await server_of(request).monitoring.leave(caller.person)
    return Response(status_code=204)


@router.post("/floor/v1/take-over", status_code=204, responses=refusals(REFUSED))
async def take_over(request: Request, wish: Whom) -> Response:
    """Go on with whom the agent talks with; the agent's part ends. Only from being in that call."""
    caller = await caller_of(request)
    await server_of(request).monitoring.take_over(actor_of(request, caller), caller.person, wish.agent)
    return Response(status_code=204)


@router.post("/floor/v1/hang-up", status_code=204, responses=refusals(REFUSED))
async def hang_up(request: Request, wish: Whom) -> Response:
    """End the agent's part in their call."""
    caller = await caller_of(request)
    await server_of(request).monitoring.hang_up(actor_of(request, caller), caller.person, wish.agent)
    return Response(status_code=204)


@router.post("/floor/v1/calls", status_code=204, responses=refusals(REFUSED))
async def call(request: Request, wish: Whom) -> Response:
    """Have the own telephone rung, and then the agent's."""
    caller = await caller_of(request)
    await server_of(request).monitoring.call(actor_of(request, caller), caller.person, wish.agent)
    return Response(status_code=204)
