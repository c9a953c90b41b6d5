"""Files in pieces, after tus 1.0 with creation, checksum and expiration (docs/api.md, /sync/v1/files)."""

import base64
import binascii
import re
from collections.abc import Awaitable, Callable, Mapping
from email.utils import format_datetime
from typing import Final

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from agent_model.moment import from_text, to_text
from agent_server.accounts import Caller
from agent_server.api.requests import caller_of, refusal, require_protocol, server_of
from agent_server.attachments import KIND as ATTACHMENT
from agent_server.file_store import Checksum
from agent_server.import_leavings import TABLE
from agent_server.refusals import RequestRefused
from agent_server.rights import MAY_ADD_ARTICLE_FILES, MAY_IMPORT
from agent_server.uploads import ARTICLE_FILE, KINDS, Upload, Wish

PATH: Final = "/sync/v1/files"
TUS: Final = "1.0.0"
EXTENSIONS: Final = "creation,checksum,expiration"
PIECE_TYPE: Final = "application/offset+octet-stream"
ALGORITHMS: Final[Mapping[str, int]] = {"sha1": 20, "sha256": 32}
LONGEST_METADATA: Final = 8 * 1024
LONGEST_LINK: Final = 128
KNOWN: Final = ("kind", "sha256", "key", "call_ref", "contact", "ticket", "began_at")
SHA256: Final = re.compile(r"[0-9a-f]{64}")

Handle = Callable[[Request, Caller], Awaitable[Response]]
Answer = Callable[[Request], Awaitable[Response]]


def _resumable(handle: Handle, *, asks_version: bool = True) -> Answer:
    """What tus wants of every route: its version, both ways, also beside a refusal."""

    async def answering(request: Request) -> Response:
        try:
            require_protocol(request)
            caller = await caller_of(request)
            if asks_version and request.headers.get("tus-resumable") != TUS:
                raise RequestRefused(412, "other_tus_version", tus=TUS)
            response = await handle(request, caller)
        except ClientDisconnect:
            response = refusal(RequestRefused(400, "bad_request"))  # nobody hears it
        except RequestRefused as refused:
            response = refusal(refused)
            if refused.code == "other_tus_version":
                response.headers["Tus-Version"] = TUS
            if refused.code == "wrong_offset":
                response.headers["Upload-Offset"] = str(refused.facts["offset"])
        response.headers["Tus-Resumable"] = TUS
        return response

    return answering


async def describe(request: Request, _caller: Caller) -> Response:
    settings = server_of(request).settings
    told = {
        "Tus-Version": TUS,
        "Tus-Extension": EXTENSIONS,
        "Tus-Max-Size": str(settings.largest_file),
        "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
        "X-Largest-Piece": str(settings.largest_piece),
    }
    return Response(status_code=204, headers=told)


async def create(request: Request, caller: Caller) -> Response:
    server = server_of(request)
    wish = _wish_of(request)
    if wish.kind == TABLE and caller.person.role not in MAY_IMPORT:
        raise RequestRefused(403, "not_allowed")
    if wish.kind == ARTICLE_FILE and caller.person.role not in MAY_ADD_ARTICLE_FILES:
        raise RequestRefused(403, "not_allowed")
    if wish.key is not None:
        server.handover.key_of_file(bytes.fromhex(wish.key), caller.person.id, caller.device_id, wish.sha256)
    found, is_new = await server.uploads.begin(caller, wish)
    return Response(status_code=201 if is_new else 200, headers={"Location": f"{PATH}/{found.id}", **_progress(found)})


async def tell_offset(request: Request, caller: Caller) -> Response:
    found = await server_of(request).uploads.find(caller, request.path_params["upload_id"])
    told = {"Upload-Length": str(found.wish.length), "Upload-Metadata": _metadata_of(found.wish)}
    return Response(headers={**_progress(found), **told, "Cache-Control": "no-store"})


async def receive(request: Request, caller: Caller) -> Response:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != PIECE_TYPE:
        raise RequestRefused(415, "bad_content_type", expected=PIECE_TYPE)
    offset, declared = _number_in(request, "Upload-Offset"), _checksum_of(request)
    uploads = server_of(request).uploads
    found = await uploads.receive(caller, request.path_params["upload_id"], offset, request.stream(), declared)
    if found.is_finished and found.wish.kind == ATTACHMENT:
        server_of(request).attachments.rounds.soon()
    if found.is_finished and found.wish.kind == ARTICLE_FILE:
        server_of(request).article_files.rounds.soon()
    return Response(status_code=204, headers=_progress(found))


def _progress(found: Upload) -> dict[str, str]:
    told = {"Upload-Offset": str(found.received)}
    if not found.is_finished:
        told["Upload-Expires"] = format_datetime(found.expires_at, usegmt=True)
    return told


def _number_in(request: Request, header: str) -> int:
    text = request.headers.get(header, "")
    if not text.isascii() or not text.isdigit() or len(text) > 15:
        raise RequestRefused(400, "bad_request", field=header)
    return int(text)


def _checksum_of(request: Request) -> Checksum | None:
    text = request.headers.get("upload-checksum")
    if text is None:
        return None
    algorithm, _, encoded = text.partition(" ")
    digest = _decoded(encoded, "Upload-Checksum")
    if len(digest) != ALGORITHMS.get(algorithm):
        raise RequestRefused(400, "bad_request", field="Upload-Checksum")
    return Checksum(algorithm, digest)


def _wish_of(request: Request) -> Wish:
    length = _number_in(request, "Upload-Length")
    said = _said(request.headers.get("upload-metadata", ""))
    kind, sha256 = said.get("kind", ""), said.get("sha256", "")
    if length < 1:
        raise RequestRefused(400, "bad_request", field="Upload-Length")
    if kind not in KINDS:
        raise _bad("kind")
    if SHA256.fullmatch(sha256) is None:
        raise _bad("sha256")
    key, began_at = said.get("key"), said.get("began_at")
    try:
        key = None if key is None else bytes.fromhex(key).hex()
        began_at = None if began_at is None else to_text(from_text(began_at))
    except (ValueError, OverflowError) as error:
        raise _bad("began_at" if key == said.get("key") else "key") from error
    links = {name: said.get(name) for name in ("call_ref", "contact", "ticket")}
    for name, link in links.items():
        if link is not None and not 0 < len(link) <= LONGEST_LINK:
            raise _bad(name)
    return Wish(sha256, kind, length, key, began_at=began_at, **links)


def _said(metadata: str) -> dict[str, str]:
    """`name base64, name base64`. Raises RequestRefused: bad_request."""
    said: dict[str, str] = {}
    if len(metadata) > LONGEST_METADATA:
        raise RequestRefused(400, "bad_request", field="Upload-Metadata")
    for pair in metadata.split(",") if metadata else ():
        name, _, encoded = pair.strip().partition(" ")
        if name not in KNOWN or name in said:
            raise RequestRefused(400, "bad_request", field="Upload-Metadata")
        try:
            said[name] = _decoded(encoded, "Upload-Metadata").decode()
        except UnicodeDecodeError as error:
            raise _bad(name) from error
        if "\x00" in said[name]:
            raise _bad(name)
    return said


def _metadata_of(wish: Wish) -> str:
    pairs = ((name, getattr(wish, name)) for name in KNOWN)
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in pairs if value is not None)


def _decoded(encoded: str, field: str) -> bytes:
    try:
        return base64.b64decode(encoded.encode("latin-1"), validate=True)
    except binascii.Error as error:
        raise RequestRefused(400, "bad_request", field=field) from error


def _bad(name: str) -> RequestRefused:
    return RequestRefused(422, "bad_request", field=name)


ROUTES: Final = (
    Route(PATH, _resumable(describe, asks_version=False), methods=["OPTIONS"]),
    Route(PATH, _resumable(create), methods=["POST"]),
    Route(f"{PATH}/{{upload_id}}", _resumable(tell_offset), methods=["HEAD"]),
    Route(f"{PATH}/{{upload_id}}", _resumable(receive), methods=["PATCH"]),
)
