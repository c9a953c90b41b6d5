"""How long after the ring the customer stands painted in the window, with a million customers in the cache."""

import argparse
import itertools
import json
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles

from agent_desktop.customers.book import CustomerBook
from agent_desktop.customers.profile import Known
from agent_desktop.customers.screen_pop import ScreenPop
from agent_desktop.customers.signals.desk import Signals
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.view import View
from agent_desktop.organisation import Organisation
from agent_model.customer import CustomerId
from agent_model.phone_number import DialPlan, PhoneNumber
from benchmarks._rig.big_cache import big_cache
from benchmarks._rig.caller import Caller
from benchmarks._rig.screen import Screen
from benchmarks._rig.sealed import open_store
from benchmarks._rig.seat import ON_THE_SERVER, Seat, take_seat
from benchmarks._rig.tree import Tree
from benchmarks._rig.workstation import PROCESSES, Observations, open_at, take_calls_on
from demo.people import Person
from demo.server import DemoServer

SEED = 20_240_501
LOOKUPS = 2_000
ALL = 1_000
PATIENCE_S = 10.0
STILL_S = 0.05
"""Paintings that follow each other faster than this belong together: the last of them completes the picture."""
BETWEEN_CALLS_S = 0.3


@dataclass(frozen=True, slots=True)
class Expected:
    """A customer who is going to call, and the parts of the pane that must be painted for them."""

    person: Person
    number: PhoneNumber
    parts: frozenset[str]


def main(argv: list[str]) -> int:
    options = _options(argv)
    cache = big_cache(options.customers)
    with tempfile.TemporaryDirectory(prefix="bench-screen-pop-") as folder, Screen() as screen:
        home = Path(folder)
        server = DemoServer(home / "server")
        callers = _callers(cache, options.customers, options.samples)
        # The server knows whoever calls, or it would refuse to hear of the calls.
        server.fill(ON_THE_SERVER + len(callers), regulars=[expected.person for expected in callers])
        server.start()
        try:
            seat = take_seat(home / "seat", server, cache)
            waits_ms, recognised_ms = _calls(seat, screen, home, callers)
            lookups_ms = _lookups(seat, options.customers)
            signals_ms = _signals(seat, options.customers)
        finally:
            server.stop()
    figures = {
        "customers": options.customers,
        "ring_to_paint_p50_ms": round(median(waits_ms), 1),
        "ring_to_paint_p95_ms": round(quantiles(waits_ms, n=20, method="inclusive")[-1], 1),
        "ring_to_paint_max_ms": round(max(waits_ms), 1),
        "recognise_in_app_p99_ms": round(_p99(recognised_ms), 2),
        "lookup_p50_ms": round(median(lookups_ms), 3),
        "lookup_p99_ms": round(_p99(lookups_ms), 3),
        "signals_p50_ms": round(median(signals_ms), 3),
        "signals_p95_ms": round(quantiles(signals_ms, n=20, method="inclusive")[-1], 3),
        "samples": len(waits_ms),
    }
    if not options.json:
        print("\n".join(f"{name:>24} {figure}" for name, figure in figures.items()))
    print(json.dumps(figures))
    return 0


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks screen_pop", description=__doc__)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--samples", type=int, default=200, help="calls, each from another customer")
    parser.add_argument("--json", action="store_true", help="print nothing but one JSON object")
    return parser.parse_args(argv)


def _callers(cache: Path, customers: int, samples: int) -> list[Expected]:
    """Customers of this cache, drawn at random, whose first number nobody else has."""
    store = open_store(cache.parent)
    mirror = Mirror(store)
    found: list[Expected] = []
    for number in _drawn(customers):
        row = mirror.row("customer", f"C-{number:07d}")
        assert row is not None
        first = PhoneNumber(row.body["phones"][0])
        if len(mirror.customers_with(first)) == 1:
            who = CustomerId(row.id)
            everything = Person(
                row, tuple(mirror.contacts_of(who, limit=ALL)), tuple(mirror.tickets_of(who, limit=ALL))
            )
            is_busy = bool(mirror.open_tickets_of(who))
            parts = {"header", "timeline", "tickets"} if is_busy else {"header", "timeline"}
            found.append(Expected(everything, first, frozenset(parts)))
        if len(found) == samples:
            break
    store.close()
    return found


def _drawn(customers: int) -> Iterator[int]:
    """Every number from 1 to `customers` once, in an order that is always the same."""
    return iter(random.Random(SEED).sample(range(1, customers + 1), customers))


def _calls(seat: Seat, screen: Screen, home: Path, callers: Sequence[Expected]) -> tuple[list[float], list[float]]:
    """Milliseconds from each ring to the finished picture, and what recognising took of them."""
    record = home / "record.jsonl"
    record.touch()
    waits_ms: list[float] = []
    with Caller(take_calls_on(seat)) as caller, open_at(seat, screen, home / "workstation.log", record) as program:
        program.until_calm(screen, PROCESSES)
        observations = Observations(record)
        for expected in callers:
            observations.new()
            call = caller.ring(expected.number)
            waits_ms.append(_painted_after_ms(observations, expected, program))
            caller.give_up(call)
            time.sleep(BETWEEN_CALLS_S)
        observations.new()
        observations.close()
    recognised_ms = [seen["took_ms"] for seen in observations.seen if seen["what"] == "recognised"]
    return waits_ms, recognised_ms


def _painted_after_ms(observations: Observations, expected: Expected, program: Tree) -> float:
    """Raises TimeoutError when the customer does not come."""
    sent_at = last_at = 0.0
    is_shown = False
    painted: set[str] = set()
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        for seen in observations.new():
            match seen["what"]:
                case "rang" if not sent_at:
                    sent_at = seen["sent_at"]
                case "shown" if seen["customer"] == expected.person.customer.id:
                    is_shown = True
                case "painted" if is_shown and (painted < expected.parts or seen["at"] - last_at < STILL_S):
                    painted.update(seen["parts"])
                    last_at = seen["at"]
        if painted >= expected.parts and time.time() - last_at > STILL_S * 2:
            return (last_at - sent_at) * 1000
        time.sleep(0.005)
    told = program.log.read_text(errors="replace")[-2000:]
    raise TimeoutError(
        f"{expected.person.customer.id} rang at {sent_at}, shown: {is_shown}, painted: {painted}; it said: {told}"
    )


def _lookups(seat: Seat, customers: int) -> list[float]:
    """Milliseconds for the whole reading of a customer from the number, without a window beside it."""
    store = open_store(seat.folder)
    mirror = Mirror(store)
    plan = DialPlan()
    book = CustomerBook(View(mirror, Outbox(store, seat.agent.id)), plan, lambda: datetime.now(UTC), str)
    pop = ScreenPop(book, plan)
    rows = [mirror.row("customer", f"C-{number:07d}") for number in itertools.islice(_drawn(customers), LOOKUPS)]
    took_ms = []
    for row in rows:
        assert row is not None
        began = time.perf_counter()
        recognition = pop.recognise(row.body["phones"][0])
        took_ms.append((time.perf_counter() - began) * 1000)
        assert isinstance(recognition, Known)
    store.close()
    return took_ms


def _signals(seat: Seat, customers: int) -> list[float]:
    """Milliseconds for the signals of a customer, worked out after the pop with all shipped rules."""
    store = open_store(seat.folder)
    mirror = Mirror(store)
    view, products = View(mirror, Outbox(store, seat.agent.id)), Organisation(mirror).products
    signals = Signals(view, products, seat.agent, lambda: datetime.now(UTC), str)
    took_ms = []
    for number in itertools.islice(_drawn(customers), LOOKUPS):
        began = time.perf_counter()
        signals.of(CustomerId(f"C-{number:07d}"))
        took_ms.append((time.perf_counter() - began) * 1000)
    store.close()
    return took_ms


def _p99(values: Sequence[float]) -> float:
    return quantiles(values, n=100, method="inclusive")[-1]
