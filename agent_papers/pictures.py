"""Pictures and other files that documents bring along: out of their folder, or out of the document itself."""

import base64
import binascii
import posixpath
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from agent_model.article_file import MOST_FILES, PICTURES, SCHEME, id_of, kind_of

LARGEST_FILE: Final = 20 * 1024 * 1024
LARGEST_TOGETHER: Final = 128 * 1024 * 1024
"""Bytes of all files of one folder; what is more stays behind."""
_NAMED: Final = re.compile(r"(!?)\[([^\]]*)\]\(\s*<?((?:[^()\s<>]|\([^()]*\))+)>?(?:\s+\"[^\"]*\")?\s*\)")
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_DATA: Final = re.compile(r"data:image/[a-z0-9.+-]+;base64,(.*)", re.IGNORECASE | re.DOTALL)


class Files:
    """What has come along so far, by id."""

    def __init__(self) -> None:
        self.content: dict[str, bytes] = {}
        self._size = 0

    def take(self, content: bytes, *, is_picture: bool) -> str | None:
        """Its id; None for what no article has, or where there is no room."""
        kind = kind_of(content) if 0 < len(content) <= LARGEST_FILE else None
        if kind is None or (is_picture and kind not in PICTURES):
            return None
        file_id = id_of(content)
        if file_id not in self.content:
            if self._size + len(content) > LARGEST_TOGETHER:
                return None
            self._size += len(content)
            self.content[file_id] = content
        return file_id


def taken_along(body: str, folder: Path, here: str, documents: tuple[str, ...], files: Files) -> str:
    """The text with the pictures and files that it names as files of articles. Only those in the folder are read, and
    no link of the file system is followed; `here` is where the document stands in it."""
    count = 0

    def file(found: re.Match[str]) -> str:
        nonlocal count
        is_picture, address = bool(found[1]), found[3]
        if _SCHEME.match(address) or address.startswith("#") or count >= MOST_FILES:
            return found[0]
        place = posixpath.normpath(posixpath.join(here, unquote(address.partition("#")[0])))
        if posixpath.splitext(place)[1].lower() in documents:
            return found[0]
        content = _read(folder, place)
        file_id = None if content is None else files.take(content, is_picture=is_picture)
        if file_id is None:
            return found[0]
        count += 1
        return f"{found[1]}[{found[2]}]({SCHEME}:{file_id})"

    return _NAMED.sub(file, body)


def of_data(address: str, files: Files) -> str | None:
    """The id of a picture that is written into its own address."""
    found = _DATA.fullmatch(address.strip())
    if found is None or len(found[1]) > 2 * LARGEST_FILE:
        return None
    try:
        content = base64.b64decode("".join(found[1].split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    return files.take(content, is_picture=True)


def renamed(body: str, ids: Mapping[str, str | None]) -> str:
    """With other ids of its files; what has none any more is left as its words."""

    def name(found: re.Match[str]) -> str:
        scheme, _, file_id = found[3].partition(":")
        if scheme != SCHEME or file_id not in ids:
            return found[0]
        now = ids[file_id]
        if now is not None:
            return f"{found[1]}[{found[2]}]({SCHEME}:{now})"
        return f"[{found[2]}]" if found[1] and found[2].strip() else found[2]

    return _NAMED.sub(name, body)


def _read(folder: Path, place: str) -> bytes | None:
    if place.startswith(("/", "../")) or place == ".." or "\\" in place or "\0" in place:
        return None
    path = folder
    try:
        for part in place.split("/"):
            path = path / part
            if path.is_symlink():
                return None
        if not path.is_file() or path.stat().st_size > LARGEST_FILE:
            return None
        return path.read_bytes()
    except (OSError, ValueError):
        return None
