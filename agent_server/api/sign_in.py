"""Signing in and out, and health: the part of the surface that needs no access token."""

import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, StringConstraints

import agent_server
from agent_model.moment import to_text
from agent_server.accounts import SignedIn, access_life_s
from agent_server.api.requests import server_of
from agent_server.server import Server

router = APIRouter()

Login = Annotated[str, StringConstraints(min_length=1, max_length=128, pattern=r"^[^\x00]*$")]
Password = Annotated[str, StringConstraints(min_length=1, max_length=1024)]
DeviceId = Annotated[str, StringConstraints(max_length=64, pattern=r"^[^\x00]*$")]
Token = Annotated[str, StringConstraints(min_length=1, max_length=256)]


class Strict(BaseModel):
    model_config = ConfigDict(strict=True)


class SignIn(Strict):
    """`device_id` is the one this workstation was given before, or nothing: then it gets one."""

    login: Login
    password: Password
    device_id: DeviceId | None = None


class Refresh(Strict):
    refresh: Token
    device_id: DeviceId | None = None


class SignOut(Strict):
    refresh: Token


class Health(BaseModel):
    status: str
    version: str
    epoch: str


class Welcome(BaseModel):
    access: str
    access_expires_s: int
    refresh: str
    device_id: str
    agent: dict[str, Any]
    server_time: str


@router.get("/health")
async def health(request: Request) -> Health:
    return Health(status="ok", version=agent_server.__version__, epoch=server_of(request).epoch)


@router.post("/auth/sign-in")
async def sign_in(request: Request, wish: SignIn) -> Welcome:
    server = server_of(request)
    device_id = wish.device_id or str(uuid.uuid4())
    return _welcome(server, await server.accounts.sign_in(wish.login, wish.password, device_id))


@router.post("/auth/refresh")
async def refresh(request: Request, wish: Refresh) -> Welcome:
    server = server_of(request)
    return _welcome(server, await server.accounts.refresh(wish.refresh, wish.device_id))


@router.post("/auth/sign-out", status_code=204)
async def sign_out(request: Request, wish: SignOut) -> Response:
    await server_of(request).accounts.sign_out(wish.refresh)
    return Response(status_code=204)


def _welcome(server: Server, signed_in: SignedIn) -> Welcome:
    return Welcome(
        access=signed_in.tokens.access,
        access_expires_s=access_life_s(server.settings),
        refresh=signed_in.tokens.refresh,
        device_id=signed_in.device_id,
        agent=signed_in.agent,
        server_time=to_text(server.now()),
    )
