"""The fuzzer notices every mistake that such a protocol is made with; a mistake that survives fails here."""

import pytest

from tests.fuzz.mutants import MUTANTS, mistaken
from tests.fuzz.seeds import play_seeds

ENOUGH = 120
"""Seeds within which the rarest mistake shows many times over."""


@pytest.mark.timeout(600)
@pytest.mark.parametrize("mistake", MUTANTS)
def test_mistake_is_noticed(mistake: str, caplog: pytest.LogCaptureFixture) -> None:
    with mistaken(mistake):
        tally = play_seeds(range(ENOUGH), most_failures=1)
    caplog.clear()  # a workstation that is put right says so, which is how some of them are noticed
    assert tally.failures, f"{mistake}: {tally.seeds} seeds, and nobody noticed"
    assert "Broken" in tally.failures[0], "noticed by an invariant, not by an error of its own"
