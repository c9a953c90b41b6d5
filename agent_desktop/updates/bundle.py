"""A whole program in one file: packed for the repository, unpacked beside the installed one, tried."""

import errno
import io
import os
import shutil
import subprocess
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Final, cast

from agent_desktop.errors import DiskFull, FolderNotWritable, UpdateFault, UpdateRefused, UpdateUnfit
from agent_desktop.updates.release import NAME

LEVEL: Final = 19
THREADS: Final = 2
"""Another number would give other bytes."""
LARGEST: Final = 4 * 2**30
"""Bytes of a program unpacked."""
ROOM: Final = 6
"""So many times the packed file has to be free before it is fetched: for itself, and for the program."""
TRIAL_S: Final = 300.0
"""A busy machine that has never read these files takes its time, and nobody waits for it."""


def pack(program: Path, into: Path, beside: Mapping[str, bytes]) -> None:
    """The folder of a frozen program and, `beside` its executable, files by name. Same program, same bytes."""
    import zstandard

    paths = sorted(path for path in program.rglob("*") if path.relative_to(program).parts[0] not in beside)
    with (
        into.open("wb") as file,
        zstandard.ZstdCompressor(LEVEL, threads=THREADS).stream_writer(file) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        for path in paths:
            tar.add(path, f"{NAME}/{path.relative_to(program).as_posix()}", recursive=False, filter=_plain)
        for name, content in sorted(beside.items()):
            one = _plain(tarfile.TarInfo(f"{NAME}/{name}"))
            one.size, one.mode = len(content), 0o644
            tar.addfile(one, io.BytesIO(content))


def require_room(folder: Path, size: int) -> None:
    """For a packed file of so many bytes: a disk is not filled by what nobody asked for. Raises DiskFull."""
    free = shutil.disk_usage(folder).free
    if free < ROOM * size:
        raise DiskFull(folder, f"{free} bytes free")


def unpack(file: Path, into: Path, address: str) -> None:
    """What was packed lies in `into` whole, or not at all. Raises DiskFull, FolderNotWritable, UpdateRefused."""
    import zstandard

    beside = into.with_name(into.name + ".new")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        with file.open("rb") as packed, zstandard.ZstdDecompressor().stream_reader(packed) as plain:
            _extract(cast("IO[bytes]", plain), beside)
        shutil.rmtree(into, ignore_errors=True)
        (beside / NAME).replace(into)
    except (tarfile.TarError, zstandard.ZstdError, EOFError, FileNotFoundError) as error:
        raise UpdateRefused(address, UpdateFault.GARBLED, str(error)) from error
    except OSError as error:
        raise (DiskFull if error.errno == errno.ENOSPC else FolderNotWritable)(into, str(error)) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def prove(executable: Path, version: str) -> None:
    """Whether it runs here at all, and is what it says: an older system may lack what it needs. Raises UpdateUnfit."""
    environment = {name: value for name, value in os.environ.items() if name != "LD_LIBRARY_PATH"}
    try:
        told = subprocess.run(
            [executable, "--version"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=TRIAL_S,
            check=True,
            text=True,
            errors="replace",
        ).stdout
    except (OSError, subprocess.SubprocessError) as error:
        raise UpdateUnfit(version, str(error)) from error
    if told.split()[-1:] != [version]:
        raise UpdateUnfit(version, told[-200:])


def _extract(plain: IO[bytes], into: Path) -> None:
    size = 0
    with tarfile.open(fileobj=plain, mode="r|") as tar:
        for one in tar:
            size += one.size
            if size > LARGEST:
                raise tarfile.ReadError("more than a program")
            tar.extract(one, into, filter="data")  # nothing outside the folder, no devices, no other owner


def _plain(one: tarfile.TarInfo) -> tarfile.TarInfo:
    one.mtime, one.uid, one.gid, one.uname, one.gname = 0, 0, 0, "", ""
    return one
