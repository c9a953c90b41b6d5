"""Announcements in a lead's hands: written as a draft, published, withdrawn, and who has read them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from agent_desktop.offline.pending import State
from agent_desktop.ui.announcements.board import Readers
from agent_desktop.ui.announcements.form import AnnouncementForm
from agent_desktop.ui.announcements.writing_page import AnnouncePage
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.window.rail import Page
from agent_model.agent import Role
from agent_model.announcement import (
    Announcement,
    AnnouncementFault,
    AnnouncementReader,
    AnnouncementReaders,
    AnnouncementWrong,
    Audience,
    CheckQuestion,
    Urgency,
    seal,
)
from agent_model.scope import EDITORS, ORG
from agent_model.wire import Row
from tests.desktop.announcements_made import announcement_row
from tests.ui.desk import focus, formats
from tests.ui.samples import NOW
from tests.ui.seat import BILLING, ZHOU, AgentSeat

ONE = Announcement(
    "a-1",
    "New prices",
    "It costs **30**.",
    Audience(("home",), ("billing",), (Role.AGENT,), ("杭州",)),
    Urgency.URGENT,
    valid_from=datetime(2026, 11, 21, 10, 0, 7, tzinfo=UTC),
    must_read=True,
    dwell_s=20,
    asks_name=True,
    quiz=(CheckQuestion("How much?", ("20", "30"), seal("a-1", "How much?", "30")),),
    blocks_ready=True,
    grace_min=15,
    version=3,
)
TEAM = Row("team", "home", 1, {"name": {"zh": "家庭", "en": "Home Care"}, "department": "care"})


@pytest.fixture
def form(look: Look, keep: Callable[[QWidget], QWidget]) -> AnnouncementForm:
    made = AnnouncementForm(look, formats("en"))
    keep(made)
    made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made, 5_000)
    return made


@pytest.fixture
def lead(tmp_path: Path, look: Look) -> Iterator[AgentSeat]:
    made = AgentSeat(tmp_path, look, company=(ZHOU, BILLING, TEAM), role=Role.TEAM_LEAD)
    yield made
    made.close()


def opened(seat: AgentSeat) -> AnnouncePage:
    seat.window.show_page(Page.ANNOUNCEMENTS)
    seat.window.pages.announcements.write.click()
    return seat.window.pages.announce


def sent(seat: AgentSeat) -> list[tuple[str, dict[str, object]]]:
    commands = [entry.command for entry in seat.outbox.entries(State.WAITING, entity="announcement")]
    return [(one.kind.value, {name: change.new for name, change in one.fields.items()}) for one in commands]


def test_form_gives_back_what_it_was_shown(form: AnnouncementForm) -> None:
    form.show_row(ONE, "New prices", "", is_begun=False)
    assert form.row == ONE
    assert form.choices[0].toPlainText() == "20\n*30"
    form.again.setChecked(True)
    assert form.row == replace(ONE, read_from=2)


def test_moment_and_number_that_cannot_be_read_are_said_and_gone_to(form: AnnouncementForm) -> None:
    form.show_row(ONE, "New prices", "", is_begun=False)
    wished: list[Announcement] = []
    form.save_wanted.connect(wished.append)
    form.lines["valid_to"].setText("soon")
    form.lines["dwell_s"].setText("long")
    form.send()
    assert wished == []
    assert "Holds until: write it like 2026-11-30 18:00." in form.faults.full_text
    assert "Open for, seconds: write a whole number." in form.faults.full_text
    assert focus() is form.lines["valid_to"]
    assert form.row is not None
    assert (form.row.valid_to, form.row.dwell_s) == (None, 0)


def test_faults_are_said_by_field(form: AnnouncementForm) -> None:
    form.show_row(ONE, "New prices", "", is_begun=False)
    form.show_faults(
        [
            AnnouncementFault("title", AnnouncementWrong.MISSING),
            AnnouncementFault("quiz", AnnouncementWrong.NO_RIGHT_CHOICE, 0),
        ]
    )
    assert form.faults.full_text.splitlines() == [
        "Title: something has to stand here.",
        "Question 1: put * before the right answer.",
    ]
    assert focus() is form.lines["title"]


def test_agent_is_offered_no_writing(seat: AgentSeat) -> None:
    seat.window.show_page(Page.ANNOUNCEMENTS)
    assert seat.window.pages.announcements.write.isHidden()
    seat.window.show_page(Page.ANNOUNCE)
    assert seat.window.pages.shown is Page.ANNOUNCEMENTS


def test_announcement_is_kept_as_it_is_typed_and_published_with_the_keyboard(lead: AgentSeat) -> None:
    page = opened(lead)
    assert lead.pump(lambda: page.form.audience["teams"]._menu.actions())
    page.new.click()
    QTest.keyClicks(focus(), "Prices")
    lead.workspace.announcing.save_now()
    book = lead.rooms.announcement_book
    assert lead.pump(lambda: [draft.row.title for draft in book.drafts()] == ["Prices"])
    assert sent(lead) == []
    assert lead.pump(lambda: page.form.addressed.full_text == "Goes to 1 people in one team.")
    page.form.text.setPlainText("It costs **30**.")
    assert page.preview.toPlainText() == "It costs 30."
    page.form.send()
    assert lead.pump(lambda: sent(lead))
    [(kind, fields)] = sent(lead)
    assert (kind, fields["title"], fields["audience"]) == (
        "create",
        "Prices",
        {"teams": ["home"], "queues": [], "roles": [], "sites": []},
    )
    assert lead.pump(lambda: book.drafts() == ())


def test_what_the_house_told_is_not_a_leads_to_change(lead: AgentSeat) -> None:
    lead.mirror.apply(EDITORS, [announcement_row()], None)
    page = opened(lead)
    assert lead.pump(lambda: page.form.row_id == "a-1")
    assert not page.form.save.isEnabled()
    assert not page.form.withdraw.isEnabled()


def reader(agent: str, edition: int) -> AnnouncementReader:
    at = NOW if edition else None
    return AnnouncementReader(agent, "home", edition, at, at, at, at, 20, "", 0)


@pytest.fixture
def published(lead: AgentSeat) -> AnnouncePage:
    lead.mirror.apply(EDITORS, [announcement_row(audience={"teams": ["home"]}, edition=2, read_from=2)], None)
    lead.server.boards["a-1"] = AnnouncementReaders(
        2, (reader("a-1007", 2), reader("a-1008", 1), reader("a-1009", 0)), 1
    )
    page = opened(lead)
    assert lead.pump(lambda: page.board.summary.full_text)
    return page


def test_board_says_who_has_not_read_it_and_who_has(lead: AgentSeat, published: AnnouncePage, tmp_path: Path) -> None:
    board = published.board
    assert board.summary.full_text == "1 of 3 have read it. Not yet, by team: Home Care 2."
    assert [(line.title, line.pill) for line in board.people._lines] == [("a-1008", "Earlier text"), ("a-1009", "")]
    board.kinds.choose(Readers.READ)
    board.asked.emit()
    assert [line.title for line in board.people._lines] == ["Zhou Min"]
    lead.workspace.announcing.save_board_to(tmp_path / "board.csv")
    assert lead.pump(lambda: lead.workspace.notices.notices and "Saved as" in lead.workspace.notices.notices[0].words)
    lines = (tmp_path / "board.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("Name,Team,Read,")
    assert lines[1].startswith("Zhou Min,Home Care,yes,")
    assert lines[3].startswith("a-1009,Home Care,no,")


def test_reminder_and_withdrawal_are_sent(lead: AgentSeat, published: AnnouncePage) -> None:
    published.board.remind.click()
    assert lead.pump(lambda: [set(fields) for _, fields in sent(lead)] == [{"reminded_at"}])
    published.form.withdraw.click()
    assert lead.pump(lambda: sent(lead)[1:] == [("update", {"state": "withdrawn"})])
    assert lead.pump(lambda: not published.form.save.isEnabled())


def test_board_without_the_server_says_so(lead: AgentSeat) -> None:
    lead.mirror.apply(ORG, [announcement_row()], None)
    page = opened(lead)
    assert lead.pump(lambda: page.board.summary.full_text)
    assert not page.board.remind.isEnabled()
    assert "server" in page.board.summary.full_text
