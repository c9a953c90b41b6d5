"""Gaps of the knowledge base for who writes it, and one person's searches for who leads them (docs/api.md)."""

from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from agent_model.moment import from_text
from agent_model.scope import EDITORS
from agent_server.api.requests import (
    address_of,
    answer,
    caller_of,
    require_protocol,
    server_of,
    whole_number_of,
)
from agent_server.refusals import RequestRefused
from agent_server.tables import ID_LENGTH, MOMENT_LENGTH

DAYS: Final = 30
MOST_DAYS: Final = 90


async def gaps(request: Request) -> Response:
    require_protocol(request)
    caller = await caller_of(request)
    if EDITORS not in caller.scopes:
        raise RequestRefused(403, "not_allowed")
    days = whole_number_of(request, "days", DAYS, 1, MOST_DAYS)
    return answer(request, await server_of(request).gaps.open(days))


async def searches(request: Request) -> Response:
    require_protocol(request)
    caller = await caller_of(request)
    person = request.path_params["person"]
    if len(person) > ID_LENGTH or "\x00" in person:
        raise RequestRefused(404, "unknown_person")
    since = _moment_of(request, "since")
    return answer(request, await server_of(request).searches.searches_of(caller, person, since, address_of(request)))


def _moment_of(request: Request, name: str) -> datetime:
    text = request.query_params.get(name, "")
    try:
        if len(text) > MOMENT_LENGTH:
            raise ValueError(text)
        return from_text(text)
    except (ValueError, OverflowError) as error:
        raise RequestRefused(422, "bad_request", field=name) from error


ROUTES: Final = (
    Route("/sync/v1/gaps", gaps, methods=["GET"]),
    Route("/sync/v1/searches/{person}", searches, methods=["GET"]),
)
