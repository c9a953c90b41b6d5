"""Who is calling: customers by number, for a caller the workstation does not know."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from agent_server.api.requests import answer, caller_of, require_protocol, server_of
from agent_server.lookup import customers_by_number
from agent_server.refusals import RequestRefused
from agent_server.rights import MAY_FIND_CUSTOMERS
from agent_server.scopes import segments_in

LONGEST_NUMBER: Final = 64


async def find_customers(request: Request) -> Response:
    require_protocol(request)
    caller = await caller_of(request)
    if caller.person.role not in MAY_FIND_CUSTOMERS:
        raise RequestRefused(403, "not_allowed")
    number = request.query_params.get("number", "")
    if not number.strip() or len(number) > LONGEST_NUMBER or "\x00" in number:
        raise RequestRefused(422, "bad_request", field="number")
    server = server_of(request)
    segments = segments_in(caller.scopes)
    found = await customers_by_number(server.database, number, server.settings.dial_plan, segments, caller.sight)
    return answer(request, {"customers": found})


ROUTES: Final = (Route("/customers", find_customers, methods=["GET"]),)
