"""What differs between a published version of an article and its text now: line by line, words within lines, by colour
and by sign."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from html import escape
from itertools import groupby, zip_longest
from typing import Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.differences import differing
from agent_desktop.ui.widgets.parts import Label
from agent_model.article import Article

MOST_LINES: Final = 4_000
"""Of one text that are compared; of a longer one the rest stands as it is."""


class Side(Enum):
    """SAME stands in both, GONE only in the earlier text, COME only in the later."""

    SAME = "  "
    GONE = "− "
    COME = "+ "


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a line, and whether they make the difference."""

    words: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class DiffLine:
    side: Side
    pieces: tuple[Piece, ...]


def compared(before: str, after: str) -> tuple[DiffLine, ...]:
    """Both texts as one list of lines."""
    old, new = before.splitlines()[:MOST_LINES], after.splitlines()[:MOST_LINES]
    found: list[DiffLine] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [DiffLine(Side.SAME, (Piece(line),)) for line in old[i:j]]
            continue
        for gone, come in zip_longest(old[i:j], new[k:m]):
            found += _pair(gone, come)
    return tuple(found)


def _pair(gone: str | None, come: str | None) -> list[DiffLine]:
    if gone is None or come is None:
        side, line = (Side.COME, come) if gone is None else (Side.GONE, gone)
        return [DiffLine(side, (Piece(line or "", is_marked=True),))]
    old, new = differing(gone, come)
    return [DiffLine(Side.GONE, _pieces(gone, old)), DiffLine(Side.COME, _pieces(come, new))]


def _pieces(line: str, marks: Sequence[bool]) -> tuple[Piece, ...]:
    runs = groupby(zip(line, marks, strict=True), key=lambda one: one[1])
    return tuple(Piece("".join(sign for sign, _ in run), is_marked) for is_marked, run in runs)


class DifferenceText(QTextBrowser):
    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self.setOpenLinks(False)
        self.setAccessibleName(name)

    def show_difference(self, before: str, after: str) -> tuple[int, int]:
        """How many lines went, and how many came."""
        lines = compared(before, after)
        self.setHtml("".join(self._html(line) for line in lines))
        return sum(line.side is Side.GONE for line in lines), sum(line.side is Side.COME for line in lines)

    def _html(self, line: DiffLine) -> str:
        look = self._look
        ink, ground = {
            Side.SAME: ("text", "surface"),
            Side.GONE: ("bad", "bad_bg"),
            Side.COME: ("ok", "ok_bg"),
        }[line.side]
        decoration = "line-through" if line.side is Side.GONE else "underline"
        words = "".join(
            f'<span style="text-decoration:{decoration}">{escape(one.words)}</span>'
            if one.is_marked and line.side is not Side.SAME
            else escape(one.words)
            for one in line.pieces
        )
        colours = f"color:{look.colour(ink).name()};background-color:{look.colour(ground).name()}"
        sign = line.side.value.replace(" ", "&nbsp;")
        return f'<div style="{colours};white-space:pre-wrap">{sign}{words or "&nbsp;"}</div>'


class VersionsPane(QWidget):
    """The published versions, the newest first, each beside the text now. `restore_wanted(Article)`, `left`."""

    restore_wanted = Signal(object)
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._now = ""
        self._versions: tuple[Article, ...] = ()
        self.pick = Pick(look)
        self.pick.setAccessibleName(self.tr("Version"))
        self.restore = Button(look, self.tr("Write this again"), "swap", size="compact")
        self.close_it = Button(look, self.tr("Close"), "close", kind="ghost", size="compact")
        self.said = Label("meta", "", wraps=True)
        self.text = DifferenceText(look, self.tr("Differences"))
        row = QHBoxLayout()
        row.setSpacing(look.px(6))
        row.addWidget(self.pick, 1)
        row.addWidget(self.restore)
        row.addWidget(self.close_it)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(4))
        column.addLayout(row)
        column.addWidget(self.said)
        column.addWidget(self.text, 1)
        self.pick.currentIndexChanged.connect(lambda _: self._show())
        self.restore.clicked.connect(lambda: self.restore_wanted.emit(self.chosen))
        self.close_it.clicked.connect(self.left)

    @property
    def chosen(self) -> Article | None:
        at = self.pick.currentIndex()
        return self._versions[at] if 0 <= at < len(self._versions) else None

    def show_versions(self, versions: Sequence[tuple[str, Article]], now: str) -> None:
        """Each in words; `now` is the text that they are compared with."""
        self._now, self._versions = now, tuple(version for _, version in versions)
        with QSignalBlocker(self.pick):
            self.pick.clear()
            for words, _ in versions:
                self.pick.addItem(words)
        self._show()
        self.show()
        self.pick.setFocus()

    def _show(self) -> None:
        version = self.chosen
        self.restore.setEnabled(version is not None)
        if version is None:
            self.said.say(self.tr("No version was published yet."))
            self.text.clear()
            return
        gone, come = self.text.show_difference(f"{version.title}\n\n{version.body}", self._now)
        if gone or come:
            words = self.tr("From this version to the text now: − {gone} lines, + {come} lines.")
            self.said.say(words.format(gone=gone, come=come))
        else:
            self.said.say(self.tr("The text now is the same."))
