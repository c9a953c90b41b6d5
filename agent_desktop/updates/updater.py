"""Keeps a workstation up to date by itself where IT wants that: looks, fetches, puts aside.

It never starts anything: whoever works here does, now or with the next start of the program.
"""

import logging
import secrets
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from agent_desktop.errors import DeskError, FolderNotWritable, UpdateUnfit
from agent_desktop.route import Route
from agent_desktop.updates import bundle
from agent_desktop.updates.hours import is_quiet
from agent_desktop.updates.release import Release, this_platform
from agent_desktop.updates.repository import Repository
from agent_desktop.updates.versions import FETCHED, Choice, Versions, is_newer

log = logging.getLogger(__name__)

FIRST_S: Final = 90.0
"""After the program came up: nothing that an agent waits for."""
EVERY_S: Final = 4 * 3600.0
SPREAD_PCT: Final = 25
"""So much later, at most: two thousand workstations do not ask at once."""
AGAIN_S: Final = 900.0
"""After what went wrong, and twice as long each time."""
QUIET_S: Final = 300.0
KILOBYTE: Final = 1024


class Channel(StrEnum):
    MANAGED = "managed"
    STABLE = "stable"


class Stage(StrEnum):
    """BY_IT: IT brings the program up to date. The next four: `stable` cannot be here, for no address is named, nobody
    is named whose releases are believed, the program is a checkout, or was installed for the whole computer."""

    BY_IT = "by_it"
    NO_ADDRESS = "no_address"
    NO_ROOT = "no_root"
    NOT_PACKAGED = "not_packaged"
    NOT_OURS = "not_ours"
    LOOKING = "looking"
    CURRENT = "current"
    FETCHING = "fetching"
    READY = "ready"


NEVER: Final = frozenset({Stage.BY_IT, Stage.NO_ADDRESS, Stage.NO_ROOT, Stage.NOT_PACKAGED, Stage.NOT_OURS})
"""Where nothing is looked for."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What IT has decided. A version is taken `delay_days` after its release, `rate_kb_s` fast; 0: as it comes."""

    channel: Channel = Channel.MANAGED
    url: str = ""
    quiet_hours: str = ""
    delay_days: int = 0
    rate_kb_s: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """`newer` is fetched or ready; `trouble` is why the last look failed, until one does not."""

    running: str
    stage: Stage
    newer: str = ""
    fetched_pct: int = 0
    trouble: DeskError | None = None


class Updates:
    """`run` has a thread of its own, everything else is for any. `versions` is None in a checkout. `device` decides
    whether this workstation is among the first. `clock` gives aware UTC, `here` the local time."""

    def __init__(
        self,
        running: str,
        wanted: Wanted,
        versions: Versions | None,
        route: Route,
        device: Callable[[], str],
        clock: Callable[[], datetime],
        here: Callable[[], datetime] = datetime.now,
        first_s: float = FIRST_S,
    ) -> None:
        self._wanted = wanted
        self._versions = versions
        self._route = route
        self._device = device
        self._clock = clock
        self._here = here
        self._first_s = first_s
        self._platform = this_platform()
        self._moved = threading.Condition()
        self._is_held = False
        self._is_over = False
        self._failures = 0
        self._told: Callable[[Standing], None] = _nobody
        self.standing = Standing(running, self._possible())

    @property
    def is_quiet(self) -> bool:
        """Whether IT wants nobody disturbed now."""
        return is_quiet(self._wanted.quiet_hours, self._here())

    def run(self, told: Callable[[Standing], None]) -> None:
        """Until `stop`; `told` hears whatever changes."""
        self._told = told
        wait_s = self._first_s
        while self.standing.stage not in NEVER and self._wait(wait_s):
            wait_s = self.look()

    def look(self) -> float:
        """One look, and what is to be fetched; the seconds until the next."""
        if self.is_quiet:
            return QUIET_S
        try:
            self._bring_in()
        except DeskError as trouble:
            log.info("updates: %s", trouble)
            self._failures += 1
            self._show(replace(self.standing, trouble=trouble))
            return min(AGAIN_S * 2.0 ** (self._failures - 1), EVERY_S)
        self._failures = 0
        if self.standing.stage is Stage.FETCHING:
            return QUIET_S
        return EVERY_S * (1 + secrets.randbelow(SPREAD_PCT) / 100)

    def gave_up(self) -> str:
        """The version that did not come up, told once; empty: none. Raises DiskFull, FolderNotWritable."""
        return "" if self._versions is None else self._versions.gave_up()

    def hold(self, *, is_held: bool) -> None:
        """Nothing is looked for or fetched while somebody telephones."""
        with self._moved:
            self._is_held = is_held
            self._moved.notify_all()

    def stop(self) -> None:
        with self._moved:
            self._is_over = True
            self._moved.notify_all()

    # ---- in its thread ------------------------------------------------------------------------------------

    def _possible(self) -> Stage:
        versions = self._versions
        if self._wanted.channel is Channel.MANAGED:
            return Stage.BY_IT
        if versions is None:
            return Stage.NOT_PACKAGED
        if not self._wanted.url:
            return Stage.NO_ADDRESS
        if not versions.may_be_added_to():
            return Stage.NOT_OURS
        return Stage.LOOKING if versions.root.is_file() else Stage.NO_ROOT

    def _bring_in(self) -> None:
        versions, running = self._versions, self.standing.running
        if versions is None:
            return
        choice = versions.choice()
        with closing(self._repository(versions)) as repository:
            release = self._next(repository.releases(), choice)
            newest = "" if release is None else release.version
            if choice.version != newest and choice.version and is_newer(choice.version, running):
                versions.stay(running)  # it was paused or withdrawn, or a better one came
            versions.tidy({running, newest})
            if release is None:
                self._show(Standing(running, Stage.CURRENT))
            elif self._is_chosen(versions, newest) or self._fetch(versions, repository, release):
                self._show(Standing(running, Stage.READY, newest))

    def _is_chosen(self, versions: Versions, version: str) -> bool:
        return versions.choice().version == version and versions.has(version)

    def _repository(self, versions: Versions) -> Repository:
        try:
            root = versions.root.read_bytes()
        except OSError as error:
            raise FolderNotWritable(versions.root, str(error)) from error
        return Repository(self._wanted.url, versions.folder / "metadata", root, self._route, self._platform)

    def _next(self, releases: Sequence[Release], choice: Choice) -> Release | None:
        """The newest that is for this workstation."""
        running, now, delay_days = self.standing.running, self._clock(), self._wanted.delay_days
        for one in releases:
            is_better = is_newer(one.version, running) and one.version not in choice.failed
            if is_better and one.is_for(self._device()) and one.is_due(now, delay_days):
                return one
        return None

    def _fetch(self, versions: Versions, repository: Repository, release: Release) -> bool:
        """And chooses it. False: somebody telephones, quiet hours begin, or the program ends; what came stays for the
        next time."""
        if versions.has(release.version) or self._unpacked(versions, repository, release):
            self._choose(versions, release.version)
            return True
        return False

    def _unpacked(self, versions: Versions, repository: Repository, release: Release) -> bool:
        part = versions.folder / FETCHED / release.name
        came = part.stat().st_size if part.exists() else 0

        def goes_on(count: int) -> bool:
            nonlocal came
            came += count
            self._show_fetched(release, came)
            return self._may_go_on(count) and not self.is_quiet

        bundle.require_room(versions.program.parent, release.size)
        self._show_fetched(release, came)
        if not repository.take(release, part, goes_on):
            return False
        bundle.unpack(part, versions.folder / release.version, self._wanted.url)
        part.unlink()
        return True

    def _choose(self, versions: Versions, version: str) -> None:
        try:
            bundle.prove(versions.executable(version), version)
        except UpdateUnfit:
            versions.give_up(version)
            raise
        versions.choose(version, self.standing.running)

    def _show_fetched(self, release: Release, came: int) -> None:
        pct = min(100 * came // release.size, 100)
        self._show(Standing(self.standing.running, Stage.FETCHING, release.version, pct))

    def _show(self, standing: Standing) -> None:
        if standing != self.standing:
            self.standing = standing
            self._told(standing)

    def _may_go_on(self, count: int) -> bool:
        """As fast as IT allows, and not beside a call."""
        rate = self._wanted.rate_kb_s
        with self._moved:
            if rate:
                self._moved.wait_for(lambda: self._is_over or self._is_held, count / (rate * KILOBYTE))
            return not (self._is_over or self._is_held)

    def _wait(self, seconds: float) -> bool:
        """False: the program ends."""
        with self._moved:
            self._moved.wait_for(lambda: self._is_over, seconds)
            self._moved.wait_for(lambda: self._is_over or not self._is_held)
            return not self._is_over


def _nobody(_: Standing) -> None:
    """Hears of it yet."""
