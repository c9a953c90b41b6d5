"""Erasing a person, with two people and proof; legal holds (docs/privacy.md): who may, `rights` says."""

from typing import Annotated, Any, Final, Literal
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, StringConstraints

from agent_model.agent import Role
from agent_model.moment import zone_called
from agent_server.accounts import Caller
from agent_server.api.administration import Reason, Why, actor_of
from agent_server.api.openapi import refusals
from agent_server.api.requests import caller_of, server_of
from agent_server.api.sign_in import Strict
from agent_server.privacy.certificate import printed
from agent_server.refusals import RequestRefused
from agent_server.rights import MAY_ASK_ERASURE, MAY_DECIDE_ERASURE, MAY_HOLD
from agent_server.scopes import segments_in

router = APIRouter()

RowId = Annotated[str, StringConstraints(min_length=1, max_length=128, pattern=r"^[^\x00]*$")]
InPath = Annotated[str, Path(min_length=1, max_length=128, pattern=r"^[^\x00]*$")]
Language = Annotated[Literal["zh", "en"], Query()]
ZoneName = Annotated[str, Query(max_length=64, pattern=r"^[^\x00]*$")]

NOT_FOUND: Final = {403: ("not_allowed",), 404: ("not_found",)}


DECIDED: Final = {403: ("not_allowed", "own_wish"), 404: ("not_found",), 409: ("already_decided",)}


class ErasureWish(Strict):
    customer_id: RowId
    reason: Reason


class OneErasure(BaseModel):
    id: str
    customer_id: str
    state: str
    asked_by: str
    asked_at: str
    reason: str
    decided_by: str | None
    decided_at: str | None
    decision: str | None


class Held(BaseModel):
    reason: str
    by: str
    at: str


class KeptByDuty(BaseModel):
    """So many of something, until when the last of them, and why."""

    what: str
    count: int
    until: str
    reason: dict[str, str]


class Standing(BaseModel):
    hold: Held | None
    kept: list[KeptByDuty]


class AllErasures(BaseModel):
    erasures: list[OneErasure]


@router.post(
    "/privacy/erasures",
    status_code=201,
    responses=refusals(
        {**NOT_FOUND, 409: ("under_hold", "already_asked"), 422: ("bad_request", "reason_names_person")}
    ),
)
async def ask(request: Request, wish: ErasureWish) -> OneErasure:
    """Somebody else decides."""
    caller = await _caller_among(request, MAY_ASK_ERASURE)
    erasures = server_of(request).erasures
    asked = await erasures.ask(actor_of(request, caller), wish.customer_id, wish.reason, segments_in(caller.scopes))
    return OneErasure(**asked.to_plain())


@router.get("/privacy/erasures", responses=refusals({403: ("not_allowed",)}))
async def list_erasures(request: Request) -> AllErasures:
    """Those who only ask see their own."""
    caller = await _caller_among(request, MAY_ASK_ERASURE | MAY_DECIDE_ERASURE)
    sees_all = caller.person.role in MAY_DECIDE_ERASURE
    found = [one for one in await server_of(request).erasures.all() if sees_all or one.asked_by == caller.person.id]
    return AllErasures(erasures=[OneErasure(**one.to_plain()) for one in found])


@router.get("/privacy/erasures/{erasure_id}/standing", responses=refusals({**NOT_FOUND, 409: ("already_decided",)}))
async def standing(request: Request, erasure_id: InPath) -> Standing:
    """What stands before a wish that waits. Those who only ask know of their own."""
    caller = await _caller_among(request, MAY_ASK_ERASURE | MAY_DECIDE_ERASURE)
    asker = None if caller.person.role in MAY_DECIDE_ERASURE else caller.person.id
    return Standing(**await server_of(request).erasures.standing(erasure_id, asker))


@router.post(
    "/privacy/erasures/{erasure_id}/approve",
    responses=refusals(
        {
            403: ("not_allowed", "own_wish"),
            404: ("not_found",),
            409: ("under_hold", "already_decided"),
            422: ("bad_request", "reason_names_person"),
        }
    ),
)
async def approve(request: Request, erasure_id: InPath, wish: Why) -> OneErasure:
    """It begins at once, and the certificate is there when it is done."""
    return await _decide(request, erasure_id, wish.reason, is_approved=True)


@router.post(
    "/privacy/erasures/{erasure_id}/decline",
    responses=refusals(
        {
            403: ("not_allowed", "own_wish"),
            404: ("not_found",),
            409: ("already_decided",),
            422: ("bad_request", "reason_names_person"),
        }
    ),
)
async def decline(request: Request, erasure_id: InPath, wish: Why) -> OneErasure:
    return await _decide(request, erasure_id, wish.reason, is_approved=False)


@router.get("/privacy/erasures/{erasure_id}/certificate", responses=refusals({**NOT_FOUND, 409: ("not_yet",)}))
async def certificate(request: Request, erasure_id: InPath) -> dict[str, Any]:
    return await _certificate(request, erasure_id)


@router.get(
    "/privacy/erasures/{erasure_id}/certificate/text",
    response_class=PlainTextResponse,
    responses=refusals({**NOT_FOUND, 409: ("not_yet",)}),
)
async def certificate_to_print(
    request: Request, erasure_id: InPath, language: Language = "zh", zone: ZoneName = ""
) -> PlainTextResponse:
    """On the site's clock where no zone is said, or one that is not known here."""
    clock = zone_called(zone) or server_of(request).settings.site_zone
    return PlainTextResponse(printed(await _certificate(request, erasure_id), language, clock))


@router.post(
    "/privacy/customers/{customer_id}/hold",
    status_code=204,
    responses=refusals({**NOT_FOUND, 409: ("already_held",)}),
)
async def hold(request: Request, customer_id: InPath, wish: Why) -> Response:
    """Nothing of the customer is erased until it is lifted."""
    caller = await _caller_among(request, MAY_HOLD)
    server = server_of(request)
    heads = await server.holds.put(actor_of(request, caller), customer_id, wish.reason, segments_in(caller.scopes))
    server.pokes.moved(heads)
    return Response(status_code=204)


@router.post(
    "/privacy/customers/{customer_id}/hold/lift",
    status_code=204,
    responses=refusals({**NOT_FOUND, 409: ("not_held",)}),
)
async def lift(request: Request, customer_id: InPath, wish: Why) -> Response:
    caller = await _caller_among(request, MAY_HOLD)
    server = server_of(request)
    heads = await server.holds.lift(actor_of(request, caller), customer_id, wish.reason, segments_in(caller.scopes))
    server.pokes.moved(heads)
    return Response(status_code=204)


class ExportWish(ErasureWish):
    pass


class AllExports(BaseModel):
    exports: list[OneErasure]


@router.post(
    "/privacy/exports",
    status_code=201,
    responses=refusals({**NOT_FOUND, 422: ("bad_request", "reason_names_person")}),
)
async def ask_export(request: Request, wish: ExportWish) -> OneErasure:
    """A copy of everything that is kept about a customer. Somebody else decides."""
    caller = await _caller_among(request, MAY_ASK_ERASURE)
    exports = server_of(request).person_exports
    asked = await exports.ask(actor_of(request, caller), wish.customer_id, wish.reason, segments_in(caller.scopes))
    return OneErasure(**asked.to_plain())


@router.get("/privacy/exports", responses=refusals({403: ("not_allowed",)}))
async def list_exports(request: Request) -> AllExports:
    """Those who only ask see their own."""
    caller = await _caller_among(request, MAY_ASK_ERASURE | MAY_DECIDE_ERASURE)
    sees_all = caller.person.role in MAY_DECIDE_ERASURE
    found = [
        one for one in await server_of(request).person_exports.all() if sees_all or one.asked_by == caller.person.id
    ]
    return AllExports(exports=[OneErasure(**one.to_plain()) for one in found])


@router.post("/privacy/exports/{export_id}/approve", responses=refusals(DECIDED))
async def approve_export(request: Request, export_id: InPath, wish: Why) -> OneErasure:
    """Who asked may fetch it for seven days."""
    return await _decide_export(request, export_id, wish.reason, is_approved=True)


@router.post("/privacy/exports/{export_id}/decline", responses=refusals(DECIDED))
async def decline_export(request: Request, export_id: InPath, wish: Why) -> OneErasure:
    return await _decide_export(request, export_id, wish.reason, is_approved=False)


@router.get(
    "/privacy/exports/{export_id}/file",
    response_class=Response,
    responses={200: {"content": {"application/zip": {}}}, **refusals({**NOT_FOUND, 409: ("not_yet", "too_late")})},
)
async def export_file(request: Request, export_id: InPath) -> Response:
    """The ZIP, for who asked; each time is a line of the audit trail."""
    caller = await _caller_among(request, MAY_ASK_ERASURE)
    server = server_of(request)
    content = await server.person_exports.file(
        actor_of(request, caller), export_id, caller.sight, segments_in(caller.scopes), server.handover.opened
    )
    headers = {"Content-Disposition": f'attachment; filename="person-{quote(export_id, safe="")}.zip"'}
    return Response(content, media_type="application/zip", headers={**headers, "Cache-Control": "no-store"})


async def _decide_export(request: Request, export_id: str, reason: str, *, is_approved: bool) -> OneErasure:
    caller = await _caller_among(request, MAY_DECIDE_ERASURE)
    exports = server_of(request).person_exports
    found = await exports.decide(actor_of(request, caller), export_id, reason, is_approved=is_approved)
    return OneErasure(**found.to_plain())


async def _decide(request: Request, erasure_id: str, reason: str, *, is_approved: bool) -> OneErasure:
    caller = await _caller_among(request, MAY_DECIDE_ERASURE)
    server = server_of(request)
    found = await server.erasures.decide(actor_of(request, caller), erasure_id, reason, is_approved=is_approved)
    if is_approved:
        server.erasure_work.soon()
    return OneErasure(**found.to_plain())


async def _certificate(request: Request, erasure_id: str) -> dict[str, Any]:
    await _caller_among(request, MAY_ASK_ERASURE | MAY_DECIDE_ERASURE)
    return dict(await server_of(request).erasures.certificate(erasure_id))


async def _caller_among(request: Request, roles: frozenset[Role]) -> Caller:
    caller = await caller_of(request)
    if caller.person.role not in roles:
        raise RequestRefused(403, "not_allowed")
    return caller
