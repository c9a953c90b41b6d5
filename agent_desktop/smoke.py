"""`agent-desktop --smoke`: every part of this installation tried once, told as one line of JSON.

Everything happens in a folder of its own that is gone afterwards; nothing of the person's is read or written, and the
keyring is only asked what it is. Exit code 0 when every part works, else 1: `failed` names those that do not.
"""

import importlib
import json
import os
import pkgutil
import platform
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from agent_desktop import resources
from agent_desktop.credentials import TRUSTED
from agent_desktop.data_key import DataKey
from agent_desktop.knowledge.bringing import DocumentReader
from agent_desktop.knowledge.builder import ProcessBuilder
from agent_desktop.offline.sealing import Sealed
from agent_desktop.offline.store import Store
from agent_desktop.paths import HOME_VARIABLE
from agent_desktop.softphone.account import Account, MediaEncryption
from agent_desktop.softphone.audio import NullSink, SilentSource, Sound
from agent_desktop.softphone.call import Call, CallState
from agent_desktop.softphone.link import PhoneLink
from agent_desktop.softphone.phone import Phone
from agent_desktop.ui.trial import show_main_window
from agent_desktop.updates.repository import framework
from agent_model.article import Article, ArticleId

ROOTS: Final = ("agent_model", "agent_papers", "agent_desktop")
NEEDED_CODECS: Final = {"opus", "G722", "PCMA", "PCMU"}
OLDEST_OPENSSL: Final = 3
LANGUAGES: Final = ("zh_CN",)
"""English is in the programs."""
TITLE: Final = "退款流程"
PATIENCE_S: Final = 60.0
_READ_S: Final = 0.01


class PartBroken(Exception):
    """What was expected of a part and is not so."""


def run(picture: Path | None = None) -> int:
    """`picture`: where a picture of the window is kept."""
    with tempfile.TemporaryDirectory(prefix="agent-desktop-smoke-", ignore_cleanup_errors=True) as name:
        home = Path(name)
        os.environ[HOME_VARIABLE] = os.environ["XDG_CACHE_HOME"] = name
        told = tried(
            {
                "imports": _imports,
                "openssl": _openssl,
                "window": lambda: asdict(show_main_window(resources.folder(), picture)),
                "engine": engine,
                "phone": lambda: _loopback_call(home),
                "database": lambda: _database(home / "store"),
                "search": _search,
                "documents": lambda: _documents(home / "documents"),
                "keyring": _keyring,
                "updates": framework,
                "resources": _resources,
                "languages": _languages,
            }
        )
    print(json.dumps({"version": version("agent-desktop"), "python": platform.python_version(), **told}), flush=True)
    return 0 if told["ok"] else 1


def tried(parts: dict[str, Callable[[], object]]) -> dict[str, Any]:
    """What each part says of itself, or its error; a broken one keeps no other from being tried."""
    told: dict[str, Any] = {}
    failed = []
    for name, trial in parts.items():
        began = time.monotonic()
        try:
            told[name] = trial()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told
            told[name] = {"error": f"{type(error).__name__}: {error}"}
            failed.append(name)
        print(f"smoke: {name}: {time.monotonic() - began:.2f} s", file=sys.stderr)
    return {**told, "failed": failed, "ok": not failed}


def _imports() -> int:
    """How many modules there are; each is loaded, so that a missing one is found before an agent finds it."""
    names = [name for root in ROOTS for name in _modules(root)]
    for name in names:
        importlib.import_module(name)
    return len(names)


def _modules(root: str) -> list[str]:
    package = importlib.import_module(root)
    return [root, *(found.name for found in pkgutil.walk_packages(package.__path__, f"{root}."))]


def _openssl() -> str:
    _require_openssl(ssl.OPENSSL_VERSION)
    return ssl.OPENSSL_VERSION


def _require_openssl(told: str) -> None:
    if int(told.split()[1].partition(".")[0]) < OLDEST_OPENSSL:
        raise PartBroken(f"{told} is too old")


def engine() -> dict[str, Any]:
    """What the phone engine of this installation is built with."""
    command = [sys.executable, "-m", "agent_desktop.softphone", "--about"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True, timeout=PATIENCE_S)
    facts: dict[str, Any] = json.loads(done.stdout)
    require_fit(facts)
    return facts


def require_fit(facts: dict[str, Any]) -> None:
    """Raises PartBroken for a phone engine that is not to be shipped, by what it says of itself."""
    for each in facts["openssl"]:
        _require_openssl(each)
    missing = sorted(NEEDED_CODECS - set(facts["codecs"]))
    if missing or not (facts["openssl"] and facts["tls"] and facts["sound"]):
        raise PartBroken(f"lacks {missing or 'TLS or sound'}: {facts}")


# ---- a call ---------------------------------------------------------------------------------------------


class _Telephone:
    """A phone process of its own."""

    def __init__(self, run_folder: Path, user: str) -> None:
        self.link = PhoneLink(run_folder)
        self.phone = Phone(self.link.send)
        self.phone.set_sound(Sound(SilentSource(), NullSink()))
        self.phone.set_account(
            Account(user, "127.0.0.1", bound_to="127.0.0.1", media_encryption=MediaEncryption.REQUIRED)
        )

    def read(self) -> None:
        if (event := self.link.read_event(_READ_S)) is not None:
            self.phone.apply(event)

    @property
    def call(self) -> Call | None:
        return next(iter(self.phone.snapshot().calls), None)

    @property
    def talks(self) -> bool:
        return self.call is not None and self.call.is_talking and self.call.is_encrypted


def _loopback_call(home: Path) -> dict[str, Any]:
    """From one phone process to another over loopback, by SRTP."""
    began = time.monotonic()
    caller, called = _Telephone(home / "caller", "100"), _Telephone(home / "called", "200")
    both = (caller, called)
    try:
        _until(both, lambda: all(each.phone.snapshot().sip_port for each in both), "both phones are up")
        up_s = time.monotonic() - began
        out = caller.phone.dial(f"sip:200@127.0.0.1:{called.phone.snapshot().sip_port}")
        _until(both, lambda: called.call is not None and called.call.state is CallState.RINGING, "it rings")
        if called.call is not None:
            called.phone.answer(called.call.id)
        _until(both, lambda: all(each.talks for each in both), "both talk")
        caller.phone.hang_up(out)
        _until(both, lambda: not any(each.call for each in both), "both have hung up")
        return {"process": "up", "call": "talked", "srtp": True, "up_s": round(up_s, 2)}
    finally:
        for each in both:
            if each.phone.is_there:
                each.phone.quit()
        _until(both, lambda: not any(each.phone.is_there for each in both), "both processes have ended")
        for each in both:
            each.link.close()


def _until(phones: tuple[_Telephone, ...], fact: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not fact():
        if time.monotonic() > deadline:
            raise PartBroken(f"after {PATIENCE_S:.0f} s it is not so that {what}")
        for each in phones:
            each.read()


# ---- what lies on the disk ------------------------------------------------------------------------------


def _database(folder: Path) -> dict[str, str]:
    """SQLCipher, with the tables of the product; nothing of the file is readable."""
    with closing(Store(folder, Sealed(DataKey.new()))) as store:
        store.open_cache()
        with store.reading() as connection:
            (cipher,) = connection.execute("PRAGMA cipher_version").fetchone()
            (sqlite,) = connection.execute("SELECT sqlite_version()").fetchone()
    if (folder / "cache.db").read_bytes().startswith(b"SQLite format"):
        raise PartBroken("the cache is not encrypted")
    return {"sqlcipher": str(cipher), "sqlite": str(sqlite)}


def _search() -> str:
    """The index is built by its process; a Chinese word is found in it."""
    from agent_desktop.knowledge.index import ArticleIndex

    now = datetime.now(UTC)
    article = Article(ArticleId("1"), TITLE, "七天无理由退款。", "returns", None, None, "zh-CN", (), now)
    index = ArticleIndex.from_bytes(ProcessBuilder().build([article], 1, lambda _: None))
    if index.search("退款", limit=1).ids != (article.id,):
        raise PartBroken("a Chinese word is not found")
    return TITLE


def _documents(folder: Path) -> str:
    """A document is read by its process."""
    folder.mkdir()
    (folder / "refund.html").write_text(f"<h1>{TITLE}</h1><p>七天无理由退款。</p>", encoding="utf-8")
    (paper,) = DocumentReader().gather(folder, "zh-CN").papers
    return str(paper.title)


def _keyring() -> dict[str, str]:
    """Whether there is one that may keep secrets; without one the password is asked for each time."""
    import keyring

    found = keyring.get_keyring()
    names = [type(each).__module__ for each in (found, *getattr(found, "backends", ()))]
    trusted = [name for name in names if name in TRUSTED]
    return {"state": "trusted" if trusted else "none", "backend": (trusted or names)[0]}


def _resources() -> int:
    return len(list((resources.folder() / "icons").glob("*.svg")))


def _languages() -> list[str]:
    folder = resources.folder() / "translations"
    missing = [name for name in LANGUAGES if not (folder / f"agent_desktop_{name}.ts").is_file()]
    if missing:
        raise PartBroken(f"no translation: {missing}")
    return ["en", *LANGUAGES]
