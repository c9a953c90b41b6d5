"""What every route needs: who asks, JSON in and out, refusals as documented codes."""

import gzip
import re
from collections.abc import Mapping
from typing import Any, Final, cast

import orjson
import zstandard
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from agent_model.scope import Scope
from agent_model.secret import Secret
from agent_model.wire import HIDES, HIDES_HEADER, OLDEST_PROTOCOL, PROTOCOL, PROTOCOL_HEADER, VERSION_HEADER
from agent_server.accounts import Caller
from agent_server.refusals import RequestRefused
from agent_server.request_limits import RequestLimits
from agent_server.server import Server

WORTH_PACKING: Final = 1024
LONGEST_ADDRESS: Final = 64
ONE_RANGE: Final = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")
LONGEST_SCOPE: Final = 200
LONGEST_VERSION: Final = 64


def server_of(connection: HTTPConnection) -> Server:
    return cast("Server", connection.app.state.server)


def answer(request: Request, content: Any, status: int = 200) -> Response:
    """JSON, packed where the client can read that and it is worth it."""
    body = orjson.dumps(content)
    headers = {"Content-Type": "application/json", "Cache-Control": "no-store"}
    if len(body) >= WORTH_PACKING:
        body, packing = _packed(body, request.headers.get("accept-encoding", ""))
        headers |= {"Vary": "Accept-Encoding"} | ({"Content-Encoding": packing} if packing else {})
    return Response(body, status, headers)


def _packed(body: bytes, accepted: str) -> tuple[bytes, str]:
    """The body as the client can read it, and how that is called. zstd packs closer at a quarter of the cost."""
    if "zstd" in accepted:
        return zstandard.ZstdCompressor(level=1).compress(body), "zstd"
    if "gzip" in accepted:
        return gzip.compress(body, compresslevel=1), "gzip"
    return body, ""


def refusal(refused: RequestRefused) -> Response:
    headers = {"Content-Type": "application/json", "Cache-Control": "no-store"}
    if refused.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if "retry_after_s" in refused.facts:
        headers["Retry-After"] = str(refused.facts["retry_after_s"])
    return Response(orjson.dumps({"error": refused.code, **refused.facts}), refused.status, headers)


def address_of(connection: HTTPConnection) -> str:
    """Where a request comes from: who connected, or who a trusted proxy says it was."""
    return "" if connection.client is None else connection.client.host[:LONGEST_ADDRESS]


async def caller_of(request: Request, *, from_any_device: bool = False) -> Caller:
    """Who asks. Raises RequestRefused: not_signed_in, too_many_requests; device_locked or device_wiped, unless a device
    may ask this in any state."""
    scheme, _, access = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not access:
        raise RequestRefused(401, "not_signed_in")
    server = server_of(request)
    hides = hidden_by(request)
    caller = await server.accounts.caller(access.strip(), from_any_device=from_any_device, hides=hides)
    require_pause(server.session_limits, caller.session_id)
    return caller


def hidden_by(connection: HTTPConnection) -> frozenset[Secret]:
    """What the workstation hides from whoever works there. Raises RequestRefused: bad_request for a word that we do not
    know, so that nothing is shown that was to be hidden."""
    word = connection.headers.get(HIDES_HEADER, "")
    if word and word not in HIDES:
        raise RequestRefused(422, "bad_request", field=HIDES_HEADER)
    return HIDES.get(word, frozenset())


async def reader_of(request: Request) -> Caller:
    """Who asks for something of the floor that is worked out over many rows. Raises as `caller_of` does."""
    caller = await caller_of(request)
    require_pause(server_of(request).floor_limits, caller.person.id)
    return caller


def require_pause(limits: RequestLimits, who: str) -> None:
    """Raises RequestRefused: too_many_requests."""
    wait_s = limits.wait_s(who)
    if wait_s > 0:
        raise RequestRefused(429, "too_many_requests", retry_after_s=int(wait_s) + 1)


def require_only(content: dict[str, Any], *known: str) -> None:
    """Raises RequestRefused: bad_request, when there is a field that nobody asked for."""
    for name in content:
        if name not in known:
            raise RequestRefused(422, "bad_request", field=name[:LONGEST_ADDRESS])


def held_scope(caller: Caller, name: str) -> Scope:
    """Raises RequestRefused: scope_not_yours."""
    if name not in caller.scopes:
        raise RequestRefused(403, "scope_not_yours", scope=name[:LONGEST_SCOPE])
    return Scope(name)


def require_protocol(request: Request) -> None:
    """Raises RequestRefused: client_too_old, client_too_new, bad_request."""
    text = request.headers.get(PROTOCOL_HEADER, "")
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise RequestRefused(400, "bad_request", field=PROTOCOL_HEADER)
    spoken = {"protocol": PROTOCOL, "oldest_protocol": OLDEST_PROTOCOL}
    if int(text) < OLDEST_PROTOCOL:
        raise RequestRefused(426, "client_too_old", **spoken)
    if int(text) > PROTOCOL:
        raise RequestRefused(426, "client_too_new", **spoken)


async def require_version(request: Request) -> None:
    """That the site lets a workstation of this version fetch. Raises RequestRefused: client_too_old, client_too_new."""
    await server_of(request).workstations.require(version_of(request))


def version_of(request: Request) -> str:
    """Of the workstation that asks; empty where it does not say."""
    return request.headers.get(VERSION_HEADER, "")[:LONGEST_VERSION]


def require_range(request: Request, size: int) -> None:
    """That the part of a file asked for is one. Raises RequestRefused: bad_range."""
    wanted = request.headers.get("range")
    if wanted is None:
        return
    found = ONE_RANGE.fullmatch(wanted)
    first, last = (found[1], found[2]) if found else ("", "")
    is_part = bool(first or last) and int(first or 0) < size and (not (first and last) or int(first) <= int(last))
    if not is_part or (not first and int(last) == 0):
        raise RequestRefused(416, "bad_range", size=size)


def part_of(request: Request, content: bytes, headers: Mapping[str, str]) -> Response:
    """The part that was asked for, or all of it. Raises RequestRefused: bad_range."""
    kind = "application/octet-stream"
    require_range(request, len(content))
    found = ONE_RANGE.fullmatch(request.headers.get("range", ""))
    if found is None:
        return Response(content, headers={**headers, "Accept-Ranges": "bytes"}, media_type=kind)
    size = len(content)
    start = int(found[1]) if found[1] else max(0, size - int(found[2]))
    end = min(size, int(found[2]) + 1) if found[1] and found[2] else size
    told = {**headers, "Content-Range": f"bytes {start}-{end - 1}/{size}"}
    return Response(content[start:end], status_code=206, headers=told, media_type=kind)


async def json_of(request: Request) -> dict[str, Any]:
    """The request's JSON object. Raises RequestRefused: bad_request."""
    try:
        content = orjson.loads(await request.body())
    except orjson.JSONDecodeError as error:
        raise RequestRefused(400, "bad_request") from error
    if not isinstance(content, dict):
        raise RequestRefused(422, "bad_request")
    return content


def text_of(content: dict[str, Any], name: str, longest: int, *, may_be_empty: bool = False) -> str:
    """A text field of a request. Raises RequestRefused: bad_request."""
    value = content.get(name)
    if not isinstance(value, str) or len(value) > longest or "\x00" in value or not (value or may_be_empty):
        raise RequestRefused(422, "bad_request", field=name)
    return value


def whole_number_of(request: Request, name: str, default: int | None, lowest: int, highest: int) -> int:
    """A number of the query string. Raises RequestRefused: bad_request."""
    text = request.query_params.get(name)
    if text is None and default is not None:
        return default
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 18:
        raise RequestRefused(422, "bad_request", field=name)
    if not lowest <= int(text) <= highest:
        raise RequestRefused(422, "bad_request", field=name)
    return int(text)
