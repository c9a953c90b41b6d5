"""What is said of a route in the OpenAPI document, and the words it is said in."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from agent_model.command import CommandKind, Verdict
from agent_model.fingerprint import MOST_BUCKETS
from agent_model.wire import PROTOCOL
from agent_server.upcasters import UPCASTERS

Schema = Mapping[str, Any]

TEXT: Final[Schema] = {"type": "string"}
WHOLE: Final[Schema] = {"type": "integer", "minimum": 0}
MOMENT: Final[Schema] = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"}
ANY_OBJECT: Final[Schema] = {"type": "object"}
MAY_BE_NULL: Final[Schema] = {"type": ["string", "null"]}


def text(longest: int, shortest: int = 1) -> Schema:
    return {"type": "string", "minLength": shortest, "maxLength": longest, "pattern": r"^[^\x00]*$"}


def several(items: Schema, most: int | None = None) -> Schema:
    return {"type": "array", "items": items} | ({} if most is None else {"maxItems": most})


def made_of(**fields: Schema) -> Schema:
    """An object with these fields; more may come with a newer server."""
    return {"type": "object", "properties": fields, "required": list(fields)}


def exactly(needed: Sequence[str], **fields: Schema) -> Schema:
    """An object of a request: a field that is not named here is refused."""
    return {"type": "object", "properties": fields, "required": list(needed), "additionalProperties": False}


def named(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


GONE: Final[Schema] = several({"type": "array", "items": TEXT, "minItems": 2, "maxItems": 2})
CHANGE: Final[Schema] = {"type": "array", "minItems": 2, "maxItems": 2, "description": "[seen, wanted]"}
COMMAND: Final[Schema] = exactly(
    ("op_id", "device_seq", "entity", "id", "kind", "base_version", "fields", "occurred_at", "author"),
    op_id=text(64),
    device_seq={**WHOLE, "maximum": 2**53},
    entity=text(128),
    id=text(128),
    kind={"enum": [kind.value for kind in CommandKind]},
    base_version={**WHOLE, "maximum": 2**53},
    fields={"type": "object", "additionalProperties": CHANGE},
    occurred_at=MOMENT,
    author=text(128),
    depends_on={"anyOf": [text(64), {"type": "null"}]},
    schema={"type": "integer", "minimum": UPCASTERS.oldest, "maximum": UPCASTERS.current},
)

SHAPES: Final[Mapping[str, Schema]] = {
    "Row": made_of(entity=TEXT, id=TEXT, version=WHOLE, body=ANY_OBJECT),
    "Command": COMMAND,
    "Answer": made_of(
        op_id=TEXT,
        verdict={"enum": [verdict.value for verdict in Verdict]},
        version=WHOLE,
        reason=MAY_BE_NULL,
        changed=ANY_OBJECT,
    ),
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """Of the query, the path or the headers."""

    name: str
    schema: Schema
    place: str = "query"
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Operation:
    """`refusals` are the codes by status, beside those of every route; `answers` what is given when
    all is well, as `media_type`; `body` is sent as `takes`."""

    summary: str
    answers: Mapping[int, Schema]
    parameters: Sequence[Parameter] = ()
    body: Schema | None = None
    media_type: str = "application/json"
    takes: str = "application/json"
    refusals: Mapping[int, Sequence[str]] = field(default_factory=dict)


PROTOCOL_NUMBER: Final = Parameter("X-Sync-Protocol", {"const": str(PROTOCOL)}, "header")
A_SCOPE: Final[Schema] = {**text(200), "examples": ["org", "customers:home"]}
SCOPE: Final = Parameter("scope", A_SCOPE)
BUCKET_COUNT: Final = Parameter("buckets", {"type": "integer", "minimum": 1, "maximum": MOST_BUCKETS}, needed=False)
SCOPE_IN_PATH: Final = Parameter("scope", A_SCOPE, "path")
EVERYWHERE: Final[Mapping[int, Sequence[str]]] = {
    400: ("bad_request",),
    401: ("not_signed_in",),
    408: ("too_slow",),
    413: ("too_large",),
    422: ("bad_request",),
    426: ("client_too_old", "client_too_new"),
    429: ("too_many_requests",),
    431: ("headers_too_large",),
    503: ("try_again",),
}
NOT_MINE: Final[Mapping[int, Sequence[str]]] = {403: ("scope_not_yours",)}

TUS: Final = Parameter("Tus-Resumable", {"const": "1.0.0"}, "header")
NO_TUS: Final[Mapping[int, Sequence[str]]] = {412: ("other_tus_version",)}
UPLOAD_ID: Final = Parameter("upload_id", text(128), "path")
METADATA: Final[Schema] = {
    "type": "string",
    "pattern": r"^[a-z0-9_]+ [A-Za-z0-9+/=]*(, ?[a-z0-9_]+ [A-Za-z0-9+/=]*)*$",
    "maxLength": 8192,
    "examples": [
        f"kind cmVjb3JkaW5n,sha256 {b64encode(b'5e' * 32).decode()}",
    ],
}
