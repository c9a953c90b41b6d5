"""Commands as older workstations write them, made into those of today: an outbox may have waited through an update."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from agent_model.command import COMMAND_SCHEMA
from agent_server.refusals import RequestRefused

Plain = dict[str, Any]

BEHIND: Final = 2
"""How many versions of commands before today's are read."""


@dataclass(frozen=True, slots=True)
class Upcasters:
    """`steps[n]` makes a command of version n into one of n + 1; there is one for each version that is read."""

    current: int
    steps: Mapping[int, Callable[[Plain], Plain]]

    @property
    def oldest(self) -> int:
        return max(1, self.current - BEHIND)

    def raised(self, plain: Plain) -> Plain:
        """The command in today's version. Raises RequestRefused: client_too_old, client_too_new; ValueError."""
        schema = plain.get("schema", 1)
        if type(schema) is not int or schema < 0:
            raise ValueError("no version of commands")
        spoken = {"schema": self.current, "oldest_schema": self.oldest}
        if schema < self.oldest:
            raise RequestRefused(426, "client_too_old", **spoken)
        if schema > self.current:
            raise RequestRefused(426, "client_too_new", **spoken)
        for version in range(schema, self.current):
            plain = self.steps[version](plain)
        return {**plain, "schema": self.current}


UPCASTERS: Final = Upcasters(COMMAND_SCHEMA, {})
