"""Writes what wixl makes the MSI of.

    python -m installer.windows.msi PAYLOAD VERSION ICON HELPER BELOW >agent-desktop.wxs
    python -m installer.windows.msi --queries VERSION     for msibuild: what wixl knows no words for

The files are named from the folder BELOW on, where wixl is run: it takes no others. Codes come from the version and the
bytes, so that the same payload has the same.
"""

import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from uuid import UUID, uuid5
from xml.sax.saxutils import quoteattr

from installer.windows.registry import INSTALLED, PRODUCT, Value, of_features

MAKER = "Agent Desktop"
UPGRADE_CODE = UUID("5e1b2f0e-7c0a-4d0b-9d5a-2f6a4a0c7b31")
"""The same for ever: by it Windows knows that one version follows another."""
SEEDED = {
    "SERVERURL": "server.url",
    "SERVERCAFILE": "server.ca_file",
    "SIPDOMAIN": "sip.domain",
    "SIPREGISTRAR": "sip.registrar",
    "SIPTRANSPORT": "sip.transport",
    "SIPENCRYPTION": "sip.encryption",
    "UILANGUAGE": "ui.language",
}
"""Properties of the command line, and the key of provision.json that each of them is."""
REMEMBERED = (*SEEDED, "INSTALLDIR")
TOLD = ("PROVISION", "WIPEDATA", "ALLOWDOWNGRADE")
"""Those that count once."""
PROGRAM = "[INSTALLDIR]agent-desktop.exe"
OTHER = "Agent Desktop was installed by its .exe. Remove that first: what people did and your files of policy stay."
OLDER = "A newer version of Agent Desktop is installed. Remove it first, or say ALLOWDOWNGRADE=1."

KEEPS_FEATURES, FROM, TO = 1, 256, 512
"""Of the Upgrade table: features as they were, and the versions at both ends belong to it."""
NEVER_ABSENT = 16
SETS, RUNS = 51, 2 + 1024 + 2048
"""Kinds of actions: a property gets a text; a program in the package runs later, as the system."""
AFTER_INSTALLING = 'NOT REMOVE="ALL"'
WIPING = 'REMOVE="ALL" AND WIPEDATA="1" AND NOT UPGRADINGPRODUCTCODE'


def main() -> None:
    if sys.argv[1] == "--queries":
        print("\n".join(queries(sys.argv[2])))
        return
    payload, version, icon, helper, below = sys.argv[1:]
    os.chdir(below)
    print("\n".join(source(Path(payload), version, icon, helper)))


def source(payload: Path, version: str, icon: str, helper: str) -> Iterator[str]:
    files = sorted(path.relative_to(payload).as_posix() for path in payload.rglob("*") if path.is_file())
    digest = hashlib.sha256()
    for place in files:
        digest.update(place.encode() + b"\0" + hashlib.sha256((payload / place).read_bytes()).digest())
    product = code_of(f"product {version} {digest.hexdigest()}")
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield '<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">'
    yield (
        f'<Product Id="{product}" Name={quoteattr(PRODUCT)} Manufacturer={quoteattr(MAKER)} Version="{version}" '
        f'Language="1033" UpgradeCode="{str(UPGRADE_CODE).upper()}">'
    )
    yield (
        f'<Package InstallerVersion="500" Compressed="yes" InstallScope="perMachine" Description={quoteattr(PRODUCT)} '
        f'Manufacturer={quoteattr(MAKER)} Comments="GNU General Public License, version 3 or later"/>'
    )
    yield '<Media Id="1" Cabinet="agentdesktop.cab" EmbedCab="yes"/>'
    yield from _versions(version)
    yield f'<Icon Id="agent_desktop.ico" SourceFile={quoteattr(icon)}/>'
    yield f'<Binary Id="machine_folder" SourceFile={quoteattr(helper)}/>'
    yield '<Property Id="ARPPRODUCTICON" Value="agent_desktop.ico"/>'
    # A call that is going on is not cut: what is in use is replaced, and Windows asks for a restart (3010).
    yield '<Property Id="MSIRESTARTMANAGERCONTROL" Value="Disable"/>'
    yield from _remembering()
    yield '<Directory Id="TARGETDIR" Name="SourceDir">'
    yield '<Directory Id="ProgramFiles64Folder" Name="PFiles"><Directory Id="INSTALLDIR" Name="Agent Desktop">'
    tree = _Tree(payload, files)
    yield from tree.written(PurePosixPath())
    for feature, values in of_features(PROGRAM).items():
        yield from _registry(feature, values)
    yield from _registry(
        "Remembered", [(INSTALLED, "BY", "msi"), *((INSTALLED, name, f"[{name}]") for name in REMEMBERED)]
    )
    yield '</Directory></Directory><Directory Id="ProgramMenuFolder" Name="Menu"/></Directory>'
    yield '<Feature Id="Main" Title="Agent Desktop" Level="1" Absent="disallow" ConfigurableDirectory="INSTALLDIR">'
    yield from (f'<ComponentRef Id="{each}"/>' for each in (*tree.components, "Remembered"))
    yield "</Feature>"
    for feature, title in (
        ("UrlHandlers", "tel:, sip:, sips: and callto: links"),
        ("Autostart", "Start with the session"),
    ):
        yield f'<Feature Id="{feature}" Title="{title}" Level="1"><ComponentRef Id="{feature}"/></Feature>'
    yield "</Product></Wix>"


def _versions(version: str) -> Iterator[str]:
    """What is older, or the same made anew, is replaced; what is newer is refused."""
    yield f'<Upgrade Id="{str(UPGRADE_CODE).upper()}">'
    yield f'<UpgradeVersion Minimum="0.0.0" Maximum="{version}" Property="OLDERFOUND"/>'
    yield f'<UpgradeVersion Minimum="{version}" Property="NEWERFOUND"/>'
    yield "</Upgrade>"
    yield f'<Condition Message={quoteattr(OLDER)}>Installed OR NOT NEWERFOUND OR ALLOWDOWNGRADE="1"</Condition>'
    yield f'<Condition Message={quoteattr(OTHER)}>Installed OR NOT REMEMBERED_BY="exe"</Condition>'


def _remembering() -> Iterator[str]:
    """What the command line does not say is as it was said before."""
    for name in (*REMEMBERED, "BY"):
        yield (
            f'<Property Id="REMEMBERED_{name}"><RegistrySearch Id="Find_{name}" Root="HKLM" Key={quoteattr(INSTALLED)} '
            f'Name="{name}" Type="raw" Win64="yes"/></Property>'
        )
    yield '<InstallExecuteSequence><RemoveExistingProducts After="InstallInitialize"/></InstallExecuteSequence>'


def _registry(component: str, values: Sequence[Value]) -> Iterator[str]:
    yield f'<Component Id="{component}" Guid="{code_of(component)}" Win64="yes">'
    for number, (key, name, text) in enumerate(values):
        named = f"Name={quoteattr(name)} " if name else ""
        path = ' KeyPath="yes"' if number == 0 else ""
        yield f'<RegistryValue Root="HKLM" Key={quoteattr(key)} {named}Type="string" Value={quoteattr(text)}{path}/>'
    yield "</Component>"


class _Tree:
    """The folders of the payload, each with its files as one component: a thousand fewer than one for each file."""

    def __init__(self, payload: Path, files: list[str]) -> None:
        self._payload = payload
        self._files = files
        self.components: list[str] = []

    def written(self, folder: PurePosixPath) -> Iterator[str]:
        here = [place for place in self._files if PurePosixPath(place).parent == folder]
        if here:
            component = _name("c", str(folder))
            self.components.append(component)
            yield f'<Component Id="{component}" Guid="{code_of(f"folder {folder}")}" Win64="yes">'
            for number, place in enumerate(here):
                path = ' KeyPath="yes"' if number == 0 else ""
                shown = quoteattr((self._payload / place).as_posix())
                name = quoteattr(PurePosixPath(place).name)
                yield f'<File Id="{_name("f", place)}" Name={name} Source={shown}{path}>'
                if place == "agent-desktop.exe":
                    yield (
                        f'<Shortcut Id="menu" Directory="ProgramMenuFolder" Name={quoteattr(PRODUCT)} '
                        'Icon="agent_desktop.ico" IconIndex="0" WorkingDirectory="INSTALLDIR"/>'
                    )
                yield "</File>"
            yield "</Component>"
        below = {
            PurePosixPath(*PurePosixPath(place).parts[: len(folder.parts) + 1])
            for place in self._files
            if _is_below(place, folder)
        }
        for each in sorted(below):
            yield f'<Directory Id="{_name("d", str(each))}" Name={quoteattr(each.name)}>'
            yield from self.written(each)
            yield "</Directory>"


def _is_below(place: str, folder: PurePosixPath) -> bool:
    parts = PurePosixPath(place).parts
    return parts[: len(folder.parts)] == folder.parts and len(parts) > len(folder.parts) + 1


def _name(kind: str, place: str) -> str:
    return f"{kind}{hashlib.sha256(place.encode()).hexdigest()[:24]}"


def code_of(what: str) -> str:
    return str(uuid5(UPGRADE_CODE, what)).upper()


def queries(version: str) -> Iterator[str]:
    """What the command line does not say is as it was said before; the helper runs out of the package, as the system;
    features are kept by the next version; wixl knows no words for any of it."""
    secure = ";".join(("OLDERFOUND", "NEWERFOUND", *SEEDED, *TOLD, *(f"REMEMBERED_{name}" for name in REMEMBERED)))
    yield f"UPDATE `Property` SET `Value` = '{secure}' WHERE `Property` = 'SecureCustomProperties'"
    for found, attributes in (("NEWERFOUND", KEEPS_FEATURES), ("OLDERFOUND", KEEPS_FEATURES + FROM + TO)):
        lowest, highest = (version, "") if found == "NEWERFOUND" else ("0.0.0", version)
        yield f"DELETE FROM `Upgrade` WHERE `ActionProperty` = '{found}'"
        yield (
            "INSERT INTO `Upgrade` (`UpgradeCode`, `VersionMin`, `VersionMax`, `Attributes`, `ActionProperty`) "
            f"VALUES ('{{{str(UPGRADE_CODE).upper()}}}', '{lowest}', '{highest}', {attributes}, '{found}')"
        )
    yield f"UPDATE `Feature` SET `Attributes` = {NEVER_ABSENT} WHERE `Feature` = 'Main'"
    for number, name in enumerate(REMEMBERED, 51):
        known = f"REMEMBERED_{name}"
        yield from _action(f"Remember_{name}", SETS, name, f"[{known}]", f"NOT {name} AND {known}", number)
    yield from _action("TellPlace", SETS, "ARPINSTALLLOCATION", "[INSTALLDIR]", "", 1001)
    said = " ".join(f'{key} "[{name}]"' for name, key in SEEDED.items())
    yield from _action("WipeMachine", RUNS, "machine_folder", "wipe", WIPING, 3610)
    yield from _action("SeedMachine", RUNS, "machine_folder", f'seed "[PROVISION]" {said}', AFTER_INSTALLING, 4010)


def _action(name: str, kind: int, source: str, target: str, condition: str, at: int) -> Iterator[str]:
    yield (
        "INSERT INTO `CustomAction` (`Action`, `Type`, `Source`, `Target`) "
        f"VALUES ('{name}', {kind}, '{source}', '{target}')"
    )
    yield (
        "INSERT INTO `InstallExecuteSequence` (`Action`, `Condition`, `Sequence`) "
        f"VALUES ('{name}', '{condition}', {at})"
    )


if __name__ == "__main__":
    main()
