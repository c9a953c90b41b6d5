"""Files of articles against a real server: added by who writes, looked through, here for every reader, also offline."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent_desktop.article_files import ArticleFiles, FileAway, NotAddedError, Why
from agent_desktop.errors import ServerRefused
from agent_desktop.offline.view import View
from agent_desktop.sync.handover import seal_file_key
from agent_desktop.sync.tus import FileTransfer
from agent_desktop.sync.uploads import LOOK_EVERY_S, Uploads
from agent_model.article_file import FileState, id_of
from agent_model.command import CommandKind, FieldChange
from tests.desktop.sync.conftest import SitDown
from tests.desktop.sync.seat import Seat
from tests.in_process import ServerThread, make_site, serving
from tests.server.conftest import executed
from tests.server.test_files import later
from tests.server.test_scanner import EICAR

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4000
ID = id_of(PNG)
WORDS = f"Look:\n\n![the lamp](kb-file:{ID})\n"
NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
EDITOR, MANAGER, AGENT = "ye.wen", "lu.hai", "lin.yue"


class Desk:
    """A seat with files of articles, and the works that carry them."""

    def __init__(self, seat: Seat, folder: Path) -> None:
        self.seat, self.folder = seat, folder
        self.view = View(seat.mirror, seat.outbox)
        self.files = ArticleFiles(folder, bytes(32), self.view, lambda: NOW, seat.client.article_file, lambda: False)
        self.uploads = Uploads(
            FileTransfer(seat.client), self.files, self._sealed, lambda: "life", lambda: False, lambda _: None
        )

    def send(self) -> None:
        for _ in range(60):
            if self.uploads.step() >= LOOK_EVERY_S or not self.files.outgoing("").outgoing:
                return

    def fetch(self) -> None:
        for _ in range(60):
            if self.files.step() > 0.0:
                return

    def state(self, file_id: str = ID) -> FileState | None:
        self.seat.sync()
        file = self.files.file(file_id)
        return None if file is None else file.state

    def tell(self, kind: CommandKind, **fields: Any) -> None:
        row = self.view.row("article_draft", "KB-1")
        told = {name: FieldChange(None if row is None else row.body[name], value) for name, value in fields.items()}
        version = 0 if row is None else row.version
        self.seat.outbox.put("article_draft", "KB-1", kind, told, NOW, base_version=version)
        self.seat.sync()

    def _sealed(self, sha256: str, key: bytes) -> bytes | None:
        client = self.seat.client
        assert client.recipient is not None
        return seal_file_key(client.recipient, self.seat.agent.id, client.device_id, sha256, key)


SitAs = Callable[[str], Desk]


@pytest.fixture(params=["simulated"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ServerThread]:
    settings = make_site(tmp_path / "site")
    with serving(replace(settings, scanner=request.param, attachments_every_s=0.05)) as running:
        yield running


@pytest.fixture
def sit_as(server: ServerThread, sit_down: SitDown, tmp_path: Path) -> SitAs:
    def sit(login: str) -> Desk:
        desk = Desk(sit_down(server.address, name=login, login=login), tmp_path / "files" / login)
        desk.seat.sync()
        return desk

    return sit


def becomes(what: Callable[[], object], wanted: object) -> bool:
    """Whether it is so, sooner or later."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if what() == wanted:
            return True
        time.sleep(0.02)
    return False


def publish(editor: Desk, manager: Desk, body: str = WORDS) -> None:
    editor.tell(CommandKind.CREATE, title="Lamp", body=body, category="Net", language="en")
    editor.tell(CommandKind.UPDATE, state="review")
    manager.seat.sync()
    manager.tell(CommandKind.UPDATE, state="published")


def whole_store(server: ServerThread) -> list[Path]:
    return [path for path in (server.settings.home / "files").rglob("*") if path.is_file()]


def test_picture_of_a_published_article_comes_to_every_workstation(server: ServerThread, sit_as: SitAs) -> None:
    editor, manager, agent = sit_as(EDITOR), sit_as(MANAGER), sit_as(AGENT)
    assert editor.files.add(PNG) == ID
    assert editor.files.here(ID) == PNG
    editor.send()
    assert becomes(editor.state, FileState.CLEAN)
    assert agent.state() is None  # only those who write hold what no article names
    with pytest.raises(ServerRefused, match="not_found"):
        agent.seat.client.article_file(ID, 0, 10)

    publish(editor, manager)

    assert becomes(agent.state, FileState.CLEAN)
    agent.fetch()
    agent.seat.client.close()
    assert agent.files.here(ID) == PNG
    held = [*agent.folder.iterdir(), *editor.folder.iterdir(), *whole_store(server)]
    assert held
    assert all(PNG[:64] not in path.read_bytes() for path in held)


def test_agents_hold_it_no_more_when_no_article_of_theirs_names_it(server: ServerThread, sit_as: SitAs) -> None:
    editor, manager, agent = sit_as(EDITOR), sit_as(MANAGER), sit_as(AGENT)
    editor.files.add(PNG)
    editor.send()
    publish(editor, manager)
    assert becomes(agent.state, FileState.CLEAN)

    manager.tell(CommandKind.UPDATE, state="withdrawn")

    assert becomes(agent.state, None)
    assert editor.state() is FileState.CLEAN


def test_article_may_be_published_before_its_picture_arrives(server: ServerThread, sit_as: SitAs) -> None:
    editor, manager, agent = sit_as(EDITOR), sit_as(MANAGER), sit_as(AGENT)
    editor.files.add(PNG)
    publish(editor, manager)
    assert agent.state() is FileState.COMING
    with pytest.raises(FileAway):
        agent.files.read(ID)

    editor.send()

    assert becomes(agent.state, FileState.CLEAN)
    assert agent.files.read(ID) == PNG


def test_same_bytes_of_two_people_are_one_file(server: ServerThread, sit_as: SitAs) -> None:
    editor, manager = sit_as(EDITOR), sit_as(MANAGER)
    for desk in (editor, manager):
        desk.files.add(PNG)
        desk.send()
    assert becomes(editor.state, FileState.CLEAN)
    assert becomes(lambda: executed(server.settings, "SELECT count(*) FROM upload"), [(0,)])
    assert becomes(lambda: [path.name for path in whole_store(server)], [ID])


def test_infected_file_is_given_to_nobody(server: ServerThread, sit_as: SitAs) -> None:
    editor = sit_as(EDITOR)
    file_id = editor.files.add(EICAR)
    editor.send()
    assert becomes(lambda: editor.state(file_id), FileState.INFECTED)
    with pytest.raises(ServerRefused, match="attachment_infected"):
        editor.seat.client.article_file(file_id, 0, 10)


@pytest.mark.parametrize("server", ["command:/no/such/scanner"], indirect=True)
def test_scanner_that_is_away_lets_nobody_have_the_file(server: ServerThread, sit_as: SitAs) -> None:
    editor = sit_as(EDITOR)
    editor.files.add(PNG)
    editor.send()
    assert becomes(editor.state, FileState.SCANNING)
    with pytest.raises(ServerRefused, match="attachment_waits"):
        editor.seat.client.article_file(ID, 0, 10)


def test_agent_may_send_none(server: ServerThread, sit_as: SitAs, caplog: pytest.LogCaptureFixture) -> None:
    agent = sit_as(AGENT)
    agent.files.add(PNG)
    agent.send()
    assert executed(server.settings, "SELECT count(*) FROM upload") == [(0,)]
    assert agent.state() is None
    assert "not_allowed" in caplog.text
    caplog.clear()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(b"", Why.EMPTY, id="empty"),
        pytest.param(b"MZ\x90\0\3", Why.TYPE, id="program"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", Why.TYPE, id="svg"),
        pytest.param(b"\xef\xbb\xbf <html>", Why.TYPE, id="page"),
        pytest.param(PNG + bytes(20 * 1024 * 1024), Why.TOO_LARGE, id="large"),
    ],
)
def test_what_no_article_may_have_is_not_added(sit_as: SitAs, content: bytes, why: Why) -> None:
    editor = sit_as(EDITOR)
    with pytest.raises(NotAddedError) as refused:
        editor.files.add(content)
    assert refused.value.why is why
    assert not editor.folder.exists()


def test_server_takes_only_what_an_article_may_have(
    server: ServerThread, sit_as: SitAs, caplog: pytest.LogCaptureFixture
) -> None:
    editor = sit_as(EDITOR)
    program = b"MZ\x90\0\3" * 100
    editor.files._seal(id_of(program), program, ".out")
    editor.send()
    assert becomes(lambda: whole_store(server), [])
    assert editor.state(id_of(program)) is None
    caplog.clear()


def test_no_more_comes_beforehand_than_the_company_has_room_for(server: ServerThread, sit_as: SitAs) -> None:
    editor, manager = sit_as(EDITOR), sit_as(MANAGER)
    editor.files.add(PNG)
    editor.send()
    manager.seat.outbox.put("article_policy", "site", CommandKind.CREATE, {"files_kept_mb": FieldChange(None, 0)}, NOW)
    assert becomes(manager.state, FileState.CLEAN)

    manager.fetch()

    assert manager.files.here(ID) is None
    assert manager.files.read(ID) == PNG  # whoever asks gets it, and has it from then on
    assert manager.files.here(ID) == PNG


def test_file_that_nothing_names_is_let_go_after_its_time(server: ServerThread, sit_as: SitAs) -> None:
    editor = sit_as(EDITOR)
    editor.files.add(PNG)
    named = PNG + b"named"
    editor.files.add(named)
    editor.send()
    assert becomes(lambda: editor.state(id_of(named)), FileState.CLEAN)
    assert becomes(editor.state, FileState.CLEAN)
    editor.tell(CommandKind.CREATE, title="x", body=f"[it](kb-file:{id_of(named)})", category="", language="en")

    later(server.settings, days=91)

    assert editor.state() is None
    assert editor.state(id_of(named)) is FileState.CLEAN
    assert [path.name for path in whole_store(server)] == [id_of(named)]


def test_file_of_no_article_any_more_goes_from_the_disk(server: ServerThread, sit_as: SitAs) -> None:
    editor = sit_as(EDITOR)
    editor.files.add(PNG)
    editor.send()
    editor.files._clock = lambda: datetime.now(UTC) + timedelta(days=8)
    assert becomes(editor.state, FileState.CLEAN)
    later(server.settings, days=91)
    assert editor.state() is None

    editor.fetch()

    assert list(editor.folder.iterdir()) == []
