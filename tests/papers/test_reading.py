"""Documents to articles: Markdown, HTML, Word and tables of answers, in folders, and what does not do."""

import io
import os
import subprocess
import sys
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psutil
import pytest

from agent_model.article import Article, ArticleId, ArticleKind
from agent_papers.paper import Paper, PaperWrong, Refused
from agent_papers.reading import gather
from agent_papers.told import gathered_from, put
from agent_papers.writing import write
from tests.papers.documents import bomb, word, workbook


def one(path: Path) -> Paper:
    gathered = gather(path)
    assert gathered.refused == ()
    [paper] = gathered.papers
    return paper


def refused(path: Path) -> Refused:
    gathered = gather(path)
    assert gathered.papers == ()
    [found] = gathered.refused
    return found


def test_markdown_tells_about_itself_in_its_head(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "---\nid: KB-7\ntitle: Bills\ncategory: Billing\nkeywords: [bill, invoice]\nlanguage: en\n---\nPay here.\n"
    )

    paper = one(path)

    assert (paper.id, paper.title, paper.category, paper.language) == ("KB-7", "Bills", "Billing", "en")
    assert (paper.keywords, paper.body) == (("bill", "invoice"), "Pay here.\n")


def test_head_may_be_chinese_and_a_list(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\n标题：发票\n关键词：\n  - 抬头\n  - 红冲\n---\n正文\n", encoding="gb18030")

    paper = one(path)

    assert (paper.title, paper.keywords, paper.body) == ("发票", ("抬头", "红冲"), "正文\n")


def test_document_without_a_head_is_called_as_its_heading(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# How to pay #\n\nHere.\n")

    assert (one(path).title, one(path).body) == ("How to pay", "Here.\n")


def test_links_between_documents_become_links_between_articles(tmp_path: Path) -> None:
    (tmp_path / "bills").mkdir()
    (tmp_path / "bills" / "a.md").write_text("See [b](../b%20c.md#top) and [web](https://example.org/x.md).\n")
    (tmp_path / "b c.md").write_text("---\nid: KB-2\n---\nBack to [a](bills/a.md), [none](none.md).\n")

    _, papers = gather(tmp_path).refused, {paper.place: paper for paper in gather(tmp_path).papers}

    assert papers["bills/a.md"].body == "See [b](kb:KB-2) and [web](https://example.org/x.md).\n"
    assert papers["b c.md"].body == f"Back to [a](kb:{papers['bills/a.md'].id}), [none](none.md).\n"
    assert papers["bills/a.md"].category == "bills"


def test_same_document_is_the_same_article_the_next_time(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("One.\n")
    before = one(path).id
    path.write_text("Two.\n")

    assert one(path).id == before


def test_html_comes_in_without_anything_that_runs(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<html lang='en'><head><title>Bills</title><style>p{}</style></head><body onload='x()'><h1>Bills</h1>"
        "<p onclick='y()'>Pay <b>now</b> <a href='java\tscript:alert(1)'>here</a>, <a href='b.html'>there</a></p>"
        "<script>alert(2)</script><!-- secret --><ul><li>one</li></ul>"
        "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table><img src='x.png' alt='a lamp'></body>"
    )

    paper = one(path)

    assert (paper.title, paper.language, paper.pictures_left) == ("Bills", "en", 1)
    assert "Pay **now** here, [there](b.html)" in paper.body
    assert "- one" in paper.body
    assert "| a | b |" in paper.body
    assert "[a lamp]" in paper.body
    assert not {"alert", "onclick", "secret", "script"} & set(paper.body.replace("(", " ").split())


def test_html_nested_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<div>" * 100_000)

    assert refused(path).wrong is PaperWrong.HOSTILE


def test_word_document_comes_in_with_headings(tmp_path: Path) -> None:
    path = word(tmp_path / "a.docx", ("Heading1", "Bills"), ("Heading2", "When"), ("", "Every month."))

    paper = one(path)

    assert paper.title == "Bills"
    assert paper.body == "## When\n\nEvery month.\n"


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_bomb_is_refused(tmp_path: Path, name: str) -> None:
    assert refused(bomb(tmp_path / name)).wrong is PaperWrong.HOSTILE


def test_document_that_names_entities_is_refused(tmp_path: Path) -> None:
    path = word(tmp_path / "a.docx", ("", "x"), head='<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>')

    assert refused(path).wrong is PaperWrong.HOSTILE


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_damaged_document_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"PK\3\4 nothing")

    assert refused(tmp_path / name).wrong is PaperWrong.DAMAGED


def test_table_of_answers_is_known_by_its_headings(tmp_path: Path) -> None:
    rows = (
        ("常见问题",),
        ("问题", "答案", "分类", "关键词"),
        ("怎么付款？", "打开 App。", "账单", "付款；缴费"),
        ("空的", None),
    )
    gathered = gather(workbook(tmp_path / "faq.xlsx", *rows))

    [paper] = gathered.papers
    assert (paper.title, paper.body, paper.category) == ("怎么付款？", "打开 App。\n", "账单")
    assert (paper.keywords, paper.kind) == (("付款", "缴费"), ArticleKind.STANDARD_ANSWER)
    assert gathered.refused == (Refused("faq.xlsx · Sheet 4", PaperWrong.EMPTY),)


def test_table_without_questions_is_refused(tmp_path: Path) -> None:
    assert refused(workbook(tmp_path / "t.xlsx", ("name", "phone"), ("a", "b"))).wrong is PaperWrong.NO_COLUMNS


@pytest.mark.parametrize(
    ("name", "content", "wrong"),
    [
        pytest.param("a.pdf", b"%PDF", PaperWrong.UNKNOWN_KIND, id="other kind"),
        pytest.param("a.md", b"a\0b", PaperWrong.NOT_TEXT, id="no text"),
        pytest.param("a.md", b"\xff\xfa\x81", PaperWrong.UNKNOWN_ENCODING, id="encoding"),
        pytest.param("a.md", b"  \n", PaperWrong.EMPTY, id="empty"),
        pytest.param("a.md", b"x" * 100_001, PaperWrong.TOO_LONG, id="too long"),
        pytest.param("a.md", b"x" * (4 * 1024 * 1024 + 1), PaperWrong.TOO_LARGE, id="too large"),
        pytest.param("a.md", b"---\nno value\n---\nx", PaperWrong.BAD_FRONT_MATTER, id="head"),
        pytest.param("a.md", b"---\nkind: guide\n---\n## A\na\nnext: #b", PaperWrong.NOT_A_GUIDE, id="guide"),
    ],
)
def test_what_does_not_do_is_refused_by_name(tmp_path: Path, name: str, content: bytes, wrong: PaperWrong) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    assert refused(path).wrong is wrong


def test_one_bad_document_keeps_no_other_out(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Good.\n")
    (tmp_path / "b.md").write_bytes(b"a\0b")
    (tmp_path / "c.png").write_bytes(b"picture")
    (tmp_path / ".hidden.md").write_text("No.\n")

    gathered = gather(tmp_path)

    assert [paper.place for paper in gathered.papers] == ["a.md"]
    assert gathered.refused == (Refused("b.md", PaperWrong.NOT_TEXT),)


def test_links_of_the_file_system_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "secret.md"
    outside.write_text("Secret.\n")
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.md").symlink_to(outside)

    assert gather(folder).papers == ()


def test_folder_too_deep_is_refused(tmp_path: Path) -> None:
    deep = tmp_path.joinpath("articles", *"abcdefghijklm")
    deep.mkdir(parents=True)
    (deep / "a.md").write_text("x")

    assert refused(tmp_path / "articles").wrong is PaperWrong.TOO_DEEP


def test_export_comes_in_as_the_same_articles(tmp_path: Path) -> None:
    at = datetime(2026, 11, 1, tzinfo=UTC)
    title, body = "如何付款: 现金？", "见 [b](kb:KB-2)。\n\n# 二\n"
    bill = Article(ArticleId("KB-1"), title, body, "账单", "tv", "q", "zh-CN", ("付款",), at, regions=("华东",))
    twin = Article(
        ArticleId("KB-2"),
        title,
        "# x\n\ny\n",
        "账单",
        None,
        None,
        "en",
        (),
        at,
        tiers=("vip",),
        owner="lin.yue",
        valid_from=at,
        valid_to=at + timedelta(days=9, milliseconds=7),
        review_due=date(2027, 1, 2),
    )
    guide = Article(ArticleId("KB-3"), "G", "## A\na\n", "", None, None, "en", (), at, kind=ArticleKind.GUIDE)
    articles = (bill, twin, guide)

    assert write(articles, tmp_path / "out") == 3
    again = {paper.id: paper for paper in gather(tmp_path / "out").papers}

    names = (
        "title",
        "body",
        "category",
        "language",
        "keywords",
        "product",
        "queue",
        "tiers",
        "regions",
        "kind",
        "owner",
        "valid_from",
        "valid_to",
        "review_due",
    )
    told = {id_: tuple(getattr(paper, name) for name in names) for id_, paper in again.items()}
    assert told == {article.id: tuple(getattr(article, name) for name in names) for article in articles}


@pytest.mark.parametrize("title", ["“A” 或“B”", '"A" or "B"', "'tis", "it's '", '"'])
def test_quotation_marks_of_a_title_come_along(tmp_path: Path, title: str) -> None:
    at = datetime(2026, 11, 1, tzinfo=UTC)
    write((Article(ArticleId("KB-1"), title, "x\n", "c", None, None, "en", (), at),), tmp_path / "out")
    assert gather(tmp_path / "out").papers[0].title == title


def test_every_field_of_an_article_goes_out_or_is_the_servers() -> None:
    """Whoever adds a field to articles says here whether it leaves with them."""
    of_the_server = {"updated_at", "version", "helpful", "unhelpful", "guide"}
    assert {field.name for field in fields(Article)} - of_the_server <= {field.name for field in fields(Paper)}


def test_what_the_head_tells_and_nobody_knows_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: A\nmood: good\nauthor: me\n---\nx\n")
    assert one(path).passed_over == ("mood", "author")
    table = workbook(tmp_path / "t.xlsx", ("问题", "答案", "备注"), ("q", "a", "n"), (None, None, "only a remark"))
    assert one(table).passed_over == ("备注",)


@pytest.mark.parametrize(
    "line",
    ["valid_from: soon", "valid_to: 2026-13-01", "review_due: 5 May", "kind: song", "id: a b", "kind: announcement"],
)
def test_value_that_cannot_be_read_is_refused_by_name(tmp_path: Path, line: str) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"---\n{line}\n---\nx\n")
    assert (refused(path).wrong, refused(path).named) == (PaperWrong.BAD_VALUE, line)


def test_documents_together_are_bounded_and_what_is_over_it_is_named(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.md").write_text(f"# {name}\n{'x' * 40_000}\n")
    word(tmp_path / "d.docx", ("", "y" * 30_000))
    (tmp_path / "e.md").write_text("# e\nshort\n")

    found = gather(tmp_path, most=100_000)

    assert [paper.title for paper in found.papers] == ["a", "b", "e"]
    assert [(one.place, one.wrong) for one in found.refused] == [
        ("c.md", PaperWrong.TOO_MUCH),
        ("d.docx", PaperWrong.TOO_MUCH),
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows writes no core by itself")
def test_process_that_reads_documents_leaves_no_core(tmp_path: Path) -> None:
    pipe = tmp_path / "a.md"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "agent_papers", str(pipe)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process, pipe.open("w") as held:
        limits = psutil.Process(process.pid).rlimit(psutil.RLIMIT_CORE)
        held.write("# a\n")
    assert limits == (0, 0)


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(FileExistsError):
        write((), tmp_path)


def test_process_of_its_own_tells_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\nkeywords: a, b\n---\nGood.\n")
    (tmp_path / "b.md").write_bytes(b"a\0b")
    command = [sys.executable, "-m", "agent_papers", str(tmp_path), "--language", "en"]

    told = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout

    out = io.BytesIO()
    put(gather(tmp_path, "en"), out)
    assert told == out.getvalue()
    assert gathered_from(told) == gather(tmp_path, "en")
