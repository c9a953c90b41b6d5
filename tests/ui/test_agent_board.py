"""The agent board: who is on it, what changes alone is drawn again, filter and order hold."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QPaintEvent, QRegion
from PySide6.QtTest import QTest

from agent_desktop.errors import ServerRefused
from agent_desktop.supervisor.agent_board import Narrowed, Order
from agent_desktop.sync.live import OrderCame, ServingChanged, StateSeen
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.supervisor.agents_model import Column
from agent_desktop.ui.supervisor.agents_page import AgentsPage
from agent_desktop.ui.supervisor.order_words import explain_refusal
from agent_desktop.ui.window.rail import Page
from agent_model.adherence import Adherence, AdherenceNow
from agent_model.agent import AgentId, AgentState, Role, StateEntry
from agent_model.body import to_body
from agent_model.confirmation import Agreement, Confirmed
from agent_model.current_caller import CurrentCaller
from agent_model.floor_policy import FloorPolicy
from agent_model.help_call import HelpCall
from agent_model.scope import Scope
from agent_model.shift_plan import Planned, PlannedTime
from agent_model.wire import Row
from tests.ui.samples import ME
from tests.ui.seat import BILLING, AgentSeat

MANY = 500
SeatAs = Callable[..., AgentSeat]


def agent_row(n: int, team: str = "home") -> Row:
    body = {
        "login": f"agent.{n}",
        "name": {"zh": f"坐席{n:03}", "en": f"Agent {n:03}"},
        "role": "agent",
        "extension": f"{2000 + n}",
        "team": team,
        "queues": ["billing"] if n % 2 else [],
    }
    return Row("agent", f"b-{n}", 1, body)


@pytest.fixture
def seat_as(look: Look, tmp_path: Path) -> Iterator[SeatAs]:
    seats: list[AgentSeat] = []

    def sit(role: Role, *company: Row) -> AgentSeat:
        seats.append(AgentSeat(tmp_path / f"{role}{len(seats)}", look, company=(BILLING, *company), role=role))
        return seats[-1]

    yield sit
    for seat in seats:
        seat.close()


def opened(seat: AgentSeat, count: int) -> AgentsPage:
    seat.window.show_page(Page.AGENTS)
    page = seat.window.pages.agents
    seat.pump(lambda: page.model.rowCount() == count)
    return page


def told(seat: AgentSeat, agent: str, state: AgentState, *, minutes: float = 0, reason: str | None = None) -> None:
    entry = StateEntry(state, seat.clock() - timedelta(minutes=minutes), reason)
    seat.workspace.agent_board.hear(StateSeen(AgentId(agent), entry))


def names(page: AgentsPage) -> list[str]:
    return [page.model.cell(row, Column.NAME).text for row in range(page.model.rowCount())]


def state_of(page: AgentsPage, agent: str) -> str:
    return page.model.cell(page.model.row_of(agent), Column.STATE).text


class Painted(QObject):
    """What of a widget was painted, as a region."""

    def __init__(self) -> None:
        super().__init__()
        self.region = QRegion()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if isinstance(event, QPaintEvent):
            self.region = self.region.united(event.region())
        return False

    def is_quiet(self) -> bool:
        """Whether all was painted that was to be."""
        self.region = QRegion()
        QCoreApplication.processEvents()
        return self.region.isEmpty()


@pytest.mark.parametrize(
    ("role", "is_offered"),
    [(Role.AGENT, False), (Role.TEAM_LEAD, True), (Role.DUTY_MANAGER, True), (Role.EDITOR, False)],
)
def test_the_board_is_for_those_who_lead(seat_as: SeatAs, role: Role, *, is_offered: bool) -> None:
    assert seat_as(role).window.rail.offers(Page.AGENTS) is is_offered


def test_a_lead_sees_the_team_and_a_duty_manager_everybody(seat_as: SeatAs) -> None:
    rows = (agent_row(1), agent_row(2, "business"))
    assert names(opened(seat_as(Role.TEAM_LEAD, *rows), 1)) == ["Agent 001"]
    assert names(opened(seat_as(Role.DUTY_MANAGER, *rows), 2)) == ["Agent 001", "Agent 002"]


def test_a_state_shows_as_soon_as_it_is_told_with_its_time(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD, agent_row(1))
    page = opened(seat, 1)
    assert state_of(page, "b-1") == "Offline"
    told(seat, "b-1", AgentState.BREAK, minutes=3, reason="meal")
    seat.pump(lambda: state_of(page, "b-1") == "Meal")
    assert page.model.cell(0, Column.SINCE).text == "03:00"
    page.tick(seat.clock() + timedelta(seconds=2))
    assert page.model.cell(0, Column.SINCE).text == "03:02"


def test_a_state_that_lasts_longer_than_it_may_needs_a_look(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD, agent_row(1), agent_row(2))
    page = opened(seat, 2)
    told(seat, "b-1", AgentState.BREAK, minutes=14, reason="short")
    told(seat, "b-2", AgentState.BREAK, minutes=90, reason="training")
    assert seat.pump(lambda: state_of(page, "b-1") == "Short break")
    board = seat.workspace.agent_board
    board._tick()
    assert page.model.cell(0, Column.SINCE).tone is None

    seat.clock.now += timedelta(minutes=2)
    board._tick()
    assert page.model.cell(0, Column.SINCE).tone == "bad"
    assert page.model.cell(1, Column.SINCE).tone is None, "training lasts as long as it needs"
    page.table.choose("b-1")
    assert page.card.since.text().endswith("1:00 too long") or page.card.since.text().endswith("01:00 too long")
    page.trouble.setChecked(True)
    assert names(page) == ["Agent 001"]
    told(seat, "b-1", AgentState.READY)
    assert seat.pump(lambda: names(page) == [])


def test_work_after_a_call_is_held_to_the_longest_of_the_agents_queues(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD, agent_row(1), agent_row(2))
    page = opened(seat, 2)
    for agent in ("b-1", "b-2"):
        told(seat, agent, AgentState.AFTER_CALL_WORK, minutes=30)
    assert seat.pump(lambda: page.model.cell(0, Column.SINCE).tone == "bad")
    assert page.model.cell(1, Column.SINCE).tone is None, "who serves no queue is held to none"


def test_the_caller_of_now_stands_there_masked_as_long_as_it_is_told(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD, agent_row(1))
    page = opened(seat, 1)
    board = seat.workspace.agent_board
    page.table.choose("b-1")
    told(seat, "b-1", AgentState.ON_CALL)
    board.hear(CurrentCaller("b-1", "138****6721", "billing", seat.clock()))
    assert seat.pump(lambda: page.model.cell(0, Column.CALLER).text == "138****6721")
    assert seat.pump(lambda: page.card.caller.text().startswith("Talks with 138****6721 · Billing"))
    board.hear(CurrentCaller("b-1", "", "", seat.clock(), is_held=True))
    assert seat.pump(lambda: page.model.cell(0, Column.CALLER).text == "Number withheld")
    assert seat.pump(lambda: page.card.caller.text().startswith("Holds Number withheld · no queue"))
    board.live_lost()
    assert seat.pump(lambda: page.model.cell(0, Column.CALLER).text == "")
    assert seat.pump(lambda: not page.card.caller.isVisible())


def test_what_was_told_before_the_page_was_opened_is_on_it(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD, agent_row(1))
    told(seat, "b-1", AgentState.READY)
    assert state_of(opened(seat, 1), "b-1") == "Ready"


def test_only_the_row_that_changed_is_drawn_again(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD, *(agent_row(n) for n in range(MANY)))
    page = opened(seat, MANY)
    told(seat, "b-9", AgentState.READY)
    seat.pump(lambda: "ready: 1" in page.counts.full_text)
    painted = Painted()
    page.table.viewport().installEventFilter(painted)
    seat.pump(painted.is_quiet)
    name, others = (page.table.visualRect(page.model.index(row, Column.NAME)) for row in (3, 5))
    told(seat, "b-3", AgentState.READY)
    seat.pump(lambda: painted.region.intersects(name))
    assert not painted.region.intersects(others)  # a second that passes draws the times alone


def test_filter_and_choice_hold_while_agents_change(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD, *(agent_row(n) for n in range(5)))
    page = opened(seat, 5)
    QTest.keyClicks(page.words, "billing")
    assert names(page) == ["Agent 001", "Agent 003"]
    page.table.choose("b-3")
    told(seat, "b-3", AgentState.ON_CALL)
    told(seat, "b-2", AgentState.ON_CALL)
    seat.pump(lambda: page.card.state.text() == "On call")
    assert names(page) == ["Agent 001", "Agent 003"]
    assert page.table.current == "b-3"


def test_who_leaves_the_filtered_state_leaves_the_list_and_who_enters_it_comes(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD, *(agent_row(n) for n in range(3)))
    told(seat, "b-1", AgentState.READY)
    page = opened(seat, 3)
    page.state.chosen.emit(AgentState.READY.value)
    assert names(page) == ["Agent 001"]
    told(seat, "b-1", AgentState.BREAK)
    told(seat, "b-2", AgentState.READY)
    seat.pump(lambda: names(page) == ["Agent 002"])
    told(seat, "b-2", AgentState.BREAK)
    seat.pump(lambda: not page.model.rowCount())
    assert page.nobody.isVisible()


def test_filter_and_order_are_there_again_the_next_time(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD, agent_row(1))
    page = opened(seat, 1)
    page.table.order_wanted.emit(Order.LONGEST)
    QTest.keyClicks(page.words, "agent")
    board = seat.rooms.agent_board
    seat.pump(lambda: board.narrowed() == Narrowed(words="agent", order=Order.LONGEST))


def test_who_needs_a_look_stands_first_in_the_order_of_states(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD, *(agent_row(n) for n in range(3)))
    page = opened(seat, 3)
    page.table.order_wanted.emit(Order.STATE)
    told(seat, "b-0", AgentState.ON_CALL)
    told(seat, "b-2", AgentState.READY)
    hear = seat.workspace.agent_board.hear
    hear(Confirmed("b-2", Agreement.FLAGGED, is_reachable=True, why="no_such_queue"))
    seat.pump(lambda: names(page) == ["Agent 002", "Agent 000", "Agent 001"])
    assert page.model.cell(0, Column.EXCHANGE).text == "Not as wanted"
    page.table.choose("b-2")
    assert "It does not know one of the queues." in page.card.exchange.full_text
    assert "need a look: 1" in page.counts.full_text


def test_the_page_says_when_nobody_tells_any_more(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD, agent_row(1))
    page = opened(seat, 1)
    told(seat, "b-1", AgentState.READY)
    assert not page.outcome.isVisible()
    seat.workspace.agent_board.live_lost()
    assert page.outcome.isVisible()
    told(seat, "b-1", AgentState.BREAK)
    assert not page.outcome.isVisible()


def test_by_keys_alone_one_finds_an_agent(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD, *(agent_row(n) for n in range(5)))
    page = opened(seat, 5)
    QTest.keyClick(page.table, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    assert page.words.hasFocus()
    QTest.keyClicks(page.words, "2004")
    QTest.keyClick(page.words, Qt.Key.Key_Down)
    assert page.table.hasFocus()
    assert page.table.current == "b-4"


def test_a_lead_puts_an_agent_on_a_break_and_says_why(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD, agent_row(1))
    page = opened(seat, 1)
    page.table.choose("b-1")
    form = page.card.order
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert form.state.hasFocus()
    form.state.setCurrentIndex(form.state.findText("Break: Meal"))
    QTest.keyClick(form.state, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "Say why" in form.outcome.full_text
    assert form.why.hasFocus()
    QTest.keyClicks(form.why, "Eat while it is quiet")
    QTest.keyClick(form.why, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    seat.pump(lambda: bool(seat.server.orders))
    assert seat.server.orders == [("b-1", AgentState.BREAK, "meal", "Eat while it is quiet")]
    seat.pump(lambda: not form.why.text())


def chosen(page: AgentsPage, words: str) -> None:
    page.card.order.state.setCurrentIndex(page.card.order.state.findText(words))


def test_a_lead_gives_and_takes_queues_and_languages(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD, agent_row(1), agent_row(2))
    page = opened(seat, 2)
    page.table.choose("b-2")
    chosen(page, "Add to the queue Billing")
    page.card.order.why.setText("Too many waiting")
    page.send()
    assert seat.pump(lambda: seat.server.served == [("b-2", ("billing",), ("zh-CN",), "Too many waiting")])
    assert seat.pump(lambda: "the exchange follows at once" in page.card.order.outcome.text())

    page.table.choose("b-1")
    chosen(page, "Take from the queue Billing")
    page.card.order.why.setText("Enough of them")
    page.send()
    assert seat.pump(lambda: seat.server.served[1:] == [("b-1", (), ("zh-CN",), "Enough of them")])


def test_what_is_offered_follows_the_directory(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD, agent_row(2))
    page = opened(seat, 1)
    page.table.choose("b-2")
    assert page.card.order.state.findText("Add to the queue Billing") >= 0
    row = agent_row(2)
    seat.mirror.apply(Scope("org"), [replace(row, version=2, body={**row.body, "queues": ["billing"]})], None)
    seat.workspace.agent_board.read_again()
    assert seat.pump(lambda: page.card.order.state.findText("Take from the queue Billing") >= 0)


def limits(*acts: str, agent: str = "b-1") -> Row:
    limit = {"of": "agent", "id": agent, "acts": list(acts)}
    return Row("floor_policy", "site", 1, {**to_body(FloorPolicy()), "steering_limits": [limit]})


def test_what_the_site_does_not_let_a_lead_do_is_not_offered_and_says_so(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD, agent_row(1), agent_row(2), limits("sign_out", "message"))
    page = opened(seat, 2)
    form = page.card.order
    page.table.choose("b-1")
    assert seat.pump(lambda: form.state.count() == 1)
    assert form.state.currentText() == "Sign out of the queues"
    assert form.limited.full_text == (
        "Not offered, because the site does not let you: Putting into a state, Changing queues and languages. "
        "The duty manager or an administrator can change that."
    )
    assert page.card.write.isEnabled()
    page.table.choose("b-2")
    assert form.state.findText("Ready") >= 0
    assert form.limited.isHidden()


def test_where_nothing_is_left_nothing_is_sent_and_the_reason_stands_there(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD, agent_row(1), limits())
    page = opened(seat, 1)
    page.table.choose("b-1")
    assert seat.pump(lambda: page.card.order.state.isHidden())
    assert not page.card.write.isEnabled()
    assert "Writing messages" in page.card.write.toolTip()
    page.send()
    QTest.keyClick(page.table, Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    assert seat.window.pages.shown is Page.AGENTS
    assert seat.server.orders == []


def test_a_limit_that_comes_while_the_board_is_open_holds_at_once(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD, agent_row(1))
    page = opened(seat, 1)
    page.table.choose("b-1")
    assert page.card.order.state.findText("Ready") >= 0
    seat.mirror.apply(Scope("org"), [limits("message")], None)
    seat.workspace.monitoring.read_policy()
    assert seat.pump(lambda: page.card.order.state.isHidden())


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        (ServerRefused(403, "limited"), "Nothing was done: the site does not let you do this with this agent."),
        (ServerRefused(422, "bad_state"), "Nothing was done: this break is not offered any more."),
    ],
    ids=["limited", "bad_state"],
)
def test_who_acts_by_what_was_true_before_is_told_why_nothing_was_done(refused: ServerRefused, words: str) -> None:
    assert explain_refusal(refused).startswith(words)


@pytest.mark.parametrize(
    ("state", "reason", "words"),
    [
        (AgentState.READY, None, "You have been made ready."),
        (AgentState.AFTER_CALL_WORK, None, "You have been put into after-call work."),
        (AgentState.BREAK, "meal", "You have been sent on a break (Meal)."),
        (
            AgentState.OFFLINE,
            None,
            "You have been signed out of your queues. Choose Ready at the top to take calls again.",
        ),
    ],
)
def test_where_the_site_does_not_say_who_it_says_what(
    seat_as: SeatAs, state: AgentState, reason: str | None, words: str
) -> None:
    seat = seat_as(Role.AGENT)
    seat.workspace.orders.obey(OrderCame(state, reason, "", "", "2026-11-22T08:00:00.000Z"))
    assert seat.rooms.session.seat.entry.state is state
    assert seat.workspace.notices.notices[0].words == words


def test_the_agent_is_told_which_queues_they_serve_now(seat_as: SeatAs) -> None:
    seat = seat_as(Role.AGENT)
    assert seat.pump(lambda: seat.workspace._names().queue("billing") == "Billing")
    seat.workspace.orders.tell_serving(ServingChanged(("billing",), "zhou.min", "Too many waiting"))
    told = seat.workspace.notices.notices[0].words
    assert told == "zhou.min has changed what you serve. Your queues now: Billing. Reason: Too many waiting"


def test_a_reason_stays_where_the_server_did_not_answer_and_over_a_restart(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD, agent_row(1))
    seat.server.orders = None
    page = opened(seat, 1)
    page.table.choose("b-1")
    page.card.order.why.setText("Too many waiting")
    page.send()
    seat.pump(lambda: page.card.order.outcome.isVisible())
    assert page.card.order.why.text() == "Too many waiting"
    seat.workspace.agent_board.save_now()
    seat.pump(lambda: seat.rooms.floor_acts.draft() == "Too many waiting")


@pytest.mark.parametrize(
    ("state", "reason", "words"),
    [
        (AgentState.BREAK, "meal", "has sent you on a break (Meal)"),
        (AgentState.OFFLINE, None, "has signed you out of your queues"),
        (AgentState.AFTER_CALL_WORK, None, "has put you into after-call work"),
    ],
)
def test_the_agent_obeys_and_is_told_by_whom_and_why(
    seat_as: SeatAs, state: AgentState, reason: str | None, words: str
) -> None:
    seat = seat_as(Role.AGENT)
    seat.workspace.orders.obey(OrderCame(state, reason, "zhou.min", "Quiet hour", "2026-11-22T08:00:00.000Z"))
    assert seat.rooms.session.seat.entry.state is state
    assert seat.rooms.session.seat.entry.reason == reason
    told = seat.workspace.notices.notices[0].words
    assert words in told
    assert told.endswith("Quiet hour" if state is not AgentState.OFFLINE else "take calls again.")


def test_an_order_that_comes_twice_is_obeyed_once(seat_as: SeatAs) -> None:
    seat = seat_as(Role.AGENT)
    order = OrderCame(AgentState.BREAK, "meal", "zhou.min", "Quiet hour", "2026-11-22T08:00:00.000Z")
    seat.workspace.orders.obey(order)
    seat.rooms.session.ready()
    seat.workspace.orders.obey(order)
    assert seat.rooms.session.seat.entry.state is AgentState.READY


def test_on_a_call_an_order_holds_when_it_has_ended(seat_as: SeatAs) -> None:
    seat = seat_as(Role.AGENT)
    seat.rooms.session.call_began("c-1")
    seat.workspace.orders.obey(OrderCame(AgentState.OFFLINE, None, "zhou.min", "Shift is over", "x"))
    assert seat.rooms.session.seat.entry.state is AgentState.ON_CALL
    assert seat.rooms.session.seat.wanted is AgentState.OFFLINE
    assert "when your call has ended" in seat.workspace.notices.notices[0].words


def test_who_asks_for_help_stands_first_and_the_lead_is_told_once(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD, *(agent_row(n) for n in range(3)))
    page = opened(seat, 3)
    page.table.order_wanted.emit(Order.STATE)
    told(seat, "b-0", AgentState.ON_CALL)
    in_step = seat.workspace.help_calls._in_step
    in_step.help_called.emit(HelpCall("b-2", seat.clock()))
    in_step.help_called.emit(HelpCall("b-2", seat.clock()))
    seat.pump(lambda: names(page)[0] == "Agent 002")
    assert page.model.cell(0, Column.EXCHANGE).text == "Asks for help"
    assert [one.words for one in seat.workspace.notices.notices if "asks for help" in one.words] == [
        "Agent 002 asks for help. Ctrl+Shift+2 opens the agents, Alt+Z says that you come."
    ]
    page.table.choose("b-2")
    QTest.keyClick(page.table, Qt.Key.Key_Z, Qt.KeyboardModifier.AltModifier)
    seat.pump(lambda: seat.server.helped == ["b-2"])
    in_step.help_called.emit(HelpCall("b-2", seat.clock(), "a-1001"))
    seat.pump(lambda: page.model.cell(0, Column.EXCHANGE).text == "Help comes" and not page.card.come.isVisible())
    in_step.help_called.emit(HelpCall("b-2"))
    seat.pump(lambda: names(page)[0] == "Agent 000")


def test_the_flag_says_what_the_server_heard(seat_as: SeatAs) -> None:
    seat = seat_as(Role.AGENT)
    flag = seat.window.top_bar.help
    QTest.keyClick(seat.window, Qt.Key.Key_F10)
    assert flag.accessibleName() == "Ask your lead for help"
    assert "does not answer" in seat.workspace.notices.notices[0].words
    seat.workspace.help_calls.hear(HelpCall(ME.id, seat.clock()))
    assert flag.accessibleName().startswith("Your lead sees")
    seat.workspace.help_calls.hear(HelpCall(ME.id, seat.clock(), "zhou.min"))
    assert flag.accessibleName().startswith("Help comes")
    assert "comes to help you" in seat.workspace.notices.notices[0].words
    seat.workspace.help_calls.hear(HelpCall(ME.id))
    assert flag.accessibleName() == "Ask your lead for help"


def test_who_leads_asks_nobody(seat_as: SeatAs) -> None:
    assert not seat_as(Role.TEAM_LEAD).window.top_bar.help.isVisible()


def planned(seat: AgentSeat, agent: str, *, kept: int, out_min: float | None = None, late: bool = False) -> None:
    """A shift that began two hours ago, with a break now; `kept` percent of it."""
    now = seat.clock()
    two_h, half_h = timedelta(hours=2), timedelta(minutes=30)
    times = (
        PlannedTime(Planned.WORK, now - two_h, now - half_h),
        PlannedTime(Planned.BREAK, now - half_h, now + half_h),
    )
    out_since = None if out_min is None else now - timedelta(minutes=out_min)
    seat.workspace._in_step._hear_live(
        AdherenceNow(
            agent, now.date(), Adherence(100_000, kept * 1000), Planned.BREAK, now + half_h, out_since, late, times
        )
    )


def adherence_of(page: AgentsPage, agent: str) -> tuple[str, str, str]:
    cell = page.model.cell(page.model.row_of(agent), Column.ADHERENCE)
    return cell.text, cell.hint, cell.hint_token


def test_board_says_adherence_and_who_is_out_of_plan_in_word_sign_and_colour(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD, agent_row(1), agent_row(2), agent_row(3))
    page = opened(seat, 3)
    assert adherence_of(page, "b-1") == ("—", "", "muted"), "without a plan it is no 0 %"
    planned(seat, "b-1", kept=92)
    planned(seat, "b-2", kept=70, out_min=8)
    planned(seat, "b-3", kept=0, out_min=8, late=True)
    assert seat.pump(lambda: adherence_of(page, "b-1") == ("92%", "", "muted"))
    assert adherence_of(page, "b-2") == ("70%", "◆ out 8 min", "warn")
    assert adherence_of(page, "b-3") == ("0%", "▲ late 8 min", "bad")
    seat.clock.now += timedelta(minutes=1)
    page.tick(seat.clock())
    assert adherence_of(page, "b-3") == ("0%", "▲ late 9 min", "bad")
    assert seat.pump(lambda: "out of plan: 2" in page.counts.text())

    until = seat.workspace._formats.clock(seat.clock() - timedelta(minutes=1) + timedelta(minutes=30))
    page.table.choose("b-2")
    assert page.card.plan.text().startswith(f"Adherence 70% · planned: break until {until}. Out of plan since ")
    assert page.card.plan.text().endswith(", for 9 min.")
    page.table.choose("b-3")
    assert page.card.plan.text().endswith("9 min ago.")


def test_who_is_out_of_plan_is_listed_alone_and_first(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD, *(agent_row(n) for n in range(1, 5)))
    page = opened(seat, 4)
    planned(seat, "b-1", kept=92)
    planned(seat, "b-2", kept=98, out_min=8)
    planned(seat, "b-3", kept=40)
    page.table.horizontalHeader().sectionClicked.emit(int(Column.ADHERENCE))
    assert seat.pump(lambda: names(page) == ["Agent 002", "Agent 003", "Agent 001", "Agent 004"])
    assert page.narrowed.order is Order.ADHERENCE
    page.out.setChecked(True)
    assert names(page) == ["Agent 002"]
    planned(seat, "b-2", kept=98)
    assert seat.pump(lambda: names(page) == [])


def test_plan_that_is_no_more_is_a_dash_again(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD, agent_row(1))
    planned(seat, "b-1", kept=92)
    page = opened(seat, 1)
    assert adherence_of(page, "b-1")[0] == "92%"
    seat.workspace._in_step._hear_live(AdherenceNow("b-1"))
    assert seat.pump(lambda: adherence_of(page, "b-1")[0] == "—")


def test_form_says_of_each_act_whether_the_agent_is_told_why(seat_as: SeatAs) -> None:
    told = Row("floor_policy", "site", 1, {**to_body(FloorPolicy()), "steering_told": ["sign_out"]})
    seat = seat_as(Role.TEAM_LEAD, agent_row(1), told)
    page = opened(seat, 1)
    form = page.card.order
    page.table.choose("b-1")
    assert seat.pump(lambda: form.why.placeholderText() == "Reason, for the record alone")
    page.send()
    assert form.outcome.full_text.endswith("it stands on record, the agent is not told.")

    form.state.setCurrentIndex(form.state.findText("Sign out of the queues"))
    assert form.why.placeholderText() == "Reason, which the agent is told"
    page.send()
    assert form.outcome.full_text.endswith("the agent is told.")

    form.state.setCurrentIndex(form.state.findText("Add to the queue Billing"))
    assert form.why.accessibleDescription() == "Reason, for the record alone"
