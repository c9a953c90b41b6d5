"""Where icons, translations, fonts and sounds lie: beside the checkout, or inside the installed package."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def folder() -> Path:
    """The resources of this installation. Raises FileNotFoundError when the installation is incomplete."""
    for candidate in (_PACKAGE / "_resources", _PACKAGE.parent / "resources"):
        if (candidate / "icons").is_dir():
            return candidate
    raise FileNotFoundError(_PACKAGE / "_resources")
