"""Pictures and other files of articles: pasted and dropped where they are written, seen where they are read."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QSize, Qt, QUrl
from PySide6.QtGui import QColor, QDesktopServices, QImage, QTextCursor

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.articles.page import ArticlesPage
from agent_desktop.ui.knowledge.pictures import encoded, lighter, picture
from agent_desktop.ui.knowledge.reader import Reader
from agent_desktop.ui.window.rail import Page
from agent_model.agent import Role
from agent_model.article import Article, ArticleId
from agent_model.article_file import ArticleFile, FileState, id_of
from agent_model.scope import EDITORS, ORG
from tests.ui.samples import NOW
from tests.ui.seat import AgentSeat
from tests.ui.test_articles import REVIEW, row_of

RED, GREEN = QColor(200, 30, 30), QColor(30, 160, 60)


def painted(colour: QColor = RED, width: int = 60, height: int = 40) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(colour)
    return image


PNG = encoded(painted())
ID = id_of(PNG)
BODY = f"Look at it.\n\n![the lamp](kb-file:{ID})\n\n[How to](kb-file:{ID})\n"
ARTICLE = Article(ArticleId("kb-1"), "Lamp", BODY, "Net", None, None, "en", (), NOW, version=1)


def file_row(state: FileState = FileState.CLEAN) -> ArticleFile:
    return ArticleFile(ID, "image/png", len(PNG), state, named_by=("kb-1",), is_live=True, version=1)


@pytest.fixture
def seat(tmp_path: Path, look: Look) -> Iterator[AgentSeat]:
    made = AgentSeat(tmp_path / "seat", look, role=Role.EDITOR)
    made.mirror.apply(ORG, [row_of("article", ARTICLE), row_of("article_file", file_row())], None)
    yield made
    made.close()


@pytest.fixture
def page(seat: AgentSeat) -> ArticlesPage:
    seat.mirror.apply(EDITORS, [row_of("article_draft", REVIEW)], None)
    seat.window.show_page(Page.ARTICLES)
    made = seat.window.pages.articles
    assert seat.pump(lambda: len(made._ids) == 2)
    made.taken.emit("kb-2")
    assert seat.pump(lambda: made.editor.article_id == "kb-2")
    made.editor.text.moveCursor(QTextCursor.MoveOperation.End)
    return made


def shows(reader: Reader, colour: QColor) -> bool:
    seen = reader.viewport().grab().toImage()
    names = {seen.pixelColor(x, y).name() for x in range(0, seen.width(), 3) for y in range(0, seen.height(), 3)}
    return colour.name() in names


def read(seat: AgentSeat) -> Reader:
    """The article where agents read it."""
    view = seat.window.right.knowledge.article
    seat.window.right.knowledge.article_wanted.emit("kb-1")
    assert seat.pump(lambda: view.article is not None)
    return view._reader


def test_pasted_picture_stands_in_the_text_and_is_seen_beside_it(seat: AgentSeat, page: ArticlesPage) -> None:
    pasted = QMimeData()
    pasted.setImageData(painted(GREEN))
    text = page.editor.text
    assert text.canInsertFromMimeData(pasted)

    text.insertFromMimeData(pasted)

    file_id = id_of(encoded(painted(GREEN)))
    assert seat.pump(lambda: f"![what it shows](kb-file:{file_id})" in text.toPlainText())
    assert text.textCursor().selectedText() == "what it shows"
    assert seat.pump(lambda: shows(page.editor.preview, GREEN))
    assert [one.said["kind"] for one in seat.rooms.article_files.outgoing("life").outgoing] == ["article_file"]


def test_dropped_file_becomes_a_link_and_a_picture_a_picture(
    seat: AgentSeat, page: ArticlesPage, tmp_path: Path
) -> None:
    paths = [tmp_path / "plan.pdf", tmp_path / "lamp.png"]
    paths[0].write_bytes(b"%PDF-1.7 plan")
    paths[1].write_bytes(PNG)
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])

    page.editor.text.insertFromMimeData(dropped)

    pdf = id_of(b"%PDF-1.7 plan")
    assert seat.pump(lambda: f"[plan.pdf](kb-file:{pdf})" in page.editor.text.toPlainText())
    assert seat.pump(lambda: f"![lamp](kb-file:{ID})" in page.editor.text.toPlainText())


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.svg", b"<svg/>", "“a.svg” is not a kind of file that articles may have"),
        ("a.exe", b"MZ\0\0", "“a.exe” is not a kind of file that articles may have"),
        ("a.png", b"", "“a.png” is empty."),
    ],
)
def test_file_that_no_article_may_have_is_refused_in_words(
    seat: AgentSeat, page: ArticlesPage, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    before = page.editor.text.toPlainText()
    page.editor.text.files_brought.emit([tmp_path / name])
    assert seat.pump(lambda: page.editor.faults.full_text.startswith(words))
    assert page.editor.text.toPlainText() == before


def test_text_beside_a_picture_is_pasted_as_text(seat: AgentSeat, page: ArticlesPage) -> None:
    pasted = QMimeData()
    pasted.setImageData(painted())
    pasted.setText("a cell")
    page.editor.text.insertFromMimeData(pasted)
    assert page.editor.text.toPlainText().endswith("a cell")


def test_picture_is_made_smaller_before_it_is_sent() -> None:
    large = encoded(painted(RED, 4000, 1000))
    shown = picture(large)
    assert shown is not None
    assert shown.size() == QSize(1600, 400)
    bare = QImage(4000, 2, QImage.Format.Format_RGB32)
    bare.fill(RED)
    assert lighter(PNG) == PNG
    assert lighter(b"%PDF-1.7") == b"%PDF-1.7"


def test_reader_sees_the_picture_of_an_article_without_the_server(seat: AgentSeat) -> None:
    seat.rooms.article_files.add(PNG)
    reader = read(seat)
    assert seat.pump(lambda: shows(reader, RED))


def test_picture_that_is_not_here_says_so_and_comes(seat: AgentSeat) -> None:
    reader = read(seat)
    assert seat.pump(lambda: "the lamp (this picture is not here yet)" in reader.toPlainText())

    seat.server.files[ID] = PNG
    seat.workspace.article_files._again.timeout.emit()

    assert seat.pump(lambda: shows(reader, RED))
    assert "not here yet" not in reader.toPlainText()


def test_picture_with_a_virus_says_so(seat: AgentSeat) -> None:
    seat.mirror.apply(ORG, [row_of("article_file", replace(file_row(FileState.INFECTED), version=2))], None)
    reader = read(seat)
    assert seat.pump(lambda: "the lamp (a virus was found in this picture" in reader.toPlainText())


def test_picture_is_no_wider_than_the_text(seat: AgentSeat) -> None:
    wide = encoded(painted(RED, 1500, 40))
    wide_id = id_of(wide)
    seat.rooms.article_files.add(wide)
    reader = read(seat)
    reader.show_body(f"![x](kb-file:{wide_id})")
    assert seat.pump(lambda: shows(reader, RED))
    assert reader.document().idealWidth() <= reader.viewport().width()


def test_file_of_an_article_is_opened_as_what_its_bytes_are(seat: AgentSeat, monkeypatch: pytest.MonkeyPatch) -> None:
    seat.rooms.article_files.add(PNG)
    opened: list[Path] = []

    def open_url(url: QUrl) -> bool:
        opened.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    reader = read(seat)

    reader.anchorClicked.emit(QUrl(f"kb-file:{ID}"))

    assert seat.pump(lambda: opened)
    assert opened[0].suffix == ".png"
    assert opened[0].read_bytes() == PNG
    seat.rooms.opened_files.forget()
    assert not opened[0].exists()


def test_reading_an_article_keeps_its_place_when_a_picture_comes(seat: AgentSeat) -> None:
    reader = read(seat)
    reader.show_body("word " * 4000 + f"\n\n![x](kb-file:{ID})")
    reader.verticalScrollBar().setValue(300)
    reader.show_pictures({ID: painted(RED, 10, 10)})
    assert reader.verticalScrollBar().value() == 300
    assert reader.focusPolicy() & Qt.FocusPolicy.TabFocus
