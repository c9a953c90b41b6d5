"""Who has read an announcement, for who leads them (docs/api.md, GET /v1/announcements/{id}/readers)."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from agent_model.command import CommandKind
from agent_server.announcements import readers
from agent_server.api.requests import answer, caller_of, require_protocol, server_of
from agent_server.refusals import RequestRefused
from agent_server.rights import may_command
from agent_server.rows import fetch
from agent_server.tables import ID_LENGTH


async def readers_of(request: Request) -> Response:
    require_protocol(request)
    caller = await caller_of(request)
    if not may_command(caller.person.role, "announcement", CommandKind.UPDATE):
        raise RequestRefused(403, "not_allowed")
    row_id = request.path_params["row_id"]
    if len(row_id) > ID_LENGTH or "\x00" in row_id:
        raise RequestRefused(404, "not_found")
    async with server_of(request).database.reading() as connection:
        row = (await fetch(connection, "announcement", [row_id])).get(row_id)
        if row is None or not row.scopes & caller.scopes:
            raise RequestRefused(404, "not_found")
        found = await readers(connection, row, caller.person)
    return answer(request, {"version": row.version, "read_from": row.body["read_from"], "readers": found})


ROUTES: Final = (Route("/v1/announcements/{row_id}/readers", readers_of, methods=["GET"]),)
