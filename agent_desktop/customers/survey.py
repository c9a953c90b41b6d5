"""What a caller answered when they were asked how satisfied they are, as the exchange reports it."""

import json
import re

BEST = 5
_SCORE = re.compile(r"(?:(?:score|rating)\s*[=:]\s*)?([1-5])", re.IGNORECASE)


def score_in(content_type: str, text: str) -> int | None:
    """1 to 5; None when this is no answer to a survey. Understood are `5`, `score=5` and `{"score": 5}`."""
    if content_type.partition(";")[0].strip().lower() == "application/json":
        return _score_of(text)
    found = _SCORE.fullmatch(text.strip())
    return int(found[1]) if found else None


def _score_of(text: str) -> int | None:
    try:
        told = json.loads(text)
    except ValueError:
        return None
    score = told.get("score") if isinstance(told, dict) else None
    return score if type(score) is int and 1 <= score <= BEST else None
