"""Sealed work of somebody who left the seat, brought by whoever sits there now, or by a workstation to which nobody is
left to sign in (POST /sync/v1/handover)."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from agent_model.command import Verdict
from agent_model.moment import to_text
from agent_model.wire import OPS_A_BATCH
from agent_server.api.commands import read_commands
from agent_server.api.requests import address_of, answer, caller_of, require_pause, require_protocol, server_of
from agent_server.judging.case import Author
from agent_server.refusals import RequestRefused


async def take_over(request: Request) -> Response:
    """Applies the batch in its author's name. Nothing of it is told to who brings it but how it went."""
    require_protocol(request)
    await _require_bearer(request)
    server = server_of(request)
    batch = server.handover.open(await request.body())
    steps = [batch.ops[start : start + OPS_A_BATCH] for start in range(0, len(batch.ops), OPS_A_BATCH)]
    commands = [read_commands({"ops": step}) for step in steps]
    found = await server.accounts.agent_as_now(batch.author, batch.device_id)
    if found is None:
        raise RequestRefused(422, "unknown_author")
    author = Author(found.person, batch.device_id, found.scopes, address_of(request))
    accepted = refused = 0
    for step in commands:
        settled = await server.ledger.settle(step, author)
        server.pokes.moved(settled.heads)
        wrong = sum(given.verdict in (Verdict.REJECTED, Verdict.CONFLICT) for given in settled.answers)
        refused += wrong
        accepted += len(settled.answers) - wrong
    await server.devices.forget_unsent(batch.device_id, batch.author)  # what else they have they tell again
    return answer(request, {"accepted": accepted, "refused": refused, "server_time": to_text(server.now())})


async def _require_bearer(request: Request) -> None:
    """A batch proves itself whose it is, so that a workstation that was wiped may bring it without a session."""
    if "authorization" in request.headers:
        await caller_of(request, from_any_device=True)
    else:
        require_pause(server_of(request).sign_in_limits, address_of(request))


ROUTES: Final = (Route("/sync/v1/handover", take_over, methods=["POST"]),)
