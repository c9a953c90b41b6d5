"""Moments as both sides write them: aware UTC, milliseconds, text that sorts in time order."""

from datetime import UTC, datetime


def to_text(moment: datetime) -> str:
    """`2026-11-21T10:41:03.120Z`. Raises ValueError for a naive moment: it would mean another time elsewhere."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    return f"{moment.isoformat(timespec='milliseconds')[:23]}Z"


def from_text(text: str) -> datetime:
    """The moment that `to_text` wrote (any ISO 8601 text with a zone is read). Raises ValueError."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"no time zone in {text!r}")
    return moment.astimezone(UTC)
