"""What stands in the registry for everybody (HKEY_LOCAL_MACHINE), by feature; the MSI and the .exe write the same.

python -m installer.windows.registry >registry.nsh
"""

from collections.abc import Mapping, Sequence
from typing import Final

from agent_desktop.link_handler import registry_values

PRODUCT: Final = "Agent Desktop"
INSTALLED: Final = r"Software\AgentDesktop\Installed"
"""What the installers keep for themselves: where it lies, which of them put it there, and what they were told."""
RUN: Final = r"Software\Microsoft\Windows\CurrentVersion\Run"

Value = tuple[str, str, str]
"""Key, name and text; an empty name is the key's own value."""


def of_features(program: str) -> Mapping[str, Sequence[Value]]:
    return {
        "UrlHandlers": registry_values(program),
        "Autostart": ((RUN, PRODUCT, f'"{program}" --autostart'),),
    }


def main() -> None:
    """Two macros for each feature; only keys that are ours alone go whole."""
    for feature, values in of_features(r"$INSTDIR\agent-desktop.exe").items():
        print(f"!macro Write{feature}")
        for key, name, text in values:
            print(f"  WriteRegStr HKLM {_quoted(key)} {_quoted(name)} {_quoted(text)}")
        print(f"!macroend\n!macro Remove{feature}")
        removed = (
            f"DeleteRegKey HKLM {_quoted(_ours(key))}"
            if "AgentDesktop" in key
            else f"DeleteRegValue HKLM {_quoted(key)} {_quoted(name)}"
            for key, name, _ in values
        )
        for line in dict.fromkeys(removed):
            print(f"  {line}")
        print("!macroend")


def _ours(key: str) -> str:
    """Down to the part that bears our name and what follows it first."""
    parts = key.split("\\")
    named = next(number for number, part in enumerate(parts) if part.startswith("AgentDesktop"))
    return "\\".join(parts[: named + (2 if parts[named] == "AgentDesktop" else 1)])


def _quoted(text: str) -> str:
    return f"`{text}`"


if __name__ == "__main__":
    main()
