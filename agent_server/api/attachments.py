"""The bytes of an attachment, for who may see its ticket; who opened it stands in the audit trail first."""

from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from agent_server.api.requests import address_of, caller_of, require_protocol, server_of
from agent_server.audit import Act, Deed

PATH: Final = "/sync/v1/attachments/{ticket_id}/{attachment_id}"


async def give(request: Request) -> Response:
    require_protocol(request)
    caller = await caller_of(request)
    server = server_of(request)
    ticket_id, attachment_id = request.path_params["ticket_id"], request.path_params["attachment_id"]
    given = await server.attachments.open(caller, ticket_id, attachment_id)
    line = Act(
        Deed.ATTACHMENT_OPENED, caller.person.id, ticket_id, attachment_id[:64], given.name,
        caller.device_id, address_of(request),
    )  # fmt: skip
    async with server.database.writing() as connection:
        await server.accounts.audit.append(connection, line)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(given.name)}",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(given.content, headers=headers, media_type="application/octet-stream")


ROUTES: Final = (Route(PATH, give, methods=["GET"]),)
