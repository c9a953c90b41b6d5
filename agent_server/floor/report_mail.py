"""Sends the reports that are due by mail, each once, and again when the mail server did not take it."""

import asyncio
import logging
import smtplib
import ssl
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from agent_model.floor_report import Report, ReportKind, Wish
from agent_model.moment import to_text
from agent_server.database import Database
from agent_server.floor.report_book import ReportBook
from agent_server.floor.report_file import Edition, Names, content, file_name, names, summary, title
from agent_server.floor.report_plan import Mail, MailServer, Plan, Security
from agent_server.floor.report_words import DAILY, DAILY_INTRO, MAIL_INTRO
from agent_server.floor.reports import Reports, TooMuch
from agent_server.notices import Broker
from agent_server.rounds import Rounds
from agent_server.tables import report_mail

log = logging.getLogger("agent_server.reports")

LOOK_EVERY_S: Final = 30.0
AGAIN_AFTER: Final = timedelta(minutes=10)
SEND_WITHIN_S: Final = 60.0
LATEST: Final = timedelta(hours=20)
"""A report that could not be sent for so long is not sent any more: the next one comes."""
DAILY_KINDS: Final = (ReportKind.TEAM, ReportKind.AGENT, ReportKind.QUEUE, ReportKind.STATES)


class ReportMail:
    """In the process that leads."""

    def __init__(
        self,
        database: Database,
        broker: Broker,
        reports: Reports,
        plan: Plan | None,
        book: ReportBook,
        zone: ZoneInfo,
        now: Callable[[], datetime],
    ) -> None:
        self._database, self._broker, self._reports = database, broker, reports
        self._plan, self._book, self._zone, self._now = plan, book, zone, now
        self.rounds = Rounds(self.look, LOOK_EVERY_S, log, "reports could not be made", first_after_s=0)

    async def look(self) -> None:
        if self._plan is not None and self._broker.leads:
            await self.run(self._plan)

    async def run(self, plan: Plan) -> int:
        """Sends what is due; how many were sent."""
        sent = 0
        for mail in (*plan.report, *await self._book.standing()):
            due = mail.due(self._now(), self._zone)
            if await self._claim(mail, due):
                sent += await self._send(plan.smtp, mail, due)
        return sent

    async def _claim(self, mail: Mail, due: datetime) -> bool:
        """Whether it is to be sent now. One that was put on the plan later than it was due waits for the next time."""
        now = self._now()
        line = {"name": mail.name, "due": to_text(due), "sent_at": to_text(now), "tried_at": to_text(now)}
        async with self._database.writing() as connection:
            kept = (await connection.execute(select(report_mail).where(report_mail.c.name == mail.name))).first()
            if kept is None:
                await connection.execute(self._database.insert_new(report_mail, ("name",)), [line])
                return False
            if kept.due == to_text(due):
                is_open = kept.sent_at is None and now - due < LATEST
                return bool(is_open and kept.tried_at <= to_text(now - AGAIN_AFTER))
            fresh = {**line, "sent_at": None}
            await connection.execute(update(report_mail).where(report_mail.c.name == mail.name).values(fresh))
            return now - due < LATEST

    async def _send(self, server: MailServer, mail: Mail, due: datetime) -> bool:
        is_sent = is_over = False
        try:
            message = await self._message(server, mail, due)
            refused = await asyncio.to_thread(_deliver, server, message)
            is_sent = is_over = True
            if refused:
                log.warning("the report %s: the mail server refused %d recipients", mail.name, refused)
        except (smtplib.SMTPException, OSError) as error:
            log.warning("the report %s was not taken by the mail server: %s", mail.name, _said(error))
        except TooMuch as error:
            is_over = True
            log.warning("the report %s holds more than %d rows: send it of fewer days", mail.name, error.most)
        at = to_text(self._now())
        told = {"tried_at": at} | ({"sent_at": at} if is_over else {})
        async with self._database.writing() as connection:
            await connection.execute(update(report_mail).where(report_mail.c.name == mail.name).values(told))
        return is_sent

    async def _message(self, server: MailServer, mail: Mail, due: datetime) -> EmailMessage:
        first, last = mail.days_of(due, self._zone)
        compared = first - timedelta(days=mail.days) if mail.compared or mail.daily else None
        kinds: Sequence[ReportKind] = DAILY_KINDS if mail.kind is None else (mail.kind,)
        wish = Wish(kinds[0], first, last, mail.team, mail.queue, compared)
        edition = Edition(mail.form, mail.language, ", ".join(mail.to), self._now(), self._zone)
        async with self._database.reading() as connection:
            called = await names(connection)
        made = [
            await self._reports.made(
                replace(wish, kind=kind, compared_from=None if kind is ReportKind.STATES else compared)
            )
            for kind in kinds
        ]
        message = EmailMessage()
        message["From"], message["To"] = server.sender, ", ".join(mail.to)
        message["Subject"] = _subject(mail, made[0], called)
        message["Date"] = format_datetime(due.astimezone(UTC))
        message["Message-ID"] = f"<{mail.name}.{int(due.timestamp())}@{server.sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(_body(mail, made[0], edition, called))
        for report in made:
            maintype, _, subtype = mail.form.media_type.partition("/")
            written = await asyncio.to_thread(content, report, edition, called)
            name, charset = file_name(report.wish, edition), {"charset": "utf-8"} if maintype == "text" else None
            message.add_attachment(written, maintype=maintype, subtype=subtype, filename=name, params=charset)
        return message


def _subject(mail: Mail, report: Report, called: Names) -> str:
    wish, language = report.wish, mail.language
    days = str(wish.first) if wish.first == wish.last else f"{wish.first} – {wish.last}"
    what = DAILY.in_language(language) if mail.daily else title(report, language)
    team = called["team"].get(mail.team)
    whose = "" if not mail.team else f" {team.in_language(language) if team else mail.team}"
    return f"{what}{whose} {days}"


def _body(mail: Mail, report: Report, edition: Edition, called: Names) -> str:
    intro = (DAILY_INTRO if mail.daily else MAIL_INTRO).in_language(mail.language)
    lines = summary(report, edition, called) if mail.daily else ()
    return "\n".join((intro, "", *lines, ""))


def _deliver(server: MailServer, message: EmailMessage) -> int:
    """How many of the recipients were refused, if not all. Raises SMTPException, OSError."""
    context = None if server.security is Security.NONE else ssl.create_default_context(cafile=server.ca or None)
    line: smtplib.SMTP
    if server.security is Security.TLS:
        line = smtplib.SMTP_SSL(server.host, server.port, timeout=SEND_WITHIN_S, context=context)
    else:
        line = smtplib.SMTP(server.host, server.port, timeout=SEND_WITHIN_S)
    with line:
        if server.security is Security.STARTTLS:
            line.starttls(context=context)
        if server.user:
            line.login(server.user, server.password)
        return len(line.send_message(message))


def _said(error: Exception) -> str:
    """Without addresses: what a mail server says names them."""
    code = f" {error.smtp_code}" if isinstance(error, smtplib.SMTPResponseException) else ""
    return f"{type(error).__name__}{code}"
