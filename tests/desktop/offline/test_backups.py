"""A copy from before another version opened the databases, and going back from a newer version without losing work."""

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest

from agent_desktop import app
from agent_desktop.errors import NewerData, NoRoomForCopy, WaitsForNewer, WentBack
from agent_desktop.offline import backups as backups_module
from agent_desktop.offline.backups import FOLDER, KEPT, KEPT_FOR, NEWER, NOTE, Backups, opened_by
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.newer import GOING_BACK, LEFT, Left, finish_going_back, go_back, sift, usable
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.sealing import Unsealed
from agent_desktop.offline.store import CACHE_FORMAT, OUTBOX_FORMAT, Store
from agent_model.command import Command, CommandKind, FieldChange
from agent_model.wire import Row
from tests.desktop.earlier_caches import OF_FORMAT_5, make_format
from tests.fakes import SEALED

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SCOPE = "segment:retail"
WORDS = "typed while the newer version was here"


def work(folder: Path, *ids: str) -> list[Command]:
    """Somebody has rows in the cache, commands that are not sent, and a draft."""
    with closing(Store(folder, SEALED)) as store:
        store.open_cache()
        Mirror(store).keep([Row("ticket", "T-old", 1, {"number": "1", "status": "open"})])
        outbox = Outbox(store, "A")
        outbox.save_draft("call-1", {"subject": WORDS}, AT)
        return [outbox.put("ticket", id_, CommandKind.CREATE, {"subject": FieldChange(None, id_)}, AT) for id_ in ids]


def noted(folder: Path, version: str, cache: int = CACHE_FORMAT, outbox: int = OUTBOX_FORMAT) -> None:
    (folder / NOTE).write_text(json.dumps({"version": version, "cache": cache, "outbox": outbox}))


def make_newer(folder: Path, *unknown: Mapping[str, object], form: int = 1) -> None:
    """As a version after this one leaves it: tables with more, and commands of a kind that is not there yet."""
    with closing(Store(folder, SEALED)) as store:
        store.open_cache()
        with store.writing() as connection:
            connection.execute("CREATE TABLE tomorrow (id TEXT)")
            connection.execute(f"PRAGMA user_version={CACHE_FORMAT + form:d}")
        with store.writing_outbox() as connection:
            connection.execute("ALTER TABLE command ADD COLUMN tomorrow TEXT")
            connection.execute("CREATE TABLE tomorrow (id TEXT)")
            connection.execute(f"PRAGMA user_version={OUTBOX_FORMAT + form:d}")
            for number, plain in enumerate(unknown, 100):
                whole = {"device_seq": number, "base_version": 0, "fields": {}, "author": "A", **plain}
                whole["occurred_at"] = "2026-11-23T09:00:00.000000Z"
                connection.execute(
                    "INSERT INTO command (device_seq, op_id, entity, id, state, plain) "
                    "VALUES (?, ?, ?, ?, 'waiting', ?)",
                    (number, whole["op_id"], whole["entity"], whole["id"], orjson.dumps(whole).decode()),
                )
    noted(folder, "9.0.0", CACHE_FORMAT + form, OUTBOX_FORMAT + form)


TRANSFER = {"op_id": "op-new", "entity": "ticket", "id": "T-1", "kind": "transfer"}
BUILT_ON_IT = {"op_id": "op-on", "entity": "ticket", "id": "T-1", "kind": "update", "depends_on": "op-new"}


def waiting(folder: Path) -> Sequence[str]:
    with closing(Store(folder, SEALED)) as store:
        return [command.id for command in Outbox(store, "A").waiting(100)]


def of_version(folder: Path, version: str, at: datetime = AT) -> Backups:
    return Backups(folder, version, at)


# ---- the copy --------------------------------------------------------------------------------------------


def test_another_version_finds_a_copy_and_the_same_version_makes_none(tmp_path: Path) -> None:
    work(tmp_path, "T-1")
    of_version(tmp_path, "1.0.0").note(CACHE_FORMAT, OUTBOX_FORMAT)
    before = {path.name: path.read_bytes() for path in tmp_path.glob("*.db")}

    assert of_version(tmp_path, "1.0.0").before_opening(SEALED) is None
    assert not (tmp_path / FOLDER).exists()
    assert of_version(tmp_path, "1.1.0").before_opening(SEALED) is None

    [copy] = of_version(tmp_path, "1.1.0").kept()
    assert (copy.opened.version, copy.at, copy.has_cache) == ("1.0.0", AT, True)
    assert {path.name: path.read_bytes() for path in copy.folder.glob("*.db")} == before
    assert waiting(copy.folder) == ["T-1"]


def test_copy_of_a_killed_window_has_what_was_only_in_its_log(tmp_path: Path) -> None:
    seat, dead = tmp_path / "seat", tmp_path / "dead"
    with closing(Store(seat, SEALED)) as store:
        Outbox(store, "A").put("ticket", "T-1", CommandKind.CREATE, {}, AT)
        dead.mkdir()
        for path in seat.glob("outbox*"):
            (dead / path.name).write_bytes(path.read_bytes())
    assert (dead / "outbox.db-wal").stat().st_size > 0

    of_version(dead, "1.1.0").before_opening(SEALED)

    [copy] = of_version(dead, "1.1.0").kept()
    assert waiting(copy.folder) == ["T-1"]


def test_copies_are_few_and_go_after_two_weeks(tmp_path: Path) -> None:
    work(tmp_path)
    for number in range(4):
        backups = of_version(tmp_path, f"1.{number}.0", AT + timedelta(hours=number))
        backups.before_opening(SEALED)
        backups.note(CACHE_FORMAT, OUTBOX_FORMAT)
    assert [copy.opened.version for copy in backups.kept()] == ["1.2.0", "1.1.0"]
    assert len(list((tmp_path / FOLDER).iterdir())) == KEPT
    (tmp_path / NEWER / "20261123T090000000000").mkdir(parents=True)

    of_version(tmp_path, "1.3.0", AT + KEPT_FOR + timedelta(days=1)).before_opening(SEALED)

    assert list((tmp_path / FOLDER).iterdir()) == []
    assert list((tmp_path / NEWER).iterdir()) == []


def test_without_room_for_the_cache_the_outbox_is_copied_and_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work(tmp_path, "T-1")
    monkeypatch.setattr(backups_module, "LEFT_FREE", 2**60)

    assert isinstance(of_version(tmp_path, "1.1.0").before_opening(SEALED), NoRoomForCopy)

    [copy] = of_version(tmp_path, "1.1.0").kept()
    assert not copy.has_cache
    assert waiting(copy.folder) == ["T-1"]


def test_disk_without_any_room_keeps_nobody_from_working(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work(tmp_path, "T-1")
    monkeypatch.setattr(backups_module, "LEFT_FREE_BY_OUTBOX", 2**60)

    assert isinstance(of_version(tmp_path, "1.1.0").before_opening(SEALED), NoRoomForCopy)

    assert not (tmp_path / FOLDER).exists()
    assert waiting(tmp_path) == ["T-1"]


def test_place_that_is_no_folder_is_no_reason_to_fail(tmp_path: Path) -> None:
    work(tmp_path, "T-1")
    (tmp_path / FOLDER).write_text("in the way")
    assert isinstance(of_version(tmp_path, "1.1.0").before_opening(SEALED), NoRoomForCopy)


def test_what_an_early_version_left_in_clear_is_not_copied(tmp_path: Path) -> None:
    with closing(Store(tmp_path, Unsealed())) as store:
        store.open_cache()
        Outbox(store, "A").save_draft("call-1", {"subject": WORDS}, AT)
    of_version(tmp_path, "1.1.0").before_opening(SEALED)
    copied = [path for path in (tmp_path / FOLDER).rglob("*") if path.is_file()]
    assert [path for path in copied if WORDS.encode() in path.read_bytes()] == []
    assert [path.name for path in copied] == [NOTE]


def test_opening_a_desk_copies_what_another_version_had(tmp_path: Path) -> None:
    work(tmp_path, "T-1")
    noted(tmp_path, "0.0.9", cache=4)
    with closing(Store(tmp_path, SEALED)) as store:
        store.open_cache()
        make_format(store, 4)

    store, troubles = app._open_store(tmp_path, SEALED)
    store.close()

    assert troubles == ()
    [copy] = of_version(tmp_path, "x").kept()
    assert copy.opened.version == "0.0.9"
    with closing(Store(copy.folder, SEALED)) as before, before.reading() as connection:
        (form,) = connection.execute("PRAGMA user_version").fetchone()
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema").fetchall()}
    assert form == 4
    assert not names & set(OF_FORMAT_5)
    assert opened_by(tmp_path).cache == CACHE_FORMAT


# ---- an older version meets a newer one's databases ------------------------------------------------------


def test_older_version_refuses_and_touches_nothing(tmp_path: Path) -> None:
    work(tmp_path, "T-1")
    make_newer(tmp_path, TRANSFER)
    before = {path.name: path.read_bytes() for path in tmp_path.glob("*.db")}

    with pytest.raises(NewerData) as refused:
        app._open_store(tmp_path, SEALED)

    assert (refused.value.written_by, refused.value.copy_of) == ("9.0.0", "")
    assert {path.name: path.read_bytes() for path in tmp_path.glob("*.db")} == before
    assert not (tmp_path / FOLDER).exists()


def test_newer_cache_alone_is_refused_as_well_and_offers_the_copy(tmp_path: Path) -> None:
    work(tmp_path, "T-1")
    of_version(tmp_path, "0.1.0").note(CACHE_FORMAT, OUTBOX_FORMAT)
    of_version(tmp_path, "9.0.0", app.now()).before_opening(SEALED)
    with closing(Store(tmp_path, SEALED)) as store:
        store.open_cache()
        with store.writing() as connection:
            connection.execute(f"PRAGMA user_version={CACHE_FORMAT + 1:d}")
    noted(tmp_path, "9.0.0", CACHE_FORMAT + 1)

    with pytest.raises(NewerData) as refused:
        app._open_store(tmp_path, SEALED)

    assert refused.value.copy_of == "0.1.0"


def test_going_back_takes_everything_unsent_along_and_the_cache_of_the_copy(tmp_path: Path) -> None:
    work(tmp_path, "T-1")
    of_version(tmp_path, "0.1.0").note(CACHE_FORMAT, OUTBOX_FORMAT)
    of_version(tmp_path, "9.0.0", app.now()).before_opening(SEALED)
    work(tmp_path, "T-2")
    make_newer(tmp_path, TRANSFER, BUILT_ON_IT)

    store, troubles = app._open_store(tmp_path, SEALED, goes_back=True)

    outbox = Outbox(store, "A")
    assert [entry.command.id for entry in outbox.entries()] == ["T-1", "T-2"]
    draft = outbox.draft("call-1")
    assert draft is not None
    assert draft.body == {"subject": WORDS}
    assert [row.id for row in Mirror(store).rows("ticket")] == ["T-old"]
    assert [plain["op_id"] for plain in outbox.left_for_newer()] == ["op-new", "op-on"]
    following = outbox.put("ticket", "T-3", CommandKind.CREATE, {}, AT)
    assert following.device_seq > 2
    store.close()
    went, left = troubles
    assert isinstance(went, WentBack)
    assert isinstance(left, WaitsForNewer)
    assert (went.unsent, went.has_cache, left.count) == (2, True, 2)
    assert waiting_in(went.path) == ["T-1", "T-2", "T-1", "T-1"]
    assert WORDS.encode() not in (tmp_path / LEFT).read_bytes()

    again, told = app._open_store(tmp_path, SEALED)
    again.close()
    assert [type(trouble) for trouble in told] == [WaitsForNewer]
    assert waiting(tmp_path) == ["T-1", "T-2", "T-3"]


def waiting_in(folder: Path) -> list[str]:
    """Of an outbox of a newer format, as it lies there."""
    connection = SEALED.dbapi.connect(str(folder / "outbox.db"))
    with closing(connection):
        SEALED.unlock(connection)
        return [id_ for (id_,) in connection.execute("SELECT id FROM command ORDER BY device_seq").fetchall()]


def test_without_a_copy_the_cache_begins_empty_and_the_work_goes_on(tmp_path: Path) -> None:
    work(tmp_path, "T-1")
    make_newer(tmp_path)

    store, [went] = app._open_store(tmp_path, SEALED, goes_back=True)

    assert isinstance(went, WentBack)
    assert not went.has_cache
    assert Mirror(store).rows("ticket") == []
    assert Outbox(store, "A").count_waiting() == 1
    store.close()


def test_newer_version_takes_up_again_what_was_left_for_it(tmp_path: Path) -> None:
    """What is not understood today is, tomorrow: here it becomes so by being written as today's kind."""
    work(tmp_path, "T-1")
    make_newer(tmp_path, TRANSFER, BUILT_ON_IT)
    app._open_store(tmp_path, SEALED, goes_back=True)[0].close()
    left = Left(tmp_path, SEALED)
    left.keep([[*row[:5], row[5].replace('"transfer"', '"update"'), row[6]] for row in left.rows()])

    with closing(Store(tmp_path, SEALED)) as store:
        sift(store)
        found = [(command.op_id, command.kind) for command in Outbox(store, "A").waiting(10)]

    assert found[1:] == [("op-new", CommandKind.UPDATE), ("op-on", CommandKind.UPDATE)]
    assert not (tmp_path / LEFT).exists()


def test_same_format_with_a_command_that_is_not_understood_opens_and_leaves_it(tmp_path: Path) -> None:
    work(tmp_path, "T-1")
    make_newer(tmp_path, TRANSFER, form=0)
    store, troubles = app._open_store(tmp_path, SEALED)
    assert [entry.command.id for entry in Outbox(store, "A").entries()] == ["T-1"]
    store.close()
    assert [type(trouble) for trouble in troubles] == [WaitsForNewer]


@pytest.mark.parametrize("steps", range(9))
def test_going_back_that_is_cut_off_anywhere_is_finished_or_has_not_begun(
    tmp_path: Path, steps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    work(tmp_path, "T-1")
    of_version(tmp_path, "0.1.0").note(CACHE_FORMAT, OUTBOX_FORMAT)
    of_version(tmp_path, "9.0.0").before_opening(SEALED)
    work(tmp_path, "T-2")
    make_newer(tmp_path, TRANSFER)
    backups = of_version(tmp_path, "0.1.0")
    assert usable(backups) is not None
    dies_after(monkeypatch, steps)
    with pytest.raises(Died):
        go_back(backups, tmp_path, AT, SEALED)
    monkeypatch.undo()

    finish_going_back(tmp_path, AT + timedelta(minutes=1))
    if opened_by(tmp_path).version == "9.0.0":
        go_back(backups, tmp_path, AT + timedelta(minutes=1), SEALED)

    assert not (tmp_path / GOING_BACK).exists()
    assert waiting(tmp_path) == ["T-1", "T-2"]
    assert [row[1] for row in Left(tmp_path, SEALED).rows()] == ["op-new"]
    with closing(Store(tmp_path, SEALED)) as store:
        store.open_cache()
        assert [row.id for row in Mirror(store).rows("ticket")] == ["T-old"]


class Died(BaseException):
    """The process ends here."""


def dies_after(monkeypatch: pytest.MonkeyPatch, steps: int) -> None:
    """At the rename after so many."""
    rename = os.replace
    done: list[Path] = []

    def replace(beside: Path, target: Path) -> None:
        if len(done) >= steps:
            raise Died
        done.append(target)
        rename(beside, target)

    monkeypatch.setattr(os, "replace", replace)
