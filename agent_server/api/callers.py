"""An exchange asks who is calling before they wait in a queue (docs/exchange.md)."""

from typing import Final
from urllib.parse import parse_qs, urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from agent_server.api.requests import server_of
from agent_server.refusals import RequestRefused

LONGEST: Final = 64
LONGEST_BODY: Final = 1024
FORM: Final = "application/x-www-form-urlencoded"
FIELDS: Final = ("number", "queue")


async def caller(request: Request) -> Response:
    """As a form, which a dialplan can read; never on record and never in a log, which would keep every number."""
    server = server_of(request)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    exchange = server.callers.exchange_with(token.strip()) if scheme.lower() == "bearer" else None
    if exchange is None:
        raise RequestRefused(401, "not_signed_in")
    body = await request.body()
    try:
        sent = parse_qs(body.decode(), keep_blank_values=True, strict_parsing=True, max_num_fields=len(FIELDS))
    except ValueError as error:
        raise RequestRefused(422, "bad_request") from error
    for name in FIELDS:
        values = sent.get(name, [])
        if len(values) != 1 or not 0 < len(values[0]) <= LONGEST or not values[0].isprintable():
            raise RequestRefused(422, "bad_request", field=name)
    known = await server.callers.known(exchange, sent["number"][0], sent["queue"][0])
    told = {
        "priority": known.priority, "tier": known.tier, "language": known.language, "extension": known.extension,
    }  # fmt: skip
    return Response(urlencode(told), 200, {"Cache-Control": "no-store"}, FORM)


ROUTES: Final = (Route("/floor/v1/callers", caller, methods=["POST"]),)
