"""How often the right article comes up, beside FTS5 and BM25 over the same articles with the same words.

The folder has articles.jsonl (id, title, body, category, product, lang) and questions.jsonl (query, relevant_ids, kind,
lang); of a question with several right articles the first that comes up counts. Every figure is also told for two
halves of the questions, dealt by their text: what was changed while looking at the first must hold on the second.
"""

import argparse
import json
import sys
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from agent_desktop.knowledge.index import ArticleIndex
from benchmarks._rig.knowledge import BadCorpus, Question, corpus, some
from benchmarks._rig.search_engines import Bm25, FullText

SHOWN: Final = 10
PEERS: Final = ("fts5", "bm25")
Ranks = Sequence[int | None]


def main(argv: list[str]) -> int:
    options = _options(argv)
    try:
        read = corpus(options.data)
    except BadCorpus as error:
        print(f"search_quality: {error}", file=sys.stderr)
        return 2
    everything = read.articles
    asked = some(read.questions, options.questions) if options.questions else read.questions
    index = ArticleIndex()
    index.apply(everything)
    engines: dict[str, Callable[[str], Sequence[str]]] = {"ours": lambda text: index.search(text, SHOWN).ids}
    if "fts5" in options.peers:
        full_text = FullText(everything)
        engines["fts5"] = lambda text: full_text.search(text, SHOWN)
    if "bm25" in options.peers:
        bm25 = Bm25(everything)
        engines["bm25"] = lambda text: bm25.search(text, SHOWN)
    figures: dict[str, Any] = {"articles": len(everything), "questions": len(asked), **read.left_out}
    told: dict[str, dict[str, Any]] = {}
    for name, search in engines.items():
        began = time.process_time()
        ranks = [_rank(search(one.text), one) for one in asked]
        told[name] = {
            **_measured(ranks),
            "cpu_s": round(time.process_time() - began, 1),
            "by_kind": _by(asked, ranks, lambda one: one.kind),
            "by_language": _by(asked, ranks, lambda one: one.language),
            "by_half": _by(asked, ranks, _half),
        }
    ours = told.pop("ours")
    figures |= ours
    figures |= told
    if told:
        figures["best_peer_recall_at_5"] = max(one["recall_at_5"] for one in told.values())
    if not options.json:
        print("\n".join(f"{name:>22} {figure}" for name, figure in figures.items()))
    print(json.dumps(figures, ensure_ascii=False))
    return 0


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks search_quality", description=__doc__)
    parser.add_argument(
        "--data", type=Path, help="folder of articles.jsonl and questions.jsonl (default: the shared one)"
    )
    parser.add_argument("--questions", type=int, default=0, help="ask only so many, the same ones each time")
    parser.add_argument("--peers", nargs="*", choices=PEERS, default=PEERS, help="whom to compare it with")
    parser.add_argument("--json", action="store_true", help="print nothing but one JSON object")
    return parser.parse_args(argv)


def _rank(found: Sequence[str], question: Question) -> int | None:
    return next((place for place, id_ in enumerate(found, start=1) if id_ in question.right), None)


def _by(asked: Iterable[Question], ranks: Ranks, name_of: Callable[[Question], str]) -> Mapping[str, Any]:
    parted: dict[str, list[int | None]] = defaultdict(list)
    for question, rank in zip(asked, ranks, strict=True):
        parted[name_of(question)].append(rank)
    return {name: {"questions": len(some), **_measured(some)} for name, some in sorted(parted.items())}


def _half(question: Question) -> str:
    return "held_out" if zlib.crc32(question.text.encode()) & 1 else "dev"


def _measured(ranks: Ranks) -> dict[str, float]:
    recall = {f"recall_at_{k}": sum(rank is not None and rank <= k for rank in ranks) / len(ranks) for k in (1, 5, 10)}
    reciprocal = sum(1 / rank for rank in ranks if rank) / len(ranks)
    return {name: round(share, 4) for name, share in {**recall, "mrr": reciprocal}.items()}
