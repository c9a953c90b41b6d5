"""Pictures and files that documents bring along, and those that stay where they are."""

import base64
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent_model.article import Article, ArticleId
from agent_model.article_file import id_of
from agent_papers.html import pasted
from agent_papers.pictures import renamed
from agent_papers.reading import gather
from agent_papers.told import gathered_from, put
from agent_papers.writing import write
from tests.papers.documents import word_with_picture

PNG = b"\x89PNG\r\n\x1a\n and so on"
PDF = b"%PDF-1.7 plan"
ID, PLAN = id_of(PNG), id_of(PDF)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "documents"
    (made / "net").mkdir(parents=True)
    (made / "img").mkdir()
    (made / "img" / "a lamp.png").write_bytes(PNG)
    (made / "plan.pdf").write_bytes(PDF)
    return made


def test_folder_brings_its_pictures_and_files(folder: Path) -> None:
    (folder / "net" / "a.md").write_text("![a lamp](../img/a%20lamp.png) and [the plan](../plan.pdf).\n")
    (folder / "b.html").write_text("<p>See <img src='img/a lamp.png' alt='lamp'></p>")

    gathered = gather(folder)

    bodies = {paper.place: paper.body for paper in gathered.papers}
    assert bodies["net/a.md"] == f"![a lamp](kb-file:{ID}) and [the plan](kb-file:{PLAN}).\n"
    assert gathered.files[ID] == PNG
    assert gathered.files[PLAN] == PDF
    out = io.BytesIO()
    put(gathered, out)
    assert gathered_from(out.getvalue()) == gathered


def test_title_is_not_the_name_of_a_file(folder: Path) -> None:
    (folder / "a.md").write_text("![How it looks](img/a%20lamp.png)\n")
    assert [paper.title for paper in gather(folder).papers] == ["How it looks"]


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("../secret.png", id="above"),
        pytest.param("/etc/hostname", id="whole path"),
        pytest.param("https://example.org/x.png", id="elsewhere"),
        pytest.param("file:///etc/hostname", id="file"),
        pytest.param("link.png", id="link of the file system"),
        pytest.param("img/none.png", id="not there"),
        pytest.param("img/a.svg", id="svg"),
    ],
)
def test_nothing_but_pictures_in_the_folder_comes_along(folder: Path, address: str) -> None:
    (folder.parent / "secret.png").write_bytes(PNG)
    (folder / "link.png").symlink_to(folder.parent / "secret.png")
    (folder / "img" / "a.svg").write_text("<svg/>")
    (folder / "a.md").write_text(f"Look: ![words]({address})\n")

    gathered = gather(folder)

    assert gathered.files == {}
    assert [(paper.body, paper.pictures_left) for paper in gathered.papers] == [("Look: [words]\n", 1)]


def test_word_document_brings_its_pictures(tmp_path: Path) -> None:
    gathered = gather(word_with_picture(tmp_path / "a.docx", "Look here.", PNG))

    [paper] = gathered.papers
    assert paper.body == f"Look here.\n\n![a lamp](kb-file:{ID})\n"
    assert gathered.files == {ID: PNG}


def test_page_that_holds_its_pictures_brings_them(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<p>Look</p><img alt='lamp' src='data:image/png;base64,{base64.b64encode(PNG).decode()}'>")

    gathered = gather(path)

    assert f"![lamp](kb-file:{ID})" in gathered.papers[0].body
    assert gathered.files == {ID: PNG}


def test_piece_that_was_copied_brings_its_pictures() -> None:
    held = base64.b64encode(PNG).decode()
    html = (
        f"<p>Look <img alt='a' src='data:image/png;base64,{held}'> <img alt='b' src='x:1'> <img alt='c' src='y:2'></p>"
    )

    words, files = pasted(html, lambda address: PDF if address == "y:2" else None)

    assert words == f"Look ![a](kb-file:{ID}) [b] [c]"
    assert files == {ID: PNG}


def test_file_that_is_not_taken_leaves_its_words() -> None:
    body = f"![a lamp](kb-file:{ID}) [the plan](kb-file:{PLAN}) [b](kb:1)"
    assert renamed(body, {ID: None, PLAN: None}) == "[a lamp] the plan [b](kb:1)"
    assert renamed(body, {ID: PLAN}) == f"![a lamp](kb-file:{PLAN}) [the plan](kb-file:{PLAN}) [b](kb:1)"


def test_export_has_the_files_and_comes_in_as_the_same(tmp_path: Path) -> None:
    body = f"![a lamp](kb-file:{ID}) [gone](kb-file:{'0' * 32})\n"
    article = Article(ArticleId("KB-1"), "Lamp", body, "Net", None, None, "en", (), datetime(2026, 11, 1, tzinfo=UTC))

    write([article], tmp_path / "out", {ID: PNG}.get)

    assert (tmp_path / "out" / "files" / f"{ID}.png").read_bytes() == PNG
    assert f"![a lamp](../files/{ID}.png)" in (tmp_path / "out" / "Net" / "Lamp.md").read_text()
    gathered = gather(tmp_path / "out")
    assert [paper.body for paper in gathered.papers] == [body]
    assert gathered.files == {ID: PNG}
