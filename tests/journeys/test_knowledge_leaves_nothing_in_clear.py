"""After a shift with knowledge, and after one that was killed while it built the index, nothing of it lies in clear."""

import tempfile
from pathlib import Path

import psutil
import pytest

from demo.ports import free_port
from demo.server import DemoServer
from tests.journeys.conftest import Sit, leave
from tests.journeys.looking_up import TITLE_CHANGE, TITLE_CHANGE_WORDS, find, is_whole, pane, search
from tests.journeys.other_window import OtherWindow, end_phone
from tests.journeys.sight import is_in_step

BUILDER = "agent_desktop.knowledge.builder"
SEARCHED = "quxiaofapiao"
SECRETS = tuple(
    secret.encode(coding)
    for secret in (
        "电子发票抬头如何修改",
        "选中那张发票",
        "How to change the title of an e-invoice",
        "correct the title yourself",
        "红冲重开",
        TITLE_CHANGE,
        TITLE_CHANGE_WORDS,
        SEARCHED,
    )
    for coding in ("utf-8", "utf-16-le")
)
pytestmark = pytest.mark.timeout(300)


def in_clear(*folders: Path) -> list[tuple[Path, bytes]]:
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    assert any(path.name == "cache.db" for path in files)
    return [(path, secret) for path in files for secret in SECRETS if secret in path.read_bytes()]


def builders(window: OtherWindow) -> list[psutil.Process]:
    children = psutil.Process(window.pid).children()
    return [child for child in children if BUILDER in " ".join(child.cmdline())]


def test_knowledge_leaves_nothing_in_clear(
    sit: Sit, library_server: DemoServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, temp = tmp_path / "seat", tmp_path / "temp"
    temp.mkdir()
    monkeypatch.setenv("TMPDIR", str(temp))
    monkeypatch.setattr(tempfile, "tempdir", str(temp))

    window = OtherWindow(home, library_server.address, free_port())
    assert window.until(lambda seen: seen["window"] and seen["categories"], 60)
    window.do("press F3")
    window.do(f"type {SEARCHED}")
    assert window.until(lambda _: builders(window), 60), "no index was built"
    [builder] = builders(window)
    window.kill()
    assert in_clear(home, temp) == []
    builder.wait(60)
    end_phone(window)

    seat = sit(home=home, ready=is_in_step)
    find(seat, TITLE_CHANGE_WORDS, TITLE_CHANGE)
    seat.press("Return")
    assert seat.until(lambda: pane(seat).article_id == TITLE_CHANGE)
    pane(seat).article.star.click()
    seat.press("Ctrl+I")
    assert seat.until(lambda: "选中那张发票" in seat.window.right.form.description.toPlainText())
    search(seat, SEARCHED)
    assert seat.until(lambda: pane(seat).shows_found)
    at_hand = seat.workspace._rooms.reading_list.at_hand
    assert seat.until(lambda: at_hand().favourites == (TITLE_CHANGE,))
    assert seat.until(lambda: is_whole(seat), 60)
    kept: list[object] = []
    seat.workspace._background.library.do(seat.workspace._rooms.knowledge.keep, kept.append)
    assert seat.until(lambda: kept)
    assert in_clear(home, temp) == []
    assert leave(seat)
    assert in_clear(home, temp) == []
