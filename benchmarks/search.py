"""How long the agent waits for each key typed into the search box, beside other engines over the same articles.

Ours is the workstation's own path: the knowledge base over the encrypted cache, with filters, facets and the telling
part of the first ten. `_cpu_` figures are what the searching thread itself took, whatever else the machine did.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import psutil

from agent_desktop.knowledge.base import KnowledgeBase
from agent_desktop.knowledge.builder import ProcessBuilder
from agent_desktop.knowledge.hits import Filters, Preference
from agent_desktop.offline.articles import CacheShelf, MirroredArticles
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.store import Store
from agent_model.article import Article
from agent_model.body import to_body
from agent_model.scope import Scope
from agent_model.wire import Row
from benchmarks._rig.knowledge import UPDATED, BadCorpus, Corpus, as_many, corpus, some
from benchmarks._rig.sealed import open_store

AT_ONCE = 1_000
LOADED = ("agent_desktop.knowledge.snippets", "pypinyin.pinyin_dict", "benchmarks.search")
SHOWN = 10
KEYS = "keys.json"
NOW = UPDATED + timedelta(days=30)
FILTERS = Filters(tiers=frozenset({"gold"}), regions=frozenset({"浙江"}))
PREFERENCE = Preference(language="zh-CN", queue="billing")


@dataclass(slots=True)
class Took:
    wall_ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)

    def time(self, work: Callable[[], object]) -> None:
        wall, cpu = time.perf_counter(), time.thread_time()
        work()
        self.cpu_ms.append((time.thread_time() - cpu) * 1_000)
        self.wall_ms.append((time.perf_counter() - wall) * 1_000)


def main(argv: list[str]) -> int:
    options = _options(argv)
    if options.part is not None:
        part = _ours if options.part == "ours" else _others
        print(json.dumps(part(options.prepared)))
        return 0
    try:
        read = corpus(options.corpus)
    except BadCorpus as error:
        print(f"search: {error}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="knowledge-") as folder:
        build_s = _prepare(Path(folder), read, options)
        figures: dict[str, Any] = {"articles": options.articles, "build_s": round(build_s, 1)}
        environment = _compiled(folder)
        for name in ("ours", "others"):
            command = [sys.executable, "-m", "benchmarks", "search", *argv, "--part", name, "--prepared", folder]
            measured = subprocess.run(command, stdout=subprocess.PIPE, env=environment)
            if measured.returncode:
                print(f"search: measuring {name} ended early; what it said stands above.", file=sys.stderr)
                return 1
            figures |= json.loads(measured.stdout)
    if not options.json:
        print("\n".join(f"{name:>22} {figure}" for name, figure in figures.items()))
    print(json.dumps(figures))
    return 0


def _compiled(folder: str) -> dict[str, str]:
    """The environment of a program that is installed: its modules are compiled once, whatever is set here."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = {**kept, "PYTHONPYCACHEPREFIX": str(Path(folder) / "compiled")}
    subprocess.run([sys.executable, "-c", f"import {', '.join(LOADED)}"], check=True, env=environment)
    return environment


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks search", description=__doc__)
    parser.add_argument("--articles", type=_count, default=10_000)
    parser.add_argument("--questions", type=_count, default=300, help="questions typed key by key")
    parser.add_argument(
        "--corpus", type=Path, help="folder of articles.jsonl and questions.jsonl (default: the shared one)"
    )
    parser.add_argument("--json", action="store_true", help="print nothing but one JSON object")
    # Each part is measured in a process that has held nothing before: its memory is its own.
    parser.add_argument("--part", choices=("ours", "others"), help=argparse.SUPPRESS)
    parser.add_argument("--prepared", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def _count(written: str) -> int:
    if not written.isdecimal() or int(written) < 1:
        raise argparse.ArgumentTypeError(f"{written} is no count of 1 or more")
    return int(written)


def _prepare(folder: Path, read: Corpus, options: argparse.Namespace) -> float:
    """An agent's encrypted cache as it stands in the morning, its index on the shelf, and what is going to be typed.
    Returns what the index took."""
    asked = some(read.questions, options.questions)
    keys = [one.text[:length] for one in asked for length in range(1, len(one.text) + 1)]
    (folder / KEYS).write_text(json.dumps(keys), encoding="utf-8")
    store = open_store(folder / "seat")
    try:
        mirror = Mirror(store)
        rows = [Row("article", one.id, one.version, to_body(one)) for one in _limited(read.articles, options.articles)]
        for start in range(0, len(rows), AT_ONCE):
            mirror.apply(Scope("org"), rows[start : start + AT_ONCE], None)
        base = _base(store)
        began = time.perf_counter()
        base.refresh()
        took_s = time.perf_counter() - began
        base.keep()
    finally:
        store.close()
    return took_s


def _limited(real: Sequence[Article], count: int) -> Iterator[Article]:
    """The articles of the corpus, some of them for some customers only, some over."""
    for number, article in enumerate(as_many(real, count)):
        yield replace(
            article,
            tiers=("gold", "vip") if number % 4 == 0 else ("standard",) if number % 17 == 0 else (),
            regions=("浙江", "江苏") if number % 5 == 0 else ("广东",) if number % 19 == 0 else (),
            valid_to=UPDATED if number % 23 == 0 else None,
            helpful=number % 40,
            unhelpful=number % 7,
        )


def _base(store: Store) -> KnowledgeBase:
    return KnowledgeBase(MirroredArticles(store), lambda: NOW, CacheShelf(store), ProcessBuilder())


def _ours(folder: Path) -> dict[str, float]:
    typed = _keys(folder)
    store = open_store(folder / "seat")
    try:
        process = psutil.Process()
        before = process.memory_info().rss
        base = _base(store)
        cold, took = Took(), Took()
        cold.time(lambda: base.search(typed[-1], SHOWN, FILTERS, PREFERENCE))
        for text in typed:
            took.time(lambda text=text: base.search(text, SHOWN, FILTERS, PREFERENCE))  # type: ignore[misc]
        rss_mb = (process.memory_info().rss - before) / 2**20
    finally:
        store.close()
    return {
        "keystrokes": len(typed),
        "p50_ms": round(median(took.wall_ms), 2),
        "p95_ms": round(_p95(took.wall_ms), 2),
        "max_ms": round(max(took.wall_ms), 2),
        "p50_cpu_ms": round(median(took.cpu_ms), 2),
        "p95_cpu_ms": round(_p95(took.cpu_ms), 2),
        "cold_ms": round(cold.wall_ms[0], 1),
        "cold_cpu_ms": round(cold.cpu_ms[0], 1),
        "rss_mb": round(rss_mb, 1),
    }


def _others(folder: Path) -> dict[str, float]:
    from benchmarks._rig.search_engines import FullText, Tantivy

    store = open_store(folder / "seat")
    try:
        mirrored = MirroredArticles(store)
        everything = list(mirrored.fetch(mirrored.versions()))
    finally:
        store.close()
    allowed = {one.id for one in everything if _passes(one)}
    figures: dict[str, float] = {}
    engines: tuple[tuple[str, Callable[[], FullText | Tantivy]], ...] = (
        ("fts5", lambda: FullText(everything, allowed)),
        ("tantivy", lambda: Tantivy(everything, allowed)),
    )
    for name, make in engines:
        made, took = make(), Took()
        for text in _keys(folder):
            took.time(lambda text=text, made=made: made.hits(text, SHOWN))  # type: ignore[misc]
        figures[f"{name}_p50_ms"] = round(median(took.wall_ms), 2)
        figures[f"{name}_p95_ms"] = round(_p95(took.wall_ms), 2)
        figures[f"{name}_p95_cpu_ms"] = round(_p95(took.cpu_ms), 2)
    return figures


def _passes(article: Article) -> bool:
    return (
        article.is_valid(NOW)
        and (not article.tiers or bool(FILTERS.tiers & {*article.tiers}))
        and (not article.regions or bool(FILTERS.regions & {*article.regions}))
    )


def _keys(folder: Path) -> Sequence[str]:
    """What stands in the search box after each key."""
    keys: list[str] = json.loads((folder / KEYS).read_text(encoding="utf-8"))
    return keys


def _p95(values: Sequence[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1]
