"""A server that dies in the middle of commands has kept every one that it answered, and applies none twice."""

import threading

import httpx

from tests.in_process import ServerProcess, a_customer
from tests.server.conftest import NewSite, executed
from tests.server.workstation import Workstation

ROUNDS = 2


def test_killed_server_loses_nothing_it_answered_and_applies_nothing_twice(new_site: NewSite) -> None:
    settings = new_site([a_customer(1)])
    answered: dict[str, str] = {}
    with ServerProcess(settings) as server:
        for _ in range(ROUNDS):
            with Workstation(server.address, "lin.yue") as seat:
                enough = threading.Event()
                killer = threading.Thread(target=kill_once, args=(server, enough))
                killer.start()
                unanswered = send_until_the_server_is_gone(seat, answered, enough)
                killer.join()
            server.start()
            with Workstation(server.address, "lin.yue") as seat:
                for answer in seat.push(*unanswered):
                    answered[answer["op_id"]] = answer["changed"]["number"]
        with Workstation(server.address, "lin.yue") as seat:
            seat.sync()

    held = {row["body"]["subject"]: row["body"]["number"] for row in seat.slices["queue:support"].values()}
    assert held == answered
    assert len(set(held.values())) == len(held) > ROUNDS * 20
    entries = executed(settings, "SELECT seq FROM feed WHERE scope = 'queue:support' ORDER BY seq")
    numbers = [seq for (seq,) in entries]
    assert numbers == list(range(1, len(held) + 1))


def kill_once(server: ServerProcess, enough: threading.Event) -> None:
    enough.wait(20)
    server.kill()


def send_until_the_server_is_gone(
    seat: Workstation, answered: dict[str, str], enough: threading.Event
) -> list[dict[str, object]]:
    """Batches of five whose subjects are their op ids; the batch that got no answer."""
    sent = 0
    while True:
        batch = [seat.ticket() for _ in range(5)]
        for wish in batch:
            wish["fields"]["subject"] = [None, wish["op_id"]]
        try:
            for answer in seat.push(*batch):
                answered[answer["op_id"]] = answer["changed"]["number"]
        except httpx.TransportError:
            return batch
        sent += len(batch)
        if sent >= 20:
            enough.set()
