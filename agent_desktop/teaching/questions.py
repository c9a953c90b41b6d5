"""The bank of questions in the hands of who writes it: each with its key, kept as it is typed, sent as two rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from agent_desktop.offline.view import View
from agent_desktop.offline.whole_rows import WholeRows
from agent_model.agent import Role
from agent_model.announcement import AnnouncementState
from agent_model.body import from_body, to_body
from agent_model.question import (
    WITH_OPTIONS,
    Bank,
    Option,
    Question,
    QuestionId,
    QuestionKey,
    QuestionKind,
    QuestionState,
    Source,
    SourceKind,
    key_faults,
    question_faults,
)
from agent_model.row_draft import NotWhole, RowDraft

TEACHERS: Final = frozenset({Role.EDITOR, Role.TEAM_LEAD, Role.DUTY_MANAGER})
"""Who may change questions; the server says the same."""
DRAFTS: Final = "written_question"
RIGHT: Final = "*"
KEYS: Final = "abcdefghijklmnopqrstuvwxyz"
MOST_FOUND: Final = 6
FIRST: Final = (QuestionState.STALE, QuestionState.ACTIVE, QuestionState.RETIRED)


@dataclass(frozen=True, slots=True)
class Written:
    """A question and what is right."""

    question: Question
    key: QuestionKey

    @property
    def id(self) -> str:
        return self.question.id

    @property
    def version(self) -> int:
        return self.question.version


class QuestionBook:
    """Every method that writes raises DiskFull, OutboxDamaged or StoreBusy."""

    def __init__(self, view: View, me: str, clock: Callable[[], datetime], new_id: Callable[[], str]) -> None:
        self._view, self._me, self._clock, self._new_id = view, me, clock, new_id
        self._questions = WholeRows(view, clock, "question", Question, question_faults)
        self._keys: WholeRows[QuestionKey] = WholeRows(view, clock, "question_key", QuestionKey, lambda _: ())

    def all(self) -> tuple[Written, ...]:
        """The stale ones first, then by topic; those whose key is not here without one."""
        keys = {key.id: key for key in self._keys.of_the_company()}
        found = [Written(one, keys.get(one.id, QuestionKey(one.id, ()))) for one in self._questions.of_the_company()]
        return tuple(
            sorted(found, key=lambda one: (FIRST.index(one.question.state), one.question.topic, one.question.text))
        )

    def drafts(self) -> tuple[RowDraft[Written], ...]:
        found = (self._draft(one.key, one.body) for one in self._view.outbox.drafts(DRAFTS))
        return tuple(one for one in found if one is not None)

    def fresh(self) -> Written:
        id_ = QuestionId(self._new_id())
        question = Question(id_, QuestionKind.SINGLE, Bank.WRITTEN, "", "", self._me)
        return Written(question, QuestionKey(id_, ()))

    def keep(self, draft: RowDraft[Written]) -> None:
        seen = None if draft.seen is None else _plain(draft.seen)
        self._view.outbox.save_draft(draft.row.id, {"row": _plain(draft.row), "seen": seen}, self._clock(), DRAFTS)

    def drop(self, row_id: str) -> None:
        self._view.outbox.drop_draft(row_id, DRAFTS)

    def save(self, draft: RowDraft[Written]) -> None:
        """Whoever saves a question has looked at what it was written from: it is active again, by what is published
        now. Raises NotWhole."""
        self.put([replace(draft, row=Written(self._looked_at(draft.row.question), draft.row.key))])

    def put(self, drafts: Sequence[RowDraft[Written]]) -> None:
        """All of them or none, as they are: a stale question stays stale. Raises NotWhole."""
        for draft in drafts:
            if faults := (*question_faults(draft.row.question), *key_faults(draft.row.question, draft.row.key)):
                raise NotWhole(faults)
        with self._view.outbox.together():
            for row, seen in ((draft.row, draft.seen) for draft in drafts):
                self._questions.save(RowDraft(row.question, None if seen is None else seen.question))
                self._keys.save(RowDraft(row.key, None if seen is None or not seen.key.version else seen.key))
                self.drop(row.id)

    def titles(self, ids: tuple[str, ...]) -> dict[str, str]:
        """What articles and announcements are called, by id; those that are gone are not in it."""
        rows = (self._view.row(kind.value, id_) for id_ in ids for kind in SourceKind)
        return {row.id: _title(row.body) for row in rows if row is not None}

    def text_of(self, source_id: str) -> str:
        """An article or an announcement as it is published now; empty where it is gone."""
        rows = (self._view.row(kind.value, source_id) for kind in SourceKind)
        return next((f"{_title(row.body)}\n\n{row.body['body']}" for row in rows if row is not None), "")

    def announcements(self, words: str) -> tuple[tuple[str, str], ...]:
        """Announcements with these words in the title or the text, as (id, title), the newest first."""
        wanted = words.casefold()
        found = [
            row
            for row in self._view.rows(SourceKind.ANNOUNCEMENT.value)
            if row.body.get("state", AnnouncementState.PUBLISHED) == AnnouncementState.PUBLISHED
            and wanted in f"{_title(row.body)}\n{row.body['body']}".casefold()
        ]
        newest = sorted(found, key=lambda row: row.body.get("published_at") or "", reverse=True)
        return tuple((row.id, _title(row.body)) for row in newest[:MOST_FOUND])

    def _looked_at(self, question: Question) -> Question:
        state = QuestionState.ACTIVE if question.state is QuestionState.STALE else question.state
        return replace(question, state=state, sources=tuple(map(self._as_now, question.sources)))

    def _as_now(self, source: Source) -> Source:
        row = self._view.row(source.kind.value, source.id)
        return source if row is None else replace(source, version=row.version)

    def _draft(self, row_id: str, body: Any) -> RowDraft[Written] | None:
        try:
            seen = body.get("seen")
            return RowDraft(_read(row_id, body["row"]), None if seen is None else _read(row_id, seen))
        except (KeyError, TypeError, ValueError):
            return None


def with_answers(row: Written, text: str) -> Written:
    """The options and what is right, as they are written: one a line, the right ones behind a star; of an order, in the
    right one; keywords and steps of a task are all right."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    kind = row.question.kind
    if kind not in WITH_OPTIONS:
        right = row.key.right if kind is QuestionKind.TRUE_FALSE else tuple(lines)
        return Written(replace(row.question, options=()), replace(row.key, right=right))
    marks = (RIGHT, "＊")
    marked = [(line[line.startswith(marks) :].strip(), line.startswith(marks)) for line in lines]
    keys = _keys_for([words for words, _ in marked], row.question.options)
    is_order = kind is QuestionKind.ORDER
    options = tuple(Option(key, words) for key, (words, _) in zip(keys, marked, strict=True))
    right = tuple(key for key, (_, is_right) in zip(keys, marked, strict=True) if is_right or is_order)
    return Written(replace(row.question, options=options), replace(row.key, right=right))


def _keys_for(texts: Sequence[str], before: Sequence[Option]) -> list[str]:
    """An answer keeps its key wherever it stands, so that what somebody else marks as right meanwhile is still this
    one; where none was added or taken away, also the one that was written anew in its place."""
    by_text = {option.text: option.key for option in before}
    keys = [by_text.pop(text, "") for text in texts]
    if len(texts) == len(before):
        keys = [key or old.key * (old.text in by_text) for key, old in zip(keys, before, strict=True)]
    used = {*keys, *(option.key for option in before)}
    free = (key for key in (*KEYS, *map(str, range(len(texts) + len(before)))) if key not in used)
    return [key or next(free) for key in keys]


def answers_of(row: Written) -> str:
    """The same the other way round."""
    kind, right = row.question.kind, set(row.key.right)
    if kind is QuestionKind.TRUE_FALSE:
        return ""
    if kind not in WITH_OPTIONS:
        return "\n".join(row.key.right)
    if kind is QuestionKind.ORDER:
        named = {option.key: option.text for option in row.question.options}
        ordered = [*row.key.right, *(option.key for option in row.question.options if option.key not in right)]
        return "\n".join(named[one] for one in ordered if one in named)
    return "\n".join(f"{RIGHT} {one.text}" if one.key in right else one.text for one in row.question.options)


def _title(body: Any) -> str:
    title = body["title"]
    return title if isinstance(title, str) else title.get("zh") or title.get("en") or ""


def _plain(row: Written) -> dict[str, Any]:
    return {
        "question": {**to_body(row.question), "version": row.question.version},
        "key": {**to_body(row.key), "version": row.key.version},
    }


def _read(row_id: str, plain: Any) -> Written:
    question, key = plain["question"], plain["key"]
    return Written(
        from_body(Question, row_id, int(question["version"]), question),
        from_body(QuestionKey, row_id, int(key["version"]), key),
    )
