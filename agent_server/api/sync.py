"""The hot routes of synchronisation (docs/api.md): plain routes, JSON written by orjson."""

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

import agent_server
from agent_model.moment import to_text
from agent_model.scope import customers
from agent_model.wire import OLDEST_PROTOCOL, PROTOCOL, answer_to_plain
from agent_server import changes
from agent_server.api.commands import read_commands, require_true_clock
from agent_server.api.requests import (
    address_of,
    answer,
    caller_of,
    held_scope,
    json_of,
    require_only,
    require_protocol,
    require_range,
    require_version,
    server_of,
    text_of,
    version_of,
    whole_number_of,
)
from agent_server.audit import Act, Deed
from agent_server.judging.case import Author
from agent_server.privacy.tombstones import erased_among
from agent_server.refusals import RequestRefused
from agent_server.scopes import segments_in
from agent_server.tables import ID_LENGTH
from agent_server.upcasters import UPCASTERS

FEATURES: Final = ("snapshot", "live", "verify", "conflicts", "files", "erased", "hides")
ENTRIES_A_PAGE: Final = 1000
MOST_ENTRIES: Final = 5000
LARGEST_CURSOR: Final = 10**18
LONGEST_NAME: Final = 200
MOST_ASKED: Final = 500
CUSTOMERS: Final = customers("")


async def hello(request: Request) -> Response:
    require_protocol(request)
    caller = await caller_of(request)
    server = server_of(request)
    greeting = {
        "server": agent_server.__version__,
        "protocol": PROTOCOL,
        "oldest_protocol": OLDEST_PROTOCOL,
        "schema": UPCASTERS.current,
        "oldest_schema": UPCASTERS.oldest,
        "epoch": server.epoch_for(caller.sight),
        "server_time": to_text(server.now()),
        "scopes": await changes.heads(server.database, caller.scopes),
        "features": FEATURES,
        "erasures": await server.erasures.count(),
    }
    if serial := await server.provisioning.serial():
        greeting["provisioning"] = serial
    standing = await server.workstations.standing()
    if code := standing.refusal(version_of(request)):
        greeting["workstations"] = {"refusal": code, "oldest": standing.oldest, "newest": standing.newest}
    if caller.person.role in server.accounts.policy.asks_why:
        greeting["asks_why"] = True
    if caller.sight.is_masked:
        greeting["hidden"] = sorted(caller.sight.kinds)
    if caller.sight.hides_numbers:
        greeting["match_keys"] = {segment: caller.sight.match_key(segment) for segment in segments_in(caller.scopes)}
    if caller.sight.hides_words:
        greeting["word_keys"] = {segment: caller.sight.word_key(segment) for segment in segments_in(caller.scopes)}
    return answer(request, greeting)


async def snapshot_manifest(request: Request) -> Response:
    require_protocol(request)
    caller = await caller_of(request)
    await require_version(request)
    scope = held_scope(caller, request.path_params["scope"])
    snapshot = await server_of(request).snapshots_for(caller.sight).newest(scope)
    return answer(request, snapshot.manifest.to_plain())


async def snapshot_file(request: Request) -> Response:
    """The newest file, or the one that `If-Range` or `If-Match` names as long as it is kept."""
    require_protocol(request)
    caller = await caller_of(request)
    await require_version(request)
    scope = held_scope(caller, request.path_params["scope"])
    snapshots = server_of(request).snapshots_for(caller.sight)
    wanted = request.headers.get("if-match") or request.headers.get("if-range")
    snapshot = None if wanted is None else await snapshots.with_etag(scope, wanted)
    if snapshot is None:
        snapshot = await snapshots.newest(scope)
    manifest = snapshot.manifest
    if request.headers.get("if-match") not in (None, manifest.etag):
        raise RequestRefused(412, "snapshot_gone", etag=manifest.etag)
    if request.headers.get("if-range") in (None, manifest.etag):
        require_range(request, manifest.size)
    else:  # the range is of another file
        del MutableHeaders(scope=request.scope)["range"]
    if scope.startswith(CUSTOMERS):
        part = request.headers.get("range", "")
        act = Act(Deed.EXPORTED, caller.person.id, scope, part, device=caller.device_id, address=address_of(request))
        await server_of(request).accounts.audit.note(act)
    headers = {"ETag": manifest.etag, "X-Base-Seq": str(manifest.base_seq)}
    return FileResponse(snapshot.path, headers=headers, media_type="application/zstd")


async def changes_page(request: Request) -> Response:
    require_protocol(request)
    caller = await caller_of(request)
    await require_version(request)
    scope = held_scope(caller, request.query_params.get("scope", ""))
    since = whole_number_of(request, "since", None, 0, LARGEST_CURSOR)
    limit = whole_number_of(request, "limit", ENTRIES_A_PAGE, 1, MOST_ENTRIES)
    page = await changes.changes_since(server_of(request).database, scope, since, limit, caller.sight)
    return answer(request, page)


async def erased(request: Request) -> Response:
    """Which of the customers that a workstation knows of beside its slices were erased."""
    require_protocol(request)
    await caller_of(request)
    content = await json_of(request)
    require_only(content, "ids")
    ids = content.get("ids")
    is_list = isinstance(ids, list) and 0 < len(ids) <= MOST_ASKED
    if not is_list or not all(isinstance(one, str) and 0 < len(one) <= ID_LENGTH for one in ids or ()):
        raise RequestRefused(422, "bad_request", field="ids")
    if any("\x00" in one for one in ids or ()):
        raise RequestRefused(422, "bad_request", field="ids")
    async with server_of(request).database.reading() as connection:
        found = await erased_among(connection, {("customer", one) for one in ids or ()})
    return answer(request, {"erased": sorted(row_id for _, row_id in found)})


async def ops(request: Request) -> Response:
    require_protocol(request)
    caller = await caller_of(request)
    content = await json_of(request)
    require_only(content, "device_id", "ops", "epoch", "again")
    if content.get("device_id") != caller.device_id:
        raise RequestRefused(403, "device_not_yours")
    is_again = content.get("again", False)
    if not isinstance(is_again, bool):
        raise RequestRefused(422, "bad_request", field="again")
    epoch = server_of(request).epoch_for(caller.sight)
    if "epoch" in content and text_of(content, "epoch", LONGEST_NAME) != epoch:
        raise RequestRefused(409, "another_epoch", epoch=epoch)
    commands = read_commands(content)
    require_true_clock(commands, server_of(request).now())
    author = Author(caller.person, caller.device_id, caller.scopes, address_of(request))
    server = server_of(request)
    settle = server.ledger.settle_again if is_again else server.ledger.settle
    settled = await settle(commands, author)
    server.pokes.moved(settled.heads)
    answers = [answer_to_plain(given) for given in settled.answers]
    return answer(request, {"answers": answers, "server_time": to_text(server.now())})


ROUTES: Final = (
    Route("/sync/v1/hello", hello, methods=["GET"]),
    Route("/sync/v1/snapshot/{scope:path}/manifest", snapshot_manifest, methods=["GET"]),
    Route("/sync/v1/snapshot/{scope:path}", snapshot_file, methods=["GET"]),
    Route("/sync/v1/changes", changes_page, methods=["GET"]),
    Route("/sync/v1/erased", erased, methods=["POST"]),
    Route("/sync/v1/ops", ops, methods=["POST"]),
)
