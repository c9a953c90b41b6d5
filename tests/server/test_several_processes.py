"""Several server processes behind one PostgreSQL: whoever asks one of them is told what happened at the other."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest
from websockets.sync.client import connect

from agent_server.settings import Settings
from tests.in_process import ServerProcess, ServerThread, make_site, serving
from tests.postgresql import Cluster
from tests.server.conftest import CUSTOMERS, executed
from tests.server.test_live import Ear
from tests.server.workstation import Workstation


@pytest.fixture
def site(cluster: Cluster, tmp_path: Path) -> Settings:
    return make_site(tmp_path / "site", CUSTOMERS, cluster)


@pytest.fixture
def pair(site: Settings) -> Iterator[tuple[ServerProcess, ServerProcess]]:
    """Two processes, each on a port of its own."""
    with ServerProcess(site, *QUICK) as one, ServerProcess(site, *QUICK) as other:
        yield one, other


QUICK = ("--simulated-switch",)


@contextmanager
def listening(server: ServerProcess | ServerThread, seat: Workstation) -> Iterator[Ear]:
    url = server.address.replace("http", "ws") + "/sync/v1/live?rows=1"
    with connect(url, additional_headers={"Authorization": f"Bearer {seat.access}"}, open_timeout=20) as socket:
        ear = Ear(socket)
        ear.next("welcome")
        yield ear


def test_write_at_one_process_reaches_workstations_at_the_other(pair: tuple[ServerProcess, ServerProcess]) -> None:
    here, there = pair
    with (
        Workstation(here.address, "lin.yue") as writer,
        Workstation(there.address, "wang.qiang") as reader,
        listening(there, reader) as ear,
    ):
        since = reader.hello()["scopes"]["queue:support"]
        [answer] = writer.push(writer.ticket())
        rows = ear.next("rows", scope="queue:support")
        writer.push(*(writer.ticket() for _ in range(100)))
        poke = ear.next("poke", scope="queue:support")

    assert rows["since"] == since
    assert numbers(rows) == [answer["changed"]["number"]]
    assert poke["head"] == since + 101


def test_state_set_at_one_process_is_seen_at_the_other(pair: tuple[ServerProcess, ServerProcess]) -> None:
    here, there = pair
    with (
        Workstation(here.address, "lin.yue") as agent,
        Workstation(there.address, "wang.qiang") as colleague,
        Workstation(there.address, "zhou.min") as lead,
        listening(there, colleague) as hearing,
        listening(here, agent) as speaking,
    ):
        speaking.say({"type": "state", "state": "break", "reason": "lunch", "until": None})
        heard = hearing.next("state", agent="lin.yue")
        with listening(there, lead) as late:
            assert late.next("state", agent="lin.yue") == heard

    assert (heard["state"], heard["reason"]) == ("break", "lunch")


def test_figures_are_the_same_at_every_process(pair: tuple[ServerProcess, ServerProcess]) -> None:
    """One process asks the switch; two simulated ones would not agree."""
    with ExitStack() as open_:
        heard = []
        for server, login in zip(pair, ("lin.yue", "wang.qiang"), strict=True):
            seat = open_.enter_context(Workstation(server.address, login))
            heard.append(open_.enter_context(listening(server, seat)))
        here, there = ([ear.next("queues")["queues"] for _ in range(2)] for ear in heard)

    support = [[queue for queue in figures if queue["queue"] == "support"] for figures in here + there]
    assert support[0] in support[2:] or support[1] in support[2:]


def test_ticket_numbers_of_two_processes_never_meet(pair: tuple[ServerProcess, ServerProcess]) -> None:
    with ExitStack() as open_:
        seats = [open_.enter_context(Workstation(server.address, "lin.yue", server.address)) for server in pair]
        answers = [answer for _ in range(5) for seat in seats for answer in seat.push(seat.ticket(), seat.ticket())]

    numbers = [answer["changed"]["number"] for answer in answers]
    assert len(set(numbers)) == len(numbers) == 20


def test_processes_that_lost_each_other_find_each_other_again(
    pair: tuple[ServerProcess, ServerProcess], site: Settings
) -> None:
    here, there = pair
    with (
        Workstation(here.address, "lin.yue") as writer,
        Workstation(there.address, "wang.qiang") as reader,
        listening(there, reader) as ear,
    ):
        cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'agent-server notices'"
        assert len(executed(site, cut)) == 2
        first = writer.push(writer.ticket())[0]["changed"]["number"]
        rows = ear.next("rows", scope="queue:support")
        second = writer.push(writer.ticket())[0]["changed"]["number"]
        following = ear.next("rows", scope="queue:support")

    assert first in numbers(rows)
    assert second in numbers(following)


def numbers(rows: dict[str, Any]) -> list[str]:
    return [row["body"]["number"] for row in rows["page"]["rows"]]


def test_killed_process_loses_nothing_and_its_agents_go_on_at_the_other(
    pair: tuple[ServerProcess, ServerProcess], site: Settings
) -> None:
    here, there = pair
    with ExitStack() as open_:
        writer = open_.enter_context(Workstation(here.address, "lin.yue"))
        colleague = open_.enter_context(Workstation(there.address, "wang.qiang"))
        hearing = open_.enter_context(listening(there, colleague))
        speaking = open_.enter_context(listening(here, writer))
        speaking.say({"type": "state", "state": "break", "reason": "lunch"})
        before = hearing.next("state", agent="lin.yue", state="break")
        sent = [writer.ticket() for _ in range(5)]
        answered = writer.push(*sent)
        dead = holder_of(site, "lin.yue")
        here.kill()

        moved = open_.enter_context(Workstation(there.address, "lin.yue", writer.device_id))
        again = moved.push(*sent)
        speaking = open_.enter_context(listening(there, moved))
        speaking.say({"type": "state", "state": "break", "reason": "lunch"})
        speaking.say({"type": "ping"})
        speaking.next("pong")
        while holder_of(site, "lin.yue") == dead:
            time.sleep(0.05)
        state = executed(site, "SELECT state, since FROM agent_state WHERE agent_id = 'lin.yue'")
        colleague.sync()

    assert [answer["verdict"] for answer in again] == ["duplicate"] * 5
    assert [answer["changed"] for answer in again] == [answer["changed"] for answer in answered]
    assert {wish["id"] for wish in sent} <= {row_id for _, row_id in colleague.slices["queue:support"]}
    assert state == [("break", before["since"])]


def holder_of(site: Settings, agent: str) -> Any:
    return executed(site, "SELECT process FROM agent_state WHERE agent_id = :agent", agent=agent)


def test_agents_of_a_process_that_is_gone_are_offline_at_the_other(site: Settings) -> None:
    settings = replace(site, offline_after_s=2.0)
    with ExitStack() as open_:
        there = open_.enter_context(serving(settings))
        colleague = open_.enter_context(Workstation(there.address, "wang.qiang"))
        hearing = open_.enter_context(listening(there, colleague))
        with ExitStack() as going:
            here = going.enter_context(serving(settings))
            agent = going.enter_context(Workstation(here.address, "lin.yue"))
            speaking = going.enter_context(listening(here, agent))
            speaking.say({"type": "state", "state": "ready"})
            hearing.next("state", agent="lin.yue", state="ready")

        assert hearing.next("state", agent="lin.yue")["state"] == "offline"


def test_workers_share_a_port_and_a_killed_one_is_started_again(site: Settings) -> None:
    with ServerProcess(site, "--workers", "2") as server:
        assert server.pid is not None
        parent = psutil.Process(server.pid)
        workers = [child for child in parent.children() if "spawn_main" in " ".join(child.cmdline())]
        workers[0].kill()
        psutil.wait_procs(workers[:1], 20)
        with Workstation(server.address, "lin.yue") as seat:
            assert seat.hello()["protocol"] == 1
            while len([child for child in parent.children() if "spawn_main" in " ".join(child.cmdline())]) < 2:
                assert seat.hello()["protocol"] == 1
        children = parent.children(recursive=True)
        server.kill()
        _, staying = psutil.wait_procs(children, 20)

    assert len(workers) == 2
    assert staying == []


def test_sqlite_serves_one_process_and_says_so(tmp_path: Path) -> None:
    settings = make_site(tmp_path / "site")
    command = [sys.executable, "-m", "agent_server", "run", "--workers", "2", "--port", "0"]
    done = subprocess.run(
        [*command, "--database", settings.database.render_as_string()], capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert "SQLite serves one process" in done.stderr
