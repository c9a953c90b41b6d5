"""Which reports are sent by mail, to whom and when: `reports.toml` in the server's folder, its owner's to read."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from agent_model.floor_report import MOST_DAYS_OF_MOMENTS, ReportKind
from agent_model.report_mail import MOST_ADDRESSES, MOST_MAILS, WEEKDAYS
from agent_server.floor.report_file import FileForm
from agent_server.site_file import UnusableFile, first_mistake, is_this_machine, read_private_toml

PLAN_FILE: Final = "reports.toml"

Line = Annotated[str, StringConstraints(min_length=1, max_length=255, pattern=r"^[^\x00-\x1f\x7f]+$")]
Address = Annotated[str, StringConstraints(max_length=254, pattern=r"^[^\s@<>\x00-\x1f]+@[^\s@<>\x00-\x1f]+$")]
Name = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_.-]{1,64}$")]


class BadPlan(Exception):
    """The file cannot be used: where in it, what is wrong there and what to do."""

    def __init__(self, place: str, fact: str) -> None:
        super().__init__(f"{place}: {fact}")


class Security(StrEnum):
    """NONE is for a mail server on this machine."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class MailServer(_Table):
    host: Line
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    security: Security = Security.STARTTLS
    ca: Line = ""
    user: str = ""
    password: Annotated[str, Field(repr=False)] = ""
    sender: Address
    domains: Annotated[tuple[Line, ...], Field(max_length=50)] = ()

    @property
    def allowed(self) -> tuple[str, ...]:
        """The domains that reports which leads set up from their page may go to: the sender's, if none are named."""
        return tuple(one.lower() for one in self.domains) or (self.sender.rpartition("@")[2].lower(),)

    @model_validator(mode="after")
    def _password_stays_secret(self) -> Self:
        if self.user and self.security is Security.NONE and not is_this_machine(self.host):
            raise ValueError("a password is never sent in clear: security is starttls or tls")
        return self


class Mail(_Table):
    """A report that is sent at `at` of the site's clock on the days `on`. It is of the `days` before; `compared` says
    whether the same days before those stand beside it. `daily` is a team's day, in words and with its files."""

    name: Name
    kind: ReportKind | None = None
    daily: bool = False
    team: str = ""
    queue: str = ""
    days: Annotated[int, Field(ge=1, le=MOST_DAYS_OF_MOMENTS)] = 1
    compared: bool = False
    at: time = time(7)
    on: tuple[str, ...] = WEEKDAYS
    form: FileForm = FileForm.XLSX
    language: Annotated[str, StringConstraints(pattern=r"^(zh_CN|en)$")] = "zh_CN"
    to: Annotated[tuple[Address, ...], Field(min_length=1, max_length=MOST_ADDRESSES)]

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.daily is (self.kind is not None):
            raise ValueError("it says either its kind or daily = true")
        if self.daily and not self.team:
            raise ValueError("a daily report is of a team")
        if not self.on or set(self.on) - set(WEEKDAYS):
            raise ValueError(f"on names days: {', '.join(WEEKDAYS)}")
        if self.at.tzinfo is not None:
            raise ValueError("at is a time of the site's clock, without a zone")
        return self

    def due(self, now: datetime, zone: ZoneInfo) -> datetime:
        """When it was last to be sent."""
        return next(moment for moment in self._moments(now.astimezone(zone).date(), zone) if moment <= now)

    def days_of(self, due: datetime, zone: ZoneInfo) -> tuple[date, date]:
        last = due.astimezone(zone).date() - timedelta(days=1)
        return last - timedelta(days=self.days - 1), last

    def _moments(self, today: date, zone: ZoneInfo) -> Iterator[datetime]:
        for back in range(len(WEEKDAYS) + 1):
            day = today - timedelta(days=back)
            if WEEKDAYS[day.weekday()] in self.on:
                yield datetime.combine(day, self.at, zone).astimezone(UTC)


class Plan(_Table):
    smtp: MailServer
    report: Annotated[tuple[Mail, ...], Field(max_length=MOST_MAILS)] = ()

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        names = [one.name for one in self.report]
        if len(set(names)) < len(names):
            raise ValueError("each report has a name of its own")
        return self


def read_plan(home: Path) -> Plan | None:
    """None where there is no such file. Raises BadPlan."""
    path = home / PLAN_FILE
    try:
        told = read_private_toml(path)
    except UnusableFile as error:
        raise BadPlan(str(path), str(error)) from error
    if told is None:
        return None
    try:
        return Plan.model_validate(told)
    except ValidationError as error:
        raise BadPlan(*first_mistake(path, error)) from None
