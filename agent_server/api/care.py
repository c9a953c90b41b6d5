"""Looking after agents (docs/care.md): own figures and honours, the week's mood, and what hard calls leave behind."""

from datetime import datetime
from typing import Annotated, Final

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from agent_server.api.administration import actor_of
from agent_server.api.openapi import refusals
from agent_server.api.requests import address_of, caller_of, reader_of, require_pause, server_of
from agent_server.api.sign_in import Strict
from agent_server.audit import Deed
from agent_server.care.hard_calls import NotYours
from agent_server.care.moods import BadToken, NoRound, TokenGiven
from agent_server.refusals import RequestRefused

router = APIRouter()

NOT_YOURS: Final = {403: ("not_allowed",)}
RoundId = Annotated[str, Field(min_length=1, max_length=160, pattern=r"^[^\x00]*$")]
Number = Annotated[str, Field(pattern=r"^[0-9a-f]{1,1024}$")]
Token = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class OneFigure(BaseModel):
    measure: str
    own: float | None
    of: int | None
    team: float | None
    own_period: float | None
    of_period: int | None
    team_period: float | None
    goal: int | None


class Figures(BaseModel):
    figures: list[OneFigure]


class OnePlace(BaseModel):
    agent: str | None
    value: float
    is_own: bool


class OneList(BaseModel):
    measure: str
    places: list[OnePlace]


class Honours(BaseModel):
    is_on: bool
    is_named: bool
    lists: list[OneList]


class Choice(Strict):
    is_named: bool


class Question(BaseModel):
    """`round` is null when nothing is asked; `modulus` is the key's, in hexadecimal."""

    round: str | None
    week: str
    modulus: str
    until: datetime | None


class Wish(Strict):
    round: RoundId
    blinded: Number


class Signed(BaseModel):
    signed: str


class Answer(Strict):
    round: RoundId
    token: Token
    signature: Number
    level: int = Field(ge=1, le=5)


class OneWeek(BaseModel):
    team: str
    week: str
    answers: int | None
    mean: float | None


class OneHardCall(BaseModel):
    at: datetime
    why: str


class OneLoad(BaseModel):
    agent: str
    team: str
    hard: list[OneHardCall]
    calls_since: int
    talked_since_s: int
    rested_at: datetime | None


class OneReveal(BaseModel):
    called_at: datetime
    agent: str
    who: str
    at: datetime
    field: str
    reason: str


class Team(BaseModel):
    loads: list[OneLoad]
    reveals: list[OneReveal]
    moods: list[OneWeek]


@router.get("/floor/v1/own-figures", responses=refusals({}))
async def own_figures(request: Request) -> Figures:
    caller = await reader_of(request)
    found = await server_of(request).own_figures.of(caller.person)
    return Figures(
        figures=[
            OneFigure(
                measure=one.measure.value,
                own=one.own,
                of=one.of,
                team=one.team,
                own_period=one.own_period,
                of_period=one.of_period,
                team_period=one.team_period,
                goal=one.goal,
            )
            for one in found
        ]
    )


@router.get("/floor/v1/honours", responses=refusals({}))
async def honours(request: Request) -> Honours:
    caller = await reader_of(request)
    board = await server_of(request).own_figures.honours(caller.person)
    lists = [
        OneList(
            measure=one.measure.value,
            places=[OnePlace(agent=at.agent, value=at.value, is_own=at.is_own) for at in one.places],
        )
        for one in board.lists
    ]
    return Honours(is_on=board.is_on, is_named=board.is_named, lists=lists)


@router.put("/floor/v1/honours/own", status_code=204, responses=refusals({}))
async def own_name(request: Request, wish: Choice) -> Response:
    """Whether one's own name may stand on the board."""
    caller = await caller_of(request)
    await server_of(request).own_figures.choose(caller.person, is_named=wish.is_named)
    return Response(status_code=204)


@router.get("/floor/v1/mood", responses=refusals({}))
async def question(request: Request) -> Question:
    caller = await caller_of(request)
    found = await server_of(request).moods.question(caller.person)
    if found is None:
        return Question(round=None, week="", modulus="", until=None)
    return Question(round=found.id, week=found.week, modulus=f"{found.key.modulus:x}", until=found.until)


@router.post("/floor/v1/mood/tokens", responses=refusals({404: ("no_such_question",), 409: ("token_given",)}))
async def token(request: Request, wish: Wish) -> Signed:
    """Signs a token that the server does not see."""
    caller = await caller_of(request)
    try:
        signed = await server_of(request).moods.sign(caller.person, wish.round, int(wish.blinded, 16))
    except NoRound as error:
        raise RequestRefused(404, "no_such_question") from error
    except TokenGiven as error:
        raise RequestRefused(409, "token_given") from error
    return Signed(signed=f"{signed:x}")


@router.post(
    "/floor/v1/mood/answers",
    status_code=204,
    responses=refusals({403: ("bad_token",), 404: ("no_such_question",)}),
)
async def answer(request: Request, wish: Answer) -> Response:
    """Of nobody in particular: it is sent without a sign-in."""
    server = server_of(request)
    require_pause(server.sign_in_limits, address_of(request))
    try:
        await server.moods.take(wish.round, bytes.fromhex(wish.token), int(wish.signature, 16), wish.level)
    except NoRound as error:
        raise RequestRefused(404, "no_such_question") from error
    except BadToken as error:
        raise RequestRefused(403, "bad_token") from error
    return Response(status_code=204)


@router.get("/floor/v1/care", responses=refusals(NOT_YOURS))
async def care(request: Request) -> Team:
    """What hard calls left behind and how teams feel, for who leads them. Reading is on record."""
    caller = await reader_of(request)
    server, person = server_of(request), caller.person
    try:
        loads, reveals = await server.hard_calls.loads(person), await server.hard_calls.reveals(person)
        moods = await server.moods.weeks(await server.hard_calls.teams(person))
    except NotYours as error:
        raise RequestRefused(403, "not_allowed") from error
    await server.accounts.audit.note(actor_of(request, caller).act(Deed.CARE_READ, person.team, ""))
    return Team(
        loads=[
            OneLoad(
                agent=one.agent,
                team=one.team,
                hard=[OneHardCall(at=call.at, why=call.why.value) for call in one.hard],
                calls_since=one.calls_since,
                talked_since_s=one.talked_since_s,
                rested_at=one.rested_at,
            )
            for one in loads
        ],
        reveals=[
            OneReveal(
                called_at=one.called_at,
                agent=one.agent,
                who=one.who,
                at=one.at,
                field=one.field,
                reason=one.reason,
            )
            for one in reveals
        ],
        moods=[OneWeek(team=one.team, week=one.week, answers=one.answers, mean=one.mean) for one in moods],
    )
