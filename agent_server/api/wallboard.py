"""The wallboard as a page for televisions: read only, live, without anything of customers or of single agents."""

import base64
import hashlib
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import orjson
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from agent_model.agent import QueueId
from agent_model.alert import Alert
from agent_model.body import to_body
from agent_model.floor_bound import bounds_in_force
from agent_model.floor_figures import Figure, FloorFigures, FloorTrend
from agent_model.moment import to_text
from agent_model.organisation import Queue
from agent_model.wallboard import Shown, common_bounds, people_in, shown, together, trend_of, worst
from agent_model.words import Words
from agent_server.api.requests import server_of
from agent_server.refusals import RequestRefused
from agent_server.server import Server

PAGE: Final = (Path(__file__).parent / "wallboard.html").read_bytes()
_SCRIPT: Final = b"".join(re.findall(rb"<script>(.*?)</script>", PAGE, re.DOTALL))
_ALLOWED: Final = base64.b64encode(hashlib.sha256(_SCRIPT).digest()).decode()
HEADERS: Final = {
    "Content-Security-Policy": (
        f"default-src 'none'; script-src 'sha256-{_ALLOWED}'; style-src 'unsafe-inline'; connect-src 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


async def page(_request: Request) -> Response:
    return Response(PAGE, 200, HEADERS, "text/html; charset=utf-8")


async def live(request: Request) -> Response:
    server = server_of(request)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not await server.televisions.may_show(token.strip()):
        raise RequestRefused(401, "not_signed_in")
    return StreamingResponse(
        _told(server, token.strip()), 200, {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}, "text/event-stream"
    )


async def _told(server: Server, token: str) -> AsyncIterator[bytes]:
    """Until the television goes, its token is revoked, or the server ends."""
    with server.wall.watch() as newer:
        while not server.wall.is_over and await server.televisions.may_show(token):
            figures = server.wall.figures
            if figures is not None:
                told = board(figures, server.wall.trend, server.wall.known)
                told |= {"alerts": alerts_shown(server.alerts.standing, server.wall.known, server.wall.teams)}
                yield b"data: " + orjson.dumps(told) + b"\n\n"
            await newer.wait()
            newer.clear()


def board(figures: FloorFigures, trend: FloorTrend, known: Mapping[str, Queue]) -> dict[str, Any]:
    """All queues together and each by itself, every figure with how it stands."""
    bounds = {
        id_: bounds_in_force(one.bounds, one.service_level_s, one.service_level_target) for id_, one in known.items()
    }
    queues = [one for one in figures.queues if one.queue in known]
    every, people = together(figures, queues), people_in(figures, queues)
    all_bounds = common_bounds([bounds[one.queue] for one in queues])
    lines = []
    for one in queues:
        found = shown(one, bounds[one.queue], figures.at, is_reached=figures.is_reached)
        lines.append(
            {
                "name": to_body(known[one.queue].name),
                "figures": _figures(found),
                "ready": one.seats.ready,
                "at_work": one.seats.all,
                "grade": worst(found).value,
            }
        )
    points = trend_of(trend, frozenset(QueueId(one.queue) for one in queues))
    return {
        "at": to_text(figures.at),
        "is_reached": figures.is_reached,
        "figures": _figures(shown(every, all_bounds, figures.at, is_reached=figures.is_reached)),
        "seats": [people.ready, people.on_call, people.after_call_work, people.on_break],
        "queues": lines,
        "trend": [[to_text(slot.at), slot.asked, slot.answered, slot.service_level] for slot in points],
        "target": all_bounds[Figure.SERVICE_LEVEL].warn / 100 if Figure.SERVICE_LEVEL in all_bounds else None,
    }


def alerts_shown(
    standing: Sequence[tuple[frozenset[str], Alert]], known: Mapping[str, Queue], teams: Mapping[str, Words]
) -> Sequence[Mapping[str, Any]]:
    """What stands, the worst first. Nobody reads on a wall who it was: of the agents of a team only how many."""
    lines: dict[tuple[str, str, frozenset[str]], dict[str, Any]] = {}
    for told_to, one in standing:
        of_teams = told_to if one.agent or not one.queue else frozenset()
        line = lines.setdefault(
            (one.rule, one.queue, of_teams),
            {
                "name": to_body(one.name),
                "grade": one.grade.value,
                "queue": to_body(known[one.queue].name) if one.queue in known else None,
                "teams": [to_body(teams[team]) for team in sorted(of_teams) if team in teams],
                "since": to_text(one.began_at),
                "agents": 0,
                "is_taken": True,
            },
        )
        line["agents"] += bool(one.agent)
        line["is_taken"] &= bool(one.taken_by)
        line["since"] = min(line["since"], to_text(one.began_at))
    return list(lines.values())


def _figures(found: Mapping[Any, Shown]) -> Mapping[str, Any]:
    return {one.figure.value: [one.value, None if one.grade is None else one.grade.value] for one in found.values()}


ROUTES: Final = (
    Route("/wallboard", page, methods=["GET"]),
    Route("/wallboard/live", live, methods=["GET"]),
)
