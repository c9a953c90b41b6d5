"""An agent fails a quiz: the lead sees it, by person and by question, and gives the quiz again with a reason."""

from agent_desktop.ui.teaching.page import Part
from demo.server import DemoServer
from tests.journeys.conftest import Sit
from tests.journeys.training_people import LEAD, LEARNER, at_work, teach
from tests.server.training_rows import begin, hand_in, paper_of, right_answers
from tests.server.workstation import Workstation

REASON = "上周两次说错时限"


def fail(learner: Workstation, assignment: str) -> None:
    """Every try that there is, all wrong."""
    learner.sync()
    tries = 0
    while tries < len(learner.row("assignment", assignment)["body"]["papers"]):
        tries += 1
        paper = paper_of(learner, assignment, tries)
        begin(learner, paper)
        assert hand_in(learner, paper, right_answers(paper, wrong=99))["reason"] is None
        learner.sync()


def test_failed_quiz_shows_in_results_and_is_assigned_again(sit: Sit, own_server: DemoServer) -> None:
    seat = sit(LEAD)
    with at_work(own_server.address, LEAD) as lead, at_work(own_server.address, LEARNER) as learner:
        teach(lead)
        learner.sync()
        [first] = [key[1] for key in learner.slices[f"own:{LEARNER}"] if key[0] == "assignment"]
        fail(learner, first)

        # The lead sees who failed, and that nobody was right.
        assert seat.take_keyboard()
        seat.press("F4")
        page = seat.window.pages.teaching
        page.part_taken.emit(Part.TRAINING)
        pane = page.training
        assert seat.until(lambda: pane.by_person.model().rowCount() == 1, 30)
        assert pane.by_person.model().index(0, 2).data() == "0"
        assert pane.by_person.model().index(0, 4).data() == "No"
        assert pane.by_question.model().index(0, 3).data() == "Nobody is right: look at it"
        assert seat.until(lambda: pane.given.model().index(0, 4).data() == "Failed", 30)

        # And gives it again.
        pane.what.setCurrentIndex(0)
        pane.what.picked.emit(pane.what.chosen)
        pane.people.choose([LEARNER])
        pane.note.setPlainText(REASON)
        pane.note.setFocus()
        seat.press("Ctrl+Return")
        assert seat.until(lambda: pane.given.model().rowCount() == 2, 30)
        assert seat.until(lambda: given_again(learner, first), 30)


def given_again(learner: Workstation, first: str) -> bool:
    """The learner has it with its reason, and a paper of its own."""
    learner.sync()
    rows = [row for key, row in learner.slices[f"own:{LEARNER}"].items() if key[0] == "assignment" and key[1] != first]
    return [(row["body"]["note"], row["body"]["state"], len(row["body"]["papers"])) for row in rows] == [
        (REASON, "open", 1)
    ]
