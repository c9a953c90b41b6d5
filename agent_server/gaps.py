"""What the knowledge base lacks, worked out of the records of searches: questions with counts, nobody's name."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

import orjson
from sqlalchemy import ColumnElement, Select, Subquery, and_, bindparam, func, or_, select, type_coerce
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import String

from agent_model.body import to_body
from agent_model.gap import Gap, GapAnswer, GapKind
from agent_model.moment import from_text, to_text
from agent_server.database import Database
from agent_server.tables import gap_decision, search_record

MOST_FORMS: Final = 3000
"""Looked at of each kind, the commonest first: those behind them were asked once."""
MOST_GAPS: Final = 100
"""Told of each kind."""
MOST_ALIKE: Final = 300
"""Looked at closely of each kind: of those asked equally often, who comes first is told by how many asked."""
MOST_VARIANTS: Final = 5
LEAST_SOUND: Final = 8
"""Letters of pinyin by which two questions are the same."""
LEAST_LETTERS: Final = 6
"""Of a question in Latin letters, before one wrong letter is taken for a typing error."""
LEAST_SEARCHES: Final[Mapping[GapKind, int]] = {
    GapKind.NOTHING_FOUND: 1,
    GapKind.NOT_HELPFUL: 2,
    GapKind.ANSWERED_APART: 2,
}
AGAIN: Final = 2
"""Searches after a decision that bring a question back."""
MANY: Final = 20_000
STANDS: Final = timedelta(minutes=1)
"""So long stands a list of MANY searches, whatever came meanwhile: it takes seconds to count."""

_RECORD: Final = search_record.c
_LEFT: Final = and_(_RECORD.is_typed, _RECORD.hits > 0, _RECORD.opened.is_(None), _RECORD.inserted.is_(None))
_IS: Final[Mapping[GapKind, ColumnElement[bool]]] = {
    GapKind.NOTHING_FOUND: and_(_RECORD.is_typed, _RECORD.hits == 0),
    GapKind.NOT_HELPFUL: or_(_LEFT, _RECORD.unhelpful.is_not(None)),
    GapKind.ANSWERED_APART: _RECORD.inserted.is_not(None),
}
_ANSWER: Final[Mapping[GapKind, ColumnElement[Any]]] = {
    GapKind.NOTHING_FOUND: _RECORD.inserted,
    GapKind.NOT_HELPFUL: _RECORD.unhelpful,
    GapKind.ANSWERED_APART: _RECORD.inserted,
}


@dataclass(frozen=True, slots=True)
class _Form:
    """A way to ask, with how often it was asked so. Of the people who did and of the articles they gave, the first and
    the last: where these differ there are two."""

    form: str
    count: int
    sound: str
    people: frozenset[str]
    answers: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Group:
    """Forms that mean one question, led by the commonest; `asked` are those that were asked since it was decided last,
    `until` then."""

    forms: tuple[str, ...]
    asked: Sequence[_Form]
    until: str = ""

    @property
    def lead(self) -> str:
        return self.forms[0]

    @property
    def searches(self) -> int:
        return sum(one.count for one in self.asked)

    def is_open(self, kind: GapKind) -> bool:
        if self.searches < max(LEAST_SEARCHES[kind], AGAIN if self.until else 0):
            return False
        return kind is not GapKind.ANSWERED_APART or self._is_apart()

    def _is_apart(self) -> bool:
        """Two people gave different articles; one who gave both knows what belongs together."""
        people = {one for form in self.asked for one in form.people}
        return len(people) > 1 and len({one for form in self.asked for one in form.answers}) > 1


@dataclass(slots=True)
class _Count:
    """What is told of a question besides how often it was asked."""

    agents: int = 0
    last: str = ""
    queues: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    questions: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By form and writing."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A list as it was worked out, of so many searches and decisions."""

    searches: int
    decisions: int
    at: datetime
    gaps: Sequence[Gap]

    def stands(self, now: datetime) -> bool:
        return self.searches >= MANY and now - self.at < STANDS


class Gaps:
    """Counted by the database when it is asked for: no line of a search comes here. A list stands until something was
    added; one counts for all who ask at once."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._known: dict[int, _Known] = {}
        self._one_at_a_time = asyncio.Lock()

    async def open(self, days: int) -> dict[str, Any]:
        """The open questions of these days as they cross the wire (`GapList`), the commonest first."""
        async with self._one_at_a_time:
            known = self._known.get(days)
            if known is None or not known.stands(self._now()):
                known = self._known[days] = await self._worked_out(days, known)
        gaps = [to_body(gap) for gap in known.gaps]
        return {"at": to_text(known.at), "days": days, "searches": known.searches, "gaps": gaps}

    async def _worked_out(self, days: int, known: _Known | None) -> _Known:
        now = self._now()
        since = to_text(now - timedelta(days=days))
        async with self._database.reading() as connection:
            searches = int(await connection.scalar(select(func.count()).where(_RECORD.at >= since)) or 0)
            decisions = int(await connection.scalar(select(func.count(gap_decision.c.id))) or 0)
            if known is not None and (known.searches, known.decisions) == (searches, decisions):
                return replace(known, at=now)
            decided = await _decisions(connection)
            gaps = [gap for kind in GapKind for gap in await _of_kind(connection, kind, since, decided)]
        return _Known(searches, decisions, now, gaps)


async def _decisions(connection: AsyncConnection) -> dict[tuple[str, str], str]:
    """When each question was decided last."""
    table = gap_decision.c
    newest = select(table.kind, table.form, func.max(table.at)).group_by(table.kind, table.form)
    return {(kind, form): at for kind, form, at in await connection.execute(newest)}


async def _of_kind(
    connection: AsyncConnection, kind: GapKind, since: str, decided: Mapping[tuple[str, str], str]
) -> Sequence[Gap]:
    commonest = _by_form(kind, since).order_by(func.count().desc(), _RECORD.form).limit(MOST_FORMS)
    groups = [
        _Group(tuple(one.form for one in forms), forms, max(decided.get((kind, one.form), "") for one in forms))
        for forms in await asyncio.to_thread(_together, await _forms(connection, commonest))
    ]
    if marked := [group for group in groups if group.until]:
        asked = _asked(connection, marked)
        later = _by_form(kind, since).join(asked, asked.c.form == _RECORD.form).where(_RECORD.at > asked.c.until)
        anew = {one.form: one for one in await _forms(connection, later)}
        groups = [_since_decided(group, anew) for group in groups]
    told = sorted((one for one in groups if one.is_open(kind)), key=lambda one: (-one.searches, one.forms))
    if len(told) > MOST_GAPS:
        least = told[MOST_GAPS - 1].searches
        told = [one for one in told if one.searches >= least][:MOST_ALIKE]
    counts = await _counted(connection, kind, since, told)
    gaps = [_gap(kind, group, counts[group.lead]) for group in told]
    return sorted(gaps, key=lambda gap: (-gap.searches, -gap.agents, gap.forms))[:MOST_GAPS]


def _by_form(kind: GapKind, since: str) -> Select[Any]:
    who, answer = _RECORD.who, _ANSWER[kind]
    ends = func.min(who), func.max(who), func.min(answer), func.max(answer)
    columns = _RECORD.form, func.count(), func.max(_RECORD.sound), *ends
    return select(*columns).where(_RECORD.at >= since, _RECORD.form != "", _IS[kind]).group_by(_RECORD.form)


async def _forms(connection: AsyncConnection, query: Select[Any]) -> list[_Form]:
    return [
        _Form(form, int(count), sound, frozenset((first, last)), frozenset((one, other)) - {None})
        for form, count, sound, first, last, one, other in await connection.execute(query)
    ]


def _since_decided(group: _Group, anew: Mapping[str, _Form]) -> _Group:
    if not group.until:
        return group
    return replace(group, asked=[anew[form] for form in group.forms if form in anew])


def _together(forms: Sequence[_Form]) -> list[list[_Form]]:
    """Groups of forms that mean one question, led by the commonest: they sound the same, or differ by one letter."""
    groups: list[list[_Form]] = []
    by_sound: dict[str, list[_Form]] = {}
    by_letters: dict[str, list[_Form]] = {}
    for one in forms:
        sounds = [one.sound] if len(one.sound) >= LEAST_SOUND else []
        letters = [*_with_one_less(one.form)] if len(one.form) >= LEAST_LETTERS and one.form.isascii() else []
        group = next((by_sound[sound] for sound in sounds if sound in by_sound), None)
        group = group or next((by_letters[part] for part in letters if part in by_letters), None)
        if group is None:
            group = []
            groups.append(group)
        group.append(one)
        for key, of in ((sounds, by_sound), (letters, by_letters)):
            for each in key:
                of.setdefault(each, group)
    return groups


def _with_one_less(form: str) -> Iterable[str]:
    """Two texts that differ by one letter have one of these in common."""
    yield form
    if not any(sign.isdecimal() for sign in form):  # 5g and 4g are no typing errors
        yield from {form[:at] + form[at + 1 :] for at in range(len(form))}


def _asked(connection: AsyncConnection, groups: Iterable[_Group]) -> Subquery:
    """The forms of some groups as a table (form, lead, until) of one parameter however many they are."""
    lines = [(form, group.lead, group.until) for group in groups for form in group.forms]
    if connection.dialect.name == "sqlite":
        value = func.json_each(bindparam(None, orjson.dumps(lines).decode())).table_valued("value").c.value
        columns = (func.json_extract(value, f"$[{n}]").label(name) for n, name in enumerate(("form", "lead", "until")))
        return select(*columns).subquery()
    arrays = (type_coerce(bindparam(None, [line[n] for line in lines]), ARRAY(String)) for n in range(3))
    return select(func.unnest(*arrays).table_valued("form", "lead", "until").render_derived()).subquery()


async def _counted(
    connection: AsyncConnection, kind: GapKind, since: str, groups: Sequence[_Group]
) -> dict[str, _Count]:
    """By the leading form: what was asked after the question was decided last."""
    counts: dict[str, _Count] = defaultdict(_Count)
    asked = _asked(connection, groups)
    lead, is_it = asked.c.lead, and_(_RECORD.at >= since, _RECORD.at > asked.c.until, _IS[kind])
    start = asked.join(search_record, _RECORD.form == asked.c.form)

    async def rows(*columns: ColumnElement[Any], of: Sequence[ColumnElement[Any]] = ()) -> Iterable[Any]:
        query = select(lead, *columns, *(of or (func.count(),))).select_from(start).where(is_it)
        return await connection.execute(query.group_by(lead, *columns))

    for form, agents, last in await rows(of=(func.count(_RECORD.who.distinct()), func.max(_RECORD.at))):
        counts[form].agents, counts[form].last = int(agents), last
    for form, queue, language, times in await rows(_RECORD.queue, _RECORD.language):
        _add(counts[form].queues, queue, times)
        _add(counts[form].languages, language, times)
    for form, written, question, times in await rows(_RECORD.form, _RECORD.question):
        counts[form].questions[written, question] += int(times)
    if kind is not GapKind.NOTHING_FOUND:
        for form, answer, times in await rows(_ANSWER[kind]):
            _add(counts[form].answers, answer, times)
    return counts


def _add(counter: Counter[str], key: str | None, times: int) -> None:
    if key:
        counter[key] += int(times)


def _gap(kind: GapKind, group: _Group, count: _Count) -> Gap:
    place = {form: n for n, form in enumerate(group.forms)}
    told = sorted(count.questions.items(), key=lambda one: (place[one[0][0]], -one[1], len(one[0][1]), one[0]))
    questions = [question for (_, question), _ in told[: MOST_VARIANTS + 1]]
    return Gap(
        kind=kind,
        forms=group.forms,
        question=questions[0],
        searches=group.searches,
        agents=count.agents,
        last=from_text(count.last),
        variants=tuple(questions[1:]),
        queues=dict(count.queues),
        languages=dict(count.languages),
        answers=tuple(GapAnswer(article, times) for article, times in count.answers.most_common(MOST_VARIANTS)),
        is_again=bool(group.until),
    )
