"""The first rows of a workstation: every scope's snapshot into one new cache."""

import contextlib
from collections.abc import Callable, Mapping
from typing import Final

from agent_desktop.errors import AnswerGarbled, ScopeNotYours
from agent_desktop.offline.fresh import TABLES, FreshCache
from agent_desktop.offline.intake import tag_of
from agent_desktop.offline.mirror import Mirror
from agent_desktop.sync.downloads import Downloads
from agent_desktop.sync.snapshot import SnapshotFile
from agent_model.scope import Scope

CHUNK: Final = 1000
BREATH_S: Final = 0.002
"""Pause between chunks, so that the screen's thread gets the interpreter."""


class CutShort(Exception):
    """The program ends: what was filled so far is thrown away."""


def fill(
    mirror: Mirror,
    downloads: Downloads,
    scopes: Mapping[Scope, int],
    epoch: str,
    stopping: Callable[[], bool],
    pause: Callable[[float], None],
    tell: Callable[[int, int], None],
) -> None:
    """All of them or nothing. `tell` gets the rows done and those expected. Raises CutShort, and as Downloads.whole."""
    with mirror.replaced() as fresh:
        for scope in scopes:
            with contextlib.suppress(ScopeNotYours):  # taken away since the greeting
                _fill_one(fresh, downloads, scope, epoch, stopping, pause, tell)
    for scope in scopes:
        downloads.forget(scope)


def _fill_one(
    fresh: FreshCache,
    downloads: Downloads,
    scope: Scope,
    epoch: str,
    stopping: Callable[[], bool],
    pause: Callable[[float], None],
    tell: Callable[[int, int], None],
) -> None:
    manifest, got = downloads.whole(scope, epoch, lambda rows: tell(0, rows))
    done = 0
    with contextlib.closing(SnapshotFile(got)) as snapshot:
        for table in TABLES:
            for rows in snapshot.columns(table, tag_of(scope), CHUNK):
                if stopping():
                    raise CutShort
                fresh.put(scope, table, rows)
                done += len(rows)
                tell(done, manifest.rows)
                pause(BREATH_S)
    if done != manifest.rows:
        raise AnswerGarbled("snapshot", f"{done} rows, not the {manifest.rows} of its manifest")
    fresh.finish(scope, manifest.base_seq, manifest.epoch)
