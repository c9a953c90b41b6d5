"""Looking after accounts, and reading the audit trail: who may, `administration` and `rights` say."""

import contextlib
from collections.abc import Iterator
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, Field, StringConstraints

from agent_model.agent import Role
from agent_model.announcement import LONGEST_SITE
from agent_server.accounts import Caller
from agent_server.administration import Actor, BadSite, NotAllowed, RolesKeptApart, UnknownUser, UserExists
from agent_server.api.openapi import refusals
from agent_server.api.requests import address_of, caller_of, server_of
from agent_server.api.sign_in import Login, Password, Strict
from agent_server.audit import Deed
from agent_server.refusals import RequestRefused
from agent_server.rights import MAY_LIST_PEOPLE, MAY_READ_AUDIT
from agent_server.rows import BadBody

router = APIRouter()

Reason = Annotated[str, StringConstraints(min_length=3, max_length=500, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=128, pattern=r"^[^\x00]*$")]
NewPassword = Annotated[str, StringConstraints(min_length=10, max_length=1024)]
GivenRole = Annotated[Role, Field(strict=False)]
PathLogin = Annotated[str, Path(max_length=128, pattern=r"^[^\x00]*$")]
Seq = Annotated[int, Query(ge=0, le=2**53)]
Limit = Annotated[int, Query(ge=1, le=1000)]

ABOUT_SOMEBODY: Final = {403: ("not_allowed",), 404: ("unknown_user",)}


class Why(Strict):
    reason: Reason


class NewRole(Why):
    role: GivenRole


class NewSite(Why):
    site: str = Field(max_length=LONGEST_SITE)


class NewPasswordOf(Why):
    password: NewPassword


class OwnPassword(Strict):
    old: Password
    new: NewPassword


class NewUser(Strict):
    login: Login
    name_zh: Name
    name_en: Name
    role: GivenRole
    extension: str = ""
    team: Name
    queues: tuple[Name, ...] = Field((), max_length=200, strict=False)
    password: NewPassword


class Ended(BaseModel):
    ended: int


class People(BaseModel):
    users: list[dict[str, Any]]


class Lines(BaseModel):
    lines: list[dict[str, Any]]
    next: int


@router.get("/admin/users", responses=refusals({403: ("not_allowed",)}))
async def list_people(request: Request) -> People:
    await _caller_among(request, MAY_LIST_PEOPLE)
    users = await server_of(request).users.all()
    told = [
        {"login": user.login, "role": user.role, "team": user.team, "queues": user.queues, "is_locked": user.is_locked}
        for user in users
    ]
    return People(users=told)


@router.post(
    "/admin/users",
    status_code=201,
    response_class=Response,
    responses=refusals({403: ("not_allowed",), 409: ("user_exists",)}),
)
async def add_person(request: Request, wish: NewUser) -> Response:
    actor = actor_of(request, await caller_of(request))
    body = {
        "login": wish.login,
        "name": {"zh": wish.name_zh, "en": wish.name_en},
        "role": wish.role.value,
        "extension": wish.extension,
        "team": wish.team,
        "queues": list(wish.queues),
        "languages": ["zh-CN"],
    }
    with _refusing():
        await server_of(request).administration.add(actor, body, wish.password)
    return Response(status_code=201)


@router.put(
    "/admin/users/{login}/role", status_code=204, responses=refusals({**ABOUT_SOMEBODY, 409: ("roles_kept_apart",)})
)
async def set_role(request: Request, login: PathLogin, wish: NewRole) -> Response:
    actor = actor_of(request, await caller_of(request))
    with _refusing():
        await server_of(request).administration.set_role(actor, login, wish.role, wish.reason)
    return Response(status_code=204)


@router.put("/admin/users/{login}/site", status_code=204, responses=refusals(ABOUT_SOMEBODY))
async def set_site(request: Request, login: PathLogin, wish: NewSite) -> Response:
    actor = actor_of(request, await caller_of(request))
    with _refusing():
        await server_of(request).administration.set_site(actor, login, wish.site, wish.reason)
    return Response(status_code=204)


@router.put("/admin/users/{login}/password", status_code=204, responses=refusals(ABOUT_SOMEBODY))
async def set_password(request: Request, login: PathLogin, wish: NewPasswordOf) -> Response:
    actor = actor_of(request, await caller_of(request))
    with _refusing():
        await server_of(request).administration.set_password(actor, login, wish.password, wish.reason)
    return Response(status_code=204)


@router.post("/admin/users/{login}/lock", status_code=204, responses=refusals(ABOUT_SOMEBODY))
async def lock(request: Request, login: PathLogin, wish: Why) -> Response:
    actor = actor_of(request, await caller_of(request))
    with _refusing():
        await server_of(request).administration.set_locked(actor, login, wish.reason, is_locked=True)
    return Response(status_code=204)


@router.post("/admin/users/{login}/unlock", status_code=204, responses=refusals(ABOUT_SOMEBODY))
async def unlock(request: Request, login: PathLogin, wish: Why) -> Response:
    actor = actor_of(request, await caller_of(request))
    with _refusing():
        await server_of(request).administration.set_locked(actor, login, wish.reason, is_locked=False)
    return Response(status_code=204)


@router.post("/admin/users/{login}/sessions/end", responses=refusals(ABOUT_SOMEBODY))
async def end_sessions(request: Request, login: PathLogin, wish: Why) -> Ended:
    actor = actor_of(request, await caller_of(request))
    with _refusing():
        return Ended(ended=await server_of(request).administration.end_sessions(actor, login, wish.reason))


@router.post("/admin/users/{login}/second-factor/reset", status_code=204, responses=refusals(ABOUT_SOMEBODY))
async def reset_second_factor(request: Request, login: PathLogin, wish: Why) -> Response:
    actor = actor_of(request, await caller_of(request))
    with _refusing():
        await server_of(request).administration.reset_second_factor(actor, login, wish.reason)
    return Response(status_code=204)


@router.put(
    "/auth/password",
    status_code=204,
    responses=refusals(
        {401: ("wrong_password",), 403: ("account_locked", "password_sign_in_off"), 429: ("too_many_attempts",)}
    ),
)
async def change_own_password(request: Request, wish: OwnPassword) -> Response:
    caller = await caller_of(request)
    server = server_of(request)
    await server.accounts.require_own_password(caller, wish.old, address_of(request))
    await server.administration.change_own_password(actor_of(request, caller), wish.new, caller.session_id)
    return Response(status_code=204)


@router.get("/audit", responses=refusals({403: ("not_allowed",)}))
async def read_audit(request: Request, since: Seq = 0, limit: Limit = 200) -> Lines:
    """Reading is itself a line."""
    caller = await _caller_among(request, MAY_READ_AUDIT)
    trail = server_of(request).accounts.audit
    lines = await trail.lines(since, limit)
    reached = lines[-1].seq if lines else since
    await trail.note(actor_of(request, caller).act(Deed.AUDIT_READ, f"{since + 1}..{reached}", ""))
    return Lines(lines=[line.to_plain() for line in lines], next=reached)


def actor_of(request: Request, caller: Caller) -> Actor:
    return Actor(caller.person.id, caller.person.role, caller.device_id, address_of(request))


async def _caller_among(request: Request, roles: frozenset[Role]) -> Caller:
    caller = await caller_of(request)
    if caller.person.role not in roles:
        raise RequestRefused(403, "not_allowed")
    return caller


@contextlib.contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except NotAllowed as error:
        raise RequestRefused(403, "not_allowed") from error
    except UnknownUser as error:
        raise RequestRefused(404, "unknown_user") from error
    except UserExists as error:
        raise RequestRefused(409, "user_exists") from error
    except BadSite as error:
        raise RequestRefused(422, "bad_request", field="site") from error
    except RolesKeptApart as error:
        raise RequestRefused(409, "roles_kept_apart") from error
    except BadBody as error:
        raise RequestRefused(422, "bad_request", field=error.field) from error
