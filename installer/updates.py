"""The repository of releases in IT's hands: `python -m installer.updates --help` (docs/it/updates.md).

Three keys sign, each in a file of its own, sealed with a passphrase: `root` says who the others are, `releases` what is
released and for how many, `online` that all of it is of today. The first two belong into a safe.
"""

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import (
    Metadata,
    MetaFile,
    Root,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)

from agent_desktop.paths import write_private, write_whole
from agent_desktop.updates.bundle import pack
from agent_desktop.updates.release import ALL_PCT, Release, file_name, this_platform, told
from agent_desktop.updates.versions import ROOT, number
from agent_model.moment import to_text

PASSPHRASE: Final = "AGENT_DESKTOP_UPDATES_PASSPHRASE"  # noqa: S105 - the name of a variable
ROLES: Final = {"root": "root", "targets": "releases", "snapshot": "online", "timestamp": "online"}
"""By role of the framework, whose key signs it."""
KEYS: Final = tuple(dict.fromkeys(ROLES.values()))
LASTS: Final[Mapping[str, timedelta]] = {
    "root": timedelta(days=730),
    "targets": timedelta(days=365),
    "snapshot": timedelta(days=14),
    "timestamp": timedelta(days=14),
}
"""So long workstations believe what was signed: whoever holds back what is newer can do so no longer."""


class RepositoryError(Exception):
    """What cannot be done, as a sentence."""


@dataclass(frozen=True, slots=True)
class KeyFolder:
    """`passphrase` is asked for the first time it is needed; an empty one leaves the files open."""

    folder: Path
    passphrase: Callable[[], bytes]

    def make(self, name: str) -> CryptoSigner:
        """Raises RepositoryError: there is one already."""
        file = self._file(name)
        if file.exists():
            raise RepositoryError(f"{file} is there already: move it away first")
        signer = CryptoSigner.generate_ed25519()
        secret = self.passphrase()
        sealing = BestAvailableEncryption(secret) if secret else NoEncryption()
        private = load_pem_private_key(signer.private_bytes, None)
        write_private(file, private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, sealing).decode())
        return signer

    def signer(self, name: str) -> CryptoSigner:
        """Raises RepositoryError."""
        file = self._file(name)
        try:
            content = file.read_bytes()
        except OSError as error:
            raise RepositoryError(f"The key {file} is needed: {error.strerror}") from error
        try:
            is_sealed = b"ENCRYPTED" in content
            return CryptoSigner(load_pem_private_key(content, self.passphrase() if is_sealed else None))
        except (ValueError, TypeError) as error:
            raise RepositoryError(f"The passphrase does not open {file}") from error

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.pem"


class ReleaseDesk:
    """The repository in `folder`, which a web server hands out as it is."""

    def __init__(self, folder: Path, keys: KeyFolder, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._metadata = folder / "metadata"
        self._files = folder / "targets"
        self._keys = keys
        self._now = now

    def init(self) -> None:
        """Raises RepositoryError: there is a repository already."""
        if (self._metadata / "timestamp.json").exists():
            raise RepositoryError(f"{self._metadata} holds a repository already")
        root = Root(consistent_snapshot=True)
        signers = {name: self._keys.make(name) for name in KEYS}
        for role, name in ROLES.items():
            root.add_key(signers[name].public_key, role)
        self._files.mkdir(parents=True, exist_ok=True)
        self._sign(root, 1, [signers["root"]])
        self._publish(Targets(), 0, signers)

    def add(self, program: Path, version: str, percent: int, of: str) -> Release:
        """Packs the folder of a frozen program. Raises RepositoryError."""
        try:
            number(version)
        except ValueError as error:
            raise RepositoryError(f"{version} is no version: digits and dots") from error
        name = file_name(version, of)
        targets = self._targets()
        if name in targets.targets or (self._files / name).exists():
            raise RepositoryError(f"{version} for {of} was released before: what is new needs a new version")
        if not any((program / executable).is_file() for executable in ("agent-desktop", "agent-desktop.exe")):
            raise RepositoryError(f"{program} is no folder of a frozen program")
        beside = self._files / f"{name}.new"
        pack(program, beside, {ROOT: self._root().to_bytes()})
        beside.replace(self._files / name)
        file = TargetFile.from_file(name, str(self._files / name), ["sha256"])
        file.unrecognized_fields["custom"] = {
            "version": version,
            "platform": of,
            "percent": _percent(percent),
            "is_paused": False,
            "released_at": to_text(self._now()),
        }
        targets.targets[name] = file
        self._publish(targets, targets.version)
        return _release(file)

    def change(self, version: str, **facts: Any) -> None:
        """`percent`, `is_paused` of a release, on every platform. Raises RepositoryError."""
        targets = self._targets()
        for file in self._of(targets, version):
            file.custom.update(facts)
        self._publish(targets, targets.version)

    def withdraw(self, version: str) -> None:
        """Nobody takes it any more; whoever runs it goes on until a newer one. Raises RepositoryError."""
        targets = self._targets()
        for file in self._of(targets, version):
            del targets.targets[file.path]
        self._publish(targets, targets.version)

    def refresh(self) -> None:
        """That all of it still holds, signed by the online key alone. Raises RepositoryError."""
        self._tell_today(self._targets().version, {"online": self._keys.signer("online")})

    def new_key(self, name: str) -> None:
        """Another key takes its place: the old one counts no more. Raises RepositoryError."""
        root, before = self._root(), self._keys.signer("root")
        file = self._keys.folder / f"{name}.pem"
        file.rename(file.with_suffix(f".before-{root.signed.version + 1}.pem"))
        made = self._keys.make(name)
        for role in (role for role, of in ROLES.items() if of == name):
            for old in list(root.signed.roles[role].keyids):
                root.signed.revoke_key(old, role)
            root.signed.add_key(made.public_key, role)
        self._sign(root.signed, root.signed.version + 1, [before, made] if name == "root" else [before])
        targets = self._targets()
        self._publish(targets, targets.version)

    def root(self) -> bytes:
        """What lies beside the program as `update-root.json`."""
        return self._root().to_bytes()

    def releases(self) -> Sequence[tuple[Release, str]]:
        """With its platform; the newest first."""
        found = [(_release(file), file.custom["platform"]) for file in self._targets().targets.values()]
        return sorted(found, key=lambda one: (number(one[0].version), one[1]), reverse=True)

    # ---- metadata -------------------------------------------------------------------------------------------

    def _of(self, targets: Targets, version: str) -> Sequence[TargetFile]:
        found = [file for file in targets.targets.values() if file.custom["version"] == version]
        if not found:
            raise RepositoryError(f"There is no release {version}")
        return found

    def _root(self) -> Metadata[Root]:
        return self._newest("root")

    def _targets(self) -> Targets:
        newest: Metadata[Targets] = self._newest("targets")
        return newest.signed

    def _newest(self, role: str) -> Metadata[Any]:
        versions = sorted(int(path.name.split(".")[0]) for path in self._metadata.glob(f"*.{role}.json"))
        if not versions:
            raise RepositoryError(f"{self._metadata} holds no repository: begin one with init")
        return Metadata.from_file(str(self._metadata / f"{versions[-1]}.{role}.json"))

    def _publish(self, targets: Targets, before: int, signers: Mapping[str, CryptoSigner] | None = None) -> None:
        signers = signers or {name: self._keys.signer(name) for name in ("releases", "online")}
        self._sign(targets, before + 1, [signers["releases"]])
        self._tell_today(before + 1, signers)

    def _tell_today(self, targets: int, signers: Mapping[str, CryptoSigner]) -> None:
        """What workstations ask for first is written last: nobody meets half of it."""
        file = self._metadata / "timestamp.json"
        before = Metadata[Timestamp].from_file(str(file)).signed.version if file.exists() else 0
        self._sign(Snapshot(meta={"targets.json": MetaFile(targets)}), before + 1, [signers["online"]])
        self._sign(Timestamp(snapshot_meta=MetaFile(before + 1)), before + 1, [signers["online"]])

    def _sign(
        self, signed: Root | Targets | Snapshot | Timestamp, version: int, signers: Sequence[CryptoSigner]
    ) -> None:
        signed.version = version
        signed.expires = (self._now() + LASTS[signed.type]).replace(microsecond=0)
        metadata: Metadata[Any] = Metadata(signed)
        for signer in signers:
            metadata.sign(signer, append=True)
        name = "timestamp.json" if signed.type == "timestamp" else f"{version}.{signed.type}.json"
        write_whole(self._metadata / name, metadata.to_bytes())


def _release(file: TargetFile) -> Release:
    return told(file.path, file.length, file.custom)


def _percent(percent: int) -> int:
    if not 0 <= percent <= ALL_PCT:
        raise RepositoryError("percent is 0 to 100")
    return percent


# ---- at the console ---------------------------------------------------------------------------------------


def main(argv: Sequence[str] | None = None) -> int:
    wishes = parser().parse_args(argv)
    desk = ReleaseDesk(wishes.repository, KeyFolder(wishes.keys, _passphrase))
    try:
        _do(desk, wishes)
    except RepositoryError as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def _do(desk: ReleaseDesk, wishes: argparse.Namespace) -> None:
    match wishes.deed:
        case "init":
            desk.init()
        case "add":
            made = desk.add(wishes.program, wishes.version, wishes.percent, wishes.platform)
            print(f"{made.name}: {made.size} bytes, for {made.percent} percent")
        case "percent":
            desk.change(wishes.version, percent=_percent(wishes.percent))
        case "pause":
            desk.change(wishes.version, is_paused=True)
        case "resume":
            desk.change(wishes.version, is_paused=False)
        case "withdraw":
            desk.withdraw(wishes.version)
        case "refresh":
            desk.refresh()
        case "new-key":
            desk.new_key(wishes.name)
        case "root":
            write_whole(wishes.file, desk.root())
        case _:
            for release, of in desk.releases():
                state = "paused" if release.is_paused else f"{release.percent} %"
                print(f"{release.version:<12} {of:<16} {state:<8} {release.size:>12}  {to_text(release.released_at)}")


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m installer.updates", description="Releases for workstations.")
    parser.add_argument("--repository", type=Path, required=True, help="the folder that a web server hands out")
    parser.add_argument("--keys", type=Path, required=True, help="the folder of the keys, never handed out")
    deeds = parser.add_subparsers(dest="deed", required=True)
    deeds.add_parser("init", help="begin a repository, with new keys")
    add = deeds.add_parser("add", help="release a frozen program")
    add.add_argument("program", type=Path, help="its folder (build/package/frozen/agent-desktop)")
    add.add_argument("version")
    add.add_argument("--percent", type=int, default=ALL_PCT, help="of the workstations (default: all)")
    add.add_argument("--platform", default=this_platform(), help="linux-x86_64 or windows-x86_64 (default: this one)")
    percent = deeds.add_parser("percent", help="let more workstations have a release, or fewer")
    percent.add_argument("version")
    percent.add_argument("percent", type=int)
    for deed, does in (
        ("pause", "nobody takes it until it is resumed"),
        ("resume", "as many as before take it again"),
        ("withdraw", "nobody takes it any more"),
    ):
        deeds.add_parser(deed, help=does).add_argument("version")
    deeds.add_parser("list", help="what is released")
    deeds.add_parser("refresh", help="sign with the online key that all of it still holds; to be run every day")
    deeds.add_parser("new-key", help="put a new key in the place of one").add_argument("name", choices=KEYS)
    deeds.add_parser("root", help="write update-root.json").add_argument("file", type=Path)
    return parser


def _passphrase() -> bytes:
    given = os.environ.get(PASSPHRASE)
    return (getpass.getpass("Passphrase of the keys: ") if given is None else given).encode()


if __name__ == "__main__":
    sys.exit(main())
