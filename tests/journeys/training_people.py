"""Who teaches in a journey: a lead who writes questions and assigns them, over the protocol of every workstation."""

from collections.abc import Iterator
from contextlib import contextmanager

from demo.server import PASSWORD
from tests.server.training_rows import ask, assign, put, question, quiz
from tests.server.workstation import Workstation

LEAD, EDITOR, LEARNER = "zhou.min", "ye.wen", "lin.yue"
SECRET = "以《退款》为准"
"""Stands in every explanation, and nowhere a learner may read before handing in."""


@contextmanager
def at_work(server: str, login: str) -> Iterator[Workstation]:
    with Workstation(server, login, password=PASSWORD) as seat:
        yield seat


def teach(lead: Workstation, count: int = 3, **of_quiz: object) -> None:
    """A bank, a quiz of all of it, and a paper for the learner."""
    for number in range(count):
        ask(lead, f"q-{number}", question(number, author=lead.login))
    assert put(lead, "quiz", "qz-1", quiz(count=count, retakes=0, time_limit_min=30, **of_quiz))["reason"] is None
    assert assign(lead)["reason"] is None
