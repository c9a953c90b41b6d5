"""The schema is the one list of keys: it says the same as the settings, whole, in both languages."""

from dataclasses import asdict, fields, replace
from typing import Any

import pytest

from agent_desktop.app import call_policy, dial_plan, sip_account, site
from agent_desktop.policy.schema import LANGUAGES, Key, Schema, Wrong, load
from agent_desktop.settings import Settings

SCHEMA = load()
KEYS = list(SCHEMA.keys.values())


@pytest.fixture
def schema() -> Schema:
    return SCHEMA


def test_every_setting_is_a_key_and_every_key_a_setting(schema: Schema) -> None:
    assert sorted(schema.by_setting()) == sorted(field.name for field in fields(Settings))
    assert len(schema.by_setting()) == len(schema.keys)


def test_defaults_and_types_are_those_of_the_settings(schema: Schema) -> None:
    assert {key.setting: key.default for key in KEYS} == asdict(Settings())
    assert {key.setting: key.kind for key in KEYS} == {field.name: type(field.default) for field in fields(Settings)}


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.name)
def test_key_takes_its_own_default_or_has_none(key: Key) -> None:
    assert key.default == "" or key.fault(key.default) is None


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.name)
def test_key_is_bounded_and_told_in_every_language(key: Key) -> None:
    assert set(key.words) == set(LANGUAGES)
    assert all(words.title and words.description for words in key.words.values())
    assert key.words["en"].title.isascii()
    assert not key.words["zh_CN"].title.isascii()
    assert key.kind is bool or bool(key.offered) or key.longest > 0 or key.most > key.least
    assert set(schema_group(key)) == set(LANGUAGES)


def schema_group(key: Key) -> tuple[str, ...]:
    return tuple(SCHEMA.groups[key.group])


@pytest.mark.parametrize(
    ("name", "value", "wrong"),
    [
        ("sip.port", 5060, None),
        ("sip.port", "5060", Wrong.TYPE),
        ("sip.port", True, Wrong.TYPE),
        ("sip.port", 65_536, Wrong.VALUE),
        ("sip.port", -1, Wrong.VALUE),
        ("sip.ice", 1, Wrong.TYPE),
        ("sip.transport", "TLS", Wrong.VALUE),
        ("server.url", "https://desk.example.org/base", None),
        ("server.url", "desk.example.org", Wrong.VALUE),
        ("server.url", "https://desk.example.org\n", Wrong.VALUE),
        ("server.url", "https://" + "a" * 500, Wrong.VALUE),
        ("recording.queues", "support\x1b[2J", Wrong.VALUE),
        ("recording.queues", "客服,投诉", None),
        ("url_handlers", "tel,callto", None),
        ("url_handlers", "http", Wrong.VALUE),
        ("site.trunk_prefixes", "9,0", None),
    ],
)
def test_value_is_judged_by_type_range_and_signs(schema: Schema, name: str, value: object, wrong: Wrong | None) -> None:
    assert schema.keys[name].fault(value) is wrong


WORDS = [(key, word) for key in KEYS for word in key.offered]


@pytest.mark.parametrize(("key", "word"), WORDS, ids=[f"{key.name}-{word}" for key, word in WORDS])
def test_every_word_that_is_offered_is_understood(key: Key, word: str) -> None:
    chosen: dict[str, Any] = {key.setting: word}
    settings = replace(Settings(), **chosen)

    sip_account(settings, "1001", "")
    site(settings)
    call_policy(settings)
    assert dial_plan(settings).country == "CN"
