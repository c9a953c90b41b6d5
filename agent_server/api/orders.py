"""Leads put agents into states, answer who asks for help and take alerts (docs/api.md, docs/floor.md)."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field, StringConstraints

from agent_model.agent import AgentState
from agent_model.floor_policy import Steering
from agent_model.plain_line import plain_line
from agent_server.api.administration import Reason, actor_of
from agent_server.api.openapi import refusals
from agent_server.api.requests import caller_of, server_of
from agent_server.api.sign_in import Strict
from agent_server.floor.orders import Order
from agent_server.floor.serving import MOST_QUEUES
from agent_server.refusals import RequestRefused

router = APIRouter()

AgentName = Annotated[str, StringConstraints(min_length=1, max_length=128, pattern=r"^[^\x00]*$")]
QueueName = Annotated[str, StringConstraints(min_length=1, max_length=128, pattern=r"^[^\x00]*$")]
Language = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")]
AlertId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
BreakName = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[^\x00]*$")]


class Wanted(Strict):
    """Nobody is put on a call; `reason` names the break, where it is one."""

    agent: AgentName
    state: Annotated[AgentState, Field(strict=False)]
    reason: BreakName | None = None
    why: Reason


@router.post(
    "/floor/v1/orders",
    status_code=204,
    responses=refusals({403: ("not_allowed", "limited"), 404: ("unknown_agent",), 422: ("bad_state",)}),
)
async def give(request: Request, wish: Wanted) -> Response:
    """Put an agent into a state; the agent's workstation obeys and says who wanted it and why."""
    caller = await caller_of(request)
    server = server_of(request)
    if wish.state is AgentState.ON_CALL or (wish.reason is not None) is not (wish.state is AgentState.BREAK):
        raise RequestRefused(422, "bad_state")
    order = Order(wish.agent, wish.state, wish.reason, caller.person.id, plain_line(wish.why), server.now())
    await server.orders.give(actor_of(request, caller), caller.person, order)
    return Response(status_code=204)


class Served(Strict):
    """All the queues that the agent is to serve from now on, and all the languages, the best first."""

    agent: AgentName
    queues: list[QueueName] = Field(max_length=MOST_QUEUES)
    languages: list[Language] = Field(min_length=1, max_length=12)
    why: Reason


@router.put(
    "/floor/v1/serving",
    status_code=204,
    responses=refusals(
        {403: ("not_allowed", "limited", "not_your_queue"), 404: ("unknown_agent",), 422: ("unknown_queue",)}
    ),
)
async def serve(request: Request, wish: Served) -> Response:
    """Change which queues an agent serves and in which languages; the exchange follows at once."""
    caller = await caller_of(request)
    server = server_of(request)
    policy = await server.orders.require_steering(caller.person, wish.agent, Steering.SERVING)
    queues, languages = dict.fromkeys(wish.queues), dict.fromkeys(wish.languages)
    actor, why = actor_of(request, caller), plain_line(wish.why)
    is_told = policy.tells(Steering.SERVING)
    await server.serving.change(actor, caller.person, wish.agent, list(queues), list(languages), why, is_told=is_told)
    return Response(status_code=204)


class Asking(Strict):
    agent: AgentName


@router.post(
    "/floor/v1/help-answers",
    status_code=204,
    responses=refusals({403: ("not_allowed",), 404: ("unknown_agent",), 409: ("no_help_asked",)}),
)
async def answer_help(request: Request, wish: Asking) -> Response:
    """Say that one comes to an agent who asks for help; the agent is told."""
    caller = await caller_of(request)
    server = server_of(request)
    await server.orders.require(caller.person, wish.agent)
    await server.help_calls.answer(actor_of(request, caller), caller.person, wish.agent)
    return Response(status_code=204)


@router.put(
    "/floor/v1/alerts/{alert_id}/taken",
    status_code=204,
    responses=refusals({403: ("not_allowed",), 404: ("unknown_alert",), 409: ("alert_over", "alert_taken")}),
)
async def take_alert(request: Request, alert_id: AlertId) -> Response:
    """Say that one looks after an alert; everybody who was told of it is told by whom."""
    caller = await caller_of(request)
    server = server_of(request)
    await server.alerts.take(actor_of(request, caller), caller.person, alert_id)
    return Response(status_code=204)
