"""Compressed snapshots on their way here, in memory only."""

from collections.abc import Callable

from agent_desktop.errors import AnswerGarbled
from agent_desktop.sync.client import ServerClient
from agent_desktop.sync.reading import Manifest
from agent_model.scope import Scope


class Downloads:
    """What a cut leaves behind is kept, and the next try goes on from there."""

    def __init__(self, client: ServerClient) -> None:
        self._client = client
        self._begun: dict[Scope, tuple[str, bytearray]] = {}

    def whole(self, scope: Scope, epoch: str, expected: Callable[[int], None]) -> tuple[Manifest, bytearray]:
        """The newest snapshot of the scope; `expected` is told its rows, again and again. Kept until `forget`.

        Raises what the client raises, and AnswerGarbled for a snapshot that is not of this `epoch`.
        """
        manifest = self._client.manifest(scope)
        if manifest.epoch != epoch:  # kept, it would be thrown away at the next hello, and fetched again, for ever
            raise AnswerGarbled("snapshot", "of another life of the server than its greeting")
        sha256, got = self._begun.get(scope, (manifest.sha256, bytearray()))
        if sha256 != manifest.sha256:
            got = bytearray()
        self._begun[scope] = (manifest.sha256, got)
        self._client.snapshot(manifest, got, lambda _size: expected(manifest.rows))
        return manifest, got

    def forget(self, scope: Scope) -> None:
        self._begun.pop(scope, None)
