"""Every benchmark of the whole workstation runs to its end in a small form; what it measures is judged elsewhere."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks import (
    floor,
    import_rows,
    lists,
    phone,
    phone_soak,
    screen_pop,
    search,
    search_customers,
    search_quality,
    server_load,
    stall,
    startup,
    sync,
    sync_chaos,
    sync_fuzz,
    wrap_up,
)
from benchmarks._rig import knowledge


@pytest.fixture
def own_shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def figures(capsys: pytest.CaptureFixture[str]) -> dict[str, float]:
    last: dict[str, float] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return last


@pytest.mark.usefixtures("own_shelf")
def test_startup_costs_both_programs_something(capsys: pytest.CaptureFixture[str]) -> None:
    beside = f"{sys.executable} -m agent_desktop"
    assert startup.main(["--customers", "300", "--runs", "1", "--linphone", beside, "--json"]) == 0
    measured = figures(capsys)
    assert measured["cpu_s"] > 0
    assert measured["rss_mb"] > 0
    assert measured["linphone_cpu_s"] > 0


@pytest.mark.usefixtures("own_shelf")
def test_every_caller_of_the_screen_pop_is_painted(capsys: pytest.CaptureFixture[str]) -> None:
    assert screen_pop.main(["--customers", "300", "--samples", "5", "--json"]) == 0
    measured = figures(capsys)
    assert measured["samples"] == 5
    assert 0 < measured["ring_to_paint_p50_ms"] < 5_000
    assert measured["lookup_p99_ms"] > 0


@pytest.mark.usefixtures("own_shelf")
def test_stall_beats_while_rows_come_and_calls_ring(capsys: pytest.CaptureFixture[str]) -> None:
    assert stall.main(["--rows", "2000", "--calls-before", "1", "--json"]) == 0
    measured = figures(capsys)
    assert measured["rows"] >= 2_000
    assert measured["calls"] >= 1
    assert measured["beats"] > 0


@pytest.mark.usefixtures("own_shelf")
def test_customers_are_searched_in_every_way(capsys: pytest.CaptureFixture[str]) -> None:
    assert search_customers.main(["--customers", "300", "--samples", "20", "--json"]) == 0
    measured = figures(capsys)
    assert measured["customers"] == 300
    assert measured["queries"] > 300
    assert 0 < measured["p50_ms"] <= measured["p95_ms"] < 1_000


def test_list_is_opened_sorted_and_scrolled(capsys: pytest.CaptureFixture[str]) -> None:
    assert lists.main(["--rows", "1500", "--json"]) == 0
    measured = figures(capsys)
    assert measured["rows"] == 1500
    assert 0 < measured["open_ms"] <= measured["whole_ms"]
    assert measured["sort_ms"] > 0
    assert measured["scroll_p95_ms"] > 0


def test_ten_inquiries_are_wrapped_up_within_twenty_seconds_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert wrap_up.main(["--json"]) == 0
    measured = figures(capsys)
    assert measured["inquiries"] == 10
    assert 0 < measured["median_s"] <= 20
    assert measured["median_s"] == measured["keys_median"] / 5


def test_sync_moves_as_much_here_as_through_pouchdb(capsys: pytest.CaptureFixture[str]) -> None:
    assert sync.main(["--customers", "600", "--documents", "500", "--rows", "100", "--json"]) == 0
    measured = figures(capsys)
    assert 0 < measured["bootstrap_200k_s"] < 10
    assert 0 < measured["pull_1k_s"] < 10
    assert 0 < measured["drain_1k_s"] < 30
    assert measured["pouch_documents"] == 500
    assert measured["ratio_bootstrap_cpu"] > 0
    assert measured["ratio_pull_cpu"] > 0
    assert measured["ratio_push_cpu"] > 0


def test_phone_is_measured_beside_the_other_makers(capsys: pytest.CaptureFixture[str]) -> None:
    few = ["--invites", "10", "--call-s", "4", "--idle-s", "1", "--kills", "1", "--restarts", "1"]
    assert phone.main([*few, "--json"]) == 0
    measured = figures(capsys)
    assert measured["ratio_180_median"] > 0
    assert measured["ratio_cpu"] > 0
    assert 0 < measured["registered_after_kill_ms"] < 10_000
    assert 0 < measured["reregister_after_registrar_restart_ms"] < 60_000
    assert measured["rss_mb"] > 0


def test_soaked_phone_fails_no_call_and_leaves_no_leg(capsys: pytest.CaptureFixture[str]) -> None:
    assert phone_soak.main(["--minutes", "2", "--calls", "15", "--json"]) == 0
    measured = figures(capsys)
    assert measured["calls"] == 15
    assert measured["failed_calls"] == 0
    assert measured["orphaned_legs"] == 0


def test_server_load_reaches_the_real_workstations(capsys: pytest.CaptureFixture[str]) -> None:
    small = ["--workstations", "60", "--real", "4", "--rate", "10", "--seconds", "5"]
    assert server_load.main([*small, "--json"]) == 0
    measured = figures(capsys)
    assert measured["workstations"] == 60
    assert measured["errors"] == 0
    assert measured["tx_per_s"] > 0
    assert 0 < measured["commit_to_applied_p50_ms"] <= measured["commit_to_applied_p95_ms"]
    assert measured["server_cpu_s"] > 0
    assert measured["server_rss_mb"] > 0


@pytest.mark.timeout(300)
def test_states_reach_the_board_of_who_leads(capsys: pytest.CaptureFixture[str]) -> None:
    assert floor.main(["--agents", "24", "--samples", "3", "--processes", "1", "--json"]) == 0
    measured = figures(capsys)
    assert measured["samples"] == 3
    assert 0 < measured["state_to_board_p50_ms"] <= measured["state_to_board_p95_ms"]
    assert measured["repaint_p95_ms"] > 0
    assert measured["rows_p95"] < 24
    assert measured["cpu_core"] > 0


@pytest.mark.timeout(300)
def test_sync_under_fire_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert sync_chaos.main(["--ops", "60", "--seats", "2", "--json"]) == 0
    measured = figures(capsys)
    assert measured["ops"] >= 60
    assert measured["lost"] == measured["twice"] == measured["differing_scopes"] == measured["unanswered"] == 0
    assert measured["server_kills"] + measured["workstation_kills"] + measured["database_crashes"] > 0


def test_fuzzed_seeds_are_counted(capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    assert sync_fuzz.main(["--seeds", "3", "--jobs", "1", "--mistakes", "1", "--json"]) == 0
    caplog.clear()  # what a workstation says of restored backups is part of the play
    measured = figures(capsys)
    noticed: Any = measured.pop("seeds_until_noticed")
    assert measured["seeds"] == 3
    assert measured["failures"] == 0
    assert measured["ops"] > 0
    assert 0 < noticed["no idempotency log"] < 20


@pytest.mark.timeout(300)
def test_imported_rows_are_written_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert import_rows.main(["--rows", "400", "--json"]) == 0
    measured = figures(capsys)
    for site in ("sqlite", "postgresql"):
        assert measured[f"{site}_csv_written"] == measured[f"{site}_xlsx_written"] == 400
        assert measured[f"{site}_again_written"] == 0
    assert 0 < measured["slowest_s"] < 60


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Articles in two languages, and questions about them."""
    articles = [
        {
            "id": f"{language}-{number}",
            "title": title,
            "body": f"{body}\n{filler}",
            "category": "a",
            "product": "",
            "lang": language,
        }
        for language, title, body, filler in (
            ("zh", "宽带网速慢的排查步骤", "请客户用网线直连光猫测速。", "需要派单给装维师傅上门。"),
            ("en", "Refund of a subscription", "It is refunded in full.", "Refunds reach the account in five days."),
        )
        for number in range(20)
    ]
    asked = [
        {"query": "网速慢怎么办", "relevant_ids": [f"zh-{n}" for n in range(20)], "kind": "short", "lang": "zh"},
        {"query": "光猫测速", "relevant_ids": [f"zh-{n}" for n in range(20)], "kind": "short", "lang": "zh"},
        {"query": "refunds", "relevant_ids": [f"en-{n}" for n in range(20)], "kind": "heading", "lang": "en"},
    ]
    for name, rows in (("articles", articles), ("questions", asked)):
        (tmp_path / f"{name}.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return tmp_path


def test_search_is_measured_on_the_way_of_the_desktop_beside_others(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert search.main(["--articles", "60", "--corpus", str(corpus), "--json"]) == 0
    measured = figures(capsys)
    assert measured["articles"] == 60
    assert measured["keystrokes"] == 17
    assert min(measured[name] for name in ("p95_ms", "fts5_p95_ms", "tantivy_p95_ms", "p95_cpu_ms")) > 0
    assert 0 < measured["cold_ms"] < 30_000
    assert measured["rss_mb"] > 0


def test_search_finds_what_was_asked_for_and_says_how_others_did(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert search_quality.main(["--data", str(corpus), "--json"]) == 0
    measured: dict[str, Any] = figures(capsys)
    assert (measured["recall_at_1"], measured["recall_at_5"], measured["recall_at_10"], measured["mrr"]) == (1, 1, 1, 1)
    assert measured["best_peer_recall_at_5"] == measured["fts5"]["recall_at_5"] == measured["bm25"]["recall_at_5"] == 1
    assert measured["by_kind"]["short"]["questions"] == 2
    assert measured["by_language"]["en"]["recall_at_5"] == 1


def test_search_is_measured_where_no_other_articles_lie(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(knowledge, "CORPUS", tmp_path / "nowhere")

    assert search_quality.main(["--questions", "40", "--peers", "fts5", "--json"]) == 0

    measured = figures(capsys)
    assert measured["articles"] > 200
    assert measured["questions"] == 40
    assert measured["recall_at_5"] > 0.5


def test_sparse_rows_are_measured_and_what_cannot_be_asked_is_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = {
        "articles": (
            '{"id": 7, "title": "网速慢的排查"}\r\n\r\n',
            '{"id": "b", "body": "Refunds take five days \\ud800.", "lang": null, "kind": {"new": 1}}\r\n',
            '{"id": "b", "title": "Refunds", "body": "Refunds take five days."}\r\n',
        ),
        "questions": (
            '{"query": "网速慢", "relevant_ids": [7, "gone"]}\r\n',
            '{"query": "refund", "relevant_ids": "b", "kind": "chat"}\r\n',
            '{"query": "who knows", "relevant_ids": ["gone"]}\r\n',
            '{"query": " ", "relevant_ids": ["b"]}\r\n',
            '{"relevant_ids": null}',
        ),
    }
    for name, lines in rows.items():
        (tmp_path / f"{name}.jsonl").write_bytes(b"\xef\xbb\xbf" + "".join(lines).encode())

    assert search_quality.main(["--data", str(tmp_path), "--json"]) == 0

    measured: dict[str, Any] = figures(capsys)
    assert (measured["articles"], measured["questions"], measured["recall_at_1"]) == (2, 2, 1)
    assert (measured["articles_given_twice"], measured["questions_left_out"], measured["unknown_ids"]) == (1, 3, 2)
    assert {*measured["by_kind"]} == {"unnamed", "chat"}
    assert {*measured["by_language"]} == {"zh", "en"}


@pytest.mark.parametrize(
    ("articles", "questions", "told"),
    [
        pytest.param(None, "", "cannot be read", id="missing"),
        pytest.param("", "", "has no article", id="empty"),
        pytest.param('{"id": "a", "title": "A"', "", "line 1, is no JSON", id="cut-off"),
        pytest.param("[]", "", "line 1, is no JSON object", id="list"),
        pytest.param('\n{"title": "A"}', "", "line 2, is an article without an id", id="no-id"),
        pytest.param('{"id": "a"}', '{"query": "x", "relevant_ids": ["b"]}', "has no question", id="no-answer"),
    ],
)
def test_folder_that_cannot_be_measured_is_told_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], articles: str | None, questions: str, told: str
) -> None:
    if articles is not None:
        (tmp_path / "articles.jsonl").write_text(articles, encoding="utf-8")
    (tmp_path / "questions.jsonl").write_text(questions, encoding="utf-8")

    assert search_quality.main(["--data", str(tmp_path)]) == search.main(["--corpus", str(tmp_path)]) == 2
    assert capsys.readouterr().err.count(told) == 2


def test_what_is_measured_of_the_first_search_was_not_loaded_before() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, benchmarks.search; print(*sys.modules)"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()

    assert not {"numpy", "whoosh", "rjieba", "pypinyin", "agent_desktop.knowledge.snippets"} & {*loaded}
