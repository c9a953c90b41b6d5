"""What the numbers of tickets look like."""

from typing import Final

FIRST_NUMBER: Final = 204718


def number_text(number: int) -> str:
    return f"TK-{number}"
