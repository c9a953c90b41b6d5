"""Nothing is lost, doubled or different in the end. SYNC_SEEDS=1000 runs more seeds; a failing one is its own name."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.sync.scramble import CUSTOMERS, Scramble
from tests.in_process import a_customer, make_site, serving

SEEDS = range(int(os.environ.get("SYNC_SEEDS", "6")))
STEPS = 60


@pytest.fixture
def scramble(tmp_path: Path, seed: int) -> Iterator[Scramble]:
    customers = [a_customer(n) for n in range(1, len(CUSTOMERS) + 1)]
    with (
        serving(make_site(tmp_path / "site", customers)) as server,
        contextlib.closing(Scramble(tmp_path, server, seed)) as made,
    ):
        yield made


@pytest.mark.parametrize("seed", SEEDS)
def test_everything_saved_is_on_the_server_once_and_both_see_the_same(scramble: Scramble) -> None:
    for _ in range(STEPS):
        scramble.step()
    scramble.settle()
    scramble.check()
