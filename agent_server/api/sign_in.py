"""Signing in and out, and health: the part of the surface that needs no access token."""

import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, StringConstraints

import agent_server
from agent_model.moment import to_text
from agent_server.accounts import access_life_s
from agent_server.api.requests import server_of

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


class NewTokens(BaseModel):
    access: str
    access_expires_s: int
    refresh: str
    server_time: str


class SignedIn(NewTokens):
    device_id: str
    agent: dict[str, Any]


@router.get("/health")
async def health(request: Request) -> Health:
    return Health(status="ok", version=agent_server.__version__, epoch=server_of(request).epoch)


@router.post("/auth/sign-in")
async def sign_in(request: Request, wish: SignIn) -> SignedIn:
    server = server_of(request)
    device_id = wish.device_id or str(uuid.uuid4())
    tokens, agent = await server.accounts.sign_in(wish.login, wish.password, device_id)
    return SignedIn(
        access=tokens.access,
        access_expires_s=access_life_s(server.settings),
        refresh=tokens.refresh,
        server_time=to_text(server.now()),
        device_id=device_id,
        agent=agent,
    )


@router.post("/auth/refresh")
async def refresh(request: Request, wish: Refresh) -> NewTokens:
    server = server_of(request)
    tokens = await server.accounts.refresh(wish.refresh, wish.device_id)
    return NewTokens(
        access=tokens.access,
        access_expires_s=access_life_s(server.settings),
        refresh=tokens.refresh,
        server_time=to_text(server.now()),
    )


@router.post("/auth/sign-out", status_code=204)
async def sign_out(request: Request, wish: SignOut) -> Response:
    await server_of(request).accounts.sign_out(wish.refresh)
    return Response(status_code=204)
