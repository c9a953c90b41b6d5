"""The versions of a rule of signals, for who may change it (docs/api.md, GET /sync/v1/signal-rules/{id}/versions)."""

from typing import Final

from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from agent_server import tables
from agent_server.api.requests import answer, caller_of, require_protocol, server_of
from agent_server.judging.signal_rules import MAY_CHANGE
from agent_server.refusals import RequestRefused

MOST_VERSIONS: Final = 100


async def versions(request: Request) -> Response:
    """The newest first."""
    require_protocol(request)
    caller = await caller_of(request)
    if caller.person.role not in MAY_CHANGE:
        raise RequestRefused(403, "not_allowed")
    rule_id = request.path_params["rule_id"]
    if len(rule_id) > tables.ID_LENGTH or "\x00" in rule_id:
        raise RequestRefused(404, "not_found")
    kept = tables.kept_version
    query = select(kept.c.version, kept.c.body).where(kept.c.entity == "signal_rule", kept.c.row_id == rule_id)
    async with server_of(request).database.reading() as connection:
        found = await connection.execute(query.order_by(kept.c.version.desc()).limit(MOST_VERSIONS))
        return answer(request, {"versions": [{"version": row.version, "body": row.body} for row in found]})


ROUTES: Final = (Route("/sync/v1/signal-rules/{rule_id}/versions", versions, methods=["GET"]),)
