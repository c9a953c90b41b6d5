"""Reports by mail in the hands of who leads: those there are, one that is written, and what is wrong with it."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import Final, Protocol

from agent_desktop.offline.kept import Kept
from agent_model.agent import Agent, Role
from agent_model.body import from_body, to_body
from agent_model.report_mail import MOST_ADDRESSES, ReportMail, ReportMails

KEPT_AS: Final = "report mail"
CLOCK: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
ADDRESS: Final = re.compile(r"[^\s@<>]+@[^\s@<>]+")


class MailWrong(StrEnum):
    TEAM = "team"
    CLOCK = "clock"
    WEEKDAYS = "weekdays"
    NOBODY = "nobody"
    TOO_MANY = "too_many"
    ADDRESS = "address"
    OUTSIDE = "outside"


class Server(Protocol):
    """See `sync.client.SyncClient`. Every method raises ServerUnreachable, ServerRefused."""

    def report_mails(self) -> ReportMails: ...

    def set_report_mail(self, mail: ReportMail) -> None: ...

    def drop_report_mail(self, mail_id: str) -> None: ...


class MailedReports:
    """`new_id` makes 32 hex digits. What is written and not saved is kept on this disk."""

    def __init__(self, me: Agent, server: Server, kept: Kept, new_id: Callable[[], str]) -> None:
        self._me, self._server, self._kept, self._new_id = me, server, kept, new_id

    def blank(self, language: str) -> ReportMail:
        """The daily report of the own team."""
        team = self._me.team if self._me.role is Role.TEAM_LEAD else ""
        return ReportMail(self._new_id(), team=team, language="zh_CN" if language.startswith("zh") else "en")

    def all(self) -> ReportMails:
        """Raises as `Server` does."""
        return self._server.report_mails()

    def put(self, mail: ReportMail) -> None:
        """Raises as `Server` does."""
        self._server.set_report_mail(mail)

    def drop(self, mail_id: str) -> None:
        """Raises as `Server` does."""
        self._server.drop_report_mail(mail_id)

    def draft(self) -> ReportMail | None:
        """What was being written. Raises OutboxDamaged, StoreBusy."""
        written = self._kept.read(KEPT_AS)
        try:
            plain = json.loads(written) if written else None
            return None if plain is None else from_body(ReportMail, plain.pop("id"), 0, plain)
        except (ValueError, TypeError, KeyError, AttributeError):
            return None  # of another version of the program

    def keep(self, mail: ReportMail | None) -> None:
        """None: it was saved, or nobody wants it. Raises OutboxDamaged, StoreBusy, DiskFull."""
        plain = None if mail is None else {**to_body(replace(mail, sent_at=None)), "id": mail.id}
        self._kept.keep(KEPT_AS, "" if plain is None else json.dumps(plain))


def fault_of(mail: ReportMail, domains: tuple[str, ...]) -> tuple[MailWrong, str] | None:
    """What is wrong with it first, and with which of its addresses."""
    if mail.kind is None and not mail.team:
        return MailWrong.TEAM, ""
    if CLOCK.fullmatch(mail.at) is None:
        return MailWrong.CLOCK, ""
    if not mail.on:
        return MailWrong.WEEKDAYS, ""
    if not mail.to:
        return MailWrong.NOBODY, ""
    if len(mail.to) > MOST_ADDRESSES:
        return MailWrong.TOO_MANY, ""
    for address in mail.to:
        if ADDRESS.fullmatch(address) is None:
            return MailWrong.ADDRESS, address
        if address.rpartition("@")[2].lower() not in domains:
            return MailWrong.OUTSIDE, address
    return None
