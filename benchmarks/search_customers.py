"""How long one waits for the customers that fit what is typed so far, with a million of them in the encrypted cache."""

import argparse
import itertools
import json
import random
import time
from collections.abc import Callable, Iterator
from statistics import median, quantiles
from typing import Any

from agent_desktop.customers import ways
from agent_desktop.customers.finder import CustomerFinder
from agent_desktop.customers.ways import Way
from agent_desktop.knowledge.names import readings
from agent_desktop.offline.found_by import FoundBy
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.view import View
from agent_model.phone_number import DialPlan
from benchmarks._rig.big_cache import big_cache
from benchmarks._rig.sealed import open_store

SEED = 20_260_117
SHORTEST = 4
"""Digits of the end of a number that are looked for at all."""


def main(argv: list[str]) -> int:
    options = _options(argv)
    cache = big_cache(options.customers)
    took_ms: dict[str, list[float]] = {kind: [] for kind in TYPED}
    store = open_store(cache.parent)
    try:
        mirror = Mirror(store)
        finder = CustomerFinder(View(mirror, Outbox(store, "bench")), FoundBy(store), DialPlan(), readings)
        for body in _drawn(mirror, options.customers, options.samples):
            for kind, typed in TYPED.items():
                took_ms[kind] += [_took_ms(finder, text) for text in typed(body)]
    finally:
        store.close()
    everything = list(itertools.chain.from_iterable(took_ms.values()))
    figures: dict[str, Any] = {
        "customers": options.customers,
        "p50_ms": round(median(everything), 2),
        "p95_ms": round(_p(95, everything), 2),
        "max_ms": round(max(everything), 1),
        "queries": len(everything),
        **{f"{kind}_p95_ms": round(_p(95, took), 2) for kind, took in took_ms.items()},
    }
    if not options.json:
        print("\n".join(f"{name:>16} {figure}" for name, figure in figures.items()))
    print(json.dumps(figures))
    return 0


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks search_customers", description=__doc__)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--samples", type=int, default=200, help="customers who are looked for in every way")
    parser.add_argument("--json", action="store_true", help="print nothing but one JSON object")
    return parser.parse_args(argv)


def _took_ms(finder: CustomerFinder, text: str) -> float:
    began = time.perf_counter()
    finder.find(text)
    return (time.perf_counter() - began) * 1000


def _drawn(mirror: Mirror, customers: int, samples: int) -> Iterator[dict[str, Any]]:
    for number in random.Random(SEED).sample(range(1, customers + 1), samples):
        row = mirror.row("customer", f"C-{number:07d}")
        assert row is not None
        yield dict(row.body)


def _beginnings(text: str, shortest: int = 1) -> Iterator[str]:
    """What stands in the field while somebody types it."""
    return (text[:length] for length in range(shortest, len(text) + 1))


def _name(body: dict[str, Any]) -> Iterator[str]:
    """From the beginning, and the given name alone."""
    yield from _beginnings(body["name"])
    yield from _beginnings(body["name"].split()[-1] if body["name"].isascii() else body["name"][1:])


def _pinyin(body: dict[str, Any]) -> Iterator[str]:
    """Whole and as initials, of who has a Chinese name."""
    read = {word.way: word.text for word in ways.of_name(body["name"], readings)}
    for way in (Way.PINYIN, Way.INITIALS):
        yield from _beginnings(read.get(way, ""))


def _suffix(body: dict[str, Any]) -> Iterator[str]:
    """The last eight digits; shorter ends are those of other people."""
    return _beginnings(body["phones"][0][-8:], SHORTEST)


def _email(body: dict[str, Any]) -> Iterator[str]:
    return _beginnings(body["email"] or "")


def _company(body: dict[str, Any]) -> Iterator[str]:
    return _beginnings((body["company"] or "")[2:])


TYPED: dict[str, Callable[[dict[str, Any]], Iterator[str]]] = {
    "name": _name,
    "pinyin": _pinyin,
    "suffix": _suffix,
    "email": _email,
    "company": _company,
}


def _p(percent: int, values: list[float]) -> float:
    return quantiles(values, n=100, method="inclusive")[percent - 1]
