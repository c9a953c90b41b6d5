"""Whatever goes wrong between workstations and server: nothing is lost or done twice, everybody sees what they may.

`python -m benchmarks sync_fuzz --seeds 10000` is the long form; a failing seed says how to play it alone.
"""

import pytest

from tests.fuzz.seeds import play_seeds

SEEDS = 1000
BUDGET_S = 40
FEWEST = 25
"""However busy the machine is with other things."""


@pytest.mark.timeout(400)
def test_every_invariant_holds_over_many_seeds(caplog: pytest.LogCaptureFixture) -> None:
    tally = play_seeds(range(FEWEST))
    tally.add(play_seeds(range(FEWEST, SEEDS), BUDGET_S))
    caplog.clear()  # each seed has judged its own warnings
    assert not tally.failures, "\n".join(tally.failures)
    assert tally.seeds >= FEWEST
    assert tally.ops > 5 * tally.seeds
