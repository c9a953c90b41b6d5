"""Erasures and copies: what stands before them is told, a second person decides, the proof is shown."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest

from agent_desktop.errors import ServerRefused, ServerUnreachable
from agent_desktop.sync.privacy import PersonWish, WishKind
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.privacy.page import PrivacyPage
from agent_desktop.ui.privacy.wish_pane import Rights
from agent_desktop.ui.privacy.words import explain_refusal
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_model.agent import Role
from agent_model.person_wish import WishState
from tests.ui import privacy_samples as samples
from tests.ui.samples import NOW, Samples
from tests.ui.seat import AgentSeat

EN = Samples("en")
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(window: MainWindow) -> PrivacyPage:
    samples.show(window, EN, "privacy")
    return window.pages.privacy


def show(page: PrivacyPage, wish: PersonWish, rights: Rights = samples.MANAGER, *, is_own: bool = False) -> None:
    page.pane.show_wish(wish, "Siyuan Chen", NOW, is_own=is_own, rights=rights)


def test_what_stands_before_an_erasure_is_told_in_sentences(page: PrivacyPage) -> None:
    lines = page.pane.standing.full_text.splitlines()
    assert lines[0].startswith("Tickets that stay as figures that name nobody, until ")
    assert lines[0].endswith(": 2. Records of complaints are to be kept for three years")
    assert lines[1].endswith(": 5. Recordings are kept for six months")


def test_hold_stands_before_everything_and_can_only_be_lifted(page: PrivacyPage) -> None:
    page.pane.show_standing(samples.HELD, NOW)
    assert page.pane.standing.full_text.startswith("Legal hold since ")
    assert not page.pane.approve.isEnabled()
    assert page.pane.approve.toolTip() == "There is a legal hold. Lift it first."
    assert page.pane.hold.text().strip() == "Lift the hold"
    wanted = QSignalSpy(page.pane.hold_wanted)
    page.pane.hold.click()
    assert wanted.at(0) == [False]


def test_nobody_decides_without_a_reason(page: PrivacyPage) -> None:
    page.pane.reason.setText(" x ")
    assert not page.pane.approve.isEnabled()
    assert not page.pane.decline.isEnabled()
    assert page.pane.approve.toolTip() == "Say in a few words why."


def test_ctrl_enter_in_the_reason_approves(window: MainWindow, page: PrivacyPage) -> None:
    approved = QSignalSpy(page.pane.approved)
    page.list.setFocus()
    QTest.keyClick(window, Qt.Key.Key_Return, CTRL)
    assert approved.count() == 0
    page.pane.reason.setFocus()
    QTest.keyClick(window, Qt.Key.Key_Return, CTRL)
    assert approved.count() == 1


@pytest.mark.parametrize(
    ("rights", "is_own"), [(samples.MANAGER, True), (samples.LEAD, False)], ids=["asked for it", "may not decide"]
)
def test_decision_is_offered_to_a_second_person_alone(page: PrivacyPage, rights: Rights, is_own: bool) -> None:
    show(page, samples.ASKED, rights, is_own=is_own)
    assert page.pane.approve.isHidden()
    assert page.pane.decline.isHidden()
    page.pane.send()
    words = "You asked for this, so somebody else decides" if is_own else "It waits for a decision by somebody other"
    assert page.pane.course.full_text.startswith(words)


def test_what_is_typed_for_one_wish_stays_while_another_is_looked_at(page: PrivacyPage) -> None:
    page.pane.reason.setText("Papers were checked twice")
    show(page, replace(samples.ASKED, id="w9"))
    assert page.pane.reason.text() == ""
    show(page, samples.ASKED)
    assert page.pane.reason.text() == "Papers were checked twice"
    page.pane.forget_typed(samples.ASKED.id)
    show(page, replace(samples.ASKED, id="w9"))
    show(page, samples.ASKED)
    assert page.pane.reason.text() == ""


def test_certificate_is_shown_and_goes_with_its_wish(page: PrivacyPage) -> None:
    show(page, samples.DONE)
    page.pane.show_certificate("Certificate of erasure")
    assert page.pane.save.isVisible()
    show(page, samples.ASKED)
    assert page.pane.certificate.isHidden()
    assert page.pane.save.isHidden()


def test_copy_is_fetched_by_who_asked_and_in_its_time(page: PrivacyPage) -> None:
    show(page, samples.COPY, is_own=True)
    assert page.pane.copy.isVisible()
    show(page, samples.COPY)
    assert page.pane.copy.isHidden()
    assert page.pane.course.full_text.startswith("Who asked may fetch the copy until")
    show(page, replace(samples.COPY, decided_at=NOW - timedelta(days=8)), is_own=True)
    assert page.pane.copy.isHidden()
    assert page.pane.course.full_text == "The time for fetching the copy is over. It can be asked for again."


@pytest.mark.parametrize("kind", WishKind)
@pytest.mark.parametrize("state", WishState)
def test_every_course_is_told(page: PrivacyPage, kind: WishKind, state: WishState) -> None:
    show(page, samples.decided(replace(samples.ASKED, kind=kind), state))
    assert page.pane.course.full_text.endswith(".")
    assert page.pane.state.text()


def test_asking_needs_a_reason_and_somebody_to_ask_for(page: PrivacyPage) -> None:
    asked = QSignalSpy(page.asking.asked)
    page.asking.send()
    page.asking.reason.setText("in a letter")
    page.asking.show_customer("")
    page.asking.send()
    assert asked.count() == 0
    page.asking.show_customer("Chen Siyuan")
    page.asking.send()
    assert asked.at(0) == ["erasures", "in a letter"]


@pytest.mark.parametrize(
    "code",
    ["under_hold", "already_asked", "reason_names_person", "own_wish", "already_decided", "not_yet", "too_late",
     "already_held", "not_held", "not_found", "bad_request", "not_allowed"],
)  # fmt: skip
def test_every_refusal_is_a_sentence_of_its_own(window: MainWindow, code: str) -> None:
    said = explain_refusal(ServerRefused(409, code))
    assert code not in said
    assert said != explain_refusal(ServerRefused(409, "not_allowed")) or code == "not_allowed"


@pytest.fixture
def seat(look: Look, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[AgentSeat]:
    made = AgentSeat(tmp_path, look, role=getattr(request, "param", Role.DUTY_MANAGER))
    yield made
    made.close()


@pytest.mark.parametrize("seat", [Role.AGENT, Role.ADMINISTRATOR], indirect=True, ids=["agent", "administrator"])
def test_who_may_neither_ask_nor_decide_is_not_offered_the_page(seat: AgentSeat) -> None:
    seat.window.show_page(Page.PRIVACY)
    assert not seat.window.rail.offers(Page.PRIVACY)
    assert seat.window.right.isVisible()


def test_without_the_server_the_page_says_why_nothing_can_be_done(seat: AgentSeat) -> None:
    seat.window.show_page(Page.PRIVACY)
    page = seat.window.pages.privacy
    assert seat.pump(page.outcome.isVisible)
    assert page.outcome.full_text == explain_refusal(ServerUnreachable("", ""))
    page.asking.show_customer("Chen Siyuan")
    page.asking.reason.setText("in a letter")
    page.asking.send()
    assert seat.pump(page.outcome.isVisible)
    assert page.asking.reason.text() == "in a letter"


@pytest.mark.parametrize("seat", [Role.SECURITY_OFFICER], indirect=True)
def test_security_officer_decides_and_does_not_ask(seat: AgentSeat) -> None:
    seat.window.show_page(Page.PRIVACY)
    assert seat.window.rail.offers(Page.PRIVACY)
    assert seat.window.pages.privacy.asking.isHidden()
