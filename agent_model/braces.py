"""Texts with names in braces (`since {same_issue_since}`): which they name, and the text with words in their places."""

import re
from collections.abc import Mapping
from typing import Final

_PLACE: Final = re.compile(r"\{([^{}]*)\}")


def named(text: str) -> tuple[str, ...]:
    """What stands in braces, in order, each as often as it is named."""
    return tuple(_PLACE.findall(text))


def has_stray(text: str) -> bool:
    """Whether a brace opens or closes nothing."""
    return any(brace in _PLACE.sub("", text) for brace in "{}")


def fill(text: str, said: Mapping[str, str]) -> str:
    """The text with words for what stands in braces; what nothing is said of stays as it is."""
    return _PLACE.sub(lambda place: said.get(place[1], place[0]), text)
