"""A guide while it is gone through: the way it takes, what it fills, and all of it on the disk."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from agent_desktop.knowledge.guide_runs import GuideRun, GuideRuns
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.store import Store
from agent_model.guide import Ending
from agent_model.guide_text import read
from tests.fakes import SEALED, SetClock

TEXT = """\
## Lamp
Is it on?
field: lights choice
- [On](#serial "pon")
- [Off](#lamp "none")

## Serial
Read me the number.
field: serial text
next: #done

## Done
Thank you.
category: fault
"""
BEGUN = GuideRun("call:1", "A-1", "Router", read(TEXT).guide)


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    store = Store(tmp_path, SEALED)
    yield Outbox(store, "a-1")
    store.close()


@pytest.fixture
def runs(outbox: Outbox) -> GuideRuns:
    return GuideRuns(outbox, SetClock())


def test_answers_lead_to_an_end_that_proposes_something() -> None:
    done = replace(BEGUN.choose(0), typed=" SN-7 ").go_on()

    assert done.step.id == "done"
    assert done.ending == Ending("fault")
    assert done.filled == {"lights": "pon", "serial": "SN-7"}
    assert done.told() == (("Lamp", "On"), ("Serial", "SN-7"))


def test_of_a_step_gone_through_twice_the_last_answer_fills() -> None:
    assert BEGUN.choose(1).choose(0).filled == {"lights": "pon"}


def test_back_brings_what_was_typed_there() -> None:
    before = replace(BEGUN.choose(0), typed="SN-7").go_on().back()

    assert (before.step.id, before.typed) == ("serial", "SN-7")
    assert before.back().back().step.id == "lamp"


def test_nothing_typed_fills_nothing() -> None:
    assert BEGUN.choose(0).go_on().filled == {"lights": "pon"}


def test_run_comes_back_from_the_disk_as_it_was(runs: GuideRuns) -> None:
    run = replace(BEGUN.choose(0), typed="SN", is_aside=True, customer_id="C-1")
    runs.save(run)

    assert runs.of("call:1") == run
    assert runs.all() == (run,)


def test_run_that_is_over_is_gone(runs: GuideRuns) -> None:
    runs.save(BEGUN)
    runs.drop("call:1")

    assert runs.of("call:1") is None


def test_run_of_a_program_that_wrote_it_otherwise_is_left_alone(runs: GuideRuns, outbox: Outbox) -> None:
    runs.save(BEGUN.choose(0))
    kept = outbox.draft("call:1", "guide")
    assert kept is not None
    gone = {"step": "gone", "branch": 0, "typed": ""}
    outbox.save_draft("call:1", {**kept.body, "answers": [gone]}, kept.saved_at, "guide")

    assert runs.of("call:1") is None
    assert runs.all() == ()


def test_run_is_no_draft_of_a_ticket(runs: GuideRuns, outbox: Outbox) -> None:
    runs.save(BEGUN)

    assert outbox.drafts() == []
