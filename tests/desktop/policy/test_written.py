"""What IT writes, in files and in the registry: the same promises for both."""

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from agent_desktop.policy.machine import Places
from agent_desktop.policy.schema import Wrong
from agent_desktop.policy.standing import Policy
from agent_desktop.policy.written import LARGEST, POLICIES, RECOMMENDED, Hive, Rank
from agent_desktop.settings import Settings, SettingsFile
from tests.fakes import KeptRegistry

Write = Callable[[Mapping[str, object]], Places]


def places(folder: Path, registry: KeptRegistry | None = None) -> Places:
    return Places(folder / "etc", registry, owners=(os.getuid(),))


def put(path: Path, written: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = written if isinstance(written, str | bytes) else json.dumps(written)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    path.chmod(0o644)
    return path


def managed(folder: Path, name: str = "10.json") -> Path:
    return folder / "etc" / "policies" / "managed" / name


@pytest.fixture(params=["file", "registry"])
def write(request: pytest.FixtureRequest, tmp_path: Path) -> Write:
    """Writes a policy of the machine, the one way or the other."""

    def into_file(keys: Mapping[str, object]) -> Places:
        put(managed(tmp_path), dict(keys))
        return places(tmp_path)

    def into_registry(keys: Mapping[str, object]) -> Places:
        as_kept = {name: int(value) if isinstance(value, bool) else value for name, value in keys.items()}
        return places(tmp_path, KeptRegistry({(Hive.MACHINE, POLICIES): as_kept}))

    return into_file if request.param == "file" else into_registry


def settled(places: Places, own: Path, **chosen: object) -> tuple[Settings, Policy]:
    policy = places.read()
    file = SettingsFile(own, policy)
    if chosen:
        put(own / "settings.json", chosen)
    return file.read(), policy


def test_policy_counts_before_the_person(write: Write, tmp_path: Path) -> None:
    there = write({"sip.transport": "tls", "sip.port": 5061, "sip.ice": True, "ui.theme": "dark"})

    settings, policy = settled(there, tmp_path, theme="light", sip_transport="udp", scale_pct=120)

    assert (settings.sip_transport, settings.sip_port, settings.sip_ice, settings.theme) == ("tls", 5061, True, "dark")
    assert settings.scale_pct == 120
    assert policy.refused == ()


def test_empty_text_and_null_are_not_set(write: Write, tmp_path: Path) -> None:
    there = write({"ui.theme": "", "sip.port": "", "sip.ice": None, "sip.domain": "pbx.example"})

    settings, policy = settled(there, tmp_path, theme="light", sip_port=5070)

    assert (settings.theme, settings.sip_port, settings.sip_domain) == ("light", 5070, "pbx.example")
    assert policy.refused == ()


@pytest.mark.parametrize(
    ("key", "value", "wrong"),
    [
        ("sip.prot", 5060, Wrong.UNKNOWN),
        ("sip.port", "5060", Wrong.TYPE),
        ("sip.ice", 2, Wrong.TYPE),
        ("sip.codecs", {"opus": 1}, Wrong.TYPE),
        ("sip.codecs", "opus,G729", Wrong.VALUE),
        ("sip.transport", "quic", Wrong.VALUE),
        ("person.login", "lin.yue", Wrong.PERSONAL),
    ],
)
def test_what_does_not_fit_is_ignored_alone_and_named(
    write: Write, tmp_path: Path, key: str, value: object, wrong: Wrong
) -> None:
    there = write({key: value, "ui.scale_pct": 125})

    settings, policy = settled(there, tmp_path)

    assert settings == Settings(scale_pct=125)
    assert [(one.key, one.wrong) for one in policy.refused] == [(key, wrong)]


def test_several_texts_may_be_a_list(write: Write, tmp_path: Path) -> None:
    settings, policy = settled(write({"sip.codecs": ["opus", "PCMA"], "url_handlers": ["tel", "sip"]}), tmp_path)
    assert (settings.sip_codecs, settings.url_handlers) == ("opus,PCMA", "tel,sip")
    assert policy.refused == ()


def test_who_counts_before_whom(tmp_path: Path) -> None:
    registry = KeptRegistry(
        {
            (Hive.MACHINE, POLICIES): {"SIP.Domain": "1-registry"},
            (Hive.USER, POLICIES): {"sip.domain": "3-user", "sip.proxy": "3-user", "sip.registrar": "3-user"},
            (Hive.MACHINE, RECOMMENDED): {"site.area_code": "5", "numbers.survey": "5"},
        }
    )
    put(managed(tmp_path, "10.json"), {"sip.domain": "2a-file", "sip.registrar": "2a-file"})
    put(managed(tmp_path, "20.json"), {"sip.domain": "2b-file", "sip.registrar": "2b-file"})
    put(tmp_path / "etc" / "policies" / "recommended" / "a.json", {"numbers.survey": "6", "numbers.park": "6"})
    put(tmp_path / "etc" / "provision.json", {"numbers.park": "7", "numbers.echo": "7", "server.url": "https://seed"})
    put(tmp_path / "settings.json", {"sip_proxy": "person", "area_code": "4"})

    file = SettingsFile(tmp_path, places(tmp_path, registry).read())
    settings, standing = file.read(), file.standing()

    assert (settings.sip_domain, settings.sip_registrar, settings.sip_proxy) == ("1-registry", "2b-file", "3-user")
    assert (settings.area_code, settings.survey_number) == ("4", "5")
    assert (settings.park_number, settings.echo_number, settings.server) == ("6", "7", "https://seed")
    assert standing["sip.registrar"].source.where == str(managed(tmp_path, "20.json"))
    assert standing["sip.domain"].source.where == r"HKEY_LOCAL_MACHINE\Software\Policies\AgentDesktop"
    assert {
        name: standing[name].source.rank for name in ("sip.proxy", "site.area_code", "numbers.park", "ui.theme")
    } == {
        "sip.proxy": Rank.USER,
        "site.area_code": Rank.PERSON,
        "numbers.park": Rank.RECOMMENDED,
        "ui.theme": Rank.BUILT_IN,
    }


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        ("{", Wrong.GARBLED),
        ("[1]", Wrong.GARBLED),
        ("[" * 100_000, Wrong.GARBLED),
        (" " * (LARGEST + 1), Wrong.LARGE),
        ('{"sip.domain": "电话.example"}'.encode("gb18030"), Wrong.ENCODING),
    ],
    ids=["broken", "no-object", "deep", "large", "gb18030"],
)
def test_file_that_cannot_be_read_is_named_and_the_others_count(
    tmp_path: Path, content: str | bytes, wrong: Wrong
) -> None:
    put(managed(tmp_path, "10.json"), {"ui.theme": "dark"})
    broken = put(managed(tmp_path, "20.json"), content)

    settings, policy = settled(places(tmp_path), tmp_path)

    assert settings.theme == "dark"
    assert [(one.source.where, one.wrong) for one in policy.refused] == [(str(broken), wrong)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_file_may_begin_with_a_byte_order_mark(tmp_path: Path, encoding: str) -> None:
    put(managed(tmp_path), json.dumps({"$schema": "urn:x", "ui.theme": "dark"}).encode(encoding))
    settings, policy = settled(places(tmp_path), tmp_path)
    assert (settings.theme, policy.refused) == ("dark", ())


def test_line_of_the_mistake_is_known(tmp_path: Path) -> None:
    put(managed(tmp_path), '{\n  "ui.theme": "dark",\n  "sip.port": 5060,\n}\n')
    _, policy = settled(places(tmp_path), tmp_path)
    assert [(one.wrong, one.place) for one in policy.refused] == [(Wrong.GARBLED, "4:1")]


def test_key_that_stands_twice_is_named_and_the_last_counts(tmp_path: Path) -> None:
    put(managed(tmp_path), '{"ui.theme": "light", "ui.theme": "dark"}')
    settings, policy = settled(places(tmp_path), tmp_path)
    assert (settings.theme, [(one.wrong, one.key) for one in policy.refused]) == ("dark", [(Wrong.TWICE, "ui.theme")])


@pytest.mark.parametrize("mode", [0o666, 0o646], ids=["everybody", "others"])
def test_file_that_others_may_write_does_not_count(tmp_path: Path, mode: int) -> None:
    put(managed(tmp_path), {"ui.theme": "dark"}).chmod(mode)
    settings, policy = settled(places(tmp_path), tmp_path)
    assert (settings.theme, [one.wrong for one in policy.refused]) == ("system", [Wrong.WRITABLE])


def test_file_of_somebody_else_does_not_count(tmp_path: Path) -> None:
    put(managed(tmp_path), {"ui.theme": "dark"})
    there = Places(tmp_path / "etc", owners=(os.getuid() + 1,))
    assert [one.wrong for one in there.read().refused] == [Wrong.WRITABLE]


def test_file_below_a_folder_that_others_may_write_does_not_count(tmp_path: Path) -> None:
    put(managed(tmp_path), {"ui.theme": "dark"})
    (tmp_path / "etc" / "policies").chmod(0o777)
    found = [(one.wrong, one.place) for one in places(tmp_path).read().refused]
    assert found == [(Wrong.WRITABLE, str(tmp_path / "etc" / "policies"))]


def test_folder_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "etc").touch()
    found = [(one.source.where, one.wrong, one.place) for one in places(tmp_path).read().refused]
    assert found == [
        (str(tmp_path / "etc" / "policies" / name), Wrong.UNREADABLE, "Not a directory")
        for name in ("managed", "recommended")
    ]


def test_file_behind_a_link_counts_by_where_it_lies(tmp_path: Path) -> None:
    elsewhere = put(tmp_path / "anybodys" / "policy.json", {"ui.theme": "dark"})
    elsewhere.parent.chmod(0o777)
    managed(tmp_path).parent.mkdir(parents=True)
    managed(tmp_path).symlink_to(elsewhere)
    assert [one.wrong for one in places(tmp_path).read().refused] == [Wrong.WRITABLE]


def test_nothing_in_the_environment_moves_policy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    put(tmp_path / "policies" / "managed" / "10.json", {"ui.theme": "dark"})
    for name in ("AGENT_DESKTOP_POLICY", "AGENT_DESKTOP_HOME", "XDG_CONFIG_DIRS", "ProgramData", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    assert Places.of_this_machine().folder == Path("/etc/agent-desktop")
