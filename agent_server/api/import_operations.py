"""What the routes of imports take and give (docs/api.md)."""

from collections.abc import Mapping
from typing import Final

from agent_model.table_import import ImportState, ImportStep
from agent_papers.tables.encoding import ENCODINGS
from agent_server.api.imports import LAST_ROW, LONGEST_ID, LONGEST_NAME, LONGEST_SAID, PATH
from agent_server.api.operation import (
    ANY_OBJECT,
    PROTOCOL_NUMBER,
    TEXT,
    Operation,
    Parameter,
    Schema,
    exactly,
    made_of,
    several,
    text,
)
from agent_server.importing.fields import KINDS
from agent_server.importing.sentences import LANGUAGES

PAIRS: Final[Schema] = {"type": "object", "additionalProperties": text(LONGEST_SAID, 0)}
WISHES: Final[Schema] = exactly(
    (),
    columns=PAIRS,
    constants=PAIRS,
    encoding={"enum": [*ENCODINGS, None]},
    delimiter={"type": ["string", "null"], "minLength": 1, "maxLength": 1, "pattern": r'^[^"\r\n]$'},
    sheet={"anyOf": [text(LONGEST_SAID), {"type": "null"}]},
    heading_row={"type": ["integer", "null"], "minimum": 1, "maximum": LAST_ROW},
)
LANGUAGE: Final[Schema] = {"enum": list(LANGUAGES)}
MAYBE: Final[Schema] = {"type": ["object", "null"]}
TASK: Final[Schema] = made_of(
    id=TEXT,
    kind={"enum": sorted(KINDS)},
    name=TEXT,
    step={"enum": [*ImportStep]},
    state={"enum": [*ImportState]},
    wishes=ANY_OBJECT,
    language=LANGUAGE,
    tally=MAYBE,
    seen=MAYBE,
    fault=MAYBE,
    is_stopping={"type": "boolean"},
    has_errors={"type": "boolean"},
    created_at=TEXT,
)
NOT_MINE: Final = {403: ("not_allowed",), 404: ("not_found",)}
OF_A_TASK: Final = (PROTOCOL_NUMBER, Parameter("task_id", text(LONGEST_ID), "path"))
KIND: Final[Schema] = made_of(name=TEXT, is_needed={"type": "boolean"}, may_repeat={"type": "boolean"})

IMPORT_OPERATIONS: Final[Mapping[tuple[str, str], Operation]] = {
    ("GET", PATH): Operation(
        "What this person imported lately, the fields there are, and how files are read by name",
        {
            200: made_of(
                imports=several(TASK),
                fields={"type": "object", "additionalProperties": several(KIND)},
                profiles=ANY_OBJECT,
            )
        },
        [PROTOCOL_NUMBER],
        refusals={403: ("not_allowed",)},
    ),
    ("POST", PATH): Operation(
        "An uploaded table is looked into",
        {201: TASK},
        [PROTOCOL_NUMBER],
        exactly(
            ("upload", "kind", "name"),
            upload=text(LONGEST_ID),
            kind={"enum": sorted(KINDS)},
            name=text(LONGEST_NAME),
            wishes=WISHES,
            language=LANGUAGE,
        ),
        refusals={**NOT_MINE, 409: ("not_yet", "import_running"), 410: ("file_gone",)},
    ),
    ("GET", f"{PATH}/{{task_id}}"): Operation("How far an import is", {200: TASK}, OF_A_TASK, refusals=NOT_MINE),
    ("POST", f"{PATH}/{{task_id}}/steps"): Operation(
        "A table is looked into again, tried, or imported",
        {202: TASK},
        OF_A_TASK,
        exactly(
            ("step",),
            step={"enum": [*ImportStep]},
            wishes=WISHES,
            remember={"anyOf": [text(64), {"type": "null"}]},
            language=LANGUAGE,
        ),
        refusals={**NOT_MINE, 409: ("import_running",), 410: ("file_gone",)},
    ),
    ("POST", f"{PATH}/{{task_id}}/stop"): Operation(
        "An import ends with the rows it has at hand", {200: TASK}, OF_A_TASK, refusals=NOT_MINE
    ),
    ("GET", f"{PATH}/{{task_id}}/errors"): Operation(
        "The rows that were not imported, in the form of the file",
        {200: {"type": "string", "format": "binary"}},
        OF_A_TASK,
        media_type="application/octet-stream",
        refusals=NOT_MINE,
    ),
}
