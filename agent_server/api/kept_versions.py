"""The versions of what people change of the company, for who may change it (docs/api.md, GET …/versions)."""

from collections.abc import Awaitable, Callable
from typing import Final

from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from agent_model.command import CommandKind
from agent_server import tables
from agent_server.api.requests import answer, caller_of, require_protocol, server_of
from agent_server.refusals import RequestRefused
from agent_server.rights import may_command

MOST_VERSIONS: Final = 100


def _versions_of(entity: str, written_as: str = "") -> Callable[[Request], Awaitable[Response]]:
    async def versions(request: Request) -> Response:
        """The newest first."""
        require_protocol(request)
        caller = await caller_of(request)
        if not may_command(caller.person.role, written_as or entity, CommandKind.UPDATE):
            raise RequestRefused(403, "not_allowed")
        row_id = request.path_params["row_id"]
        if len(row_id) > tables.ID_LENGTH or "\x00" in row_id:
            raise RequestRefused(404, "not_found")
        kept = tables.kept_version
        query = select(kept.c.version, kept.c.body).where(kept.c.entity == entity, kept.c.row_id == row_id)
        async with server_of(request).database.reading() as connection:
            found = await connection.execute(query.order_by(kept.c.version.desc()).limit(MOST_VERSIONS))
            return answer(request, {"versions": [{"version": row.version, "body": row.body} for row in found]})

    return versions


ROUTES: Final = (
    Route("/sync/v1/articles/{row_id}/versions", _versions_of("article", "article_draft"), methods=["GET"]),
    Route("/sync/v1/questions/{row_id}/versions", _versions_of("question"), methods=["GET"]),
    Route("/sync/v1/question-keys/{row_id}/versions", _versions_of("question_key"), methods=["GET"]),
    Route("/sync/v1/signal-rules/{row_id}/versions", _versions_of("signal_rule"), methods=["GET"]),
    Route("/sync/v1/macros/{row_id}/versions", _versions_of("macro"), methods=["GET"]),
    Route("/sync/v1/synonyms/{row_id}/versions", _versions_of("synonym"), methods=["GET"]),
    Route("/sync/v1/dispositions/{row_id}/versions", _versions_of("wrap_up_code"), methods=["GET"]),
    Route("/sync/v1/queues/{row_id}/versions", _versions_of("queue"), methods=["GET"]),
)
