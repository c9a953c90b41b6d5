"""What this build of PJSIP can do, for whoever checks an installation."""

import ctypes
import sys
from pathlib import Path
from typing import Any, Final

import pjsua2 as pj

from agent_desktop.softphone.pjsip.settings import PjsipErrors, endpoint_config

_VERSION_NAMES: Final = ("OpenSSL_version", "SSLeay_version")
"""Since OpenSSL 1.1, and before."""


def engine_facts() -> dict[str, Any]:
    """As JSON has it: `version`, `openssl` (every one that is loaded), `tls`, `codecs`, `sound` (ways to devices)."""
    endpoint = pj.Endpoint()
    endpoint.libCreate()
    try:
        endpoint.libInit(endpoint_config(max_calls=1, sip_log=None))
        return {
            "version": endpoint.libVersion().full,
            "openssl": _openssl_versions(),
            "tls": _has_tls(endpoint),
            "codecs": sorted({codec.codecId.partition("/")[0] for codec in endpoint.codecEnum2()}),
            "sound": _ways_to_sound(),
        }
    finally:
        endpoint.libDestroy()


def _has_tls(endpoint: pj.Endpoint) -> bool:
    config = pj.TransportConfig()
    config.boundAddress = "127.0.0.1"
    try:
        endpoint.transportCreate(pj.PJSIP_TRANSPORT_TLS, config)
    except PjsipErrors:
        return False
    return True


def _openssl_versions() -> list[str]:
    libraries = ["libcrypto-3.dll"] if sys.platform == "win32" else _loaded("libcrypto")
    return sorted({_version_of(each) for each in libraries})


def _version_of(library: str) -> str:
    loaded = ctypes.CDLL(library)
    ask = next(getattr(loaded, name) for name in _VERSION_NAMES if hasattr(loaded, name))
    ask.restype = ctypes.c_char_p
    return str(ask(0).decode())


def _ways_to_sound() -> list[str]:
    """`server`: PulseAudio or PipeWire, asked directly."""
    if sys.platform == "win32":
        return ["wmme"]
    found = ["alsa"] if _loaded("libasound") else []
    return [*found, "server"] if hasattr(pj, "soundServerDevices") else found


def _loaded(name: str) -> list[str]:
    """The files of this library that are part of this process."""
    lines = Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()
    files = {Path(words[-1]) for line in lines if len(words := line.split(maxsplit=5)) > 5}
    return sorted(str(path) for path in files if path.name.startswith(name))
