"""Reports of the floor and reports by mail as a workstation asks the real server for them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from agent_desktop.errors import ServerRefused
from agent_desktop.supervisor.reports import Line, lines
from agent_desktop.sync.client import ServerClient
from agent_model.floor_report import ReportKind, Wish
from agent_model.report_mail import ReportMail
from tests.in_process import PASSWORD, ServerThread, make_site, serving
from tests.server.test_report_mail import SMTP, plan_of
from tests.server.test_reports import NOON, enter

DAY = date(2026, 11, 20)
MAIL = ReportMail("5e" * 16, ReportKind.STATES, team="home", form="pdf", to=("lead@example.com",))


@pytest.fixture
def served(tmp_path: Path) -> Iterator[ServerThread]:
    settings = make_site(tmp_path / "site")
    enter(settings, [0, 7])
    plan_of(settings.home, SMTP.format(port=25))
    with serving(settings, now=lambda: NOON) as running:
        yield running


@pytest.fixture
def lead(served: ServerThread) -> Iterator[ServerClient]:
    client = ServerClient(served.address, lambda _token: None)
    client.sign_in("zhou.min", PASSWORD, "seat-7")
    yield client
    client.close()


@pytest.mark.parametrize("kind", ReportKind)
def test_every_report_comes_as_the_workstation_reads_it(lead: ServerClient, kind: ReportKind) -> None:
    report = lead.floor_report(Wish(kind, DAY, DAY, queue="" if kind is not ReportKind.QUEUE else "support"))

    assert report.wish.kind is kind
    assert {len(row) for row in report.now.rows} <= {len(report.columns)}
    assert report.now.total is None or len(report.now.total) == len(report.columns)


def test_week_before_stands_beside_it(lead: ServerClient) -> None:
    wish = Wish(ReportKind.INTERVAL, DAY, DAY, compared_from=date(2026, 11, 13))

    found = [*lines(lead.floor_report(wish))]

    assert [(line.now is not None, line.before is not None) for line in found] == [(True, True)] * len(found)
    assert isinstance(found[0], Line)


@pytest.mark.parametrize(("form", "head"), [("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf"), ("pdf", b"%PDF-")])
def test_file_is_of_the_form_that_was_wanted(lead: ServerClient, form: str, head: bytes) -> None:
    assert lead.floor_report_file(Wish(ReportKind.AGENT, DAY, DAY), form, "zh_CN").startswith(head)


def test_too_many_days_are_refused_by_their_name(lead: ServerClient) -> None:
    with pytest.raises(ServerRefused) as refused:
        lead.floor_report(Wish(ReportKind.DAY, date(2025, 1, 1), DAY))
    assert refused.value.code == "too_much"


def test_report_by_mail_is_set_up_read_and_dropped(lead: ServerClient) -> None:
    lead.set_report_mail(MAIL)
    daily = replace(MAIL, id="6f" * 16, kind=None)
    lead.set_report_mail(daily)

    told = lead.report_mails()

    assert (told.can_send, told.domains) == (True, ("example.com",))
    assert {replace(mail, changed_by="") for mail in told.mails} == {MAIL, daily}
    lead.drop_report_mail(MAIL.id)
    assert [mail.id for mail in lead.report_mails().mails] == [daily.id]
