"""A workstation about itself (docs/api.md, POST /sync/v1/devices)."""

import re
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from agent_model.device import DeviceState
from agent_model.moment import from_text, to_text
from agent_server.api.requests import (
    answer,
    caller_of,
    json_of,
    require_only,
    require_protocol,
    server_of,
    text_of,
    version_of,
)
from agent_server.refusals import RequestRefused

LONGEST_NAME: Final = 200
LONGEST_ID: Final = 128
MOST_UNSENT: Final = 1_000_000
VERSION: Final = re.compile(r"[0-9A-Za-z.+-]*")
PUBLIC_KEY: Final = re.compile(r"[0-9a-f]{64}")


async def describe(request: Request) -> Response:
    require_protocol(request)
    caller = await caller_of(request)
    content = await json_of(request)
    require_only(content, "name", "platform", "public_key")
    name = text_of(content, "name", LONGEST_NAME, may_be_empty=True)
    platform = text_of(content, "platform", LONGEST_NAME, may_be_empty=True)
    key = text_of(content, "public_key", LONGEST_NAME) if "public_key" in content else None
    if key is not None and PUBLIC_KEY.fullmatch(key) is None:
        raise RequestRefused(422, "bad_request", field="public_key")
    version = version_of(request)
    told = version if VERSION.fullmatch(version) else ""
    await server_of(request).devices.describe(caller, name, platform, key, told)
    return answer(request, {"device_id": caller.device_id})


async def state(request: Request) -> Response:
    require_protocol(request)
    caller = await caller_of(request, from_any_device=True)
    found: DeviceState = await server_of(request).devices.state(caller.device_id)
    return answer(request, {"device_id": caller.device_id, "state": found.value})


async def note_unsent(request: Request) -> Response:
    require_protocol(request)
    caller = await caller_of(request, from_any_device=True)
    content = await json_of(request)
    require_only(content, "author", "count", "oldest_at")
    author = text_of(content, "author", LONGEST_ID) if "author" in content else caller.person.id
    count = content.get("count")
    if type(count) is not int or not 0 <= count <= MOST_UNSENT:
        raise RequestRefused(422, "bad_request", field="count")
    oldest_at = _moment_of(content, "oldest_at")
    await server_of(request).devices.note_unsent(caller.device_id, author, count, oldest_at)
    return Response(status_code=204)


async def unsent(request: Request) -> Response:
    require_protocol(request)
    caller = await caller_of(request)
    return answer(request, {"unsent": await server_of(request).devices.unsent(caller)})


def _moment_of(content: dict[str, Any], name: str) -> str | None:
    if content.get(name) is None:
        return None
    try:
        return to_text(from_text(text_of(content, name, LONGEST_NAME)))
    except (ValueError, OverflowError) as error:
        raise RequestRefused(422, "bad_request", field=name) from error


ROUTES: Final = (
    Route("/sync/v1/devices", describe, methods=["POST"]),
    Route("/sync/v1/device/state", state, methods=["GET"]),
    Route("/sync/v1/unsent", note_unsent, methods=["POST"]),
    Route("/sync/v1/unsent", unsent, methods=["GET"]),
)
