"""The agent's speed-dial list: numbers of colleagues, queues and others, in the agent's own order."""

from collections.abc import Callable

from agent_desktop.offline.kept import Kept

_NAME = "favourites"


class Favourites:
    """Kept on this workstation for one agent, a number on each line."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def numbers(self) -> tuple[str, ...]:
        """From the first to the last. Raises OutboxDamaged, StoreBusy."""
        return tuple(line for line in self._kept.read(_NAME).splitlines() if line)

    def forget(self, is_theirs: Callable[[str], bool]) -> None:
        """Leaves out the numbers of somebody who was erased. Raises DiskFull, OutboxDamaged, StoreBusy."""
        before = self.numbers()
        kept = tuple(number for number in before if not is_theirs(number))
        if kept != before:
            self.keep(kept)

    def keep(self, numbers: tuple[str, ...]) -> None:
        """Instead of those before. Raises DiskFull, OutboxDamaged, StoreBusy."""
        self._kept.keep(_NAME, "\n".join(numbers))


def with_one_more(numbers: tuple[str, ...], number: str) -> tuple[str, ...]:
    """At the end; one that is there already stays where it is."""
    return numbers if number in numbers else (*numbers, number)


def moved(numbers: tuple[str, ...], number: str, by: int) -> tuple[str, ...]:
    """So many places further down, or up where `by` is negative, as far as there are places."""
    if number not in numbers:
        return numbers
    others = [one for one in numbers if one != number]
    others.insert(min(len(others), max(0, numbers.index(number) + by)), number)
    return tuple(others)
