"""What an agent was told is saved arrives once, whatever is killed meanwhile, and in the end everybody sees the same.

`python -m benchmarks sync_chaos --ops 10000` is the long form.
"""

from pathlib import Path

import pytest

from tests.chaos.storm import Storm
from tests.in_process import a_customer, make_site
from tests.postgresql import Cluster

OPS = 500


@pytest.mark.timeout(600)  # a minute where nobody else is at work
def test_killed_servers_and_workstations_lose_nothing_and_do_nothing_twice(tmp_path: Path) -> None:
    with Cluster() as cluster:
        settings = make_site(tmp_path / "site", [a_customer(number) for number in range(1, 9)], cluster)
        outcome = Storm(cluster, settings, tmp_path, servers=2, seats=3, ops=OPS, pace_s=0.04).rage((0.5, 2.0))
    assert outcome.acknowledged >= OPS
    assert outcome.lost == []
    assert outcome.twice == []
    assert outcome.differing == []
    assert outcome.unanswered == 0
    assert outcome.server_kills + outcome.workstation_kills + outcome.database_crashes >= 3
    assert outcome.cuts > 0
