"""Taking papers at a workstation: begun and handed in once, kept on the disk, with a clock that nobody stops."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.store import Store
from agent_desktop.offline.view import View
from agent_desktop.training.book import Duty, Step, Training
from agent_model.command import CommandKind
from agent_model.moment import to_text
from agent_model.scope import ORG, own
from agent_model.wire import Row
from tests.fakes import SEALED, SetClock
from tests.training_samples import ME, article_row, assignment_row, course_row, paper_row, result_row

OWN = own(ME)


class Seconds:
    """A clock that only goes on."""

    def __init__(self) -> None:
        self.passed = 100.0

    def __call__(self) -> float:
        return self.passed


class Seat:
    """One agent's disk. `again` is the program after it was killed."""

    def __init__(self, folder: Path) -> None:
        self.clock, self.seconds = SetClock(), Seconds()
        self.store = Store(folder, SEALED)
        self.store.open_cache()
        self.mirror = Mirror(self.store)
        self.outbox = Outbox(self.store, author=ME)
        self.view = View(self.mirror, self.outbox)
        self.training = Training(self.view, ME, self.clock, self.seconds)

    def again(self) -> None:
        self.seconds = Seconds()
        self.training = Training(self.view, ME, self.clock, self.seconds)

    def holds(self, *rows: Row) -> None:
        self.mirror.apply(OWN, list(rows), None)

    def pass_(self, seconds: float) -> None:
        self.seconds.passed += seconds
        self.clock.now += timedelta(seconds=seconds)

    @property
    def duty(self) -> Duty:
        [duty] = self.training.duties()
        return duty

    def sheet(self) -> dict[str, Any]:
        [command] = [one for one in self.outbox.waiting(10) if one.kind is CommandKind.APPEND]
        sheet: dict[str, Any] = command.fields["sheets"].new
        return sheet


@pytest.fixture
def seat(tmp_path: Path) -> Any:
    made = Seat(tmp_path / "store")
    yield made
    made.store.close()


def test_paper_is_taken_and_handed_in_without_the_server(seat: Seat) -> None:
    seat.holds(assignment_row(), paper_row())
    assert (seat.duty.step, seat.training.waiting()) == (Step.TAKE, 1)
    paper = seat.duty.paper
    assert paper is not None
    taking = seat.training.begin(paper)
    assert seat.duty.step is Step.GO_ON
    seat.pass_(20)
    taking.give(("2",))
    taking.turn_to(1)
    seat.pass_(10)
    taking.give(("1", "3"))
    seat.training.hand_in(taking)
    assert (seat.duty.step, seat.training.waiting()) == (Step.AWAITED, 0)
    sheet = seat.sheet()
    assert [(one["answer"], one["nth"], one["took_s"]) for one in sheet["answers"]] == [
        (["2"], 1, 20),
        (["1", "3"], 2, 10),
    ]
    assert (sheet["elapsed_s"], sheet["at"]) == (30, to_text(seat.clock.now))
    begun, handed_in = seat.outbox.waiting(10)
    assert (begun.kind, handed_in.depends_on) == (CommandKind.CREATE, begun.op_id)
    assert seat.outbox.draft(paper.id, "attempt") is None


def test_killed_in_the_middle_it_goes_on_where_it_was_and_the_clock_ran_on(seat: Seat) -> None:
    seat.holds(assignment_row(), paper_row(time_limit_s=600))
    paper = seat.duty.paper
    assert paper is not None
    taking = seat.training.begin(paper)
    taking.give(("2",))
    taking.turn_to(1)
    seat.pass_(60)
    seat.training.keep(taking.kept())
    seat.clock.now += timedelta(seconds=100)
    seat.again()
    again = seat.training.begin(paper)
    assert (again.at, again.answer("q-1"), again.left_s) == (1, ("2",), 440.0)
    assert len(seat.outbox.waiting(10)) == 1


def test_clock_that_was_set_back_gives_no_time(seat: Seat) -> None:
    seat.holds(assignment_row(), paper_row(time_limit_s=600))
    paper = seat.duty.paper
    assert paper is not None
    taking = seat.training.begin(paper)
    seat.seconds.passed += 300
    seat.clock.now -= timedelta(hours=2)
    assert taking.left_s == 300
    seat.training.keep(taking.kept())
    seat.clock.now -= timedelta(hours=1)
    seat.again()
    assert seat.training.begin(paper).left_s == 300


def test_program_that_was_closed_while_the_clock_was_set_back_has_lost_the_time(seat: Seat) -> None:
    seat.holds(assignment_row(), paper_row(time_limit_s=600))
    paper = seat.duty.paper
    assert paper is not None
    seat.training.keep(seat.training.begin(paper).kept())
    seat.seconds.passed += 400
    seat.clock.now -= timedelta(hours=1)
    assert seat.training.begin(paper).left_s == 200


def test_clock_that_is_set_during_a_paper_takes_no_time_and_makes_nothing_late(seat: Seat) -> None:
    seat.holds(assignment_row(), paper_row(time_limit_s=600))
    paper = seat.duty.paper
    assert paper is not None
    taking = seat.training.begin(paper)
    started = seat.clock.now
    seat.seconds.passed += 120
    seat.clock.now += timedelta(hours=5)
    seat.training.hand_in(taking)
    assert (seat.sheet()["elapsed_s"], seat.sheet()["at"]) == (120, to_text(started + timedelta(seconds=120)))


def test_call_pauses_the_clock(seat: Seat) -> None:
    seat.holds(assignment_row(), paper_row(time_limit_s=600))
    paper = seat.duty.paper
    assert paper is not None
    taking = seat.training.begin(paper)
    taking.pause(is_paused=True)
    seat.pass_(200)
    taking.pause(is_paused=False)
    seat.pass_(50)
    assert taking.left_s == 550
    seat.training.hand_in(taking)
    assert (seat.sheet()["elapsed_s"], seat.sheet()["paused_s"]) == (50, 200)


def test_paper_begun_elsewhere_goes_on_with_its_time_run(seat: Seat) -> None:
    started = to_text(seat.clock.now - timedelta(seconds=120))
    attempt = Row("attempt", "p-1", 1, {"agent": ME, "started_at": started, "sheets": []})
    seat.holds(assignment_row(), paper_row(time_limit_s=600), attempt)
    paper = seat.duty.paper
    assert paper is not None
    assert seat.duty.step is Step.GO_ON
    assert seat.training.begin(paper).left_s == 480
    assert seat.outbox.waiting(10) == []


def test_course_is_read_before_its_quiz(seat: Seat) -> None:
    seat.mirror.apply(ORG, [article_row(), course_row(articles=["kb-refund", "kb-gone"])], None)
    seat.holds(assignment_row(quiz=None, course="co-1"), paper_row())
    assert (seat.duty.step, seat.training.waiting()) == (Step.READ, 1)
    [here, gone] = seat.duty.articles
    assert here.article is not None
    assert (here.is_read, gone.article) == (False, None)
    seat.training.read_article(seat.duty.assignment, here.article, 12)
    assert (seat.duty.step, seat.duty.articles[0].is_read) == (Step.TAKE, True)


def test_results_come_back_and_another_try_waits(seat: Seat) -> None:
    judged = Row("attempt", "p-1", 2, {"agent": ME, "started_at": to_text(datetime.now(UTC)), "sheets": [{}]})
    seat.holds(assignment_row(papers=["p-1", "p-2"]), paper_row(), paper_row("p-2", nth=2), result_row(), judged)
    duty = seat.duty
    assert duty.paper is not None
    assert (duty.step, duty.paper.id, duty.results[0].score) == (Step.TAKE, "p-2", 50)


def test_what_was_dropped_is_not_shown_and_too_small_a_bank_is_said(seat: Seat) -> None:
    seat.holds(assignment_row(state="dropped"), assignment_row("as-2", papers=[], lacks=3))
    assert (seat.duty.assignment.lacks, seat.duty.step, seat.training.waiting()) == (3, Step.NOT_READY, 0)
