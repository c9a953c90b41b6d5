"""Names, tickets and articles come from outside: none of them loads anything or is taken for markup."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QImage, Qt
from PySide6.QtWidgets import QApplication, QWidget

from agent_desktop.ui.knowledge.reader import Reader
from agent_desktop.ui.widgets.parts import Label, plain_tip

Keep = Callable[[QWidget], QWidget]
HOSTILE = "<img src='file:///etc/hostname'> & <b>bold</b>"


@pytest.mark.parametrize("form", ["file", "path", "share"])
def test_picture_of_an_article_is_not_read_from_the_disk(
    qapp: QApplication, keep: Keep, tmp_path: Path, form: str
) -> None:
    path = tmp_path / "red.png"
    red = QImage(40, 40, QImage.Format.Format_RGB32)
    red.fill(Qt.GlobalColor.red)
    assert red.save(str(path))
    address = {
        "file": QUrl.fromLocalFile(str(path)).toString(),
        "path": path.as_posix(),
        "share": f"/{path.as_posix()}",
    }
    reader = Reader()
    keep(reader)
    reader.resize(200, 200)
    reader.setMarkdown(f"![a picture]({address[form]})")
    reader.show()
    qapp.processEvents()

    seen = reader.viewport().grab().toImage()
    colours = {seen.pixelColor(x, y).name() for x in range(seen.width()) for y in range(0, seen.height(), 4)}
    assert QColor(Qt.GlobalColor.red).name() not in colours


def test_hostile_name_is_shown_as_it_is_written(keep: Keep) -> None:
    label = Label("name", HOSTILE)
    keep(label)

    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == HOSTILE


def test_tip_of_a_hostile_name_shows_it_as_it_is_written(keep: Keep) -> None:
    label = Label("name", elides=True)
    keep(label)
    label.resize(40, 20)
    label.say(HOSTILE)

    assert label.toolTip() == plain_tip(HOSTILE)
    assert "<img" not in label.toolTip()
    assert "&lt;img" in label.toolTip()
