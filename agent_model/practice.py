"""Tasks that are done in the practice: what can be done there, and whether what was done is what was asked for.

What somebody does there is written down as steps, `act` or `act:value`, in the order they were done. Both sides read
them alike; the server judges.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from agent_model.ticket import Priority, TicketType

MOST_STEPS: Final = 200
LONGEST_STEP: Final = 200


class Check(StrEnum):
    """FIND_ARTICLE: search and open the right one. FILE_TICKET: a practice ticket, as its fields should be.
    HANDLE_CALL: a practice call, handled in the right order."""

    FIND_ARTICLE = "find_article"
    FILE_TICKET = "file_ticket"
    HANDLE_CALL = "handle_call"


class Act(StrEnum):
    """What is done in the practice. Those of a ticket say its fields, and `filed` that it was filed so."""

    SEARCHED = "searched"
    OPENED = "opened"
    TYPE = "type"
    CATEGORY = "category"
    PRIORITY = "priority"
    FILED = "filed"
    ANSWERED = "answered"
    HELD = "held"
    RESUMED = "resumed"
    MUTED = "muted"
    UNMUTED = "unmuted"
    TRANSFERRED = "transferred"
    ENDED = "ended"


WITH_VALUE: Final = frozenset({Act.SEARCHED, Act.OPENED, Act.TYPE, Act.CATEGORY, Act.PRIORITY, Act.TRANSFERRED})


def step(act: Act, value: str = "") -> str:
    return f"{act.value}:{value}"[:LONGEST_STEP] if act in WITH_VALUE else act.value


def opened(text: str) -> str:
    """The article that was opened in this step; empty for any other."""
    return _value(text) if _act(text) is Act.OPENED else ""


def _was_found(asked: Sequence[str], done: Sequence[str]) -> bool:
    """The article that was opened last is the right one, and was looked for with these words, where some are asked."""
    opened = [one for one in done if _act(one) is Act.OPENED]
    if not opened or opened[-1] not in asked:
        return False
    searches = [_value(one).casefold() for one in done if _act(one) is Act.SEARCHED]
    words = [_value(one).casefold() for one in asked if _act(one) is Act.SEARCHED]
    return bool(searches) and all(any(word in search for search in searches) for word in words)


def _was_filed(asked: Sequence[str], done: Sequence[str]) -> bool:
    """The ticket that was filed last had every field that is asked for."""
    filings = [position for position, one in enumerate(done) if one == Act.FILED]
    if not filings:
        return False
    before = filings[-2] + 1 if len(filings) > 1 else 0
    fields = {_act(one): one for one in done[before : filings[-1]]}
    return all(fields.get(_act(one)) == one for one in asked if one != Act.FILED)


def _was_handled(asked: Sequence[str], done: Sequence[str]) -> bool:
    """Every step that is asked for, in this order; others may be between."""
    left = iter(done)
    return all(one in left for one in asked)


def _can_be_found(asked: Sequence[str]) -> bool:
    return any(_act(one) is Act.OPENED for one in asked)


def _can_be_filed(asked: Sequence[str]) -> bool:
    """Each field once, with a value that there is."""
    acts = [_act(one) for one in asked]
    known = {step(Act.TYPE, one.value) for one in TicketType} | {step(Act.PRIORITY, one.value) for one in Priority}
    are_known = all(one in known for one in asked if _act(one) in (Act.TYPE, Act.PRIORITY))
    return are_known and len(set(acts)) == len(acts)


def _can_be_handled(asked: Sequence[str]) -> bool:
    """Nothing is done after the end of a call, and it is answered but once."""
    acts = [_act(one) for one in asked]
    return not OVER & set(acts[:-1]) and Act.ANSWERED not in acts[1:]


OVER: Final = frozenset({Act.TRANSFERRED, Act.ENDED})


@dataclass(frozen=True, slots=True)
class _Practice:
    acts: frozenset[Act]
    is_done: Callable[[Sequence[str], Sequence[str]], bool]
    can_be: Callable[[Sequence[str]], bool]


_CHECKS: Final[Mapping[Check, _Practice]] = {
    Check.FIND_ARTICLE: _Practice(frozenset({Act.SEARCHED, Act.OPENED}), _was_found, _can_be_found),
    Check.FILE_TICKET: _Practice(
        frozenset({Act.TYPE, Act.CATEGORY, Act.PRIORITY, Act.FILED}), _was_filed, _can_be_filed
    ),
    Check.HANDLE_CALL: _Practice(
        frozenset({Act.ANSWERED, Act.HELD, Act.RESUMED, Act.MUTED, Act.UNMUTED, Act.TRANSFERRED, Act.ENDED}),
        _was_handled,
        _can_be_handled,
    ),
}


def acts_of(check: Check) -> frozenset[Act]:
    """What can be done in the practice of a task."""
    return _CHECKS[check].acts


def is_step(check: Check, text: str) -> bool:
    """Whether it is a step that this practice knows, with the value that belongs to it."""
    act = _act(text)
    if act is None or act not in acts_of(check) or len(text) > LONGEST_STEP:
        return False
    return bool(_value(text).strip()) if act in WITH_VALUE else text == act


def can_be_done(check: Check, asked: Sequence[str]) -> bool:
    """Whether somebody can do what is asked for, as far as steps alone tell."""
    return all(is_step(check, one) for one in asked) and _CHECKS[check].can_be(asked)


def named_in(steps: Sequence[str], act: Act) -> tuple[str, ...]:
    """What the steps of an act name."""
    return tuple(dict.fromkeys(_value(one) for one in steps if _act(one) is act))


def is_done(check: Check, asked: Sequence[str], done: Sequence[str]) -> bool:
    """Whether what was done is what was asked for. Steps that this practice does not know count for nothing."""
    return _CHECKS[check].is_done(asked, [one for one in done if is_step(check, one)])


def _act(text: str) -> Act | None:
    try:
        return Act(text.partition(":")[0])
    except ValueError:
        return None


def _value(text: str) -> str:
    return text.partition(":")[2]
