"""The organisation's repository of releases, by The Update Framework: the only module that knows python-tuf.

What is not signed by whom `update-root.json` names, is older than what was shown before, out of date, or not the file
that was signed, is refused, whoever stands between (https://theupdateframework.github.io/specification).
"""

import errno
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from agent_desktop.errors import (
    DiskFull,
    FolderNotWritable,
    ServerUnreachable,
    UpdateFault,
    UpdateRefused,
    UpdatesAbsent,
)
from agent_desktop.route import Route, refused_certificate
from agent_desktop.updates.release import Release, told
from agent_desktop.updates.versions import number

if TYPE_CHECKING:
    import httpx
    from tuf.api.metadata import TargetFile
    from tuf.ngclient import FetcherInterface, Updater

METADATA, TARGETS = "metadata", "targets"
TIMEOUT_S: Final = 30.0
METADATA_S: Final = 60.0
"""For a whole file of it: who hands it out drop by drop keeps nobody waiting."""
LEAST_RATE: Final = 1_000
"""Bytes a second, after so many seconds in which a line may begin slowly:"""
SLOW_S: Final = 300.0
PIECE: Final = 64 * 1024
MOST_RELEASES: Final = 1_000
_KNOWN_KEY: Final = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
_KNOWN_SIGNATURE: Final = (
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
    "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
)
_OK, _PARTIAL, _NOT_THAT_LONG = 200, 206, 416


class Repository:
    """At `url` lie `metadata/` and `targets/`. `folder` keeps what was shown last; `root` is the content of
    `update-root.json`. Made for one look: what it found holds until it is closed."""

    def __init__(self, url: str, folder: Path, root: bytes, route: Route, of: str) -> None:
        self._url = url.rstrip("/")
        self._folder = folder
        self._root = root
        self._of = of
        self._http = _opened(self._url, route)
        self._files: dict[str, TargetFile] = {}

    def close(self) -> None:
        self._http.close()

    def releases(self) -> Sequence[Release]:
        """Those of this platform, the newest first. Raises ServerUnreachable, UpdatesAbsent, UpdateRefused, DiskFull,
        FolderNotWritable."""
        with self._converting():
            updater = self._updater()
            updater.refresh()
            found = [self._release(updater, name) for name in self._names()]
        return sorted((one for one in found if one is not None), key=lambda one: number(one.version), reverse=True)

    def take(self, release: Release, into: Path, goes_on: Callable[[int], bool]) -> bool:
        """Fetches one of `releases` into a file, from where an earlier try ended. `goes_on` hears how many bytes came,
        may wait, and says whether to fetch more. False: no, and the rest is for the next time. Raises as `releases`.
        """
        file = self._files[release.name]
        with self._converting():
            into.parent.mkdir(parents=True, exist_ok=True)
            if not self._fetched(f"{self._url}/{TARGETS}/{release.name}", into, release.size, goes_on):
                return False
            try:
                with into.open("rb") as content:
                    file.verify_length_and_hashes(content)
            except Exception:
                into.unlink()  # of what is wrong nothing is used again
                raise
        return True

    def _names(self) -> Sequence[str]:
        """As signed: `refresh` has just verified and written this file."""
        from tuf.api.metadata import Metadata, Targets

        signed = Metadata[Targets].from_file(str(self._folder / "targets.json")).signed
        return [name for name in list(signed.targets)[:MOST_RELEASES] if "/" not in name and "\\" not in name]

    def _release(self, updater: "Updater", name: str) -> Release | None:
        """None for what is of another platform, or not a release."""
        file = updater.get_targetinfo(name)
        facts = file.custom if file is not None else None
        if file is None or not isinstance(facts, dict) or facts.get("platform") != self._of:
            return None
        try:
            release = told(name, file.length, facts)
        except (ValueError, KeyError, TypeError) as error:
            raise UpdateRefused(self._url, UpdateFault.GARBLED, name) from error
        self._files[name] = file
        return release

    def _fetched(self, url: str, into: Path, size: int, goes_on: Callable[[int], bool]) -> bool:
        have = into.stat().st_size if into.exists() else 0
        if have > size:
            have = 0
        if have == size:
            return True
        headers = {"Range": f"bytes={have}-"} if have else {}
        with self._http.stream("GET", url, headers=headers) as answer:
            if answer.status_code == _NOT_THAT_LONG:
                raise UpdateRefused(self._url, UpdateFault.TAMPERED, url)
            if answer.status_code not in (_OK, _PARTIAL):
                raise UpdatesAbsent(self._url, url, answer.status_code)
            goes_on_there = answer.status_code == _PARTIAL
            began, came = time.monotonic(), 0
            with into.open("ab" if goes_on_there else "wb") as part:
                have = have if goes_on_there else 0
                for piece in answer.iter_raw():
                    have, came = have + len(piece), came + len(piece)
                    if _is_slow(came, time.monotonic() - began):
                        raise ServerUnreachable(self._url, "the file comes too slowly")
                    if have > size:
                        raise UpdateRefused(self._url, UpdateFault.TAMPERED, url)
                    part.write(piece)
                    if not goes_on(len(piece)) and have < size:
                        return False
        if have < size:
            raise ServerUnreachable(self._url, "the line broke")
        return True

    def _updater(self) -> "Updater":
        from tuf.ngclient import Updater, UpdaterConfig

        self._folder.mkdir(parents=True, exist_ok=True)
        config = UpdaterConfig(prefix_targets_with_hash=False)
        return Updater(
            str(self._folder),
            f"{self._url}/{METADATA}/",
            fetcher=_fetcher(self._http),
            config=config,
            bootstrap=self._root,
        )

    @contextmanager
    def _converting(self) -> Iterator[None]:
        import httpx
        from tuf.api import exceptions

        try:
            yield
        except (UpdateRefused, UpdatesAbsent, ServerUnreachable):
            raise
        except exceptions.DownloadHTTPError as error:
            raise UpdatesAbsent(self._url, self._url, error.status_code) from error
        except exceptions.DownloadLengthMismatchError as error:
            raise UpdateRefused(self._url, UpdateFault.TAMPERED, str(error)) from error
        except (exceptions.DownloadError, httpx.HTTPError, httpx.InvalidURL) as error:
            raise self._unreachable(error) from error
        except exceptions.RepositoryError as error:
            raise UpdateRefused(self._url, _fault(error), str(error)) from error
        except OSError as error:
            kind = DiskFull if error.errno == errno.ENOSPC else FolderNotWritable
            raise kind(self._folder, str(error)) from error

    def _unreachable(self, error: Exception) -> ServerUnreachable:
        cause = str(error.__cause__ or error) or type(error).__name__
        return refused_certificate(self._url, error) or ServerUnreachable(self._url, cause, was_sent=False)


def framework() -> str:
    """Its version, once a signature was held against the key that made it (RFC 8032 §7.1, test 1)."""
    import tuf
    from securesystemslib.signer import Signature, SSlibKey
    from tuf import ngclient

    SSlibKey("", "ed25519", "ed25519", {"public": _KNOWN_KEY}).verify_signature(Signature("", _KNOWN_SIGNATURE), b"")
    return f"{ngclient.__name__.partition('.')[0]} {tuf.__version__}"


def _fault(error: Exception) -> UpdateFault:
    from tuf.api import exceptions

    match error:
        case exceptions.ExpiredMetadataError():
            return UpdateFault.EXPIRED
        case exceptions.BadVersionNumberError():
            return UpdateFault.OLDER
        case exceptions.LengthOrHashMismatchError():
            return UpdateFault.TAMPERED
        case exceptions.UnsignedMetadataError():
            return UpdateFault.FORGED
        case _:
            return UpdateFault.GARBLED


def _is_slow(came: int, seconds: float) -> bool:
    return seconds > SLOW_S and came < LEAST_RATE * seconds


def _opened(url: str, route: Route) -> "httpx.Client":
    """Raises AuthoritiesUnreadable, ProxyUnusable."""
    modules: dict[str, Any] = sys.modules
    modules.setdefault("httpx._main", None)  # its command line would cost more to load than all the rest
    import httpx

    proxy = route.proxy_to(url)
    return httpx.Client(
        verify=route.tls(url) or False,
        proxy=None if proxy is None else httpx.Proxy(proxy, ssl_context=route.tls_of_proxy(url, proxy)),
        trust_env=False,
        timeout=TIMEOUT_S,
        headers={"Accept-Encoding": "identity"},
    )


def _fetcher(http: "httpx.Client") -> "FetcherInterface":
    """Metadata comes the way everything comes."""
    import httpx
    from tuf.api.exceptions import DownloadError, DownloadHTTPError
    from tuf.ngclient import FetcherInterface

    class Fetcher(FetcherInterface):
        def _fetch(self, url: str) -> Iterator[bytes]:
            try:
                with http.stream("GET", url) as answer:
                    if answer.status_code != _OK:
                        raise DownloadHTTPError(url, answer.status_code)
                    until = time.monotonic() + METADATA_S
                    for piece in answer.iter_raw():
                        if time.monotonic() > until:
                            raise DownloadError(url) from TimeoutError("it comes too slowly")
                        yield piece
            except httpx.HTTPError as error:
                raise DownloadError(url) from error

    return Fetcher()
