"""Training without input or output: what is right, which practice is done, when a quiz is drawn, what does not do."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from agent_model.course import Course, CourseId, course_faults
from agent_model.marking import is_right, score
from agent_model.practice import Check, is_done, is_step
from agent_model.question import (
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
from agent_model.quiz import Quiz, QuizId, Quota, Weekly, quiz_faults
from agent_model.words import Words
from agent_server.training.drawing import TooFew, draw

SHANGHAI = ZoneInfo("Asia/Shanghai")
OPTIONS = tuple(Option(key, f"文字{key}") for key in "abc")


def question(id_: str = "q", **fields: Any) -> Question:
    made = Question(QuestionId(id_), QuestionKind.SINGLE, Bank.WRITTEN, "问？", "退款", "zhou.min", OPTIONS)
    return replace(made, **fields)


def key(*right: str, **fields: Any) -> QuestionKey:
    return replace(QuestionKey(QuestionId("q"), right or ("b",)), **fields)


def quiz(**fields: Any) -> Quiz:
    return replace(Quiz(QuizId("z"), Words("测验", ""), 3), **fields)


@pytest.mark.parametrize(
    ("kind", "right", "least", "answer", "expected"),
    [
        (QuestionKind.SINGLE, ("b",), 0, ("b",), True),
        (QuestionKind.SINGLE, ("b",), 0, (), False),
        (QuestionKind.SINGLE, ("b",), 0, ("a", "b"), False),
        (QuestionKind.MULTIPLE, ("a", "c"), 0, ("c", "a"), True),
        (QuestionKind.MULTIPLE, ("a", "c"), 0, ("a",), False),
        (QuestionKind.MULTIPLE, ("a", "c"), 0, ("a", "b", "c"), False),
        (QuestionKind.ORDER, ("a", "b", "c"), 0, ("a", "b", "c"), True),
        (QuestionKind.ORDER, ("a", "b", "c"), 0, ("b", "a", "c"), False),
        (QuestionKind.SHORT_TEXT, ("退款|退钱", "3 个工作日"), 0, ("会在３个工作日内退钱。",), True),
        (QuestionKind.SHORT_TEXT, ("refund", "working day"), 0, ("Your REFUND comes in 3 working  days",), True),
        (QuestionKind.SHORT_TEXT, ("退款", "工作日"), 0, ("很快退款",), False),
        (QuestionKind.SHORT_TEXT, ("退款", "工作日"), 1, ("很快退款",), True),
    ],
)
def test_answer_is_right_or_not(
    kind: QuestionKind, right: tuple[str, ...], least: int, answer: tuple[str, ...], expected: bool
) -> None:
    assert is_right(kind, right, least, answer) is expected


@pytest.mark.parametrize(
    ("check", "asked", "done", "expected"),
    [
        (Check.FIND_ARTICLE, ("opened:kb-1",), ("searched:退款", "opened:kb-1"), True),
        (Check.FIND_ARTICLE, ("opened:kb-1",), ("opened:kb-1",), False),
        (Check.FIND_ARTICLE, ("opened:kb-1",), ("searched:退款", "opened:kb-1", "opened:kb-2"), False),
        (Check.FIND_ARTICLE, ("searched:到账", "opened:kb-1"), ("searched:退款", "opened:kb-1"), False),
        (Check.FILE_TICKET, ("type:fault",), ("type:inquiry", "filed", "type:fault", "filed"), True),
        (Check.FILE_TICKET, ("type:fault",), ("type:fault", "filed", "type:inquiry", "filed"), False),
        (Check.FILE_TICKET, ("type:fault",), ("type:fault",), False),
        (Check.HANDLE_CALL, ("answered", "held", "ended"), ("answered", "muted", "held", "ended"), True),
        (Check.HANDLE_CALL, ("answered", "held", "ended"), ("held", "answered", "ended"), False),
        (Check.HANDLE_CALL, ("transferred:vip",), ("answered", "transferred:billing"), False),
    ],
)
def test_practice_is_done_or_not(check: Check, asked: tuple[str, ...], done: tuple[str, ...], expected: bool) -> None:
    assert is_done(check, asked, done) is expected


@pytest.mark.parametrize("step", ["opened:", "opened", "filed", "flew:kb-1", f"opened:{'x' * 300}"])
def test_step_that_a_practice_does_not_know_is_none(step: str) -> None:
    assert not is_step(Check.FIND_ARTICLE, step)


@pytest.mark.parametrize(("got", "of", "expected"), [(4, 5, 80), (2, 3, 66), (0, 0, 100), (0, 4, 0)])
def test_score_is_rounded_down(got: int, of: int, expected: int) -> None:
    assert score(got, of) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-23T01:00:00+00:00", "2026-11-23T01:00:00+00:00"),
        ("2026-11-23T00:59:59+00:00", "2026-11-16T01:00:00+00:00"),
        ("2026-11-29T12:00:00+00:00", "2026-11-23T01:00:00+00:00"),
    ],
)
def test_week_begins_at_its_hour_where_the_site_is(now: str, expected: str) -> None:
    drawn = Weekly(1, "09:00").last_before(datetime.fromisoformat(now), SHANGHAI)
    assert drawn.astimezone(UTC) == datetime.fromisoformat(expected)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text": ""}, "text"),
        ({"topic": "x" * 41}, "topic"),
        ({"options": OPTIONS[:1]}, "options"),
        ({"options": (OPTIONS[0], OPTIONS[0])}, "options"),
        ({"kind": QuestionKind.TRUE_FALSE}, "options"),
        ({"kind": QuestionKind.SCENARIO}, "call"),
        ({"call": PlayedCall("K-1")}, "call"),
        ({"kind": QuestionKind.TASK, "options": ()}, "task"),
    ],
)
def test_question_that_does_not_do_says_where(fields: dict[str, Any], field: str) -> None:
    assert [fault.field for fault in question_faults(question(**fields))] == [field]


@pytest.mark.parametrize(
    ("of", "made", "field"),
    [
        (question(), key("a", "b"), "right"),
        (question(), key("z"), "right"),
        (question(kind=QuestionKind.ORDER), key("a", "b"), "right"),
        (question(), key(points=0), "points"),
        (question(), key(least=1), "least"),
        (question(kind=QuestionKind.TASK, options=(), task=Check.FIND_ARTICLE), key("held"), "right"),
        (question(kind=QuestionKind.SHORT_TEXT, options=()), key("退款|"), "right"),
    ],
)
def test_key_that_does_not_do_says_where(of: Question, made: QuestionKey, field: str) -> None:
    assert [fault.field for fault in key_faults(of, made)] == [field]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"count": 0}, "count"),
        ({"quotas": (Quota("退款", 4),)}, "quotas"),
        ({"quotas": (Quota("退款", 1), Quota("退款", 1))}, "quotas"),
        ({"weekly": Weekly(8, "09:00")}, "weekly"),
        ({"weekly": Weekly(1, "24:00")}, "weekly"),
        ({"title": Words("", " ")}, "title"),
        ({"pass_mark": 101}, "pass_mark"),
    ],
)
def test_quiz_that_cannot_be_kept_says_where(fields: dict[str, Any], field: str) -> None:
    assert [fault.field for fault in quiz_faults(quiz(**fields))] == [field]


def test_course_of_nothing_is_none() -> None:
    assert [fault.field for fault in course_faults(Course(CourseId("c"), Words("课", "")))] == ["articles"]


BANK = [question(f"q-{number}", topic="退款" if number % 2 else "账单") for number in range(12)]
KEYS: dict[str, QuestionKey] = {one.id: replace(key(), id=one.id) for one in BANK}


def test_same_seed_draws_the_same_and_another_does_not() -> None:
    drawn = [draw(quiz(count=6), BANK, KEYS, {}, Random(seed)) for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1]
    assert drawn[0] != drawn[2]


def test_quotas_are_kept_and_what_was_asked_lately_rests() -> None:
    lately = {"q-1": 1, "q-3": 2}
    drawn = draw(quiz(count=6, quotas=(Quota("退款", 4),)), BANK, KEYS, lately, Random(1))
    asked = [one.question for one in drawn.questions]
    assert Counter(int(one[2:]) % 2 for one in asked)[1] >= 4
    assert not set(asked) & lately.keys()
    all_of_them = draw(quiz(count=12), BANK, KEYS, lately, Random(1))
    assert lately.keys() <= {one.question for one in all_of_them.questions}


def test_stale_questions_and_those_without_a_key_are_not_drawn() -> None:
    bank = [question("q-0", state=QuestionState.STALE), question("q-1"), question("q-no-key")]
    with pytest.raises(TooFew) as told:
        draw(quiz(count=2), bank, KEYS, {}, Random(1))
    assert told.value.lacks == 1


def test_options_are_named_by_where_they_stand_and_the_key_follows() -> None:
    drawn = draw(quiz(count=12), BANK, KEYS, {}, Random(3))
    for asked in drawn.questions:
        assert [option.key for option in asked.options] == ["1", "2", "3"]
        [right] = drawn.judged_by[asked.question]["right"]
        assert next(option.text for option in asked.options if option.key == right) == "文字b"


def test_order_is_never_asked_in_the_right_order() -> None:
    ordered = question("q-0", kind=QuestionKind.ORDER, options=OPTIONS[:2])
    keys: dict[str, QuestionKey] = {ordered.id: QuestionKey(ordered.id, ("a", "b"))}
    for seed in range(20):
        [asked] = draw(quiz(count=1), [ordered], keys, {}, Random(seed)).questions
        assert asked.options[0].text == "文字b"
