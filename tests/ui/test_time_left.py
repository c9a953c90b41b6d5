"""Time left is said in words, with an icon beside the colour, and goes on by the window's one timer."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt

from agent_desktop.customers.profile import Known
from agent_desktop.ui.time_left import TimeLeft, due_in_a_list, due_moment, time_left
from agent_desktop.ui.window.main_window import MainWindow
from agent_model.clock import Measure
from agent_model.clock_policy import DEFAULT_POLICY
from agent_model.clock_reckoning import ClockFacts, Promises
from agent_model.customer import Tier
from agent_model.ticket import Priority, Ticket, TicketStatus, TicketType
from tests.ui import desk
from tests.ui.samples import NOW, Samples

EN = Samples("en")
HOUR = timedelta(hours=1)
PROMISES = Promises(DEFAULT_POLICY)
URGENT = ClockFacts(TicketType.FAULT, Priority.URGENT, TicketStatus.NEW)


def ticket(facts: ClockFacts = URGENT, *, then: TicketStatus | None = None, after: timedelta = HOUR) -> Ticket:
    clocks = PROMISES.begin(facts, NOW)
    if then is not None:
        clocks = PROMISES.follow(clocks, replace(facts, status=then), NOW + after)
    return replace(EN.profile.open_tickets[0], status=then or facts.status, clocks=clocks, due_at=clocks.due_at)


@pytest.mark.parametrize(
    ("shown", "at", "said"),
    [
        (ticket(), NOW + HOUR, TimeLeft("3 h left", "muted", "")),
        (ticket(), NOW + 3.5 * HOUR, TimeLeft("30 min left", "warn", "timer")),
        (ticket(), NOW + 6 * HOUR, TimeLeft("2 h late", "bad", "warning")),
        (
            ticket(then=TicketStatus.WAITING_CUSTOMER),
            NOW + 9 * HOUR,
            TimeLeft("paused, 3 h left", "muted", "pause"),
        ),
        (ticket(then=TicketStatus.RESOLVED), NOW + HOUR, TimeLeft("—")),
        (ticket(replace(URGENT, priority=Priority.LOW)), NOW, TimeLeft("1 d left to answer", "muted", "")),
        (
            ticket(replace(URGENT, priority=Priority.LOW)),
            NOW + 30 * HOUR,
            TimeLeft("answer 6 h late", "bad", "warning"),
        ),
    ],
    ids=["fine", "warned", "late", "stopped", "kept", "to be answered", "not answered"],
)
def test_promise_says_how_it_stands(shown: Ticket, at: datetime, said: TimeLeft) -> None:
    assert time_left(shown, at) == said


@pytest.mark.parametrize(
    ("due_in", "said"),
    [
        (2 * HOUR, TimeLeft("2 h left", "muted", "")),
        (HOUR / 2, TimeLeft("30 min left", "warn", "timer")),
        (-HOUR, TimeLeft("1 h late", "bad", "warning")),
        (None, TimeLeft("—")),
    ],
    ids=["far", "soon", "late", "never"],
)
def test_ticket_without_clocks_has_its_due_moment(due_in: timedelta | None, said: TimeLeft) -> None:
    due_at = None if due_in is None else NOW + due_in
    assert time_left(replace(EN.profile.open_tickets[0], due_at=due_at, clocks=None), NOW) == said


@pytest.mark.parametrize(
    ("shown", "at", "said", "token"),
    [
        (ticket(), NOW + HOUR, "{due}", "muted"),
        (ticket(), NOW + 3.5 * HOUR, "{due} · soon", "warn"),
        (ticket(), NOW + 6 * HOUR, "{due} · late", "bad"),
        (ticket(then=TicketStatus.WAITING_CUSTOMER), NOW + 9 * HOUR, "clock stopped", "muted"),
        (ticket(then=TicketStatus.RESOLVED), NOW + 9 * HOUR, "{due}", "muted"),
        (replace(EN.profile.open_tickets[0], clocks=None, due_at=None), NOW, "—", "muted"),
    ],
    ids=["fine", "warned", "late", "stopped", "kept", "never"],
)
def test_list_says_when_a_ticket_is_due_and_whether_it_is_late(
    shown: Ticket, at: datetime, said: str, token: str
) -> None:
    formats = desk.formats("en")
    due = formats.moment(NOW + 4 * HOUR, at)
    told = due_in_a_list(shown, at, formats)
    assert (told.words, told.token) == (said.format(due=due), token)


def test_card_of_open_tickets_follows_the_clock(window: MainWindow) -> None:
    profile = replace(EN.profile, open_tickets=(ticket(),))
    window.customer.show_recognition(Known(None, profile), NOW)
    lines = window.customer.tickets._lines
    model = lines.model()

    def spoken() -> str:
        return str(model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole))

    assert spoken().endswith("4 h left")
    window.tick(NOW + 3.5 * HOUR)
    assert spoken().endswith("30 min left")
    window.tick(NOW + 5 * HOUR)
    assert spoken().endswith("1 h late")


def test_second_that_changes_no_word_paints_nothing_anew(window: MainWindow) -> None:
    window.customer.show_recognition(Known(None, replace(EN.profile, open_tickets=(ticket(),))), NOW)
    changed: list[object] = []
    window.customer.tickets._lines.model().dataChanged.connect(lambda *told: changed.append(told))
    window.customer.tick(NOW + timedelta(seconds=20))
    first = list(changed)
    window.customer.tick(NOW + timedelta(seconds=21))

    assert changed == first


def test_form_says_what_the_ticket_will_promise(window: MainWindow) -> None:
    form = window.right.form
    clocks = PROMISES.begin(ClockFacts(TicketType.FAULT, Priority.LOW, TicketStatus.NEW, Tier.GOLD), NOW)
    form.promise.show_promise(clocks, NOW)
    answer, solved = clocks.clock(Measure.FIRST_RESPONSE), clocks.clock(Measure.RESOLUTION)
    assert answer is not None
    assert answer.due_at is not None
    assert solved is not None
    assert solved.due_at is not None

    formats = desk.formats("en")
    said = [due_moment(moment, NOW, formats) for moment in (answer.due_at, solved.due_at)]
    assert form.promise.words.text() == f"Answer by {said[0]}\nSolve by {said[1]}"
    form.promise.show_promise(None, NOW)
    assert form.promise.isHidden()


@pytest.mark.parametrize(("language", "day"), [("zh_CN", "周二 11月24日"), ("en", "Tue 24 Nov")])
def test_due_moment_of_another_day_has_its_day(language: str, day: str) -> None:
    formats, moment = desk.formats(language), NOW + timedelta(days=3)
    assert due_moment(moment, NOW, formats) == f"{day} {formats.clock(moment)}"
    assert due_moment(NOW, NOW, formats) == formats.clock(NOW)
