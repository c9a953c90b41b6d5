"""Which exchanges a site has: `exchanges.toml` in the server's folder, which only its owner may read."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from agent_server.site_file import UnusableFile, is_this_machine, read_private_toml
from agent_server.switch.asterisk.settings import AsteriskSettings
from agent_server.switch.freeswitch.settings import FreeSwitchSettings
from agent_server.switch.tls import Tls

EXCHANGES_FILE: Final = "exchanges.toml"
MOST_EXCHANGES: Final = 8
LONGEST: Final = 255
_NAME: Final = re.compile(r"[0-9A-Za-z_.-]{1,32}")
SHORTEST_TOKEN: Final = 32
HIGHEST_PRIORITY: Final = 1000
_EVERYWHERE: Final = frozenset(
    {
        "kind",
        "name",
        "host",
        "port",
        "tls",
        "ca",
        "extensions",
        "context",
        "queues",
        "token",
        "priorities",
        "languages",
        "recordings",
    }
)
_VARIABLES: Final = frozenset(
    {"reference_variable", "called_variable", "path_variable", "priority_variable", "queue_variable"}
)
_KINDS: Final[Mapping[str, frozenset[str]]] = {
    "asterisk": _EVERYWHERE | _VARIABLES | {"user", "secret", "last_agent_queue", "ari", "ari_secret"},
    "freeswitch": _EVERYWHERE | _VARIABLES | {"password", "domain", "queue_domain", "ring_s", "last_agent_queue"},
}
_NEEDED: Final[Mapping[str, frozenset[str]]] = {
    "asterisk": frozenset({"name", "host", "user", "secret"}),
    "freeswitch": frozenset({"name", "host", "domain", "password"}),
}


class BadExchanges(Exception):
    """The file cannot be used: `place` is where in it, `fact` what is wrong there and what to do. No secret is in
    either."""

    def __init__(self, place: str, fact: str) -> None:
        super().__init__(f"{place}: {fact}")
        self.place, self.fact = place, fact


def read_exchanges(home: Path) -> tuple[AsteriskSettings | FreeSwitchSettings, ...]:
    """None where there is no such file. Raises BadExchanges."""
    path = home / EXCHANGES_FILE
    try:
        told = read_private_toml(path)
    except UnusableFile as error:
        raise BadExchanges(str(path), str(error)) from error
    if told is None:
        return ()
    tables = told.get("exchange", [])
    if set(told) - {"exchange"} or not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        raise BadExchanges(str(path), "it holds nothing but [[exchange]] tables")
    if len(tables) > MOST_EXCHANGES:
        raise BadExchanges(str(path), f"at most {MOST_EXCHANGES} exchanges")
    found = tuple(_exchange(f"{path}, exchange {at}", table, home) for at, table in enumerate(tables, start=1))
    _differ(str(path), "name", [one.name for one in found])
    _differ(str(path), "extensions", [one.extensions for one in found])
    tokens = [one.token for one in found if one.token]
    if len(set(tokens)) != len(tokens):
        raise BadExchanges(str(path), "token is the same twice")
    return found


def _exchange(place: str, table: Mapping[str, Any], home: Path) -> AsteriskSettings | FreeSwitchSettings:
    kind = table.get("kind")
    if not isinstance(kind, str) or kind not in _KINDS:
        raise BadExchanges(place, f"kind is one of: {', '.join(sorted(_KINDS))}")
    if unknown := table.keys() - _KINDS[kind]:
        raise BadExchanges(place, f"no such setting: {', '.join(sorted(unknown))}")
    if missing := _NEEDED[kind] - table.keys():
        raise BadExchanges(place, f"missing: {', '.join(sorted(missing))}")
    for name, value in table.items():
        _check(place, name, value)
    if ("ari" in table) != ("ari_secret" in table):
        raise BadExchanges(place, "ari and ari_secret come together")
    fields = {name: value for name, value in table.items() if name not in ("kind", "tls", "ca")}
    fields["tls"] = _tls(place, table, home)
    fields["languages"] = {queue: tuple(spoken) for queue, spoken in table.get("languages", {}).items()}
    return AsteriskSettings(**fields) if kind == "asterisk" else FreeSwitchSettings(**fields)


def _check(place: str, name: str, value: object) -> None:
    match name:
        case "port" | "ring_s":
            highest = 65535 if name == "port" else 600
            if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= highest:
                raise BadExchanges(place, f"{name} is a whole number from 1 to {highest}")
        case "tls":
            if not isinstance(value, bool):
                raise BadExchanges(place, "tls is true or false")
        case "queues":
            if not isinstance(value, dict) or not all(_is_line(one) for one in (*value.keys(), *value.values())):
                raise BadExchanges(place, 'queues says what the exchange calls a queue: support = "kf-support"')
            _differ(place, "queues", list(value.values()))
        case "token":
            if not _is_line(value) or len(str(value)) < SHORTEST_TOKEN:
                raise BadExchanges(place, f"token has {SHORTEST_TOKEN} signs at least: openssl rand -hex 32")
        case "priorities":
            if not isinstance(value, dict) or not all(
                type(one) is int and 0 <= one <= HIGHEST_PRIORITY for one in value.values()
            ):
                raise BadExchanges(place, "priorities says how urgent a tier or a language is: diamond = 30")
        case "languages":
            if not isinstance(value, dict) or not all(
                isinstance(spoken, list) and all(_is_line(one) for one in spoken) for spoken in value.values()
            ):
                raise BadExchanges(place, 'languages says what the agents of a queue speak: vip = ["en"]')
        case "recordings":
            if not _is_line(value) or not Path(str(value)).is_dir():
                raise BadExchanges(place, "recordings is a folder that is there, with its whole path")
        case "ari":
            if not _is_line(value) or not _is_safe_way(str(value)):
                raise BadExchanges(place, "ari is an address that begins with https://, on this machine also http://")
        case "extensions":
            if value != "" and not _is_line(value):
                raise BadExchanges(place, "extensions is how they begin there, in quotes")
        case _:
            if not _is_line(value):
                raise BadExchanges(place, f"{name} is one line of text in quotes")
            if name == "name" and not _NAME.fullmatch(str(value)):
                raise BadExchanges(place, "name has letters, digits and _ . - and is no longer than 32")


def _is_line(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST and value.isprintable()


def _is_safe_way(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or parts.username or parts.password or parts.query or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_this_machine(host))


def _tls(place: str, table: Mapping[str, Any], home: Path) -> Tls | None:
    if not table.get("tls", False):
        if "ca" in table:
            raise BadExchanges(place, "ca is of use with tls = true only")
        return None
    tls = Tls(home / table["ca"] if "ca" in table else None)
    try:
        tls.context()
    except OSError as error:
        raise BadExchanges(place, f"ca is no file of certificates: {error.strerror or error}") from error
    return tls


def _differ(place: str, name: str, values: list[str]) -> None:
    if twice := {one for one in values if values.count(one) > 1}:
        raise BadExchanges(place, f"{name} is the same twice: {', '.join(sorted(twice)) or '(empty)'}")
