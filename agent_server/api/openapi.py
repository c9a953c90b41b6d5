"""The OpenAPI document, made from the routes there are and what is said of each."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from starlette.routing import Route

import agent_server
from agent_server.api.operation import EVERYWHERE, SHAPES, Operation, Parameter
from agent_server.api.operations import OPERATIONS

OPEN: Final = (
    "/health",
    "/health/ready",
    "/wallboard",
    "/auth/ways",
    "/auth/sign-in",
    "/auth/sign-on/begin",
    "/auth/sign-on/finish",
    "/auth/refresh",
    "/auth/sign-out",
)
"""Routes that need no access token."""
HANDOVER: Final = "/sync/v1/handover"
"""Needs none from a workstation that has none; a wrong one is refused."""

MEANING: Final[Mapping[int, str]] = {
    400: "Not what the protocol says",
    401: "Who asks is not known",
    403: "Who asks may not",
    404: "There is no such thing",
    405: "Not with this method",
    408: "Not in time",
    409: "Not as things stand",
    410: "No longer kept",
    412: "Not this file any more",
    413: "Too much",
    415: "Not this kind of content",
    416: "No such part of the file",
    422: "A field is not as it should be",
    426: "Another version of the protocol is needed",
    429: "Too often",
    431: "Too many or too long headers",
    460: "What came is not what was sent",
    503: "Not now",
    507: "No room for it",
}


class Undocumented(Exception):
    """There is a route that `operations.OPERATIONS` does not describe."""


def refusals(codes: Mapping[int, Sequence[str]]) -> dict[int | str, dict[str, Any]]:
    """The answers of a route that refuses with these codes, and with those of every route."""
    statuses = sorted({*EVERYWHERE, *codes})
    return {status: _refusal(status, [*EVERYWHERE.get(status, ()), *codes.get(status, ())]) for status in statuses}


def document(app: FastAPI) -> dict[str, Any]:
    """Every HTTP route of the application. Raises Undocumented."""
    made = get_openapi(title="agent-server", version=agent_server.__version__, routes=app.routes)
    paths: dict[str, dict[str, Any]] = dict(made["paths"])
    for method, path in plain_routes(app):
        operation = OPERATIONS.get((method, path))
        if operation is None:
            raise Undocumented(f"{method} {path}")
        paths.setdefault(path, {})[method.lower()] = _described(method, path, operation)
    for path in OPEN:
        for operation_on in paths[path].values():
            operation_on["security"] = []
    paths[HANDOVER]["post"]["security"] = [{"bearer": []}, {}]
    schemas = {**made.get("components", {}).get("schemas", {}), **SHAPES}
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Agent Desktop server",
            "version": agent_server.__version__,
            "license": {"name": "GPL-3.0-or-later", "identifier": "GPL-3.0-or-later"},
        },
        "security": [{"bearer": []}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": schemas,
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
        },
    }


def plain_routes(app: FastAPI) -> list[tuple[str, str]]:
    """Method and path of the routes that FastAPI does not describe by itself."""
    return [
        (method, re.sub(r":\w+}", "}", route.path))
        for route in app.routes
        if isinstance(route, Route) and not isinstance(route, APIRoute)
        for method in sorted((route.methods or set()) - {"HEAD"} or {"HEAD"})
    ]


def _described(method: str, path: str, operation: Operation) -> dict[str, Any]:
    answers: dict[str, Any] = {
        str(status): {
            "description": operation.summary,
            "content": {operation.media_type: {"schema": schema}} if schema else {},
        }
        for status, schema in operation.answers.items()
    }
    answers |= {str(status): refusal for status, refusal in refusals(operation.refusals).items()}
    if method == "HEAD":
        answers = {status: {"description": answer["description"]} for status, answer in answers.items()}
    words = re.findall(r"\w+", path)
    told: dict[str, Any] = {
        "summary": operation.summary,
        "operationId": "_".join([method.lower(), *words]),
        "parameters": [_parameter(parameter) for parameter in operation.parameters],
        "responses": answers,
    }
    if operation.body is not None:
        told["requestBody"] = {"required": True, "content": {operation.takes: {"schema": operation.body}}}
    return told


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": parameter.place,
        "required": parameter.needed,
        "schema": parameter.schema,
    }


def _refusal(status: int, codes: Sequence[str]) -> dict[str, Any]:
    schema = {
        "type": "object",
        "required": ["error"],
        "properties": {"error": {"enum": list(dict.fromkeys(codes))}},
    }
    return {"description": MEANING[status], "content": {"application/json": {"schema": schema}}}
