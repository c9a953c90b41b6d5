"""Where policy lies on this machine. No variable of the environment says otherwise: whoever works here could set it."""

import sys
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from agent_desktop.policy.ownership import ROOT
from agent_desktop.policy.schema import Schema, load
from agent_desktop.policy.standing import Policy
from agent_desktop.policy.written import (
    POLICIES,
    RECOMMENDED,
    Hive,
    Layer,
    Rank,
    Registry,
    of_file,
    of_folder,
    of_registry,
)


@dataclass(frozen=True, slots=True)
class Places:
    """`folder` holds `policies/managed`, `policies/recommended` and the installer's `provision.json`. `registry` is
    None where there is none. What lies there must be of `owners`."""

    folder: Path
    registry: Registry | None = None
    owners: Collection[int] = (ROOT,)

    @classmethod
    def of_this_machine(cls) -> "Places":
        if sys.platform == "win32":
            from agent_desktop.policy.windows import WindowsRegistry, program_data

            return cls(program_data() / "Agent Desktop", WindowsRegistry())
        return cls(Path("/etc/agent-desktop"))

    def read(self, schema: Schema | None = None) -> Policy:
        """What stands there now."""
        known = schema or load()
        return Policy(
            known,
            (
                *self._registered(Hive.MACHINE, POLICIES, Rank.MACHINE, known),
                *of_folder(self.folder / "policies" / "managed", Rank.MACHINE, known, self.owners),
                *self._registered(Hive.USER, POLICIES, Rank.USER, known),
            ),
            (
                *self._registered(Hive.MACHINE, RECOMMENDED, Rank.RECOMMENDED, known),
                *of_folder(self.folder / "policies" / "recommended", Rank.RECOMMENDED, known, self.owners),
                *self._registered(Hive.USER, RECOMMENDED, Rank.RECOMMENDED, known),
                *self._seed(known),
            ),
        )

    def _registered(self, hive: Hive, key: str, rank: Rank, schema: Schema) -> tuple[Layer, ...]:
        return () if self.registry is None else (of_registry(self.registry, hive, key, rank, schema),)

    def _seed(self, schema: Schema) -> tuple[Layer, ...]:
        path = self.folder / "provision.json"
        try:
            is_there = path.exists()
        except OSError:  # nobody may look into its folder, which is said of the file
            is_there = True
        return (of_file(path, Rank.SEED, schema, self.owners),) if is_there else ()
