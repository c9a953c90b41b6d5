"""Tables imported from a workstation (docs/api.md, /sync/v1/imports)."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from agent_model.table_import import ImportStep, ImportWishes
from agent_papers.tables.encoding import ENCODINGS
from agent_server.accounts import Caller
from agent_server.api.requests import (
    answer,
    caller_of,
    json_of,
    require_only,
    require_protocol,
    server_of,
    text_of,
)
from agent_server.importing.fields import KINDS
from agent_server.importing.sentences import LANGUAGES
from agent_server.importing.tasks import Step
from agent_server.refusals import RequestRefused

PATH: Final = "/sync/v1/imports"
LONGEST_NAME: Final = 255
LONGEST_ID: Final = 128
LONGEST_SAID: Final = 500
MOST_SAID: Final = 400
LAST_ROW: Final = 2**20


async def list_imports(request: Request) -> Response:
    return answer(request, await server_of(request).imports.all(await _caller(request)))


async def begin(request: Request) -> Response:
    caller = await _caller(request)
    content = await json_of(request)
    require_only(content, "upload", "kind", "name", "wishes", "language")
    kind, name = text_of(content, "kind", LONGEST_ID), text_of(content, "name", LONGEST_NAME)
    if kind not in KINDS:
        raise _bad("kind")
    upload_id = text_of(content, "upload", LONGEST_ID)
    step = Step(ImportStep.LOOK, _wishes(content), language=_language(content))
    return answer(request, await server_of(request).imports.begin(caller, upload_id, kind, name, step), 201)


async def show(request: Request) -> Response:
    caller = await _caller(request)
    return answer(request, await server_of(request).imports.one(caller, _id(request)))


async def take_step(request: Request) -> Response:
    caller = await _caller(request)
    content = await json_of(request)
    require_only(content, "step", "wishes", "remember", "language")
    name = text_of(content, "step", LONGEST_ID)
    if name not in tuple(ImportStep):
        raise _bad("step")
    remember = content.get("remember")
    if remember is not None:
        remember = text_of(content, "remember", 64)
    step = Step(name, _wishes(content), remember, _language(content))
    return answer(request, await server_of(request).imports.take(caller, _id(request), step), 202)


async def stop(request: Request) -> Response:
    caller = await _caller(request)
    return answer(request, await server_of(request).imports.stop(caller, _id(request)))


async def errors(request: Request) -> Response:
    """The rows that were not imported, for mending."""
    caller = await _caller(request)
    path = await server_of(request).imports.errors(caller, _id(request))
    return FileResponse(path, media_type="application/octet-stream", headers={"Cache-Control": "no-store"})


async def _caller(request: Request) -> Caller:
    require_protocol(request)
    return await caller_of(request)


def _id(request: Request) -> str:
    task_id = str(request.path_params["task_id"])
    if len(task_id) > LONGEST_ID or "\x00" in task_id:
        raise RequestRefused(404, "not_found")
    return task_id


def _language(content: dict[str, Any]) -> str:
    language = content.get("language", LANGUAGES[0])
    if language not in LANGUAGES:
        raise _bad("language")
    return str(language)


def _wishes(content: dict[str, Any]) -> ImportWishes:
    """Raises RequestRefused: bad_request."""
    said = content.get("wishes", {})
    if not isinstance(said, dict):
        raise _bad("wishes")
    require_only(said, "columns", "constants", "encoding", "delimiter", "sheet", "heading_row")
    row = said.get("heading_row")
    if row is not None and (isinstance(row, bool) or not isinstance(row, int) or not 0 < row <= LAST_ROW):
        raise _bad("heading_row")
    encoding, delimiter, sheet = (_text(said, name) for name in ("encoding", "delimiter", "sheet"))
    if encoding not in (None, *ENCODINGS):
        raise _bad("encoding")
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n'):
        raise _bad("delimiter")
    return ImportWishes(_pairs(said, "columns"), _pairs(said, "constants"), encoding, delimiter, sheet, row)


def _text(said: dict[str, Any], name: str) -> str | None:
    return None if said.get(name) is None else text_of(said, name, LONGEST_SAID)


def _pairs(said: dict[str, Any], name: str) -> dict[str, str]:
    pairs = said.get(name, {})
    if not isinstance(pairs, dict) or len(pairs) > MOST_SAID:
        raise _bad(name)
    for key, value in pairs.items():
        if not isinstance(value, str) or max(len(key), len(value)) > LONGEST_SAID or "\x00" in key + value:
            raise _bad(name)
    return pairs


def _bad(name: str) -> RequestRefused:
    return RequestRefused(422, "bad_request", field=name)


ROUTES: Final = (
    Route(PATH, list_imports, methods=["GET"]),
    Route(PATH, begin, methods=["POST"]),
    Route(f"{PATH}/{{task_id}}", show, methods=["GET"]),
    Route(f"{PATH}/{{task_id}}/steps", take_step, methods=["POST"]),
    Route(f"{PATH}/{{task_id}}/stop", stop, methods=["POST"]),
    Route(f"{PATH}/{{task_id}}/errors", errors, methods=["GET"]),
)
