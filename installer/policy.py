"""What IT is given about policy, written from `resources/policy/schema.json`: `python -m installer.policy`.

Group policy templates for Windows (ADMX, and ADML for each language), the tables of keys in the documents, examples.
"""

import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element, SubElement

from agent_desktop.policy.schema import Key, Schema, load
from agent_desktop.policy.written import POLICIES, RECOMMENDED, Hive

CHECKOUT: Final = Path(__file__).parent.parent
NAMESPACE: Final = "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"
REVISION: Final = "1.0"
ELEMENT: Final = "value"
"""The one thing that each policy but those of yes and no asks for."""
SUPPORTED: Final = "supported"
DECIDED, ADVISED = "decided", "recommended"
CULTURES: Final = MappingProxyType({"en": "en-US", "zh_CN": "zh-CN"})
WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "product": "Agent Desktop",
        "about": "Settings of the Agent Desktop workstation",
        "supported": "Agent Desktop 0.1 and later",
        "recommended": "Recommended (people may choose otherwise)",
        "advice": "Recommended: people who choose otherwise keep what they chose.",
        "key": "Key",
        "default": "Without it",
        "values": "Values",
        "does": "What it does",
        "empty": "empty",
        "text": "text",
        "yes": "true or false",
        "fact": "{name}: {what}",
        "and": ", ",
        "stop": ". ",
        "heading": "Keys of the policy of workstations",
        "generated": "Written from `resources/policy/schema.json` by `python -m installer.policy`: change that.",
        "where": "Where keys are written, and whose word counts: [policy](policy.md). [中文](policy-keys.zh-CN.md)",
        "longest": "at most {most} characters",
    },
    "zh_CN": {
        "product": "Agent Desktop 坐席工作台",
        "about": "Agent Desktop 坐席工作台的设置",
        "supported": "Agent Desktop 0.1 及以上版本",
        "recommended": "推荐设置（用户可以自行选择）",
        "advice": "推荐设置：用户自行选择后，以用户的选择为准。",
        "key": "键",
        "default": "未设置时",
        "values": "取值",
        "does": "作用",
        "empty": "空",
        "text": "文本",
        "yes": "true 或 false",
        "fact": "{name}：{what}",
        "and": "，",
        "stop": "。",
        "heading": "工作台策略的键",
        "generated": "由 `python -m installer.policy` 根据 `resources/policy/schema.json` 生成，请修改后者。",
        "where": "键写在何处、以谁为准，见 [policy](policy.md)。[English](policy-keys.md)",
        "longest": "最多 {most} 个字符",
    },
}
EXAMPLES: Final[Mapping[str, Mapping[str, object]]] = {
    "managed/10-company": {
        "server.url": "https://desk.example.org",
        "server.ca_file": "/etc/agent-desktop/authority.pem",
        "provisioning.allowed": "numbers.*,recording.*,sip.codecs",
        "ui.languages": "zh_CN,en",
        "sip.domain": "sip.example.org",
        "sip.registrar": "sbc1.example.org:5061",
        "sip.second_registrar": "sbc2.example.org:5061",
        "sip.transport": "tls",
        "sip.encryption": "required",
        "sip.codecs": "opus,PCMA",
        "sip.auto_answer": "never",
        "recording.rule": "by_queue",
        "recording.queues": "support,complaints",
        "offline.lease_h": 24,
        "lock.idle_min": 5,
        "url_handlers": "tel,callto",
    },
    "managed/20-branch": {
        "site.area_code": "21",
        "site.outside_line": "0",
        "sip.registrar": "sbc.shanghai.example.org:5061",
        "recording.queues": None,
    },
    "recommended/10-company": {"ui.theme": "system", "ui.scale_pct": 110, "autostart": True},
    "provision": {"server.url": "https://desk.example.org", "sip.domain": "sip.example.org"},
}
"""By file; a key that is null leaves it to the files before."""


def main() -> int:
    """Writes everything into the checkout."""
    for path, content in papers(load()).items():
        file = CHECKOUT / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        print(path)
    return 0


def papers(schema: Schema) -> Mapping[str, bytes]:
    """What is written where, below the checkout."""
    templates = "resources/policy/admx"
    made = {f"{templates}/agent-desktop.admx": admx(schema)}
    for language, culture in CULTURES.items():
        made[f"{templates}/{culture}/agent-desktop.adml"] = adml(schema, language)
        name = "policy-keys.md" if language == "en" else f"policy-keys.{culture}.md"
        made[f"docs/it/{name}"] = table(schema, language).encode()
    for name, keys in EXAMPLES.items():
        made[f"resources/policy/examples/{name}.json"] = json.dumps(keys, ensure_ascii=False, indent=2).encode() + b"\n"
    decided = {**EXAMPLES["managed/10-company"], "server.ca_file": r"C:\ProgramData\Agent Desktop\authority.pem"}
    advised = EXAMPLES["recommended/10-company"]
    made["resources/policy/examples/company.reg"] = registry_file({POLICIES: decided, RECOMMENDED: advised})
    return made


def governed(schema: Schema) -> Sequence[Key]:
    """Those that a policy may set."""
    return [key for key in schema.keys.values() if not key.is_personal]


# ---- group policy ---------------------------------------------------------------------------------------


def admx(schema: Schema) -> bytes:
    root = Element("policyDefinitions", {"xmlns": NAMESPACE, "revision": REVISION, "schemaVersion": REVISION})
    namespaces = SubElement(root, "policyNamespaces")
    SubElement(namespaces, "target", {"prefix": "agentdesktop", "namespace": "AgentDesktop.Policies"})
    SubElement(root, "resources", {"minRequiredRevision": REVISION})
    definitions = SubElement(SubElement(root, "supportedOn"), "definitions")
    SubElement(definitions, "definition", {"name": SUPPORTED, "displayName": _string(SUPPORTED)})
    categories = SubElement(root, "categories")
    SubElement(categories, "category", {"name": "product", "displayName": _string("product")})
    _category(categories, ADVISED, ADVISED, "product")
    for group in _groups(schema):
        _category(categories, f"{DECIDED}_{group}", f"group_{group}", "product")
        _category(categories, f"{ADVISED}_{group}", f"group_{group}", ADVISED)
    policies = SubElement(root, "policies")
    for kind, place in ((DECIDED, POLICIES), (ADVISED, RECOMMENDED)):
        for key in governed(schema):
            _policy(policies, key, kind, place)
    return _written(root)


def adml(schema: Schema, language: str) -> bytes:
    words = WORDS[language]
    root = Element("policyDefinitionResources", {"xmlns": NAMESPACE, "revision": REVISION, "schemaVersion": REVISION})
    SubElement(root, "displayName").text = words["product"]
    SubElement(root, "description").text = words["about"]
    resources = SubElement(root, "resources")
    strings, presentations = SubElement(resources, "stringTable"), SubElement(resources, "presentationTable")
    for name in (SUPPORTED, "product", ADVISED):
        _says(strings, name, words[name])
    for group in _groups(schema):
        _says(strings, f"group_{group}", schema.groups[group][language])
    for key in governed(schema):
        told = key.words[language]
        _says(strings, _name(key), told.title)
        for kind in (DECIDED, ADVISED):
            _says(strings, f"{_name(key)}_{kind}_explained", _explained(key, language, kind))
        for word in key.offered:
            _says(strings, f"{_name(key)}_{_plain(word)}", word)
        if key.kind is not bool:
            _presented(SubElement(presentations, "presentation", {"id": _name(key)}), key, told.title)
    return _written(root)


def _policy(policies: Element, key: Key, kind: str, place: str) -> None:
    facts = {
        "name": f"{_name(key)}_{kind}",
        "class": "Both",
        "displayName": _string(_name(key)),
        "explainText": _string(f"{_name(key)}_{kind}_explained"),
        "key": place,
    }
    if key.kind is bool:
        facts["valueName"] = key.name
    else:
        facts["presentation"] = f"$(presentation.{_name(key)})"
    policy = SubElement(policies, "policy", facts)
    SubElement(policy, "parentCategory", {"ref": f"{kind}_{key.group}"})
    SubElement(policy, "supportedOn", {"ref": SUPPORTED})
    if key.kind is bool:
        SubElement(SubElement(policy, "enabledValue"), "decimal", {"value": "1"})
        SubElement(SubElement(policy, "disabledValue"), "decimal", {"value": "0"})
    else:
        _asked(SubElement(policy, "elements"), key)


def _asked(elements: Element, key: Key) -> None:
    facts = {"id": ELEMENT, "valueName": key.name, "required": "true"}
    if key.offered:
        choice = SubElement(elements, "enum", facts)
        for word in key.offered:
            item = SubElement(choice, "item", {"displayName": _string(f"{_name(key)}_{_plain(word)}")})
            SubElement(SubElement(item, "value"), "string").text = word
    elif key.kind is int:
        SubElement(elements, "decimal", facts | {"minValue": str(key.least), "maxValue": str(key.most)})
    else:
        SubElement(elements, "text", facts | {"maxLength": str(key.longest)})


def _presented(presentation: Element, key: Key, title: str) -> None:
    if key.offered:
        facts = {"refId": ELEMENT, "noSort": "true"}
        if key.default in key.offered:
            facts["defaultItem"] = str(key.offered.index(key.default))
        SubElement(presentation, "dropdownList", facts).text = title
    elif key.kind is int:
        SubElement(presentation, "decimalTextBox", {"refId": ELEMENT, "defaultValue": str(key.default)}).text = title
    else:
        box = SubElement(presentation, "textBox", {"refId": ELEMENT})
        SubElement(box, "label").text = title
        if key.default:
            SubElement(box, "defaultValue").text = key.default


def _explained(key: Key, language: str, kind: str) -> str:
    words = WORDS[language]
    facts = [
        key.words[language].description,
        words["fact"].format(name=words["key"], what=key.name),
        words["fact"].format(name=words["values"], what=_values(key, words)),
        words["fact"].format(name=words["default"], what=_shown(key.default, words)),
    ]
    return "\n".join([*facts, words["advice"]] if kind == ADVISED else facts)


def _category(categories: Element, name: str, words: str, parent: str) -> None:
    category = SubElement(categories, "category", {"name": name, "displayName": _string(words)})
    SubElement(category, "parentCategory", {"ref": parent})


def _says(strings: Element, name: str, words: str) -> None:
    SubElement(strings, "string", {"id": name}).text = words


def _string(name: str) -> str:
    return f"$(string.{name})"


def _name(key: Key) -> str:
    return _plain(key.name)


def _plain(words: str) -> str:
    return re.sub(r"[^A-Za-z0-9_]", "_", words)


def _groups(schema: Schema) -> Sequence[str]:
    """Those with something in them."""
    return list(dict.fromkeys(key.group for key in governed(schema)))


def _written(root: Element) -> bytes:
    ET.indent(root)
    content = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{content}\n'.encode()


# ---- for reading ----------------------------------------------------------------------------------------


def table(schema: Schema, language: str) -> str:
    """The page of all keys, by group."""
    words = WORDS[language]
    lines = [f"# {words['heading']}", "", words["generated"], words["where"]]
    for group in _groups(schema):
        lines += ["", f"## {schema.groups[group][language]}", ""]
        lines += [f"| {words['key']} | {words['values']} | {words['default']} | {words['does']} |", "|---|---|---|---|"]
        for key in governed(schema):
            if key.group == group:
                told = key.words[language]
                cells = [f"`{key.name}`", _values(key, words, "`"), _shown(key.default, words, "`")]
                cells.append(f"{told.title}{words['stop']}{told.description}")
                lines.append("| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def _values(key: Key, words: Mapping[str, str], mark: str = "") -> str:
    if key.kind is bool:
        return words["yes"]
    if key.kind is int:
        return f"{key.least}–{key.most}"
    if key.offered:
        return ", ".join(f"{mark}{word}{mark}" for word in key.offered)
    return words["and"].join((words["text"], words["longest"].format(most=key.longest)))


def _shown(value: object, words: Mapping[str, str], mark: str = "") -> str:
    if isinstance(value, bool):
        return f"{mark}{str(value).lower()}{mark}"
    return words["empty"] if value == "" else f"{mark}{value}{mark}"


def registry_file(places: Mapping[str, Mapping[str, object]]) -> bytes:
    """For `reg import`; as Windows writes it."""
    lines = ["Windows Registry Editor Version 5.00"]
    for place, keys in places.items():
        lines += ["", f"[{Hive.MACHINE}\\{place}]"]
        lines += [f'"{name}"={_registered(value)}' for name, value in keys.items()]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode("utf-16-le")


def _registered(value: object) -> str:
    if isinstance(value, int):
        return f"dword:{value:08x}"
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


if __name__ == "__main__":
    sys.exit(main())
