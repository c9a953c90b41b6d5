"""IT has decided some settings of a workstation: the agent sees which and where, and cannot choose otherwise."""

import json
from dataclasses import replace
from pathlib import Path

from agent_desktop.settings import SettingsFile
from agent_desktop.ui.window.rail import Page
from demo.server import DemoServer
from tests.journeys.conftest import Sit
from tests.journeys.sight import notices
from tests.policies import managed


def test_policy_locks_the_setting(sit: Sit, server: DemoServer, tmp_path: Path) -> None:
    home, etc = tmp_path / "seat", tmp_path / "etc"
    policy = managed(
        etc, {"ui.theme": "dark", "server.url": server.address, "sip.auto_answer": "never", "ui.languages": "en"}
    )
    seat = sit("lin.yue", home=home, policy=policy, address="https://elsewhere.example")
    window = seat.window
    window.show_page(Page.SETTINGS)
    page = window.pages.settings

    assert (page.theme.isEnabled(), page.theme.currentData()) == (False, "dark")
    assert (page.scale.isEnabled(), page.language.isEnabled()) == (True, True)
    assert [page.language.itemData(at) for at in range(page.language.count())] == ["", "en"]
    where = str(etc / "policies" / "managed" / "10.json")
    assert page.locked_words.full_text == f"Set by your organisation: Theme. It is written in {where}."
    assert where in page.theme.accessibleDescription()

    page.motion.setFocus()
    seat.press("Space")
    assert seat.until(lambda: _chosen(home).get("reduce_motion") is True)
    seat.program.settings.change(replace(seat.program.settings.current, theme="light", headset_buttons=False))
    assert seat.until(lambda: _chosen(home).get("headset_buttons") is False)

    assert seat.program.settings.current.theme == "dark"
    assert any(where in notice for notice in notices(seat))
    assert "server" not in _chosen(home)
    assert _chosen(home).get("theme") is None
    assert SettingsFile(home / "settings", policy).read().server == server.address


def _chosen(home: Path) -> dict[str, object]:
    return dict(json.loads((home / "settings" / "settings.json").read_text(encoding="utf-8")))
