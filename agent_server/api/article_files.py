"""The bytes of a picture or another file of articles, for who may read an article that names it."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from agent_server.api.requests import caller_of, part_of, require_protocol, server_of

PATH: Final = "/sync/v1/article-files/{file_id}"


async def give(request: Request) -> Response:
    require_protocol(request)
    caller = await caller_of(request)
    given = await server_of(request).article_files.open(caller, request.path_params["file_id"])
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Content-Disposition": "attachment"}
    return part_of(request, given.content, headers)


ROUTES: Final = (Route(PATH, give, methods=["GET"]),)
