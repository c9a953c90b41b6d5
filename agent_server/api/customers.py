"""Who is calling: customers by number, for a caller the workstation does not know."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from agent_model.secret import IN_TEXTS
from agent_server.api.requests import (
    address_of,
    answer,
    caller_of,
    json_of,
    require_only,
    require_pause,
    require_protocol,
    server_of,
    text_of,
)
from agent_server.audit import LONGEST_REASON, Act, Deed
from agent_server.duplicates import duplicates_in
from agent_server.lookup import customers_by_number, sensitive_value
from agent_server.refusals import RequestRefused
from agent_server.rights import MAY_FIND_CUSTOMERS, MAY_MOVE_CUSTOMERS
from agent_server.scopes import segments_in
from agent_server.sight import is_sensitive

LONGEST_NUMBER: Final = 64
LONGEST_ID: Final = 128
LARGEST_POSITION: Final = 1000
PURPOSES: Final = {"look": Deed.REVEALED, "dial": Deed.DIALLED}


async def find_customers(request: Request) -> Response:
    require_protocol(request)
    caller = await caller_of(request)
    if caller.person.role not in MAY_FIND_CUSTOMERS:
        raise RequestRefused(403, "not_allowed")
    number = request.query_params.get("number", "")
    if not number.strip() or len(number) > LONGEST_NUMBER or "\x00" in number:
        raise RequestRefused(422, "bad_request", field="number")
    server = server_of(request)
    if caller.sight.hides_numbers:  # else the masked digits could be tried out one after the other
        require_pause(server.lookup_limits, caller.person.id)
    segments = segments_in(caller.scopes)
    found = await customers_by_number(server.database, number, server.settings.dial_plan, segments, caller.sight)
    return answer(request, {"customers": found})


async def list_duplicates(request: Request) -> Response:
    """Who may be the same person among everybody the caller may see, for who may merge them over groups."""
    require_protocol(request)
    caller = await caller_of(request)
    if caller.person.role not in MAY_MOVE_CUSTOMERS:
        raise RequestRefused(403, "not_allowed")
    async with server_of(request).database.reading() as connection:
        return answer(request, {"duplicates": await duplicates_in(connection, segments_in(caller.scopes))})


async def reveal(request: Request) -> Response:
    """One number, said to who gives a reason; who, when and why stands in the audit trail before it is said."""
    require_protocol(request)
    caller = await caller_of(request)
    if caller.person.role not in MAY_FIND_CUSTOMERS:
        raise RequestRefused(403, "not_allowed")
    content = await json_of(request)
    require_only(content, "field", "position", "purpose", "reason")
    field, reason = text_of(content, "field", LONGEST_NUMBER), text_of(content, "reason", LONGEST_REASON)
    deed = PURPOSES.get(str(content.get("purpose", "look")))
    position = content.get("position", 0)
    wrong = {
        "field": not is_sensitive("customer", field, IN_TEXTS | caller.sight.kinds),
        "reason": not reason.strip(),
        "purpose": deed is None,
        "position": type(position) is not int or not 0 <= position <= LARGEST_POSITION,
    }
    if deed is None or any(wrong.values()):
        raise RequestRefused(422, "bad_request", field=next(name for name, is_wrong in wrong.items() if is_wrong))
    server = server_of(request)
    require_pause(server.reveal_limits, caller.person.id)
    customer_id = request.path_params["customer_id"]
    segments = segments_in(caller.scopes)
    value = None
    if len(customer_id) <= LONGEST_ID and "\x00" not in customer_id:
        value = await sensitive_value(server.database, customer_id, field, position, segments)
    if value is None:
        raise RequestRefused(404, "not_found")
    told = Act(deed, caller.person.id, customer_id, field, reason, caller.device_id, address_of(request))
    await server.accounts.audit.note(told)
    return answer(request, {"value": value})


ROUTES: Final = (
    Route("/customers", find_customers, methods=["GET"]),
    Route("/customers/duplicates", list_duplicates, methods=["GET"]),
    Route("/customers/{customer_id}/reveal", reveal, methods=["POST"]),
)
