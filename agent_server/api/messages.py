"""Leads send agents messages and see who has read them (docs/api.md, docs/floor.md)."""

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field, StringConstraints

from agent_model.blank import is_blank
from agent_model.floor_message import LONGEST_WORDS, MINUTES, FloorMessage, To
from agent_model.plain_line import plain_line
from agent_server.api.administration import actor_of
from agent_server.api.openapi import refusals
from agent_server.api.requests import answer, caller_of, reader_of, server_of
from agent_server.api.sign_in import Strict
from agent_server.refusals import RequestRefused
from agent_server.rights import MAY_MESSAGE

router = APIRouter()

MessageId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Whom = Annotated[str, StringConstraints(max_length=128, pattern=r"^[^\x00]*$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_WORDS)]


class Wanted(Strict):
    """`whom` is the agent or the team; empty for all. `id` is the sender's: sent again it is the same message."""

    id: MessageId
    to: Annotated[To, Field(strict=False)]
    whom: Whom = ""
    words: Words
    is_urgent: bool = False
    minutes: int = Field(ge=MINUTES.start, lt=MINUTES.stop)


class Sent(BaseModel):
    """`left_out` are those there whom the site does not let the sender write to."""

    readers: int
    left_out: int


class OneReader(BaseModel):
    agent: str
    read_at: datetime | None


class OneMessage(BaseModel):
    id: str
    by: str
    to: To
    whom: str
    words: str
    is_urgent: bool
    at: datetime
    until: datetime
    readers: list[OneReader]


class SentMessages(BaseModel):
    messages: list[OneMessage]


@router.post(
    "/floor/v1/messages",
    status_code=201,
    responses=refusals(
        {403: ("not_allowed", "limited"), 404: ("unknown_agent", "nobody_there"), 422: ("bad_message",)}
    ),
)
async def send(request: Request, wish: Wanted) -> Sent:
    """Tell an agent, a team or all something at once; it goes when its minutes are over."""
    caller = await caller_of(request)
    server = server_of(request)
    words = plain_line(wish.words)
    if is_blank(words) or bool(wish.whom) is (wish.to is To.ALL):
        raise RequestRefused(422, "bad_message")
    now = server.now()
    until = now + timedelta(minutes=wish.minutes)
    message = FloorMessage(wish.id, caller.person.id, wish.to, wish.whom, words, wish.is_urgent, now, until)
    reached = await server.messages.send(actor_of(request, caller), caller.person, message)
    return Sent(readers=reached.readers, left_out=reached.left_out)


@router.get("/floor/v1/messages", response_model=SentMessages, responses=refusals({403: ("not_allowed",)}))
async def sent(request: Request) -> Response:
    """What the caller has sent within a day, the newest first, with who has read it."""
    caller = await reader_of(request)
    server = server_of(request)
    if caller.person.role not in MAY_MESSAGE:
        raise RequestRefused(403, "not_allowed")
    found = await server.messages.sent(caller.person)
    return answer(request, {"messages": found})
