"""Which of several words counts: policy before the person, the person before what is recommended and built in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from agent_desktop.policy.schema import Key, Schema, load
from agent_desktop.policy.written import Layer, Rank, Refused, Source, refused


@dataclass(frozen=True, slots=True)
class Standing:
    """A key's value now, and who says so."""

    key: Key
    value: Any
    source: Source


@dataclass(frozen=True, slots=True)
class Policy:
    """`above` counts before what the person chose, `below` after it; the first of each counts first."""

    schema: Schema
    above: Sequence[Layer] = ()
    below: Sequence[Layer] = ()

    @classmethod
    def nothing(cls) -> "Policy":
        """Nobody has decided anything."""
        return cls(load())

    def said(self, name: str) -> Any:
        """What holds of a key whatever the person chose, and whatever a server says."""
        return _first(self.schema.keys[name], (*self.above, *self.below)).value

    def with_server(self, told: Layer) -> "Policy":
        """With what the server sets this workstation up with."""
        return replace(self, above=(*self.above, told))

    @property
    def refused(self) -> tuple[Refused, ...]:
        """What is written and does not count."""
        return refused((*self.above, *self.below))

    def standing(self, own: Layer) -> Mapping[str, Standing]:
        """By key, with what the person chose."""
        layers = (*self.above, own, *self.below)
        return {name: _first(key, layers) for name, key in self.schema.keys.items()}


def _first(key: Key, layers: Sequence[Layer]) -> Standing:
    for one in layers:
        if key.name in one.values:
            return Standing(key, one.values[key.name], one.source)
    return Standing(key, key.default, Source(Rank.BUILT_IN))
