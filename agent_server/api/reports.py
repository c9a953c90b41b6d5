"""Reports of the floor for who leads it, as rows and as files (docs/metrics.md)."""

import asyncio
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BaseModel, Field, StringConstraints, ValidationError

from agent_model.agent import Role
from agent_model.body import to_body
from agent_model.floor_report import Period, Report, ReportKind, Value, Wish
from agent_model.report_mail import MOST_ADDRESSES, MOST_DAYS, ReportMail
from agent_server.accounts import Caller
from agent_server.api.administration import actor_of
from agent_server.api.openapi import refusals
from agent_server.api.requests import caller_of, reader_of, server_of
from agent_server.api.sign_in import Strict
from agent_server.audit import Deed
from agent_server.floor.report_book import planned
from agent_server.floor.report_file import Edition, FileForm, content, file_name, names
from agent_server.floor.report_plan import Address
from agent_server.floor.reports import NotTheseDays, TooMuch
from agent_server.refusals import RequestRefused
from agent_server.rights import MAY_SEE_REPORTS

router = APIRouter()

MailId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
BodyId = Annotated[str, StringConstraints(max_length=128, pattern=r"^[^\x00]*$")]
Id = Annotated[str, Query(max_length=128, pattern=r"^[^\x00]*$")]
REFUSALS = refusals({403: ("not_allowed",), 422: ("not_these_days", "too_much")})


class Asked(BaseModel):
    """The days of a report, both of it, and what narrows it."""

    first: date
    last: date
    team: str = ""
    queue: str = ""
    compared_from: date | None = None
    agent: str = ""


class Rows(BaseModel):
    rows: list[list[str | int | float | None]]
    total: list[str | int | float | None] | None


class Told(BaseModel):
    kind: ReportKind
    first: date
    last: date
    keys: list[str]
    columns: list[str]
    now: Rows
    before: Rows | None


def _asked(
    first: date,
    last: date,
    team: Id = "",
    queue: Id = "",
    compared_from: Annotated[date | None, Query()] = None,
    agent: Id = "",
) -> Asked:
    return Asked(first=first, last=last, team=team, queue=queue, compared_from=compared_from, agent=agent)


Days = Annotated[Asked, Depends(_asked)]


@router.get("/floor/v1/reports/{kind}", responses=REFUSALS)
async def report(request: Request, kind: ReportKind, asked: Days) -> Told:
    """A team lead's are of the own team. Reading is on record."""
    caller, made = await _made(request, kind, asked)
    await _note(request, caller, Deed.REPORT_READ, made)
    return Told(
        kind=kind,
        first=asked.first,
        last=asked.last,
        keys=list(made.keys),
        columns=list(made.columns),
        now=_rows(made.now),
        before=None if made.before is None else _rows(made.before),
    )


@router.get(
    "/floor/v1/reports/{kind}/file",
    response_class=Response,
    responses={200: {"content": {form.media_type: {} for form in FileForm}}, **REFUSALS},
)
async def report_file(
    request: Request,
    kind: ReportKind,
    asked: Days,
    form: FileForm = FileForm.XLSX,
    language: Annotated[str, Query(max_length=16, pattern=r"^[A-Za-z_-]*$")] = "zh_CN",
) -> Response:
    """The same in words, as a workbook or a table of text; each is a line of the audit trail before it is given."""
    caller, made = await _made(request, kind, asked)
    server = server_of(request)
    await _note(request, caller, Deed.REPORT_TAKEN, made)
    async with server.database.reading() as connection:
        called = await names(connection)
    login = caller.person.id
    edition = Edition(form, language, login, server.now(), server.settings.site_zone)
    disposition = f'attachment; filename="{file_name(made.wish, edition)}"'
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    written = await asyncio.to_thread(content, made, edition, called)
    return Response(written, media_type=form.media_type, headers=headers)


class MailWish(Strict):
    """A report that is sent by mail; `kind` null: the daily report of the team."""

    kind: Annotated[ReportKind, Field(strict=False)] | None
    team: BodyId = ""
    queue: BodyId = ""
    days: Annotated[int, Field(ge=1, le=MOST_DAYS)] = 1
    compared: bool = False
    at: Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    on: Annotated[list[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]], Field(min_length=1, max_length=7)]
    form: Annotated[FileForm, Field(strict=False)]
    language: Literal["zh_CN", "en"]
    to: Annotated[list[Address], Field(min_length=1, max_length=MOST_ADDRESSES)]


@router.get("/floor/v1/report-mails", responses=refusals({403: ("not_allowed",)}))
async def report_mails(request: Request) -> dict[str, Any]:
    """Those of the teams that one leads."""
    caller = await caller_of(request)
    return to_body(await server_of(request).report_book.seen_by(caller.person))


@router.put(
    "/floor/v1/report-mails/{mail_id}",
    status_code=204,
    responses=refusals(
        {403: ("not_allowed",), 409: ("no_mail_server",), 422: ("address_not_allowed", "bad_mail", "too_many_mails")}
    ),
)
async def set_report_mail(request: Request, mail_id: MailId, wish: MailWish) -> Response:
    """Have a report sent from now on, or have it sent otherwise."""
    caller = await caller_of(request)
    said = {**wish.model_dump(), "form": wish.form.value, "on": tuple(wish.on), "to": tuple(wish.to)}
    mail = ReportMail(mail_id, **said)
    try:
        planned(mail)
    except ValidationError as error:
        raise RequestRefused(422, "bad_mail") from error
    await server_of(request).report_book.put(actor_of(request, caller), caller.person, mail)
    return Response(status_code=204)


@router.delete(
    "/floor/v1/report-mails/{mail_id}",
    status_code=204,
    responses=refusals({403: ("not_allowed",), 404: ("unknown_mail",)}),
)
async def drop_report_mail(request: Request, mail_id: MailId) -> Response:
    """Have a report sent no more."""
    caller = await caller_of(request)
    await server_of(request).report_book.drop(actor_of(request, caller), caller.person, mail_id)
    return Response(status_code=204)


async def _made(request: Request, kind: ReportKind, asked: Asked) -> tuple[Caller, Report]:
    caller = await reader_of(request)
    person = caller.person
    if person.role not in MAY_SEE_REPORTS:
        raise RequestRefused(403, "not_allowed")
    if person.role is Role.TEAM_LEAD and asked.team not in ("", person.team):
        raise RequestRefused(403, "not_allowed")
    team = person.team if person.role is Role.TEAM_LEAD else asked.team
    wish = Wish(kind, asked.first, asked.last, team, asked.queue, asked.compared_from, asked.agent)
    try:
        return caller, await server_of(request).reports.made(wish)
    except TooMuch as error:
        raise RequestRefused(422, "too_much", most=error.most) from error
    except NotTheseDays as error:
        raise RequestRefused(422, "not_these_days") from error


async def _note(request: Request, caller: Caller, deed: Deed, made: Report) -> None:
    wish = made.wish
    about = " ".join(part for part in (f"{wish.first}..{wish.last}", wish.team, wish.queue, wish.agent) if part)
    act = actor_of(request, caller).act(deed, wish.kind.value, about[:500])
    await server_of(request).accounts.audit.note(act)


def _rows(period: Period) -> Rows:
    total: tuple[Value, ...] | None = period.total
    return Rows(rows=[list(row) for row in period.rows], total=None if total is None else list(total))
