"""Documents on the page where articles are written: a folder becomes drafts, articles become a folder or a page."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextCursor

from agent_desktop.knowledge.bringing import KINDS
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.articles.bringing_words import for_printing
from agent_desktop.ui.articles.page import ArticlesPage
from agent_desktop.ui.window.rail import Page
from agent_model.agent import Role
from agent_model.article import Article, ArticleId
from agent_model.scope import EDITORS, ORG
from agent_papers.reading import KINDS as READ
from tests.papers.documents import bomb
from tests.ui.samples import NOW
from tests.ui.seat import AgentSeat
from tests.ui.test_articles import ARTICLE, REVIEW, row_of, sent


@pytest.fixture
def seat(tmp_path: Path, look: Look) -> Iterator[AgentSeat]:
    made = AgentSeat(tmp_path / "seat", look, role=Role.EDITOR)
    yield made
    made.close()


@pytest.fixture
def page(seat: AgentSeat) -> ArticlesPage:
    seat.mirror.apply(ORG, [row_of("article", ARTICLE)], None)
    seat.mirror.apply(EDITORS, [row_of("article_draft", REVIEW)], None)
    seat.window.show_page(Page.ARTICLES)
    made = seat.window.pages.articles
    assert seat.pump(lambda: len(made._ids) == 2)
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "documents"
    made.mkdir()
    (made / "a.md").write_text("# Cards\n\nSee [b](b.html). ![a lamp](lamp.png)\n")
    (made / "b.html").write_text("<h1>Paying</h1><p>By card.</p>")
    return made


def test_folder_becomes_drafts_that_wait_for_the_server(seat: AgentSeat, page: ArticlesPage, folder: Path) -> None:
    page.documents_wanted.emit(folder)
    assert not page.documents.isEnabled()

    assert seat.pump(lambda: "Drafts written: 2." in page.brought.full_text)
    told = {fields["title"]: (kind, fields["state"], fields["body"]) for kind, _, fields in sent(seat)}
    assert told["Paying"] == ("create", "draft", "By card.\n")
    assert told["Cards"][2].startswith("See [b](kb:paper-")
    assert "1 pictures did not come along" in page.brought.full_text
    assert seat.pump(lambda: len(page._ids) == 4)
    assert page.documents.isEnabled()


def test_same_folder_again_writes_nothing(seat: AgentSeat, page: ArticlesPage, folder: Path) -> None:
    page.documents_wanted.emit(folder)
    assert seat.pump(lambda: "Drafts written: 2." in page.brought.full_text)
    page.documents_wanted.emit(folder)

    assert seat.pump(lambda: "Drafts written: 0. Nothing new in 2 documents." in page.brought.full_text)
    assert len(sent(seat)) == 2


def test_what_does_not_come_in_is_named_with_its_reason(seat: AgentSeat, page: ArticlesPage, folder: Path) -> None:
    bomb(folder / "c.docx")
    (folder / "d.md").write_text("---\nid: kb-2\n---\nOther words.\n")
    (folder / "e.md").write_text("---\nproduct: nothing\n---\nWords.\n")
    page.documents_wanted.emit(folder)

    assert seat.pump(lambda: page.documents.isEnabled()), page.brought.full_text
    assert "Drafts written: 2." in page.brought.full_text, (page.brought.full_text, page.brought_more.full_text)
    told = page.brought_more.full_text.splitlines()
    assert told == [
        "c.docx: it is built to harm who opens it, and was not read.",
        "d.md: somebody is writing this article. Publish or withdraw that draft first.",
        "e.md: “Product” does not do, or is not there in the company.",
    ]


def test_owner_validity_and_day_to_read_again_come_along(seat: AgentSeat, page: ArticlesPage, folder: Path) -> None:
    (folder / "b.html").unlink()
    (folder / "a.md").write_text(
        "---\nowner: somebody\nvalid_from: 2026-12-01T00:00:00Z\nreview_due: 2026-12-21\nmood: good\n---\n# A\nx\n"
    )
    page.documents_wanted.emit(folder)

    assert seat.pump(lambda: "Drafts written: 1." in page.brought.full_text)
    [(_, _, fields)] = sent(seat)
    assert fields["valid_from"] == "2026-12-01T00:00:00.000Z"
    assert fields["review_days"] == (date(2026, 12, 21) - NOW.date()).days
    assert "Nobody knows what these tell, they were passed over: mood." in page.brought.full_text
    assert page.brought_more.full_text == "a.md: its owner somebody is not here; you answer for it."


def test_document_of_a_published_article_becomes_a_new_text_of_it(
    seat: AgentSeat, page: ArticlesPage, folder: Path
) -> None:
    (folder / "a.md").write_text(f"---\nid: kb-1\ntitle: {ARTICLE.title}\ncategory: Billing\n---\nAnother way.\n")
    page.documents_wanted.emit(folder / "a.md")

    assert seat.pump(lambda: "Drafts written: 1." in page.brought.full_text)
    (first, id_, _), (second, _, fields) = sent(seat)
    assert (first, second, id_) == ("create", "update", "kb-1")
    assert (fields["body"], fields["state"]) == ("Another way.\n", "draft")


def test_articles_go_out_as_a_folder_that_brings_nothing_new_in(
    seat: AgentSeat, page: ArticlesPage, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    page.folder_wanted.emit(out)
    assert seat.pump(lambda: page.brought.full_text == f"Articles written to {out}: 1")
    page.documents_wanted.emit(out)
    assert seat.pump(lambda: "Drafts written: 0. Nothing new in 1 documents." in page.brought.full_text)

    page.folder_wanted.emit(out)
    assert seat.pump(lambda: "holds something already" in page.brought_more.full_text)
    assert sent(seat) == []


def test_articles_go_out_as_one_page(seat: AgentSeat, page: ArticlesPage, tmp_path: Path) -> None:
    page.print_wanted.emit(tmp_path / "all.html")

    assert seat.pump(lambda: page.brought.full_text.endswith(": 1"))
    told = (tmp_path / "all.html").read_text(encoding="utf-8")
    assert "Change the title of an e-invoice" in told
    assert "Open the app" in told


def test_printed_page_loads_and_runs_nothing() -> None:
    body = "<script>alert(1)</script> ![x](http://e.example/x.png) [y](javascript:alert(2)) [z](https://e.example)"
    hostile = Article(ArticleId("k"), "<b>T</b>", body, "c", None, None, "en", (), NOW)

    told = for_printing((hostile,), "All")

    assert "&lt;b&gt;T&lt;/b&gt;" in told
    assert "<script" not in told
    assert "<img" not in told
    assert 'href="javascript' not in told
    assert 'href="https://e.example"' in told


def test_page_offers_every_kind_that_is_read() -> None:
    assert KINDS == READ


def test_paste_from_word_comes_as_markdown(seat: AgentSeat, page: ArticlesPage) -> None:
    page.new.click()
    text = page.editor.text
    text.setPlainText("Before. ")
    text.moveCursor(QTextCursor.MoveOperation.End)
    copied = QMimeData()
    copied.setHtml(
        "<html><head><style>p{}</style></head><body><!--StartFragment--><p class=MsoNormal><b>Now</b> pay.</p>"
        "<ul><li>one</li></ul><img src='file:///secret.png' alt='a lamp'><script>x()</script>"
        "<!--EndFragment--></body></html>"
    )
    copied.setText("Now pay. one")
    text.insertFromMimeData(copied)

    assert seat.pump(lambda: text.toPlainText() == "Before. **Now** pay.\n\n- one\n\n[a lamp]")
    text.undo()
    assert text.toPlainText() == "Before. "


def test_plain_paste_stays_as_it_is(seat: AgentSeat, page: ArticlesPage) -> None:
    page.new.click()
    copied = QMimeData()
    copied.setText("a * b <c>")
    page.editor.text.insertFromMimeData(copied)

    assert page.editor.text.toPlainText() == "a * b <c>"
