"""Whom a call can be brought to: people, queues, favourites and who was called last; found by any part of a name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from agent_desktop.softphone.events import Lamp

SHOWN = 6


class TargetKind(StrEnum):
    FAVOURITE = "favourite"
    PERSON = "person"
    QUEUE = "queue"
    RECENT = "recent"


@dataclass(frozen=True, slots=True)
class Target:
    """`number` is what is dialled, `shown` how it may be shown; `aliases` are other names of the same, such as the one
    in the other language."""

    number: str
    name: str
    kind: TargetKind
    detail: str = ""
    shown: str = ""
    aliases: tuple[str, ...] = ()
    lamp: Lamp = Lamp.UNKNOWN

    @property
    def title(self) -> str:
        """`Zhou Min (1003)`; the number alone where there is no name."""
        shown = self.shown or self.number
        return f"{self.name} ({shown})" if self.name and self.name != shown else shown


_FIRST = (TargetKind.FAVOURITE, TargetKind.RECENT, TargetKind.PERSON, TargetKind.QUEUE)


def matching(targets: Sequence[Target], typed: str) -> tuple[Target, ...]:
    """The best few for what was typed, beginnings before middles. With nothing typed favourites and the last called
    come first. Each number once."""
    text = typed.strip().casefold()
    if not text:
        found: Iterable[Target] = sorted(targets, key=lambda one: _FIRST.index(one.kind))
    else:
        ranked = [(rank, n, one) for n, one in enumerate(targets) if (rank := _rank(one, text)) is not None]
        found = (one for _, _, one in sorted(ranked, key=lambda each: each[:2]))
    by_number: dict[str, Target] = {}
    for one in found:
        by_number.setdefault(one.number, one)
    return tuple(by_number.values())[:SHOWN]


def _rank(target: Target, text: str) -> int | None:
    names = [name.casefold() for name in (target.name, *target.aliases)]
    number = target.number.casefold()
    if number == text:
        return 0
    if any(name.startswith(text) for name in names):
        return 1
    if number.startswith(text):
        return 2
    if any(text in name or text in name.replace(" ", "") for name in names):
        return 3
    return None
