"""The ASGI application: routes, refusals in codes, and a log that holds no secrets."""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import Any, Final

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from agent_server.api import (
    administration,
    announcements,
    article_files,
    attachments,
    callers,
    care,
    conflicts,
    customers,
    devices,
    files,
    floor,
    handover,
    history,
    imports,
    kept_versions,
    knowledge,
    live,
    messages,
    newcomers,
    orders,
    privacy,
    provisioning,
    recorded_calls,
    recordings,
    reports,
    shift_plans,
    sign_in,
    sync,
    verification,
    wallboard,
)
from agent_server.api.requests import refusal
from agent_server.refusals import RequestRefused
from agent_server.server import Server
from agent_server.settings import Settings

log = logging.getLogger("agent_server.requests")

CODES: Final = {
    404: "not_found",
    405: "method_not_allowed",
    408: "too_slow",
    413: "too_large",
    431: "headers_too_large",
}
LARGEST_SIGN_IN: Final = 16 * 1024
SLOWEST_BODY: Final = 4096
"""Bytes a second that lengthen the time a body may take."""
LONGEST_PATH: Final = 200


def create_app(settings: Settings, now: Callable[[], datetime]) -> FastAPI:
    """Raises NoSecret. The database is looked at when the application starts (DatabaseBehind)."""
    server = Server(settings, now)

    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await server.open()
        try:
            yield
        finally:
            await server.close()

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False, lifespan=lifespan)
    app.state.server = server
    described = (
        sign_in,
        administration,
        privacy,
        newcomers,
        care,
        orders,
        messages,
        floor,
        reports,
        shift_plans,
        recorded_calls,
        provisioning,
    )
    plain = (
        sync,
        files,
        announcements,
        article_files,
        attachments,
        recordings,
        devices,
        handover,
        verification,
        conflicts,
        customers,
        history,
        imports,
        kept_versions,
        knowledge,
        live,
        provisioning,
        wallboard,
        callers,
    )
    # Taken as they are: a router that is included has each of its routes built anew, in the first requests.
    app.router.routes.extend(route for module in described for route in module.router.routes)
    app.router.routes.extend(route for module in plain for route in module.ROUTES)
    app.add_exception_handler(RequestRefused, _refused)
    app.add_exception_handler(RequestValidationError, _not_as_documented)
    app.add_exception_handler(HTTPException, _no_such_route)
    app.add_exception_handler(DBAPIError, _database_failed)
    app.add_exception_handler(PoolTimeout, _database_failed)
    app.add_middleware(BodyLimit, settings)
    app.add_middleware(RequestLog)
    if settings.trusted_proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(settings.trusted_proxies))
    return app


class BodyLimit:
    """No request takes more memory or holds a connection longer than this, whoever sends it; those that need no token
    may send next to nothing. A piece of a file goes to the disk, so it may be larger."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._largest = settings.largest_body
        self._largest_piece = settings.largest_piece
        self._largest_headers = settings.largest_headers
        self._within_s = settings.body_within_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if sum(len(name) + len(value) for name, value in scope["headers"]) > self._largest_headers:
            await refusal(RequestRefused(431, "headers_too_large"))(scope, receive, send)
            return
        largest = self._largest_for(scope["method"], scope["path"])
        seen = 0
        is_whole = False
        began = asyncio.get_running_loop().time()

        async def receiving() -> Message:
            nonlocal seen, is_whole
            if is_whole:
                return await receive()
            try:
                async with asyncio.timeout_at(began + self._within_s + seen / SLOWEST_BODY):
                    message = await receive()
            except TimeoutError as error:
                raise HTTPException(408) from error
            seen += len(message.get("body", b""))
            is_whole = not message.get("more_body", False)
            if seen > largest:
                raise HTTPException(413)
            return message

        await self._app(scope, receiving, send)

    def _largest_for(self, method: str, path: str) -> int:
        if path.startswith("/auth/"):
            return min(self._largest, LARGEST_SIGN_IN)
        is_piece = method == "PATCH" and path.startswith(files.PATH)
        return max(self._largest, self._largest_piece) if is_piece else self._largest


class RequestLog:
    """One line per request: method, path without its query, status, milliseconds. Numbers and tokens stay out."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 500

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, sending)
        finally:
            spent_ms = (time.perf_counter() - began) * 1000
            path = scope["path"][:LONGEST_PATH].encode("unicode_escape").decode("ascii")  # a path may hold line ends
            log.info("%s %s %d %.0f ms", scope["method"], path, status, spent_ms)


async def _refused(_request: Request, error: Exception) -> Response:
    return refusal(error if isinstance(error, RequestRefused) else RequestRefused(500, "server_error"))


async def _not_as_documented(_request: Request, error: Exception) -> Response:
    place: Any = error.errors()[0].get("loc", ()) if isinstance(error, RequestValidationError) else ()
    return refusal(RequestRefused(422, "bad_request", field=".".join(str(part) for part in place[1:])))


async def _no_such_route(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    answer = refusal(RequestRefused(status, CODES.get(status, "bad_request")))
    answer.headers.update((error.headers or {}) if isinstance(error, HTTPException) else {})
    return answer


async def _database_failed(_request: Request, error: Exception) -> Response:
    log.warning("the database failed: %s", type(error).__name__)
    return refusal(RequestRefused(503, "try_again", retry_after_s=2))
