"""What of the wheels no package takes along, on any system; desk.spec and windows/payload.py read it."""

OURS = ("agent_model", "agent_papers", "agent_desktop")
EXCLUDED = (
    "tkinter", "agent_server", "pip", "setuptools", "PyInstaller", "pydoc_data", "lib2to3",
    "numpy.f2py", "numpy.testing", "phonenumbers.carrierdata", "phonenumbers.geodata",
)  # fmt: skip
"""Never loaded by the workstation; each would bring its own world."""
NO_PLUGINS = (
    "designer", "egldeviceintegrations", "generic", "networkinformation", "platforminputcontexts/qtvirtualkeyboard",
    "platformthemes/libqgtk3", "qmllint", "qmlls", "qmltooling", "sqldrivers", "xcbglintegrations/libqxcb-egl",
    "platforms/libqeglfs", "platforms/libqlinuxfb", "platforms/libqminimalegl", "platforms/libqvnc",
    "platforms/libqvkkhrdisplay",
    "imageformats/qpdf", "platforms/qdirect2d", "platforms/qminimal", "vectorimageformats",
)  # fmt: skip
"""Platforms other than a desktop's, and what only they need."""
LANGUAGES = ("en", "zh_CN")
FORBIDDEN = (
    "libgtk-", "Qt6WebEngine", "Qt6Quick", "Qt6Qml", "libcrypto.so.1", "libssl.so.1", "libcrypto-1", "libssl-1",
)  # fmt: skip


def is_wanted(place: str) -> bool:
    """Whether this file goes along: of Qt what a desktop needs, of a distribution what is read of it, else all."""
    if ".dist-info/" in place:
        return place.endswith(("/METADATA", "/entry_points.txt"))
    if "/plugins/" in place:
        return not any(f"/plugins/{name}" in place for name in NO_PLUGINS)
    if "/translations/" in place and place.endswith(".qm"):
        return any(place.endswith(f"qtbase_{language}.qm") for language in LANGUAGES)
    return True
