"""Reports that are sent by mail, as those who lead set them up (docs/metrics.md)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from agent_model.floor_report import ReportKind

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_MAILS: Final = 200
MOST_ADDRESSES: Final = 50
MOST_DAYS: Final = 31


@dataclass(frozen=True, slots=True)
class ReportMail:
    """Sent at `at` of the site's clock on the days `on`, of the `days` before; `compared` says whether as many before
    those stand beside it. `kind` None: the daily report of the team. `id` are 32 hex digits."""

    id: str
    kind: ReportKind | None = None
    team: str = ""
    queue: str = ""
    days: int = 1
    compared: bool = False
    at: str = "07:00"
    on: tuple[str, ...] = WEEKDAYS
    form: str = "xlsx"
    language: str = "zh_CN"
    to: tuple[str, ...] = ()
    changed_by: str = ""
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReportMails:
    """`domains` are those that mails may go to; `can_send` says whether the server knows a mail server."""

    can_send: bool
    domains: tuple[str, ...] = ()
    mails: tuple[ReportMail, ...] = ()
