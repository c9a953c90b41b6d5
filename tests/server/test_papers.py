"""Documents become drafts at the server's console, and articles a folder that brings the same ones in."""

from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from agent_model.article_file import id_of
from agent_server.__main__ import main
from agent_server.article_store import ArticleStore
from agent_server.settings import Settings, read_secret
from tests.in_process import DATABASE_NAME, make_site
from tests.papers.documents import bomb
from tests.server.conftest import executed

Run = Callable[..., int]
PNG = b"\x89PNG\r\n\x1a\n and so on"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return make_site(tmp_path / "site")


@pytest.fixture
def run(settings: Settings) -> Run:
    return lambda *arguments: main(
        [*arguments, "--database", str(settings.home / DATABASE_NAME), "--home", str(settings.home)]
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "documents"
    made.mkdir()
    (made / "a.md").write_text("---\nid: KB-1\ncategory: Billing\n---\n# Bills\n\nPay [here](b.html).\n")
    (made / "b.html").write_text("<h1>Paying</h1><p>By <b>card</b>.</p>")
    return made


def drafts(settings: Settings) -> dict[str, tuple[str, str, str]]:
    found = executed(settings, "SELECT title, state, body FROM article_draft ORDER BY title")
    return {title: (title, state, body) for title, state, body in found}


def test_folder_becomes_drafts_that_nobody_reads_yet(
    run: Run, settings: Settings, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("articles", "import", str(folder), "--owner", "lin.yue") == 0

    assert capsys.readouterr().out == "2 drafts written, 0 documents say what is there already\n"
    found = drafts(settings)
    assert {title: state for title, state, _ in found.values()} == {"Bills": "draft", "Paying": "draft"}
    assert found["Bills"][2].startswith("Pay [here](kb:paper-")
    assert executed(settings, "SELECT count(*) FROM article") == [(0,)]
    assert executed(settings, "SELECT DISTINCT owner FROM article_draft") == [("lin.yue",)]


def test_head_tells_owner_validity_and_when_to_read_again(
    run: Run, settings: Settings, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "b.html").unlink()
    (folder / "a.md").write_text(
        "---\nowner: lin.yue\nvalid_to: 2030-01-01T00:00:00Z\nreview_due: 2000-01-01\nmood: good\n---\n# A\nx\n"
    )
    (folder / "c.md").write_text("---\nowner: nobody\n---\n# C\nx\n")
    assert run("articles", "import", str(folder), "--owner", "zhou.min") == 0

    told = capsys.readouterr().out
    assert "nobody knows what these tell, they are passed over: mood\n" in told
    assert "c.md: nobody is called nobody, so somebody else answers for it\n" in told
    rows = executed(settings, "SELECT owner, valid_to, review_days FROM article_draft ORDER BY title")
    assert rows == [("lin.yue", "2030-01-01T00:00:00.000Z", 1), ("zhou.min", None, None)]


def test_bringing_articles_in_and_out_stands_in_the_audit_trail(
    run: Run, settings: Settings, folder: Path, tmp_path: Path
) -> None:
    run("articles", "import", str(folder))
    run("articles", "export", str(tmp_path / "out"))
    lines = executed(settings, "SELECT deed, subject, reason FROM audit_line ORDER BY seq")
    assert lines == [
        ("imported", "articles: documents", "drafts 2, unchanged 0, left out 0"),
        ("exported", "articles: out", "articles 0"),
    ]


def test_same_folder_again_writes_nothing(run: Run, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("articles", "import", str(folder))
    capsys.readouterr()

    assert run("articles", "import", str(folder)) == 0
    assert capsys.readouterr().out == "0 drafts written, 2 documents say what is there already\n"


def test_draft_that_is_being_written_is_left_alone(
    run: Run, settings: Settings, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("articles", "import", str(folder))
    (folder / "b.html").write_text("<h1>Paying</h1><p>By cash.</p>")
    capsys.readouterr()

    assert run("articles", "import", str(folder)) == 1
    assert "b.html: somebody is writing this article" in capsys.readouterr().out
    assert "card" in drafts(settings)["Paying"][2]


def test_what_does_not_do_is_named_and_the_rest_comes_in(
    run: Run, settings: Settings, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bomb(folder / "c.docx")
    (folder / "d.md").write_text("---\nqueue: nowhere\n---\nWords.\n")

    assert run("articles", "import", str(folder)) == 1

    told = capsys.readouterr().out
    assert "c.docx: is not read: it is built to harm who opens it" in told
    assert "d.md: “queue” does not do, or is not there in the company" in told
    assert set(drafts(settings)) == {"Bills", "Paying"}


def test_guide_comes_in_with_its_steps(run: Run, settings: Settings, folder: Path) -> None:
    (folder / "g.md").write_text("---\nid: G-1\nkind: guide\ntitle: G\n---\n## A\nHello.\n")

    assert run("articles", "import", str(folder)) == 0

    [(steps,)] = executed(settings, "SELECT guide FROM article_draft WHERE id = 'G-1'")
    assert [step["name"] for step in orjson.loads(steps)["steps"]] == ["A"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(("import", "nowhere"), "there is no nowhere", id="no folder"),
        pytest.param(("import", ".", "--owner", "nobody"), "nobody is called nobody", id="no owner"),
        pytest.param(("export", "."), "holds something: name a new or an empty folder", id="full folder"),
    ],
)
def test_what_cannot_be_done_is_said(
    run: Run,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    told: str,
) -> None:
    monkeypatch.chdir(folder)

    assert run("articles", *arguments) == 1
    assert told in capsys.readouterr().err


def test_export_says_the_same_as_the_articles(run: Run, settings: Settings, folder: Path, tmp_path: Path) -> None:
    company = tmp_path / "company" / "articles" / "en"
    company.mkdir(parents=True)
    (company / "a.md").write_text("---\nid: KB-1\ntitle: Bills\ncategory: Billing\nupdated: 2026-11-01\n---\nPay.\n")
    assert run("import", str(tmp_path / "company")) == 0

    assert run("articles", "export", str(tmp_path / "out")) == 0
    assert (tmp_path / "out" / "Billing" / "Bills.md").read_text() == (
        "---\nid: KB-1\ntitle: Bills\ncategory: Billing\nlanguage: en\n---\n\nPay.\n"
    )
    assert run("articles", "import", str(tmp_path / "out")) == 0
    assert drafts(settings) == {}


def test_pictures_come_in_with_their_documents_and_go_out_with_their_articles(
    run: Run, settings: Settings, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "lamp.png").write_bytes(PNG)
    (folder / "a.md").write_text("---\nid: KB-1\n---\n# Bills\n\n![a lamp](lamp.png)\n")

    assert run("articles", "import", str(folder)) == 0

    assert "1 pictures and files came along" in capsys.readouterr().out
    assert drafts(settings)["Bills"][2] == f"![a lamp](kb-file:{id_of(PNG)})\n"
    assert executed(settings, "SELECT id, media_type, size, state, is_live FROM article_file") == [
        (id_of(PNG), "image/png", len(PNG), "scanning", 0)
    ]
    store = ArticleStore(settings.home, read_secret(settings.home))
    assert store.content(id_of(PNG)) == PNG
    executed(
        settings,
        "INSERT INTO article (id, version, title, body, category, language, keywords, updated_at) "
        "SELECT id, 1, title, body, 'Net', language, keywords, '2026-11-22T04:00:00.000Z' FROM article_draft "
        "WHERE id = 'KB-1'",
    )
    assert run("articles", "export", str(tmp_path / "out")) == 0
    assert (tmp_path / "out" / "files" / f"{id_of(PNG)}.png").read_bytes() == PNG
