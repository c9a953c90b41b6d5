"""Reports by mail: each at its time and once, to a mail server of this machine; and what a plan may say."""

import asyncio
import logging
import ssl
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from agent_server.audit import AuditTrail
from agent_server.database import Database
from agent_server.floor.report_book import ReportBook
from agent_server.floor.report_mail import ReportMail
from agent_server.floor.report_plan import PLAN_FILE, BadPlan, Plan, read_plan
from agent_server.floor.reports import Reports
from agent_server.notices import InProcessBroker
from agent_server.settings import Settings
from tests.lab.authority import Authority
from tests.mail_server import MailServer
from tests.server.conftest import NewSite
from tests.server.test_reports import NOON, enter

SMTP = """
[smtp]
host = "127.0.0.1"
port = {port}
security = "none"
user = "reports"
password = "secret words"
sender = "desk@example.com"
"""
DAILY = """
[[report]]
name = "home-daily"
daily = true
team = "home"
at = "07:00"
to = ["lead@example.com", "duty@example.com"]
"""


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    with MailServer() as running:
        yield running


def plan_of(home: Path, text: str) -> Plan:
    path = home / PLAN_FILE
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    plan = read_plan(home)
    assert plan is not None
    return plan


def sent(settings: Settings, plan: Plan, *moments: datetime) -> list[int]:
    """How many reports are sent when it is looked at these moments."""

    async def working() -> list[int]:
        database = Database(settings.database, pooled=False)
        at = [NOON]
        now: Callable[[], datetime] = lambda: at[0]  # noqa: E731
        reports = Reports(database, settings.site_zone, now)
        book = ReportBook(database, AuditTrail(database, "secret", settings.home, now), plan, now)
        mail = ReportMail(database, InProcessBroker("here"), reports, plan, book, settings.site_zone, now)
        found = []
        try:
            for moment in moments:
                at[0] = moment
                found.append(await mail.run(plan))
        finally:
            await database.close()
        return found

    return asyncio.run(working())


def test_daily_report_of_a_team_comes_each_morning_and_once(new_site: NewSite, mail_server: MailServer) -> None:
    settings = new_site()
    enter(settings, [0, 1])
    plan = plan_of(settings.home, SMTP.format(port=mail_server.port) + DAILY)
    six, seven = NOON + timedelta(hours=18), NOON + timedelta(hours=19)

    counts = sent(settings, plan, NOON, six, seven, seven + timedelta(minutes=30), seven + timedelta(days=1))

    assert counts == [0, 0, 1, 0, 1]
    assert mail_server.recipients[0] == ["lead@example.com", "duty@example.com"]
    assert mail_server.signed_in[0] == ("reports", "secret words")
    message = mail_server.messages[0]
    assert message["Subject"] == "班组日报 家庭客服一组 2026-11-20"
    body = message.get_body()
    assert body is not None
    assert "服务水平: 50.0% (50.0%)" in body.get_content()
    files = {part.get_filename(): part.get_content() for part in message.iter_attachments()}
    assert [*files] == [f"{kind}-2026-11-20-2026-11-20.xlsx" for kind in ("team", "agent", "queue", "states")]
    assert all(content.startswith(b"PK") for content in files.values())


def test_report_that_was_not_taken_is_sent_again_later(
    new_site: NewSite, mail_server: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    settings = new_site()
    enter(settings, [0])
    one = '[[report]]\nname = "queues"\nkind = "queue"\nform = "csv"\nlanguage = "en"\nto = ["lead@example.com"]\n'
    plan = plan_of(settings.home, SMTP.format(port=mail_server.port) + one)
    seven = NOON + timedelta(hours=19)
    mail_server.refuses = "451 lead@example.com is busy"
    with caplog.at_level(logging.WARNING, "agent_server.reports"):
        assert sent(settings, plan, NOON, seven, seven + timedelta(minutes=5)) == [0, 0, 0]
    mail_server.refuses = ""

    assert sent(settings, plan, seven + timedelta(minutes=11), seven + timedelta(minutes=30)) == [1, 0]

    assert "451" in caplog.text
    assert "example.com" not in caplog.text
    caplog.clear()
    [part] = mail_server.messages[0].iter_attachments()
    assert part.get_content().lstrip("\ufeff").startswith("Queue,Asked for a person")


@pytest.mark.parametrize("is_trusted", [True, False], ids=["the company's own", "somebody else's"])
def test_password_is_told_over_an_encrypted_line_to_a_server_that_is_trusted(
    new_site: NewSite, tmp_path: Path, caplog: pytest.LogCaptureFixture, is_trusted: bool
) -> None:
    settings = new_site()
    ours, other = Authority(), Authority("Somebody else")
    ours.certify(tmp_path / "mail")
    trusted = (ours if is_trusted else other).write(tmp_path / "ca.pem")
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(tmp_path / "mail.pem", tmp_path / "mail.key")
    one = '[[report]]\nname = "queues"\nkind = "queue"\nform = "pdf"\nto = ["lead@example.com"]\n'
    with MailServer(tls) as server:
        text = SMTP.format(port=server.port).replace('"none"', f'"starttls"\nca = "{trusted.as_posix()}"')
        with caplog.at_level(logging.WARNING, "agent_server.reports"):
            assert sent(settings, plan_of(settings.home, text + one), NOON, NOON + timedelta(hours=19))[1] == is_trusted
        assert (server.encrypted, len(server.signed_in), len(server.messages)) == (is_trusted,) * 3
    assert ("was not taken" in caplog.text) is not is_trusted
    caplog.clear()


def test_without_a_plan_nothing_is_sent(tmp_path: Path) -> None:
    assert read_plan(tmp_path) is None


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        pytest.param("[smtp", "it is no TOML", id="not TOML"),
        pytest.param(DAILY, "smtp: Field required", id="no mail server"),
        pytest.param(SMTP.replace('"none"', '"none"\nhots = 1'), "smtp hots: Extra inputs", id="misspelt"),
        pytest.param(SMTP.replace("127.0.0.1", "mail.example.com"), "never sent in clear", id="password in clear"),
        pytest.param(SMTP + DAILY + DAILY, "a name of its own", id="same name twice"),
        pytest.param(SMTP + DAILY.replace("daily = true\n", ""), "report 1: it says either", id="no kind"),
        pytest.param(SMTP + DAILY.replace('team = "home"\n', ""), "is of a team", id="daily of nobody"),
        pytest.param(SMTP + DAILY.replace("lead@example.com", "lead"), "report 1 to 1: String", id="no address"),
        pytest.param(SMTP + DAILY.replace("07:00", "25:00"), "report 1 at: ", id="no time"),
    ],
)
def test_plan_that_cannot_be_kept_is_refused_with_its_place(tmp_path: Path, text: str, fact: str) -> None:
    with pytest.raises(BadPlan, match=fact) as refused:
        plan_of(tmp_path, text.format(port=25))
    assert "secret words" not in str(refused.value)


def test_plan_that_others_can_read_is_refused(tmp_path: Path) -> None:
    plan_of(tmp_path, SMTP.format(port=25))
    (tmp_path / PLAN_FILE).chmod(0o644)
    with pytest.raises(BadPlan, match="chmod 600"):
        read_plan(tmp_path)
