"""Whether an answer is right, and what a paper comes to."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from agent_model import practice
from agent_model.question import QuestionKind

_POINT: Final = re.compile(r"(?<=\d)\.(?=\d)")


def is_right(
    kind: QuestionKind, right: Sequence[str], least: int, answer: Sequence[str], task: practice.Check | None = None
) -> bool:
    """`right` and `least` as a key has them, in the same names of options as the answer."""
    if not answer:
        return False
    match kind:
        case QuestionKind.ORDER:
            return list(answer) == list(right)
        case QuestionKind.SHORT_TEXT:
            said = plain(" ".join(answer))
            there = sum(any(plain(word) in said for word in keyword.split("|")) for keyword in right)
            return there >= (least or len(right))
        case QuestionKind.TASK:
            return task is not None and practice.is_done(task, right, answer)
        case _:
            return len(set(answer)) == len(answer) and set(answer) == set(right)


def plain(text: str) -> str:
    """Without what makes no difference: width, case, blanks and signs, but for the point within a number."""
    folded = _POINT.sub("\uff0e", unicodedata.normalize("NFKC", text).casefold())
    return "".join(sign for sign in folded if sign == "\uff0e" or unicodedata.category(sign)[0] in "LN")


def score(got: int, of: int) -> int:
    """Whole hundredths, rounded down so that nobody passes by rounding; of nothing it is 100."""
    return 100 if of <= 0 else got * 100 // of
