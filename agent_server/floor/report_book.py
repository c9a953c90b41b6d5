"""Reports by mail that those who lead set up from their page, beside those of `reports.toml`."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import delete, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.agent import Role
from agent_model.moment import from_text, to_text
from agent_model.report_mail import MOST_MAILS, ReportMail, ReportMails
from agent_server.administration import Actor
from agent_server.audit import AuditTrail, Deed
from agent_server.database import Database
from agent_server.floor.report_plan import Mail, Plan
from agent_server.refusals import RequestRefused
from agent_server.rights import MAY_SEE_REPORTS
from agent_server.scopes import Person
from agent_server.tables import agent, report_mail, report_schedule

log = logging.getLogger("agent_server.reports")


class ReportBook:
    """Every method but `standing` and `may_see` is one that somebody asked for, and raises RequestRefused."""

    def __init__(self, database: Database, audit: AuditTrail, plan: Plan | None, now: Callable[[], datetime]) -> None:
        self._database, self._audit, self._plan, self._now = database, audit, plan, now

    async def seen_by(self, person: Person) -> ReportMails:
        """Those of the teams that one leads."""
        _require(person, None)
        sent = report_mail.c.sent_at.label("sent_at")
        query = (
            select(report_schedule, sent)
            .outerjoin(report_mail, report_mail.c.name == literal("page-").concat(report_schedule.c.id))
            .order_by(report_schedule.c.changed_at, report_schedule.c.id)
        )
        async with self._database.reading() as connection:
            found = [_mail(row, row.sent_at) for row in await connection.execute(query)]
        own = person.team if person.role is Role.TEAM_LEAD else None
        domains = () if self._plan is None else self._plan.smtp.allowed
        return ReportMails(self._plan is not None, domains, tuple(one for one in found if own in (None, one.team)))

    async def put(self, actor: Actor, person: Person, mail: ReportMail) -> None:
        """A new one, or another instead of what it was."""
        _require(person, mail.team)
        if self._plan is None:
            raise RequestRefused(409, "no_mail_server")
        if not all(address.rpartition("@")[2].lower() in self._plan.smtp.allowed for address in mail.to):
            raise RequestRefused(422, "address_not_allowed")
        line = {"body": _body(mail), "changed_by": person.id, "changed_at": to_text(self._now())}
        async with self._database.writing() as connection:
            kept = await self._kept(connection, mail.id)
            if kept is not None:
                _require(person, kept.team)
            elif (await connection.scalar(select(func.count()).select_from(report_schedule)) or 0) >= MOST_MAILS:
                raise RequestRefused(422, "too_many_mails")
            await self._forget(connection, mail.id)
            await connection.execute(self._database.insert_new(report_schedule, ("id",)), [{"id": mail.id, **line}])
            about = f"{mail.kind or 'daily'} {mail.team} {' '.join(mail.to)}"[:500]
            await self._audit.append(connection, actor.act(Deed.REPORT_MAIL_SET, mail.id, about))

    async def drop(self, actor: Actor, person: Person, id_: str) -> None:
        async with self._database.writing() as connection:
            kept = await self._kept(connection, id_)
            _require(person, None if kept is None else kept.team)
            if kept is None:
                raise RequestRefused(404, "unknown_mail")
            await self._forget(connection, id_)
            await self._audit.append(connection, actor.act(Deed.REPORT_MAIL_DROPPED, id_, ""))

    async def standing(self) -> Sequence[Mail]:
        """Those to be sent: of people who still lead what they are of."""
        query = select(report_schedule, agent.c.role, agent.c.team).join(
            agent, agent.c.id == report_schedule.c.changed_by
        )
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        found: list[Mail] = []
        for row in rows:
            mail = _mail(row, None)
            if may_see(Role(row.role), row.team, mail.team):
                try:
                    found.append(planned(mail))
                except ValidationError:
                    log.warning("the report by mail %s is not one that this server makes: set it up anew", mail.id)
        return found

    async def _kept(self, connection: AsyncConnection, id_: str) -> ReportMail | None:
        query = select(report_schedule).where(report_schedule.c.id == id_).with_for_update()
        row = (await connection.execute(query)).first()
        return None if row is None else _mail(row, None)

    async def _forget(self, connection: AsyncConnection, id_: str) -> None:
        await connection.execute(delete(report_schedule).where(report_schedule.c.id == id_))
        await connection.execute(delete(report_mail).where(report_mail.c.name == f"page-{id_}"))


def may_see(role: Role, own_team: str, team: str) -> bool:
    return role in MAY_SEE_REPORTS and (role is not Role.TEAM_LEAD or team == own_team)


def planned(mail: ReportMail) -> Mail:
    """As one of the plan. Raises ValidationError."""
    plain = _body(mail)
    return Mail.model_validate({**plain, "daily": mail.kind is None, "name": f"page-{mail.id}"})


def _require(person: Person, team: str | None) -> None:
    """`team` None: any that one leads."""
    if not may_see(person.role, person.team, person.team if team is None else team):
        raise RequestRefused(403, "not_allowed")


def _body(mail: ReportMail) -> dict[str, Any]:
    return {
        "kind": mail.kind, "team": mail.team, "queue": mail.queue, "days": mail.days, "compared": mail.compared,
        "at": mail.at, "on": list(mail.on), "form": mail.form, "language": mail.language, "to": list(mail.to),
    }  # fmt: skip


def _mail(row: Any, sent_at: str | None) -> ReportMail:
    body = {**row.body, "on": tuple(row.body["on"]), "to": tuple(row.body["to"])}
    return ReportMail(
        row.id, **body, changed_by=row.changed_by, sent_at=None if sent_at is None else from_text(sent_at)
    )
