"""Makes this program the one that opens telephone links, for the person who runs it; packages do it for everybody.

Linux: a desktop entry and the person's default applications. Windows: `registry_values`, below HKEY_CURRENT_USER for
one person and below HKEY_LOCAL_MACHINE for all; the default itself is the person's choice there (Settings, Default
apps), no program may set it.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from agent_desktop.own_program import lasting
from agent_desktop.paths import APP, write_whole

SCHEMES: Final = ("tel", "sip", "sips", "callto")
ENTRY: Final = "agent-desktop.desktop"
BEFORE_THE_LINK: Final = "--"
"""Whatever a link looks like, nothing behind this is read as an option."""


class NoRegistrarError(Exception):
    """Neither xdg-mime nor gio is there to say which program opens a link."""


def schemes_of(setting: str) -> tuple[str, ...]:
    """Those of `SCHEMES` that a setting names."""
    named = setting.replace(",", " ").split()
    return tuple(scheme for scheme in SCHEMES if scheme in named)


def entry_for(entry: str, command: Sequence[str], icon: Path, schemes: Sequence[str] = SCHEMES) -> str:
    """The packages' entry, started by `command`, for these links."""
    own = {
        "Exec": " ".join((*map(_quoted, command), BEFORE_THE_LINK, "%u")),
        "Icon": str(icon),
        "MimeType": "".join(f"{_type(scheme)};" for scheme in schemes),
    }
    lines = (line.partition("=") for line in entry.splitlines())
    return "".join(f"{key}{equals}{own.get(key, value)}\n" for key, equals, value in lines)


def _type(scheme: str) -> str:
    return f"x-scheme-handler/{scheme}"


def _quoted(word: str) -> str:
    """By the Desktop Entry Specification, §The Exec key."""
    for sign in '\\"`$':
        word = word.replace(sign, "\\" + sign)
    return '"' + word.replace("\\", "\\\\").replace("%", "%%") + '"'


def registry_values(program: str, schemes: Sequence[str] = SCHEMES) -> tuple[tuple[str, str, str], ...]:
    """(key, name, text) for an installer or `register`; an empty name is the key's own value.

    `program` is the path of the installed agent-desktop.exe.
    """
    capabilities = r"Software\AgentDesktop\Capabilities"
    values = [
        (r"Software\RegisteredApplications", "AgentDesktop", capabilities),
        (capabilities, "ApplicationName", "Agent Desktop"),
        (capabilities, "ApplicationDescription", "The call-centre agent's workstation"),
    ]
    for scheme in schemes:
        kind = f"AgentDesktop.{scheme}"
        values += [
            (rf"{capabilities}\URLAssociations", scheme, kind),
            (rf"Software\Classes\{kind}", "", f"URL:{scheme}"),
            (rf"Software\Classes\{kind}", "URL Protocol", ""),
            (rf"Software\Classes\{kind}\DefaultIcon", "", f"{program},0"),
            (rf"Software\Classes\{kind}\shell\open\command", "", f'"{program}" {BEFORE_THE_LINK} "%1"'),
        ]
    return tuple(values)


if sys.platform == "win32":
    import winreg

    def register(_entry: str, _icons: Path, schemes: Sequence[str] = SCHEMES) -> None:
        """For the person who runs it. Raises OSError."""
        program = Path(sys.executable).with_name(f"{APP}.exe")  # beside the interpreter, or the package's launchers
        for key, name, text in registry_values(str(program), schemes):
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
                winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, text)

else:

    def register(
        entry: str,
        icons: Path,
        command: Sequence[str] = (str(lasting(Path(sys.executable))), "-m", "agent_desktop"),
        find: Callable[[str], str | None] = shutil.which,
        schemes: Sequence[str] = SCHEMES,
    ) -> None:
        """For the person who runs it; `entry` is the desktop entry that packages install.

        Raises NoRegistrarError, FolderNotWritable, DiskFull, CalledProcessError.
        """
        data_home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
        own = entry_for(entry, command, lasting(icons / "headset.svg"), schemes)
        write_whole(data_home / "applications" / ENTRY, own)
        types = [_type(scheme) for scheme in schemes]
        if xdg_mime := find("xdg-mime"):
            subprocess.run([xdg_mime, "default", ENTRY, *types], check=True)
        elif gio := find("gio"):
            for one in types:
                subprocess.run([gio, "mime", one, ENTRY], check=True, stdout=subprocess.DEVNULL)
        else:
            raise NoRegistrarError
