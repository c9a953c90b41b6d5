"""Rows as CSV (RFC 4180): UTF-8 with the mark that Excel asks for, or GB18030; nothing in it is taken for a formula."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

ENCODINGS: Final = {"utf-8": "utf-8-sig", "gb18030": "gb18030"}
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula, in full width too."""


def harmless(text: str) -> str:
    """An apostrophe before what a spreadsheet would run (OWASP, CSV injection)."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) or text.startswith(FORMULA) else text


class TextTable:
    """Raises OSError. What an encoding has not becomes a question mark."""

    def __init__(self, path: Path, encoding: str) -> None:
        self._file = path.open("w", encoding=ENCODINGS[encoding], errors="replace", newline="")
        self._writer = csv.writer(self._file, lineterminator="\r\n")

    def head(self, titles: Sequence[str]) -> None:
        self.add([titles])

    def add(self, rows: Iterable[Sequence[str]]) -> None:
        self._writer.writerows([harmless(text) for text in row] for row in rows)

    def finish(self, about: Iterable[Sequence[str]]) -> None:
        """At the end, after an empty line: who reads the file by its first line finds the columns there."""
        self._writer.writerow([])
        self.add(about)
        self._file.close()

    def break_off(self) -> None:
        self._file.close()
