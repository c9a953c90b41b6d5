"""A sealed file opens with its key only, and shows when a piece of it is missing, was moved or was changed."""

import stat
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_desktop.softphone.recording.sealed import (
    NotSealedError,
    SealedFile,
    Wholeness,
    WrongKeyError,
    unseal,
)

KEY = bytes(range(32))
PIECES = [b"first", b"", b"third " * 50, b"fourth"]
HEADER = 22


def sealed(path: Path, pieces: list[bytes] = PIECES, key: bytes = KEY) -> bytes:
    with SealedFile(path, key, b"about") as file:
        for piece in pieces:
            file.add(piece)
        file.finish(b"the end")
    return path.read_bytes()


def chunks(written: bytes) -> list[bytes]:
    """The chunks with their lengths, as they lie in the file."""
    found, at = [], HEADER
    while at < len(written):
        (length,) = struct.unpack_from(">I", written, at)
        found.append(written[at : at + 4 + length])
        at += 4 + length
    return found


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return sealed(tmp_path_factory.mktemp("sealed") / "file")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tampered")


def test_what_was_sealed_comes_back(tmp_path: Path) -> None:
    sealed(tmp_path / "file")
    found = unseal(tmp_path / "file", KEY)
    assert (found.about, found.content, found.ending) == (b"about", b"".join(PIECES), b"the end")
    assert found.wholeness is Wholeness.WHOLE


def test_nothing_of_it_can_be_read_without_the_key(whole: bytes) -> None:
    assert not any(text in whole for text in (b"about", b"first", b"third", b"fourth", b"end"))


def test_same_sound_sealed_twice_looks_different(tmp_path: Path) -> None:
    first, second = sealed(tmp_path / "first"), sealed(tmp_path / "second")
    assert not set(chunks(first)) & set(chunks(second))


def test_wrong_key_opens_nothing(tmp_path: Path) -> None:
    sealed(tmp_path / "file")
    with pytest.raises(WrongKeyError):
        unseal(tmp_path / "file", bytes(32))


@given(st.data())
def test_cut_file_gives_its_beginning_and_is_never_taken_for_whole(
    whole: bytes, folder: Path, data: st.DataObject
) -> None:
    first = HEADER + len(chunks(whole)[0])
    (folder / "cut").write_bytes(whole[: data.draw(st.integers(first, len(whole) - 1))])
    found = unseal(folder / "cut", KEY)
    assert found.wholeness is Wholeness.CUT
    assert b"".join(PIECES).startswith(found.content)


@given(st.data())
def test_changed_byte_is_noticed_and_nothing_behind_it_is_given(
    whole: bytes, folder: Path, data: st.DataObject
) -> None:
    behind_about = HEADER + len(chunks(whole)[0])
    changed = bytearray(whole)
    changed[data.draw(st.integers(behind_about, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
    (folder / "changed").write_bytes(changed)
    found = unseal(folder / "changed", KEY)
    assert found.wholeness is not Wholeness.WHOLE
    assert b"".join(PIECES).startswith(found.content)


@pytest.mark.parametrize("order", [(0, 2, 1, 3, 4, 5), (0, 1, 1, 2, 3, 4, 5), (0, 2, 3, 4, 5), (0, 1, 2, 3, 5)])
def test_moved_repeated_or_missing_piece_is_noticed(whole: bytes, tmp_path: Path, order: tuple[int, ...]) -> None:
    pieces = chunks(whole)
    (tmp_path / "moved").write_bytes(whole[:HEADER] + b"".join(pieces[at] for at in order))
    found = unseal(tmp_path / "moved", KEY)
    assert found.wholeness is Wholeness.DAMAGED
    assert b"".join(PIECES).startswith(found.content)


def test_piece_of_another_file_with_the_same_key_is_noticed(tmp_path: Path) -> None:
    first, second = sealed(tmp_path / "first"), sealed(tmp_path / "second")
    mixed = chunks(first)
    mixed[3] = chunks(second)[3]
    (tmp_path / "mixed").write_bytes(first[:HEADER] + b"".join(mixed))
    assert unseal(tmp_path / "mixed", KEY).wholeness is Wholeness.DAMAGED


def test_what_follows_the_end_is_noticed(whole: bytes, tmp_path: Path) -> None:
    (tmp_path / "longer").write_bytes(whole + chunks(whole)[1])
    assert unseal(tmp_path / "longer", KEY).wholeness is Wholeness.DAMAGED


def test_file_that_nobody_finished_is_cut(tmp_path: Path) -> None:
    with SealedFile(tmp_path / "file", KEY, b"about") as file:
        file.add(b"said")
        found = unseal(tmp_path / "file", KEY)
    assert (found.content, found.ending, found.wholeness) == (b"said", b"", Wholeness.CUT)


@pytest.mark.parametrize("written", [b"", b"RIFF" + bytes(100), b"ADREC\x02" + bytes(100), b"ADREC\x01" + bytes(16)])
def test_other_file_is_told_apart(tmp_path: Path, written: bytes) -> None:
    (tmp_path / "other").write_bytes(written)
    with pytest.raises(NotSealedError):
        unseal(tmp_path / "other", KEY)


def test_existing_file_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"precious")
    with pytest.raises(FileExistsError):
        SealedFile(tmp_path / "file", KEY, b"about")
    assert (tmp_path / "file").read_bytes() == b"precious"


def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    sealed(tmp_path / "file")
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) & (0 if sys.platform == "win32" else 0o077) == 0


def test_file_taken_away_is_noticed(tmp_path: Path) -> None:
    with SealedFile(tmp_path / "file", KEY, b"about") as file:
        (tmp_path / "file").unlink()
        with pytest.raises(FileNotFoundError):
            file.add(b"said")


def test_phone_that_records_nothing_loads_neither_cipher_nor_coder() -> None:
    heavy = ("cryptography", "soundfile", "_cffi_backend", "numpy")
    asked = f"import sys, agent_desktop.softphone.pjsip.engine; print([m for m in {heavy} if m in sys.modules])"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
