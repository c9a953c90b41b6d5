"""Signing in and out, and health: the part of the surface that needs no access token."""

import asyncio
import uuid
from typing import Annotated, Any, Final

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

import agent_server
from agent_model.moment import to_text
from agent_server.accounts import Credentials, SignedIn, access_life_s
from agent_server.api.openapi import refusals
from agent_server.api.requests import address_of, require_pause, server_of
from agent_server.database import REVISION
from agent_server.refusals import RequestRefused
from agent_server.server import Server
from agent_server.sign_on.desk import Shown, SignOn

READY_WITHIN_S: Final = 2.0

router = APIRouter()

WHO: Final = {
    401: ("wrong_password", "wrong_code"),
    403: ("account_locked", "password_sign_in_off"),
    429: ("too_many_attempts",),
}

Login = Annotated[str, StringConstraints(min_length=1, max_length=128, pattern=r"^[^\x00]*$")]
Password = Annotated[str, StringConstraints(min_length=1, max_length=1024)]
DeviceId = Annotated[str, StringConstraints(max_length=64, pattern=r"^[^\x00]*$")]
Code = Annotated[str, StringConstraints(min_length=6, max_length=32)]
Workstation = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_-]{8,32}$")]
Challenge = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_-]{43}$")]
State = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_-]{22,128}$")]
Token = Annotated[str, StringConstraints(min_length=1, max_length=256)]


class Strict(BaseModel):
    """A request's fields: those named and no others."""

    model_config = ConfigDict(strict=True, extra="forbid")


class SignIn(Strict):
    """`device_id` is the one this workstation was given before, or nothing: then it gets one. `code` is of the second
    factor, or a recovery code."""

    login: Login
    password: Password
    device_id: DeviceId | None = None
    code: Code | None = None


class Enrol(Strict):
    login: Login
    password: Password


class Confirm(Enrol):
    code: Code


class Refresh(Strict):
    refresh: Token
    device_id: DeviceId | None = None


class SignOut(Strict):
    refresh: Token


class NewFactor(BaseModel):
    """`uri` is what a telephone reads as a QR code."""

    secret: str
    uri: str


class RecoveryCodes(BaseModel):
    recovery_codes: list[str]


class Begin(Strict):
    """`workstation` is what this one calls itself, `challenge` the S256 of its verifier, `state` what the browser
    brings back, `port` where on this machine."""

    workstation: Workstation
    challenge: Challenge
    state: State
    port: Annotated[int, Field(ge=1024, le=65535)]


class Finish(Strict):
    ticket: Annotated[str, StringConstraints(min_length=1, max_length=2048)]
    code: Annotated[str, StringConstraints(min_length=1, max_length=4096, pattern=r"^[\x21-\x7e]*$")]
    verifier: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._~-]{43,128}$")]


class Provider(BaseModel):
    """The organisation's sign-on; `ports` are those that the browser may come back to, empty: any."""

    name: dict[str, str]
    ports: list[int]


class Ways(BaseModel):
    """How one may sign in here. `passwords` False: only who is named for emergencies comes in with one."""

    passwords: bool
    provider: Provider | None


class Begun(BaseModel):
    url: str
    ticket: str
    issuer: str
    lasts_s: int


class Health(BaseModel):
    status: str
    version: str
    epoch: str
    server_time: str


class Ready(BaseModel):
    status: str


class Welcome(BaseModel):
    access: str
    access_expires_s: int
    refresh: str
    device_id: str
    agent: dict[str, Any]
    server_time: str
    unlock: str
    handover_public: str
    handover_key: str
    provisioning: int


@router.get("/health", responses=refusals({}))
async def health(request: Request) -> Health:
    server = server_of(request)
    return Health(status="ok", version=agent_server.__version__, epoch=server.epoch, server_time=to_text(server.now()))


@router.get("/health/ready", responses=refusals({}))
async def ready(request: Request) -> Ready:
    """The database answers in time; else 503, and who shares out the work sends it elsewhere."""
    try:
        async with asyncio.timeout(READY_WITHIN_S), server_of(request).database.reading() as connection:
            await connection.execute(REVISION)
    except TimeoutError:
        raise RequestRefused(503, "try_again", retry_after_s=round(READY_WITHIN_S)) from None
    return Ready(status="ready")


@router.post(
    "/auth/sign-in",
    responses=refusals(
        {
            **WHO,
            401: ("wrong_password", "second_factor_needed", "wrong_code", "code_used"),
            403: ("account_locked", "password_sign_in_off", "second_factor_not_set", "device_locked", "device_wiped"),
        }
    ),
)
async def sign_in(request: Request, wish: SignIn) -> Welcome:
    server = _unhurried(request)
    shown = Credentials(wish.login, wish.password, wish.device_id or str(uuid.uuid4()), address_of(request))
    return await _welcome(server, await server.accounts.sign_in(shown, wish.code))


@router.get("/auth/ways", responses=refusals({}))
async def ways(request: Request) -> Ways:
    server = _unhurried(request, is_refresh=True)
    sign_on = server.sign_on
    provider = None if sign_on is None else Provider(name=sign_on.name.to_body(), ports=list(sign_on.ports))
    return Ways(passwords=server.accounts.break_glass is None, provider=provider)


@router.post("/auth/sign-on/begin", responses=refusals({404: ("no_sign_on",), 503: ("provider_away",)}))
async def begin_sign_on(request: Request, wish: Begin) -> Begun:
    """Where the browser goes; what comes of it is brought to `finish` with the ticket."""
    begun = await _sign_on(_unhurried(request)).begin(wish.workstation, wish.challenge, wish.state, wish.port)
    return Begun(url=begun.url, ticket=begun.ticket, issuer=begun.issuer, lasts_s=int(begun.lasts.total_seconds()))


@router.post(
    "/auth/sign-on/finish",
    responses=refusals(
        {
            401: ("sign_on_refused",),
            403: ("not_admitted", "identity_taken", "account_locked", "device_locked", "device_wiped"),
            404: ("no_sign_on",),
            503: ("provider_away",),
        }
    ),
)
async def finish_sign_on(request: Request, wish: Finish) -> Welcome:
    server = _unhurried(request)
    shown = Shown(wish.ticket, wish.code, wish.verifier, address_of(request))
    return await _welcome(server, await _sign_on(server).finish(shown))


@router.post("/auth/second-factor/enrol", responses=refusals({**WHO, 409: ("second_factor_is_set",)}))
async def enrol_second_factor(request: Request, wish: Enrol) -> NewFactor:
    made = await _unhurried(request).accounts.enrol_second_factor(_shown(request, wish))
    return NewFactor(secret=made.secret, uri=made.uri)


@router.post("/auth/second-factor/confirm", responses=refusals({**WHO, 409: ("second_factor_is_set",)}))
async def confirm_second_factor(request: Request, wish: Confirm) -> RecoveryCodes:
    accounts = _unhurried(request).accounts
    return RecoveryCodes(recovery_codes=await accounts.confirm_second_factor(_shown(request, wish), wish.code))


@router.post(
    "/auth/refresh",
    responses=refusals({401: ("refresh_reused", "refresh_expired"), 403: ("device_locked", "device_wiped")}),
)
async def refresh(request: Request, wish: Refresh) -> Welcome:
    server = _unhurried(request, is_refresh=True)
    return await _welcome(server, await server.accounts.refresh(wish.refresh, wish.device_id, address_of(request)))


@router.post("/auth/sign-out", status_code=204, responses=refusals({}))
async def sign_out(request: Request, wish: SignOut) -> Response:
    await _unhurried(request, is_refresh=True).accounts.sign_out(wish.refresh, address_of(request))
    return Response(status_code=204)


def _shown(request: Request, wish: Enrol) -> Credentials:
    return Credentials(wish.login, wish.password, "", address_of(request))


def _sign_on(server: Server) -> SignOn:
    """Raises RequestRefused: no_sign_on."""
    if server.sign_on is None:
        raise RequestRefused(404, "no_sign_on")
    return server.sign_on


def _unhurried(request: Request, *, is_refresh: bool = False) -> Server:
    """The server, for an address that has not asked too often. Raises RequestRefused: too_many_requests.

    A whole centre may be one address, and refreshes at once when the server comes back; passwords cost more.
    """
    server = server_of(request)
    require_pause(server.refresh_limits if is_refresh else server.sign_in_limits, address_of(request))
    return server


async def _welcome(server: Server, signed_in: SignedIn) -> Welcome:
    return Welcome(
        access=signed_in.tokens.access,
        access_expires_s=access_life_s(server.settings),
        refresh=signed_in.tokens.refresh,
        device_id=signed_in.device_id,
        agent=signed_in.agent,
        server_time=to_text(server.now()),
        unlock=server.handover.unlock(signed_in.agent["id"], signed_in.device_id),
        handover_public=server.handover.public,
        handover_key=server.handover.proof_key(signed_in.agent["id"], signed_in.device_id),
        provisioning=await server.provisioning.serial(),
    )
