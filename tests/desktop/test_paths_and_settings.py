import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from agent_desktop.errors import FolderNotWritable
from agent_desktop.paths import Paths, put_in_place
from agent_desktop.settings import Settings, SettingsFile
from tests.policies import managed, recommended


def test_home_variable_holds_everything(tmp_path: Path) -> None:
    paths = Paths.of_user({"AGENT_DESKTOP_HOME": str(tmp_path)})
    assert {paths.settings.parent, paths.data.parent, paths.logs.parent, paths.run.parent} == {tmp_path}


def test_linux_follows_the_desktop_customs() -> None:
    paths = Paths.of_user({"XDG_CONFIG_HOME": "/c", "XDG_DATA_HOME": "/d", "XDG_RUNTIME_DIR": "/r"}, "linux")
    assert (paths.settings, paths.data, paths.run) == tuple(Path(f"/{n}/agent-desktop") for n in "cdr")


def test_windows_keeps_data_on_this_machine_and_settings_with_the_person() -> None:
    paths = Paths.of_user({"APPDATA": "/roaming", "LOCALAPPDATA": "/local"}, "win32")
    assert paths.settings == Path("/roaming/agent-desktop")
    assert paths.data == Path("/local/agent-desktop/data")


@pytest.mark.parametrize(
    ("one", "other"),
    [("张三", "李四"), ("a.b", "a_b"), ("Lin", "lin"), ("a/b", "a b"), ("..", ".")],
    ids=["scripts", "signs", "capitals", "slashes", "dots"],
)
def test_two_agents_never_share_a_folder(tmp_path: Path, one: str, other: str) -> None:
    paths = Paths.below(tmp_path)
    first, second = paths.of_agent("https://a", one), paths.of_agent("https://a", other)
    assert str(first).lower() != str(second).lower()
    assert first.parent == second.parent


def test_name_from_the_server_stays_inside_the_data_folder(tmp_path: Path) -> None:
    folder = Paths.below(tmp_path).of_agent("../../etc", "../../../passwd" + "x" * 500)
    assert (tmp_path / "data") in folder.parents
    assert len(folder.name) < 80
    assert ".." not in folder.parts


def test_settings_come_back_as_they_were_written(tmp_path: Path) -> None:
    settings = Settings(server="https://desk.example", scale_pct=125, language="zh_CN")
    SettingsFile(tmp_path / "new").write(settings)
    assert SettingsFile(tmp_path / "new").read() == settings


def test_missing_or_broken_file_means_defaults(tmp_path: Path) -> None:
    assert SettingsFile(tmp_path).read() == Settings()
    (tmp_path / "settings.json").write_text("{broken")
    assert SettingsFile(tmp_path).read() == Settings()
    (tmp_path / "settings.json").write_bytes(b"\xff\xfe\x00")
    assert SettingsFile(tmp_path).read() == Settings()


def test_value_that_does_not_fit_is_ignored_alone(tmp_path: Path) -> None:
    written = {"server": "https://a", "scale_pct": 5000, "theme": "pink", "sip_port": "5060", "unknown": 1}
    (tmp_path / "settings.json").write_text(json.dumps(written))
    assert SettingsFile(tmp_path).read() == Settings(server="https://a")


def test_file_keeps_what_was_chosen_and_nothing_else(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path)
    file.write(replace(file.read(), theme="dark"))
    file.write(replace(file.read(), scale_pct=110))
    file.write(replace(file.read(), theme="system"))
    assert _kept(tmp_path) == {"format": 2, "theme": "system", "scale_pct": 110}


def test_whole_file_of_an_earlier_version_holds_choices_where_it_differs_from_what_is_built_in(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text(json.dumps({**asdict(Settings()), "theme": "dark", "later": [1]}))
    file = SettingsFile(tmp_path, recommended(tmp_path / "etc", {"ui.scale_pct": 125, "ui.theme": "light"}))

    assert file.read() == Settings(theme="dark", scale_pct=125)

    file.write(replace(file.read(), reduce_motion=True))
    assert _kept(tmp_path) == {"format": 2, "theme": "dark", "later": [1], "reduce_motion": True}


def test_choice_of_what_is_built_in_counts_before_what_is_recommended(tmp_path: Path) -> None:
    policy = recommended(tmp_path / "etc", {"ui.scale_pct": 125, "sound.ringer": "Speaker"})
    file = SettingsFile(tmp_path, policy)
    file.write(replace(file.read(), scale_pct=100, ringer=""))
    assert SettingsFile(tmp_path, policy).read() == Settings()


def test_what_it_has_decided_never_becomes_a_choice(tmp_path: Path) -> None:
    SettingsFile(tmp_path).write(Settings(theme="light"))
    file = SettingsFile(tmp_path, managed(tmp_path / "etc", {"ui.theme": "dark"}))

    file.write(replace(file.read(), scale_pct=110))
    file.write(replace(file.read(), theme="system"))

    assert file.read().theme == "dark"
    assert SettingsFile(tmp_path).read() == Settings(theme="light", scale_pct=110)


def test_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(FolderNotWritable):
        SettingsFile(tmp_path / "file" / "x").write(Settings())


def _kept(folder: Path) -> Any:
    return json.loads((folder / "settings.json").read_text(encoding="utf-8"))


class _LookedAt:
    """A file that a virus scanner of Windows has open for the first moves."""

    def __init__(self, times: int) -> None:
        self._left = times

    def __call__(self, beside: Path, path: Path) -> None:
        if self._left:
            self._left -= 1
            raise PermissionError(13, "another process uses this file")
        beside.replace(path)


def test_file_that_is_being_looked_at_on_windows_is_replaced_afterwards(tmp_path: Path) -> None:
    beside, path = tmp_path / "settings.json.new", tmp_path / "settings.json"
    beside.write_text("new", encoding="utf-8")
    path.write_text("old", encoding="utf-8")
    put_in_place(beside, path, _LookedAt(times=3), "win32")
    assert path.read_text(encoding="utf-8") == "new"


def test_file_that_may_not_be_replaced_is_told_at_once_elsewhere(tmp_path: Path) -> None:
    with pytest.raises(PermissionError):
        put_in_place(tmp_path / "settings.json.new", tmp_path / "settings.json", _LookedAt(times=1), "linux")
