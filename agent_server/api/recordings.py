"""Recordings of calls, for who may hear them: the keys, which stand in the audit trail first, and the sealed bytes."""

from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from agent_server.api.requests import address_of, caller_of, require_protocol, require_range, server_of
from agent_server.audit import Act, Deed

PATH: Final = "/sync/v1/recordings/{contact_id}"


async def tell(request: Request) -> Response:
    require_protocol(request)
    caller = await caller_of(request)
    server = server_of(request)
    contact_id = request.path_params["contact_id"]
    found = await server.recordings.of(caller, contact_id)
    given = [one for one in found if one.key is not None]
    if given:
        async with server.database.writing() as connection:
            for one in given:
                line = Act(
                    Deed.RECORDING_GIVEN, caller.person.id, contact_id, one.id, "", caller.device_id,
                    address_of(request),
                )  # fmt: skip
                await server.accounts.audit.append(connection, line)
    return JSONResponse({"recordings": [one.to_plain() for one in found]}, headers={"Cache-Control": "no-store"})


async def give(request: Request) -> Response:
    require_protocol(request)
    caller = await caller_of(request)
    params = request.path_params
    path = await server_of(request).recordings.file(caller, params["contact_id"], params["recording_id"])
    require_range(request, path.stat().st_size)
    return FileResponse(path, media_type="application/octet-stream", headers={"Cache-Control": "no-store"})


ROUTES: Final = (
    Route(PATH, tell, methods=["GET"]),
    Route(PATH + "/{recording_id}", give, methods=["GET"]),
)
