"""A new version never keeps anybody from work: when it is offered, when it is not, and what is said of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtTest import QTest

from agent_desktop.diagnostics.health import State, of_updates
from agent_desktop.errors import ServerUnreachable, UpdateFault, UpdateRefused
from agent_desktop.ui.desks.updates import AFTER_CALL, AFTER_TYPING, LATER, UpdateDesk
from agent_desktop.ui.diagnostics.words import to_do
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.messages.updates import explain_standing, explain_whole
from agent_desktop.updates.updater import Stage, Standing
from tests.ui.seat import AgentSeat, Telephone

READY = Standing("0.1.0", Stage.READY, "0.2.0")
AT_ONCE = timedelta()
ADDRESS = "https://desk.example.org/updates"


@pytest.fixture
def desk(seat: AgentSeat) -> UpdateDesk:
    """Of a seat at which a version is ready and nothing has been done for a while."""
    seat.clock.move(minutes=5)
    desk = seat.workspace.updates
    desk._hear(READY)
    return desk


@pytest.fixture
def offered(seat: AgentSeat, desk: UpdateDesk) -> Callable[[timedelta], bool]:
    """Whether it is after so long in which nothing else is done."""

    def after(passes: timedelta = AT_ONCE) -> bool:
        seat.clock.now += passes
        desk.tick()
        return bool(seat.window.update_band.words)

    return after


Offered = Callable[..., bool]


def test_who_is_free_is_offered_it(seat: AgentSeat, offered: Offered) -> None:
    assert offered()
    assert "Version 0.2.0 is ready" in seat.window.update_band.words


def test_who_has_just_come_in_is_left_alone(seat: AgentSeat) -> None:
    desk = seat.workspace.updates
    desk._hear(READY)
    desk.tick()
    assert seat.window.update_band.words == ""
    seat.clock.now += AFTER_CALL
    desk.tick()
    assert seat.window.update_band.words != ""


def test_a_ring_takes_it_away_and_the_minute_after_the_call_is_kept_free(
    seat: AgentSeat, offered: Offered, chen: Telephone
) -> None:
    assert offered()
    chen.call("1001")
    assert seat.pump(seat.workspace._is_at_a_call)
    assert not offered(timedelta(minutes=30))
    chen.hang_up()
    assert seat.pump(lambda: not seat.workspace._is_at_a_call())
    assert not offered(AFTER_CALL - timedelta(seconds=1))
    assert offered(timedelta(seconds=1))


def test_half_a_ticket_keeps_it_away_until_it_is_gone(seat: AgentSeat, offered: Offered) -> None:
    subject = seat.window.right.form.subject
    subject.setFocus()
    QTest.keyClicks(subject, "half a")
    assert not offered(timedelta(minutes=30))
    subject.clear()
    assert not offered(timedelta(seconds=1))
    assert offered(AFTER_TYPING)


def test_words_on_any_page_keep_it_away(seat: AgentSeat, offered: Offered) -> None:
    search = seat.window.top_bar.search
    search.setFocus()
    QTest.keyClicks(search, "how do I")
    assert not offered(timedelta(minutes=30))


def test_later_is_hours_later(seat: AgentSeat, offered: Offered) -> None:
    assert offered()
    seat.window.update_band.later.click()
    assert not offered(LATER - timedelta(minutes=1))
    assert offered(timedelta(minutes=1))


def test_quiet_hours_keep_it_away(seat: AgentSeat, offered: Offered, monkeypatch: pytest.MonkeyPatch) -> None:
    updates = type(seat.rooms.updates)
    monkeypatch.setattr(updates, "is_quiet", property(lambda _: True))
    assert not offered()
    monkeypatch.setattr(updates, "is_quiet", property(lambda _: False))
    assert offered()


def test_starting_again_is_wished_for_by_its_button(seat: AgentSeat, desk: UpdateDesk, offered: Offered) -> None:
    wished: list[bool] = []
    desk.start_again_wanted.connect(lambda: wished.append(True))
    assert offered()
    seat.window.update_band.start_again.click()
    assert wished == [True]


def test_a_call_that_comes_with_the_click_goes_first(
    seat: AgentSeat, desk: UpdateDesk, offered: Offered, chen: Telephone
) -> None:
    wished: list[bool] = []
    desk.start_again_wanted.connect(lambda: wished.append(True))
    assert offered()
    chen.call("1001")
    assert seat.pump(seat.workspace._is_at_a_call)
    seat.window.update_band.start_again.click()
    assert wished == []


def test_it_takes_no_keyboard(seat: AgentSeat, offered: Offered) -> None:
    seat.window.left.view.setFocus()
    before = seat.window.focusWidget()
    assert offered()
    assert seat.window.focusWidget() is before


def test_what_is_not_believed_waits_behind_the_bell_once(seat: AgentSeat, desk: UpdateDesk) -> None:
    trouble = UpdateRefused(ADDRESS, UpdateFault.FORGED, "keys")
    for _ in range(3):
        desk._hear(Standing("0.1.0", Stage.CURRENT, trouble=trouble))
    told = [one.words for one in seat.workspace.notices.notices if one.over_at is None]
    assert sum("not signed by your organisation" in words for words in told) == 1
    desk._hear(Standing("0.1.0", Stage.CURRENT))
    assert all(one.over_at is not None for one in seat.workspace.notices.notices if "signed by" in one.words)


def test_a_server_that_does_not_answer_is_no_news(seat: AgentSeat, desk: UpdateDesk) -> None:
    before = seat.workspace.notices.notices
    desk._hear(Standing("0.1.0", Stage.CURRENT, trouble=ServerUnreachable(ADDRESS, "timed out")))
    assert seat.workspace.notices.notices == before


def test_a_version_that_was_given_up_is_said(seat: AgentSeat, desk: UpdateDesk) -> None:
    desk._tell_gave_up("0.2.0")
    assert "Version 0.2.0 did not work on this computer" in seat.workspace.notices.notices[0].words


def test_nothing_is_fetched_during_a_call(seat: AgentSeat, desk: UpdateDesk, chen: Telephone) -> None:
    desk.tick()
    assert not seat.rooms.updates._is_held
    chen.call("1001")
    assert seat.pump(seat.workspace._is_at_a_call)
    desk.tick()
    assert seat.rooms.updates._is_held


@pytest.mark.parametrize("stage", list(Stage))
def test_every_stage_says_which_version_runs(stage: Stage) -> None:
    words = explain_standing(Standing("0.1.0", stage, "0.2.0", 40))
    assert words.startswith("Version 0.1.0")
    assert "{" not in words


def test_what_went_wrong_stands_beside_the_version_that_runs() -> None:
    standing = Standing("0.1.0", Stage.CURRENT, trouble=ServerUnreachable(ADDRESS, "timed out"))
    assert explain_standing(standing) == "Version 0.1.0."
    assert explain_whole(standing).startswith("Version 0.1.0.\nWhere new versions come from does not answer")


@pytest.mark.parametrize("fault", list(UpdateFault))
def test_every_fault_says_that_none_is_taken(fault: UpdateFault) -> None:
    assert "ell IT" in explain(UpdateRefused(ADDRESS, fault, ""))


def test_health_says_what_keeps_a_version_from_coming() -> None:
    found = of_updates(Standing("0.1.0", Stage.CURRENT, trouble=ServerUnreachable(ADDRESS, "timed out")))
    assert (found.state, ADDRESS in to_do(found)) == (State.ODD, True)
    assert of_updates(Standing("0.1.0", Stage.BY_IT)).state is State.WELL
    assert of_updates(Standing("0.1.0", Stage.NO_ROOT)).state is State.ODD
