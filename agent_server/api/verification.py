"""Whether a workstation holds what the server holds (docs/api.md, GET /sync/v1/verify)."""

import gzip
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from agent_model.fingerprint import BUCKETS, MOST_BUCKETS
from agent_server.api.requests import (
    answer,
    caller_of,
    held_scope,
    require_pause,
    require_protocol,
    server_of,
    whole_number_of,
)
from agent_server.refusals import RequestRefused

MOST_AT_ONCE: Final = 8
LONGEST_LIST: Final = 64


async def verify(request: Request) -> Response:
    require_protocol(request)
    caller = await caller_of(request)
    scope = held_scope(caller, request.query_params.get("scope", ""))
    buckets = whole_number_of(request, "buckets", BUCKETS, 1, MOST_BUCKETS)
    require_pause(server_of(request).verify_limits, caller.session_id)
    verified = await server_of(request).verification.of(scope, buckets)
    return answer(request, verified.to_plain())


async def bucket_rows(request: Request) -> Response:
    require_protocol(request)
    caller = await caller_of(request)
    scope = held_scope(caller, request.query_params.get("scope", ""))
    buckets = whole_number_of(request, "buckets", BUCKETS, 1, MOST_BUCKETS)
    wanted = _wanted(request, buckets)
    require_pause(server_of(request).verify_limits, caller.session_id)
    packed = await server_of(request).verification.rows(scope, buckets, wanted, caller.sight)
    headers = {"Content-Type": "application/json", "Cache-Control": "no-store", "Vary": "Accept-Encoding"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(gzip.decompress(packed), headers=headers)
    return Response(packed, headers=headers | {"Content-Encoding": "gzip"})


def _wanted(request: Request, buckets: int) -> frozenset[int]:
    text = request.query_params.get("bucket", "")
    parts = text.split(",") if len(text) <= LONGEST_LIST else []
    are_numbers = all(part.isascii() and part.isdigit() and int(part) < buckets for part in parts)
    if not parts or not are_numbers or len(parts) > MOST_AT_ONCE:
        raise RequestRefused(422, "bad_request", field="bucket")
    return frozenset(map(int, parts))


ROUTES: Final = (
    Route("/sync/v1/verify", verify, methods=["GET"]),
    Route("/sync/v1/verify/rows", bucket_rows, methods=["GET"]),
)
