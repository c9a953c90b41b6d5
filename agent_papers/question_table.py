"""A table of questions (XLSX, CSV) to questions with their keys: each row whole, or refused with all that is wrong."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeVar

from agent_model.article_draft import readable
from agent_model.plain_line import plain_line
from agent_model.practice import Check
from agent_model.question import (
    WITH_OPTIONS,
    Bank,
    Option,
    PlayedCall,
    Question,
    QuestionId,
    QuestionKey,
    QuestionKind,
    QuestionState,
    key_faults,
    question_faults,
)
from agent_papers.headed_table import read_table
from agent_papers.question_columns import BANKS, COLUMNS, KINDS, LETTERS, NEEDED, STATES, TASKS, TRUTH, Called
from agent_papers.tables.sheet import Row

MOST_ROWS: Final = 5_000
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_OPTION_HEADING: Final = re.compile(r"(?:选项|备选|option|answer)?\s*([a-j])", re.IGNORECASE)
_LETTER_BEFORE: Final = re.compile(r"([A-J])\s*[.、．:：)）]\s*", re.IGNORECASE)
_LETTERS_ONLY: Final = re.compile(r"[A-J](?:[\s,，、;；>→-]*[A-J])*", re.IGNORECASE)
_HANZI: Final = re.compile(r"[\u4e00-\u9fff]")
_LANGUAGES: Final = {
    **dict.fromkeys(("zh-cn", "zh", "中文", "chinese"), "zh-CN"),
    **dict.fromkeys(("en", "英文", "english"), "en"),
}
T = TypeVar("T")


class RowWrong(StrEnum):
    """What is wrong with a row beside what is wrong with its question (`QuestionWrong`)."""

    UNREADABLE = "unreadable"
    """A quotation mark without a partner, bytes of another encoding, a formula without a result, merged cells."""
    NO_CHOICE = "no_choice"
    NO_NUMBER = "no_number"
    NO_ID = "no_id"
    TWICE = "twice"
    """`value` is the row that says it already."""
    NO_SOURCE = "no_source"
    """No article is called so, or several are."""
    NO_CALL = "no_call"
    """A call that has to be chosen where it can be heard."""
    BUSY = "busy"
    """Somebody is writing this question."""


@dataclass(frozen=True, slots=True)
class RowFault:
    """`wrong` is a RowWrong or a QuestionWrong; `value` what stands there."""

    field: str
    wrong: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """`number` counts as a spreadsheet does. The question has no author yet, and no id unless the row gives one;
    `articles` are what it was written from, as the row calls them: `kb:ID`, an id, a title."""

    number: int
    question: Question
    key: QuestionKey
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RefusedRow:
    number: int
    text: str
    faults: tuple[RowFault, ...]


@dataclass(frozen=True, slots=True)
class QuestionTable:
    """`told` are the fields that have a column, `passed_over` headings that nobody knows."""

    rows: tuple[QuestionRow, ...] = ()
    refused: tuple[RefusedRow, ...] = ()
    told: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()


def gather(path: Path) -> QuestionTable:
    """Raises BadPaper, and OSError."""
    return read_table(path, _columns, MOST_ROWS, _gathered)


@dataclass(slots=True)
class _Columns:
    """Where which field stands."""

    places: dict[str, int] = field(default_factory=dict)
    options: list[int] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)

    @property
    def known(self) -> int:
        return len(self.places) + len(self.options)

    @property
    def are_enough(self) -> bool:
        return self.places.keys() >= set(NEEDED)


def _columns(row: Row) -> _Columns:
    found = _Columns()
    letters: list[tuple[str, int]] = []
    for place, cell in enumerate(row.cells):
        heading = " ".join(str(cell or "").split())
        name = _HEADINGS.get(heading.casefold().rstrip("*"))
        if name is not None and name not in found.places:
            found.places[name] = place
        elif (letter := _OPTION_HEADING.fullmatch(heading)) is not None:
            letters.append((letter[1].upper(), place))
        elif heading:
            found.passed_over.append(heading[:60])
    found.options = [place for _, place in sorted(letters)]
    return found


def _gathered(rows: Iterator[Row], columns: _Columns) -> QuestionTable:
    taken: list[QuestionRow] = []
    refused: list[RefusedRow] = []
    seen: dict[str, int] = {}
    for row in rows:
        made = _Reading(row, columns)
        read = made.question()
        for name in (f"id {read.question.id}" if read.question.id else "", f"text {read.question.text}"):
            if name and (first := seen.setdefault(name, row.number)) != row.number:
                made.wrong(name.partition(" ")[0], RowWrong.TWICE, str(first))
        if made.faults:
            refused.append(RefusedRow(row.number, read.question.text[:200], tuple(made.faults)))
        else:
            taken.append(read)
    return QuestionTable(tuple(taken), tuple(refused), tuple(columns.places), tuple(columns.passed_over))


class _Reading:
    """One row; what is wrong with it gathers in `faults`."""

    def __init__(self, row: Row, columns: _Columns) -> None:
        self._row, self._columns = row, columns
        self.faults: list[RowFault] = []
        for one in row.faults:
            self.wrong(one.column, RowWrong.UNREADABLE, one.code)

    def wrong(self, name: str, wrong: str, value: str = "") -> None:
        if all(fault.field != name for fault in self.faults):
            self.faults.append(RowFault(name, wrong, value[:80]))

    def question(self) -> QuestionRow:
        kind = self._choice("kind", _KIND_WORDS, None) or QuestionKind.SINGLE
        text = readable(self._cell("text")).strip()
        options = self._options() if kind in WITH_OPTIONS else ()
        id_ = QuestionId(self._id())
        question = Question(
            id=id_,
            kind=kind,
            bank=self._choice("bank", _BANK_WORDS, Bank.WRITTEN) or Bank.WRITTEN,
            text=text,
            topic=plain_line(self._cell("topic")),
            author="",
            options=options,
            call=self._call() if kind is QuestionKind.SCENARIO else None,
            task=self._choice("task", _TASK_WORDS, None) if kind is QuestionKind.TASK else None,
            language=self._language(text),
            state=self._choice("state", _STATE_WORDS, QuestionState.ACTIVE) or QuestionState.ACTIVE,
        )
        key = QuestionKey(
            id_,
            self._right(question),
            points=self._number("points", 1),
            explanation=readable(self._cell("explanation")).strip(),
            least=self._number("least", 0) if kind is QuestionKind.SHORT_TEXT else 0,
        )
        for fault in (*question_faults(question), *key_faults(question, key)):
            self.wrong(fault.field, fault.wrong.value)
        return QuestionRow(self._row.number, question, key, tuple(_parts(self._cell("sources"))))

    def _cell(self, name: str) -> str:
        place = self._columns.places.get(name)
        return "" if place is None else self._at(place)

    def _at(self, place: int) -> str:
        cells = self._row.cells
        cell = cells[place] if place < len(cells) else None
        if cell is None:
            return ""
        return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)

    def _choice(self, name: str, words: Mapping[str, T], otherwise: T | None) -> T | None:
        said = self._cell(name).strip()
        if not said and otherwise is not None:
            return otherwise
        found = words.get(said.casefold())
        if found is None and (said or name == "kind"):
            self.wrong(name, RowWrong.NO_CHOICE if said else "missing", said)
        return found

    def _number(self, name: str, otherwise: int) -> int:
        said = self._cell(name).strip()
        if not said:
            return otherwise
        if said.isascii() and said.isdigit() and len(said) < 6:
            return int(said)
        self.wrong(name, RowWrong.NO_NUMBER, said)
        return otherwise

    def _id(self) -> str:
        said = self._cell("id").strip()
        if said and _ID.fullmatch(said) is None:
            self.wrong("id", RowWrong.NO_ID, said)
            return ""
        return said

    def _language(self, text: str) -> str:
        said = self._cell("language").strip()
        if not said:
            return "zh-CN" if _HANZI.search(text) else "en"
        found = _LANGUAGES.get(said.casefold())
        if found is None:
            self.wrong("language", RowWrong.NO_CHOICE, said)
        return found or said[:16]

    def _call(self) -> PlayedCall | None:
        said = plain_line(self._cell("call"))
        return PlayedCall(said[:100]) if said else None

    def _options(self) -> tuple[Option, ...]:
        """Of their columns, the empty ones at the end left out; else a line each of the one cell."""
        listed = _parts(self._cell("options"))
        found = [_LETTER_BEFORE.match(one) for one in listed]
        if all(one is not None and one[1].upper() == LETTERS[n % len(LETTERS)] for n, one in enumerate(found)):
            listed = [one[found[n].end() :] for n, one in enumerate(listed)]  # type: ignore[union-attr]
        texts = [*listed, *(self._at(place) for place in self._columns.options)]
        plain = [plain_line(one) for one in texts]
        while plain and not plain[-1]:
            plain.pop()
        return tuple(Option(LETTERS[n].lower() if n < len(LETTERS) else str(n), one) for n, one in enumerate(plain))

    def _right(self, question: Question) -> tuple[str, ...]:
        said = self._cell("right")
        match question.kind:
            case QuestionKind.TRUE_FALSE:
                return self._truth(said.strip())
            case QuestionKind.SHORT_TEXT | QuestionKind.TASK:
                return tuple(map(plain_line, _parts(said)))
            case QuestionKind.ORDER if not said.strip():
                return tuple(one.key for one in question.options)
            case _:
                return self._named(said.strip(), question)

    def _truth(self, said: str) -> tuple[str, ...]:
        places = self._columns.options  # some banks have options of these too: A right, B wrong
        if len(said) == 1 and (n := "AB".find(said.upper())) >= 0 and n < len(places) and self._at(places[n]).strip():
            said = self._at(places[n]).strip()
        found = _TRUTH_WORDS.get(said.casefold())
        if found is None and said:
            self.wrong("right", RowWrong.NO_CHOICE, said)
        return () if found is None else (found,)

    def _named(self, said: str, question: Question) -> tuple[str, ...]:
        """By letters, or by the words of the options."""
        kind, options = question.kind, question.options
        by_letter = {LETTERS[n]: one.key for n, one in enumerate(options[: len(LETTERS)])}
        if _LETTERS_ONLY.fullmatch(said):
            named = [one for one in said.upper() if one in LETTERS]
        else:
            by_text = {one.text: LETTERS[n] for n, one in enumerate(options[: len(LETTERS)])}
            named = [by_text.get(plain_line(one), one) for one in _parts(said)]
        if unknown := next((one for one in named if one not in by_letter), None):
            self.wrong("right", "not_an_option", unknown)
        in_order = named if kind is QuestionKind.ORDER else sorted(named)
        return tuple(by_letter[one] for one in in_order if one in by_letter)


def _parts(cell: str) -> list[str]:
    """Several in one cell: a line each, else between semicolons."""
    parts = cell.splitlines() if "\n" in cell.replace("\r", "\n") else re.split("[;；]", cell)
    return [part.strip() for part in parts if part.strip()]


def _words(named: Mapping[T, Called]) -> dict[str, T]:
    """What each may be called, to what it is."""
    return {
        word.casefold(): what
        for what, called in named.items()
        for word in (called.zh, called.en, *called.others, str(what))
    }


_HEADINGS: Final[Mapping[str, str]] = _words(COLUMNS)
_KIND_WORDS: Final[Mapping[str, QuestionKind]] = _words(KINDS)
_BANK_WORDS: Final[Mapping[str, Bank]] = _words(BANKS)
_STATE_WORDS: Final[Mapping[str, QuestionState]] = _words(STATES)
_TASK_WORDS: Final[Mapping[str, Check]] = _words(TASKS)
_TRUTH_WORDS: Final[Mapping[str, str]] = _words(TRUTH)
