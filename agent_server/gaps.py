"""What the knowledge base lacks, worked out of the records of searches: questions with counts, nobody's name."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.body import to_body
from agent_model.gap import Gap, GapAnswer, GapKind
from agent_model.moment import from_text, to_text
from agent_server.database import Database
from agent_server.rows import is_among
from agent_server.tables import gap_decision, search_record

MOST_FORMS: Final = 3000
"""Looked at of each kind, the commonest first: those behind them were asked once."""
MOST_GAPS: Final = 100
"""Told of each kind."""
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

_RECORD: Final = search_record.c
_LEFT: Final = and_(_RECORD.is_typed, _RECORD.hits > 0, _RECORD.opened.is_(None), _RECORD.inserted.is_(None))
_IS: Final[Mapping[GapKind, ColumnElement[bool]]] = {
    GapKind.NOTHING_FOUND: and_(_RECORD.is_typed, _RECORD.hits == 0),
    GapKind.NOT_HELPFUL: or_(_LEFT, _RECORD.unhelpful.is_not(None)),
    GapKind.ANSWERED_APART: _RECORD.inserted.is_not(None),
}
_ANSWER: Final[Mapping[GapKind, Any]] = {
    GapKind.NOTHING_FOUND: None,
    GapKind.NOT_HELPFUL: _RECORD.unhelpful,
    GapKind.ANSWERED_APART: _RECORD.inserted,
}


@dataclass(frozen=True, slots=True)
class _Form:
    """A way to ask, with how often it was asked so."""

    form: str
    count: int
    question: str
    sound: str


@dataclass(slots=True)
class _Count:
    """What is added up of one question."""

    searches: int = 0
    agents: set[str] = field(default_factory=set)
    last: str = ""
    queues: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    questions: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By form and writing."""
    by_answer: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


class Gaps:
    """Nothing of it is kept: it is worked out when it is asked for, in two passes over the time that is asked about."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    async def open(self, days: int) -> dict[str, Any]:
        """The open questions of these days as they cross the wire (`GapList`), the commonest first."""
        now = self._now()
        since = to_text(now - timedelta(days=days))
        async with self._database.reading() as connection:
            total = await connection.scalar(select(func.count()).where(_RECORD.at >= since))
            decided = await _decisions(connection)
            gaps = [gap for kind in GapKind for gap in await _of_kind(connection, kind, since, decided)]
        return {"at": to_text(now), "days": days, "searches": int(total or 0), "gaps": [to_body(gap) for gap in gaps]}


async def _decisions(connection: AsyncConnection) -> dict[tuple[str, str], str]:
    """When each question was decided last."""
    table = gap_decision.c
    newest = select(table.kind, table.form, func.max(table.at)).group_by(table.kind, table.form)
    return {(kind, form): at for kind, form, at in await connection.execute(newest)}


async def _of_kind(
    connection: AsyncConnection, kind: GapKind, since: str, decided: Mapping[tuple[str, str], str]
) -> Sequence[Gap]:
    groups = _together([*await _forms(connection, kind, since)])
    leads = {one.form: group[0].form for group in groups for one in group}
    until: dict[str, str] = {}
    for form, lead in leads.items():
        until[lead] = max(until.get(lead, ""), decided.get((kind, form), ""))
    counts = await _counted(connection, kind, since, leads, until)
    found = [
        _gap(kind, group, count, is_again=bool(until[group[0].form]))
        for group in groups
        if (count := counts.get(group[0].form)) is not None and _is_open(kind, count, until[group[0].form])
    ]
    return sorted(found, key=lambda gap: (-gap.searches, -gap.agents, gap.forms))[:MOST_GAPS]


async def _forms(connection: AsyncConnection, kind: GapKind, since: str) -> Iterator[_Form]:
    count = func.count()
    query = (
        select(_RECORD.form, count, func.max(_RECORD.question), func.max(_RECORD.sound))
        .where(_RECORD.at >= since, _RECORD.form != "", _IS[kind])
        .group_by(_RECORD.form)
        .order_by(count.desc(), _RECORD.form)
        .limit(MOST_FORMS)
    )
    return (_Form(*row) for row in (await connection.execute(query)).all())


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


async def _counted(
    connection: AsyncConnection, kind: GapKind, since: str, leads: Mapping[str, str], until: Mapping[str, str]
) -> dict[str, _Count]:
    """By the leading form: what was asked after the question was decided last."""
    marked = [form for form, lead in leads.items() if until[lead]]
    counts: dict[str, _Count] = defaultdict(_Count)
    answer = _ANSWER[kind]
    columns = (
        _RECORD.form,
        _RECORD.who,
        _RECORD.queue,
        _RECORD.language,
        _RECORD.question,
        _RECORD.form if answer is None else answer,
    )
    is_it = and_(_RECORD.at >= since, is_among(connection, _RECORD.form, leads), _IS[kind])
    whole = select(*columns, func.count(), func.max(_RECORD.at)).where(is_it).group_by(*columns)
    if marked:
        whole = whole.where(~is_among(connection, _RECORD.form, marked))
    for row in await connection.execute(whole):
        _add(counts[leads[row[0]]], row, has_answers=answer is not None)
    if marked:
        each = select(*columns, _RECORD.at).where(is_it, is_among(connection, _RECORD.form, marked))
        for row in await connection.execute(each):
            if row[6] > until[leads[row[0]]]:
                _add(counts[leads[row[0]]], (*row[:6], 1, row[6]), has_answers=answer is not None)
    return counts


def _add(count: _Count, row: Sequence[Any], *, has_answers: bool) -> None:
    form, who, queue, language, question, answer, times, last = row
    count.searches += int(times)
    count.agents.add(who)
    count.last = max(count.last, last)
    count.questions[form, question] += int(times)
    if queue:
        count.queues[queue] += int(times)
    if language:
        count.languages[language] += int(times)
    if has_answers and answer is not None:
        count.answers[answer] += int(times)
        count.by_answer[answer].add(who)


def _is_open(kind: GapKind, count: _Count, decided: str) -> bool:
    if count.searches < max(LEAST_SEARCHES[kind], AGAIN if decided else 0):
        return False
    return kind is not GapKind.ANSWERED_APART or _is_apart(count.by_answer)


def _is_apart(by_answer: Mapping[str, Collection[str]]) -> bool:
    """Two people gave different articles; one who gave both knows what belongs together."""
    return len(by_answer) > 1 and len(set().union(*by_answer.values())) > 1


def _gap(kind: GapKind, group: Sequence[_Form], count: _Count, *, is_again: bool) -> Gap:
    place = {one.form: n for n, one in enumerate(group)}
    told = sorted(count.questions.items(), key=lambda one: (place[one[0][0]], -one[1], len(one[0][1]), one[0]))
    questions = [question for (_, question), _ in told[: MOST_VARIANTS + 1]]
    return Gap(
        kind=kind,
        forms=tuple(one.form for one in group),
        question=questions[0],
        searches=count.searches,
        agents=len(count.agents),
        last=from_text(count.last),
        variants=tuple(questions[1:]),
        queues=dict(count.queues),
        languages=dict(count.languages),
        answers=tuple(GapAnswer(article, times) for article, times in count.answers.most_common(MOST_VARIANTS)),
        is_again=is_again,
    )
