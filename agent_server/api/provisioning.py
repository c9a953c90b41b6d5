"""What workstations are set up with: told to whoever is signed in, decided by administrators (docs/api.md)."""

from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from starlette.responses import Response
from starlette.routing import Route

from agent_server.api.administration import Why, actor_of
from agent_server.api.openapi import refusals
from agent_server.api.requests import answer, caller_of, require_protocol, server_of
from agent_server.provisioning import LEAST_DAYS, MOST_DAYS, USUAL_DAYS, BadProvisioning, public_key
from agent_server.refusals import RequestRefused
from agent_server.rights import MAY_PROVISION

router = APIRouter()


class Wish(Why):
    keys: dict[str, Any]
    valid_days: int = Field(USUAL_DAYS, ge=LEAST_DAYS, le=MOST_DAYS)


class Decided(BaseModel):
    serial: int


class Standing(BaseModel):
    serial: int
    keys: dict[str, Any]
    valid_days: int
    made_at: str
    made_by: str
    key: str


@router.get("/admin/provisioning", responses=refusals({403: ("not_allowed",), 404: ("not_found",)}))
async def what_stands(request: Request) -> Standing:
    await _administrator(request)
    server = server_of(request)
    stands = await server.provisioning.standing()
    if stands is None:
        raise RequestRefused(404, "not_found")
    return Standing(
        serial=stands.serial,
        keys=dict(stands.keys),
        valid_days=stands.valid_days,
        made_at=stands.made_at,
        made_by=stands.made_by,
        key=public_key(server.settings.home),
    )


@router.put("/admin/provisioning", responses=refusals({403: ("not_allowed",), 422: ("bad_request",)}))
async def decide(request: Request, wish: Wish) -> Decided:
    caller = await _administrator(request)
    desk = server_of(request).provisioning
    try:
        serial = await desk.decide(actor_of(request, caller), wish.keys, wish.valid_days, wish.reason)
    except BadProvisioning as error:
        raise RequestRefused(422, "bad_request", field=str(error)[:64]) from error
    return Decided(serial=serial)


async def told(request: Request) -> Response:
    """To a workstation, signed."""
    require_protocol(request)
    await caller_of(request)
    signed = await server_of(request).provisioning.signed()
    if signed is None:
        raise RequestRefused(404, "not_found")
    return answer(request, signed)


async def _administrator(request: Request) -> Any:
    caller = await caller_of(request)
    if caller.person.role not in MAY_PROVISION:
        raise RequestRefused(403, "not_allowed")
    return caller


ROUTES = [Route("/sync/v1/provisioning", told, methods=["GET"])]
