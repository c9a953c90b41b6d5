"""The fuzzer notices every mistake that such a protocol is made with; a mistake that survives fails here.

`python -m benchmarks sync_fuzz --seeds 0` prints how many seeds each of them takes.
"""

import pytest

from tests.fuzz.mutants import MUTANTS, mistaken, seeds_until_noticed
from tests.fuzz.world import run_seed

ENOUGH = 120
"""Seeds within which the rarest mistake shows many times over."""


@pytest.mark.timeout(600)
@pytest.mark.parametrize("mistake", MUTANTS)
def test_mistake_is_noticed(mistake: str, caplog: pytest.LogCaptureFixture) -> None:
    seeds = seeds_until_noticed(mistake, ENOUGH)
    caplog.clear()  # a workstation that is put right says so, which is how some of them are noticed
    assert seeds is not None, f"{ENOUGH} seeds, and no invariant was broken"


@pytest.mark.timeout(120)
@pytest.mark.parametrize("seed", range(8), ids="seed {}".format)
def test_entries_that_were_not_told_are_counted_and_fetched(seed: int, caplog: pytest.LogCaptureFixture) -> None:
    with mistaken("an entry is not told"):
        commands = run_seed(seed, only_at_rest=True)
    complaints = caplog.text
    caplog.clear()
    assert "entries are missing" in complaints
    assert commands > 0
