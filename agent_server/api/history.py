"""What a ticket or a customer went through, for who holds it (docs/api.md, GET /v1/history/{entity}/{id})."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from agent_server.api.requests import answer, caller_of, require_protocol, server_of, whole_number_of
from agent_server.refusals import RequestRefused
from agent_server.row_changes import TRACED, history
from agent_server.rows import fetch
from agent_server.tables import ID_LENGTH

HIGHEST: Final = 2**31 - 1


async def row_history(request: Request) -> Response:
    """A page, the newest first; the next one is asked for with `before`."""
    require_protocol(request)
    caller = await caller_of(request)
    entity, row_id = request.path_params["entity"], request.path_params["row_id"]
    before = whole_number_of(request, "before", HIGHEST, 1, HIGHEST)
    if entity not in TRACED or len(row_id) > ID_LENGTH or "\x00" in row_id:
        raise RequestRefused(404, "not_found")
    async with server_of(request).database.reading() as connection:
        row = (await fetch(connection, entity, [row_id], with_names=caller.sight.hides_names)).get(row_id)
        if row is None or not row.scopes & caller.scopes:
            raise RequestRefused(404, "not_found")
        return answer(request, await history(connection, row, before, caller.sight))


ROUTES: Final = (Route("/v1/history/{entity}/{row_id}", row_history, methods=["GET"]),)
