"""Reports by mail that leads set up from their page: by whom, of whom, to whom; sent as those of the server's file."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from tests.in_process import ServerThread, serving
from tests.mail_server import MailServer
from tests.server.conftest import NewSite, executed
from tests.server.test_report_mail import SMTP, plan_of, sent
from tests.server.test_reports import NOON, enter
from tests.server.workstation import Workstation

MAIL_ID = "5e" * 16
WHERE = f"/floor/v1/report-mails/{MAIL_ID}"
WAGES = """UPDATE report_schedule SET body = '{"kind": "wages", "team": "home", "on": ["sat"], "to": ["a@example.com"]}'
WHERE id = '5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e'"""
DAILY: dict[str, Any] = {
    "kind": None, "team": "home", "at": "07:00", "on": ["sat"], "form": "pdf", "language": "zh_CN",
    "to": ["lead@example.com"],
}  # fmt: skip


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    with MailServer() as running:
        yield running


@pytest.fixture
def server(new_site: NewSite, mail_server: MailServer) -> Iterator[ServerThread]:
    settings = new_site()
    enter(settings, [0])
    plan_of(settings.home, SMTP.format(port=mail_server.port))
    with serving(settings, now=lambda: NOON) as running:
        yield running


@pytest.fixture
def lead(server: ServerThread) -> Iterator[Workstation]:
    with Workstation(server.address, "zhou.min") as seat:
        yield seat


def test_lead_sets_up_the_daily_report_of_the_team_and_it_is_sent(
    server: ServerThread, lead: Workstation, mail_server: MailServer
) -> None:
    assert lead.http.put(WHERE, json=DAILY).status_code == 204
    [kept] = lead.http.get("/floor/v1/report-mails").json()["mails"]
    assert (kept["team"], kept["on"], kept["to"], kept["changed_by"]) == ("home", ["sat"], DAILY["to"], "zhou.min")

    settings = server.settings
    plan = plan_of(settings.home, SMTP.format(port=mail_server.port))
    saturday = NOON.replace(day=21, hour=0)
    assert sent(settings, plan, NOON, saturday, saturday) == [0, 1, 0]

    files = [part.get_filename() for part in mail_server.messages[0].iter_attachments()]
    assert files == [f"{kind}-2026-11-20-2026-11-20.pdf" for kind in ("team", "agent", "queue", "states")]
    assert lead.http.get("/floor/v1/report-mails").json()["mails"][0]["sent_at"] is not None


def test_mail_is_changed_and_dropped_and_both_are_on_record(server: ServerThread, lead: Workstation) -> None:
    lead.http.put(WHERE, json=DAILY)
    assert lead.http.put(WHERE, json={**DAILY, "kind": "agent", "days": 7, "compared": True}).status_code == 204
    assert lead.http.get("/floor/v1/report-mails").json()["mails"][0]["days"] == 7
    assert lead.http.delete(WHERE).status_code == 204
    assert lead.http.get("/floor/v1/report-mails").json()["mails"] == []
    assert lead.http.delete(WHERE).status_code == 404
    deeds = executed(server.settings, "SELECT deed, who, subject FROM audit_line WHERE deed LIKE 'report_mail%'")
    assert [one[0] for one in deeds] == ["report_mail_set", "report_mail_set", "report_mail_dropped"]
    assert {(one[1], one[2]) for one in deeds} == {("zhou.min", MAIL_ID)}


def test_lead_has_only_mails_of_the_own_team(server: ServerThread, lead: Workstation) -> None:
    with Workstation(server.address, "lu.hai") as manager, Workstation(server.address, "lin.yue") as agent:
        assert manager.http.put(WHERE, json={**DAILY, "team": "business"}).status_code == 204
        assert lead.http.get("/floor/v1/report-mails").json()["mails"] == []
        assert lead.http.put(WHERE, json=DAILY).status_code == 403
        assert lead.http.delete(WHERE).status_code == 403
        assert lead.http.put(WHERE, json={**DAILY, "kind": "queue", "team": ""}).status_code == 403
        assert agent.http.get("/floor/v1/report-mails").status_code == 403
        assert agent.http.put(WHERE, json=DAILY).status_code == 403


def test_mail_of_a_lead_who_leads_the_team_no_more_is_not_sent(
    server: ServerThread, lead: Workstation, mail_server: MailServer
) -> None:
    lead.http.put(WHERE, json=DAILY)
    settings = server.settings
    plan = plan_of(settings.home, SMTP.format(port=mail_server.port))
    saturday = NOON.replace(day=21, hour=0)
    assert sent(settings, plan, NOON) == [0]
    executed(settings, "UPDATE agent SET team = 'business' WHERE id = 'zhou.min'")

    assert sent(settings, plan, saturday) == [0]


def test_mail_of_a_report_that_is_made_no_more_is_told_and_keeps_no_other_back(
    server: ServerThread, lead: Workstation, mail_server: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    lead.http.put(WHERE, json=DAILY)
    lead.http.put(f"/floor/v1/report-mails/{'6f' * 16}", json=DAILY)
    settings = server.settings
    executed(settings, WAGES)
    plan = plan_of(settings.home, SMTP.format(port=mail_server.port))
    with caplog.at_level(logging.WARNING, "agent_server.reports"):
        assert sent(settings, plan, NOON, NOON.replace(day=21, hour=0)) == [0, 1]
    assert "set it up anew" in caplog.text
    caplog.clear()


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        pytest.param({"to": ["lead@elsewhere.example"]}, "address_not_allowed", id="outside the company"),
        pytest.param({"to": ["lead@example.com.evil.example"]}, "address_not_allowed", id="nearly the company"),
        pytest.param({"to": ["lead"]}, "bad_request", id="no address"),
        pytest.param({"to": ["a@example.com\r\nBcc: b@example.com"]}, "bad_request", id="a head of its own"),
        pytest.param({"to": []}, "bad_request", id="nobody"),
        pytest.param({"on": ["sunday"]}, "bad_request", id="no day"),
        pytest.param({"at": "24:00"}, "bad_request", id="no time"),
        pytest.param({"days": 90}, "bad_request", id="too many days"),
        pytest.param({"form": "exe"}, "bad_request", id="no form"),
    ],
)
def test_mail_that_cannot_be_sent_is_refused(lead: Workstation, change: dict[str, Any], refusal: str) -> None:
    answer = lead.http.put(WHERE, json={**DAILY, **change})
    assert (answer.status_code, answer.json()["error"]) == (422, refusal)


def test_daily_report_is_of_a_team(server: ServerThread) -> None:
    with Workstation(server.address, "lu.hai") as manager:
        answer = manager.http.put(WHERE, json={**DAILY, "team": ""})
    assert (answer.status_code, answer.json()["error"]) == (422, "bad_mail")


def test_without_a_mail_server_that_is_said(new_site: NewSite) -> None:
    with serving(new_site(), now=lambda: NOON) as running, Workstation(running.address, "zhou.min") as seat:
        assert seat.http.get("/floor/v1/report-mails").json()["can_send"] is False
        answer = seat.http.put(WHERE, json=DAILY)
    assert (answer.status_code, answer.json()["error"]) == (409, "no_mail_server")
