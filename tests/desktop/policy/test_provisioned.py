"""What a server sets a workstation up with: only signed, only by the key that is kept to, only what policy lets it."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from agent_desktop.policy.provisioned import FILE, Told
from agent_desktop.policy.schema import Wrong
from agent_desktop.policy.standing import Policy
from agent_desktop.policy.written import Rank
from agent_desktop.settings import Settings, SettingsFile
from agent_model.moment import to_text
from tests.policies import managed, recommended

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SERVER = "https://desk.example.org"
KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
PUBLIC = KEY.public_key().public_bytes_raw().hex()
OTHER = Ed25519PrivateKey.from_private_bytes(b"o" * 32)


def told(keys: Mapping[str, Any], serial: int = 1, key: Ed25519PrivateKey = KEY, until: datetime | None = None) -> Told:
    over = until or NOW + timedelta(days=30)
    facts = {"format": 1, "serial": serial, "issued_at": to_text(NOW), "expires_at": to_text(over), "keys": keys}
    document = json.dumps(facts)
    return Told(document, key.sign(document.encode()).hex(), key.public_key().public_bytes_raw().hex())


class Home:
    """A person's settings under a policy, at a time."""

    def __init__(self, folder: Path, policy: Policy | None = None) -> None:
        self.folder, self.policy, self.now = folder, policy, NOW
        self.file.write(replace(self.file.read(), server=SERVER))

    @property
    def file(self) -> SettingsFile:
        """As the next start of the program finds it."""
        return SettingsFile(self.folder, self.policy, lambda: self.now)

    def hear(self, told: Told, server: str = SERVER) -> bool:
        return self.file.provision(server, told)

    @property
    def refused(self) -> list[tuple[Wrong, str]]:
        return [(one.wrong, one.key) for one in self.file.refused]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_what_the_server_sets_counts_before_the_person_and_is_locked(home: Home) -> None:
    home.file.write(Settings(server=SERVER, sip_transport="tcp", theme="dark"))

    assert home.hear(told({"sip.transport": "tls", "sip.port": 5070, "url_handlers": ["tel", "sip"]}, serial=3))

    settings, locked = home.file.read(), home.file.locked
    assert (settings.sip_transport, settings.sip_port, settings.url_handlers) == ("tls", 5070, "tel,sip")
    assert settings.theme == "dark"
    assert sorted(locked) == ["sip_port", "sip_transport", "url_handlers"]
    assert (locked["sip_port"].rank, locked["sip_port"].where) == (Rank.SERVER, f"{SERVER} #3")
    assert home.refused == []


def test_policy_counts_before_the_server_and_the_server_before_what_is_recommended(tmp_path: Path) -> None:
    managed(tmp_path / "etc", {"sip.transport": "udp"})
    home = Home(tmp_path, recommended(tmp_path / "etc", {"sip.port": 5080, "ui.theme": "dark"}))

    home.hear(told({"sip.transport": "tls", "sip.port": 5070}))

    settings = home.file.read()
    assert (settings.sip_transport, settings.sip_port, settings.theme) == ("udp", 5070, "dark")


def test_key_that_came_first_is_kept_to(home: Home) -> None:
    home.hear(told({"sip.port": 5070}))

    assert not home.hear(told({"sip.port": 6666}, serial=2, key=OTHER))

    assert home.file.read().sip_port == 5070
    assert home.refused == [(Wrong.OTHER_KEY, "")]
    home.hear(told({"sip.port": 5071}, serial=2))
    assert (home.file.read().sip_port, home.refused) == (5071, [])


def test_key_that_policy_names_is_the_only_one(tmp_path: Path) -> None:
    home = Home(tmp_path, managed(tmp_path / "etc", {"provisioning.key": PUBLIC.upper()}))

    assert not home.hear(told({"sip.port": 6666}, key=OTHER))
    assert home.refused == [(Wrong.OTHER_KEY, "")]
    assert home.hear(told({"sip.port": 5070}))

    assert (home.file.read().sip_port, home.refused) == (5070, [])


def test_file_that_somebody_signed_with_their_own_key_does_not_count_under_policy(tmp_path: Path) -> None:
    Home(tmp_path).hear(told({"sip.port": 6666}, key=OTHER))
    home = Home(tmp_path, managed(tmp_path / "etc", {"provisioning.key": PUBLIC}))

    assert home.file.read().sip_port == 0
    assert home.refused == [(Wrong.OTHER_KEY, "")]


def test_older_serial_does_not_count_also_when_the_newer_one_has_run_out(home: Home) -> None:
    home.hear(told({"sip.port": 5070}, serial=5, until=NOW + timedelta(days=1)))

    assert not home.hear(told({"sip.port": 5060}, serial=4))
    assert home.refused == [(Wrong.OLDER, "")]
    home.now += timedelta(days=2)
    home.hear(told({"sip.port": 5060}, serial=4))

    assert home.file.read().sip_port == 0
    assert home.refused == [(Wrong.OLDER, ""), (Wrong.EXPIRED, "")]


def test_it_runs_out_and_counts_again_when_it_is_signed_anew(home: Home) -> None:
    home.hear(told({"sip.port": 5070}, until=NOW + timedelta(days=1)))
    held = home.file
    home.now += timedelta(days=1)

    assert (home.file.read().sip_port, home.refused) == (0, [(Wrong.EXPIRED, "")])
    assert held.read().sip_port == 5070
    assert home.hear(told({"sip.port": 5070}, until=home.now + timedelta(days=1)))
    assert (home.file.read().sip_port, home.refused) == (5070, [])


def test_what_has_run_out_already_is_not_taken(home: Home) -> None:
    assert not home.hear(told({"sip.port": 5070}, until=NOW))
    assert (home.file.read().sip_port, home.refused) == (0, [(Wrong.EXPIRED, "")])


def test_changed_document_does_not_count(home: Home) -> None:
    home.hear(told({"sip.port": 5070}))
    path = home.folder / FILE
    path.write_text(path.read_text(encoding="utf-8").replace("5070", "6666"), encoding="utf-8")

    assert (home.file.read().sip_port, home.refused) == (0, [(Wrong.FORGED, "")])


@pytest.mark.parametrize("content", ["", "{", "[]", '{"server": "x"}', "\x00"])
def test_garbled_file_is_as_none(home: Home, content: str) -> None:
    (home.folder / FILE).write_text(content, encoding="utf-8")
    assert (home.file.read(), home.refused) == (Settings(server=SERVER), [])


@pytest.mark.parametrize("document", ["", "[]", "{}", '{"serial": 1, "expires_at": "soon", "keys": {}}'])
def test_document_that_is_none_is_said(home: Home, document: str) -> None:
    home.hear(Told(document, KEY.sign(document.encode()).hex(), PUBLIC))
    assert home.refused == [(Wrong.GARBLED, "")]


@pytest.mark.parametrize("part", ["key", "signature"])
def test_signature_that_is_none_is_said(home: Home, part: str) -> None:
    good = told({"sip.port": 5070})
    parts = {"document": good.document, "signature": good.signature, "key": good.key, part: "no digits"}
    home.hear(Told(**parts))
    assert home.refused == [(Wrong.FORGED, "")]


def test_only_what_policy_lets_it_set_counts(tmp_path: Path) -> None:
    home = Home(tmp_path, managed(tmp_path / "etc", {"provisioning.allowed": ["sip.*", "autostart"]}))

    home.hear(told({"sip.port": 5070, "autostart": True, "ui.theme": "dark"}))

    settings = home.file.read()
    assert (settings.sip_port, settings.autostart, settings.theme) == (5070, True, "system")
    assert home.refused == [(Wrong.NOT_ALLOWED, "ui.theme")]


def test_nothing_counts_where_policy_lets_it_set_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path, managed(tmp_path / "etc", {"provisioning.allowed": "none"}))
    assert not home.hear(told({"sip.port": 5070}))
    assert home.refused == [(Wrong.NOT_ALLOWED, "sip.port")]


@pytest.mark.parametrize(
    ("keys", "wrong"),
    [
        ({"server.url": "https://elsewhere.example"}, Wrong.LOCAL),
        ({"server.ca_file": "/tmp/x.pem"}, Wrong.LOCAL),  # noqa: S108 - a name alone
        ({"provisioning.key": "0" * 64}, Wrong.LOCAL),
        ({"person.login": "wang.qiang"}, Wrong.PERSONAL),
        ({"sip.port": "5070"}, Wrong.TYPE),
        ({"sip.port": 70_000}, Wrong.VALUE),
        ({"sip.future": 1}, Wrong.UNKNOWN),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else value.value,
)
def test_key_that_is_no_good_is_named_and_the_others_count(home: Home, keys: dict[str, Any], wrong: Wrong) -> None:
    home.hear(told({**keys, "ui.theme": "dark"}))

    assert home.file.read().theme == "dark"
    assert home.file.read().server == SERVER
    assert home.refused == [(wrong, next(iter(keys)))]


def test_person_cannot_say_what_the_server_may_set(home: Home) -> None:
    chosen = {"format": 2, "server": SERVER, "provisioning_allowed": "none", "provisioning_key": "0" * 64}
    (home.folder / "settings.json").write_text(json.dumps(chosen), encoding="utf-8")

    assert home.hear(told({"sip.port": 5070}))

    assert home.file.read().sip_port == 5070
    assert home.refused == [(Wrong.RESERVED, "provisioning_key"), (Wrong.RESERVED, "provisioning_allowed")]


def test_another_server_begins_anew(home: Home) -> None:
    home.hear(told({"sip.port": 5070}))
    home.file.write(Settings(server="https://other.example"))

    assert home.file.read().sip_port == 0
    assert home.hear(told({"sip.port": 5080}, key=OTHER), "https://other.example/")
    assert home.file.read().sip_port == 5080


def test_what_is_set_no_more_is_the_persons_again(home: Home) -> None:
    home.file.write(Settings(server=SERVER, sip_port=5090))
    home.hear(told({"sip.port": 5070}))

    assert home.hear(told({}, serial=2))

    assert (home.file.read().sip_port, home.file.locked) == (5090, {})


def test_newest_is_known_for_a_day(home: Home) -> None:
    home.hear(told({"sip.port": 5070}, serial=3))

    assert home.file.is_provisioned(f"{SERVER}/", 3)
    assert not home.file.is_provisioned(SERVER, 4)
    assert not home.file.is_provisioned("https://other.example", 3)
    home.now += timedelta(days=1)
    assert not home.file.is_provisioned(SERVER, 3)
