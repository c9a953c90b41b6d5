"""Whether only root or administrators can have written what lies at a path: else it is nobody's policy.

Windows: SYSTEM, Administrators and TrustedInstaller own what counts, and nobody else is given a right to change it.
"""

import os
import stat
import sys
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = 0

ADMINISTRATIVE: Final = frozenset(
    {
        "S-1-5-18",  # SYSTEM
        "S-1-5-32-544",  # Administrators
        "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464",  # TrustedInstaller
        "S-1-3-0",  # creator owner: whoever owns it, which is looked at by itself
    }
)
_DELETE, _WRITE_DAC, _WRITE_OWNER = 0x0001_0000, 0x0004_0000, 0x0008_0000
_GENERIC_WRITE, _GENERIC_ALL = 0x4000_0000, 0x1000_0000
_WRITE_DATA, _APPEND_DATA, _DELETE_CHILD = 0x2, 0x4, 0x40
_OVER_ANYTHING: Final = _DELETE | _WRITE_DAC | _WRITE_OWNER | _GENERIC_WRITE | _GENERIC_ALL
CHANGES_A_FILE: Final = _OVER_ANYTHING | _WRITE_DATA | _APPEND_DATA
CHANGES_A_FOLDER: Final = _OVER_ANYTHING | _DELETE_CHILD
"""Who may only add files to a folder owns what they add, and that does not count."""


@dataclass(frozen=True, slots=True)
class Grant:
    """Of a Windows access list: a right given to somebody."""

    sid: str
    mask: int


def is_administrative(owner: str, grants: Iterable[Grant], changing: int) -> bool:
    """Whether owner and grants leave a file (`CHANGES_A_FILE`) or folder to administrators."""
    others = (grant for grant in grants if grant.sid not in ADMINISTRATIVE)
    return owner in ADMINISTRATIVE and not any(grant.mask & changing for grant in others)


def is_posix_owned(found: os.stat_result, owners: Collection[int], *, is_below: bool = False) -> bool:
    """Whether only the owners can have written it. A sticky folder (`/tmp`) takes nothing away from them above what
    is looked at (`is_below`), where everybody may put something beside it that is not theirs."""
    others_write = found.st_mode & stat.S_IWOTH or (found.st_mode & stat.S_IWGRP and found.st_gid != ROOT)
    is_kept = is_below and bool(found.st_mode & stat.S_ISVTX)
    return found.st_uid in owners and (not others_write or is_kept)


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _OF_A_FILE, _OWNER, _ACCESS, _GRANTS, _INHERIT_ONLY = 1, 0x1, 0x4, 0, 0x8

    class _Head(ctypes.Structure):
        _fields_ = (("kind", ctypes.c_ubyte), ("flags", ctypes.c_ubyte), ("size", wintypes.WORD))

    class _Allowed(ctypes.Structure):
        _fields_ = (("head", _Head), ("mask", wintypes.DWORD), ("sid", wintypes.DWORD))

    class _List(ctypes.Structure):
        _fields_ = (
            ("revision", ctypes.c_ubyte),
            ("spare", ctypes.c_ubyte),
            ("size", wintypes.WORD),
            ("count", wintypes.WORD),
            ("more", wintypes.WORD),
        )

    def open_to_others(path: Path, _owners: Collection[int] = ()) -> Path | None:
        """What of the file and the folders above it, up to the drive, others may write; None: nothing. Raises
        OSError."""
        if not _is_left_alone(path, CHANGES_A_FILE):
            return path
        above = list(path.resolve().parents)[:-1]
        return next((folder for folder in above if not _is_left_alone(folder, CHANGES_A_FOLDER)), None)

    def _is_left_alone(path: Path, changing: int) -> bool:
        advapi, kernel = ctypes.WinDLL("advapi32", use_last_error=True), ctypes.WinDLL("kernel32")
        owner, access, whole = ctypes.c_void_p(), ctypes.POINTER(_List)(), ctypes.c_void_p()
        code = advapi.GetNamedSecurityInfoW(
            str(path), _OF_A_FILE, _OWNER | _ACCESS,
            ctypes.byref(owner), None, ctypes.byref(access), None, ctypes.byref(whole),
        )  # fmt: skip
        if code:
            raise OSError(code, "its access list cannot be read", str(path))
        try:
            if not access:  # no list at all: everybody may do everything
                return False
            return is_administrative(_text(advapi, kernel, owner), _grants(advapi, kernel, access), changing)
        finally:
            kernel.LocalFree(whole)

    def _grants(advapi: ctypes.WinDLL, kernel: ctypes.WinDLL, access: "ctypes._Pointer[_List]") -> list[Grant]:
        found = []
        for number in range(access.contents.count):
            entry = ctypes.POINTER(_Allowed)()
            if not advapi.GetAce(access, number, ctypes.byref(entry)):
                raise ctypes.WinError(ctypes.get_last_error())
            head = entry.contents.head
            if head.kind == _GRANTS and not head.flags & _INHERIT_ONLY:
                sid = ctypes.c_void_p(ctypes.addressof(entry.contents) + _Allowed.sid.offset)
                found.append(Grant(_text(advapi, kernel, sid), entry.contents.mask))
        return found

    def _text(advapi: ctypes.WinDLL, kernel: ctypes.WinDLL, sid: ctypes.c_void_p) -> str:
        written = wintypes.LPWSTR()
        if not advapi.ConvertSidToStringSidW(sid, ctypes.byref(written)):
            raise ctypes.WinError(ctypes.get_last_error())
        try:
            return str(written.value)
        finally:
            kernel.LocalFree(written)

else:

    def open_to_others(path: Path, owners: Collection[int] = (ROOT,)) -> Path | None:
        """What of the file and the folders above it, up to the root, others may write; None: nothing. Raises
        OSError."""
        real = path.resolve(strict=True)
        if not is_posix_owned(real.stat(), owners):
            return real
        beside_root = (*owners, ROOT)
        return next((one for one in real.parents if not is_posix_owned(one.stat(), beside_root, is_below=True)), None)
