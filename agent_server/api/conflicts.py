"""What two people changed, and who decides (docs/api.md, GET /sync/v1/conflicts)."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from agent_server.api.commands import is_modest
from agent_server.api.requests import (
    address_of,
    answer,
    caller_of,
    json_of,
    require_only,
    require_protocol,
    server_of,
)
from agent_server.conflicts import Decision, Take
from agent_server.refusals import RequestRefused

LONGEST_CURSOR: Final = 200
LONGEST_OP_ID: Final = 64
OPS_AT_ONCE: Final = 50


async def open_conflicts(request: Request) -> Response:
    require_protocol(request)
    caller = await caller_of(request)
    after = request.query_params.get("after", "")
    if len(after) > LONGEST_CURSOR or "\x00" in after:
        raise RequestRefused(422, "bad_request", field="after")
    return answer(request, await server_of(request).conflicts.open(caller, after))


async def decided(request: Request) -> Response:
    require_protocol(request)
    caller = await caller_of(request)
    asked = request.query_params.getlist("op_ids")
    op_ids = asked[0].split(",") if len(asked) == 1 else []
    if not 0 < len(op_ids) <= OPS_AT_ONCE or not all(map(_is_op_id, op_ids)):
        raise RequestRefused(422, "bad_request", field="op_ids")
    return answer(request, {"decided": await server_of(request).conflicts.decided(caller, op_ids)})


async def resolve(request: Request) -> Response:
    require_protocol(request)
    caller = await caller_of(request)
    decision = _decision_of(await json_of(request))
    conflict_id = request.path_params["conflict_id"]
    if len(conflict_id) > LONGEST_CURSOR or "\x00" in conflict_id:
        raise RequestRefused(404, "not_found")
    server = server_of(request)
    resolved = await server.conflicts.resolve(conflict_id, caller, decision, address_of(request))
    server.pokes.moved(resolved.heads)
    return answer(request, {"id": conflict_id, "value": resolved.value, "version": resolved.version})


def _is_op_id(text: str) -> bool:
    return 0 < len(text) <= LONGEST_OP_ID and "\x00" not in text


def _decision_of(content: dict[str, Any]) -> Decision:
    require_only(content, "take", "seen", "value")
    take = content.get("take")
    if not isinstance(take, str) or take not in list(Take):
        raise RequestRefused(422, "bad_request", field="take")
    if "seen" not in content:
        raise RequestRefused(422, "bad_request", field="seen")
    if ("value" in content) != (take == Take.OTHER) or not is_modest((content.get("value"), None)):
        raise RequestRefused(422, "bad_request", field="value")
    return Decision(Take(take), content["seen"], content.get("value"))


ROUTES: Final = (
    Route("/sync/v1/conflicts", open_conflicts, methods=["GET"]),
    Route("/sync/v1/conflicts/decided", decided, methods=["GET"]),
    Route("/sync/v1/conflicts/{conflict_id}/resolve", resolve, methods=["POST"]),
)
