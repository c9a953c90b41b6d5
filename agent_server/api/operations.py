"""What the routes take and give, for the OpenAPI document: one entry beside each that FastAPI does not describe."""

from collections.abc import Mapping
from typing import Final

from agent_model.device import DeviceState
from agent_model.gap import GapKind
from agent_model.wire import OPS_A_BATCH
from agent_server.api.import_operations import IMPORT_OPERATIONS
from agent_server.api.operation import (
    ANY_OBJECT,
    BUCKET_COUNT,
    GONE,
    MAY_BE_NULL,
    METADATA,
    MOMENT,
    NO_TUS,
    NOT_MINE,
    PROTOCOL_NUMBER,
    SCOPE,
    SCOPE_IN_PATH,
    TEXT,
    TUS,
    UPLOAD_ID,
    WHOLE,
    Operation,
    Parameter,
    exactly,
    made_of,
    named,
    several,
    text,
)
from agent_server.row_changes import TRACED

OPERATIONS: Final[Mapping[tuple[str, str], Operation]] = {
    ("POST", "/sync/v1/devices"): Operation(
        "Name the device of this session",
        {200: made_of(device_id=TEXT)},
        [PROTOCOL_NUMBER],
        exactly(
            ("name", "platform"),
            name=text(200, 0),
            platform=text(200, 0),
            public_key={"type": "string", "pattern": "^[0-9a-f]{64}$"},
        ),
    ),
    ("GET", "/sync/v1/device/state"): Operation(
        "Whether the device of this session may go on",
        {200: made_of(device_id=TEXT, state={"enum": [state.value for state in DeviceState]})},
        [PROTOCOL_NUMBER],
    ),
    ("POST", "/sync/v1/unsent"): Operation(
        "How many commands of an agent wait on the device of this session",
        {204: {}},
        [PROTOCOL_NUMBER],
        exactly(
            ("count",),
            author=text(128),
            count={**WHOLE, "maximum": 1_000_000},
            oldest_at={"anyOf": [MOMENT, {"type": "null"}]},
        ),
        refusals={422: ("bad_request", "unknown_author")},
    ),
    ("GET", "/sync/v1/unsent"): Operation(
        "What waits where, of the people this person leads",
        {
            200: made_of(
                unsent=several(
                    made_of(
                        device_id=TEXT,
                        device_name=TEXT,
                        author=TEXT,
                        count=WHOLE,
                        oldest_at=MAY_BE_NULL,
                        told_at=MOMENT,
                    )
                )
            )
        },
        [PROTOCOL_NUMBER],
    ),
    ("GET", "/sync/v1/hello"): Operation(
        "What the server is, and the scopes this person may hold with their heads",
        {
            200: made_of(
                server=TEXT,
                protocol=WHOLE,
                oldest_protocol=WHOLE,
                schema=WHOLE,
                oldest_schema=WHOLE,
                epoch=TEXT,
                server_time=MOMENT,
                scopes={"type": "object", "additionalProperties": WHOLE},
                features=several(TEXT),
                erasures=WHOLE,
            )
        },
        [PROTOCOL_NUMBER],
    ),
    ("GET", "/sync/v1/provisioning"): Operation(
        "What this workstation is set up with, signed by the server's own key",
        {200: made_of(document=TEXT, signature=TEXT, key=TEXT)},
        [PROTOCOL_NUMBER],
        refusals={404: ("not_found",)},
    ),
    ("GET", "/sync/v1/snapshot/{scope}/manifest"): Operation(
        "Which snapshot file of a scope is the newest",
        {200: made_of(scope=TEXT, base_seq=WHOLE, epoch=TEXT, sha256=TEXT, size=WHOLE, rows=WHOLE, etag=TEXT)},
        [PROTOCOL_NUMBER, SCOPE_IN_PATH],
        refusals=NOT_MINE,
    ),
    ("GET", "/sync/v1/snapshot/{scope}"): Operation(
        "The snapshot file: zstd of an SQLite database",
        {200: {"type": "string", "format": "binary"}, 206: {"type": "string", "format": "binary"}},
        [
            PROTOCOL_NUMBER,
            SCOPE_IN_PATH,
            Parameter("If-Match", TEXT, "header", needed=False),
            Parameter("If-Range", TEXT, "header", needed=False),
            Parameter("Range", {**text(100), "examples": ["bytes=0-9"]}, "header", needed=False),
        ],
        media_type="application/zstd",
        refusals={**NOT_MINE, 412: ("snapshot_gone",), 416: ("bad_range",)},
    ),
    ("GET", "/sync/v1/changes"): Operation(
        "What changed in a scope since a cursor",
        {
            200: made_of(
                scope=TEXT,
                rows=several(named("Row")),
                evicted=GONE,
                deleted=GONE,
                next=WHOLE,
                head=WHOLE,
                more={"type": "boolean"},
                entries=WHOLE,
                compacted=WHOLE,
            )
        },
        [
            PROTOCOL_NUMBER,
            SCOPE,
            Parameter("since", {**WHOLE, "maximum": 10**18 - 1}),
            Parameter("limit", {"type": "integer", "minimum": 1, "maximum": 5000}, needed=False),
        ],
        refusals={**NOT_MINE, 410: ("cursor_expired",)},
    ),
    ("POST", "/sync/v1/erased"): Operation(
        "Which of these customers were erased, so that nothing about them may stay on the device",
        {200: made_of(erased=several(TEXT))},
        [PROTOCOL_NUMBER],
        exactly(("ids",), ids={**several(text(128), 500), "minItems": 1}),
    ),
    ("POST", "/sync/v1/ops"): Operation(
        "Commands of this person, judged once and for all",
        {200: made_of(answers=several(named("Answer")), server_time=MOMENT)},
        [PROTOCOL_NUMBER],
        exactly(
            ("device_id", "ops"),
            device_id=TEXT,
            ops=several(named("Command"), OPS_A_BATCH),
            epoch=TEXT,
            again={"type": "boolean"},
        ),
        refusals={
            403: ("device_not_yours",),
            409: ("another_epoch",),
            422: ("bad_request", "too_many_ops", "ops_out_of_order", "clock_ahead"),
        },
    ),
    ("GET", "/sync/v1/verify"): Operation(
        "What a scope holds, as a hash of each bucket of its rows",
        {200: made_of(scope=TEXT, head=WHOLE, buckets=several(TEXT))},
        [PROTOCOL_NUMBER, SCOPE, BUCKET_COUNT],
        refusals=NOT_MINE,
    ),
    ("GET", "/sync/v1/verify/rows"): Operation(
        "The rows of some buckets of a scope",
        {200: made_of(scope=TEXT, head=WHOLE, rows=several(named("Row")))},
        [
            PROTOCOL_NUMBER,
            SCOPE,
            BUCKET_COUNT,
            Parameter("bucket", {"type": "string", "pattern": r"^\d{1,4}(,\d{1,4}){0,7}$"}),
        ],
        refusals=NOT_MINE,
    ),
    ("POST", "/sync/v1/handover"): Operation(
        "Sealed commands of somebody who left the seat, applied in their name",
        {200: made_of(accepted=WHOLE, refused=WHOLE, server_time=MOMENT)},
        [PROTOCOL_NUMBER],
        {"type": "string", "format": "binary"},
        takes="application/octet-stream",
        refusals={
            403: ("handover_forged",),
            422: ("handover_unreadable", "bad_request", "ops_out_of_order", "unknown_author"),
        },
    ),
    ("OPTIONS", "/sync/v1/files"): Operation(
        "What this server can do of tus, and how large a file and a piece may be",
        {204: {}},
        [PROTOCOL_NUMBER],
    ),
    ("POST", "/sync/v1/files"): Operation(
        "A file that is to come; the one of this device with this hash, if it was begun before",
        {200: {}, 201: {}},
        [
            PROTOCOL_NUMBER,
            TUS,
            Parameter("Upload-Length", {"type": "integer", "minimum": 1, "maximum": 10**15 - 1}, "header"),
            Parameter("Upload-Metadata", METADATA, "header"),
        ],
        refusals={
            **NO_TUS,
            413: ("too_large",),
            422: ("bad_request", "key_unreadable"),
            429: ("too_many_requests", "too_many_uploads"),
        },
    ),
    ("HEAD", "/sync/v1/files/{upload_id}"): Operation(
        "How much of a file is here",
        {200: {}},
        [PROTOCOL_NUMBER, TUS, UPLOAD_ID],
        refusals={**NO_TUS, 404: ("not_found",), 410: ("upload_expired",)},
    ),
    ("PATCH", "/sync/v1/files/{upload_id}"): Operation(
        "The next piece of a file",
        {204: {}},
        [
            PROTOCOL_NUMBER,
            TUS,
            UPLOAD_ID,
            Parameter("Upload-Offset", {"type": "integer", "minimum": 0, "maximum": 10**15 - 1}, "header"),
            Parameter(
                "Upload-Checksum",
                {"type": "string", "pattern": "^(sha1|sha256) [A-Za-z0-9+/]+=*$"},
                "header",
                needed=False,
            ),
        ],
        {"type": "string", "format": "binary"},
        takes="application/offset+octet-stream",
        refusals={
            **NO_TUS,
            404: ("not_found",),
            409: ("wrong_offset",),
            410: ("upload_expired",),
            413: ("too_large",),
            415: ("bad_content_type",),
            460: ("checksum_mismatch", "file_differs"),
            507: ("no_room",),
        },
    ),
    ("GET", "/sync/v1/conflicts"): Operation(
        "Fields that two people changed, to be decided by who asks",
        {
            200: made_of(
                conflicts=several(
                    made_of(
                        id=TEXT,
                        op_id=TEXT,
                        entity=TEXT,
                        row_id=TEXT,
                        field=TEXT,
                        base={},
                        mine={},
                        theirs={},
                        now={},
                        now_by=MAY_BE_NULL,
                        author=TEXT,
                        at=MOMENT,
                    )
                ),
                next=MAY_BE_NULL,
            )
        },
        [PROTOCOL_NUMBER, Parameter("after", text(200, 0), needed=False)],
    ),
    ("GET", "/sync/v1/conflicts/decided"): Operation(
        "Which of one's own contested commands nothing is left to decide about",
        {200: made_of(decided=several(TEXT))},
        [
            PROTOCOL_NUMBER,
            Parameter("op_ids", {"type": "string", "pattern": r"^[^,\x00]{1,64}(,[^,\x00]{1,64}){0,49}$"}),
        ],
        refusals={422: ("bad_request",)},
    ),
    ("POST", "/sync/v1/conflicts/{conflict_id}/resolve"): Operation(
        "Decides which text stands",
        {200: made_of(id=TEXT, value={}, version=WHOLE)},
        [PROTOCOL_NUMBER, Parameter("conflict_id", text(200), "path")],
        exactly(("take", "seen"), take={"enum": ["mine", "theirs", "other"]}, seen={}, value={}),
        refusals={
            403: ("not_allowed",),
            404: ("not_found",),
            409: ("already_resolved", "row_moved"),
            422: ("bad_request", "not_possible"),
        },
    ),
    ("GET", "/sync/v1/attachments/{ticket_id}/{attachment_id}"): Operation(
        "The bytes of an attachment; who opened it stands in the audit trail",
        {200: {"type": "string", "format": "binary"}},
        [
            PROTOCOL_NUMBER,
            Parameter("ticket_id", {**text(128), "examples": ["T-1"]}, "path"),
            Parameter("attachment_id", {**text(128), "examples": ["A-1"]}, "path"),
        ],
        media_type="application/octet-stream",
        refusals={
            404: ("not_found",),
            409: ("attachment_waits", "attachment_infected"),
            410: ("attachment_lost",),
        },
    ),
    ("GET", "/sync/v1/article-files/{file_id}"): Operation(
        "The bytes of a picture or another file of articles; ranges are given",
        {200: {"type": "string", "format": "binary"}, 206: {"type": "string", "format": "binary"}},
        [PROTOCOL_NUMBER, Parameter("file_id", {**text(32), "examples": ["0" * 32]}, "path")],
        media_type="application/octet-stream",
        refusals={
            404: ("not_found",),
            409: ("attachment_waits", "attachment_infected"),
            410: ("attachment_lost",),
            416: ("bad_range",),
        },
    ),
    ("GET", "/sync/v1/recordings/{contact_id}"): Operation(
        "The recordings of a call, and what opens those that are here; who was given it stands in the audit trail",
        {
            200: made_of(
                recordings=several(
                    made_of(
                        id=TEXT,
                        sha256=TEXT,
                        length=WHOLE,
                        received=WHOLE,
                        began_at=MAY_BE_NULL,
                        is_here={"type": "boolean"},
                        key=MAY_BE_NULL,
                    )
                )
            )
        },
        [PROTOCOL_NUMBER, Parameter("contact_id", {**text(128), "examples": ["K-1"]}, "path")],
        refusals={403: ("recording_not_allowed",), 404: ("not_found",)},
    ),
    ("GET", "/sync/v1/recordings/{contact_id}/{recording_id}"): Operation(
        "The bytes of a recording, sealed as they came; ranges are given",
        {200: {"type": "string", "format": "binary"}, 206: {"type": "string", "format": "binary"}},
        [
            PROTOCOL_NUMBER,
            Parameter("contact_id", {**text(128), "examples": ["K-1"]}, "path"),
            Parameter("recording_id", text(128), "path"),
        ],
        media_type="application/octet-stream",
        refusals={403: ("recording_not_allowed",), 404: ("not_found",), 410: ("recording_lost",), 416: ("bad_range",)},
    ),
    ("GET", "/customers"): Operation(
        "Customers behind a calling number",
        {
            200: made_of(
                customers=several(
                    made_of(
                        customer=named("Row"),
                        contacts=several(named("Row")),
                        tickets=several(named("Row")),
                        follow_ups=several(named("Row")),
                        relations=several(named("Row")),
                        related=several(named("Row")),
                        tickets_of_related=several(named("Row")),
                    )
                )
            )
        },
        [
            PROTOCOL_NUMBER,
            Parameter("number", {**text(64), "examples": ["138 0000 0001"], "pattern": r"^[^\x00]*\S[^\x00]*$"}),
        ],
        refusals={403: ("not_allowed",)},
    ),
    ("GET", "/sync/v1/articles/{row_id}/versions"): Operation(
        "Every published version of an article, the newest first",
        {200: made_of(versions=several(made_of(version=WHOLE, body=ANY_OBJECT), 100))},
        [PROTOCOL_NUMBER, Parameter("row_id", {**text(128), "examples": ["KB-0001"]}, "path")],
        refusals={403: ("not_allowed",), 404: ("not_found",)},
    ),
    ("GET", "/sync/v1/macros/{row_id}/versions"): Operation(
        "Every version of a macro, the newest first",
        {200: made_of(versions=several(made_of(version=WHOLE, body=ANY_OBJECT), 100))},
        [PROTOCOL_NUMBER, Parameter("row_id", {**text(128), "examples": ["macro-answer"]}, "path")],
        refusals={403: ("not_allowed",), 404: ("not_found",)},
    ),
    ("GET", "/sync/v1/questions/{row_id}/versions"): Operation(
        "Every version of a question of the training's banks, the newest first",
        {200: made_of(versions=several(made_of(version=WHOLE, body=ANY_OBJECT), 100))},
        [PROTOCOL_NUMBER, Parameter("row_id", {**text(128), "examples": ["question-1"]}, "path")],
        refusals={403: ("not_allowed",), 404: ("not_found",)},
    ),
    ("GET", "/sync/v1/question-keys/{row_id}/versions"): Operation(
        "Every version of what is right of a question, the newest first",
        {200: made_of(versions=several(made_of(version=WHOLE, body=ANY_OBJECT), 100))},
        [PROTOCOL_NUMBER, Parameter("row_id", {**text(128), "examples": ["question-1"]}, "path")],
        refusals={403: ("not_allowed",), 404: ("not_found",)},
    ),
    ("GET", "/sync/v1/synonyms/{row_id}/versions"): Operation(
        "Every version of a set of words that mean the same, the newest first",
        {200: made_of(versions=several(made_of(version=WHOLE, body=ANY_OBJECT), 100))},
        [PROTOCOL_NUMBER, Parameter("row_id", {**text(128), "examples": ["synonym-1"]}, "path")],
        refusals={403: ("not_allowed",), 404: ("not_found",)},
    ),
    ("GET", "/sync/v1/dispositions/{row_id}/versions"): Operation(
        "Every version of a disposition, the newest first",
        {200: made_of(versions=several(made_of(version=WHOLE, body=ANY_OBJECT), 100))},
        [PROTOCOL_NUMBER, Parameter("row_id", {**text(128), "examples": ["answered"]}, "path")],
        refusals={403: ("not_allowed",), 404: ("not_found",)},
    ),
    ("GET", "/sync/v1/queues/{row_id}/versions"): Operation(
        "Every version of a queue with what it wants after calls, the newest first",
        {200: made_of(versions=several(made_of(version=WHOLE, body=ANY_OBJECT), 100))},
        [PROTOCOL_NUMBER, Parameter("row_id", {**text(128), "examples": ["billing"]}, "path")],
        refusals={403: ("not_allowed",), 404: ("not_found",)},
    ),
    ("GET", "/sync/v1/signal-rules/{row_id}/versions"): Operation(
        "Every version of a rule of signals, the newest first",
        {200: made_of(versions=several(made_of(version=WHOLE, body=ANY_OBJECT), 100))},
        [PROTOCOL_NUMBER, Parameter("row_id", {**text(128), "examples": ["vip"]}, "path")],
        refusals={403: ("not_allowed",), 404: ("not_found",)},
    ),
    ("POST", "/floor/v1/callers"): Operation(
        "An exchange asks how urgent a caller is and who knows them, with its own token (docs/exchange.md)",
        {200: TEXT},
        body={
            "type": "object",
            "required": ["number", "queue"],
            "additionalProperties": False,
            "properties": {"number": text(64), "queue": text(64)},
        },
        media_type="application/x-www-form-urlencoded",
        takes="application/x-www-form-urlencoded",
    ),
    ("GET", "/wallboard"): Operation(
        "The wallboard as a page for televisions: the token stands behind the # of its address",
        {200: TEXT},
        media_type="text/html",
    ),
    ("GET", "/wallboard/live"): Operation(
        "The figures of the wallboard as server-sent events, for the token of a television",
        {200: TEXT},
        media_type="text/event-stream",
    ),
    ("GET", "/sync/v1/gaps"): Operation(
        "Questions that the knowledge base does not answer, for who writes it, with counts",
        {
            200: made_of(
                at=MOMENT,
                days=WHOLE,
                searches=WHOLE,
                gaps=several(
                    made_of(
                        kind={"enum": [kind.value for kind in GapKind]},
                        forms=several(TEXT),
                        question=TEXT,
                        searches=WHOLE,
                        agents=WHOLE,
                        last=MOMENT,
                        variants=several(TEXT),
                        queues=ANY_OBJECT,
                        languages=ANY_OBJECT,
                        answers=several(made_of(article=TEXT, count=WHOLE)),
                        is_again={"type": "boolean"},
                    )
                ),
            )
        },
        [PROTOCOL_NUMBER, Parameter("days", {"type": "integer", "minimum": 1, "maximum": 90}, needed=False)],
        refusals={403: ("not_allowed",), 422: ("bad_request",)},
    ),
    ("GET", "/sync/v1/searches/{person}"): Operation(
        "How often one person searched in vain, for who leads them; each look is put on record",
        {
            200: made_of(
                person=TEXT,
                since=MOMENT,
                searches=WHOLE,
                nothing_found=WHOLE,
                nothing_opened=WHOLE,
                inserted=WHOLE,
                unhelpful=WHOLE,
                questions=several(made_of(question=TEXT, count=WHOLE, last=MOMENT), 50),
            )
        },
        [
            PROTOCOL_NUMBER,
            Parameter("person", {**text(128), "examples": ["lin.yue"]}, "path"),
            Parameter("since", {"type": "string", "format": "date-time", "examples": ["2026-11-01T00:00:00.000Z"]}),
        ],
        refusals={403: ("not_allowed",), 404: ("unknown_person",), 422: ("bad_request",)},
    ),
    ("GET", "/v1/history/{entity}/{row_id}"): Operation(
        "What a ticket or a customer went through, the newest first",
        {
            200: made_of(
                changes=several(
                    made_of(version=WHOLE, field=TEXT, old={}, new={}, who=TEXT, at=MOMENT, done_at=MOMENT)
                ),
                next={"type": ["integer", "null"]},
            )
        },
        [
            PROTOCOL_NUMBER,
            Parameter("entity", {"enum": sorted(TRACED)}, "path"),
            Parameter("row_id", {**text(128), "examples": ["C-1"]}, "path"),
            Parameter("before", {"type": "integer", "minimum": 1, "maximum": 2**31 - 1}, needed=False),
        ],
        refusals={404: ("not_found",), 422: ("bad_request",)},
    ),
    ("GET", "/v1/announcements/{row_id}/readers"): Operation(
        "Who of an announcement's audience has read it",
        {
            200: made_of(
                version=WHOLE,
                read_from=WHOLE,
                readers=several(
                    made_of(
                        agent=TEXT,
                        team=TEXT,
                        edition=WHOLE,
                        delivered_at=MAY_BE_NULL,
                        opened_at=MAY_BE_NULL,
                        read_at=MAY_BE_NULL,
                        received_at=MAY_BE_NULL,
                        dwell_s=WHOLE,
                        name=TEXT,
                        tries=WHOLE,
                    )
                ),
            )
        },
        [PROTOCOL_NUMBER, Parameter("row_id", {**text(128), "examples": ["price"]}, "path")],
        refusals={403: ("not_allowed",), 404: ("not_found",)},
    ),
    ("GET", "/customers/duplicates"): Operation(
        "Customers who may be the same person",
        {
            200: made_of(
                duplicates=several(
                    made_of(reason={"enum": ["number", "email", "name_and_company"]}, customers=several(TEXT, 2)), 200
                )
            )
        },
        [PROTOCOL_NUMBER],
        refusals={403: ("not_allowed",)},
    ),
    ("POST", "/customers/{customer_id}/reveal"): Operation(
        "One phone or ID number of a customer, for a reason that is written down",
        {200: made_of(value=TEXT)},
        [PROTOCOL_NUMBER, Parameter("customer_id", {**text(128), "examples": ["C-1"]}, "path")],
        exactly(
            ("field", "reason"),
            field={"enum": ["phones", "id_number"]},
            position={**WHOLE, "maximum": 1000},
            purpose={"enum": ["look", "dial"]},
            reason={"type": "string", "maxLength": 500, "pattern": r"^[^\x00]*\S[^\x00]*$"},
        ),
        refusals={403: ("not_allowed",), 404: ("not_found",)},
    ),
    **IMPORT_OPERATIONS,
}
