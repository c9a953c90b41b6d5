"""Documents as drafts of articles, read in a process of its own; and articles as a folder of documents."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Final

from agent_desktop.errors import DeskError
from agent_desktop.knowledge.writing import ArticleBook, is_same_text
from agent_model.article_draft import ArticleDraft, DraftState, faults, guide_of
from agent_model.row_draft import RowDraft
from agent_papers.paper import Gathered, Paper
from agent_papers.question_table import QuestionTable
from agent_papers.shift_table import ShiftTable
from agent_papers.told import gathered_from, questions_from, shifts_from

MOST_AT_ONCE: Final = 500
"""What a workstation brings in at once; the server's console takes more."""
TIMEOUT_S: Final = 300.0
KINDS: Final = (".md", ".markdown", ".txt", ".html", ".htm", ".docx", ".xlsx")
"""What documents end with."""
_COMMAND: Final = (sys.executable, "-m", "agent_papers")
_NO_WINDOW: Final = getattr(subprocess, "CREATE_NO_WINDOW", 0)
AT_WORK: Final = frozenset({DraftState.DRAFT, DraftState.REVIEW, DraftState.SCHEDULED})


class NotGathered(DeskError):
    """The process that reads documents ended without a word, or took too long."""


class TooManyDocuments(DeskError):
    def __init__(self, count: int) -> None:
        super().__init__(str(count))
        self.count = count


@dataclass(frozen=True, slots=True)
class Brought:
    """`written` drafts; `same` documents say what is there already; `busy` are the places of those whose article
    somebody is writing, `unfit` those with a field that does not do, by its name, `ownerless` those whose owner is not
    here."""

    written: int = 0
    same: int = 0
    busy: tuple[str, ...] = ()
    unfit: tuple[tuple[str, str], ...] = ()
    ownerless: tuple[tuple[str, str], ...] = ()


class DocumentReader:
    """`python -m agent_papers`, one at a time."""

    def __init__(self, command: Sequence[str] = _COMMAND, timeout_s: float = TIMEOUT_S) -> None:
        self._command = command
        self._timeout_s = timeout_s
        self._changing = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._is_stopped = False

    def gather(self, source: Path, language: str) -> Gathered:
        """Takes seconds for hundreds of documents. Raises NotGathered, TooManyDocuments."""
        try:
            gathered = gathered_from(self._told(str(source), "--language", language))
        except (ValueError, KeyError, TypeError) as error:
            raise NotGathered from error
        if len(gathered.papers) > MOST_AT_ONCE:
            raise TooManyDocuments(len(gathered.papers))
        return gathered

    def questions(self, table: Path) -> QuestionTable:
        """Raises NotGathered, and BadPaper for a table that cannot be read as a whole."""
        try:
            return questions_from(self._told(str(table), "--questions"))
        except (ValueError, KeyError, TypeError) as error:
            raise NotGathered from error

    def shifts(self, table: Path) -> ShiftTable:
        """As `questions`."""
        try:
            return shifts_from(self._told(str(table), "--shifts"))
        except (ValueError, KeyError, TypeError) as error:
            raise NotGathered from error

    def stop(self) -> None:
        """From another thread, at the end of the day; nothing is read afterwards."""
        with self._changing:
            self._is_stopped = True
            if self._process is not None and self._process.poll() is None:
                self._process.kill()

    def _told(self, *arguments: str) -> bytes:
        with self._changing:
            if self._is_stopped:
                raise NotGathered
            process = subprocess.Popen(
                [*self._command, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                creationflags=_NO_WINDOW,
            )
            self._process = process
        with process:
            try:
                told, _ = process.communicate(timeout=self._timeout_s)
            except subprocess.TimeoutExpired as error:
                process.kill()
                raise NotGathered from error
        if process.returncode != 0:
            raise NotGathered
        return told


class Bringing:
    """`together` makes one transaction of what is written in it."""

    def __init__(
        self,
        book: ArticleBook,
        together: Callable[[], AbstractContextManager[None]],
        knows: Callable[[str, str], bool],
        owner: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._book = book
        self._together = together
        self._knows = knows
        self._owner = owner
        self._clock = clock

    def bring_in(self, papers: Sequence[Paper]) -> Brought:
        """As drafts: new articles all at once, or none when the disk does not take them, then new texts of those that
        there are. Raises as ArticleBook."""
        fresh: list[RowDraft[ArticleDraft]] = []
        taken_up: list[RowDraft[ArticleDraft]] = []
        same, busy, unfit = 0, [], []
        ownerless: list[tuple[str, str]] = []
        ids: set[str] = set()
        for paper in papers:
            if paper.id in ids:  # two documents of one id: the second would write over the first
                busy.append(paper.place)
                continue
            ids.add(paper.id)
            sheet = self._book.sheet(paper.id)
            before = sheet.shown
            start = before or self._begun(paper)
            row = replace(_told(start, paper), state=DraftState.DRAFT)
            if before is not None and is_same_text(row, before):
                same += 1
            elif before is not None and (sheet.typed is not None or before.state in AT_WORK):
                busy.append(paper.place)
            elif wrong := self._unfit(row):
                unfit.append((paper.place, wrong))
            else:
                if before is None and paper.owner not in (None, start.owner):
                    ownerless.append((paper.place, paper.owner or ""))
                (fresh if sheet.live is None else taken_up).append(RowDraft(row, sheet.now))
        with self._together():
            for draft in fresh:
                self._book.keep_as_draft(draft)
        for draft in taken_up:  # each is two commands, which are one already
            self._book.keep_as_draft(draft)
        return Brought(len(fresh) + len(taken_up), same, tuple(busy), tuple(unfit), tuple(ownerless))

    def _begun(self, paper: Paper) -> ArticleDraft:
        """An article that is not here yet: its owner and the day to read it again are those that the document tells."""
        is_here = paper.owner is not None and self._knows("agent", paper.owner)
        days = paper.review_days(self._clock().date())
        return replace(self._book.fresh(), id=paper.id, owner=paper.owner if is_here else self._owner, review_days=days)

    def _unfit(self, row: ArticleDraft) -> str:
        found = [fault.field for fault in faults(row)]
        named = (("product", row.product), ("queue", row.queue))
        found += [entity for entity, id_ in named if id_ and not self._knows(entity, id_)]
        return found[0] if found else ""


def _told(draft: ArticleDraft, paper: Paper) -> ArticleDraft:
    """What the document tells; the rest stays."""
    told = replace(
        draft,
        title=paper.title,
        body=paper.body,
        category=paper.category,
        product=paper.product,
        queue=paper.queue,
        language=paper.language,
        keywords=paper.keywords,
        tiers=paper.tiers,
        regions=paper.regions,
        kind=paper.kind,
        valid_from=paper.valid_from or draft.valid_from,
        valid_to=paper.valid_to or draft.valid_to,
    )
    return replace(told, guide=guide_of(told))
